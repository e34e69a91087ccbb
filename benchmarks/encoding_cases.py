"""Bytes whose encoding is known: test files of peers, and man pages that nobody trained on.

Set ``TEXTREPAIR_SHARED`` where the data is not beside the repository. Man pages: unpack Debian's
``manpages-*`` (``apt-get download``, ``dpkg-deb -x``) and name the folder that holds them.
"""

from __future__ import annotations

import codecs
import gzip
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

REPOSITORY = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TEXTREPAIR_SHARED", REPOSITORY.parent / "shared"))
ENCODINGS = SHARED / "data" / "encodings"

# Folders of chardet name a language behind the encoding.
LANGUAGE = re.compile(
    r"-(arabic|bulgarian|croatian|czech|greek|hebrew|hungarian|polish|romanian|russian|slovak"
    r"|slovene|turkish)$"
)

# A label is often that of the standard, the file what its vendor made of it.
VENDORS = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
}

EXCLUDED = {
    "chardet/EUC-TW": "Python has no EUC-TW",
    "chardet/README.txt": "not a test file",
}

SIZES = {"1024 B": 1024, "256 B": 256, "64 B": 64}
LONGEST_LINE = 400
CUT_LINE = 200
SHORTEST_LINE = 8

NOT_ASCII_BASED = ("utf-16", "utf-32", "cp037", "cp424", "cp500", "cp875", "cp1026", "cp1140")
STATEFUL = ("iso2022", "hz", "utf-7")

ROWS = "".join(
    f'<div class="row" id="item-{i}"><a href="/items/{i * 37 % 991}?ref=list&amp;pos={i}">'
    f'<img src="/img/{i:04x}.png" alt="item {i}"></a><span>{i * 3 + 1}.{i % 100:02d}</span></div>\n'
    for i in range(72)
)
PAGE = (
    b"<!DOCTYPE html>\n<html>\n<head>\n<title>Product catalogue</title>\n</head>\n<body>\n"
    + ROWS.encode()
)
END_OF_PAGE = b"<p>Copyright 2009. All rights reserved.</p>\n</body>\n</html>\n"

