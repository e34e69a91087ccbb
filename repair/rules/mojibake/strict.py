"""Lines in which UTF-8 was read as a page, which no accident makes: no other reading is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repair.model import judge
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.ordinary import is_ordinary
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
# Where fewer characters beyond ASCII come of it, they must be such as Latin text has, and ftfy is
# asked.
FEW = 3
_LATIN = frozenset(map(chr, [*range(0xA0, 0x250), *range(0x2010, 0x2040), 0x20AC, 0x2122]))
# So many texts are compared.
MOST = 16

Undone = tuple[str, tuple[Layer, ...]]
"""What is left of a line if layers are taken off, the first one last."""


def told_at_once(at: int, line: str) -> Line | None:
    """Return a line with what pages give if UTF-8 was read as them, and one of them stands out."""
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
    whole = Line(at, line, tuple(weighed), None)
    if not _stands_out(whole, weighed[0]):
        return None
    new = _new(line, weighed[0].reading.text)
    if len(new) >= FEW:
        return whole
    return _agreed(whole) if _LATIN.issuperset(new) else None


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
    if best.gain < GAIN or best.each < EACH or line.lead(best) < LEAD:
        return False
    if lost_spaces(raw_of_page(line.text, best.reading.layers[-1].read_as)):
        return False
    text = best.reading.text
    if not _new(line.text, text) or (is_suspect(text) and not is_ordinary(text)):
        return False
    return is_possible(line.text, best.reading)


def _new(before: str, after: str) -> list[str]:
    """Return the characters beyond ASCII that a reading makes."""
    return [character for character in beyond_ascii(after) if character not in before]


def _agreed(line: Line) -> Line | None:
    """Return a line with what ftfy comes to as well; ``None`` if it comes to something else."""
    proposed = proposal(line.text)
    if proposed is None:
        return line
    if proposed.text not in {weighed.reading.text for weighed in line.readings}:
        return None
    readings = (
        weighed._replace(agreed=weighed.reading.text == proposed.text) for weighed in line.readings
    )
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
