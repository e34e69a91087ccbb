"""X102: a word that is all of one script and reads as a word of the script around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from repair.kernel import COMPILED, letters
from repair.patterns import pattern
from repair.rules.scripts.letters import LATIN, LONGEST, RARER, SCRIPTS_MEET, Words
from repair.rules.scripts.readings import Reading, is_known, is_of_one_case, reading_in
from repair.tables import ranges_of, script_of
from repair.tables.words import SCRIPTS
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Letters that look Latin, and Latin ones that look Cyrillic or Greek: supersets for a pattern,
# which the table then judges.
SEEMS_LATIN = (
    "\u037f\u0386\u0388\u038a\u038c\u038e\u0391\u0392\u0395-\u0397\u0399\u039a"
    "\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03aa-\u03ac\u03af\u03b1-\u03b3\u03b7"
    "\u03b9\u03ba\u03bd\u03bf\u03c1\u03c3\u03c5\u03ca-\u03cd\u03d0\u03d2-\u03d4\u03dc"
    "\u03f1-\u03f3\u03f7-\u03fa\u0400\u0401\u0405-\u0408\u0410\u0412\u0415\u041a"
    "\u041c-\u041e\u0420-\u0423\u0425\u042c\u0430\u0433\u0435\u043a\u043e\u0440\u0441"
    "\u0443\u0445\u0448\u0450\u0451\u0453\u0455-\u0458\u045b\u0461\u0474\u0475"
    "\u04aa\u04ab\u04ae\u04af\u04ba\u04bb\u04bd\u04bf\u04c0\u04cf-\u04d9\u04e6\u04e7"
    f"\u04f0\u04f1\u0501\u050c\u051a-\u051d{RARER}"
)
SEEMS_NATIVE = "ABCEHIJKMNOPQSTWXYZabcehijklopqrsuvwxy"
_NATIVE = "\u0370-\u03ff\u0400-\u052f"
_BETWEEN = r"[\W\d_]"

_LETTER = r"[^\W\d_]"
SHORTEST, SHORTEST_LATIN = 3, 4

# A word of three letters at least beside one of the script that it looks like. Begins with what
# ASCII lacks; inside words, where most letters stand, the first looks at neighbours fail.
SUSPECT = pattern(
    rf"[{_NATIVE}{RARER}](?:{_BETWEEN}{{1,3}}[{SEEMS_NATIVE}]{{3,}}(?!{_LETTER})"
    rf"|(?<=[{SEEMS_NATIVE}]{_BETWEEN}.)(?<=[{SEEMS_NATIVE}]{{2}}..)"
    rf"|(?<!{_LETTER}.)(?<=[{SEEMS_LATIN}])(?:(?<=[{LATIN}]{_BETWEEN}.)"
    rf"|(?<=[{LATIN}]{_BETWEEN}{{2}}.)|(?=[{SEEMS_LATIN}]{{2,}}{_BETWEEN}{{1,3}}[{LATIN}]))"
    rf"[{SEEMS_LATIN}]{{2,}}(?!{_LETTER}))"
)
_CANDIDATE = pattern(
    rf"(?<!{_LETTER})(?:[{SEEMS_LATIN}]{{{SHORTEST},{LONGEST}}}"
    rf"|[{SEEMS_NATIVE}]{{{SHORTEST},{LONGEST}}})(?!{_LETTER})"
)
_NEXT = pattern(rf"{_BETWEEN}{{1,3}}({_LETTER})")
_BEFORE = pattern(rf"({_LETTER}){_BETWEEN}{{1,3}}\Z")

_BITS = {
    "Latin": letters.LATIN,
    "Cyrillic": letters.CYRILLIC | letters.OTHER,
    "Greek": letters.GREEK | letters.OTHER,
}

CONFIDENCE = 0.5


def find(document: Document) -> Iterator[Finding]:
    """Yield words between those of another script that only make sense in that script."""
    text = document.text
    words = Words(text) if document.kind is Kind.CODE else None
    for start, end, around in places(text) if COMPILED else places_by_pattern(text):
        word = text[start:end]
        script = script_of(word[0])
        # Text in other scripts is full of Latin abbreviations: PEM, pyc, CMY.
        if script == "Latin" and len(word) < SHORTEST_LATIN:
            continue
        is_own = script in SCRIPTS and is_known(word, script)
        if is_own and words is None:
            continue
        reading = reading_in(word, around)
        if reading is not None and _means_it(word, reading, words, is_own=is_own):
            note = f"its letters are {script}, those around it {around}"
            yield Finding("X102", start, end, reading.word, Safety.SHOW, CONFIDENCE, note)


def places(text: str) -> Iterable[tuple[int, int, str]]:
    """Return where words seem to be of the script around them, and are not; with that script."""
    found = letters.seeming_words(text, _classes(), SHORTEST, LONGEST)
    return places_by_pattern(text) if found is None else found


def places_by_pattern(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the same; slower, and faster where nothing is compiled."""
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        script, around = script_of(match[0][0]), _script_around(text, start, end)
        if around in SCRIPTS and around != script and "Latin" in (script, around):
            yield start, end, around


