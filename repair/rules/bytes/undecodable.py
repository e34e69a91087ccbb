"""B101: bytes that the encoding of the document cannot read."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

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
    trigger="[\udc80-\udcff]",
    find=find,
    examples=(
        Example(
            "\udc81\udc8d", "\udc81\udc8d", "shown, and kept: nothing here says what they were"
        ),
        Example("caf\ud83d", "caf\ud83d", "half of a surrogate pair is no byte"),
        Example("\udc7f", "\udc7f", "nor is an ASCII byte ever escaped"),
    ),
)
