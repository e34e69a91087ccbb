"""The report at the end of a batch job: how good the data is, column by column and code by code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import NamedTuple

from repair.visible import visible

TOP = 10
_LONGEST = 60


class OfColumn(NamedTuple):
    """How often a code was found in a column."""

    column: str
    code: str
    findings: int
    applied: int
    rows: int
    """Rows with such findings."""
    rate: float
    """Of all rows of the inputs, 0 to 1."""


class Pattern(NamedTuple):
    """What was replaced by what, and how often."""

    code: str
    before: str
    after: str | None
    times: int


class Example(NamedTuple):
    """One finding, and where it is."""

    code: str
    file: str
    row: int
    key: str | None
    column: str
    before: str
    after: str | None


class Unread(NamedTuple):
    """A value that passed unchanged because it could not be looked at."""

    file: str
    row: int
    key: str | None
    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What a job found in all of its inputs."""

    files: int
    resumed: int
    """Files that an earlier run had finished."""
    rows: int
    damaged_rows: int
    bytes_read: int
    seconds: float
    columns: tuple[OfColumn, ...]
    codes: Mapping[str, int]
    """Rows with findings, by code and by the beginnings of codes."""
    patterns: tuple[Pattern, ...] = ()
    examples: tuple[Example, ...] = ()
    failures: int = 0
    failed: tuple[Unread, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    """Files without an output, and why."""
    gates: tuple[str, ...] = ()
    """What exceeds what was asked for."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """What a code means."""

    def rate(self, selector: str) -> float:
        """The share of rows with findings whose codes begin so; ``ALL`` for any."""
        damaged = self.damaged_rows if selector == "ALL" else self.codes.get(selector, 0)
        return damaged / self.rows if self.rows else 0.0


def as_json(quality: Quality) -> Iterator[str]:
    """Yield the report for programs."""
    value = asdict(quality) | {
        "columns": [c._asdict() for c in quality.columns],
        "patterns": [p._asdict() for p in quality.patterns],
        "examples": [e._asdict() for e in quality.examples],
        "failed": [f._asdict() for f in quality.failed],
        "broken": [{"file": file, "problem": problem} for file, problem in quality.broken],
        "damaged_rate": quality.rate("ALL"),
    }
    yield json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def as_text(quality: Quality) -> Iterator[str]:
    """Yield the report for people on a terminal."""
    yield "".join(f"{line}\n" for line in _head(quality))
    for title, columns, rows in _tables(quality):
        yield f"\n{title}\n"
        yield from _aligned([columns, *rows])


def as_html(quality: Quality) -> Iterator[str]:
    """Yield the report as a page that needs nothing else."""
    yield _HTML_HEAD
    yield "".join(f"<p>{escape(line)}</p>\n" for line in _head(quality))
    for title, columns, rows in _tables(quality):
        yield f"<h2>{escape(title)}</h2>\n<table>\n<tr>"
        yield "".join(f"<th>{escape(name)}</th>" for name in columns) + "</tr>\n"
        for row in rows:
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        yield "</table>\n"
    yield "</body></html>\n"


FORMATS = {"txt": as_text, "json": as_json, "html": as_html}

_HTML_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Quality of text</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em;
  color: #222; background: #fff; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2em .8em; border-bottom: 1px solid #ddd; vertical-align: top; }
td { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818; } }
</style></head><body>
<h1>Quality of text</h1>
"""

_Table = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]


def _head(quality: Quality) -> Iterator[str]:
    before = f", {quality.resumed} of them in an earlier run" if quality.resumed else ""
    yield f"{_several(quality.files, 'file')}{before}, {_several(quality.rows, 'row')}."
    yield (
        f"{_several(quality.damaged_rows, 'row')} with findings ({quality.rate('ALL'):.4%}): "
        f"{_several(sum(c.findings for c in quality.columns), 'finding')}, "
        f"{sum(c.applied for c in quality.columns):,} repaired."
    )
    if quality.failures:
        yield f"{_several(quality.failures, 'value')} could not be looked at or written, and stay."
    for file, problem in quality.broken:
        yield f"No output for {visible(file)}: {problem}."
    for gate in quality.gates:
        yield f"Too much: {gate}."
    if quality.seconds:
        yield (
            f"{quality.seconds:.1f} s, {quality.rows / quality.seconds:,.0f} rows/s, "
            f"{quality.bytes_read / quality.seconds / 1e6:,.1f} MB/s."
        )


def _several(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _tables(quality: Quality) -> Iterator[_Table]:
    """What has tables, without those that would be empty."""
    columns = [
        (
            visible(c.column),
            c.code,
            f"{c.findings:,}",
            f"{c.applied:,}",
            f"{c.rows:,}",
            f"{c.rate:.4%}",
            quality.summaries.get(c.code, ""),
        )
        for c in quality.columns
    ]
    heads = ("column", "code", "findings", "repaired", "rows", "of all rows", "")
    patterns = [
        (p.code, f"{p.times:,}", _short(p.before), _short(p.after)) for p in quality.patterns[:TOP]
    ]
    examples = [
        (e.code, _place(e.file, e.row, e.key), visible(e.column), _short(e.before), _short(e.after))
        for e in quality.examples
    ]
    failed = [
        (_place(f.file, f.row, f.key), visible(f.column), visible(f.problem))
        for f in quality.failed[:TOP]
    ]
    several: tuple[_Table, ...] = (
        ("By column and code", heads, columns),
        ("Most frequent", ("code", "times", "before", "after"), patterns),
        ("Examples", ("code", "where", "column", "before", "after"), examples),
        ("Values that stay as they are", ("where", "column", "problem"), failed),
    )
    return (table for table in several if table[2])


def _place(file: str, row: int, key: str | None) -> str:
    place = f"{visible(file)}:{row}"
    return place if key is None else f"{place} ({visible(key)})"


def _short(text: str | None) -> str:
    if text is None:
        return "?"
    cut = visible(text[:_LONGEST])
    return cut + "…" if len(text) > _LONGEST else cut or "(nothing)"


def _aligned(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    several = list(rows)
    widths = [max(len(row[i]) for row in several) for i in range(len(several[0]))]
    for row in several:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {line.rstrip()}\n"
