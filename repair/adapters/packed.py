"""Text in files compressed by gzip (RFC 1952)."""

from __future__ import annotations

import zlib
from pathlib import PurePath

SUFFIX = ".gz"
MAGIC = b"\x1f\x8b\x08"

# A few kilobytes can unpack to gigabytes; all of a text must fit into memory several times.
MOST_BYTES = 1 << 28

_HAS_CHECK, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16


def is_packed(path: str, data: bytes) -> bool:
    """Whether a file is compressed, by its name and by how it begins."""
    return path.endswith(SUFFIX) and data.startswith(MAGIC)


def name_inside(path: str) -> str:
    """Return what the content is called, which says what kind of text it is."""
    return str(PurePath(path).with_suffix(""))


def unpack(data: bytes) -> bytes:
    """Return the content of a compressed file.

    Raises:
        ValueError: it is cut off, damaged, or too large.
    """
    pieces: list[bytes] = []
    room = MOST_BYTES
    while data:
        member = zlib.decompressobj(31)
        try:
            pieces.append(member.decompress(data, room))
        except zlib.error as error:
            msg = f"damaged by itself: {error}"
            raise ValueError(msg) from error
        room -= len(pieces[-1])
        if member.unconsumed_tail or room <= 0:
            msg = f"unpacks to more than {MOST_BYTES >> 20} MB"
            raise ValueError(msg)
        if not member.eof:
            msg = "ends in the middle"
            raise ValueError(msg)
        data = member.unused_data.lstrip(b"\0")  # tapes and some programs pad with zeros
    return b"".join(pieces)


def pack(content: bytes, like: bytes) -> bytes:
    """Compress ``content`` under the head, with name and time, that the file ``like`` has."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = zlib.crc32(content).to_bytes(4, "little")
    end += (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return like[: _head_length(like)] + packer.compress(content) + packer.flush() + end


def _head_length(data: bytes) -> int:
    flags, at = data[3], 10
    if flags & _HAS_EXTRA:
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for has_text in (_HAS_NAME, _HAS_COMMENT):
        if flags & has_text:
            at = data.index(b"\0", at) + 1
    return at + (2 if flags & _HAS_CHECK else 0)
