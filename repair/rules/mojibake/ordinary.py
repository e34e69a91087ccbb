"""Lines that look odd and are as they should be: what is odd in them is usual in their language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache

from repair.kernel import misread
from repair.model import judge
from repair.model.judge import IDEOGRAPHS, UNIT
from repair.rules.mojibake.pages import raw_of_page
from repair.rules.mojibake.pairs import may_be_in_pairs
from repair.rules.mojibake.readings import UTF8, has_marks, lost_spaces
from repair.rules.mojibake.sequences import any_of, beginnings, pages_of
from repair.rules.mojibake.suspects import MOST, has_odd_letters, odd_pairs, odd_places

# What a pair of characters beyond ASCII costs on average, in nats, up to which a line is ordinary
# text, by the script of most of these characters. Of 40,000 lines in 45 languages that were damaged
# throughout, in 106 ways, 17 of 12,799 in Latin letters cost less and 50 of 6,952 in Cyrillic ones,
# none of which came out right; of others none.
ORDINARY = {
    "": 3.3,
    "Latn": 3.6,
    "Grek": 3.8,
    "Thai": 4.8,
    "Arab": 5.0,
    "Hebr": 6.0,
    "Hani": 4.5,
    IDEOGRAPHS: 7.9,
}

# What pairs of characters cost in nats where a line looks damaged, on average at each such place
# and at the most, up to which they are usual in its language. Of 13,850 lines in 46 languages that
# were damaged in 106 ways, look so and are not ordinary, five cost less, one of which cannot be
# UTF-8; of 1,248 clean ones 50 and 22 %. Ideographs, kana and Hangul cost more: of 33,176 lines of
# them that came of damage 16 cost less than this, all of which can be UTF-8.
USUAL, USUAL_WIDE = (5.0, 8.0), (7.0, 10.0)
# In units, what a character costs at the least that is none of the language's.
STRANGE = 120
# From so many units on a pair is unusual.
UNCOMMON = math.ceil(USUAL[0] / UNIT)
# So many lines are remembered: tables and logs repeat theirs, and each is asked of twice.
KEPT = 4096
# Characters that a sequence of UTF-8 becomes.
LONGEST = 4
# Pairs of these, with those before and behind, and one more, as there may be a space in it.
AROUND = LONGEST + 2


@cache
def _limits() -> list[float]:
    return judge().limits(ORDINARY)


def is_ordinary(line: str) -> bool:
    """Tell whether a line is so likely as it stands that no reading of all of it gains enough."""
    return judge().is_below(line, _limits())


@lru_cache(KEPT)
def is_sound(line: str) -> bool:
    """Tell whether a line is ordinary, and no part of it may be UTF-8 or marks read wrongly."""
    return is_ordinary(line) and not (has_marks(line) or shows_utf8(line))


def is_sound_line(line: str) -> bool:
    """Tell the same of a whole line, unless it is so long that it is judged in parts."""
    return len(line) <= MOST and is_sound(line)


def is_usual(line: str) -> bool:
    """Tell whether what looks odd in a line is usual in its language."""
    if has_odd_letters(line):
        return False
    costs = _costs(line)
    return all(_is_usual(costs, place, line) for place in odd_places(line))


@lru_cache(1)
def _costs(line: str) -> list[int]:
    """Return what each pair costs: what is asked in turn is of one line."""
    return judge().by_pair(line)


def _is_usual(costs: Sequence[int], place: tuple[int, int], line: str) -> bool:
    start, end = place
    units = [each for each in costs[start : end + 1] if each != -1]
    each, most = USUAL_WIDE if line[start] >= "\u2e80" else USUAL
    return min(units) >= 0 and max(units) * UNIT < most and sum(units) * UNIT < each * len(units)


def may_be_utf8(line: str) -> bool:
    """Tell whether what looks odd may be UTF-8 read wrongly, or marks read as controls."""
    return has_marks(line) or shows_utf8(line) or may_be_in_pairs(line)


def shows_utf8(line: str) -> bool:
    """Tell whether UTF-8 read as a single-byte page may stand where a line looks odd.

    That is such as is unusual in the language of the line.
    """
    begun = beginnings(line)
    if not begun:
        return False
    costs = _costs(line)
    unusual = misread.unusual(begun, costs, AROUND, UNCOMMON)
    if not unusual:
        return False
    places = odd_pairs(line)
    around = [(max(0, start - LONGEST), end + LONGEST) for start, end in places]
    if all(_are_common(costs[low:high]) for low, high in around):
        return False
    near = any_of(bits for at, bits in begun if any(low <= at < high for low, high in around))
    pages = pages_of(unusual & near)
    for raw in {raw_of_page(line, page) for page in pages}:
        spans = _sequences(raw)
        meet = any(low < end and high >= start for low, high in spans for start, end in places)
        if meet and _mean(costs, spans) >= USUAL[0]:
            return True
    return False


def _are_common(costs: Sequence[int]) -> bool:
    return all(-1 <= units < UNCOMMON for units in costs)


def _mean(costs: Sequence[int], spans: list[tuple[int, int]]) -> float:
    """Return the nats of a pair at some places, on average."""
    pairs = [each for low, high in spans for each in costs[low : high + 1] if each != -1]
    return sum(STRANGE if units < 0 else units for units in pairs) * UNIT / len(pairs)


def _sequences(raw: str) -> list[tuple[int, int]]:
    """Return where UTF-8 is, also such with a space for a no-break space."""
    spans = [match.span() for match in UTF8.finditer(raw)]
    return spans + [(space - 1, space + 2) for space in lost_spaces(raw)]
