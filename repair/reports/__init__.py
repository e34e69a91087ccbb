"""One streaming render function per format; ``FORMATS`` names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from repair.reports.outcomes import Outcome, View

Render = Callable[[Iterable[Outcome], View], Iterator[str]]
"""Yields the report in pieces; bytes that are no text are lone surrogates (PEP 383)."""


def _late(module: str) -> Render:
    """The ``render`` of a module that is loaded when it is needed: a run needs one of them."""

    def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
        yield from import_module(f"{__name__}.{module}").render(outcomes, view)

    return render


FORMATS: dict[str, Render] = {
    "text": _late("text"),
    "concise": _late("concise"),
    "diff": _late("diff"),
    "json": _late("json_document"),
    "jsonl": _late("jsonl"),
    "github": _late("github"),
    "gitlab": _late("gitlab"),
    "junit": _late("junit"),
    "sarif": _late("sarif"),
}
