"""Which lines could be damaged: neighbours that clean text seldom has, found in one scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from repair.patterns import pattern
from repair.rules.mojibake.blocks import WIDE, divided, narrowed
from repair.rules.mojibake.ideographs import odd_ideographs
from repair.rules.mojibake.ideographs import pattern as of_ideographs
from repair.types import Sight

_LETTER = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f"
_CYRILLIC, _OTHERS = "\u0400-\u04ff", "\u0370-\u0e7f"
_BOX = "\u2320\u2321\u2500-\u25ff"
# Of the symbols of code pages, those that no language has inside its words.
_SYMBOL = (
    "\xa1-\xb6\xb8-\xbf\xd7\xf7\u02c6-\u02dd\u201a\u201e\u2020-\u2022\u2030\u2039\u203a\u20a7\u20ac"
    f"\u2116\u2122\u2126-\u22ff\u2310\uf8ff\ufb01\ufb02{_BOX}"
)
_MARK = "\xa0-\xba\xbc-\xbf\u201a\u201e\u2020-\u2022\u2030\u2039\u203a\u20ac\u2116\u2122"
_LATIN = "\xa1-\xaa\xac-\xba\xbc-\u0385"
_FRENCH = "(?<=[\xe0-\xff])\xa0[:;?!\xbb]"
_MATHS = f"\u2030-\u22ff\u2310{_BOX}\uf8ff\ufb01\ufb02"
_FOREIGN = "\u0402-\u040f\u0452-\u045f\u0490\u0491"
_IDEOGRAPH = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uff9e-\uffee"

_CAPITAL = "".join(chr(code) for code in range(0x100, 0x180) if chr(code).isupper())

# Each begins with the second of two neighbours, and looks back for the first.
_PAIRS = (
    "(?<=[\x80-\x9f\ufffd\ue000-\uf8ff])",
    "(?<=[\xc2\xc3]) ",
    # ftfy's: what UTF-8 becomes in Western and Central European pages; not the same letter twice
    f"(?<=([{_LATIN}\u2018-\u2022{_MATHS}]))(?!\\1)(?!{_FRENCH})[\xa0-\u0385\u2013-\u2026{_MATHS}]",
    # nor the spaces of French marks and quotes
    f"(?<=[\xab\xbb])[{_LATIN}\u2013-\u2026{_MATHS}]",
    # scripts and letter cases mixed within a word
    f"(?<=[{_LETTER}][{_OTHERS}])",
    f"(?<=[{_OTHERS}])[{_LETTER}\xa1-\xaa\xac-\xba\xbc-\xff]",
    f"(?<=[{_OTHERS}])[{_SYMBOL}](?<![\xbb\u2116\u2122\xa0\xb0])[{_OTHERS}]",
    f"(?<=[a-z][\xc0-\xde{_CAPITAL}])(?<!Mc.)",
    "(?<=[\u0430-\u045f][\u0400-\u042f])",
    "(?<=[\u03ac-\u03ce][\u0386-\u03a9])",
    f"(?<=[{_LETTER}][{_SYMBOL}])[a-z\xdf-\xff]",
    f"(?<=[{_BOX}])[A-Za-z\xa1-\u04ff]",
    f"(?<=[A-Za-z\u0400-\u04ff][{_BOX}])",
    f"(?<=[\u0412-\u0414\u0420-\u0423])[{_MARK}{_FOREIGN}](?<!\u0421\u0458)",
    # E2 as cp1251 has it, and what may follow, where one byte of that may be lost
    f"(?<=\u0432)[{_MARK}{_FOREIGN}](?=[{_MARK}{_FOREIGN}\x98?\ufffd])",
    f"(?<=\u0432)[{_MARK}\u0402](?<!\xa0)(?= )",
    "(?<=[\u2013\u2014])[^\\s\x00-\x7f][\u2013\u2014]",
    # letters of another script alone between words, or what DOS has for Western ones
    f"(?<=[a-z] [{_CYRILLIC}{_IDEOGRAPH}]) [a-z]",
    f"(?<=[{_CYRILLIC}][^\x00-\x7f])[a-z]",
    "(?<=[A-Za-z][\uff61-\uff9f])",
    "(?<=[\uff61-\uff9f])[a-z]",
    "(?<=[A-Za-z][\u4e00-\u9fff\ucc3c-\ucd08\ud640-\ud6ff]) ",
    "(?<=[a-z][\u0192\u2018\u201a\u201c-\u201e\u2039\u02c6])[a-z]",
    # what other pages have for one letter of a Latin word, mostly its last or first
    "(?<=[a-z][\xa1-\xa3\xa5\xa7\xa8\xaa\xac\xaf\xb8\xbf\u02c6\u02d8-\u02dd\u2017\u2020\u2021\u2030])",
    "(?<=[a-z][\u201a\u201e\u207f\u2219\u221a\u221e\u2260-\u2265])",
    "(?<=[bcdfgj-np-tvwxz\n ][\xdf])[a-z ]",
    "(?<=[bcdfgj-np-tvwxz]\u013e)",
    "(?<=[ (\x22'][\xaa\xac\xa8\xb4\xb8\u02c6\u02d8-\u02dd\u2020\u2021\u2030\u201a])[a-z]",
    f"(?<=[a-z][{_IDEOGRAPH}])[!-/:;?]",
    f"(?<=[a-z] [{_IDEOGRAPH}])[a-z]",
    "(?<=\u0413)[\u0401\u0451](?![\u0400-\u04ff])",
    # marks of Hebrew and Thai without a letter to stand on
    "(?<=[\x20-\x7e][\u05b0-\u05bd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])",
    # Polish and Hungarian as Western pages show them
    "(?<=[a-z]{2}[\xb9\xb3])",
    "(?<=\u0153)[bcghjkpvwz]",
    # words that begin with a rare capital
    "(?<=[\u040c\u0403][\u0430-\u044f])",
    "(?<=[\u013a\u0155])",
    # Thai that is UTF-8, and quotes among Thai
    "(?<=\u0e40)[\u0e18\u0e19][^\\s]{1,2}\u0e40[\u0e18\u0e19]",
    "(?<=\u0e42)\u20ac",
    # kana of half width beside ideographs, or as EUC-JP makes them of wide ones
    "(?<=\uff64)[\uff61-\uff9f]\uff64",
    "(?<=[\uff61-\uff9f])[\u3041-\u9fff]",
    "(?<=[\u3041-\u9fff][\uff61-\uff9f])",
    f"(?<=[{_IDEOGRAPH}])[\xa1-\u04ff]",
    f"(?<=[A-Za-z][{_IDEOGRAPH}\uff61-\uff9f])[{_IDEOGRAPH}\uff61-\uff9f]?[a-z]",
)
# Letters of two languages that are never met on a line, by what one page shows for the other; the
# rarer ones first, and a letter that these do not stand before.
_FAR = (
    ("\xfe\xf0\xfd", "\xe0\xe2\xe7\xe8\xea\xeb\xec\xee\xef\xf1\xf2\xf5\xf8\xf9\xfb\xfc\xe3", ""),
    ("\u0161\u017e\xfd\xed", "\xf2\xf8\xf9\xec\xef\xe8", ""),
    ("\xb9\xb3", "\xea\xe6\xf1", ""),
    ("\xf5\xfb", "\xe1\xe9\xed\xf3\xfa", "e"),
    ("\u0105\u013e\u0155", "\u011b\u0159\u016f\xe9\xe8\xe7\xf4\xee", ""),
    (
        "\u0402\u0403\u0409-\u040c\u040e\u040f\u0452\u0453\u0459-\u045c\u045f",
        "\u044a\u044b\u044d",
        "",
    ),
)


def _far(one: str, other: str, behind: str) -> tuple[str, str]:
    unless = f"(?!{behind})" if behind else ""
    return (
        f"(?<=[{one}]){unless}[^\n]{{0,60}}[{other}]",
        f"(?<=[{other}])[^\n]{{0,60}}[{one}]{unless}",
    )


# Two small letters of one of these scripts are as they should be: most of their texts is done
# with at once. (Ideographs are looked at for themselves.)
_PLAIN = (
    "\u03ac-\u03ce\u0430-\u044f\u0561-\u0587\u05d0-\u05ea\u0620-\u064a\u0900-\u0dff"
    "\u10d0-\u10ff\u3041-\u30fe\u4e00-\u9fff\uac00-\ud7a3"
)
BEYOND = f"(?![{_PLAIN}][{_PLAIN}])[^\x00-\x7f]"

# Words in capitals may be words in small letters of another page, but are common.
_CAPITALS = "(?<=[\u0410-\u042f]{4} [\u0410-\u042f])[\u0410-\u042f]"
# What is in them that one word alone has not.
_CAPITALS_MEET = "(?<=[\u0410-\u042f] [\u0410-\u042f])[\u0410-\u042f]"

_FAR_LETTERS = tuple(one for pair in _FAR for one in _far(*pair))
_RARER = f"[{''.join(rarer for rarer, *_ in _FAR)}]"
_ODD = (*_PAIRS, *_FAR_LETTERS)
ODD = "|".join(_ODD)
# What is odd in itself, and ideographs, which may be: see ``ideographs.py``.
TRIGGER = f"{BEYOND}(?:{ODD}|{_CAPITALS})|[{_IDEOGRAPH}]{{2}}"


def _odd_pair(plain: str, odd: Iterable[str]) -> re.Pattern[str]:
    # Begins with a class of characters, that ASCII is passed over.
    return re.compile(f"[^\x00-\x7f](?!(?<=[{plain}])[{plain}])(?:{divided(odd)})")


def _narrow_trigger() -> re.Pattern[str]:
    beyond, *odd = narrowed([BEYOND, *_ODD])
    return re.compile(f"{beyond}(?:{'|'.join(odd)}|{_CAPITALS})")


# These take longer to compile than all other patterns of the rules together, and those for lines
# of which nothing is wide a third of it.
_TRIGGERS = cache(lambda: re.compile(TRIGGER)), cache(_narrow_trigger)
_ODD_PAIRS = (
    cache(lambda: _odd_pair(_PLAIN, _ODD)),
    cache(lambda: _odd_pair(narrowed([_PLAIN])[0], narrowed(_ODD))),
)

_TWO_CAPITALS, _RARER_LETTERS = pattern(_CAPITALS), pattern(_RARER)
_FAR_PAIRS = pattern("|".join(_FAR_LETTERS))
_HAS_PAIR = pattern(f"[{_IDEOGRAPH}]{{2}}")

# Of so many characters of a damaged line, one at the least is odd where ideographs came of damage:
# of 5,005 lines that come out right one has fewer. Only those from U+0800 on count.
EACH = 48
_FROM_0800 = pattern("[^\x00-\u07ff]")

# Longer lines are judged in parts, cut at spaces: a word is judged by its neighbourhood.
MOST = 600
# Where nothing ASCII comes before, they end after so many.
LONGEST = 10 * MOST
_ASCII, _BEYOND_ASCII = pattern("[\x00-\x7f]"), pattern("[^\x00-\x7f]")


def parts(text: str, places: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, str]]:
    """Yield the lines, or parts of long ones, that may look damaged, and where they begin.

    ``places`` are lines among which all of them are, if that is known. ``is_suspect`` tells for
    sure.
    """
    for first, last in ((0, len(text)),) if places is None else places:
        at = first
        if places is not None and last - first <= MOST:
            yield first, text[first:last]
            continue
        trigger = _TRIGGERS[not WIDE.search(text, first, last)]()
        while match := trigger.search(text, at, last):
            start, end = part_around(text, match.start(), at)
            yield start, text[start:end]
            at = end


def parts_beyond_ascii(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of all lines, or parts of long ones, that have anything beyond ASCII."""
    at = 0
    for line in text.split("\n"):
        last = at + len(line)
        if len(line) > MOST:
            while match := _BEYOND_ASCII.search(text, at, last):
                start, at = part_around(text, match.start(), at)
                yield start, at
        elif not line.isascii():
            yield at, last
        at = last + 1


