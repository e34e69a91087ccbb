"""What may be done with a reading: by its gain in total and per character, and by its file.

Of 3,000 lines of 45 languages damaged by 110 chains (``benchmarks/mojibake_sets.py``, seed 31)
2,394 of 2,395 that come out SAFE are right, and 186 of 189 that are LIKELY.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from repair.model import probability
from repair.rules.mojibake.layers import in_words
from repair.rules.mojibake.losses import best_loss
from repair.rules.mojibake.pool import Pool
from repair.rules.mojibake.runs import changed_runs
from repair.rules.mojibake.suspects import is_suspect, suspicions
from repair.rules.mojibake.words import INSIDE_A_WORD, MARKS_BEHIND, are_in_words
from repair.rules.mojibake.weighing import ORDINARY_IDEOGRAPHS, Line, Weighed, cost_of_pairs
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
    "M104": Floor(6.0, 2.5, 1.5),
}
# SAFE and LIKELY where what changes stands beside letters: alone, or in a row of signs, letters
# are what they seem. Of 3.6 million clean lines beyond ASCII none gains what is SAFE here, and
# some 20 what is LIKELY.
IN_WORDS = {
    "M101": (Floor(8.0, 2.5, 3.0), Floor(5.0, 2.5, 1.0)),
    "M104": (Floor(6.0, 2.5, 3.0), Floor(-3.0, -3.0, 1.0)),
}
# Parts of boxes in words are cheap to the judge, who knows drawings.
DRAWN, DRAWN_IN_WORDS = re.compile("[a-z][\u2500-\u257f][\u2500-\u2593]"), Floor(1.0, 0.5, 1.0)
# Where the file shows that the chain happened.
SAFE_POOLED, LIKELY_POOLED = Floor(9.0, 1.0, 3.0), Floor(2.0, 0.0, 0.5)
# Letters that become others of their script look half right before: each counts for more.
SAME_SCRIPT = 1.8
# Where it fits nine lines of ten, few others are likely to be right as they stand.
NEARLY_ALL, SAFE_OF_ALL = 2.2, Floor(2.0, 0.0, 0.5)
# Letters in a row that spell nothing (áëñ, äöü) do so in some other script: so few are not
# changed to another one by default, or only shown.
FEW_LETTERS, FEWEST_LETTERS = 6, 4
# Lines that speak of encodings may show mojibake on purpose.
ABOUT_ENCODINGS = re.compile(
    r"(?i)decod|encod|unicode|latin-?1|utf-?8|codec|charset|mojibake|cp125\d|\\x[c-f]"
)
# One letter, read as UTF-8 of two bytes: what ftfy sees no damage in needs more; most of all
# if the second is a mark that may stand behind a letter (AH\xc5\u2122, NICIODAT\u0102\u2122).
ONE_SAFE, ONE_BEFORE_A_MARK = 13.0, 19.5
FEW_CHANGED = 3
_LETTER_AND_MARK = re.compile(f"[^\\W\\d_\x00-\x7f][{''.join(sorted(MARKS_BEHIND))}]")
# A reading of which bytes were lost must gain this much, without its gaps.
LOSSY = 12.0
# A reading that ftfy comes to as well is preferred where it is this near to the best, and
# believed if it gains this much.
NEAR, AGREED = 2.0, 6.0


class Verdict(NamedTuple):
    """A reading of a line, and what may be done with it."""

    best: Weighed
    safety: Safety
    confidence: float
    note: str


def verdict(line: Line, pool: Pool) -> Verdict | None:
    """Decide on one line; ``None`` if nothing is damaged, or nothing can be said."""
    credited = [pool.credit(weighed) for weighed in line.readings]
    line = line._replace(readings=tuple(sorted(credited, key=lambda w: -w.gain)))
    best = _best(line)
    if best is None:
        return _lossy(line)
    lead = line.lead(best)
    chain = pool.chain_of(best)
    credit = None if chain is None else pool.chains[chain]
    if credit is None:
        safety = _safety(line.text, best, lead)
    else:
        safety = _safety_pooled(line.text, best, lead, credit)
    if safety is None or best.reading.half or (line.lossy and safety < Safety.SAFE):
        lossy = _lossy(line)
        if lossy or safety is None:
            return lossy
    if credit is None and ABOUT_ENCODINGS.search(line.text):
        safety = min(safety, Safety.LIKELY)
    return Verdict(best, safety, _confidence(best, lead), _note(best))


def _best(line: Line) -> Weighed | None:
    if not line.readings:
        return None
    best = line.readings[0]
    agreed = next((w for w in line.readings if w.agreed), None)
    if agreed and (best.reading.half or best.gain < agreed.gain + NEAR * (not agreed.reading.half)):
        return agreed
    return best


def _lossy(line: Line) -> Verdict | None:
    """Judge what is left where bytes were lost: as ftfy reads it, else with gaps filled."""
    if line.lossy:
        best = Weighed(line.lossy, 0.0, 0.0, agreed=True, changed=1)
        note = f"{_note(best)}; bytes were lost, U+FFFD stands for them"
        return Verdict(best, Safety.LIKELY, 0.0, note)
    if not (line.readings or is_suspect(line.text)):
        return None
    loss = best_loss(line.text)
    if loss is None or loss.gain < LOSSY:
        return None
    best = Weighed(loss.reading, loss.gain, 0.0, agreed=False, changed=1)
    left = loss.reading.text.count("\ufffd")
    note = f"{_note(best)}; bytes were lost"
    note += f", {loss.filled} characters filled in" if loss.filled else ""
    note += f", U+FFFD stands for {left} more" if left else ""
    return Verdict(best, Safety.LIKELY, 0.0 if left else round(loss.sure, 3), note)


def _safety_pooled(line: str, best: Weighed, lead: float, credit: float) -> Safety | None:
    if not _reaches(best, lead, LIKELY_POOLED):
        return None
    if best.reading.half:
        return Safety.SHOW
    code = best.reading.code
    floor = SAFE[code]
    if credit >= NEARLY_ALL:
        floor = SAFE_OF_ALL
    elif code in ("M101", "M102") or are_in_words(line, best.reading.text):
        floor = SAFE_POOLED
    return Safety.SAFE if _reaches(best, lead, floor) else Safety.LIKELY


def _safety(line: str, best: Weighed, lead: float) -> Safety | None:
    code = best.reading.code
    if best.reading.half:
        return Safety.SHOW if _reaches(best, lead, LIKELY[code]) else None
    if best.agreed:
        return Safety.SAFE if best.gain >= AGREED else Safety.LIKELY
    if code == "M101" and _is_doubtful(line, best):
        return None
    most = Safety.SAFE
    if code == "M103" and cost_of_pairs(best.reading.text) > ORDINARY_IDEOGRAPHS:
        most = Safety.SHOW
    elif code in ("M103", "M104"):
        before, after = scripts(line), scripts(best.reading.text)
        if before & after:
            best = best._replace(each=best.each * SAME_SCRIPT)
        elif after != {"LATIN"}:
            most = _most_by_length(best)
    one = code == "M101" and best.changed <= 2
    safe, likely = SAFE[code], LIKELY[code]
    if code in IN_WORDS and are_in_words(line, best.reading.text):
        safe, likely = IN_WORDS[code]
        if code == "M101" and DRAWN.search(line):
            likely = DRAWN_IN_WORDS
        one = one and best.reading.layers[-1].read_as == "cp1252"
    if _reaches(best, lead, safe) and not (one and _is_ftfys(best)):
        return most
    return min(most, Safety.LIKELY) if _reaches(best, lead, likely) else None


def _most_by_length(best: Weighed) -> Safety:
    if best.changed < FEWEST_LETTERS:
        return Safety.SHOW
    return Safety.LIKELY if best.changed < FEW_LETTERS else Safety.SAFE


def _is_doubtful(line: str, best: Weighed) -> bool:
    """Tell whether letters before marks are all there is, or one letter gains too little."""
    runs = list(changed_runs(line, best.reading.text))
    if any(INSIDE_A_WORD.match(line, start - 1, end + 1) for start, end, _ in runs if start):
        return False
    changed = "".join(line[start:end] for start, end, _ in runs)
    marks = " " in changed or not MARKS_BEHIND.isdisjoint(changed)
    few = best.changed <= FEW_CHANGED or not suspicions(_LETTER_AND_MARK.sub("", line))
    return marks and few and best.gain < ONE_BEFORE_A_MARK


def scripts(text: str) -> set[str]:
    """Return the scripts of the letters beyond ASCII."""
    letters = {c for c in text if not c.isascii() and c.isalpha()}
    return {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in letters}


def _is_ftfys(best: Weighed) -> bool:
    """Tell whether ftfy would have known best, or there is not enough without it."""
    return best.gain < ONE_SAFE or best.reading.layers[-1].read_as == "cp1252"


def _reaches(best: Weighed, lead: float, floor: Floor) -> bool:
    return best.gain >= floor.gain and best.each >= floor.each and lead >= floor.lead


def _confidence(best: Weighed, lead: float) -> float:
    """Of 2,555 repaired lines 8 of 10 are right at a lead of 2 to 3 nats, all above."""
    return round(min(0.999, probability(max(0.0, min(best.gain, lead)))), 3)


def _note(best: Weighed) -> str:
    layers = best.reading.layers
    return in_words(layers) if layers else "UTF-8 read wrongly, in pieces"
