"""How much a reading must gain for what may be done with it.

Of 6,000 lines of 45 languages damaged by 116 chains (``benchmarks/mojibake_sets.py``, seed 1),
each by itself, 5,326 of 5,331 that come out SAFE are right, and 250 of 256 that are LIKELY.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from repair.kernel.runs import changed_runs
from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.suspects import suspicions
from repair.rules.mojibake.weighing import Weighed, cost_of_pairs
from repair.rules.mojibake.words import INSIDE_A_WORD, MARKS_BEHIND, are_in_words
from repair.types import Safety


class Floor(NamedTuple):
    """The least gain, in total and per character, and the least lead over the next reading."""

    gain: float
    each: float
    lead: float


SAFE = {
    "M101": Floor(11.0, 3.5, 3.0),
    "M102": Floor(11.0, 3.0, 3.0),
    "M103": Floor(20.0, 3.0, 5.0),
    "M104": Floor(13.0, 2.5, 4.0),
}
LIKELY = {
    "M101": Floor(8.0, 2.5, 0.5),
    "M102": Floor(5.0, 2.5, 0.5),
    "M103": Floor(12.0, 2.0, 1.0),
    "M104": Floor(4.0, 2.0, 3.0),
}
# SAFE and LIKELY where what changes stands beside letters: alone, or in a row of signs, letters
# are what they seem. Of 1.1 million clean lines beyond ASCII none gains what is SAFE here, and
# three what is LIKELY.
IN_WORDS = {
    "M101": (Floor(5.0, 2.0, 3.0), Floor(3.0, 1.2, 1.0)),
    "M104": (Floor(6.0, 2.5, 3.0), Floor(-4.0, -4.0, 2.0)),
}
# Parts of boxes in words are cheap to the judge, who knows drawings.
DRAWN, DRAWN_IN_WORDS = pattern("[a-z][\u2500-\u257f][\u2500-\u2593]"), Floor(1.0, 0.5, 1.0)
# Where the file shows that the chain happened.
SAFE_POOLED, LIKELY_POOLED = Floor(9.0, 1.0, 3.0), Floor(2.0, 0.0, 0.5)
# Letters that become others of their script look half right before: each counts for more.
SAME_SCRIPT = 1.8
# Where it fits nine lines of ten, few others are likely to be right as they stand.
NEARLY_ALL, SAFE_OF_ALL = 2.2, Floor(2.0, 0.0, 0.5)
# Letters in a row that spell nothing (áëñ, äöü) do so in some other script: so few are not
# changed to another one by default, or only shown.
FEW_LETTERS, FEWEST_LETTERS = 6, 4
# One letter, read as UTF-8 of two bytes: what ftfy sees no damage in needs more; most of all
# if the second is a mark that may stand behind a letter (AH\xc5\u2122, NICIODAT\u0102\u2122).
ONE_SAFE, ONE_BEFORE_A_MARK = 13.0, 19.5
FEW_CHANGED = 3
_LETTER_AND_MARK = pattern(f"[^\\W\\d_\x00-\x7f][{''.join(sorted(MARKS_BEHIND))}]")
_SMALL, _SYMBOL, _BOX = (
    pattern("[a-z]"),
    pattern("[\u2200-\u259f]"),
    pattern("[\u2500-\u259f]"),
)
# A reading that ftfy comes to as well is believed if it gains this much: UTF-8 in words, UTF-8
# elsewhere, and Windows marks. Of 3.6 million clean lines beyond ASCII that gain 6 all are damaged.
AGREED_IN_WORDS, AGREED, AGREED_MARKS = 1.5, 8.0, 6.0
# Readings of so many letters as another page that cost more for each pair are no text.
MANY_LETTERS, NO_TEXT = 8, 5.5
# And so are readings as ideographs that cost more.
NO_IDEOGRAPHS = 7.0


def safety_in_file(line: str, best: Weighed, lead: float, credit: float) -> Safety | None:
    """Decide on a reading whose chain happened to the file; ``None`` if it is not believed."""
    if not _reaches(best, lead, LIKELY_POOLED):
        return None
    if best.reading.half:
        return Safety.SHOW
    code = best.reading.code
    floor = SAFE[code]
    if credit >= NEARLY_ALL:
        floor = SAFE_OF_ALL
    elif code in ("M101", "M102") or are_in_words(line, best.reading.text, code):
        floor = SAFE_POOLED
    return Safety.SAFE if _reaches(best, lead, floor) else Safety.LIKELY


def safety_alone(line: str, best: Weighed, lead: float) -> Safety | None:
    """Decide on a reading that only its own line speaks for; ``None`` if it is not believed."""
    code = best.reading.code
    if best.reading.half:
        return Safety.SHOW if _reaches(best, lead, LIKELY[code]) else None
    if best.agreed:
        return Safety.SAFE if best.gain >= _agreed(line, best) else Safety.LIKELY
    if code == "M101" and _is_doubtful(line, best):
        return None
    best, most = _most(line, best)
    safe, likely, one = SAFE[code], LIKELY[code], code == "M101" and best.changed <= 2
    if code in IN_WORDS and are_in_words(line, best.reading.text, code):
        safe, likely = IN_WORDS[code]
        likely = DRAWN_IN_WORDS if code == "M101" and DRAWN.search(line) else likely
        one = one and best.reading.layers[-1].read_as == "cp1252"
    if _reaches(best, lead, safe) and not (one and _is_ftfys(best)):
        return most
    return min(most, Safety.LIKELY) if _reaches(best, lead, likely) else None


def _agreed(line: str, best: Weighed) -> float:
    if best.reading.code != "M101":
        return AGREED_MARKS
    in_words = are_in_words(line, best.reading.text, best.reading.code)
    return AGREED_IN_WORDS if in_words else AGREED


def _most(line: str, best: Weighed) -> tuple[Weighed, Safety]:
    """Return what a reading as another page counts, and how safe it may be at most."""
    code = best.reading.code
    if code == "M103" and cost_of_pairs(best.reading.text) > NO_IDEOGRAPHS:
        return best, Safety.SHOW
    many = code == "M104" and best.changed >= MANY_LETTERS
    if many and cost_of_pairs(best.reading.text) > NO_TEXT:
        return best, Safety.SHOW
    if code in ("M103", "M104"):
        before, after = scripts(line), scripts(best.reading.text)
        if before & after:
            return best._replace(each=best.each * SAME_SCRIPT), Safety.SAFE
        if after != {"LATIN"}:
            return best, _most_by_length(best)
    return best, Safety.SAFE


def _most_by_length(best: Weighed) -> Safety:
    if best.changed < FEWEST_LETTERS:
        return Safety.SHOW
    return Safety.LIKELY if best.changed < FEW_LETTERS else Safety.SAFE


def _is_doubtful(line: str, best: Weighed) -> bool:
    """Tell whether letters before marks are all there is, or one letter gains too little."""
    runs = changed_runs(line, best.reading.text)
    if any(INSIDE_A_WORD.match(line, start - 1, end + 1) for start, end, _ in runs if start):
        return False
    if any(_is_symbol_in_word(line, start, end) for start, end, _ in runs):
        return False
    changed = "".join(line[start:end] for start, end, _ in runs)
    marks = " " in changed or not MARKS_BEHIND.isdisjoint(changed)
    few = best.changed <= FEW_CHANGED or not suspicions(_LETTER_AND_MARK.sub("", line))
    return marks and few and best.gain < ONE_BEFORE_A_MARK


def _is_symbol_in_word(line: str, start: int, end: int) -> bool:
    """Tell whether a symbol stands behind a small letter, or a part of a box before one."""
    before, after = line[start - 1 : start], line[end : end + 1]
    if not _SYMBOL.match(line, start):
        return False
    drawn = _BOX.match(line, start) and not _BOX.match(before)
    return bool(_SMALL.match(before) or (drawn and _SMALL.match(after)))


def scripts(text: str) -> set[str]:
    """Return the scripts of the letters beyond ASCII."""
    letters = {c for c in beyond_ascii(text) if c.isalpha()}
    return {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in letters}


def _is_ftfys(best: Weighed) -> bool:
    """Tell whether ftfy would have known best, or there is not enough without it."""
    return best.gain < ONE_SAFE or best.reading.layers[-1].read_as == "cp1252"


def _reaches(best: Weighed, lead: float, floor: Floor) -> bool:
    return best.gain >= floor.gain and best.each >= floor.each and lead >= floor.lead
