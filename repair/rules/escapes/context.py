"""Where an escape is how things are written: code, addresses, markup, texts about escapes.

All rules of the family ask here. Signs are looked for once, and only around escapes; each
question is then a bisection.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from repair.patterns import pattern
from repair.rules.escapes.readable import is_word
from repair.rules.escapes.signs import BLOCK, BLOCK_OF_TAGS, Signs, code, tags, talk
from repair.types import Document, Kind

_T = TypeVar("_T")

# A sign of code or talk, and an escape in the same line, are no further apart than this.
NEAR = 300
# A tag says of the text around it that it is markup.
TAG_REACH = 2_000
# Within this of any sign of code, markup or talk about them nothing is applied unasked. Of 311
# million characters of manuals, documentation, pages and source code, all taken for plain text
# (a Debian system with Python, Node, Perl and Rust), the rules would change unasked 88 places
# without looking around, 16 looking 300 characters far, and none looking 2,000.
PLAIN_REACH = 4_000

ENCODED_WORD = r"=\?[A-Za-z0-9][\w.:-]{1,39}(?:\*[A-Za-z-]{1,20})?\?[QqBb]\?[!->@-~]+\?="
ENCODED_WORDS = pattern(rf"{ENCODED_WORD}(?:[ \t]*(?:\r?\n[ \t]+)?{ENCODED_WORD})*")

# Fenced code and sessions of Python; then what is on one line: inline code, addresses, paths of
# Windows. Each with what must be there for it, as literal beginnings are found fifty times faster
# than anything else, and single characters ten times faster than those.
FENCES = (
    ("```", pattern(r"(?m)^[ >]{0,3}(`{3,})[\s\S]*?(?:^[ >]{0,3}\1|\Z)")),
    ("~~~", pattern(r"(?m)^[ >]{0,3}(~{3,})[\s\S]*?(?:^[ >]{0,3}\1|\Z)")),
    (">>>", pattern(r"(?m)^[ \t]*>>> [^\n]*(?:\n[ \t]*[^\s][^\n]*)*")),
)
VERBATIM = (
    ("``", pattern(r"``[^\n]+?``")),
    ("`", pattern(r"`[^`'\n]{1,200}[`']")),
    ("://", pattern(r"://(?<=[A-Za-z]{2}://)[!#-;=?-_a-~]*")),
    ("www.", pattern(r"www\.(?<!\w....)[!#-;=?-_a-~]*")),
    ("mailto:", pattern("mailto:[!#-;=?-_a-~]*")),
    ("data:", pattern(r"data:(?<!\w.....)[!#-;=?-_a-~]*")),
    (":\\", pattern(r""":\\(?<=\b[A-Za-z]:\\)[^\s"<>|]*""")),
    ("\\\\", pattern(r"""\\\\(?<!\S\\\\)(?!u[0-9A-Fa-f]{4})[\w$.-]+\\[^\s"<>|]*""")),
)

# Up to a mark that would be a sign of code by itself.
_ESCAPE = pattern(r"(?:[&;]#?\w+;|\\[ux]\{(?:[0-9A-Fa-f]+\})?)\Z")
_LONGEST_ESCAPE = 40

_OPENING = "\"'([{<“‘«「『（《"
_CLOSING = "\"')]}>”’»」』）》"


class _Spans:
    """Where one of some patterns matches; they may overlap."""

    def __init__(
        self, patterns: Iterable[re.Pattern[str]], text: str, low: int = 0, high: int = sys.maxsize
    ) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        found = (match.span() for each in patterns for match in each.finditer(text, low, high))
        for start, end in sorted(found):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character between ``start`` and ``end``."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start


