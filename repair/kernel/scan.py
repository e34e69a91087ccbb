"""One pass over UTF-8: validates it, and finds the lines that rules want to see.

Each character has a class, and each pair of classes a verdict, which is a set of signs. Signs of
three kinds are told apart by their bits: two that count only together on a line stand side by
side at the low end (PAIRED, the commoner one first), those that count together anywhere in the
text are high up (FAR), and all others say by themselves that the line is wanted.
"""

from __future__ import annotations

from re import Pattern
from typing import Final

from repair.kernel.native import i16, i64, longs, read_i64_le, shorts, vec

ONES: Final = 0x0101010101010101
LINE_END: Final = 0x0A
LINE_ENDS: Final = 0x0A0A0A0A0A0A0A0A
DELETE: Final = 0x7F
ROOM: Final = b"\n" * 7


class Stops:
    """ASCII characters that are not passed over; control characters but line feeds never are."""

    def __init__(self, stops: bytes, pattern: Pattern[bytes] | None) -> None:
        padded = stops.ljust(5, bytes([DELETE]))
        self.stop1: i64 = ONES * padded[0]
        self.stop2: i64 = ONES * padded[1]
        self.stop3: i64 = ONES * padded[2]
        self.stop4: i64 = ONES * padded[3]
        self.stop5: i64 = ONES * padded[4]
        self.several: bool = len(stops) > 1
        self.pattern: Pattern[bytes] | None = pattern
        """Finds the bytes not to pass over; where this is not compiled, it does so faster."""


class Tables:
    """Classes of characters, and what pairs of them are signs of."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        classes: bytes,
        verdicts: bytes,
        followers: bytes,
        signs: bytes,
        paired: int,
        far: int,
        begun: int,
        dense: list[int],
    ) -> None:
        self.count: i64 = len(followers) >> 3
        """Of classes."""
        self.classes: vec[i16] = shorts(classes)
        """By code point up to U+FFFF, then one for each 4096 of the others."""
        self.verdicts: vec[i16] = shorts(verdicts)
        """By class of the first times the number of classes, plus that of the second."""
        self.followers: vec[i64] = longs(followers)
        """By class: the signs that go on with a character of that class."""
        self.signs: vec[i64] = longs(signs)
        """By verdict."""
        self.paired: i64 = paired
        """The lower ones of the bits that count side by side."""
        self.far: i64 = far
        self.begun: i64 = begun
        """Signs that want another character, after which it is the next one."""
        self.dense: i64 = dense[0]
        """Signs that count on a line where there is one for each so many characters."""
        self.each: i64 = dense[1]
        self.longest: i64 = dense[2]
        """In characters; on longer lines they count in any case."""


class Scan:
    """What one pass found."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, int, int]] = []
        """Where wanted lines begin and end, in bytes, and their signs."""
        self.seen: i64 = 0
        """All signs of the text."""
        self.invalid: i64 = -1
        """Where it stops being UTF-8, in bytes; -1 if it is UTF-8 throughout."""


