"""Which reading of a line is right: the judge compares them all with the line as it stands."""

from __future__ import annotations

import math
from itertools import islice, pairwise
from typing import NamedTuple

from repair.model import judge
from repair.model.judge import UNIT
from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.idle import DIFFERENT, IN_USE, Idle
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.proposals import proposal
from repair.rules.mojibake.readings import Reading, readings, undone
from repair.rules.mojibake.suspects import suspicions

# So many readings are weighed to the end: the others are far behind. So are those that are worse
# than the line by so many nats.
_BEST, FAR = 4, 10.0
# These may be what they seem: the names of letters.
_LONE_LETTER = pattern("(?<![^ \t\"'(])[\xc2\xc3](?![^ \t\"'),.])")


# Nor is an alphabet a text: its letters follow each other as they do in no word.
_BCD = "[^\\x00-\\x7f]{0,4}bc[^\\x00-\\x7f]{0,3}d"
_ALPHABET = pattern(
    f"a{_BCD}.*A{_BCD.replace('bc', 'BC').replace('}d', '}D')}|uvwxyz|UVWXYZ|абвг|γδεζ"
)


class Weighed(NamedTuple):
    """A reading, and the nats by which it beats the line as it stands."""

    reading: Reading
    gain: float
    each: float
    """What each character beyond ASCII that it changes gains."""
    agreed: bool
    """ftfy's heuristics come to the same."""
    changed: int
    """How many characters beyond ASCII it changes."""


class Line(NamedTuple):
    """A line, or a part of a long one, and its readings, the likeliest first."""

    at: int
    text: str
    readings: tuple[Weighed, ...]
    lossy: Reading | None
    """What is left of it if bytes were lost."""
    usual: bool = False
    """What looks odd in it is usual in its language, and it cannot be UTF-8: it is not damaged."""
    sure: bool = False
    """The chain of the file explains it to the last byte, and no other is asked."""

    def lead(self, best: Weighed) -> float:
        """Return the nats by which a reading beats the next one."""
        others = (w for w in self.readings if w is not best and w.reading.half <= best.reading.half)
        return min((best.gain - other.gain for other in others), default=99.0)


def cost_of_pairs(line: str) -> float:
    """Return what a pair of characters beyond ASCII costs on average, in nats."""
    weight = judge().weight(line)
    return weight.units * UNIT / max(1, weight.pairs)


def weigh(at: int, line: str, *, others: bool = True) -> Line:
    """Judge all readings of a line; ``others`` are those as another page."""
    if is_no_text(line):
        return Line(at, line, (), None)
    proposed = proposal(line)
    own = judge().best(line)[1]
    idle = Idle(line)
    least = -math.inf if proposed else own - FAR
    scored = [
        (language, good, reading)
        for reading in readings(line, others=others)
        for language, good in [judge().best(reading.text)]
        if good > least and not idle.in_what_changes(reading)
    ]
    lossy = proposed if proposed and proposed.code == "M901" else None
    agreed = proposed.text if proposed else None
    if proposed and not lossy:
        same = next((reading for *_, reading in scored if reading.text == agreed), None)
        if same is None or idle.in_what_it_makes(same):
            scored.append((*judge().best(proposed.text), proposed))
    scored.sort(key=lambda each: each[2].price - each[1])
    # what takes long is asked of the likeliest only
    likeliest = (r for r in scored if r[2] is proposed or not idle.in_what_it_makes(r[2]))
    weighed = [
        compared(line, own, reading, language, good, agreed)
        for language, good, reading in islice(likeliest, _BEST)
    ]
    weighed.sort(key=lambda each: -each.gain)
    return Line(at, line, tuple(weighed), lossy)


def is_no_text(line: str) -> bool:
    """Tell whether a line is an alphabet, a table, or the name of a letter: what it seems."""
    if _ALPHABET.search(line) or _lists_letters(line):
        return True
    if IN_USE.issuperset(beyond_ascii(line)):
        return "\x9b" in line or line.endswith(("\x85", "\x85\r"))
    return bool(_LONE_LETTER.search(line)) and not suspicions(_LONE_LETTER.sub("", line))


