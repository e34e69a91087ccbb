"""Readings that explain nothing, by what they change or by what they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii, count_beyond
from repair.rules.mojibake.legacy import CLEAN_MARKS
from repair.rules.mojibake.pages import DOUBLE_BYTE, bytes_of_character
from repair.rules.mojibake.readings import MARKS, Reading
from repair.rules.mojibake.suspects import suspicions

# A reading may leave one place that looks suspicious for so many that it found.
LEFT = 3

# No language has the same letter four times in a row; lines that somebody drew have.
_SAME_LETTERS = pattern(r"([^\W\d_\x00-\x7f])\1{3}")
_SAME = pattern(r"([^\x00-\x7f])\1{3}")
# Nor does a line of a drawing have so many different symbols.
_DRAWN, DIFFERENT = pattern("[\u2500-\u259f]+"), 9

# Marks and lines inside words are what DOS had for letters there.
_IN_WORD = pattern(
    "[A-Za-z][\xab\xbb\u2018\u201c-\u201e\u2022\u2026\u2504-\u254f\u2552-\u25ff]{1,2}[a-z]"
)
# NEL and CSI: C1 controls that terminals and some systems do use.
IN_USE = frozenset("\x85\x9b")
# Soft hyphens, and letters that look like Latin ones: somebody put them there.
_PUT_THERE = frozenset(
    "\xad\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u04bb\u0410\u0412"
    "\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u03bf\u0391\u0392\u0395\u0397\u0399\u039a"
    "\u039c\u039d\u039f\u03a1\u03a4\u03a7"
)
_MAY_BE_RIGHT = CLEAN_MARKS | IN_USE | _PUT_THERE
# Two of them right before a word are what cp437 has for a letter or a mark, and so are two behind
# a letter of which the first is no horizontal line.
_IN_A_WORD = pattern(
    "[\u2504-\u254f\u2552-\u25ff]{2}[a-z]|[A-Za-z][\u251c\u252c\u253c][\u2502-\u2593]"
)

# Text has hardly three characters of two bytes in the order of their codes; tables have.
_CODES_IN_ORDER = 4


class Idle:
    """Tells which readings of a line explain nothing."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._in_order = beyond_ascii(line)
        self._times = Counter(self._in_order)
        self._beyond = frozenset(self._times)
        self._lists: dict[str, bool] = {}

    @cached_property
    def _is_drawn(self) -> bool:
        """Lines and blocks are all there is, and few of them."""
        drawn = "".join(self._beyond - CLEAN_MARKS)
        return len(drawn) < DIFFERENT and bool(_DRAWN.fullmatch(drawn))

    @cached_property
    def _is_in_word(self) -> bool:
        return bool(_IN_WORD.search(self._line))

    @cached_property
    def _has_the_same(self) -> bool:
        return bool(_SAME.search(self._line))

    @cached_property
    def _suspicions(self) -> int:
        return suspicions(self._line)

    def in_what_changes(self, reading: Reading) -> bool:
        """Tell whether a reading makes something else of nothing but marks that may be right.

        Or of a table of characters, or a row of the same ones.
        """
        if _is_of_utf8(reading):
            return self._is_drawn and not _IN_A_WORD.search(self._line)
        page = reading.layers[-1].read_as
        if page in DOUBLE_BYTE and self._lists_codes(page):
            return True
        if not self._is_in_word and (self._is_drawn or self._is_of_marks(reading.text)):
            return True
        same = self._has_the_same or len(reading.text) != len(self._line)
        return same and bool(_SAME_LETTERS.search(reading.text))

    def in_what_it_makes(self, reading: Reading) -> bool:
        """Tell whether what a reading as another page makes looks no better than the line does."""
        if _is_of_utf8(reading):
            return False
        text = reading.text
        if max(filter(str.isalpha, text), default="") < "\u0370":
            # Accents side by side are suspicious, and common; but not all of them are.
            return 2 * suspicions(text) > count_beyond(text)
        return reading.code == "M104" and LEFT * suspicions(text) > self._suspicions

    def _is_of_marks(self, text: str) -> bool:
        """Tell whether hardly anything but marks becomes something else."""
        changed = self._beyond.difference(text)
        if changed <= _MAY_BE_RIGHT:
            return True
        marks = changed & CLEAN_MARKS
        return bool(marks) and 3 * self._count(marks) > 2 * self._count(changed)

    def _count(self, characters: Iterable[str]) -> int:
        return sum(self._times[character] for character in characters)

    def _lists_codes(self, codec: str) -> bool:
        """Tell whether the characters beyond ASCII stand in the order of their codes."""
        if codec not in self._lists:
            self._lists[codec] = _are_in_order(self._in_order, codec)
        return self._lists[codec]


def _is_of_utf8(reading: Reading) -> bool:
    return reading.code in ("M101", "M102") or MARKS in reading.layers


def _are_in_order(characters: Iterable[str], codec: str) -> bool:
    run = before = 0
    for character in characters:
        data = bytes_of_character(character, codec)
        code = int.from_bytes(data, "big") if data and len(data) > 1 else 0
        run = run + 1 if code and code == before + 1 else 1
        if run == _CODES_IN_ORDER:
            return True
        before = code
    return False
