"""One streaming render function per format; ``FORMATS`` names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from repair.reports import diff, jsonl, text
from repair.reports.outcomes import Outcome, View

Render = Callable[[Iterable[Outcome], View], Iterator[str]]
"""Yields the report in pieces; bytes that are no text are lone surrogates (PEP 383)."""

FORMATS: dict[str, Render] = {
    "text": text.render,
    "diff": diff.render,
    "jsonl": jsonl.render,
}
