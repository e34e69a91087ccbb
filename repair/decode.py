"""bytes -> Decoded -> the same bytes."""

from __future__ import annotations

import codecs

from repair.detect import detect
from repair.detect.bom import MARKS
from repair.types import Decoded, Segment

# UTF-16 and UTF-32 cannot carry single bytes, but lone surrogates of their own.
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# Names that leave the order of bytes to a mark; without one it is that of almost all such data.
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode ``data``, in ``encoding`` where it is given and else in the one that is detected.

    Bytes that do not belong to the encoding become U+DC80..U+DCFF, or U+FFFD where the codec
    cannot carry them: then the result is not exact. Binary data is read as UTF-8.

    Raises:
        LookupError: there is no codec for text of the name ``encoding``.
    """
    confidence = 1.0
    if encoding is None:
        found = detect(data)
        name = found.encoding or "utf-8"
        confidence = found.confidence if found.encoding else 0.0
    else:
        name = _codec(encoding)
    bom, name = _mark(data, name)
    body = data[len(bom) :]
    text = _read(body, name)
    segments = (Segment(len(bom), len(data), name),) if body else ()
    return Decoded(text, name, confidence, _comes_back(body, text, name), segments, bom)


def encode(text: str, decoded: Decoded) -> bytes:
    """Return ``text`` in the encoding, and with the byte order mark, that ``decoded`` had.

    Raises:
        UnicodeEncodeError: the encoding has no such character.
    """
    return decoded.bom + text.encode(decoded.encoding, _errors(decoded.encoding))


def _codec(encoding: str) -> str:
    """Python's name for an encoding of text that can be told what to do about errors."""
    try:
        name = codecs.lookup(encoding).name
        b"\0\0\0\0".decode(name, "surrogateescape")
    except (LookupError, ValueError):
        msg = f"no codec for text is named {encoding!r}"
        raise LookupError(msg) from None
    return name


def _mark(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the byte order mark of ``data`` and the encoding without one."""
    for mark, marked in MARKS:
        if data.startswith(mark) and name in (marked, marked[:-3], f"{marked}-sig"):
            return mark, marked
    return b"", _UNMARKED.get(name, name)


def _read(body: bytes, name: str) -> str:
    try:
        return body.decode(name, _errors(name))
    except UnicodeError:
        return body.decode(name, "replace")


def _comes_back(body: bytes, text: str, name: str) -> bool:
    if name == "utf-8":
        return True  # always, see PEP 383; test_decode.py tries arbitrary bytes
    try:
        return text.encode(name, _errors(name)) == body
    except UnicodeError:
        return False


def _errors(name: str) -> str:
    return "surrogatepass" if name in _WIDE else "surrogateescape"