def _script_around(text: str, start: int, end: int) -> str | None:
    """Return the script of the letters before and behind, if it is one."""
    before = _BEFORE.search(text, max(start - 4, 0), start)
    behind = _NEXT.match(text, end)
    scripts = {script_of(found[1]) for found in (before, behind) if found}
    return scripts.pop() if len(scripts) == 1 else None


@cache
def _classes() -> bytes:
    """Return what characters are for the kernel, by code point."""
    points = bytearray(4 * letters.CLASSED)
    points[::4] = bytes(range(0x100)) * 0x100
    points[1::4] = b"".join(bytes([high]) * 0x100 for high in range(0x100))
    everything = points.decode("utf-32-le", "surrogatepass")
    classes = bytearray(len(everything))
    for run in re.finditer(f"{_LETTER}+", everything):
        classes[slice(*run.span())] = bytes([letters.LETTER]) * len(run[0])
    for script, bits in _BITS.items():
        for start, end in ranges_of(script):
            for point in range(start, min(end + 1, len(classes))):
                classes[point] |= bits if classes[point] else 0
    for seems, bits in (
        (SEEMS_LATIN, letters.SEEMS_LATIN | letters.OTHER),
        (SEEMS_NATIVE, letters.SEEMS_NATIVE),
    ):
        for match in re.finditer(f"[{seems}]", everything):
            classes[match.start()] |= bits if classes[match.start()] else letters.ODD
    return bytes(classes)


def _means_it(word: str, reading: Reading, words: Words | None, *, is_own: bool) -> bool:
    """Whether the word is known, or stands in the code elsewhere, only as it seems."""
    if SCRIPTS_MEET.search(word) or not is_of_one_case(reading.word):
        return False  # X101 speaks of the former
    return (reading.known and not is_own) or (words is not None and reading.word in words)


RULE = Rule(
    code="X102",
    name="whole-word-of-another-script",
    summary="A word is all in letters of one script and reads as a word of the script around it.",
    why=(
        "Some words can be written wholly in look-alikes of another script (UTS 39 calls them "
        "whole-script confusables): \u0421\u0421\u0421\u0420 typed in Latin letters, or a name "
        "in a domain that is "
        "not the one it seems. Search and comparison miss it, and in source code two names that "
        "look the same are two. No letter in the word shows which is meant; only the words "
        "around it do, and the lists of known words: so it is shown, and never changed."
    ),
    safety=Safety.SHOW,
    trigger=SUSPECT.pattern,
    find_in=find,
    is_quick=COMPILED,
    examples=(
        Example(
            "The \u0440\u0430\u0443\u0440\u0430\u04cf login",
            "The paypal login",
            "all in Cyrillic",
        ),
        Example("\u0437\u0430\u043a\u043e\u043d\u044b ATOM \u0438 CCCP", "законы ATOM и СССР"),
        Example(
            "if role == \u0430\u0441\u0441: acc = 1",
            "if role == acc: acc = 1",
            "a name that the code has in Latin letters too",
            Kind.CODE,
        ),
        Example("The word роса is Russian", "The word роса is Russian", "a word of its own"),
        Example("в формате PEM или CMY", "в формате PEM или CMY", "an abbreviation"),
        Example("в формате MacCE", "в формате MacCE", "a name with capitals inside"),
        Example("в модели Hex\u0435", "в модели Hex\u0435", "not of one script: another rule"),
        Example("Он сказал: роса.", "Он сказал: роса.", "no letter of another script beside it"),
        Example("\u0391 \u043e\u0456\u0430", "\u0391 \u043e\u0456\u0430", "Greek beside Cyrillic"),
    ),
)
