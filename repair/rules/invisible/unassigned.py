"""I503: code points that no version of Unicode has given to a character."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.rules.forms.danda import PLACES
from repair.tables.unicode import UNICODE_VERSION, is_unassigned, unassigned
from repair.types import Example, Finding, Rule, Safety

BEYOND = 0x10000

# All but the blocks of which every code point is given; test_invisible.py compares with the
# table.
_PERHAPS = (
    "^\x00-\u0377\u0391-\u03a1\u03a3-\u052f\u05d0-\u05ea\u0600-\u070d\u0900-\u0983"
    "\u0e01-\u0e3a\u0e3f-\u0e5b\u1000-\u10c5\u10d0-\u1248\u1e00-\u1f15\u2000-\u2064"
    "\u20a0-\u20c0\u2100-\u218b\u2190-\u2429\u2460-\u2b73\u2e80-\u2e99\u3001-\u303f"
    "\u3041-\u3096\u3099-\u30ff\u3105-\u312f\u3131-\u318e\u3190-\u31e5\u31f0-\u321e"
    "\u3220-\ua48c\uac00-\ud7a3\ud800-\ufa6d\ufb00-\ufb06\ufdd0-\ufdef\ufe00-\ufe19"
    "\ufe20-\ufe52\ufeff\uff01-\uffbe\uffe0-\uffe6\uffe8-\uffee\ufff9-\uffff"
    "\U0001f000-\U0001f02b\U0001f300-\U0001f6d8\U0001f900-\U0001fa57"
    "\U00020000-\U0002a6df\U000e0100-\U000e01ef\U000f0000-\U0010ffff"
)
PERHAPS = f"[{_PERHAPS}]"
_PLACES = pattern(PLACES)


@cache
def _characters() -> Characters:
    """Return all that are unassigned, and those from U+10000 on."""
    below = (f"{chr(low)}-{chr(high)}" for low, high in unassigned() if high < BEYOND)
    return Characters("".join(below) + "\U00010000-\U0010ffff")


def _sight() -> str:
    """Return a pattern of all that are unassigned."""
    return f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in unassigned())}]"


def find(text: str) -> Iterator[Finding]:
    """Yield each run of unassigned code points, but the dandas of F112."""
    start = end = -1
    for low, high in _characters().runs(text):
        for place in range(low, high):
            if is_unassigned(ord(text[place])) and not _PLACES.match(text[place]):
                if place != end:
                    if start >= 0:
                        yield _finding(start, end)
                    start = place
                end = place + 1
    if start >= 0:
        yield _finding(start, end)


def _finding(start: int, end: int) -> Finding:
    note = f"not in Unicode {UNICODE_VERSION}"
    return Finding("I503", start, end, None, Safety.SHOW, 1.0, note)


RULE = Rule(
    code="I503",
    name="unassigned-code-point",
    summary="A code point has not been given to any character.",
    why=(
        "Text that was read in the wrong encoding, cut or flipped in its bits has code points "
        "that mean nothing. A character that is younger than the table of this program looks "
        "the same to it, so they are shown and kept; the note names the version."
    ),
    safety=Safety.SHOW,
    trigger=PERHAPS,
    sight=_sight,
    find=find,
    is_quick=True,
    examples=(
        Example("a\u0378b", "a\u0378b", "shown"),
        Example("a\U0003fff0b", "a\U0003fff0b", "shown: a plane without characters"),
        Example("\u0377\u037a", "\u0377\u037a", "not shown: characters beside it"),
    ),
)