def is_suspect(line: str) -> bool:
    """Tell whether a line could be damaged."""
    is_wide = WIDE.search(line)
    if _ODD_PAIRS[not is_wide]().search(line) or _TWO_CAPITALS.search(line):
        return True
    return bool(is_wide and _HAS_PAIR.search(line)) and _are_dense(line)


def _are_dense(line: str) -> bool:
    """Tell whether so many ideographs are odd that it is no accident."""
    found = odd_ideographs(line)
    return bool(found) and EACH * len(found) >= len(_FROM_0800.findall(line))


def suspicions(line: str) -> int:
    """Count the places where a line looks damaged."""
    return len(odd_places(line))


def odd_places(line: str) -> list[tuple[int, int]]:
    """Return the places where a line looks damaged."""
    places = odd_pairs(line)
    if WIDE.search(line) and _HAS_PAIR.search(line):
        places += odd_ideographs(line)
    return places


def odd_pairs(line: str) -> list[tuple[int, int]]:
    """Return those of them that are odd in themselves."""
    odd_pair = _ODD_PAIRS[not WIDE.search(line)]()
    return [match.span() for match in odd_pair.finditer(line)]


def has_odd_letters(line: str) -> bool:
    """Tell whether letters are odd of which each is as usual where it stands.

    Words in capitals may be such in small letters of another page; and letters of two languages
    are never met on a line.
    """
    if _TWO_CAPITALS.search(line):
        return True
    return bool(_RARER_LETTERS.search(line) and _FAR_PAIRS.search(line))


def part_around(text: str, place: int, least: int = 0) -> tuple[int, int]:
    """Return the bounds of the line around ``place``, or of a part of it, not before ``least``.

    Long lines are cut at spaces, if need be beside other ASCII: what stands on both sides of that
    is not torn apart.
    """
    start = max(text.rfind("\n", least, place) + 1, least)
    if place - start > MOST:
        nearest = place - MOST // 2
        space = text.rfind(" ", place - MOST, nearest) + 1
        other = None if space else _ASCII.search(text, place - MOST, nearest)
        start = space or (other.start() if other else nearest)
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    if end - start > 2 * MOST:
        least = max(start + MOST, place + 1)
        space = text.find(" ", least, start + 2 * MOST)
        if space < 0:
            other = _ASCII.search(text, least, start + LONGEST)
            space = other.start() if other else min(start + LONGEST, end)
        end = space
    return start, end


def sight() -> Sight:
    """Return patterns for what is odd in itself, and for the ideographs that are suspicious."""
    return Sight(f"{BEYOND}(?:{ODD}|{_CAPITALS_MEET})", of_ideographs(), EACH, MOST)
