"""I105: a word joiner inside a word, where no line could break anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import SPACED, is_code, unless_code
from repair.types import Document, Example, Finding, Kind, Rule, Safety

IN_WORD = f"(?<=[{SPACED}])[\u2060-\u2064]+(?=[{SPACED}])|(?<=[{SPACED}])\u2060+(?=\\s|$)"
ANY = "[\u2060-\u2064]+"

# 2\u2062x and f\u2061x: mathematics writes products and functions with these.
MATHEMATICS = "[\u2061-\u2064]"


def find(document: Document) -> Iterator[Finding]:
    """Yield word joiners between letters; in source code, all invisible operators too."""
    in_word = re.compile(IN_WORD)
    for match in re.finditer(ANY, document.text):
        inside = in_word.match(document.text, match.start())
        if is_code(document) and not inside:
            yield Finding("I105", *match.span(), None, Safety.SHOW, 1.0, "in source code")
        elif inside and (is_code(document) or not re.search(MATHEMATICS, match[0])):
            note = "in source code: two names may look alike" if is_code(document) else ""
            safety = unless_code(document, Safety.SAFE)
            yield Finding("I105", *match.span(), "", safety, 1.0, note)


RULE = Rule(
    code="I105",
    name="word-joiner-in-word",
    summary="A word joiner stands inside a word, where it has no effect.",
    why=(
        "U+2060 forbids a line break. Between two letters there is none to forbid: it was put "
        "there by a program, to mark a text or to hide a word from a filter. Beside dashes, "
        "slashes and spaces it is in use."
    ),
    safety=Safety.SAFE,
    trigger="[\u2060-\u2064]",
    find_in=find,
    examples=(
        Example("exam\u2060ple", "example"),
        Example("the end\u2060\n", "the end\n", "before a space or a new line neither"),
        Example("is\u2062Admin()", "isAdmin()", "invisible times in a name", Kind.CODE),
        Example("Berlin\u2060–\u2060Bonn", "Berlin\u2060–\u2060Bonn", "around a dash"),
        Example("2\u2062x", "2\u2062x", "a product"),
        Example("f\u2061x", "f\u2061x", "a function and its argument"),
    ),
)