class Reader:
    """Reads on to the next character that shows a sign which is awaited."""

    def __init__(self, data: bytes, tables: Tables, stops: Stops) -> None:
        self.data: bytes = data
        self.tables: Tables = tables
        self.stops: Stops = stops
        self.awaited: i64 = -1
        self.text: bytes = data
        """What is read: the data, or the last of it with room behind."""
        self.base: i64 = 0
        """Where it begins in the data."""
        self.end: i64 = len(data)
        self.at: i64 = 0
        """Where to read on in it."""
        self.place: i64 = 0
        """The character with the sign, in the data."""
        self.before: i64 = 0
        self.pending: i64 = 0
        self.go_to(0)

    def go_to(self, line_start: i64) -> None:
        """Read on from where a line begins."""
        self.text = self.data
        self.base = 0
        self.end = len(self.data)
        self.at = line_start
        self.before = i64(self.tables.classes[10]) * self.tables.count
        self.pending = 0

    def next_sign(self) -> i64:
        """Return the signs of the next character with any; 0 at the end or what is not UTF-8."""
        sign = self._next_sign()
        if not sign and self.at < self.end and self.at > len(self.text) - 8:
            # Too little is left to be read eight bytes at a time.
            self.text = self.text[self.at :] + ROOM
            self.base += self.at
            self.end -= self.at
            self.at = 0
            sign = self._next_sign()
        return sign

    def _next_sign(self) -> i64:  # noqa: C901, PLR0915
        text = self.text
        stops = self.stops
        classes = self.tables.classes
        verdicts = self.tables.verdicts
        signs = self.tables.signs
        followers = self.tables.followers
        count: i64 = self.tables.count
        begun: i64 = self.tables.begun
        awaited: i64 = self.awaited
        before: i64 = self.before
        pending: i64 = self.pending
        at: i64 = self.at
        last8: i64 = len(text)
        last8 -= 8
        here: i64 = at
        sign: i64 = 0
        while at <= last8:
            here = at
            word: i64 = read_i64_le(text, at)
            kind: i64 = 0
            if word & 0x80 == 0:
                kind = word & 0x7F
                at += 1
            elif word & 0xC0E0 == 0x80C0:
                kind = ((word & 0x1F) << 6) | ((word >> 8) & 0x3F)
                if kind < 0x80:
                    break
                at += 2
            elif word & 0xC0C0F0 == 0x8080E0:
                kind = ((word & 0x0F) << 12) | ((word >> 2) & 0xFC0) | ((word >> 16) & 0x3F)
                if kind < 0x800:
                    break
                at += 3
            else:
                kind = ((word & 7) << 6) | ((word >> 8) & 0x3F)
                if word & 0xC0C0C0F8 != 0x808080F0 or kind < 0x10 or kind >= 0x110:
                    break
                kind += 0x10000
                at += 4
            kind = i64(classes[kind])
            sign = signs[i64(verdicts[before + kind])] & awaited
            before = kind * count
            sign |= (pending & followers[kind]) << 1
            pending = sign & begun
            sign ^= pending
            if sign:
                break
            # From this character on, for it may be the first of a pair that is a sign.
            if word & 0x8080 == 0 and not pending:
                here = _passed(text, here, stops)
                if here > at:
                    at = here
                    before = i64(classes[i64(text[at - 1])]) * count
        self.at = at
        self.place = self.base + here
        self.before = before
        self.pending = pending
        return sign


def _passed(text: bytes, at: i64, stops: Stops) -> i64:
    """Return where the ASCII to pass over ends, or fewer than eight bytes are left."""
    if stops.pattern is not None:
        match = stops.pattern.search(text, int(at))
        return i64(len(text) if match is None else match.start())
    low: i64 = ONES  # numbers of 63 bits would be made anew each time
    low *= 0x7F
    high: i64 = ONES
    high <<= 7
    from_space: i64 = ONES  # added to ASCII, it sets the high bit of all but control characters
    from_space *= 0x60
    stop: i64 = stops.stop1
    last8: i64 = len(text)
    last8 -= 8
    while at <= last8:
        word: i64 = read_i64_le(text, at)
        # The high bit of what is passed over; line ends are.
        passed: i64 = (word + from_space) | ~((word ^ LINE_ENDS) + low)
        passed &= (word ^ stop) + low
        if stops.several:
            passed &= (word ^ stops.stop2) + low
            passed &= (word ^ stops.stop3) + low
            passed &= (word ^ stops.stop4) + low
            passed &= (word ^ stops.stop5) + low
        found: i64 = (~passed | word | (word + ONES)) & high
        if found:  # the lowest is sure, others may come of it
            return at + _lowest(found)
        at += 8
    return at


def _lowest(found: i64) -> i64:
    """Return the number of the lowest byte whose high bit is set; no other bits are."""
    return (((((found - 1) & ~found & ONES) * ONES) >> 56) & 0xFF) - 1


def _line_ends(word: i64) -> i64:
    """Return the high bits of the bytes that are line ends."""
    low: i64 = ONES
    low *= 0x7F
    high: i64 = ONES
    high <<= 7
    word ^= LINE_ENDS
    return ~(((word & low) + low) | word) & high


