"""F105: Arabic letters in the forms of print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from repair.types import Document, Example, Finding, Rule, Safety

# Letters in one of their four shapes; not words such as U+FDFA, which are typed on purpose.
FORM = "\ufb50-\ufbb1\ufbd3-\ufbff\ufe80-\ufefc"
SIGNS = "[\u064b-\u065f\u0670]"
# A word of shapes; converters write a letter by itself as the letter, so those belong to it, with
# the vowel signs and the stroke that makes words longer.
WORD = f"[{FORM}\u0620-\u064a\u064b-\u065f\u0670-\u06d3]+"
FEWEST = 2
NAMES = {
    (False, False): "isolated",
    (True, False): "final",
    (False, True): "initial",
    (True, True): "medial",
}
LAM_AND_ALEF = "\ufef5\ufef6\ufef7\ufef8\ufef9\ufefa\ufefb\ufefc"
LAM, STROKE = "\u0644", "\u0640"


def find(document: Document) -> Iterator[Finding]:
    """Yield words that are written in shapes, in the order of reading or of print."""
    for match in re.finditer(WORD, document.text):
        word = match[0]
        if not re.search(f"[{FORM}]", word) or len(re.sub(SIGNS, "", word)) < FEWEST:
            continue
        # Compatibility mappings of Unicode 1.1 to 6.0, which may never change
        plain = unicodedata.normalize("NFKC", word)
        turned = unicodedata.normalize("NFKC", word[::-1])
        if _is_typed(word) or shaped(plain) == _apart(word):
            safety = Safety.SAFE if document.kind.is_prose else Safety.LIKELY
            yield Finding("F105", *match.span(), plain, safety, 1.0)
        elif shaped(turned) == _apart(word[::-1]):
            note = f"in the order of print; read the other way {turned}"
            yield Finding("F105", *match.span(), None, Safety.SHOW, 0.9, note)
        else:
            note = "the shapes do not follow from the letters"
            yield Finding("F105", *match.span(), plain, Safety.SHOW, 0.5, note)


def _is_typed(word: str) -> bool:
    """Some keyboards have a key for lam and alef that writes both as one shape."""
    return all(form in LAM_AND_ALEF for form in re.findall(f"[{FORM}]", word))


def _apart(word: str) -> str:
    """Write each plain letter as its shape where it stands by itself."""
    return "".join(_shapes().get((letter, "isolated"), letter) for letter in word)


@cache
def _shapes() -> dict[tuple[str, str], str]:
    """Shape of a letter, or of lam and alef, by its name in the data of Unicode."""
    shapes: dict[tuple[str, str], str] = {}
    for point in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        name, *targets = unicodedata.decomposition(chr(point)).split(" ")
        letters = "".join(chr(int(target, 16)) for target in targets)
        shapes.setdefault((letters, name[1:-1]), chr(point))
    return shapes


def shaped(word: str) -> str:
    """Return ``word`` as a program prints it that chooses a shape for each letter."""
    shapes = _shapes()
    out = _units(word)
    letters = [at for at, unit in enumerate(out) if not re.fullmatch(SIGNS, unit)]
    before = ""
    for at, following in zip(letters, [*letters[1:], None], strict=False):
        unit = out[at]
        after = "" if following is None else out[following]
        joined_before = _joins_next(before) and _joins_previous(unit)
        joined_after = _joins_next(unit) and _joins_previous(after)
        out[at] = shapes.get((unit, NAMES[joined_before, joined_after]), unit)
        before = unit
    return "".join(out)


def _units(word: str) -> list[str]:
    """Letters, lam and alef together."""
    units: list[str] = []
    for letter in word:
        if units and units[-1] == LAM and (LAM + letter, "isolated") in _shapes():
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _joins_next(unit: str) -> bool:
    return unit == STROKE or (unit, "initial") in _shapes()


def _joins_previous(unit: str) -> bool:
    return unit == STROKE or (unit, "final") in _shapes()


RULE = Rule(
    code="F105",
    name="arabic-presentation-forms",
    summary="An Arabic word is spelled in the shapes of print, not in letters.",
    why=(
        "An Arabic letter has up to four shapes, and a program chooses one when it prints. PDFs "
        "and programs that cannot print Arabic store the shapes, and no search finds the word. "
        "It is repaired where printing the letters gives exactly these shapes again, and where "
        "the only shapes are those of lam and alef, which some keyboards write with one key. "
        "Where they stand in the order of print, from left to right, whole lines must be turned, "
        "so that is only shown. Words that are one character, such as \ufdfa, are typed on "
        "purpose and left alone; in data and source code the shapes may be wanted by a program."
    ),
    safety=Safety.SAFE,
    trigger=f"[{FORM}]",
    find_in=find,
    examples=(
        Example("\ufee3\ufeae\ufea3\ufe92\ufe8e", "\u0645\u0631\u062d\u0628\u0627"),
        Example("\ufeb3\ufefc\ufee1", "\u0633\u0644\u0627\u0645", "lam and alef in one"),
        Example("\ufeb7\ufef2\ufe80", "\u0634\u064a\u0621", "with a letter that never joins"),
        Example("\ufebb\u0640\ufeea", "\u0635\u0640\u0647", "and the stroke"),
        Example(
            "\u0627\ufef7\u0648\u0644\u0649",
            "\u0627\u0644\u0623\u0648\u0644\u0649",
            "a key for two letters",
        ),
        Example("\ufb58\ufee0\ufeea", "\u067e\u0644\u0647", "with a letter of Persian"),
        Example(
            "\ufed7\ufeaa \u0627\ufedf\ufecc\ufeae\u0628",
            "\u0642\u062f \u0627\u0644\u0639\u0631\u0628",
            "as PDFs have it",
        ),
        Example("\ufee3 \ufee4 \ufee2", "\ufee3 \ufee4 \ufee2", "one by one, as in a table"),
        Example("\ufdfa \ufdf2", "\ufdfa \ufdf2", "words of one character"),
        Example("\u0645\u0631\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627", "letters"),
    ),
)
