"""``textrepair check`` and ``textrepair fix``."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

import click

from repair.adapters.files import reason
from repair.cli.app import COMMANDS
from repair.cli.catalogue import Catalogue
from repair.cli.complete import names_of_files
from repair.cli.look import STDIN, WorkerDiedError
from repair.cli.options import SETTINGS, chosen, with_options
from repair.cli.progress import Bar
from repair.cli.run import STDIN_NAME, Run
from repair.cli.settings import Settings, home
from repair.cli.streams import columns_of, complain, paint_for
from repair.reports import FORMATS
from repair.reports.outcomes import FIXED, Tally, View
from repair.reports.summary import skipped, totals
from repair.visible import visible

if TYPE_CHECKING:
    from repair.adapters.journal import Journal

_OPTIONS = (
    click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", shell_complete=names_of_files
    ),
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        help="How to report.  [default: text]",
    ),
    click.option(
        "-o",
        "--output-file",
        metavar="FILE",
        shell_complete=names_of_files,
        help="Write the report to FILE.",
    ),
    click.option("--statistics", is_flag=True, help="Show only how many findings there are."),
    click.option("-q", "--quiet", is_flag=True, help="Show findings and errors, and no totals."),
    click.option("-v", "--verbose", is_flag=True, help="Say what is passed over, and why."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if findings remain."),
    click.option(
        "--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if anything was repaired."
    ),
    *SETTINGS,
    click.option("--names", is_flag=True, help="Look at the names of files, too."),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        shell_complete=names_of_files,
        help="What to call standard input.",
    ),
    click.option(
        "-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes.  [default: all cores]"
    ),
    click.option("--no-cache", is_flag=True, help="Read all files, also those known to be clean."),
)
_NO_UNDO = click.option("--no-undo", is_flag=True, help="Keep no record to undo it by.")


@click.command(short_help="Report what is damaged; the default.")
@with_options(_OPTIONS)
@click.option("--fix", is_flag=True, help="Repair the files.")
@_NO_UNDO
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
@with_options(_OPTIONS)
@_NO_UNDO
@click.pass_context
def fix(ctx: click.Context, /, **options: Any) -> None:
    """Repair files and folders; - is standard input, repaired to standard output.

    What is changed is recorded in .textrepair/undo, see `textrepair undo`.
    """
    ctx.exit(_run(fix=True, **options))


def _run(*, paths: tuple[str, ...], fix: bool, **options: Any) -> int:
    began = monotonic()
    _refuse_commands(paths)
    settings_ = chosen(options)
    if settings_ is None:
        return 2
    format_ = options["format_"] or "text"
    if options["statistics"] and format_ != "text":
        msg = "--statistics are for --format text"
        raise click.UsageError(msg)
    output = options["output_file"]
    stream = sys.stderr if fix and STDIN in paths else sys.stdout
    bar = Bar(wanted=not options["quiet"] and STDIN not in paths)
    run = Run(
        settings_,
        _view(settings_, stream, format_, options),
        fix=fix,
        must_write=fix or format_ == "diff",
        jobs=options["jobs"] or default_jobs(),
        cached=not options["no_cache"] and STDIN not in paths,
        journal=None if options["no_undo"] or not fix else _journal(),
        names=options["names"],
        stdin_name=options["stdin_filename"] or STDIN_NAME,
        not_these=frozenset([os.path.realpath(output)] if output else []),
        advance=bar.advance,
    )
    if options["verbose"]:
        run.say = lambda path, why: _tell(bar, f"{visible(path)}: {why}")
    tally = Tally()
    report = FORMATS[format_](run.outcomes(paths, tally), run.view)
    try:
        if output:
            _write(report, output)
        else:
            _print(report, stream, bar, finish=fix)
    except WorkerDiedError as error:
        complain(str(error), "a process ended while it looked at this or one of the next files")
        return 2
    except _OutputError as error:
        complain(output, str(error))
        return 2
    finally:
        bar.hide()
    if (format_ == "diff" or output) and not options["quiet"]:
        click.echo("".join(totals(tally)), nl=False, err=True)
    if options["verbose"]:
        _tell_all(run, tally, monotonic() - began)
    return _status(run, tally, options)


def _refuse_commands(paths: Iterable[str]) -> None:
    """Refuse the name of a command that stands behind options, where it would be a file.

    Raises:
        click.UsageError: says where it belongs.
    """
    for path in paths:
        if path in COMMANDS and not os.path.lexists(path):
            msg = f"there is no file {path!r}; the command {path!r} stands before all options"
            raise click.UsageError(msg)


def _journal() -> Journal:
    from repair.adapters.journal import Journal  # noqa: PLC0415 (5 ms, and most runs write nothing)

    return Journal(str(home()))


def _view(settings_: Settings, stream: TextIO, format_: str, options: dict[str, Any]) -> View:
    plain = bool(options["output_file"])
    return View(
        rules=Catalogue(),
        unsafe_fixes=settings_.config.unsafe_fixes or settings_.config.report_only,
        people=stream.isatty() and not plain,
        columns=100 if plain else columns_of(stream),
        folder=str(Path.cwd()),
        findings=not options["statistics"],
        totals=not options["quiet"],
        version=_version() if format_ in ("json", "sarif") else "",
        **({} if plain else {"paint": paint_for(stream)}),
    )


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 (10 ms)

    return version("textrepair")


def default_jobs() -> int:
    """All cores this process may use; one under pre-commit, which runs several at a time."""
    if os.environ.get("PRE_COMMIT"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _status(run: Run, tally: Tally, options: dict[str, Any]) -> int:
    status = run.status(tally)
    if status == 1 and options["exit_zero"]:
        return 0
    if status == 0 and options["exit_non_zero_on_fix"] and tally.marks[FIXED]:
        return 1
    return status


def _tell(bar: Bar, line: str) -> None:
    bar.hide()
    click.echo(line, err=True)


def _tell_all(run: Run, tally: Tally, seconds: float) -> None:
    """Say what a run was like."""
    source = run.settings.source or "no file"
    passed = skipped(tally)
    click.echo(f"Settings: {source}; see `textrepair config`.", err=True)
    click.echo(f"Skipped: {passed or 'nothing'}.", err=True)
    known = f"{run.hits} known from before" if run.cached else "without a cache"
    click.echo(f"{tally.checked} checked in {seconds:.2f} s, {known}, {run.jobs} jobs.", err=True)


def _print(report: Iterable[str], stream: TextIO, bar: Bar, *, finish: bool) -> None:
    """Print a report piece by piece; ``finish`` it even when nobody reads on."""
    pieces = iter(report)
    try:
        for piece in pieces:
            bar.hide()
            # A patch holds bytes that are no text; a terminal gets none of them
            raw = piece if stream.isatty() else piece.encode("utf-8", "surrogateescape")
            click.echo(raw, file=stream, nl=False)
    except BrokenPipeError:
        if finish:
            deque(pieces, maxlen=0)
        raise


class _OutputError(Exception):
    """The report cannot be written."""


def _write(report: Iterable[str], output: str) -> None:
    """Write a report to a file, which is whole or the old one; or to a device or pipe."""
    path = Path(os.path.realpath(output))
    data = (piece.encode("utf-8", "surrogateescape") for piece in report)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(data)
            return
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        with _removed(temporary):
            with temporary.open("wb") as file:
                file.writelines(data)
            temporary.replace(path)
    except OSError as error:
        raise _OutputError(reason(error)) from error


@contextmanager
def _removed(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
