"""Code page 936 as the farms' programs read it: GBK, private-use pairs, and 0x80 for the euro."""

from __future__ import annotations

from functools import cache

EURO = 0x80


@cache
def characters() -> dict[tuple[int, int], str]:
    """Return the character of each pair of bytes.

    What GBK lacks comes from the two-byte part of GB 18030. Pairs that both leave undefined
    are the user-defined areas of Windows' table, U+E000 to U+E765 (WHATWG Encoding Standard,
    gb18030 decoder, note on the private use area).
    """
    table: dict[tuple[int, int], str] = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            character = _private(lead, trail) or _decoded(lead, trail)
            if character:
                table[lead, trail] = character
    return table


@cache
def pairs() -> dict[str, tuple[int, int]]:
    """Return the pair of bytes of each character."""
    table = {character: pair for pair, character in characters().items()}
    del table["€"]  # a single byte here; its pair in GB 18030 is never written
    return table


@cache
def leads_and_trails() -> bytes:
    """Return the two bytes of each character, at twice its number; zeros where it has none."""
    table = bytearray(2 << 16)
    for character, pair in pairs().items():
        table[2 * ord(character) : 2 * ord(character) + 2] = bytes(pair)
    return bytes(table)


@cache
def grid() -> list[str]:
    """Return the character of each pair of bytes, at 256 times the first plus the second."""
    table = characters()
    return [table.get((place >> 8, place & 0xFF), "") for place in range(1 << 16)]


@cache
def by_trail() -> dict[int, list[tuple[int, str]]]:
    """Return the leads, with the characters they make, for each trail byte."""
    table: dict[int, list[tuple[int, str]]] = {}
    for (lead, trail), character in characters().items():
        table.setdefault(trail, []).append((lead, character))
    return table


@cache
def by_lead() -> dict[int, list[tuple[int, str]]]:
    """Return the trails, with the characters they make, for each lead byte."""
    table: dict[int, list[tuple[int, str]]] = {}
    for (lead, trail), character in characters().items():
        table.setdefault(lead, []).append((trail, character))
    return table


def _decoded(lead: int, trail: int) -> str:
    data = bytes((lead, trail))
    return _strictly(data, "gbk") or _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _private(lead: int, trail: int) -> str:
    if trail >= 0xA1 and 0xAA <= lead <= 0xAF:
        return chr(0xE000 + (lead - 0xAA) * 94 + trail - 0xA1)
    if trail >= 0xA1 and lead >= 0xF8:
        return chr(0xE234 + (lead - 0xF8) * 94 + trail - 0xA1)
    if trail <= 0xA0 and 0xA1 <= lead <= 0xA7:
        return chr(0xE4C6 + (lead - 0xA1) * 96 + trail - 0x40 - (trail > 0x7F))
    return ""
