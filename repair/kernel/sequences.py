"""Where bytes beyond ASCII stand, and which of them are UTF-8: what detection asks of all input.

Where this is not compiled, ``repair.detect`` asks Python's decoders and patterns the same.
"""

from __future__ import annotations

from typing import Final

from librt.strings import read_i64_le
from mypy_extensions import i64

HIGH_BITS: Final = -9187201950435737472  # 0x80 in each byte
# Surrogates in UTF-8, a high one and a low one (CESU-8), and NUL in two bytes (Java).
PAIR: Final = 0x80B0ED80A0ED
PAIR_MASK: Final = 0xC0F0FFC0F0FF
NUL: Final = 0x80C0


def first_beyond(data: bytes, start: i64, end: i64) -> i64:
    """Return where the first byte beyond ASCII is, or ``end``."""
    at: i64 = start
    high: i64 = HIGH_BITS
    while at + 8 <= end:
        if read_i64_le(data, at) & high:
            break
        at += 8
    while at < end:
        if i64(data[at]) >= 0x80:
            return at
        at += 1
    return end


def counted(data: bytes, most: int, ratio: int) -> tuple[int, int, int]:
    """Count the characters of UTF-8 beyond ASCII, and the bytes that belong to none.

    And half the bytes of pairs of surrogates, and of NULs in two bytes, which count as neither.
    Nor do the first bytes of a character at the end. Counting ends where more than ``most`` bytes
    belong to none, or so many that ``ratio`` times as much of the others cannot be there.
    """
    characters: i64 = 0
    strays: i64 = 0
    others: i64 = 0
    limit: i64 = most
    times: i64 = ratio
    high: i64 = HIGH_BITS
    end: i64 = len(data)
    at: i64 = 0
    while at < end and strays <= limit:
        whole = at + 8 <= end
        word: i64 = read_i64_le(data, at) if whole else _last(data, at, end)
        if whole and not word & high:
            at += 8
            continue
        lead: i64 = word & 0xFF
        length: i64 = 1
        if lead >= 0x80:
            length = _length(word)
        if not length:
            if at + 1 == end and 0xC2 <= lead <= 0xF4:
                break
            if at + 2 == end and word & 0xE0FF == 0xA0ED:  # Python waits for what comes
                break
            other: i64 = 6 if word & PAIR_MASK == PAIR else 2 if word & 0xFFFF == NUL else 0
            if other and at + other <= end:
                others += other >> 1
                at += other
                continue
            strays += 1
            at += 1
            # Three of them may be the end of a character that is cut off.
            if 2 * (characters + others) + end - at < 2 * times * (strays - 3):
                break
        elif at + length > end:
            break
        else:
            characters += lead >> 7
            at += length
    return int(characters), int(strays), int(others)


def _last(data: bytes, start: i64, end: i64) -> i64:
    """Return the last few bytes, and behind them some that would go on with a character."""
    word: i64 = 0
    at: i64 = start + 6
    while at > start:
        at -= 1
        byte: i64 = 0x80
        if at < end:
            byte = i64(data[at])
        word = (word << 8) | byte
    return word


def _length(word: i64) -> i64:
    """Return how many bytes the character has whose bytes are the lowest of ``word``; 0 for none.

    The first of them is beyond ASCII.
    """
    lead: i64 = word & 0xFF
    second: i64 = (word >> 8) & 0xFF
    if second & 0xC0 != 0x80 or lead < 0xC2 or lead > 0xF4:
        return 0
    if lead < 0xE0:
        return 2
    both: i64 = (lead << 8) | second
    if (word >> 16) & 0xC0 != 0x80:
        return 0
    if lead < 0xF0:
        # Some could be shorter, others are surrogates.
        return 0 if both < 0xE0A0 or 0xEDA0 <= both < 0xEE80 else 3
    # Some could be shorter, others are beyond Unicode.
    return 0 if (word >> 24) & 0xC0 != 0x80 or both < 0xF090 or both >= 0xF490 else 4


def pieces(  # noqa: PLR0913, PLR0917
    data: bytes, start: i64, end: i64, share: i64, before: i64, longest: i64, far: i64
) -> tuple[list[bytes], int]:
    """Return lines that hold ``share`` bytes beyond ASCII or a few more, and how many they hold.

    A line is taken from ``before`` its first byte beyond ASCII to ``longest`` behind it. The next
    is looked for behind a blank, which must not be ``far``.
    """
    out: list[bytes] = []
    held: i64 = 0
    at: i64 = start
    while held < share:
        first: i64 = first_beyond(data, at, end)
        if first >= end:
            break
        low: i64 = first
        least: i64 = max(at, first - before)
        while low > least and i64(data[low - 1]) != 10:
            low -= 1
        high: i64 = first
        most: i64 = min(first + longest, end)
        while high < most:
            byte: i64 = i64(data[high])
            if byte == 10:
                break
            held += byte >> 7
            high += 1
        out.append(data[low:high])
        at = _behind_blank(data, high, end, far)
    return out, int(held)


def _behind_blank(data: bytes, start: i64, end: i64, far: i64) -> i64:
    at: i64 = start
    last: i64 = min(start + far, end)
    while at < last:
        if 9 <= i64(data[at]) <= 0x2F:
            return at + 1
        at += 1
    return end
