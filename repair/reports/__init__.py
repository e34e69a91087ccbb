"""One streaming render function per format; ``FORMATS`` names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from repair.reports import concise, diff, github, gitlab, json_document, jsonl, junit, sarif, text
from repair.reports.outcomes import Outcome, View

Render = Callable[[Iterable[Outcome], View], Iterator[str]]
"""Yields the report in pieces; bytes that are no text are lone surrogates (PEP 383)."""

FORMATS: dict[str, Render] = {
    "text": text.render,
    "concise": concise.render,
    "diff": diff.render,
    "json": json_document.render,
    "jsonl": jsonl.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "junit": junit.render,
    "sarif": sarif.render,
}
