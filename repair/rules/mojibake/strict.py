"""Lines in which UTF-8 was read as a page, which no accident makes: no other reading is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repair.model import judge
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.ordinary import is_ordinary, is_usual, may_be_utf8
from repair.rules.mojibake.pages import raw_of_page, to_bytes
from repair.rules.mojibake.proposals import proposal
from repair.rules.mojibake.readings import (
    DEEPEST,
    Reading,
    decoded,
    is_possible,
    lost_spaces,
    mixes_controls,
    price_of,
)
from repair.rules.mojibake.sequences import pages_of_utf8, pages_with_sequences
from repair.rules.mojibake.suspects import is_suspect
from repair.rules.mojibake.weighing import Line, Weighed, compared, is_no_text

# What must be gained, in nats, together, by each character changed, and more than by what any
# other page gives; of lines with less all readings are weighed. Of 9,481 damaged lines in 46
# languages that gain so much, weighing them all makes something else of four, and that wrongly.
GAIN, EACH, LEAD = 14.0, 4.0, 8.0
# Where fewer characters beyond ASCII come of it, they must be such as Latin text has, and ftfy must
# see no damage at all, or the same. Of 19,317 damaged lines in 78 languages ftfy comes to the same
# as the best of these readings in 2,795 that do not stand out so: weighing all their readings makes
# something else of six, of five of them wrongly; in the sixth something was left that looks odd.
FEW = 3
_LATIN = frozenset(map(chr, [*range(0xA0, 0x250), *range(0x2010, 0x2040), 0x20AC, 0x2122]))
# So many texts are compared.
MOST = 16

Undone = tuple[str, tuple[Layer, ...]]
"""What is left of a line if layers are taken off, the first one last."""


def told_at_once(at: int, line: str) -> Line | None:
    """Return a line with what pages give if UTF-8 was read as them, if one of them stands out.

    Or ftfy comes to the same, and nothing else can be read in it.
    """
    whole = _candidates(at, line)
    if whole is None:
        return None
    best = whole.readings[0]
    text = best.reading.text
    if lost_spaces(raw_of_page(line, best.reading.layers[-1].read_as)):
        return None
    if not is_possible(line, best.reading):
        return None
    new = _new(line, text)
    clear = _stands_out(whole, best) and (is_ordinary(text) or not is_suspect(text))
    if clear and len(new) >= FEW:
        return whole
    proposed = proposal(line)
    if proposed is None:
        return whole if clear and new and _LATIN.issuperset(new) else None
    return _agreed(whole, proposed.text) if proposed.text == text and _is_right(text) else None


def _candidates(at: int, line: str) -> Line | None:
    """Return a line with what pages give; ``None`` if these say nothing, or all are worse."""
    possible = pages_with_sequences(line)
    if mixes_controls(line):
        possible -= {"cp1252"}
    pages = sorted(possible, key=pages_of_utf8().index)
    found: dict[str, list[tuple[Layer, ...]]] = {}
    for text, layers in list(_throughout(line, pages)) or _in_runs(line, pages):
        found.setdefault(text, []).append(layers)
    if not 0 < len(found) <= MOST or is_no_text(line):
        return None
    own = judge().best(line)[1]
    scored = {text: judge().best(text) for text in found}
    if max(good for _, good in scored.values()) < own:
        return None
    weighed = [_compared(line, own, text, layers, scored[text]) for text, layers in found.items()]
    weighed.sort(key=lambda each: -each.gain)
    return Line(at, line, tuple(weighed), None)


def _is_right(text: str) -> bool:
    """Tell whether nothing looks odd in what a line becomes that is not usual in its language."""
    if not is_suspect(text):
        return True
    return (is_ordinary(text) or is_usual(text)) and not may_be_utf8(text)


def _compared(
    line: str,
    own: float,
    text: str,
    layers: Sequence[tuple[Layer, ...]],
    best: tuple[str | None, float],
) -> Weighed:
    reading = Reading(text, layers[0], "M101", price_of(layers[0]), also=tuple(layers[1:]))
    return compared(line, own, reading, *best, None)


def _stands_out(line: Line, best: Weighed) -> bool:
    return best.gain >= GAIN and best.each >= EACH and line.lead(best) >= LEAD


def _new(before: str, after: str) -> list[str]:
    """Return the characters beyond ASCII that a reading makes."""
    return [character for character in beyond_ascii(after) if character not in before]


def _agreed(line: Line, text: str) -> Line:
    """Return a line with the reading marked that ftfy comes to as well."""
    readings = (weighed._replace(agreed=weighed.reading.text == text) for weighed in line.readings)
    return line._replace(readings=tuple(readings))


def _throughout(line: str, pages: list[str]) -> Iterator[Undone]:
    """Yield what is left if all is UTF-8, again and again, read as one page."""
    for page in pages:
        layer, text = Layer("utf-8", page), line
        layers: tuple[Layer, ...] = ()
        while len(layers) < DEEPEST:
            under = taken_off(text, layer)
            if under is None or under == text:
                break
            text, layers = under, (*layers, layer)
        if layers and not text.isascii():
            yield text, layers


def _in_runs(line: str, pages: list[str]) -> Iterator[Undone]:
    """Yield what is left if runs are UTF-8 read as one page, and nothing beside them may be."""
    of_raw: dict[str, list[str]] = {}
    for page in pages:
        of_raw.setdefault(raw_of_page(line, page), []).append(page)
    for raw, alike in of_raw.items():
        text, half = decoded(line, raw) or (line, True)
        if not half:
            yield from ((text, (Layer("utf-8", page),)) for page in alike)


def taken_off(text: str, layer: Layer) -> str | None:
    """Take a layer off, if that leaves nothing over; ``None`` if it does."""
    data = to_bytes(text, layer.read_as)
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None
