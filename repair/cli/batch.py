"""``textrepair batch``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from repair.adapters import EngineError, load
from repair.cli.catalogue import Catalogue, codes
from repair.cli.check import default_jobs
from repair.cli.complete import names_of_files
from repair.cli.options import chosen, flag, with_options
from repair.cli.progress import PATIENCE
from repair.cli.rates import RateBar
from repair.cli.streams import complain
from repair.config import Config, ConfigError, check_selectors
from repair.presets import PRESETS
from repair.reports import quality as reports
from repair.reports.quality import Example, OfColumn, Pattern, Quality, Unread

if TYPE_CHECKING:
    from repair.adapters.batch.driver import Done, Execute
    from repair.adapters.batch.jobs import Job

EXTRA = "it needs an extra: pip install 'textrepair[batch]'"
MOST_PATTERNS = 100
EXAMPLES = 3
ENGINES = ("processes", "ray", "spark")
FORMATS = ("jsonl", "csv", "tsv", "parquet", "arrow", "text")

_OPTIONS = (
    click.argument(
        "paths", nargs=-1, required=True, metavar="IN...", shell_complete=names_of_files
    ),
    click.option("-o", "--out", required=True, metavar="DIR", help="Folder or URL of the outputs."),
    click.option("--format", "format_", type=click.Choice(FORMATS), help="Whatever names tell."),
    click.option(
        "--columns", multiple=True, metavar="NAMES", help="Look only at these: text,title."
    ),
    click.option("--key", metavar="NAME", help="The column that identifies a row in reports."),
    click.option("--delimiter", metavar="CHAR", help="Of CSV.  [default: by its first line]"),
    click.option("--no-header", is_flag=True, help="The first line of CSV holds no names."),
    click.option("--config", metavar="FILE", help="Read the settings in this file."),
    click.option("--preset", type=click.Choice(list(PRESETS)), help="A named choice of rules."),
    click.option("--select", multiple=True, metavar="CODES", help="Look only for these: H,M101."),
    click.option("--extend-select", multiple=True, metavar="CODES", help="Look for these as well."),
    click.option("--ignore", multiple=True, metavar="CODES", help="Do not look for these."),
    flag("--unsafe-fixes", "Also apply what is only likely."),
    click.option(
        "--max-rate", multiple=True, metavar="CODE=RATE", help="Fail if more rows have it: M=0.1%."
    ),
    click.option(
        "--fail-on", multiple=True, metavar="CODES", help="Fail if there is any of these."
    ),
    click.option("--report", multiple=True, metavar="FILE", help="Also as FILE: .html .json .txt."),
    click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes."),
    click.option(
        "--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="Who does the work."
    ),
    click.option(
        "--cluster", metavar="ADDRESS", help="Of Ray or Spark.  [default: one on this machine]"
    ),
    click.option(
        "--work", metavar="DIR", help="For what is unfinished.  [default: DIR/.textrepair]"
    ),
    click.option("--restart", is_flag=True, help="Forget what an earlier run has finished."),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
)


@click.command(short_help="Repair large files of rows: JSON Lines, CSV, Parquet, Arrow.")
@with_options(_OPTIONS)
@click.pass_context
def batch(ctx: click.Context, /, **options: Any) -> None:
    """Repair the text in files of rows, folders or URLs of them, into another folder.

    JSON Lines, CSV and TSV, Parquet, Arrow IPC, plain text; .gz, .zst, .bz2 and .xz. A run that
    was ended goes on where it was. Exit status: 0 done, 1 a threshold is exceeded or a file ended
    the processes that worked at it, 2 something could not be read or written.
    """
    ctx.exit(_run(options))


def _run(options: dict[str, Any]) -> int:
    try:
        from repair.adapters.batch.driver import run_job  # noqa: PLC0415 (an extra)
        from repair.adapters.batch.jobs import BatchError  # noqa: PLC0415
    except ImportError:
        complain("batch", EXTRA)
        return 2
    limits = _limits(options)
    _check_reports(options["report"])
    # Rows are data, and what looks like a comment to ignore something is part of them
    settings_ = chosen(_KEYS_OF_FOLDERS | options)
    if settings_ is None:
        return 2
    job = _job(options, replace(settings_.config, inline_ignores=False, target_encoding=None))
    bar = RateBar(wanted=not options["quiet"], patience=PATIENCE)
    began = monotonic()
    try:
        with _engine(options) as execute:
            done = run_job(job, options["paths"], execute, bar.show)
    except (BatchError, EngineError) as error:
        complain("batch", str(error))
        return 2
    except OSError as error:
        complain(str(error.filename or job.out), (error.strerror or str(error)).lower())
        return 2
    finally:
        bar.hide()
    quality = _quality(done, monotonic() - began)
    quality = replace(quality, gates=tuple(_exceeded(quality, limits)))
    return _report(quality, done, options)


_KEYS_OF_FOLDERS = dict.fromkeys(
    (
        "target_encoding",
        "include",
        "exclude",
        "force_exclude",
        "respect_gitignore",
        "hidden",
        "gzip",
        "inline_ignores",
    )
)


def _job(options: dict[str, Any], config: Config) -> Job:
    from repair.adapters.batch.jobs import Job  # noqa: PLC0415
    from repair.adapters.cache import default_folder, fingerprint, tool_fingerprint  # noqa: PLC0415

    out = options["out"]
    remote = "://" in out
    work = options["work"] or (
        str(default_folder() / "batch" / fingerprint([out]).hex())
        if remote
        else f"{out}/.textrepair"
    )
    if options["restart"]:
        (Path(work) / "manifest.jsonl").unlink(missing_ok=True)
        _forget(Path(work) / "parts")
    return Job(
        out if remote else os.path.abspath(out),  # noqa: PTH100 (a URL is no path)
        os.path.abspath(work),  # noqa: PTH100
        config,
        tuple(_split(options["columns"])) or None,
        options["key"],
        options["format_"],
        options["delimiter"],
        not options["no_header"],
        tool=tool_fingerprint().hex(),
    )


def _forget(parts: Path) -> None:
    import shutil  # noqa: PLC0415

    shutil.rmtree(parts, ignore_errors=True)


@contextmanager
def _engine(options: dict[str, Any]) -> Iterator[Execute]:
    """What has the tasks done."""
    jobs = options["jobs"] or default_jobs()
    if options["engine"] != ENGINES[0]:
        with load(options["engine"]).engine(jobs, options["cluster"]) as execute:
            yield execute
        return
    if options["cluster"]:
        msg = "--cluster is for --engine ray and --engine spark"
        raise click.UsageError(msg)
    from repair.adapters.batch.pool import run_in_processes  # noqa: PLC0415

    yield lambda tasks: run_in_processes(tasks, jobs)


def _split(values: Iterable[str]) -> Iterator[str]:
    return (part.strip() for value in values for part in value.split(",") if part.strip())


def _limits(options: dict[str, Any]) -> dict[str, float]:
    """The highest rates allowed, by code or beginning of codes."""
    limits: dict[str, float] = dict.fromkeys(_split(options["fail_on"]), 0.0)
    for told in _split(options["max_rate"]):
        code, _, rate = told.partition("=")
        try:
            limits[code] = float(rate.removesuffix("%")) / (100 if rate.endswith("%") else 1)
        except ValueError:
            msg = f"--max-rate wants a code and a rate, such as M=0.1%, not {told!r}"
            raise click.UsageError(msg) from None
        if not 0 <= limits[code] <= 1:
            msg = f"--max-rate {told}: a rate is between 0 and 1, or 0% and 100%"
            raise click.UsageError(msg)
    try:
        check_selectors(limits, codes())
    except ConfigError as error:
        raise click.UsageError(str(error)) from None
    return limits


def _exceeded(quality: Quality, limits: Mapping[str, float]) -> Iterator[str]:
    for selector, limit in limits.items():
        rate = quality.rate(selector)
        if rate > limit:
            yield f"{selector} in {rate:.4%} of rows, and {limit:.4%} are allowed"


def _check_reports(paths: Iterable[str]) -> None:
    for path in paths:
        if _suffix(path) not in reports.FORMATS:
            msg = f"--report {path}: its name must end with .html, .json or .txt"
            raise click.UsageError(msg)


def _suffix(path: str) -> str:
    return Path(path).suffix.removeprefix(".").lower()


def _report(quality: Quality, done: Done, options: dict[str, Any]) -> int:
    if not options["quiet"]:
        click.echo("".join(reports.as_text(quality)), nl=False)
    for file, problem in quality.broken:
        complain(file, problem)
    written = [_written(quality, path) for path in options["report"]]
    status = 0 if all(written) else 2
    if {file for file, _ in done.broken} - set(done.poisonous):
        return 2
    return status or int(bool(quality.gates or done.poisonous))


def _written(quality: Quality, path: str) -> bool:
    try:
        text = "".join(reports.FORMATS[_suffix(path)](quality))
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        complain(path, (error.strerror or str(error)).lower())
        return False
    return True


def _quality(done: Done, seconds: float) -> Quality:
    """Add up what came of all tasks."""
    results = [(source.path, r) for source, several in done.results for r in several]
    rows = sum(r.rows for _, r in results)
    found: Counter[tuple[str, str]] = Counter()
    applied: Counter[tuple[str, str]] = Counter()
    damaged: Counter[tuple[str, str]] = Counter()
    by_code: Counter[str] = Counter()
    patterns: Counter[tuple[str, str, str | None]] = Counter()
    for _, r in results:
        for column, code, was_applied, count in r.counts:
            found[column, code] += count
            applied[column, code] += count if was_applied else 0
        for column, code, count in r.columns:
            damaged[column, code] += count
        by_code.update(dict(r.codes))
        for code, before, after, count in r.patterns:
            patterns[code, before, after] += count
    return Quality(
        files=len(done.results),
        resumed=done.resumed,
        rows=rows,
        damaged_rows=sum(r.damaged_rows for _, r in results),
        bytes_read=sum(r.bytes_read for _, r in results),
        seconds=seconds,
        columns=tuple(
            OfColumn(*of, found[of], applied[of], damaged[of], damaged[of] / rows if rows else 0.0)
            for of in sorted(found)
        ),
        codes=dict(by_code),
        patterns=tuple(Pattern(*p, n) for p, n in patterns.most_common(MOST_PATTERNS)),
        examples=tuple(_examples(done)),
        failures=sum(r.failures for _, r in results),
        failed=tuple(_failed(done)),
        broken=tuple(done.broken),
        summaries={code: Catalogue()[code].summary for _, code in found},
    )


def _examples(done: Done) -> Iterator[Example]:
    seen: Counter[str] = Counter()
    for source, several in done.results:
        first = 0
        for r in several:
            for code, row, key, column, before, after in r.examples:
                seen[code] += 1
                if seen[code] <= EXAMPLES:
                    yield Example(code, source.path, first + row, key, column, before, after)
            first += r.rows


def _failed(done: Done) -> Iterator[Unread]:
    for source, several in done.results:
        first = 0
        for r in several:
            for row, key, column, problem in r.failed:
                yield Unread(source.path, first + row, key, column, problem)
            first += r.rows
