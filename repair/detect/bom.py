"""A byte order mark says which encoding follows."""

from __future__ import annotations

import codecs

from repair.types import Detection

# The mark of UTF-32-LE begins with the one of UTF-16-LE, so it is looked for first.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


# No other data begins so.
_ALONE = ("utf-8", "gb18030")


def settled(head: bytes) -> Detection | None:
    """Answer if ``head`` is a mark that nothing behind it can speak against."""
    for mark, encoding in MARKS:
        if encoding in _ALONE and head.startswith(mark):
            return Detection(encoding, 1.0)
    return None


def look(data: bytes) -> Detection | None:
    """Answer if ``data`` begins with a mark and the bytes behind it do not speak against it."""
    for mark, encoding in MARKS:
        if data.startswith(mark) and _may_follow(data[len(mark) :], encoding):
            return Detection(encoding, 1.0)
    return None


def _may_follow(rest: bytes, encoding: str) -> bool:
    """UTF-16 text that begins with U+0000 looks like UTF-32; whole units tell them apart.

    MP3 frames and other binary data may begin with FF FE, too, but not go on as UTF-16 does.
    """
    if encoding in _ALONE:
        return True
    try:
        rest[: len(rest) & ~3].decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return encoding.startswith("utf-16")
    return True
