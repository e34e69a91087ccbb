"""I201: characters that reorder what is shown (Trojan Source)."""

from __future__ import annotations

from collections.abc import Iterator

from repair.kernel.sets import places
from repair.patterns import pattern
from repair.rules.invisible.around import is_code
from repair.types import Document, Example, Finding, Kind, Rule, Safety

NAMES = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate",
    "\u2069": "pop directional isolate",
}
OVERRIDES = "\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068"
EMBEDDINGS = "\u202a\u202b\u202d\u202e"

# A paragraph, where all of them end (UAX #9, P1 and X8).
PARAGRAPH = pattern("[\n\r\x1c-\x1e\x85\u2029]")


def find(document: Document) -> Iterator[Finding]:
    """Yield all controls of code; of other text overrides, and those without a partner."""
    paragraph: list[tuple[int, str]] = []
    for at in places(document.text, NAMES):
        if paragraph and PARAGRAPH.search(document.text, paragraph[-1][0], at):
            yield from _in_paragraph(paragraph, code=is_code(document))
            paragraph = []
        paragraph.append((at, document.text[at]))
    yield from _in_paragraph(paragraph, code=is_code(document))


def _in_paragraph(controls: list[tuple[int, str]], *, code: bool) -> Iterator[Finding]:
    alone = _without_partner(controls)
    for at, control in controls:
        if code or control in OVERRIDES or at in alone:
            note = NAMES[control]
            if at in alone:
                note += ", without its partner in the paragraph"
            if code:
                note += "; an error in source code"
            yield Finding("I201", at, at + 1, None, Safety.SHOW, 1.0, note)


def _without_partner(controls: list[tuple[int, str]]) -> set[int]:
    """Places of controls that open what is never closed, or close what was never opened."""
    open_: list[tuple[int, str]] = []
    isolates = 0
    alone: set[int] = set()
    for at, control in controls:
        if control in ISOLATES or control in EMBEDDINGS:
            open_.append((at, control))
            isolates += control in ISOLATES
        elif control == "\u202c":
            if open_ and open_[-1][1] in EMBEDDINGS:
                open_.pop()
            else:
                alone.add(at)
        elif isolates:
            while open_[-1][1] not in ISOLATES:  # the isolate ends embeddings inside it (X6a)
                alone.add(open_.pop()[0])
            open_.pop()
            isolates -= 1
        else:
            alone.add(at)
    return alone | {at for at, _ in open_}


RULE = Rule(
    code="I201",
    name="bidirectional-control",
    summary="An invisible character changes the order in which text is shown.",
    why=(
        "Embeddings, isolates and overrides let Hebrew and Arabic stand beside Latin. An "
        "override, or one that is opened and never closed, shows text in another order than "
        "programs read it: a file name that ends in exe seems to end in txt, and code seems to "
        "be a comment (Trojan Source, CVE-2021-42574). In prose those that come in pairs are "
        "left alone; in source code all are errors. What the writer meant is not known, so none "
        "is removed."
    ),
    safety=Safety.SHOW,
    trigger="[\u202a-\u202e\u2066-\u2069]",
    find_in=find,
    is_quick=True,
    examples=(
        Example("photo\u202egpj.exe", "photo\u202egpj.exe", "shown: ends in exe, seems to in jpg"),
        Example(
            "/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */",
            "/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */",
            "shown: the condition is in the comment",
            Kind.CODE,
        ),
        Example(
            "The title \u2067\u05e9\u05dc\u05d5\u05dd\u2069 is Hebrew.",
            "The title \u2067\u05e9\u05dc\u05d5\u05dd\u2069 is Hebrew.",
            "not shown: a pair in prose",
        ),
    ),
)
