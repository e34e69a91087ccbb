"""What is printed where: reports, errors, and repaired bytes."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

from repair.reports.outcomes import Paint, plain
from repair.visible import visible

MOST_COLUMNS = 120  # longer lines are hard to read
STYLES: dict[str, dict[str, object]] = {
    "path": {"bold": True},
    "code": {"fg": "red", "bold": True},
    "mark": {"fg": "cyan"},
    "margin": {"fg": "blue"},
    "old": {"fg": "red"},
    "new": {"fg": "green"},
    "note": {"dim": True},
}


def complain(path: str, problem: str) -> None:
    """Print the one line that an error takes."""
    click.echo(f"{paint_for(sys.stderr)('error', 'code')}: {visible(path)}: {problem}", err=True)


def paint_for(stream: TextIO) -> Paint:
    """Colours on a terminal, unless ``NO_COLOR`` is set (https://no-color.org)."""
    colours = stream.isatty() and not os.environ.get("NO_COLOR")
    return _coloured if colours and os.environ.get("TERM") != "dumb" else plain


def columns_of(stream: TextIO) -> int:
    """How wide a page is."""
    if not stream.isatty():
        return 100
    import shutil  # noqa: PLC0415 (2 ms)

    return min(shutil.get_terminal_size().columns, MOST_COLUMNS)


def _coloured(text: str, style: str) -> str:
    return click.style(text, **STYLES[style])  # type: ignore[arg-type]
