"""``textrepair config`` and ``textrepair completion``."""

from __future__ import annotations

import json
from typing import Any

import click

from repair.cli.options import SETTINGS, chosen, with_options
from repair.cli.settings import Settings
from repair.config import KEYS
from repair.presets import PRESETS

COLUMN = 32


@click.command(short_help="Show which settings are in force, and whence.")
@with_options(SETTINGS)
@click.pass_context
def config(ctx: click.Context, /, **options: Any) -> None:
    """Show each setting that is in force, and whence it is.

    Settings are in the table [tool.textrepair] of pyproject.toml, or in textrepair.toml; the
    file in the nearest folder above counts. Options take their place.
    """
    settings = chosen(options)
    if settings is None:
        ctx.exit(2)
    click.echo(f"# from {settings.source or 'no file'}; patterns are relative to {settings.folder}")
    for name, key in KEYS.items():
        if name != "extend-select":  # is in what is selected
            value = getattr(settings.config, key.field)
            told = f"# {name} is not set" if value is None else f"{name} = {_toml(name, value)}"
            click.echo(f"{told:{COLUMN}}  # {_whence(settings, name)}")


def _whence(settings: Settings, name: str) -> str:
    preset = settings.config.preset
    told = [settings.whence.get(f"extend-{name}"), settings.whence.get(name)]
    if preset != "default" and (name == "ignore" or (name == "select" and not told[1])):
        told.append(f"preset {preset}" if PRESETS[preset].ignore or name == "select" else None)
    return " and ".join(source for source in told if source) or "default"


def _toml(name: str, value: object) -> str:
    if name.startswith("per-file-") and isinstance(value, tuple):
        rows = (f"{json.dumps(pattern)} = {_toml('', codes)}" for pattern, codes in value)
        return f"{{ {', '.join(rows)} }}" if value else "{}"
    if isinstance(value, tuple):  # codes or patterns
        return f"[{', '.join(json.dumps(item) for item in value)}]"
    return json.dumps(value)


@click.command(short_help="Print what makes a shell complete our options.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script for SHELL.

    For bash, in ~/.bashrc: eval "$(textrepair completion bash)".
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    from repair.cli.app import app  # noqa: PLC0415 (which imports this)

    kind = get_completion_class(shell)
    if kind is None:
        msg = f"there is no completion for {shell}"
        raise click.ClickException(msg)
    click.echo(kind(app, {}, "textrepair", "_TEXTREPAIR_COMPLETE").source())
