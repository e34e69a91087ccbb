"""Lines of which everything is UTF-8 read as a page: no accident makes that of a whole line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from repair.model import judge
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.pages import DOUBLE_BYTE, encoding_map
from repair.rules.mojibake.readings import (
    DEEPEST,
    Reading,
    is_possible,
    price_of,
)
from repair.rules.mojibake.sequences import pages_of_utf8, pages_with_sequences
from repair.rules.mojibake.suspects import is_suspect
from repair.rules.mojibake.weighing import Line, compared, is_no_text, is_ordinary

# So many characters beyond ASCII must come of it, and gain so many nats, each and together: of
# lines with fewer or less all readings are weighed.
LEAST, GAIN, EACH = 3, 30.0, 4.0


def told_at_once(at: int, line: str) -> Line | None:
    """Return a line with the one text that pages give if all of it is UTF-8 read as them."""
    found = list(_texts(line))
    texts = {text for text, _ in found}
    if len(texts) != 1:
        return None
    text, layers = found[0]
    beyond = sum(not character.isascii() for character in text)
    reading = Reading(
        text, layers, "M101", price_of(layers), also=tuple(also for _, also in found[1:])
    )
    if beyond < LEAST or not is_possible(line, reading) or is_no_text(line):
        return None
    if is_suspect(text) and not is_ordinary(text):
        return None
    weighed = compared(line, judge().best(line)[1], reading, *judge().best(text), None)
    if weighed.gain < GAIN or weighed.each < EACH:
        return None
    return Line(at, line, (weighed,), None)


def _texts(line: str) -> Iterator[tuple[str, tuple[Layer, ...]]]:
    """Yield what is left if one page is taken off, again and again while that looks damaged."""
    for page in sorted(pages_with_sequences(line), key=pages_of_utf8().index):
        layer, text = Layer("utf-8", page), line
        layers: tuple[Layer, ...] = ()
        while len(layers) < DEEPEST:
            under = taken_off(text, layer)
            if under is None or under == text:
                break
            text, layers = under, (*layers, layer)
        if layers and not text.isascii():
            yield text, layers


def taken_off(text: str, layer: Layer) -> str | None:
    """Take a layer off, if that leaves nothing over; ``None`` if it does."""
    try:
        if layer.read_as in DOUBLE_BYTE:
            return text.encode(layer.read_as).decode()
        return codecs.charmap_encode(text, "strict", encoding_map(layer.read_as))[0].decode()
    except UnicodeError:
        return None
