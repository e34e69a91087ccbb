"""X103: an identifier in source code whose scripts no language writes together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.scripts.letters import LONGEST, is_in_escape, language_script
from repair.rules.scripts.readings import is_name_with_ending, readings
from repair.tables import script_of
from repair.types import Document, Example, Finding, Kind, Rule, Safety

BEYOND_GREEK = pattern("[^\\x00-\u03ff]")
_BEYOND_ASCII = pattern(r"[^\x00-\x7f]")
_IDENTIFIER = pattern(r"[^\W\d][\w\u0300-\u036f]*")
_PART = pattern(r"[^\W\d_]+")
# UTS 39, section 5.2, level "highly restrictive": what Chinese, Japanese and Korean write
# together, also beside Latin.
_TOGETHER = (
    frozenset({"Han", "Hiragana", "Katakana"}),
    frozenset({"Han", "Bopomofo"}),
    frozenset({"Han", "Hangul"}),
)
# Level "moderately restrictive": one other script beside Latin, but none that looks like it;
# Greek does not count, for formulas in code have it beside all others.
_LOOK_LATIN = frozenset({"Cyrillic", "Cherokee", "Coptic", "Lisu"})


def find(document: Document) -> Iterator[Finding]:
    """Yield identifiers that are less than moderately restrictive; only in source code."""
    if document.kind is not Kind.CODE:
        return
    text = document.text
    for match in _identifiers(text):
        name = match[0]
        if name.isascii() or len(name) > LONGEST:
            continue
        scripts = {script_of(letter) for letter in name} - {None, "Greek"}
        if not _may_be_together(scripts) and not _is_explained(name, text, *match.span()):
            named = " and ".join(sorted(str(script) for script in scripts))
            yield Finding("X103", *match.span(), None, Safety.SHOW, 1.0, f"letters of {named}")


def _identifiers(text: str) -> Iterator[re.Match[str]]:
    """Yield the identifiers of the lines that have more than ASCII: those are few."""
    end = 0
    while beyond := _BEYOND_ASCII.search(text, end):
        start = text.rfind("\n", end, beyond.start()) + 1 or end
        end = text.find("\n", beyond.end())
        end = len(text) if end < 0 else end
        yield from _IDENTIFIER.finditer(text, start, end)


def _is_explained(name: str, text: str, start: int, end: int) -> bool:
    """Whether it is an escape, the ends of ranges, prose about a name, or for X101 to name."""
    return (
        is_in_escape(text, start)
        or "-" in (text[start - 1 : start], text[end : end + 1])
        or is_name_with_ending(name, language_script(text, start, end))
        or any(_has_look_alikes(part) for part in _PART.findall(name))
    )


def _may_be_together(scripts: set[str | None]) -> bool:
    others = scripts - {"Latin"}
    if len(others) < 2:
        return len(scripts) < 2 or not others & _LOOK_LATIN
    return any(others <= together for together in _TOGETHER)


def _has_look_alikes(part: str) -> bool:
    """Whether X101 speaks of it."""
    return len({script_of(letter) for letter in part}) > 1 and bool(readings(part, "Latin"))


RULE = Rule(
    code="X103",
    name="identifier-of-mixed-scripts",
    summary="An identifier in source code has letters of scripts that are not written together.",
    why=(
        "Whoever reads code cannot tell which letter of such a name is of which script, and no "
        "keyboard types them in one layout; most are accidents, and some are attacks. The rule "
        "asks for the level that Unicode calls moderately restrictive (UTS 39, section 5.2): one "
        "script, or Latin and one other that does not look like it, or what Chinese, Japanese "
        "or Korean write together. Greek beside Latin is let pass, for formulas have it."
    ),
    safety=Safety.SHOW,
    trigger=BEYOND_GREEK.pattern,
    kinds=(Kind.CODE,),
    find_in=find,
    examples=(
        Example(
            "get_\u0434\u0430\u043d\u043d\u044b\u0435()",
            "\u0067\u0065\u0074_данные()",
            kind=Kind.CODE,
        ),
        Example("\u540d\u524d\u0434\u0430 = 1", "\u540d\u524d\u0434\u0430 = 1", kind=Kind.CODE),
        Example("\u0067\u0065\u0074_данные()", "\u0067\u0065\u0074_данные()", "prose may name it"),
        Example("данные = 1; λx = data", "данные = 1; λx = data", "one script each", Kind.CODE),
        Example("Δt_max = 5", "Δt_max = 5", "Greek in formulas", Kind.CODE),
        Example("USBケーブル名 = 1", "USBケーブル名 = 1", "Japanese mixes them", Kind.CODE),
        Example("id_नाम = 1", "id_नाम = 1", "a script that does not look Latin", Kind.CODE),
        Example('"%dстрок\\nСтрока"', '"%dстрок\\nСтрока"', "placeholders, escapes", Kind.CODE),
        Example(
            "# новым Git\u043e\u043c сделано",
            "# новым Git\u043e\u043c сделано",
            "a comment",
            Kind.CODE,
        ),
        Example("[ա-ֆא-ת가-힣]", "[ա-ֆא-ת가-힣]", "ranges", Kind.CODE),
    ),
)
