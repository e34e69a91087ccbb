"""Simplified characters in traditional text and the reverse: the ``find`` of H201 and H202."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import chain

from repair.kernel import COMPILED, members
from repair.patterns import pattern
from repair.rules.farm.gate import look_at
from repair.rules.farm.letters import simplified_only
from repair.tables import hanzi
from repair.types import Finding, Safety

# With fewer characters that only one form of Chinese has, a text does not tell its own.
LEAST = 30
# Of such characters in manuals, messages and help, 0 to 0.4 in 1000 were of the other form
# (0.4 in LibreOffice's help in traditional Chinese); a page with many more is of both forms.
MOST_OTHERS = 0.02
# So many of the other form in a stretch between marks that has none of the text's own are a
# title or a quotation.
QUOTED = 3
# Hong Kong writes these simplified forms too.
_IN_HONG_KONG = "着兹叠"
CONFIDENCE = 0.5

_LINE = pattern("[^\r\n]+")
_STRETCH = pattern("[\u3400-\u9fff]+")
FOREIGN = (("\u3041", "\u30fa"), ("\u1100", "\u11ff"), ("\uac00", "\ud7a3"))
"""The first and the last of letters of Japanese and Korean."""
_OTHER_LANGUAGE = pattern(f"[{''.join(map('-'.join, FOREIGN))}]")


@cache
def traditional_only() -> frozenset[str]:
    """Return characters that simplified text does not use, in names either."""
    return frozenset(key for key, row in hanzi().items() if key not in row.simplified)


@cache
def simplified_outliers() -> frozenset[str]:
    """Return characters that traditional text does not use."""
    return simplified_only() - set(_IN_HONG_KONG)


def sight() -> str:
    """Return a pattern for texts that have characters of both forms."""
    one, other = "".join(sorted(simplified_outliers())), "".join(sorted(traditional_only()))
    return rf"\A(?=[\s\S]*[{one}])[\s\S]*[{other}]"


def count_plainly(text: str) -> tuple[int, int]:
    """Return how many characters only simplified and only traditional text has, on Chinese lines.

    Slower than in the kernel, and faster where nothing is compiled.
    """
    # Splitting costs half of what matching does, and mostly nothing comes of it.
    lines = text.replace("\r", "\n").split("\n")
    chinese = (line for line in lines if _STRETCH.search(line) and not _OTHER_LANGUAGE.search(line))
    counts = Counter("".join(chinese))
    return _count(counts, simplified_outliers()), _count(counts, traditional_only())


@cache
def classes() -> bytes:
    """Return what characters are for the kernel, by code point."""
    classes = bytearray(members.CLASSED)
    foreign = chain.from_iterable(range(ord(first), ord(last) + 1) for first, last in FOREIGN)
    for characters, bit in (
        (simplified_outliers(), members.ONE),
        (traditional_only(), members.OTHER),
        (map(chr, foreign), members.FOREIGN),
        ("\r\n", members.END),
    ):
        for character in characters:
            if ord(character) < members.CLASSED:
                classes[ord(character)] = bit
    return bytes(classes)


def _count(counts: Mapping[str, int], characters: Set[str]) -> int:
    return sum(counts[character] for character in counts.keys() & characters)


def find(text: str) -> Iterator[Finding]:
    """Yield characters of the form of Chinese that the text is not written in.

    Lines in Japanese or Korean, which have forms of their own, neither count nor are looked at.
    """
    counts = members.count_in_lines(text, classes()) if COMPILED else None
    simplified, traditional = counts or count_plainly(text)
    least, most = sorted((simplified, traditional))
    few = not least or most < LEAST
    if few or least > MOST_OTHERS * most or look_at(text) is not None:
        return
    if traditional > simplified:
        find_one, others, own = _simplified, simplified_outliers(), traditional_only()
    else:
        find_one, others, own = _traditional, traditional_only(), simplified_outliers()
    for line in _LINE.finditer(text):
        if _OTHER_LANGUAGE.search(line[0]):
            continue
        for stretch in _STRETCH.finditer(text, *line.span()):
            places = [at for at in range(*stretch.span()) if text[at] in others]
            if len(places) < QUOTED or not own.isdisjoint(stretch[0]):
                for at in places:
                    yield find_one(text[at], at, f"{most} characters against {least}")


def _simplified(character: str, at: int, counts: str) -> Finding:
    usual = _traditional_forms().get(character, "")
    note = f"the text is in traditional characters ({counts})"
    if len(usual) > 1:
        note += f"; it may stand for {' or '.join(usual)}"
    new = usual if len(usual) == 1 else None
    return Finding("H201", at, at + 1, new, Safety.SHOW, CONFIDENCE, note)


def _traditional(character: str, at: int, counts: str) -> Finding:
    usual = hanzi()[character].simplified[0]
    note = f"the text is in simplified characters ({counts})"
    return Finding("H202", at, at + 1, usual, Safety.SHOW, CONFIDENCE, note)


@cache
def _traditional_forms() -> dict[str, str]:
    """For each simplified character what it may stand for in traditional text."""
    forms: dict[str, str] = defaultdict(str)
    for character, row in hanzi().items():
        for simplified in row.simplified:
            if simplified != character:
                forms[simplified] += character
    return dict(forms)
