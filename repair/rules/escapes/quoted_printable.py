"""E103: quoted-printable, a transfer encoding of mail, in text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

from repair.patterns import pattern
from repair.rules.escapes.confidence import GUESS, LIKELY, SURE
from repair.rules.escapes.context import Surroundings, surroundings
from repair.rules.escapes.readable import Reading, from_utf8, settled
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_KINDS = (Kind.TEXT, Kind.MARKDOWN)
_BREAK = r"=[ \t]*\r?\n"
_BYTE = "=[0-9A-F]{2}"
# A character of UTF-8; or a letter of Windows-1252 within a word in small letters: a value would
# rarely be followed so.
_LETTER = r"(?<=[a-z]=[C-F][0-9A-F])(?=[a-z]{2})"
SIGN = pattern(rf"=[C-F][0-9A-F](?:(?:{_BREAK})?=[89AB][0-9A-F]|{_LETTER})")
# Encoded bytes with the breaks of folded lines between them, or such a break alone.
UNIT = pattern(rf"{_BYTE}(?:(?:{_BREAK})?{_BYTE})*|{_BREAK}")
_OTHER = pattern(r"=(?![0-9A-F]{2}|[ \t]*\r?\n)")
_BLANK = pattern(r"\n[ \t]*\r?\n")
_DECLARED = pattern(r"[qQ](?i:uoted-printable)")
_NOT_HEX = pattern("[^0-9A-F]+")
# Fewer letters than this in a paragraph may be anything.
FEWEST_LETTERS = 2


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each encoded run of the paragraphs that have letters encoded."""
    if document.kind not in _KINDS or _DECLARED.search(document.text):
        return
    around = surroundings(document)
    readings: list[Reading] = []
    ends = [0]
    for match in SIGN.finditer(document.text):
        if match.start() >= ends[-1] and not around.is_right(*match.span()):
            low, high = _paragraph(document.text, ends[-1], match.end())
            readings += _in_paragraph(around, low, high)
            ends.append(high)
    for _, paragraph in groupby(
        settled(readings, document.text), lambda each: bisect_right(ends, each.start)
    ):
        yield from _findings(around, list(paragraph))


def _findings(around: Surroundings, readings: list[Reading]) -> Iterator[Finding]:
    """What stands in a paragraph is one: folds are repaired no sooner than letters."""
    guess = any(each.note == GUESSED for each in readings)
    safe = not guess and any(around.is_certain(each.text, *each[:2]) for each in readings)
    safety = Safety.SAFE if safe else Safety.LIKELY
    confidence = SURE if safe else GUESS if guess else LIKELY
    for start, end, new, note in readings:
        yield Finding("E103", start, end, new, safety, confidence, note)


def _paragraph(text: str, low: int, end: int) -> tuple[int, int]:
    """What lies between blank lines; ``low`` is where the one before ended."""
    for blank in _BLANK.finditer(text, low, end):
        low = blank.end()
    after = _BLANK.search(text, end)
    return low, after.start() if after else len(text)


def _in_paragraph(around: Surroundings, low: int, high: int) -> list[Reading]:
    """All that is encoded there, or where some of it is something else, only letters."""
    signs = [match[0] for match in SIGN.finditer(around.text, low, high)]
    throughout = not _OTHER.search(around.text, low, high)
    in_utf8 = any(len(sign) > len("=C3") for sign in signs)
    if not in_utf8 and (not throughout or len(signs) < FEWEST_LETTERS):
        return []
    units = list(UNIT.finditer(around.text, low, high))
    readings = [_reading(unit, around, in_utf8=in_utf8) for unit in units]
    found = [each for each in readings if each is not None]
    if throughout and len(found) == len(units):
        return found
    return [each for each in found if not each.text.isascii()]


def _reading(unit: re.Match[str], around: Surroundings, *, in_utf8: bool) -> Reading | None:
    start, end = unit.span()
    data = bytes.fromhex(_NOT_HEX.sub("", unit[0]))
    text = from_utf8(data) if in_utf8 else data.decode("cp1252", "replace")
    if text is None or around.is_in_encoded_word(start, end) or around.is_right(start, end):
        return None
    if len(text) == 1 and not text.isascii() and around.is_mention(start, end):
        return None
    return Reading(start, end, text, NAMED if in_utf8 else GUESSED)


NAMED = "quoted-printable"
GUESSED = "quoted-printable; of Windows-1252, where another code page is possible"

RULE = Rule(
    code="E103",
    name="quoted-printable",
    summary="Quoted-printable, a transfer encoding of mail, stands in text.",
    why=(
        "A message that was saved or imported without being decoded has =C3=A9 for é, and its "
        "long lines end in = where they were folded. In mail, known by its name or its first "
        "fields, in code, markup, JSON and catalogues nothing is looked for, nor in text that "
        "names quoted-printable anywhere. Elsewhere it takes a character of UTF-8, or two "
        "letters of Windows-1252 within words of small letters, for a paragraph to be damaged; "
        "and only if it has no other equals sign, its folds and encoded ASCII are decoded as "
        "well. Left alone is what stands in backticks, fenced blocks, addresses and lines of "
        "code, alone between quotes or brackets, in lines that speak of encodings, and in "
        "encoded words. A repair is applied by itself only to paragraphs with letters of "
        "UTF-8 within a word or beside each other, and only if nothing within 4,000 characters "
        "looks like code or markup or speaks of it."
    ),
    safety=Safety.SAFE,
    trigger=SIGN.pattern,
    kinds=_KINDS,
    find_in=find,
    examples=(
        Example("Le caf=C3=A9 est ouvert.", "Le café est ouvert."),
        Example("=E4=BD=A0=E5=A5=BD", "你好"),
        Example("Le caf=C3=A9 est tr=C3=\n=A8s =\nbon=20=\n.", "Le café est très bon .", "folded"),
        Example("1 + 1 =3D 2 caf=C3=A9s", "1 + 1 = 2 cafés", "ASCII beside it"),
        Example("r=E9sum=E9 h=F4tel =3D fin=20", "résumé hôtel = fin ", "Windows-1252"),
        Example("so a + b = 2 =3D caf=C3=A9", "so a + b = 2 =3D café", "not encoded throughout"),
        Example("mode=E9te", "mode=E9te", "one letter is not enough"),
        Example("x=E0 y=E9 z=C3", "x=E0 y=E9 z=C3", "values"),
        Example("It encodes caf=C3=A9", "It encodes caf=C3=A9", "about encodings"),
        Example('Write "=C3=A9" there', 'Write "=C3=A9" there', "mentioned"),
        Example("caf=c3=a9", "caf=c3=a9", "its digits are capitals"),
        Example("caf=C3=A9", "caf=C3=A9", "mail", Kind.DATA),
        Example("caf=C3=A9", "caf=C3=A9", "code", Kind.CODE),
        Example(
            "A quoted-printable text\n\ncaf=C3=A9",
            "A quoted-printable text\n\ncaf=C3=A9",
            "the text names it",
        ),
    ),
)
