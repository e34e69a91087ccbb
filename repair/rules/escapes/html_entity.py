"""E101: an HTML entity in text that is not HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5, name2codepoint

from repair.patterns import pattern
from repair.rules.escapes.confidence import LIKELY, SURE
from repair.rules.escapes.context import Surroundings, candidates, surroundings
from repair.rules.escapes.readable import WINDOWS, Reading, from_units, settled
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_UNIT = r"&(?:amp;|#38;|#x26;)*(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});"
UNIT = pattern(_UNIT)
RUN = pattern(f"{_UNIT}(?:{_UNIT})*")  # begins with what is found fast

# Of the 2,125 names of HTML 5, those of HTML 4, and those of letters and ASCII marks: the others
# are symbols with names of words (&phone; &target;), which code uses for its variables; a few in
# HTML 4 are too, and count only beside others.
_LAST_LETTER = 0x530
_WORDS = frozenset(
    {"and", "ang", "cap", "cup", "empty", "exist", "image", "int", "lang", "not", "or", "part"}
    | {"prod", "prop", "rang", "real", "sub", "sum", "sup"}
)


def _is_known(name: str, text: str) -> bool:
    if name in name2codepoint or name == "apos":
        return True
    return len(text) == 1 and ord(text) < _LAST_LETTER and text.isprintable()


NAMES = {
    name[:-1]: text
    for name, text in html5.items()
    if name.endswith(";") and _is_known(name[:-1], text)
}
_APOSTROPHES = frozenset("'\u2019")


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each run of entities that can be read as a whole."""
    readings: list[Reading] = []
    around = surroundings(document)
    runs = RUN.finditer(document.text)
    for match, text in candidates(document, runs, (Kind.TEXT,), _read):
        if not around.is_among_tags(*match.span()):
            readings.append(Reading(*match.span(), text, _note(match[0])))
    for start, end, new, note in settled(readings, document.text):
        if len(new) > 1 or not around.is_mention(start, end):
            safe = around.is_certain(new, start, end) or _is_apostrophe(new, around, start, end)
            safety, confidence = (Safety.SAFE, SURE) if safe else (Safety.LIKELY, LIKELY)
            yield Finding("E101", start, end, new, safety, confidence, note)


def _read(match: re.Match[str]) -> str | None:
    units = _code_units(match[0])
    return None if units is None else from_units(units)


def _code_units(run: str) -> list[int] | None:
    """What each entity stands for; ``None`` if one of them is unknown.

    Numbers of C1 controls are bytes of Windows-1252, as in HTML 5.
    """
    units: list[int] = []
    for entity in UNIT.findall(run):
        body = entity[1:-1].rpartition(";")[2].removeprefix("&")
        if body.startswith("#"):
            number = int(body.replace("#", "0"), 16) if body[1] in "xX" else int(body[1:])
            units.append(ord(WINDOWS[number]) if 0x80 <= number < 0xA0 else number)
        elif body in NAMES and (body not in _WORDS or entity != run):
            units += map(ord, NAMES[body])
        else:
            return None
    return units


def _is_apostrophe(new: str, around: Surroundings, start: int, end: int) -> bool:
    """Between letters, where an apostrophe is part of the word."""
    before = around.text[start - 1 : start] if start else ""
    within = before.isalpha() and around.text[end : end + 1].isalpha()
    return new in _APOSTROPHES and within and around.is_plain(start, end)


def _note(run: str) -> str:
    entities = UNIT.findall(run)
    note = "HTML entity" if len(entities) == 1 else "HTML entities"
    return f"{note}, escaped again" if any(each.count(";") > 1 for each in entities) else note


RULE = Rule(
    code="E101",
    name="html-entity",
    summary="An HTML entity stands in text that is not HTML.",
    why=(
        "A program that takes text out of a page, a feed or a form without decoding it leaves "
        "é as &eacute; or &#233;, and one that escapes it again makes &amp;eacute; of that. "
        "Numbers from 128 to 159 are bytes of Windows-1252, as browsers read them; two halves of "
        "a surrogate pair are one character. In HTML, XML, Markdown, code, JSON, YAML, "
        "catalogues and mail, known by the name of the file or its beginning, entities are right "
        "and nothing is looked for. Elsewhere they are left alone near tags, in backticks, "
        "fenced blocks, addresses and lines of code, alone between quotes or brackets, and in "
        "lines that speak of HTML, escapes or encodings. Only names with a semicolon count: "
        "`a=b&copy=1` is a query. A repair is applied by itself only to letters within a word or "
        "beside each other and to an apostrophe between letters, and only if nothing within "
        "4,000 characters looks like code or markup or speaks of it."
    ),
    safety=Safety.SAFE,
    trigger=_UNIT,
    sight=lambda: "&[A-Za-z#]",
    kinds=(Kind.TEXT,),
    find_in=find,
    is_quick=True,
    examples=(
        Example("Le caf&eacute; est ouvert.", "Le café est ouvert."),
        Example("M&amp;uuml;ller &amp; S&amp;#246;hne", "Müller & Söhne", "escaped twice"),
        Example("Pages 10&#150;20, &#8220;all&#8221;", "Pages 10–20, “all”", "Windows-1252"),
        Example("&#20320;&#22909;", "你好"),
        Example("Good morning &#55357;&#56832;", "Good morning 😀", "halves of one character"),
        Example("&acirc;&#128;&#157; is a quote", "” is a quote", "UTF-8 was misread before"),
        Example("He said &quot;no&quot;.", 'He said "no".'),
        Example("<p>Le caf&eacute;</p>", "<p>Le caf&eacute;</p>", "HTML, by its tags"),
        Example("Le caf&eacute;", "Le caf&eacute;", "HTML, by its name", Kind.MARKUP),
        Example("&copy; 2020", "&copy; 2020", "Markdown has entities", Kind.MARKDOWN),
        Example('s = "caf&eacute;"', 's = "caf&eacute;"', "code", Kind.CODE),
        Example('{"a": "caf&eacute;"}', '{"a": "caf&eacute;"}', "what JSON holds", Kind.DATA),
        Example("Write `caf&eacute;` there.", "Write `caf&eacute;` there.", "in backticks"),
        Example('Type "&eacute;" for it.', 'Type "&eacute;" for it.', "mentioned"),
        Example("The entity caf&eacute;", "The entity caf&eacute;", "about entities"),
        Example("int *p = &beta;", "int *p = &beta;", "an address of C"),
        Example("call &phone; now", "call &phone; now", "no name of HTML 4"),
        Example("see &image; there", "see &image; there", "a word"),
        Example("see http://a.b/?q&lt;x", "see http://a.b/?q&lt;x", "in an address"),
        Example("go?a=b&copy=1", "go?a=b&copy=1", "without a semicolon"),
        Example("line&#10;feed&#13;", "line&#10;feed&#13;", "controls"),
    ),
)