class Surroundings:
    """What stands around an escape in one document."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.kind = document.kind
        self._tags = Signs(self.text, tags, BLOCK_OF_TAGS, self.is_sign)
        self._code = Signs(self.text, code, BLOCK, self.is_sign)
        self._talk = Signs(self.text, talk, BLOCK, self.is_sign)
        # The line that was asked about last, and what is verbatim on it.
        self._line = 0, 0, _Spans((), "")

    def is_right(self, start: int, end: int) -> bool:
        """Whether an escape here is code, in an address or spoken of."""
        low, high = self._reach(start, end)
        return (
            self._code.any_between(low, high)
            or self._talk.any_between(*self._reach(low - 1, high))
            or self._fences.touch(start, end)
            or self._is_verbatim(start, end)
        )

    def is_among_tags(self, start: int, end: int) -> bool:
        """Whether there are tags of HTML or XML around."""
        return self._tags.any_between(start - TAG_REACH, end + TAG_REACH)

    def is_in_encoded_word(self, start: int, end: int) -> bool:
        """Whether it is a part of =?charset?Q?...?= or the like."""
        return self._words.touch(start, end)

    def is_mention(self, start: int, end: int) -> bool:
        """Whether it stands alone between quotes or brackets, or in a column."""
        before = self.text[start - 1 : start] if start else ""
        after = self.text[end : end + 2]
        if not before.strip() and after.startswith(("  ", "\t")):
            return True
        return bool(before and after) and before in _OPENING and after[0] in _CLOSING

    def is_certain(self, new: str, start: int, end: int) -> bool:
        """Whether ``new`` is part of a word, or a word, of plain text."""
        return (
            not new.isascii()
            and is_word(new)
            and (len(new) > 1 or self._letter_beside(start, end))
            and not self.is_mention(start, end)
            and self.is_plain(start, end)
        )

    def is_plain(self, start: int, end: int) -> bool:
        """Whether nothing far and wide speaks of code, markup or characters."""
        low, high = start - PLAIN_REACH, end + PLAIN_REACH
        signs = (self._tags, self._code, self._talk)
        return self.kind is Kind.TEXT and not any(each.any_between(low, high) for each in signs)

    def _letter_beside(self, start: int, end: int) -> bool:
        before = self.text[start - 1 : start] if start else ""
        return before.isalpha() or self.text[end : end + 1].isalpha()

    def _reach(self, start: int, end: int) -> tuple[int, int]:
        """The line, or as much of it as is near."""
        low, high = max(start - NEAR, 0), min(end + NEAR, len(self.text))
        newline = self.text.find("\n", end, high)
        before = self.text.rfind("\n", low, max(start, 0)) + 1
        return before or low, high if newline < 0 else newline + 1

    def _is_verbatim(self, start: int, end: int) -> bool:
        """Whether it is in inline code, an address or a path."""
        text = self.text
        while start < end:
            low, high, spans = self._line
            if not low <= start < high:
                low, high = text.rfind("\n", 0, start) + 1, text.find("\n", start) + 1 or len(text)
                found = (each for literal, each in VERBATIM if text.find(literal, low, high) >= 0)
                spans = _Spans(found, text, low, high)
                self._line = low, high, spans
            if spans.touch(start, end):
                return True
            start = high
        return False

    @cached_property
    def _fences(self) -> _Spans:
        text = self.text
        found = (each for literal, each in FENCES if literal[0] in text and literal in text)
        return _Spans(found, text)

    @cached_property
    def _words(self) -> _Spans:
        return _Spans([ENCODED_WORDS], self.text)

    def is_sign(self, start: int, end: int) -> bool:
        """Whether it is none of the marks that escapes themselves are made of."""
        if self.is_in_encoded_word(start, end):
            return False
        low = max(start - _LONGEST_ESCAPE, 0)
        return self.text[start] not in ";{}" or not _ESCAPE.search(self.text[low : start + 1])


_latest: list[Surroundings] = []


def surroundings(document: Document) -> Surroundings:
    """Return what is known of ``document``; the rules of the family ask one after another."""
    for around in _latest:  # to hash the text would take as long as to look for something in it
        if around.text is document.text and around.kind is document.kind:
            return around
    around = Surroundings(document)
    _latest[:] = [around]
    return around


def candidates(
    document: Document,
    matches: Iterable[re.Match[str]],
    kinds: tuple[Kind, ...],
    read: Callable[[re.Match[str]], _T | None],
) -> Iterator[tuple[re.Match[str], _T]]:
    """Yield matches that may be damage with what they are read as, in documents of some kinds.

    Most that are met cannot be read, and to judge what stands around takes longer.
    """
    if document.kind in kinds:
        around = surroundings(document)
        for match in matches:
            reading = read(match)
            if reading is not None and not around.is_right(*match.span()):
                yield match, reading