# An alphabet has no letter twice, at least this many of them, and most in both cases; a table of
# characters has so many in a row as the code points have them.
_LETTERS, _IN_ORDER = 6, 4


def _lists_letters(line: str) -> bool:
    """Tell whether letters beyond ASCII stand in a row as in alphabets and tables."""
    letters = beyond_ascii(line)
    run = 1
    for before, after in pairwise(letters):
        run = run + 1 if ord(after) == ord(before) + 1 else 1
        if run == _IN_ORDER:
            return True
    beyond, letters = len(letters), [letter for letter in letters if letter.isalpha()]
    distinct = set(letters)
    if len(letters) < max(_LETTERS, beyond // 2) or len(distinct) < len(letters):
        return False
    others = distinct & {letter.swapcase() for letter in letters if letter.swapcase() != letter}
    return 5 * len(others) >= 3 * len(letters)


def weigh_one(line: str, layers: tuple[Layer, ...]) -> Weighed | None:
    """Judge one reading of a line; ``None`` if those layers cannot have happened to it."""
    reading = undone(line, layers)
    if reading is None or reading.text == line:
        return None
    own = judge().best(line)[1]
    return compared(line, own, reading, *judge().best(reading.text), None)


def compared(  # noqa: PLR0913, PLR0917
    line: str, own: float, reading: Reading, language: str | None, good: float, agreed: str | None
) -> Weighed:
    """Compare a reading with the line: ``own`` and ``good`` are what the judge gives them.

    ``language`` is that of the reading, and ``agreed`` what ftfy makes of the line.
    """
    if language and _keeps_letters(line, reading.text):
        # What it keeps must not be what gains, by counting as foreign words elsewhere.
        before, after = line, reading.text
        if reading.code in ("M101", "M102"):
            before, after = _changed_words(before, after)
        language, good = judge().best(after)
        own = judge().best(before)[1]
        if language:
            own = max(own, judge().log_likelihood(before, language))
    if reading.code in ("M103", "M104"):
        own += A_LINE * len(_LINES.findall(line))
        drawn = _BOXES.findall(line)
        if len(set(drawn)) >= DIFFERENT:
            own -= ANY_BOX * len(drawn)
    left = STILL_ODD * min(suspicions(reading.text), MOST_ODD)
    gain, changed = good - own - reading.price - left, _changed(line, reading.text)
    return Weighed(reading, gain, gain / changed, reading.text == agreed, changed)


def _changed(before: str, after: str) -> int:
    """Count the characters beyond ASCII that a reading changes."""
    kept = set(after)
    return max(1, sum(character not in kept for character in beyond_ascii(before)))


# What a place costs in nats that looks damaged still, and so many of them at most.
STILL_ODD, MOST_ODD = 3.0, 3

# What a line of a drawing costs as a symbol, in nats: where somebody draws, it is no damage.
_LINES, A_LINE = pattern("[\u2500-\u2503\u2550\u2551]"), 4.0
# And what one of many different ones costs more than in a drawing, which repeats a few.
_BOXES, ANY_BOX = pattern("[\u2500-\u259f]"), 2.0


# Where ideographs, kana or Hangul stand beside words, no space needs to.
_BETWEEN_WORDS = pattern("( |[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+)")


def _changed_words(before: str, after: str) -> tuple[str, str]:
    """Return the words that differ, where both have as many; else all."""
    old, new = _BETWEEN_WORDS.split(before), _BETWEEN_WORDS.split(after)
    if old[1::2] != new[1::2]:
        old, new = before.split(" "), after.split(" ")
        if len(old) != len(new):
            return before, after
    pairs = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    return " ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)


def _keeps_letters(before: str, after: str) -> bool:
    kept = set(beyond_ascii(before)).intersection(after)
    return any(map(str.isalpha, kept))