def scan(data: bytes, tables: Tables, stops: Stops) -> Scan:
    """Read ``data``; surrogates are let pass as what they would be.

    Begins and ends as if between two ends of lines. Stops at what is not UTF-8.
    """
    out = Scan()
    reader = Reader(data, tables, stops)
    far: i64 = tables.far
    common: i64 = tables.paired
    rare: i64 = common << 1
    seen: i64 = 0
    hits: i64 = 0
    on_line: i64 = 0
    line_start: i64 = 0
    line_end: i64 = -1  # of the line that is looked at
    is_whole: bool = False  # whether common signs were awaited from its beginning
    while True:
        sign: i64 = reader.next_sign()
        if line_end >= 0 and (reader.place > line_end or not sign):
            on_line = _counted(on_line, tables.paired)
            if hits:
                on_line &= ~_too_few(hits, data, line_start, line_end, tables)
            if on_line:
                out.lines.append((int(line_start), int(line_end), int(on_line)))
            line_end = -1
            on_line = 0
            hits = 0
            is_whole = False
        if not sign:
            break
        seen |= sign
        if line_end < 0 and sign & ~(far | common):
            line_start = _line_start(data, reader.place)
            line_end = _line_end(data, reader.place)
        if sign & rare and not is_whole:
            # Once seen, common signs are awaited only where a rare one makes them count.
            is_whole = True
            hits = 0
            reader.go_to(line_start)
        elif line_end >= 0:
            on_line |= sign & ~far
            hits += i64(bool(sign & tables.dense))
        reader.awaited = ~(seen & far) if is_whole else ~(seen & (far | common))
    if reader.at < reader.end:
        out.invalid = reader.base + reader.at
    out.seen = seen
    return out


def _counted(signs: i64, paired: i64) -> i64:
    """Return the signs of a line that count on it: of paired ones, both or none."""
    return (signs & ~(paired * 3)) | ((signs & (signs >> 1) & paired) * 3)


def _too_few(hits: i64, data: bytes, start: i64, end: i64, tables: Tables) -> i64:
    """Return the signs of which a line has too few; ``hits`` are those that must be dense."""
    most: i64 = hits * tables.each
    if end - start <= most:
        return 0
    if end - start > tables.longest and _characters(data, start, end) > tables.longest:
        return 0
    if _from_0800(data, start, end) <= most:
        return 0
    return tables.dense


def _line_start(data: bytes, at: i64) -> i64:
    """Return where the line begins that a byte is on."""
    while at >= 8:
        found: i64 = _line_ends(read_i64_le(data, at - 8))
        if found:
            while not (found >> 56) & 0x80:
                found <<= 8
                at -= 1
            return at
        at -= 8
    while at > 0 and data[at - 1] != LINE_END:
        at -= 1
    return at


def _line_end(data: bytes, at: i64) -> i64:
    """Return where the line ends that a byte is on."""
    end: i64 = len(data)
    while at <= end - 8:
        found: i64 = _line_ends(read_i64_le(data, at))
        if found:
            return at + _lowest(found)
        at += 8
    while at < end and data[at] != LINE_END:
        at += 1
    return at


def in_characters(data: bytes, lines: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return where lines begin and end that were found in ``data``, in characters."""
    out: list[tuple[int, int]] = []
    at: i64 = 0
    count: i64 = 0
    for start, end, _ in lines:
        count += _characters(data, at, start)
        first: i64 = count
        count += _characters(data, start, end)
        out.append((int(first), int(count)))
        at = end
    return out


def _characters(data: bytes, at: i64, end: i64) -> i64:
    """Return how many characters there are between two places: all bytes but those inside them."""
    count: i64 = end - at
    while at <= end - 8:
        word: i64 = read_i64_le(data, at)
        inside: i64 = (word >> 7) & ~(word >> 6) & ONES
        count -= ((inside * ONES) >> 56) & 0xFF
        at += 8
    while at < end:
        if data[at] & 0xC0 == 0x80:
            count -= 1
        at += 1
    return count


def _from_0800(data: bytes, at: i64, end: i64) -> i64:
    """Return how many characters of three bytes and more there are between two places."""
    count: i64 = 0
    while at <= end - 8:
        word: i64 = read_i64_le(data, at)
        first: i64 = (word >> 7) & (word >> 6) & (word >> 5) & ONES
        count += ((first * ONES) >> 56) & 0xFF
        at += 8
    while at < end:
        if data[at] >= 0xE0:
            count += 1
        at += 1
    return count
