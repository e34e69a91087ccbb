"""B101: bytes that the encoding of the document cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Example, Finding, Rule, Safety

# What PEP 383 makes of a byte that does not decode. Other lone surrogates were in the text.
ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")

# Longer runs are cut in the note: a reader sees what it is from the first ones.
MOST_SHOWN = 16


def find(text: str) -> Iterator[Finding]:
    """Yield a finding for each run of undecodable bytes; no cure is known for them."""
    for match in ESCAPED_BYTES.finditer(text):
        yield Finding("B101", *match.span(), None, Safety.SHOW, 1.0, _note(match[0]))


def _note(run: str) -> str:
    shown = " ".join(f"{ord(character) - 0xDC00:02X}" for character in run[:MOST_SHOWN])
    more = f" and {len(run) - MOST_SHOWN} more" if len(run) > MOST_SHOWN else ""
    return f"{'byte' if len(run) == 1 else 'bytes'} {shown}{more}"


RULE = Rule(
    code="B101",
    name="undecodable-byte",
    summary="A byte does not belong to the encoding of the document.",
    why=(
        "Files joined from several sources, cut in the middle of a character or damaged on the "
        "way hold bytes that their encoding does not allow. Most programs replace or drop them "
        "without a word. They are kept as they are, and shown."
    ),
    safety=Safety.SHOW,
    trigger=ESCAPED_BYTES.pattern,
    find=find,
    examples=(
        Example("caf\udce9", "caf\udce9", "shown, and kept: nothing here says what E9 was"),
        Example("caf\ud83d", "caf\ud83d", "half of a surrogate pair is no byte"),
        Example("\udc7f", "\udc7f", "nor is an ASCII byte ever escaped"),
    ),
)
