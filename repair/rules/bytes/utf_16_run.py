"""B106: a run of UTF-16 in a text that is not."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="B106",
    name="utf-16-run",
    summary="A part of the text is in UTF-16, with a NUL beside each letter.",
    why=(
        "On Windows some programs write UTF-16 and others do not; where both write to the same "
        "log, its lines are in two encodings. A list of one-letter names, each ended by NUL, "
        "looks the same, so the repair is only likely."
    ),
    safety=Safety.LIKELY,
    trigger="\0|[\udcff\udcfe]|[\x03-\x06]",
    find=find,
    examples=(
        Example("log\nE\0r\0r\0o\0r\0\n\0more\n", "log\nError\nmore\n"),
        Example("a\0b\0c\0 d", "a\0b\0c\0 d", "three are too few"),
        Example("name\0other\0", "name\0other\0", "NUL between names"),
    ),
)
