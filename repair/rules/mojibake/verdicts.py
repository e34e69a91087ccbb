"""What may be done with a reading of a line, how sure it is, and what to say of it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from repair.model import probability
from repair.patterns import pattern
from repair.rules.mojibake.floors import safety_alone, safety_in_file
from repair.rules.mojibake.layers import in_words
from repair.rules.mojibake.losses import best_loss
from repair.rules.mojibake.pool import Pool
from repair.rules.mojibake.suspects import is_suspect
from repair.rules.mojibake.weighing import Line, Weighed
from repair.types import Safety

# Lines that speak of encodings may show mojibake on purpose.
ABOUT_ENCODINGS = pattern(
    r"(?i)decod|encod|unicode|latin-?1|utf-?8|codec|charset|mojibake|cp125\d|\\x[c-f]"
)
# So may the lines around one that decodes or encodes something; declarations do not count.
NEAR_DECODING = pattern(r"(?i)decode|encode|encoding(?![\"']?\s*[=:])|latin-?1|mojibake|cp125\d")
AROUND = 240
"""In code points."""
# What they show is short: what gains so much is the text itself.
NO_EXAMPLE = 80.0
# A reading of which bytes were lost must gain this much, without its gaps.
LOSSY = 12.0
# A reading that ftfy comes to as well is preferred where it is this near to the best.
NEAR = 2.0

# Most lines of a file say the same.
_in_words = lru_cache(64)(in_words)


class Verdict(NamedTuple):
    """A reading of a line, and what may be done with it."""

    best: Weighed
    safety: Safety
    confidence: float
    note: str


def verdict(line: Line, pool: Pool, text: str) -> Verdict | None:
    """Decide on one line of ``text``; ``None`` if nothing is damaged, or nothing can be said."""
    if line.usual and not line.readings:
        return None
    if line.sure and line.readings[0].reading.layers in pool.chains:
        return _of_sure(line, pool)
    credited = [pool.credit(weighed) for weighed in line.readings]
    credited.sort(key=lambda weighed: -weighed.gain)
    line = Line(line.at, line.text, tuple(credited), line.lossy)
    best = _best(line)
    if best is None:
        return _lossy(line)
    lead = line.lead(best)
    chain = pool.chain_of(best)
    credit = None if chain is None else pool.chains[chain]
    if credit is None:
        safety = safety_alone(line.text, best, lead)
    else:
        safety = safety_in_file(line.text, best, lead, credit)
    if safety is None or best.reading.half or (line.lossy and safety < Safety.SAFE):
        lossy = _lossy(line)
        if lossy or safety is None:
            return lossy
    if credit is None and best.gain < NO_EXAMPLE and _may_be_example(line, text):
        safety = min(safety, Safety.LIKELY)
    return Verdict(best, safety, _confidence(best, lead), _note(best))


def _of_sure(line: Line, pool: Pool) -> Verdict | None:
    """The same of a line that has one reading, which a chain of the file gives."""
    (weighed,) = line.readings
    layers = weighed.reading.layers
    best, lead = pool.credited(weighed, layers), line.lead(weighed)
    safety = safety_in_file(line.text, best, lead, pool.chains[layers])
    if safety is None:
        return None
    return Verdict(best, safety, _confidence(best, lead), _note(best))


def _may_be_example(line: Line, text: str) -> bool:
    start, end = max(line.at - AROUND, 0), line.at + len(line.text) + AROUND
    return bool(ABOUT_ENCODINGS.search(line.text) or NEAR_DECODING.search(text, start, end))


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


def _confidence(best: Weighed, lead: float) -> float:
    """Of 2,555 repaired lines 8 of 10 are right at a lead of 2 to 3 nats, all above."""
    return round(min(0.999, probability(max(0.0, min(best.gain, lead)))), 3)


def _note(best: Weighed) -> str:
    layers = best.reading.layers
    return _in_words(layers) if layers else "UTF-8 read wrongly, in pieces"
