"""What a line may have been if it was written in one legacy encoding and read in another.

Where both are single-byte pages each character stands for one, so that most is said by which
characters there are, whatever their order: lines of a text have few sets of them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.chains import CHAINS
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.pages import DOUBLE_BYTE, UNDEFINED, from_bytes, holds, to_bytes

_USUAL = {"cp1252", "cp1251", "koi8-r", "cp437", "cp850", "cp1250", "latin-1", "gbk", "mac_roman"}

# What typesetters put beside words in many languages: alone it is no sign of damage.
CLEAN_MARKS = frozenset("\xa0\xab\xbb\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u202f")

KEPT = 1 << 12
"""So many sets of characters are remembered."""


class Layers(NamedTuple):
    """Wrong readings of one text that give the same."""

    first: Layer
    """The cheapest one."""
    also: tuple[tuple[Layer, ...], ...]
    """The others, each by itself."""
    code: str
    is_usual: bool
    """The first is often met."""


class Exchange(NamedTuple):
    """What becomes of some characters that were written in one page and read as another."""

    layers: Layers
    letters: str
    """Those that become letters and are none."""
    symbols: str
    """Those that were letters."""


class Other(NamedTuple):
    """A reading as other pages."""

    text: str
    layers: Layers


@cache
def pages() -> dict[str, dict[str, str]]:
    """Return the encodings that are met read as a page, with the code of that, by the page."""
    found: dict[str, dict[str, str]] = {}
    for chain in CHAINS:
        if chain.written_as != "utf-8":
            for page in chain.read_as:
                found.setdefault(page, {})[chain.written_as] = chain.code
    return found


@cache
def _pages_beside_single_bytes() -> dict[str, list[str]]:
    """The same, without codes and those that a character stands for a character in."""
    return {
        page: [codec for codec in of if page in DOUBLE_BYTE or codec in DOUBLE_BYTE]
        for page, of in pages().items()
    }


def _layers(alike: list[Layer]) -> Layers:
    first, *others = alike
    usual = _is_usual(first)
    code = pages()[first.read_as][first.written_as]
    return Layers(first, tuple((other,) for other in others), code, usual)


def _is_usual(layer: Layer) -> bool:
    """Tell whether an encoding is one of those that are often met read as the other."""
    return layer.read_as in _USUAL and layer.written_as in _USUAL | DOUBLE_BYTE


def other_pages(line: str) -> Iterator[Other]:
    """Yield what a line may have been, without what nobody writes.

    Where each character stands for one, letters do not become symbols more often than the other
    way round, and nothing becomes lines and blocks, which are as likely as anything.
    """
    counts = Counter(beyond_ascii(line))
    beyond = frozenset(counts)
    for exchange in _exchanges(beyond):
        if not _loses_letters(exchange, counts):
            codec, page = exchange.layers.first
            text = from_bytes(to_bytes(line, page) or b"", codec)
            if text is not None:
                yield Other(text, exchange.layers)
    yield from _beside_single_bytes(line, beyond)


def _beside_single_bytes(line: str, beyond: frozenset[str]) -> Iterator[Other]:
    found: dict[tuple[bytes, str], list[Layer]] = {}
    in_page: dict[str, bytes | None] = {}
    for page, like, written in _holding(beyond):
        if like not in in_page:
            in_page[like] = to_bytes(line, like)
        data = in_page[like]
        if data is not None:
            for codec in written:
                found.setdefault((data, codec), []).append(Layer(codec, page))
    for (data, codec), layers in found.items():
        text = from_bytes(data, codec)
        if text is not None and UNDEFINED not in text and is_text(line, text):
            yield Other(text, _layers(layers))


@lru_cache(KEPT)
def _holding(characters: frozenset[str]) -> tuple[tuple[str, str, list[str]], ...]:
    """Return the pages that may have these characters, and the first that has the same bytes.

    With each come the encodings that are met read as it.
    """
    first: dict[bytes, str] = {}
    found = []
    read = "".join(characters)
    for page, written in _pages_beside_single_bytes().items():
        if page in DOUBLE_BYTE:
            found.append((page, page, written))
        elif written and holds(page, characters):
            found.append((page, first.setdefault(to_bytes(read, page) or b"", page), written))
    return tuple(found)


def _loses_letters(exchange: Exchange, counts: Mapping[str, int]) -> bool:
    """Tell whether letters become symbols more often than the other way round."""
    if not exchange.symbols:
        return False
    return _times(exchange.letters, counts) < _times(exchange.symbols, counts)


def _times(characters: str, counts: Mapping[str, int]) -> int:
    return sum(counts[character] for character in characters)


@lru_cache(KEPT)
def _exchanges(characters: frozenset[str]) -> tuple[Exchange, ...]:
    """Return what may become of these characters, none of which is ASCII."""
    found: dict[str, list[Layer]] = {}
    read = "".join(sorted(characters))
    for page, written in pages().items():
        if page in DOUBLE_BYTE or not holds(page, characters):
            continue
        data = to_bytes(read, page) or b""
        for codec in written:
            text = None if codec in DOUBLE_BYTE else from_bytes(data, codec)
            if text is not None and UNDEFINED not in text and _is_likely(read, text):
                found.setdefault(text, []).append(Layer(codec, page))
    return tuple(
        _exchange(read, text, _layers(sorted(layers, key=_is_usual, reverse=True)))
        for text, layers in found.items()
    )


def _exchange(before: str, after: str, layers: Layers) -> Exchange:
    pairs = [
        (old, is_letter(old), is_letter(new))
        for old, new in zip(before, after, strict=True)
        if old != new and new not in CLEAN_MARKS
    ]
    return Exchange(
        layers,
        "".join(old for old, was, becomes in pairs if becomes and not was),
        "".join(old for old, was, becomes in pairs if was and not becomes),
    )


def _is_likely(before: str, after: str) -> bool:
    return is_text(before, after) and not any(
        "\u2500" <= character <= "\u259f" for character in set(after).difference(before)
    )


def is_text(before: str, after: str) -> bool:
    """Tell whether no controls, private-use or unassigned characters come of it."""
    return not any(map(_is_never_made, set(after).difference(before)))


_NEVER = {"Cc", "Co", "Cn", "Cs"}


@lru_cache(1 << 14)
def _is_never_made(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return unicodedata.category(character) in _NEVER


@lru_cache(1 << 14)
def is_letter(character: str) -> bool:
    """Tell whether it is a letter, or a mark that belongs to one."""
    return unicodedata.category(character)[0] in "LM"
