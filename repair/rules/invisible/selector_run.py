"""I302: several variation selectors in a row, of which only the first has an effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.hidden import quoted
from repair.types import Document, Example, Finding, Kind, Rule, Safety

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
RUN = f"([{SELECTORS}])[{SELECTORS}]+"

# The selectors of emoji, which stay where a run begins with one: the rest may be a double.
EMOJI = "\ufe0e\ufe0f"


def find(document: Document) -> Iterator[Finding]:
    """Yield each run, with the bytes that it may hide."""
    safety = Safety.SHOW if document.kind is Kind.CODE else Safety.LIKELY
    for match in re.finditer(RUN, document.text):
        start, end = match.span()
        if match[1] in EMOJI and set(match[0]) == {match[1]}:
            yield Finding("I302", start + 1, end, "", safety, 0.95, "the same, repeated")
            continue
        hidden = bytes(_byte(selector) for selector in match[0])
        note = f"{len(hidden)} selectors; as bytes: {quoted(hidden.decode('utf-8', 'replace'))}"
        keep = match[1] in EMOJI
        yield Finding("I302", start + keep, end, "", safety, 0.95, note)


def _byte(selector: str) -> int:
    """The byte that a selector stands for: there are 256, in two blocks."""
    point = ord(selector)
    return point - 0xFE00 if point < 0xE0100 else point - 0xE0100 + 16


RULE = Rule(
    code="I302",
    name="variation-selector-run",
    summary="Several variation selectors in a row have no effect but to hide data.",
    why=(
        "There are 256 variation selectors, one for each byte, and all but the first of a run "
        "are ignored: any file can hide behind one emoji. Malware has been carried so into "
        "source code. Some keyboards merely write one twice. The note says what text the bytes "
        "make. Runs are removed on request, and in source code shown only."
    ),
    safety=Safety.LIKELY,
    trigger=f"[{SELECTORS}]",
    find_in=find,
    examples=(
        Example("❤\ufe0f\ufe0f", "❤\ufe0f", "one that was written twice"),
        Example("A\U000e0158\U000e0159", "A", "hides hi"),
        Example("❤\ufe0f", "❤\ufe0f", "one alone"),
        Example("1\ufe0f\u20e3 2\ufe0f\u20e3", "1\ufe0f\u20e3 2\ufe0f\u20e3", "not in a row"),
    ),
)
