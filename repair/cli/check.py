"""``textrepair check`` and ``textrepair fix``."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from repair.cli.run import STDIN, Run
from repair.cli.settings import SettingsError, settings
from repair.cli.streams import columns_of, complain, paint_for
from repair.reports import FORMATS
from repair.reports.outcomes import Tally, View
from repair.reports.summary import totals
from repair.rules import RULES

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--unsafe-fixes", is_flag=True, help="Also apply what is only likely."),
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        help="How to report.  [default: text]",
    ),
    click.option("--select", multiple=True, metavar="CODES", help="Look only for these: H,M101."),
    click.option("--ignore", multiple=True, metavar="CODES", help="Do not look for these."),
    click.option("--config", metavar="FILE", help="Read [tool.textrepair] of this file."),
)


def _with_options(function: Function) -> Function:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command(short_help="Report what is damaged; the default.")
@_with_options
@click.option("--fix", is_flag=True, help="Repair the files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.pass_context
def check(ctx: click.Context, /, *, fix: bool, diff: bool, **options: Any) -> None:
    """Report damaged text in files and folders; - is standard input.

    Nothing is written without --fix. With --fix and -, the repaired text goes to standard
    output and the report to standard error.
    """
    if diff and (fix or options["format_"] not in (None, "diff")):
        msg = "--diff only shows a diff: leave out --fix or --format (or use --fix --format diff)"
        raise click.UsageError(msg)
    if diff:
        options["format_"] = "diff"
    ctx.exit(_run(fix=fix, **options))


@click.command(short_help="Repair files: the same as check --fix.")
@_with_options
@click.pass_context
def fix(ctx: click.Context, /, **options: Any) -> None:
    """Repair files and folders; - is standard input, repaired to standard output."""
    ctx.exit(_run(fix=True, **options))


def _run(  # noqa: PLR0913
    *,
    paths: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    format_: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
) -> int:
    try:
        chosen = settings(config, select=select, ignore=ignore, unsafe_fixes=unsafe_fixes)
    except SettingsError as error:
        complain(error.where, error.problem)
        return 2
    stream = sys.stderr if fix and STDIN in paths else sys.stdout
    view = View(
        rules={rule.code: rule for rule in RULES},
        unsafe_fixes=chosen.unsafe_fixes,
        people=stream.isatty(),
        columns=columns_of(stream),
        folder=str(Path.cwd()),
        paint=paint_for(stream),
    )
    format_ = format_ or "text"
    run = Run(chosen, view, fix=fix, must_write=fix or format_ == "diff")
    tally = Tally()
    _print(FORMATS[format_](run.outcomes(paths, tally), view), stream, finish=fix)
    if format_ == "diff":
        click.echo("".join(totals(tally)), nl=False, err=True)
    return run.status(tally)


def _print(report: Iterable[str], stream: TextIO, *, finish: bool) -> None:
    """Print a report piece by piece; ``finish`` it even when nobody reads on."""
    pieces = iter(report)
    try:
        for piece in pieces:
            # A patch holds bytes that are no text; a terminal gets none of them
            raw = piece if stream.isatty() else piece.encode("utf-8", "surrogateescape")
            click.echo(raw, file=stream, nl=False)
    except BrokenPipeError:
        if finish:
            deque(pieces, maxlen=0)
        raise
