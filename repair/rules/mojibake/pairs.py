"""UTF-8 that was taken for characters of two bytes, the last of which may end in an ASCII one."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.pages import bytes_of_character, to_bytes
from repair.rules.mojibake.sequences import pages_with_beginnings

# A run that may be UTF-8, from one end of a line to another; so is what an encoding lacks written.
_CUT = "textrepair.cut"
_MAY_BE_UTF8 = pattern(
    rb"(?:(?<=\n)|\A)[^\n\x80-\xff]*(?:[\xc2-\xf4][\x80-\xbf]{1,3}[^\n\x80-\xff]*)+(?![^\n])"
)


def may_be_in_pairs(line: str) -> bool:
    """Tell whether there may be UTF-8 read as a double-byte encoding."""
    return any(_is_in_pairs(line, page) for page in pages_with_beginnings(line))


def decoded_runs(line: str, codec: str) -> Iterator[tuple[int, int, str]]:
    """Yield where there is UTF-8 read as a double-byte encoding, in code points, with the text."""
    if not _is_in_pairs(line, codec):
        return
    for at, run in _encodable_runs(line, codec):
        data = None if run.isascii() else to_bytes(run, codec)
        good = None if data is None else _strict(data)
        if good is not None:
            yield at, at + len(run), good


def _is_in_pairs(line: str, codec: str) -> bool:
    """Tell whether a run of what an encoding has may be UTF-8."""
    return bool(_MAY_BE_UTF8.search(line.encode(codec, _CUT)))


def _encodable_runs(line: str, codec: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of characters that an encoding has, and where they begin."""
    lost = [c for c in set(beyond_ascii(line)) if bytes_of_character(c, codec) is None]
    at = 0
    for run in line.translate(dict.fromkeys(map(ord, lost), "\n")).split("\n"):
        if run:
            yield at, run
        at += len(run) + 1


def _strict(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _cut(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    data = bytes_of_character(error.object[error.start], error.encoding)
    return b"\n" if data is None else data, error.start + 1


codecs.register_error(_CUT, _cut)
