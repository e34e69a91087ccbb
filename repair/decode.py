"""bytes -> Decoded -> the same bytes."""

from __future__ import annotations

import codecs

from repair.detect import detect, is_plain
from repair.detect.bom import MARKS
from repair.detect.utf8 import OF_VALID
from repair.types import Decoded, Detection, Segment

# UTF-16 and UTF-32 cannot carry single bytes, but lone surrogates of their own.
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

# Names that leave the order of bytes to a mark; without one it is that of almost all such data.
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}


def decode(
    data: bytes, *, encoding: str | None = None, detection: Detection | None = None
) -> Decoded:
    """Decode ``data``, in ``encoding`` where it is given and else in the one that is detected.

    Pass ``detection`` if it is known already.

    Bytes that do not belong to the encoding become U+DC80..U+DCFF, or U+FFFD where the codec
    cannot carry them: then the result is not exact. So do all bytes beyond ASCII of lines that are
    in another encoding, if the encodings are not given: their segments say which one that is.
    Binary data is read as UTF-8.

    Raises:
        LookupError: there is no codec for text of the name ``encoding``.
    """
    if encoding is None:
        plain = _plain(data) if detection is None else None
        if plain is not None:
            return plain
        found = detection or detect(data)
        name = found.encoding or "utf-8"
        confidence = found.confidence if found.encoding else 0.0
        parts = _parts(data, found)
    else:
        name = _codec(encoding)
        confidence = 1.0
        parts = ()
    bom, name = _mark(data, name)
    body = data[len(bom) :]
    if len(parts) < 2 or bom:
        parts = (Segment(len(bom), len(data), name),) if body else ()
    text = read_again(data, name, parts, bom)
    return Decoded(text, name, confidence, _comes_back(body, text, name), parts, bom)


def _plain(data: bytes) -> Decoded | None:
    """Most data: UTF-8 from beginning to end. All of what follows would come to the same."""
    if not is_plain(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    parts = (Segment(0, len(data), "utf-8"),) if data else ()
    return Decoded(text, "utf-8", 1.0 if data.isascii() else OF_VALID, True, parts)


def read_again(data: bytes, encoding: str, parts: tuple[Segment, ...], bom: bytes) -> str:
    """Return the text of ``data`` that was decoded before: all but the text is known."""
    if len(parts) > 1:
        return "".join(_read_part(data[p.start : p.end], p.encoding, encoding) for p in parts)
    return _read(data[len(bom) :], encoding)


def _parts(data: bytes, found: Detection) -> tuple[Segment, ...]:
    """The runs in one encoding each; none where one is all that there is, as mostly."""
    if found.encoding == "utf-8" and b"\0" not in data:
        try:
            data.decode()
        except UnicodeDecodeError:
            pass
        else:
            return ()
    from repair.detect.mixed import segments  # noqa: PLC0415 (20 ms, with the judge)

    return segments(data, found)


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


def _read_part(part: bytes, encoding: str, name: str) -> str:
    """Read the part of a mixed input: what is in the encoding of the whole, or else escaped."""
    if encoding == name:
        return _read(part, name)
    if encoding.startswith("utf-16"):
        return _read(part, "utf-8")  # each NUL beside its letter
    return part.decode("ascii", "surrogateescape")


def _comes_back(body: bytes, text: str, name: str) -> bool:
    if name == "utf-8":
        return True  # always, see PEP 383; test_decode.py tries arbitrary bytes
    try:
        return text.encode(name, _errors(name)) == body
    except UnicodeError:
        return False


def _errors(name: str) -> str:
    return "surrogatepass" if name in _WIDE else "surrogateescape"
