"""Makes farm damage from clean simplified Chinese, byte by byte, and reports the truth.

Content farms took simplified Chinese, wrote traditional forms by a table of single
characters, put the reading behind some of them by replacing *bytes*, and in many pages cut
the result at the bytes of full-width marks. Every byte here carries the character it came
from, so the channel knows what it did to each line and which characters nobody can know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Kind = Literal["clean", "annotation", "straddle", "shift"]
KINDS: tuple[Kind, ...] = ("clean", "annotation", "straddle", "shift")
"""What happened to a line, from harmless to worst."""

MARKS = "，。；？！"
"""Marks at whose bytes a page may be cut, in the order of cutting."""

HALF_WIDTH = str.maketrans("，！：；？（）", ",!:;?()")
FULL_WIDTH = str.maketrans(",!:;?()", "，！：；？（）")

PRIVATE_USE = frozenset(map(chr, range(0xE000, 0xF900)))

INSERTED = -1
"""Owner of a byte that no clean character brought."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged document and its truth; every tuple has one entry per line."""

    text: str
    clean: str
    kinds: tuple[Kind, ...]
    """The worst that happened to the line, whatever it looks like."""
    lost: tuple[tuple[int, ...], ...]
    """Offsets in the clean line of characters of which a byte is gone for good."""


def damage(  # noqa: PLR0913 (a farm has that many habits, all named by keyword)
    clean: str,
    *,
    keys: Sequence[tuple[str, str]],
    table: Mapping[str, str],
    cut_marks: Collection[str] = "",
    cut_probability: float = 1.0,
    fold_marks: bool = False,
    strip_private_use: bool = False,
    random: Random,
) -> Damaged:
    r"""Damage a simplified document as a farm does.

    ``keys`` are traditional characters with their readings, in the order of replacement.
    ``table`` takes a simplified character to the farm's traditional one.

    Lines end in ``\n``. A lead byte before the end of a line becomes ``?`` and leaves the
    newline alone: on a page a tag stands there, and extracting the text removes it.
    """
    page = _Page.of_text(clean, table)
    for key, reading in keys:
        page.annotate(_encode(key), _encode(f"({reading})"))
    page.decode_and_encode()
    if cut_marks:
        page.cut([mark for mark in MARKS if mark in cut_marks], cut_probability, random)
    if strip_private_use:
        page.drop_private_use()
    text = _decode(bytes(page.data))
    if fold_marks:
        text = text.translate(HALF_WIDTH)
    return page.report(text, clean)


