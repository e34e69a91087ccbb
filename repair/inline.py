"""Comments in a text that say what to ignore in it.

``textrepair: ignore[M101]`` behind a comment sign speaks about its line, ``ignore-next-line``
about the one after it and ``ignore-file`` about all of the text. Several codes, or beginnings of
codes, stand with commas between them; without any, all are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from repair.config import Config
from repair.edits import lift_all
from repair.notices import UNUSED_IGNORE, WORD
from repair.patterns import pattern
from repair.types import Edit, Finding, Safety

# Signs that begin a comment in some language; quotation marks do at the beginning of a line only.
# In prose about it they stand in backticks.
DIRECTIVE = pattern(
    r"(?:(?<!`)<!--|(?<![`!])(?:#[|=!]?|\*[>!]?|%|;|//!?|--(?:\[=*\[)?|\{-?|\.\.|[.']\\\""
    r"|@c(?:omment)?\b|\b(?:rem|REM|dnl)\b|\[//\]:[ \t]*\#[ \t]*[(\"'])"
    r"|^[ \t]*['\"!])[ \t]*"
    rf"(?P<all>{WORD}[ \t]*ignore(?P<where>-next-line|-file)?"
    r"(?:\[(?P<codes>[^\]\r\n]*)\]|(?![\w\[-])))",
    re.MULTILINE,
)
_LINE_END = pattern(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment, and the run of text it speaks about."""

    start: int
    end: int
    codes: tuple[str, ...]
    """Codes or their beginnings; none means all."""
    low: int
    high: int

    def matches(self, finding: Finding) -> bool:
        """Whether ``finding`` shares a place with what this speaks about."""
        return finding.start <= self.high and finding.end >= self.low

    def selectors(self) -> tuple[str, ...]:
        """What it ignores; the empty beginning is that of all codes."""
        return self.codes or ("",)


@dataclass(slots=True)
class Ignores:
    """All such comments of a text, and which of them were of use."""

    found: tuple[Ignore, ...] = ()
    used: set[tuple[Ignore, str]] = field(default_factory=set)

    def without_ignored(
        self, findings: Sequence[Finding], edits: Sequence[Edit], middle: str
    ) -> list[Finding]:
        """Leave ignored findings out; they were made in ``middle``, the text after ``edits``."""
        if not self.found:
            return list(findings)
        lifted = lift_all(findings, edits, middle)
        return [
            f for f, original in zip(findings, lifted, strict=True) if not self._hides(original)
        ]

    def _hides(self, finding: Finding) -> bool:
        hits = [
            (ignore, selector)
            for ignore in self.found
            for selector in ignore.selectors()
            if finding.code.startswith(selector) and ignore.matches(finding)
        ]
        self.used.update(hits)
        return bool(hits)

    def unused(self, codes: Iterable[str], config: Config) -> Iterator[Finding]:
        """Yield a finding for each code that was ignored in vain; ``codes`` are all there are."""
        known = list(codes)
        for ignore in self.found:
            for selector in ignore.selectors():
                note = _note(selector, known, config)
                if note and (ignore, selector) not in self.used:
                    place = (ignore.start, ignore.end)
                    yield Finding(UNUSED_IGNORE.code, *place, None, Safety.SHOW, 1.0, note)


def _note(selector: str, known: Iterable[str], config: Config) -> str:
    meant = [code for code in known if code.startswith(selector)]
    if not meant:
        return f"no rule has a code that begins with {selector}"
    if not any(config.wants(code) for code in meant):
        return ""
    return f"{selector} is not found here" if selector else "nothing is found here"


def read_ignores(text: str) -> Ignores:
    """Return the comments in ``text``."""
    if WORD not in text:
        return Ignores()
    return Ignores(tuple(_read(text, match) for match in DIRECTIVE.finditer(text)))


def _read(text: str, match: re.Match[str]) -> Ignore:
    start, end = match.span("all")
    codes = tuple(code.strip() for code in (match["codes"] or "").split(",") if code.strip())
    low, high = _span(text, match["where"] or "", start, end)
    return Ignore(start, end, codes, low, high)


def _span(text: str, where: str, start: int, end: int) -> tuple[int, int]:
    if where == "-file":
        return 0, len(text)
    line_end = _LINE_END.search(text, end)
    if where == "-next-line":
        if line_end is None:
            return len(text) + 1, len(text) + 1  # there is none
        following = _LINE_END.search(text, line_end.end())
        return line_end.end(), following.start() if following else len(text)
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return line_start, line_end.start() if line_end else len(text)
