r"""E107: \\u00e9 in a string of JSON, where \u00e9 was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.escapes.confidence import LIKELY
from repair.rules.escapes.readable import from_units, is_word
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_UNIT = r"\\\\(?:\\\\)*u[0-9A-Fa-f]{4}"
RUN = pattern(rf"(?<!\\)(?:{_UNIT})+")
# It takes a string that is not closed as well, or a text full of quotes would be read anew at each.
_STRING = pattern(r'"((?:[^"\\\n]|\\.)*)("?)')
_DOUBLED = pattern(r"\\{2,}u")
# JSON or code within the string: there the escape is one of its own.
_NESTED = pattern(r'\\"|[{}\[\]=|<>]|\\n|\\[wdsb]|/\*')


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each run in a string that holds prose."""
    if document.kind is not Kind.DATA:
        return
    for string in _STRING.finditer(document.text):
        if not string[2] or "\\\\u" not in string[1] or _NESTED.search(_DOUBLED.sub("", string[1])):
            continue
        for match in RUN.finditer(document.text, *string.span(1)):
            new = from_units([int(unit[-4:], 16) for unit in re.findall(_UNIT, match[0])])
            beside = document.text[match.start() - 1] + document.text[match.end()]
            known = new is not None and not new.isascii() and is_word(new)
            if new is not None and known and (len(new) > 1 or any(map(str.isalpha, beside))):
                cure = _DOUBLED.sub(r"\\u", match[0])
                note = f"a doubled backslash: the string has an escape in place of {new}"
                yield Finding("E107", *match.span(), cure, Safety.SHOW, LIKELY, note)


RULE = Rule(
    code="E107",
    name="doubled-escape",
    summary="A string of JSON or YAML has an escape of an escape.",
    why=(
        "Text that was already escaped and is written as JSON once more has \\\\u00e9, which "
        "reads as the six characters \\u00e9 and not as é. Shown only where a string holds prose: "
        "where it holds JSON, a pattern or code, the inner escape is one of its own. Never "
        "applied, because the file is read by programs that may expect it."
    ),
    safety=Safety.SHOW,
    trigger=r"\\\\u[0-9A-Fa-f]{4}",
    kinds=(Kind.DATA,),
    find_in=find,
    examples=(
        Example(r'{"a": "caf\\u00e9 noir"}', r'{"a": "caf\u00e9 noir"}', kind=Kind.DATA),
        Example(r'{"a": "caf\u00e9 noir"}', r'{"a": "caf\u00e9 noir"}', "right", Kind.DATA),
        Example(
            r'{"a": "[\\u4e00-\\u9fff]"}', r'{"a": "[\\u4e00-\\u9fff]"}', "a pattern", Kind.DATA
        ),
        Example(
            r'{"a": "{\"b\": \"caf\\u00e9\"}"}',
            r'{"a": "{\"b\": \"caf\\u00e9\"}"}',
            "JSON in a string of JSON",
            Kind.DATA,
        ),
        Example(r'{"a": "caf\\u00e9', r'{"a": "caf\\u00e9', "a string without end", Kind.DATA),
        Example(r'{"a": "use \\u00e9"}', r'{"a": "use \\u00e9"}', "in no word", Kind.DATA),
        Example(r'{"a": "C:\\udead"}', r'{"a": "C:\\udead"}', "a path", Kind.DATA),
    ),
)
