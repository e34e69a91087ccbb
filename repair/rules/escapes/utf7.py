"""E106: UTF-7 that was read as ASCII."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.escapes.confidence import LIKELY
from repair.rules.escapes.context import surroundings
from repair.rules.escapes.readable import is_readable
from repair.types import Document, Example, Finding, Kind, Rule, Safety

RUN = pattern(r"\+([A-Za-z0-9/][A-Za-z0-9+/]{2,})(?:-|(?![A-Za-z0-9+/-]))")
_BITS_OF_UNIT, _BITS_OF_DIGIT, _BITS_OF_BYTE = 16, 6, 8

# Scripts that a run may be in, by blocks; those of Indic writing and its neighbours are one each.
_SCRIPTS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((0xC0, 0x24F),),
    ((0x370, 0x3FF),),
    ((0x400, 0x52F),),
    ((0x530, 0x58F),),
    ((0x590, 0x5FF),),
    ((0x600, 0x6FF),),
    *(((block, block + 0x7F),) for block in range(0x900, 0x1000, 0x80)),
    ((0x10A0, 0x10FF),),
    ((0xAC00, 0xD7AF), (0x3000, 0x303F)),
    ((0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xFF00, 0xFFEE)),
)
# Marks and spaces that go with all of them, and emoji.
_COMMON = (
    *((0x20, 0x7E), (0xA0, 0xBF), (0x200C, 0x200D), (0x2010, 0x203A), (0x20AC, 0x20AC)),
    (0x1F300, 0x1FAFF),
)
# A shorter run is as likely two words with + and - between them.
LONG = 8


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each run, if one of them at least cannot be anything else."""
    found: list[tuple[int, int, str]] = []
    certain = False
    around = surroundings(document)
    if document.kind not in (Kind.TEXT, Kind.MARKDOWN):
        return
    for match in RUN.finditer(document.text):
        new = _read(match[1])  # of most runs there is no reading, and what is around them is wide
        if new is None or around.is_right(*match.span()):
            continue
        if not (len(new) == 1 and around.is_mention(*match.span())):
            found.append((*match.span(), new))
            certain = certain or _is_certain(new, around.text, *match.span())
    if certain:
        for start, end, new in found:
            yield Finding("E106", start, end, new, Safety.LIKELY, LIKELY, "UTF-7 read as ASCII")


def _read(encoded: str) -> str | None:
    """The text of modified base64, which has no padding: what is left over must be nought."""
    if encoded == encoded.lower():
        return None
    spare = len(encoded) * _BITS_OF_DIGIT % _BITS_OF_UNIT
    if spare >= _BITS_OF_DIGIT:
        return None
    data = b64decode(encoded + "A" * (-len(encoded) % 4))
    size = len(encoded) * _BITS_OF_DIGIT // _BITS_OF_UNIT * 2
    if any(data[size:]):
        return None
    try:
        new = data[:size].decode("utf-16-be")
    except UnicodeDecodeError:
        return None
    return new if is_readable(new) and any(_is_in(new, script) for script in _SCRIPTS) else None


def _is_in(text: str, script: tuple[tuple[int, int], ...]) -> bool:
    blocks = (*script, *_COMMON)
    return all(any(low <= ord(each) <= high for low, high in blocks) for each in text)


def _is_certain(new: str, text: str, start: int, end: int) -> bool:
    """Letters that ASCII has not: many, or few of a Latin word in small letters."""
    if not any(character.isalpha() and not character.isascii() for character in new):
        return False
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    small = all(character.islower() and ord(character) < 0x250 for character in new)
    return end - start - 2 >= LONG or (small and beside.islower())


RULE = Rule(
    code="E106",
    name="utf-7",
    summary="UTF-7 was read as if it were ASCII.",
    why=(
        "UTF-7, an encoding of old mail, writes what is not ASCII as base64 between + and -. "
        "Words between these signs are common, so a run counts only if it decodes without "
        "rest to readable characters of one script, and none counts unless at least one in the "
        "text has eight digits, or letters within a word of small Latin letters. In code, "
        "markup, JSON and mail nothing is looked for; elsewhere runs are left alone in "
        "backticks, fenced blocks, addresses and lines of code, alone between quotes or "
        "brackets, and in lines that speak of encodings. It is applied on request only."
    ),
    safety=Safety.LIKELY,
    trigger=RUN.pattern,
    kinds=(Kind.TEXT, Kind.MARKDOWN),
    find_in=find,
    is_quick=True,
    examples=(
        Example("Le caf+AOk- est ouvert +ACE-", "Le café est ouvert !"),
        Example("+BB8EQAQ4BDIENQRC-, friend", "Привет, friend"),
        Example("+T2BZfQ- and +ZeVnLIqe-", "你好 and 日本語"),
        Example("SEX+AGE-1 and A+ABC-2", "SEX+AGE-1 and A+ABC-2", "a formula"),
        Example("caf+AOl- x", "caf+AOl- x", "something is left over"),
        Example("mh+debian-packages", "mh+debian-packages", "characters of several scripts"),
        Example("4.7.0+git20201010-2", "4.7.0+git20201010-2", "no capitals: a version"),
        Example("T+T2BZfQ-", "T+T2BZfQ-", "too short to be certain"),
        Example("`caf+AOk-`", "`caf+AOk-`", "in backticks"),
        Example("caf+AOk-", "caf+AOk-", "code", Kind.CODE),
    ),
)
