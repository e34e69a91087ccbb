"""Clean lines of many languages, and the chains that each language is met damaged by.

The lines are messages of gettext catalogues as Debian installs them (``/usr/share/locale``: any
Debian or Ubuntu machine has some, and ``apt-get install`` of translated programs brings more).
No statistics of ``repair/tables`` come from them: those of catalogues that do, of LibreOffice and
Django, are left out by name.
"""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

CATALOGUES = Path("/usr/share/locale")
LEFT_OUT = ("libreoffice", "django")
LONGEST = 400


def catalogue_lines(folder: Path) -> dict[str, list[str]]:
    """Return the distinct translated lines with characters beyond ASCII, by language."""
    found = {}
    for language in sorted(folder.iterdir()):
        lines: dict[str, None] = {}
        for path in sorted(language.glob("LC_MESSAGES/*.mo")):
            if not path.name.startswith(LEFT_OUT):
                lines.update(dict.fromkeys(_lines_of(path)))
        if lines:
            found[language.name] = list(lines)
    return found


def _lines_of(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    except (OSError, LookupError, ValueError):
        return
    for key, value in catalogue.items():
        original = key[0] if isinstance(key, tuple) else key
        if original and value != original:
            for line in value.split("\n"):
                if not line.isascii() and len(line) <= LONGEST:
                    yield line


class Chain(NamedTuple):
    """Encodings that a text went through: written as the one, read as the other."""

    written_as: str
    read_as: str
    twice: bool = False


def _split(names: str) -> list[str]:
    return names.split()


# Which encodings a language was written in before UTF-8, and as what that was read.
_WEST = {"cp1252": "mac_roman cp437 cp850 cp1250 cp1251", "cp437": "cp1252",
         "cp850": "cp1252 cp437", "mac_roman": "cp1252 cp850 cp1251"}  # fmt: skip
_CENTRAL = {"cp1250": "cp1252 cp852 iso8859-2 mac_roman cp437 cp1251", "iso8859-2": "cp1252 cp1250",
            "cp852": "cp1252 cp1250 cp437", "mac_latin2": "cp1252 mac_roman"}  # fmt: skip
_CYRILLIC = {"cp1251": "cp1252 koi8-r cp866 mac_cyrillic iso8859-5 mac_roman cp437 gbk",
             "koi8-r": "cp1252 cp1251 cp866", "cp866": "cp1252 cp1251 koi8-r cp437",
             "iso8859-5": "cp1252 cp1251", "mac_cyrillic": "cp1251 mac_roman"}  # fmt: skip
_GREEK = {"cp1253": "cp1252 cp737 mac_roman", "iso8859-7": "cp1252", "cp737": "cp1253 cp437"}
_TURKISH = {"cp1254": "cp1252 mac_roman", "cp857": "cp1254 cp437"}
_BALTIC = {"cp1257": "cp1252 cp775", "cp775": "cp1257 cp437"}
_CHINESE = {"gbk": "cp1252 mac_roman cp1251 cp949 cp932 big5"}
_TAIWAN = {"big5": "cp1252 mac_roman gbk cp949"}
_JAPANESE = {"cp932": "cp1252 mac_roman gbk", "euc_jp": "cp1252 cp932 gbk cp949"}
_KOREAN = {"cp949": "cp1252 mac_roman gbk cp932"}

LEGACY: dict[str, dict[str, str]] = {
    **dict.fromkeys(_split("de fr es pt_BR it sv da nb fi nl is ca gl et ga"), _WEST),
    **dict.fromkeys(_split("pl cs sk hu hr sl ro sq"), _CENTRAL),
    **dict.fromkeys(_split("ru bg mk"), _CYRILLIC),
    "uk": _CYRILLIC | {"koi8-u": "cp1252 cp1251"}, "be": _CYRILLIC, "sr": _CYRILLIC,
    "el": _GREEK, "tr": _TURKISH, "lt": _BALTIC, "lv": _BALTIC,
    "he": {"cp1255": "cp1252 mac_roman", "cp862": "cp1255 cp437"},
    "ar": {"cp1256": "cp1252 mac_roman"}, "th": {"cp874": "cp1252 mac_roman"},
    "vi": {}, "hi": {}, "ka": {}, "hy": {}, "fa": {},
    "zh_CN": _CHINESE, "zh_TW": _TAIWAN, "ja": _JAPANESE, "ko": _KOREAN,
}  # fmt: skip
# As what UTF-8 of any language is read.
PAGES = _split(
    "latin-1 cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 mac_roman "
    "mac_cyrillic mac_latin2 cp437 cp850 cp852 cp866 koi8-r koi8-u iso8859-2 iso8859-5 iso8859-7 "
    "iso8859-9 iso8859-15 gbk gb18030 big5 cp932 cp949"
)


def chains_of(language: str) -> list[Chain]:
    """Return the chains that texts of a language are met damaged by."""
    chains = [Chain("utf-8", page) for page in PAGES]
    chains += [Chain("utf-8", page, twice=True) for page in ("cp1252", "mac_roman", "cp1251")]
    for written_as, pages in LEGACY[language].items():
        chains += [Chain(written_as, page) for page in pages.split()]
    return chains


@lru_cache(None)
def _windows(page: str) -> str:
    """Return what Windows makes of each byte: C1 controls of what the page leaves undefined."""
    out = [bytes([byte]).decode(page, "replace") for byte in range(256)]
    return "".join(chr(n) if c == "\ufffd" and 0x80 <= n < 0xA0 else c for n, c in enumerate(out))


def damaged(text: str, chain: Chain) -> str | None:
    """Return a text after its damage; ``None`` if bytes were lost on the way, or nothing was."""
    try:
        bad = text
        for _ in range(2 if chain.twice else 1):
            data = bad.encode(chain.written_as)
            if data.decode(chain.written_as) != bad:
                return None
            bad = _read(data, chain.read_as)
            if "\ufffd" in bad or any(unicodedata.category(c) in ("Co", "Cn") for c in bad):
                return None
    except UnicodeError:
        return None
    return bad if bad != text else None


def _read(data: bytes, page: str) -> str:
    if page in ("gbk", "gb18030", "big5", "cp932", "cp949"):
        text = data.decode(page)
        return text if text.encode(page) == data else "\ufffd"
    upper = _windows(page)
    return "".join(upper[byte] for byte in data)


def shuffled(lines: dict[str, list[str]], random: Random, most: int) -> dict[str, list[str]]:
    """Return at most so many lines of each language, in any order."""
    return {tag: random.sample(own, min(most, len(own))) for tag, own in sorted(lines.items())}
