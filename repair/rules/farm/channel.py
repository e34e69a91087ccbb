"""What a farm's programs do to bytes, forward: does a proposed original explain a text?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from repair.rules.farm.codepage import EURO, characters, pairs
from repair.rules.farm.letters import CUT_MARKS, FULL_WIDTH

_FOLD = str.maketrans(FULL_WIDTH)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
MOST_CUTS = 3


def explains(
    original: str, insertions: Sequence[tuple[int, str]], damaged: str, *, cut: bool
) -> bool:
    """Whether the channel makes ``damaged`` of ``original``, up to the width of marks.

    ``insertions`` are the annotations, each with the number of bytes of the original before it,
    in order; with ``cut``, the text may have been cut at the bytes of marks besides.
    """
    annotated = decode(annotate(encode(original), insertions))
    if _shown(annotated) == _shown(damaged):
        return True
    return cut and any(_shown(text) == _shown(damaged) for text in _cuts(encode(annotated)))


def _shown(text: str) -> str:
    """Marks full-width and private use stripped: what copies of a page may differ in."""
    return _PRIVATE.sub("", text.translate(_FOLD))


def encode(text: str) -> bytes:
    """Encode in code page 936; what it does not have becomes ``?``."""
    out = bytearray()
    for character in text:
        pair = pairs().get(character)
        if pair:
            out += bytes(pair)
        elif character == "€":
            out.append(EURO)
        else:
            out.append(ord(character) if character < "\x80" else ord("?"))
    return bytes(out)


def annotate(data: bytes, insertions: Sequence[tuple[int, str]]) -> bytes:
    """Insert readings in brackets at byte offsets of ``data``."""
    out, at = bytearray(), 0
    for offset, reading in insertions:
        out += data[at:offset] + b"(" + encode(reading) + b")"
        at = offset
    return bytes(out + data[at:])


def decode(data: bytes) -> str:
    """Decode; a lead byte and a byte that cannot trail it become one ``?`` together."""
    out, at = [], 0
    while at < len(data):
        byte = data[at]
        if byte < EURO:
            out.append(chr(byte))
        elif byte == EURO:
            out.append("€")
        else:
            pair = (byte, data[at + 1]) if at + 1 < len(data) else None
            out.append(characters().get(pair, "?") if pair else "?")
            at += 1
        at += 1
    return "".join(out)


def _cuts(data: bytes) -> Iterator[str]:
    """Decode ``data`` cut at the bytes of one to three of the marks that occur in it."""
    marks = {bytes(pairs()[mark]) for mark in CUT_MARKS}
    places = [at for at in range(len(data)) if data[at : at + 2] in marks]
    for count in range(1, MOST_CUTS + 1):
        for chosen in combinations(places, count):
            pieces, start = [], 0
            for place in chosen:
                pieces += [data[start:place], data[place : place + 2]]
                start = place + 2
            pieces.append(data[start:])
            yield "".join(decode(piece) for piece in pieces)
