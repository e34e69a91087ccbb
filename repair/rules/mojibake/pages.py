"""What programs make of bytes beyond ASCII, page by page, and back again."""

from __future__ import annotations

import codecs
import json
from collections.abc import Set
from functools import cache
from typing import cast

from repair.patterns import pattern
from repair.tables import read_table

DOUBLE_BYTE = frozenset({"gbk", "big5", "cp932", "euc_jp", "cp949", "gb18030"})

# Python refuses the bytes that a page leaves undefined; Windows makes C1 controls of them, and
# of cp1252 all of them, since so many programs take Latin-1 for it.
UNDEFINED = "\ufffe"
_ASCII = {code: chr(code) for code in range(0x80)}
_C1 = {chr(byte): chr(byte) for byte in range(0x80, 0xA0)}

# What Windows' own decoders make of bytes that Python's leave out.
MORE: dict[str, dict[str, bytes]] = {
    "gbk": {"\u20ac": b"\x80"},
    "cp932": {"\u301c": b"\x81\x60", "\u2212": b"\x81\x7c", "\u2016": b"\x81\x61"},
}


@cache
def upper_half(page: str) -> str:
    """Return what the bytes 80 to FF of a single-byte page are, ``UNDEFINED`` for none."""
    half = _halves().get(page) or bytes(range(0x80, 0x100)).decode(page, "replace")
    return half.replace("\ufffd", UNDEFINED)


@cache
def _halves() -> dict[str, str]:
    """The same of pages that UTF-8 is met read as: to load their codecs takes 7 ms."""
    halves: dict[str, str] = json.loads(read_table("pages.bin"))
    return halves


@cache
def bytes_of_page(page: str) -> dict[int, str]:
    """Return, for ``str.translate``, the byte of each character of a page, as Latin-1."""
    upper = {ord(character): byte for character, byte in bytes_beyond_ascii(page).items()}
    return _Bytes(_ASCII | upper)


def bytes_beyond_ascii(page: str) -> dict[str, str]:
    """Return the byte of each character of a page that is beyond ASCII, as Latin-1."""
    table = {}
    for byte, character in enumerate(upper_half(page), 0x80):
        if character != UNDEFINED:
            table[character] = chr(byte)
        elif byte < 0xA0:
            table[chr(byte)] = chr(byte)
    return _C1 | table if page == "cp1252" else table


@cache
def encoding_map(page: str) -> dict[int, int]:
    """Return what ``codecs.charmap_encode`` needs for a page."""
    upper = (
        chr(byte) if character == UNDEFINED and byte < 0xA0 else character
        for byte, character in enumerate(upper_half(page), 0x80)
    )
    table = codecs.charmap_build("".join([*map(chr, range(0x80)), *upper]))
    return cast("dict[int, int]", table)


# Who took bytes for cp1252 has no controls where that has characters, if others became those.
FILLED_CONTROLS = pattern("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")


def raw_of_page(text: str, page: str) -> str:
    """Return the bytes of a page as Latin-1, a character for each of the text.

    What the page does not have is a question mark or ``UNDEFINED``.
    """
    if _has_two_of_a_byte(text, page):
        return text.translate(bytes_of_page(page))
    return codecs.charmap_encode(text, "replace", encoding_map(page))[0].decode("latin-1")


def _has_two_of_a_byte(text: str, page: str) -> bool:
    """Tell whether controls may stand beside the characters that cp1252 has for their bytes."""
    return page == "cp1252" and bool(FILLED_CONTROLS.search(text))


def holds(page: str, characters: Set[str]) -> bool:
    """Tell whether a decoder of ``page`` makes all these characters, none of which is ASCII."""
    if page in DOUBLE_BYTE:
        return all(bytes_of_character(character, page) is not None for character in characters)
    return characters <= _characters(page)


@cache
def _characters(page: str) -> frozenset[str]:
    return frozenset(map(chr, bytes_of_page(page)))


class _Bytes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return UNDEFINED


@cache
def bytes_of_character(character: str, codec: str) -> bytes | None:
    """Return the bytes that a decoder made a character of; ``None`` if none are."""
    more = MORE.get(codec, {}).get(character)
    if more is not None:
        return more
    try:
        return character.encode(codec)
    except UnicodeError:
        return None


def to_bytes(text: str, codec: str) -> bytes | None:
    """Return the bytes that a decoder of ``codec`` made ``text`` of; ``None`` if none are."""
    try:
        if codec in DOUBLE_BYTE:
            return text.encode(codec, _MORE)
        if not _has_two_of_a_byte(text, codec):
            return codecs.charmap_encode(text, "strict", encoding_map(codec))[0]
    except UnicodeError:
        return None
    raw = text.translate(bytes_of_page(codec))
    return None if UNDEFINED in raw else raw.encode("latin-1")


def _more(error: UnicodeError) -> tuple[bytes, int]:
    """Write a character that Windows decodes and Python does not."""
    if isinstance(error, UnicodeEncodeError):
        data = bytes_of_character(error.object[error.start], error.encoding)
        if data is not None:
            return data, error.start + 1
    raise error


_MORE = "textrepair.more"
codecs.register_error(_MORE, _more)


def from_bytes(data: bytes, codec: str) -> str | None:
    """Return what was written in ``codec``; ``None`` if these bytes are none of its texts."""
    try:
        table = None if codec in DOUBLE_BYTE else _decoding_table(codec)
        if table is not None:
            return codecs.charmap_decode(data, "strict", table)[0]
        text = data.decode(codec)
        return text if text.encode(codec) == data else None
    except UnicodeError:
        return None


@cache
def _decoding_table(page: str) -> str | None:
    """Return what ``codecs.charmap_decode`` needs for a page; ``None`` if it is not one to one."""
    table = "".join([*map(chr, range(0x80)), *upper_half(page)])
    known = table.replace(UNDEFINED, "")
    return table if len(set(known)) == len(known) else None
