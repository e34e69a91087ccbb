"""The command ``textrepair`` and its subcommands."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# A command that is not asked for is not loaded.
COMMANDS = {
    "check": "check",
    "fix": "check",
    "undo": "undo",
    "batch": "batch",
    "detect": "inform",
    "rules": "inform",
    "explain": "inform",
    "config": "show_config",
    "completion": "show_config",
}
"""The module of each."""


class _CheckByDefault(click.Group):
    """Takes what is not a subcommand for the arguments of ``check``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in COMMANDS and args[0] not in own:
            _refuse_slip(args[0])
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"repair.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, and files: `textrepair FILE` is a command, too."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        files = CompletionItem(incomplete, type="file")  # first: click's script then begins anew
        return [files, *super().shell_complete(ctx, incomplete)]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return ["[COMMAND]", "[OPTIONS]", "PATH..."]


def _refuse_slip(word: str) -> None:
    """Refuse what is neither a file nor an option, and nearly the name of a command.

    Raises:
        click.UsageError: with that name.
    """
    if word.startswith("-") or os.path.lexists(word):
        return
    from difflib import get_close_matches  # noqa: PLC0415 (1 ms)

    near = get_close_matches(word, COMMANDS, n=1, cutoff=0.75)
    if near:
        msg = f"there is no command or file {word!r}; did you mean {near[0]!r}?"
        raise click.UsageError(msg)


def _tell_version(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        from importlib.metadata import version  # noqa: PLC0415

        from repair.kernel import COMPILED  # noqa: PLC0415

        form = "compiled" if COMPILED else "not compiled"
        click.echo(f"textrepair {version('textrepair')} ({form})")
        context.exit()


@click.group(cls=_CheckByDefault, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version, and whether the kernel is compiled.",
)
def app(**_options: Any) -> None:
    """Find damaged text, put it right, and account for every change.

    `textrepair PATH...` is `textrepair check PATH...` and never writes. Exit status: 0 nothing
    is left, 1 findings remain, 2 something could not be done.
    """
