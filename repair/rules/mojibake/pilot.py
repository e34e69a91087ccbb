"""The quick way through a file that one chain happened to: its first lines tell which.

Where nearly all of some lines, weighed with care, show one chain over UTF-8, the others that this
chain explains to the last byte need no judge: no accident makes UTF-8 of a whole line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from repair.patterns import pattern
from repair.rules.mojibake.beyond import count_beyond
from repair.rules.mojibake.ordinary import is_ordinary, is_sound, is_usual, may_be_utf8
from repair.rules.mojibake.pages import DOUBLE_BYTE
from repair.rules.mojibake.pool import Layers, happened
from repair.rules.mojibake.readings import Reading
from repair.rules.mojibake.strict import taken_off, told_at_once
from repair.rules.mojibake.suspects import is_suspect
from repair.rules.mojibake.weighing import Line, Weighed, weigh
from repair.rules.mojibake.words import MARKS_BEHIND

# So many lines are weighed before it is asked what they show, then twice as many, and so on.
FIRST = 8
# Of these the chain must be the best reading of all but so few.
OTHERS = 1 / 8
# Characters beyond ASCII that come of it where a second byte may be a mark behind a letter. And
# the nats that a character changed gains at least; most gain more than ten.
LEAST, EACH = 3, 6.0
# What everybody has seen needs no word around it.
_WELL_KNOWN = pattern("[\xc2\xc3][\xa0-\xbf]|\xe2\u20ac[\u0153\u2018-\u2122\xa6]")
_RUNS = pattern("([a-z]?)[^\x00-\x7f]+([a-z]?)")


def weighed(parts: Iterable[tuple[int, str]]) -> Iterator[Line]:
    """Weigh the lines, or parts of long ones, that are suspicious and not sound all the same.

    Those that the chain of the file explains may look as they like.
    """
    pilot: dict[str, Line] = {}
    due, chain = FIRST, None
    for at, part in parts:
        if (chain is None and is_sound(part)) or not is_suspect(part):
            continue
        line = None if chain is None else _undone(at, part, chain)
        if line is None and not is_sound(part):
            line = weighed_alone(part)._replace(at=at)
            pilot.setdefault(part, line)
        if line is not None:
            yield line
        if len(pilot) >= due:
            due *= 2
            chain = _chain_of([*pilot.values()])


# Lines of one text that are kept: most are looked at again, once others have been repaired.
KEPT = 4096


@lru_cache(KEPT)
def weighed_alone(line: str) -> Line:
    """Weigh a line; tables and logs repeat theirs."""
    usual = is_ordinary(line) or is_usual(line)
    if usual and not may_be_utf8(line):
        return Line(0, line, (), None, usual=True)
    return told_at_once(0, line) or weigh(0, line, others=not usual)


def _chain_of(pilot: Sequence[Line]) -> Layers | None:
    """Return the chain over UTF-8 that nearly all lines show."""
    for layers in happened(pilot):
        best = sum(
            bool(line.readings)
            and layers in (line.readings[0].reading.layers, *line.readings[0].reading.also)
            for line in pilot
        )
        utf8 = all(layer.written_as == "utf-8" for layer in layers)
        if utf8 and best >= len(pilot) * (1 - OTHERS):
            return layers
    return None


def _undone(at: int, line: str, layers: Layers) -> Line | None:
    """Return a line with the one reading that the chain gives, if it leaves no doubt."""
    text: str | None = line
    for layer in reversed(layers):
        text = None if text is None else taken_off(text, layer)
    if text is None or not text.replace("\xa0", " ").replace("\t", " ").isprintable():
        return None
    beyond = count_beyond(text)
    few = beyond < LEAST and not MARKS_BEHIND.isdisjoint(line) and not _is_in_small_words(line)
    if not beyond or few or not (is_ordinary(text) or not is_suspect(text)):
        return None
    double = layers[-1].read_as in DOUBLE_BYTE
    reading = Reading(text, layers, "M102" if double else "M101", 0.0)
    changed = max(1, count_beyond(line))
    weighed = Weighed(reading, EACH * changed, EACH, agreed=False, changed=changed)
    return Line(at, line, (weighed,), None, sure=True)


def _is_in_small_words(line: str) -> bool:
    """Tell whether all that is beyond ASCII stands beside small letters, and no space is it."""
    rest = _WELL_KNOWN.sub("a", line)
    return "\xa0" not in rest and all(before or after for before, after in _RUNS.findall(rest))
