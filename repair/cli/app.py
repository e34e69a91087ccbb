"""The command ``textrepair`` and its subcommands."""

from __future__ import annotations

from typing import Any

import click

from repair.cli.check import check, fix
from repair.cli.inform import detect, explain, rules
from repair.cli.show_config import completion, config
from repair.cli.undo import undo


class _CheckByDefault(click.Group):
    """Takes what is not a subcommand for the arguments of ``check``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in self.commands and args[0] not in own:
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return ["[COMMAND]", "[OPTIONS]", "PATH..."]


@click.group(cls=_CheckByDefault, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="textrepair", message="%(prog)s %(version)s")
def app(**_options: Any) -> None:
    """Find damaged text, put it right, and account for every change.

    `textrepair PATH...` is `textrepair check PATH...` and never writes. Exit status: 0 nothing
    is left, 1 findings remain, 2 something could not be done.
    """


for command in (check, fix, undo, detect, rules, explain, config, completion):
    app.add_command(command)
