"""I602: lines that end in different ways; I603: two carriage returns before a line feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from repair.types import Example, Finding, Rule, Safety

ENDING = "\r+\n?|\n"
NAMES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


def find(text: str) -> Iterator[Finding]:
    """Yield one finding for a text of mixed endings, and one for each doubled return."""
    endings: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    doubled: list[re.Match[str]] = []
    for match in re.finditer(ENDING, text):
        run = match[0]
        kind = "\r" if run[-1] == "\r" else "\r\n" if len(run) > 1 else run
        endings[kind] += len(run) if kind == "\r" else 1
        first.setdefault(kind, match)
        if kind == "\r\n" and len(run) > 2:
            doubled.append(match)
    yield from _doubled(doubled, all_so=len(doubled) == sum(endings.values()) > 1)
    if len(endings) > 1:
        kinds = endings.most_common()
        note = ", ".join(f"{count} lines end in {NAMES[kind]}" for kind, count in kinds)
        yield Finding("I602", *first[kinds[-1][0]].span(), None, Safety.SHOW, 1.0, note)


def _doubled(doubled: list[re.Match[str]], *, all_so: bool) -> Iterator[Finding]:
    """A program that writes CR LF for LF was given CR LF.

    Where all lines are so, nobody meant it; a few may be what another program prints.
    """
    for match in doubled:
        safety = Safety.SAFE if all_so else Safety.LIKELY
        yield Finding("I603", *match.span(), "\r\n", safety, 1.0 if all_so else 0.9)


MIXED = Rule(
    code="I602",
    name="mixed-line-endings",
    summary="The lines of one text end in different ways.",
    why=(
        "Text that was put together from several systems has line feeds here and carriage "
        "returns there. Compilers count lines differently, and the next program that tidies it "
        "changes every line. One finding stands at the first of the rarest kind, and says how "
        "many there are of each. It is never changed: tables keep line feeds inside their cells "
        "and returns between rows, and which one is right is for the project to say."
    ),
    safety=Safety.SHOW,
    trigger="\r",
    find=find,
    examples=(
        Example("one\r\ntwo\nthree\r\n", "one\r\ntwo\nthree\r\n", "shown"),
        Example("one\r\ntwo\r\n", "one\r\ntwo\r\n", "not shown: all alike"),
    ),
)

DOUBLED = Rule(
    code="I603",
    name="doubled-carriage-return",
    summary="Lines end in two carriage returns and a line feed.",
    why=(
        "A program that writes a return before each line feed was given text that had one. "
        "Editors then show an empty line after each line. Where every line of a text ends so, it "
        "is repaired; a few such lines among others only on request."
    ),
    safety=Safety.SAFE,
    trigger="\r\r\n",
    find=find,
    examples=(
        Example("one\r\r\ntwo\r\r\n", "one\r\ntwo\r\n"),
        Example("one\r\rtwo", "one\r\rtwo", "empty lines of old Macs"),
        Example("one\r\n\r\ntwo\r\n", "one\r\n\r\ntwo\r\n", "empty lines"),
    ),
)
