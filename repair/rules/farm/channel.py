"""What a farm's programs do to bytes, forward: does a proposed original explain a text?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from repair.rules.farm.codepage import EURO, characters, pairs
from repair.rules.farm.letters import CUT_MARKS, FULL_WIDTH

_FOLD = str.maketrans(FULL_WIDTH)


def explains(original: str, insertions: Sequence[tuple[int, str]], damaged: str) -> bool:
    """Whether the channel may make ``damaged`` of ``original``.

    ``insertions`` are the annotations, each with the number of bytes of the original before it,
    in order. Marks may have changed their width and private use may have been stripped after.
    """
    data = encode(decode(annotate(encode(original), insertions)))
    target = damaged.translate(_FOLD)
    places = {(0, 0)}
    while places:
        following: set[tuple[int, int]] = set()
        for at, shown in places:
            if at == len(data) and shown == len(target):
                return True
            following.update(
                (end, shown + len(text))
                for end, text in _next(data, at)
                if target.startswith(text, shown)
            )
        places = following
    return False


def _next(data: bytes, at: int) -> Iterator[tuple[int, str]]:
    """Yield what may be shown of the next character, cut or not, with where it ends."""
    if at == len(data):
        return
    byte, pair = data[at], data[at : at + 2]
    if byte <= EURO:
        yield at + 1, (chr(byte) if byte < EURO else "€").translate(_FOLD)
        return
    if len(pair) < 2 or data[at + 1 : at + 3] in _cut_marks():
        yield at + 1, "?".translate(_FOLD)
    if len(pair) == 2:
        text = characters().get((pair[0], pair[1]), "?").translate(_FOLD)
        yield at + 2, text
        if "\ue000" <= text <= "\uf8ff":
            yield at + 2, ""


@cache
def _cut_marks() -> frozenset[bytes]:
    return frozenset(bytes(pairs()[mark]) for mark in CUT_MARKS)


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