class _Page:
    """The bytes of a page, and for each of them where it came from."""

    def __init__(self, data: bytearray, owners: list[int], gone: set[int]) -> None:
        self.data = data
        self.owners = owners
        """For each byte ``2 * offset of its character + (0 or 1)``, or INSERTED."""
        self.gone = gone
        """Bytes, by owner, that the text no longer shows."""
        self.named: set[int] = set()
        """Bytes, by owner, that an annotation names: it names them even where they are gone."""
        self.worst: dict[int, int] = {}
        """By offset of a clean character: index in KINDS of what befell it."""

    @classmethod
    def of_text(cls, clean: str, table: Mapping[str, str]) -> _Page:
        page = cls(bytearray(), [], set())
        for offset, character in enumerate(clean):
            code = _encode(table.get(character, character))
            if code == b"?" and character != "?":
                page.gone.add(2 * offset)
            page.data += code
            page.owners += range(2 * offset, 2 * offset + len(code))
        return page

    def annotate(self, key: bytes, note: bytes) -> None:
        """Put ``note`` behind each ``key``, wherever its bytes stand."""
        hits = list(_find_all(bytes(self.data), key))
        for hit in hits:
            self._record_annotation(self.owners[hit : hit + 2])
        # From the end, so that the hits before stay where they are.
        for hit in reversed(hits):
            self.data[hit + 2 : hit + 2] = note
            self.owners[hit + 2 : hit + 2] = [INSERTED] * len(note)

    def _record_annotation(self, owners: Sequence[int]) -> None:
        # First bytes of characters are even; INSERTED is odd.
        aligned = owners[0] % 2 == 0
        self._record("annotation" if aligned else "straddle", owners)
        self.named.update(owners)

    def _record(self, kind: Kind, owners: Sequence[int]) -> None:
        for owner in owners:
            if owner != INSERTED:
                index = KINDS.index(kind)
                self.worst[owner // 2] = max(index, self.worst.get(owner // 2, 0))

    def decode_and_encode(self) -> None:
        """Pass the bytes through a reader: what it cannot read is ``?`` afterwards."""
        self.data, self.owners = self._read(0, len(self.data))

    def _read(self, start: int, end: int) -> tuple[bytearray, list[int]]:
        data, owners = bytearray(), []
        for at, width, valid in _units(self.data, start, end):
            if valid:
                data += self.data[at : at + width]
                owners += self.owners[at : at + width]
            else:
                self.gone.update(self.owners[at : at + width])
                data += b"?"
                owners.append(INSERTED)
        return data, owners

    def cut(self, marks: Sequence[str], probability: float, random: Random) -> None:
        """Cut at the bytes of the marks, also across characters, and read piece by piece."""
        starts = {at for at, _, _ in _units(self.data, 0, len(self.data))}
        pieces = [(0, len(self.data))]
        for mark in marks:
            code = _encode(mark)
            hits = [at for piece in pieces for at in _find_all(bytes(self.data), code, *piece)]
            chosen = {at for at in hits if random.random() < probability}
            for at in sorted(chosen - starts):
                self._record("shift", self.owners[at : at + 2])
            pieces = [part for piece in pieces for part in _split(piece, chosen)]
        read = [self._read(*piece) for piece in pieces]
        self.data = bytearray(b"".join(data for data, _ in read))
        self.owners = [owner for _, owners in read for owner in owners]

    def drop_private_use(self) -> None:
        """Leave out what has no glyph, as some corpora do."""
        pairs = [at for at, width, _ in _units(self.data, 0, len(self.data)) if width == 2]
        for at in reversed(pairs):
            if (_pair(*self.data[at : at + 2]) or "") in PRIVATE_USE:
                self.gone.update(self.owners[at : at + 2])
                del self.data[at : at + 2], self.owners[at : at + 2]

    def report(self, text: str, clean: str) -> Damaged:
        lost = {owner // 2 for owner in self.gone - self.named if owner != INSERTED}
        kinds: list[Kind] = []
        positions = []
        start = 0
        for line in clean.split("\n"):
            inside = range(start, start + len(line))
            kinds.append(KINDS[max((self.worst.get(at, 0) for at in inside), default=0)])
            positions.append(tuple(at - start for at in inside if at in lost))
            start += len(line) + 1
        return Damaged(text, clean, tuple(kinds), tuple(positions))


def _split(piece: tuple[int, int], hits: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a piece: what is between the marks, and each mark by itself."""
    start, end = piece
    for hit in sorted(hit for hit in hits if start <= hit < end):
        yield start, hit
        yield hit, hit + 2
        start = hit + 2
    yield start, end


def _find_all(data: bytes, pattern: bytes, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield the places that ``bytes.replace`` would replace."""
    at = data.find(pattern, start, end)
    while at >= 0:
        yield at
        at = data.find(pattern, at + len(pattern), end)


def _units(data: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield start, width and validity of each character, as a Windows decoder reads them."""
    at = start
    while at < end:
        lead = data[at]
        if lead <= 0x80:
            yield at, 1, True
            at += 1
        elif lead == 0xFF or at + 1 >= end or data[at + 1] == 0x0A:
            yield at, 1, False
            at += 1
        else:
            yield at, 2, _pair(lead, data[at + 1]) is not None
            at += 2


def _encode(text: str) -> bytes:
    """Write code page 936; what it lacks becomes ``?``."""
    return b"".join(_encode_one(character) for character in text)


def _encode_one(character: str) -> bytes:
    if character == "€":
        return b"\x80"
    if ord(character) < 0x80:
        return character.encode()
    return _CODES.get(character, b"?")


def _decode(data: bytes) -> str:
    """Read bytes that hold nothing a reader could not read."""
    text = []
    for at, width, _ in _units(data, 0, len(data)):
        single = "€" if data[at] == 0x80 else chr(data[at])
        text.append(single if width == 1 else _pair(data[at], data[at + 1]) or "?")
    return "".join(text)


def _pair(lead: int, trail: int) -> str | None:
    """Return what two bytes mean in code page 936, private use included."""
    return _PAIRS.get(bytes((lead, trail)))


def _user_defined() -> Iterator[tuple[bytes, str]]:
    """Yield the three user-defined areas of code page 936 with their code points."""
    high = list(range(0xA1, 0xFF))
    low = [byte for byte in range(0x40, 0xA1) if byte != 0x7F]
    areas = ((range(0xAA, 0xB0), high), (range(0xF8, 0xFF), high), (range(0xA1, 0xA8), low))
    pairs = (bytes((lead, trail)) for leads, trails in areas for lead in leads for trail in trails)
    for point, pair in enumerate(pairs, start=0xE000):
        yield pair, chr(point)


def _assigned(encoding: str) -> Iterator[tuple[bytes, str]]:
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            pair = bytes((lead, trail))
            text = pair.decode(encoding, "ignore")
            # Where the pair means nothing, an ASCII trail byte is left over.
            if trail != 0x7F and text and ord(text) >= 0x80:
                yield pair, text


# Farms read pairs that GBK leaves open as private use: A7C2 vanished where C2 as a lone lead
# byte would have printed as "?". GB18030 gives such pairs a meaning.
_PAIRS = {
    **dict(_assigned("gb18030")),
    **dict(_assigned("gbk")),
    **dict(_user_defined()),
}
_CODES = {text: pair for pair, text in _PAIRS.items()}
