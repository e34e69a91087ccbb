"""I602: lines that end in different ways; I603: two carriage returns before a line feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from repair.patterns import pattern
from repair.types import Example, Finding, Rule, Safety

# The text of each kind, for messages, and what finds its first.
ENDINGS = (
    ("LF", pattern("(?<!\r)\n")),
    ("CR LF", pattern("\r+\n")),
    ("CR", pattern("\r+(?![\r\n])")),
)
DOUBLED_RETURN = pattern("\r\r+\n")


def find(text: str) -> Iterator[Finding]:
    """Yield one finding for a text of mixed endings, and one for each doubled return."""
    first = text.find("\r")
    if first < 0:
        return
    doubled = list(DOUBLED_RETURN.finditer(text, first)) if text.find("\r\r\n", first) >= 0 else []
    pairs = text.count("\r\n", first)
    single = text.count("\r", first) - pairs - sum(len(match[0]) - 2 for match in doubled)
    counts = (text.count("\n") - pairs, pairs, single)
    yield from _doubled(doubled, all_so=len(doubled) == sum(counts) > 1)
    if sum(map(bool, counts)) > 1:
        yield _mixed(text, counts, first)


def _mixed(text: str, counts: Iterable[int], first_return: int) -> Finding:
    """The finding stands at the first of the rarest kind, of those alike at the later one."""
    found = [
        (-count, first.start(), first.end(), name)
        for count, (name, ending) in zip(counts, ENDINGS, strict=True)
        if count and (first := ending.search(text, 0 if name == "LF" else first_return))
    ]
    found.sort()
    note = ", ".join(f"{-count} lines end in {name}" for count, _, _, name in found)
    _, start, end, _ = found[-1]
    return Finding("I602", start, end, None, Safety.SHOW, 1.0, note)


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