MAN_ENCODINGS = {
    "cs": ("cp1250", "iso8859-2", "cp852"),
    "da": ("cp1252", "iso8859-15", "cp850", "cp865"),
    "de": ("cp1252", "iso8859-1", "cp850", "cp437", "mac-roman"),
    "el": ("cp1253", "iso8859-7", "cp737", "mac-greek"),
    "es": ("cp1252", "iso8859-1", "cp850", "mac-roman"),
    "fi": ("cp1252", "iso8859-15", "cp850"),
    "fr": ("cp1252", "iso8859-15", "cp850", "mac-roman"),
    "hu": ("cp1250", "iso8859-2", "cp852"),
    "it": ("cp1252", "iso8859-1", "cp850", "mac-roman"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ko": ("cp949",),
    "mk": ("cp1251", "iso8859-5"),
    "nb": ("cp1252", "iso8859-1", "cp865"),
    "nl": ("cp1252", "iso8859-1"),
    "pl": ("cp1250", "iso8859-2", "cp852"),
    "pt_BR": ("cp1252", "iso8859-1", "cp860"),
    "ro": ("cp1250", "iso8859-2"),
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "sr": ("cp1251", "iso8859-5"),
    "sv": ("cp1252", "iso8859-1", "cp850"),
    "tr": ("cp1254", "iso8859-9", "cp857"),
    "uk": ("cp1251", "koi8-u", "cp1125"),
    "vi": ("cp1258",),
    "zh_CN": ("gb18030", "gb2312", "hz"),
    "zh_TW": ("big5", "cp950"),
}
"""Encodings that pages in a language were, or might have been, written in."""

PAGES_PER_LANGUAGE = 12

# Tables of the characters of an encoding, each in a line of its own, are no text.
TABLES = re.compile(r"(iso.?8859|latin|koi8|cp125|armscii|ascii)")

# The letters that Romanian had before Unicode 3.0 are at the same bytes as those it has now in
# ISO-8859-16: nobody can tell.
_CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


class Case(NamedTuple):
    """Bytes, and the texts that a reader may make of them."""

    form: str
    name: str
    encoding: str | None
    data: bytes
    texts: tuple[str, ...]


def _as_code_points(error: UnicodeError) -> tuple[str, int]:
    """Read an undefined byte as the control character that browsers make of it."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("benchmarks.controls", _as_code_points)

# Standard and vendor tables read the same bytes as one of several signs that look alike.
_ALIKE = {
    "\uff5e": "\u301c\u223c",
    "\u2225": "\u2016",
    "\uff0d": "\u2212-\u2013\u00ad",
    "\u2014": "\u2015",
    "\uffe0": "¢",
    "\uffe1": "£",
    "\uffe2": "¬",
    "\uffe4": "¦",
    "\\": "¥₩\uff3c",
    "~": "\u203e\u00af\uffe3",
    "·": "\u30fb\u2027\u2022",
}
_FOLD = {ord(other): sign for sign, others in _ALIKE.items() for other in others}
_FOLDED = ("gb", "big5", "cp95", "shift", "cp93", "euc", "iso2022", "hz", "cp949", "johab")


def read(data: bytes, encoding: str | None) -> str | None:
    """Return what a reader sees; a character that is cut off at the end is not seen."""
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
        decoder = codecs.getincrementaldecoder(name)("strict")
        text = decoder.decode(data)
    except UnicodeDecodeError:
        if not name.startswith(("cp125", "cp874", "iso8859", "mac")):
            return None
        text = data.decode(name, "benchmarks.controls")
    except LookupError:
        return None
    text = text.removeprefix("\ufeff")
    return text.translate(_FOLD) if name.startswith(_FOLDED) else text


def same(texts: tuple[str, ...], ours: str | None) -> bool:
    return ours is not None and (ours in texts or ours.translate(_FOLD) in texts)


def label(folder: str) -> str | None:
    """Return Python's name for the label of a folder; ``None`` for binary data."""
    name = LANGUAGE.sub("", folder.lower())
    name = {"maccyrillic": "mac-cyrillic", "macroman": "mac-roman"}.get(name, name)
    return None if name == "none" else codecs.lookup(name).name


def files() -> Iterator[tuple[str, str | None, bytes]]:
    """Yield name, label and bytes of each test file."""
    for path in sorted(ENCODINGS.glob("*/*/*")):
        name = path.relative_to(ENCODINGS).as_posix()
        if path.is_file() and name not in EXCLUDED and str(Path(name).parent) not in EXCLUDED:
            yield name, label(path.parent.name), path.read_bytes()


def readings(data: bytes, encoding: str) -> tuple[str, ...]:
    """Return what the label makes of the bytes, and what its vendor's table does."""
    names = [encoding, VENDORS.get(encoding, encoding)]
    found = [text for text in (read(data, name) for name in names) if text is not None]
    if encoding == "iso8859-1" and re.search(rb"[\x80-\x9f]", data):
        found = found[1:]  # nobody meant controls
    return tuple(dict.fromkeys(found))


def usable(data: bytes, encoding: str) -> bool:
    """Tell whether all of the bytes are in the encoding, or its vendor's table."""
    return any(_decodes(data, name) for name in (encoding, VENDORS.get(encoding, encoding)))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def forms(data: bytes, encoding: str, random: Random) -> Iterator[tuple[str, bytes]]:
    """Yield the whole of a file, beginnings of it, and one of its lines in several places."""
    yield "whole file", data
    for form, size in SIZES.items():
        if len(data) > size:
            yield form, data[:size]
    if encoding.startswith((*NOT_ASCII_BASED, *STATEFUL)):
        return
    line = _line(data, encoding, random)
    if line:
        yield "one line", line
        yield "in ASCII HTML", PAGE + b"<p>" + line + b"</p>\n" + END_OF_PAGE


def _line(data: bytes, encoding: str, random: Random) -> bytes | None:
    lines = [line.strip() for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    lines = [line for line in lines if len(line) >= SHORTEST_LINE]
    if not lines:
        return None
    line = random.choice(lines)
    if _decodes(line[:CUT_LINE], encoding):
        line = line[:CUT_LINE]
    return line if _decodes(line, encoding) and len(line) <= LONGEST_LINE else None


def peer_cases() -> Iterator[Case]:
    """Yield all forms of the peers' test files that are what their label says."""
    for name, encoding, data in files():
        if encoding is None:
            yield Case("binary", name, None, data, ())
        elif usable(data, encoding):
            for form, part in forms(data, encoding, Random(name)):
                yield Case(form, name, encoding, part, readings(part, encoding))


def unusable() -> Iterator[str]:
    """Yield the names of files that are not what their label says."""
    for name, encoding, data in files():
        if encoding is not None and not usable(data, encoding):
            yield name


def man_cases(folder: Path) -> Iterator[Case]:
    """Yield man pages in the encodings that their language was written in."""
    for language, encodings in MAN_ENCODINGS.items():
        pages = _pages(folder, language)
        random = Random(language)
        for page in random.sample(pages, min(PAGES_PER_LANGUAGE, len(pages))):
            text = _page(page)
            for encoding in encodings if text else ():
                data = text.encode(encoding, "ignore")
                if data.isascii() and b"\x1b" not in data and b"~{" not in data:
                    continue
                for form, part in forms(data, encoding, random):
                    if form in ("whole file", "256 B", "one line"):
                        name = f"{language}/{page.name} {encoding}"
                        texts = readings(part, encoding)
                        yield Case(f"man page, {form}", name, encoding, part, texts)


def _pages(folder: Path, language: str) -> list[Path]:
    found = sorted((folder / language).glob("man*/*.gz"))
    return [path for path in found if not TABLES.match(path.name)]


def _page(path: Path) -> str:
    try:
        return gzip.decompress(path.read_bytes()).decode().translate(_CEDILLA)
    except (OSError, UnicodeDecodeError):
        return ""


@lru_cache
def man_lines(folder: Path, language: str) -> list[str]:
    """Return the lines beyond ASCII of man pages in a language."""
    pages = _pages(folder, language)
    chosen = Random(language).sample(pages, min(PAGES_PER_LANGUAGE * 4, len(pages)))
    lines = dict.fromkeys(line.strip() for page in chosen for line in _page(page).splitlines())
    return [line for line in lines if not line.isascii()]
