"""The options that stand for settings, shared by the commands that need some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from repair.cli.catalogue import codes
from repair.cli.complete import names_of_files
from repair.cli.settings import Settings, SettingsError, settings
from repair.cli.streams import complain
from repair.presets import PRESETS

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]


def flag(name: str, about: str) -> Decorator:
    """An option that is ``None`` unless it is given."""
    return click.option(name, is_flag=True, default=None, help=about)


def _no(name: str, about: str) -> Decorator:
    """An option that turns off what is on."""
    field = name.replace("-", "_")
    return click.option(f"--no-{name}", field, flag_value=False, default=None, help=about)


def _list(name: str, of: str, about: str) -> Decorator:
    return click.option(name, multiple=True, metavar=of, help=about)


SETTINGS: tuple[Decorator, ...] = (
    click.option(
        "--config",
        metavar="FILE",
        shell_complete=names_of_files,
        help="Read the settings in this file.",
    ),
    click.option("--preset", type=click.Choice(list(PRESETS)), help="A named choice of rules."),
    _list("--select", "CODES", "Look only for these: H,M101."),
    _list("--extend-select", "CODES", "Look for these as well."),
    _list("--ignore", "CODES", "Do not look for these."),
    flag("--unsafe-fixes", "Also apply what is only likely."),
    click.option("--target-encoding", metavar="NAME", help="Convert files to this encoding."),
    _list("--include", "PATTERN", "In folders, look only at these files."),
    _list("--exclude", "PATTERN", "Pass these over in folders."),
    flag("--force-exclude", "Exclude even files that are named."),
    _no("respect-gitignore", "Look also at what git ignores."),
    flag("--hidden", "Look also at hidden files."),
    flag("--gzip", "Look into files that gzip has compressed."),
    _no("inline-ignores", "Do not obey comments `textrepair: ignore`."),
)
_KEYS = (  # a preset says what the others change, so it comes first
    "preset",
    "select",
    "extend-select",
    "ignore",
    "unsafe-fixes",
    "target-encoding",
    "include",
    "exclude",
    "force-exclude",
    "respect-gitignore",
    "hidden",
    "gzip",
    "inline-ignores",
)


def with_options(options: Sequence[Decorator]) -> Callable[[Function], Function]:
    """Add options to a command, in this order."""

    def add(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def chosen(options: dict[str, Any]) -> Settings | None:
    """The settings of a run; ``None`` if they cannot be used, which is then said."""
    given = {key: options[key.replace("-", "_")] for key in _KEYS}
    try:
        return settings(options["config"], given, codes)
    except SettingsError as error:
        complain(error.where, error.problem)
        return None
