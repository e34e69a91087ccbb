"""What a farm's programs do to bytes, forward: does a proposed original explain a text?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from repair.kernel.words import CODES
from repair.rules.farm.codepage import EURO, grid, pairs
from repair.rules.farm.lattice import LOST
from repair.rules.farm.letters import CUT_MARKS, FULL_WIDTH

_FOLD = str.maketrans(FULL_WIDTH)
# A byte that stood alone, with marks full-width.
LONE = "？"
BOX = 0x25A1
"""What stands for characters that came later."""


def explains(data: bytes, insertions: Sequence[tuple[int, str]], target: str) -> bool:
    """Whether the channel may make ``target``, as ``shown`` has it, of the bytes of an original.

    ``insertions`` are the annotations, each with the number of bytes of the original before it,
    in order. Marks may have changed their width and private use may have been stripped after.
    """
    data = _again(_annotated(data, insertions))
    places = [(0, 0)]
    while places:
        following: set[tuple[int, int]] = set()
        for at, shown in places:
            if len(places) == 1:
                at, shown = _only_way(data, at, target, shown)  # noqa: PLW2901
            if at < len(data):
                _go_on(data, at, target, shown, following)
            elif shown == len(target):
                return True
        places = list(following)
    return False


def _only_way(data: bytes, at: int, target: str, shown: int) -> tuple[int, int]:
    """Go on while there is only one way to, and return the place where there is another."""
    singles, doubles = _single_codes(), _double_codes()
    last, end = len(data) - 1, len(target)
    while at < last and shown < end:
        byte, code = data[at], ord(target[shown])
        if byte <= EURO:
            if code != singles[byte]:
                break
            at += 1
        else:
            if code != doubles[byte << 8 | data[at + 1]]:
                break
            at += 2
        shown += 1
    return at, shown


def _go_on(data: bytes, at: int, target: str, shown: int, following: set[tuple[int, int]]) -> None:
    """Add the places behind the next character, cut or not, if it may show what is there."""
    byte = data[at]
    seen = target[shown] if shown < len(target) else ""
    if byte <= EURO:
        if seen == _singles()[byte]:
            following.add((at + 1, shown + 1))
        return
    if seen == LONE and (at + 1 == len(data) or data[at + 1 : at + 3] in _cut_marks()):
        following.add((at + 1, shown + 1))
    if at + 1 < len(data):
        shape = _shapes()[byte << 8 | data[at + 1]]
        if seen == shape:
            following.add((at + 2, shown + 1))
        if "\ue000" <= shape <= "\uf8ff":  # it may have been stripped
            following.add((at + 2, shown))


@cache
def _singles() -> list[str]:
    """Return what is shown of each byte up to that of the euro, with marks full-width."""
    return [chr(byte).translate(_FOLD) for byte in range(EURO)] + ["€"]


@cache
def _shapes() -> list[str]:
    """Return what is shown of each pair of bytes, with marks full-width."""
    return [(character or "?").translate(_FOLD) for character in grid()]


@cache
def _single_codes() -> list[int]:
    """Return the number of what is shown of each byte up to that of the euro."""
    return [ord(shown) for shown in _singles()]


@cache
def _double_codes() -> list[int]:
    """Return the number of what is shown of each pair of bytes, -1 if that is not all."""
    return [
        -1 if shape == LONE or "\ue000" <= shape <= "\uf8ff" else ord(shape) for shape in _shapes()
    ]


@cache
def _cut_marks() -> frozenset[bytes]:
    return frozenset(bytes(pairs()[mark]) for mark in CUT_MARKS)


def edited(text: str, *, full_width: bool) -> bytes:
    """Return the bytes of a text that a farm edits, with marks full-width if they were.

    Characters that came later are any of the code page, and lost ones ``?``.
    """
    table = _bytes_of(full_width)
    out: list[bytes] = []
    for at in range(len(text)):
        code = ord(text[at])
        out.append(table[code] if code < CODES else table[BOX])
    return b"".join(out)


def shown(text: str) -> str:
    """Return a text with marks full-width, and with any for characters that came later."""
    table = _shown_as()
    out: list[str] = []
    for at in range(len(text)):
        code = ord(text[at])
        out.append(table[code] if code < CODES else table[BOX])
    return "".join(out)


@cache
def _shown_as() -> list[str]:
    known = pairs()
    table = ["□"] * CODES
    for code in range(CODES):
        character = chr(code)
        if code < EURO or character == "€" or character in known:
            table[code] = character.translate(_FOLD)
    table[ord(LOST)] = LONE
    return table


@cache
def _bytes_of(full_width: bool) -> list[bytes]:  # noqa: FBT001
    known = _encoded()
    table = [known["□"]] * CODES
    for code, character in enumerate(map(chr, range(CODES))):
        if character in known:
            full = FULL_WIDTH.get(character, character) if full_width else character
            table[code] = known[full]
    table[ord(LOST)] = table[ord("?")]
    return table


@cache
def _encoded() -> dict[str, bytes]:
    table = {character: bytes(pair) for character, pair in pairs().items()}
    return table | {chr(byte): bytes((byte,)) for byte in range(EURO)} | {"€": bytes((EURO,))}


def _annotated(data: bytes, insertions: Sequence[tuple[int, str]]) -> bytes:
    """Insert readings in brackets at byte offsets of ``data``."""
    out: list[bytes] = []
    at = 0
    for offset, reading in insertions:
        out.append(data[at:offset])
        out.append(_annotation(reading))
        at = offset
    out.append(data[at:])
    return b"".join(out)


@cache
def _annotation(reading: str) -> bytes:
    return b"(" + edited(reading, full_width=False) + b")"


def _again(data: bytes) -> bytes:
    """Decode and encode; a lead byte and a byte that cannot trail it become ``?`` together."""
    doubles, singles = _doubles(), _single_bytes()
    out: list[bytes] = []
    at, length = 0, len(data)
    while at < length:
        byte = data[at]
        if byte <= EURO:
            out.append(singles[byte])
        else:
            at += 1
            out.append(doubles[byte << 8 | data[at] if at < length else 0])
        at += 1
    return b"".join(out)


@cache
def _single_bytes() -> list[bytes]:
    return [bytes((byte,)) for byte in range(EURO + 1)]


@cache
def _doubles() -> list[bytes]:
    """Return what becomes of each pair of bytes that is decoded and encoded again."""
    known = _encoded()
    return [known.get(character, b"?") for character in grid()]
