"""F111: an accent beside its letter, as PDFs give it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repair.rules.invisible.around import unless_code
from repair.types import Document, Example, Finding, Rule, Safety

# Accents as characters of their own, with the mark that each stands for.
MARK = {
    "\xa8": "\u0308",
    "\xaf": "\u0304",
    "\xb4": "\u0301",
    "\xb8": "\u0327",
    "\u02c6": "\u0302",
    "\u02c7": "\u030c",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u02da": "\u030a",
    "\u02db": "\u0328",
    "\u02dc": "\u0303",
    "\u02dd": "\u030b",
}
LETTER = "A-Za-z\u0131"
# Begins with the accents, which is what is met least.
BESIDE = f"([{''.join(MARK)}])(?<=([{LETTER}]).)(?=([{LETTER}]))"

# Of what they make, only what many write: not ẗ or ẍ; nor ũ or ņ, or Mu˜noz and Fran¸cois would
# be in doubt.
USUAL = frozenset("äëïöüÿáéíóúýāēīōūçşţâêîôûčďěňřšťžăğżėåůąęįųãñõőű")
# xˆi is a power in a listing of a program; rˆole is a word.
SHORTEST = 4

ACUTE = "\xb4"
# Without its dot an i waits for an accent.
DOTLESS = "\u0131"


def find(document: Document) -> Iterator[Finding]:
    """Yield each accent between two letters, with the one that it belongs to."""
    for match in re.finditer(BESIDE, document.text):
        accent, before, after = match.groups()
        right = _accented(after, accent)
        left = "" if after == DOTLESS else _accented(before, accent)
        start, end = match.span()
        if accent == ACUTE:
            yield from _acute(start, end, right)
        elif right and not left:
            sure = _letters_around(document.text, start, end) >= SHORTEST
            safety = unless_code(document, Safety.SAFE if sure else Safety.LIKELY)
            yield Finding("F111", start, end + 1, right, safety, 0.98 if sure else 0.7)
        elif left and not right:
            safety = unless_code(document, Safety.LIKELY)
            yield Finding("F111", start - 1, end, left, safety, 0.95)
        elif right:
            note = f"{left}{after} or {before}{right}"
            yield Finding("F111", start, end + 1, right, Safety.SHOW, 0.5, note)


def _letters_around(text: str, start: int, end: int) -> int:
    """Count the letters of the word, of which no more than some matter."""
    before = re.search(f"[{LETTER}]*$", text[max(start - SHORTEST, 0) : start])
    after = re.match(f"[{LETTER}]*", text[end : end + SHORTEST])
    return sum(len(match[0]) for match in (before, after) if match)


def _acute(start: int, end: int, right: str) -> Iterator[Finding]:
    """Many write it for an apostrophe (it´s, dell´arte), so what it was is not known."""
    if right:
        yield Finding("F111", start, end + 1, right, Safety.SHOW, 0.5, "or an apostrophe")


def _accented(letter: str, accent: str) -> str:
    base = "i" if letter == DOTLESS else letter
    # Canonical mappings of Unicode 3.0, which may never change
    both = unicodedata.normalize("NFC", base + MARK[accent])
    return both if both.lower() in USUAL else ""


RULE = Rule(
    code="F111",
    name="accent-beside-letter",
    summary="An accent stands beside the letter that should carry it.",
    why=(
        "Old fonts of TeX print a letter and its accent one after the other, and a PDF gives "
        "them back so: Schr¨odinger, Erd˝os. Between two letters of which only the one behind "
        "can carry it, nothing else can be meant. The acute is shown only: many use it for an "
        "apostrophe, as in it´s."
    ),
    safety=Safety.SAFE,
    trigger=BESIDE,
    find_in=find,
    examples=(
        Example("Schr¨odinger", "Schrödinger"),
        Example("Erd˝os", "Erdős"),
        Example("Tha¨\u0131s", "Thaïs", "on a letter without its dot"),
        Example("Mu˜noz", "Muñoz"),
        Example("plays the same rˆole", "plays the same rôle"),
        Example("Schro¨dinger", "Schrödinger", "behind its letter"),
        Example("it¨s", "it¨s", "neither can carry it"),
        Example("rock ´n´ roll", "rock ´n´ roll", "an acute for an apostrophe"),
        Example("a ¨ b", "a ¨ b", "not between letters"),
        Example("4˚C", "4˚C", "degrees"),
    ),
)
