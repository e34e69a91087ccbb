"""The encodings that statistics choose among: what is usual, for which languages, and how much."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Usage(NamedTuple):
    """An encoding and how it is used."""

    name: str
    prior: float
    """In nats, against the commonest: a weight of expectation, not a measured frequency."""
    script: str
    """The group of languages in the model, by its script."""
    languages: frozenset[str]
    """Those it was made for."""


_WESTERN = """
    en de fr es pt it nl sv da nb nn fi is fo et sq eu ca gl oc ast br ga gd lb fy af id ms fil sw
    la rm sc fur lij ht jv su ceb
"""
_CENTRAL = "pl cs sk sl hr bs sr-Latn hu ro sq hsb dsb szl de"
_RUSSIAN = "ru uk be bg mk sr"
_TURKIC = "kk ky tg tt mn uz-Cyrl az-Cyrl cv os"
_BALTIC = "lt lv et"
_ARABIC = "ar fa ur ps ckb ug sd skr"

# In order of size: what is found on the web, in mail, in old files; those that only ever served
# one system or one country are dear.
_ONE_BYTE = {
    "Latn": (
        ("cp1252", 0.0, _WESTERN),
        ("iso8859-15", -3.0, _WESTERN),
        ("cp850", -2.5, _WESTERN),
        ("cp858", -5.0, _WESTERN),
        ("cp437", -3.0, _WESTERN),
        ("mac-roman", -3.0, _WESTERN),
        ("hp-roman8", -7.0, _WESTERN),
        ("cp860", -4.5, "pt gl"),
        ("cp861", -4.5, "is fo"),
        ("cp863", -5.0, "fr"),
        ("cp865", -4.5, "da nb nn sv"),
        ("mac-iceland", -6.0, "is fo"),
        ("iso8859-14", -6.0, "cy ga gd br"),
        ("iso8859-3", -4.0, "eo mt"),
        ("iso8859-10", -6.0, "is fo et lt lv"),
        ("cp1250", -0.7, _CENTRAL),
        ("iso8859-2", -0.9, _CENTRAL),
        ("cp852", -2.5, _CENTRAL),
        ("mac-latin2", -4.0, f"{_CENTRAL} {_BALTIC}"),
        ("iso8859-16", -5.0, "ro pl hr hu sl sq"),
        ("cp1254", -1.0, "tr az tk kmr"),
        ("cp857", -3.0, "tr"),
        ("mac-turkish", -4.0, "tr"),
        ("cp1257", -1.5, _BALTIC),
        ("iso8859-13", -2.5, f"{_BALTIC} pl"),
        ("iso8859-4", -3.0, _BALTIC),
        ("cp775", -4.0, _BALTIC),
        ("cp1258", -2.0, "vi"),
    ),
    "Cyrl": (
        ("cp1251", -0.3, f"{_RUSSIAN} {_TURKIC}"),
        ("koi8-r", -1.0, "ru bg"),
        ("koi8-u", -2.0, "uk ru be"),
        ("iso8859-5", -2.0, _RUSSIAN),
        ("cp866", -1.5, _RUSSIAN),
        ("cp1125", -4.0, "uk"),
        ("cp855", -3.5, _RUSSIAN),
        ("mac-cyrillic", -3.0, _RUSSIAN),
        ("kz1048", -5.0, "kk"),
        ("ptcp154", -6.0, "kk ky tt az-Cyrl uz-Cyrl"),
        ("koi8-t", -6.0, "tg"),
    ),
    "Grek": (
        ("cp1253", -1.0, "el"),
        ("iso8859-7", -1.0, "el"),
        ("cp737", -3.0, "el"),
        ("cp869", -5.0, "el"),
        ("mac-greek", -4.0, "el"),
    ),
    "Hebr": (
        ("cp1255", -1.0, "he yi"),
        ("iso8859-8", -1.5, "he"),
        ("cp862", -3.0, "he"),
        ("cp856", -5.0, "he"),
    ),
    "Arab": (
        ("cp1256", -1.0, _ARABIC),
        ("iso8859-6", -2.0, "ar"),
        ("cp720", -4.0, "ar"),
        ("cp864", -6.0, "ar"),
        ("cp1006", -7.0, "ur"),
    ),
    "Thai": (("cp874", -0.5, "th"),),
}

_TWO_BYTES = (
    ("cp932", -0.5, "ja"),
    ("shift_jis_2004", -5.0, "ja"),
    ("euc_jp", -0.7, "ja"),
    ("euc_jis_2004", -5.0, "ja"),
    ("gb18030", -0.3, "zh-Hans zh-Hant"),
    ("big5", -0.5, "zh-Hant zh-Hans"),
    ("cp950", -1.0, "zh-Hant zh-Hans"),
    ("big5hkscs", -3.0, "zh-Hant zh-Hans"),
    ("cp949", -0.5, "ko"),
    ("johab", -4.0, "ko"),
)

ONE_BYTE: tuple[Usage, ...] = tuple(
    Usage(name, prior, script, frozenset(languages.split()))
    for script, rows in _ONE_BYTE.items()
    for name, prior, languages in rows
)
TWO_BYTES: tuple[Usage, ...] = tuple(
    Usage(name, prior, "Hani", frozenset(languages.split()))
    for name, prior, languages in _TWO_BYTES
)
USAGES = ONE_BYTE + TWO_BYTES
USAGE_OF = {usage.name: usage for usage in USAGES}

# Asked for only where the blanks are those of EBCDIC.
EBCDIC: tuple[Usage, ...] = tuple(
    Usage(name, prior, script, frozenset(languages.split()))
    for name, prior, script, languages in (
        ("cp037", 0.0, "Latn", _WESTERN),
        ("cp500", -1.5, "Latn", _WESTERN),
        ("cp273", -1.0, "Latn", "de"),
        ("cp1140", -4.0, "Latn", _WESTERN),
        ("cp1026", -3.0, "Latn", "tr"),
        ("cp875", -3.0, "Grek", "el"),
        ("cp424", -3.0, "Hebr", "he yi"),
    )
)

OTHERS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "utf-7",
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_2004",
    "iso2022_jp_ext",
    "iso2022_kr",
    "hz",
    *(usage.name for usage in EBCDIC),
)
"""Known by their form and not by statistics alone."""

# Narrower encodings, and the wider ones that read the same and more. The narrowest one that
# reads the input alike is named.
NARROWER = {
    "cp1252": ("iso8859-1",),
    "iso8859-15": ("iso8859-1",),
    "cp1254": ("iso8859-1", "iso8859-9"),
    "cp1255": ("iso8859-8",),
    "cp1253": ("iso8859-7",),
    "cp858": ("cp850",),
    "koi8-u": ("koi8-r",),
    "cp1125": ("cp866",),
    "cp874": ("tis-620",),
    "gb18030": ("gb2312", "gbk"),
    "big5hkscs": ("big5", "cp950"),
    "cp950": ("big5",),
    "cp949": ("euc_kr",),
    "cp932": ("shift_jis",),
    "shift_jis_2004": ("shift_jis", "cp932"),
    "euc_jis_2004": ("euc_jp",),
}

NAMES: tuple[str, ...] = tuple(
    sorted(
        {*OTHERS, *(usage.name for usage in USAGES), *(n for ns in NARROWER.values() for n in ns)}
    )
)
"""All encodings that detection can name, as Python names them."""


def narrowest(data: bytes, encoding: str) -> str:
    """Return the narrowest usual encoding in which ``data`` is the same text."""
    narrower = NARROWER.get(encoding, ())
    return next((name for name in narrower if _reads_alike(data, name, encoding)), encoding)


def _reads_alike(data: bytes, narrow: str, wide: str) -> bool:
    if wide not in _OF_TWO_BYTES:
        return not data.translate(None, _alike(narrow, wide))
    text = data.decode(wide, "replace")
    if "\ufffd" not in text:
        try:
            return data.decode(narrow) == text
        except UnicodeDecodeError:  # early, as a rule
            return False
    return data.decode(narrow, "replace") == text


_OF_TWO_BYTES = frozenset(usage.name for usage in TWO_BYTES)


@cache
def _alike(narrow: str, wide: str) -> bytes:
    """Return the bytes that two one-byte encodings read alike."""
    each = (bytes([value]) for value in range(256))
    return b"".join(e for e in each if e.decode(narrow, "replace") == e.decode(wide, "replace"))
