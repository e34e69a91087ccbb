"""What a text says about its own encoding: in HTML, XML, CSS, source code, mail and PO files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from repair.patterns import pattern

# HTML asks for it within the first 1024 bytes; pages have it later, too.
HEAD = 4096
# Emacs looks for its variables in the last 3000 characters, Vim in the last 5 lines.
TAIL = 3000

NAME = rb"([A-Za-z0-9][\w.:+-]{1,39})"


class _Form(NamedTuple):
    """How something declares an encoding."""

    words: tuple[tuple[bytes, ...], ...]
    """Of each of these something stands in it, in small letters: to look for that takes a
    hundredth of the time."""
    pattern: re.Pattern[bytes]
    any_case: bool = False
    at_start: bool = False


_OF_VIM = _Form(
    ((b"fileencoding=", b"fenc="),),
    pattern(rb"(?m)^[^\n]{0,80}?\b(?:vim?|ex): ?[^\n]{0,120}?\b(?:fileencoding|fenc)=" + NAME),
)
_OF_CODE = rb"(?:[^\n]*\n)?[ \t\f]*(?:#|//|;|%|/\*|--|\.\\\")[^\n]{0,200}?coding[:=][ \t]*"
_IN_HEAD = (
    _Form(
        ((b"<meta",), (b"charset",)),
        pattern(rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*""" + NAME),
        any_case=True,
    ),
    _Form(
        ((b"<?xml",), (b"encoding",)),
        pattern(rb"""\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']""" + NAME),
        at_start=True,
    ),
    _Form(((b"@charset",),), pattern(rb"""@charset\s+["']""" + NAME), at_start=True),
    # PEP 263, and Emacs: in the first two lines
    _Form(((b"coding",),), pattern(_OF_CODE + NAME), at_start=True),
    # RFC 2045; in PO files within quotes
    _Form(
        ((b"content-type:",), (b"charset",)),
        pattern(rb"""(?m)^"?content-type:\s*text/[^\n]{0,100}?charset\s*=\s*["']?""" + NAME),
        any_case=True,
    ),
    _OF_VIM,
)
_IN_TAIL = (
    _Form(
        ((b"local variables:",), (b"coding:",)),
        pattern(rb"\bLocal Variables:(?:[^\n]*\n){1,40}?[^\n]{0,20}\bcoding:[ \t]*" + NAME),
    ),
    _OF_VIM,
)

# In every declaration there is one of these, in small letters or others.
HINTS = (b"coding", b"charset", b"fenc=")

# Names in use that Python does not know.
_ALIASES = {
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "euc_kr",
    "x-gbk": "gbk",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "iso-8859-8-i": "iso8859-8",
    "x-euc-jp": "euc_jp",
    "big5-hkscs": "big5hkscs",
}


# How Python writes text, not how text is encoded.
_ESCAPES = frozenset({"unicode-escape", "raw-unicode-escape"})


class Declaration(NamedTuple):
    """An encoding as it is named in the input, and where; offsets in bytes."""

    encoding: str
    """Python's name for it."""
    start: int
    end: int


def declarations(data: bytes) -> Iterator[Declaration]:
    """Yield what ``data`` says its encoding is, where Python has a codec for it."""
    head = data[:HEAD]
    yield from _matches(_IN_HEAD, head, 0)
    tail = data[max(HEAD, len(data) - TAIL) :]
    yield from _matches(_IN_TAIL, tail, len(data) - len(tail))


def hints(low: bytes) -> Iterator[int]:
    """Yield where in ``low``, which has small letters only, there may be declarations.

    Looking for the words one by one takes an eighth of what one pattern takes for all of them.
    """
    for hint in HINTS:
        at = low.find(hint)
        while at >= 0:
            yield at
            at = low.find(hint, at + 1)


def _matches(forms: tuple[_Form, ...], part: bytes, offset: int) -> Iterator[Declaration]:
    small = part.lower()
    seen = set()
    for form in forms:
        if not all(any(word in small for word in words) for words in form.words):
            continue
        find = form.pattern.match if form.at_start else form.pattern.search
        match = find(small if form.any_case else part)
        name = known(match[1].decode("ascii", "ignore")) if match else None
        if match and name and match.start(1) not in seen:
            seen.add(match.start(1))
            yield Declaration(name, offset + match.start(1), offset + match.end(1))


def known(name: str) -> str | None:
    """Python's name for an encoding of text, whatever it is called in a declaration."""
    name = re.sub(r"-(unix|dos|mac)$", "", name.lower())  # Emacs says how lines end
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
        b"\0\0\0\0".decode(found.name, "surrogateescape")  # an empty one is not looked at
    except (LookupError, ValueError):
        return None
    return None if found.name in _ESCAPES else found.name
