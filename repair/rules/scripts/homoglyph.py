"""X101: a letter of another script that looks like the right one, inside a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from repair.patterns import pattern
from repair.rules.scripts.letters import (
    CACHED,
    SCRIPTS_MEET,
    Words,
    is_in_escape,
    language_script,
    mixed_words,
    runs_of,
)
from repair.rules.scripts.readings import (
    Reading,
    is_known,
    is_name_with_ending,
    is_of_one_case,
    readings,
)
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Shorter mixtures are often formulas and abbreviations.
SHORTEST = 4
# What stands in an address, a path, an identifier or a key is not for us to change.
_JOINED_BEFORE = pattern(r"[\w@/\\#=.$]\Z")
_JOINED_AFTER = pattern(r"[\w@/\\=]|[.:]\w|://")
_KEY = pattern(r"[\"']?\s?[:=]")
_ATTRIBUTE = pattern(r"\b(?:id|name|class|for|href|src)\s?=\s?[\"'][^\"'<>]*\Z", re.IGNORECASE)
_LONGEST_ATTRIBUTE = 100
# Latin text read in these code pages has Cyrillic and Greek letters for accented ones: voilà, in
# Cyrillic, ends like voila with a look-alike.
_CODE_PAGES = (("cp1251", "cp1252"), ("cp1251", "cp1250"), ("cp1253", "cp1252"))
# Greek letters that stand for quantities and units beside Latin ones.
_SYMBOLS = frozenset(
    "\u0393\u0394\u0398\u039b\u039e\u03a0\u03a3\u03a6\u03a8\u03a9"
    "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03c0"
    "\u03c1\u03c3\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9\u03d1\u03d5\u03d6\u03f1\u03f5"
)
# African and Berber languages are often typed with this letter of Greek in place of their own.
_GAMMA = "\u03b3"
# What is typed for the palochka of Caucasian languages, which keyboards lack.
_PALOCHKA = frozenset("Il")
MOST_NAMED = 3


def find(document: Document) -> Iterator[Finding]:
    """Yield words that are of one script once look-alikes are read as what they seem."""
    text = document.text
    words = Words(text)
    for start, end in mixed_words(text):
        word, language = text[start:end], language_script(text, start, end)
        best = _meant(word, language)
        if best is None or is_in_escape(text, start):
            continue
        safety = Safety.SHOW
        if not _is_name(text, start, end, document.kind):
            safety = _safety(word, language)
            if safety and not best.known and best.word not in words:
                safety = Safety.SHOW
        yield Finding("X101", start, end, best.word, safety, CONFIDENCE[safety], _note(word, best))


@lru_cache(CACHED)
def _meant(word: str, language: str | None) -> Reading | None:
    """Return what a word of several scripts was meant to be, if not what it is.

    ``language`` is the script of the text around it.
    """
    found = readings(word, language)
    if not found:
        return None
    best = _best(found, language)
    return None if best.word == word or _is_meant(word, language, best) else best


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether a word is part of an address or an identifier."""
    before = text[max(start - 1, 0) : start]
    return bool(_JOINED_BEFORE.match(before) or _JOINED_AFTER.match(text, end))


def _is_name(text: str, start: int, end: int, kind: Kind) -> bool:
    """Whether programs may know a word by this spelling."""
    if kind is Kind.DATA and _KEY.match(text, end):
        return True
    if kind is Kind.MARKUP:
        return _is_in_attribute(text[max(start - _LONGEST_ATTRIBUTE, 0) : start]) or _is_joined(
            text, start, end
        )
    return kind is Kind.CODE or _is_joined(text, start, end)


def _is_in_attribute(before: str) -> bool:
    quote = max(before.rfind('"'), before.rfind("'"))
    return quote > max(before.rfind("<"), before.rfind(">")) and bool(_ATTRIBUTE.search(before))


def _best(found: Sequence[Reading], language: str | None) -> Reading:
    """Return the likeliest reading: a known word, few letters changed, in the text's script."""
    return max(found, key=lambda r: (r.known, -r.changed, r.script == language))


def _is_meant(word: str, language: str | None, best: Reading) -> bool:
    """Whether people write it so: a formula, a name with an ending, a palochka."""
    if len(set(best.word.casefold())) == 1:  # a letter beside its look-alike: a table of both
        return True
    scripts = {script for script, _ in runs_of(word)}
    if scripts == {"Latin", "Greek"} and _is_formula(word, language, best):
        return True
    if best.script == "Cyrillic" and _has_palochka(word, best):
        return True
    return not best.known and is_name_with_ending(word, language)


def _has_palochka(word: str, best: Reading) -> bool:
    """Whether the look-alikes stand for a letter that looks like a capital in small words."""
    places = [place for place, letter in enumerate(word) if letter != best.word[place]]
    if any(word[place] not in _PALOCHKA for place in places):
        return False
    return not best.known or (places != [0] and not word.isupper())


def _is_formula(word: str, language: str | None, best: Reading) -> bool:
    """Whether Greek letters stand as symbols beside Latin ones: ΔT, σAR, kΩ, αx."""
    greek = {c for script, run in runs_of(word) if script == "Greek" for c in run}
    if not greek <= _SYMBOLS:
        return False
    if best.script == "Latin":
        is_word = is_of_one_case(best.word) and len(best.word) > (2 if best.known else 3)
        return not is_word or (not best.known and greek == {_GAMMA})
    shortest = {"Greek": 0, None: SHORTEST - 1}.get(language, SHORTEST)
    return len(word) < shortest


@lru_cache(CACHED)
def _misread(word: str) -> str | None:
    """Return the known word of which a wrong code page makes ``word``, if there is one."""
    for read_as, written_as in _CODE_PAGES:
        try:
            meant = word.encode(read_as).decode(written_as)
        except UnicodeError:
            continue
        if is_known(meant, "Latin"):
            return meant
    return None


def _is_two_words(word: str, language: str | None, best: Reading) -> bool:
    """Whether a space may be missing: \u0441lick in Russian text, where с is a word."""
    runs = runs_of(word)
    return (
        len(runs) == 2
        and len(runs[0][1]) == 1
        and runs[0][1].islower()
        and runs[0][0] == language
        and best.script == runs[1][0]
        and is_known(runs[1][1], best.script)
    )


def _has_index(word: str) -> bool:
    """Whether a capital hangs on a word, as in the names of variables: Массив\u0059."""
    return word[-1].isupper() and not word.isupper()


@lru_cache(CACHED)
def _safety(word: str, language: str | None) -> Safety:
    """Return how surely a word was what it is meant to be, if the text has that elsewhere."""
    found = readings(word, language)
    best = _best(found, language)
    is_only = sum(reading.known for reading in found) < 2
    is_sane = is_of_one_case(best.word)
    if best.script == "Latin" and _misread(word):
        return Safety.SHOW
    if len(best.word) < SHORTEST:
        # An abbreviation in capitals that both scripts have may be of either: IP
        is_likely = (is_only or not best.word.isupper()) and best.known and is_sane
        is_likely = is_likely and best.script == language
        return Safety.LIKELY if is_likely else Safety.SHOW
    if not best.known:
        return Safety.LIKELY if is_sane else Safety.SHOW
    if (
        is_name_with_ending(word, language)
        or _is_two_words(word, language, best)
        or _has_index(best.word)
    ):
        return Safety.SHOW
    fits = best.script == language or 2 * best.changed <= len(best.word)
    return Safety.SAFE if is_only and is_sane and fits else Safety.LIKELY


@lru_cache(CACHED)
def _note(word: str, best: Reading) -> str:
    """Name the look-alikes."""
    pairs = dict.fromkeys(
        (old, new) for old, new in zip(word, best.word, strict=True) if old != new
    )
    named = [
        f"U+{ord(old):04X} {unicodedata.name(old, 'unnamed')} for {new}"
        for old, new in list(pairs)[:MOST_NAMED]
    ]
    more = [f"{len(pairs) - MOST_NAMED} more"] if len(pairs) > MOST_NAMED else []
    misread = _misread(word) if best.script == "Latin" else None
    other = f"; or {misread} in a wrong code page" if misread else ""
    return f"{', '.join(named + more)} in a word of {best.script} letters{other}"


# In 29 million words of messages, manuals and help in 180 languages all of 244 SAFE findings were
# right, and about nine in ten of 146 LIKELY ones; of SHOW ones those in words of one language
# were, and those where two scripts are joined on purpose were not.
CONFIDENCE = {Safety.SAFE: 0.99, Safety.LIKELY: 0.9, Safety.SHOW: 0.5}


RULE = Rule(
    code="X101",
    name="homoglyph-in-word",
    summary="A letter in a word is of another script and only looks like the right one.",
    why=(
        "A keyboard left in the wrong layout, text recognition and spam put letters of one "
        "script into words of another: nobody sees it, and neither search nor comparison, "
        "spelling checkers or models find the word. A word is found when all its letters can be "
        "read in one script (Unicode's table of confusables, UTS 39). It is changed by itself "
        "only if what it reads as is a known word of four letters or more, no other script gives "
        "another one, and it is no part of an address, an identifier or a key. In source code "
        "it is only shown: a name that looks like another may be an attack, and changing it "
        "changes what the program does."
    ),
    safety=Safety.SAFE,
    trigger=SCRIPTS_MEET.pattern,
    find_in=find,
    is_quick=True,
    examples=(
        Example("Log in at p\u0430ypal now", "Log in at paypal now"),
        Example("\u043f\u0440\u0438\u0432e\u0442, мир", "привет, мир", "Latin in Cyrillic"),
        Example("\u03c3\u03c4o\u03bd κόσμο", "στον κόσμο", "Latin in Greek"),
        Example("Hauptstra\u03b2e 5", "Hauptstraße 5", "a Greek beta for an eszett"),
        Example("файл в \u0421ompose", "файл в Compose", "a foreign word in the text"),
        Example("вариант c или вариант a", "вариант c или вариант a", "letters by themselves"),
        Example("I\u0432\u0430\u043d Франко", "Іван Франко", "a capital at the start of a word"),
        Example(
            "Новый USB-кабель для \u0050\u0052щика",
            "Новый USB-кабель для \u0050\u0052щика",
            "a hyphen; no look-alikes",
        ),
        Example("10 kΩ, 5 µm, ΔT, σAR, αx", "10 kΩ, 5 µm, ΔT, σAR, αx", "formulas and units"),
        Example(r's = "при\u200bмер"', r's = "при\u200bмер"', "the end of an escape", Kind.CODE),
        Example(
            "установить TeX\u0430 и Linux\u0443",
            "установить TeX\u0430 и Linux\u0443",
            "names with an ending",
        ),
        Example(
            "iPhone’ом и وLVM", "iPhone’ом и وLVM", "an apostrophe; a script that looks unlike"
        ),
        Example("%sавтор и \\fIАРХІВ\\fP", "%sавтор и \\fIАРХІВ\\fP", "placeholders and escapes"),
        Example("[A-Za-zА-Яа-яёЁ]", "[A-Za-zА-Яа-яёЁ]", "ranges of letters"),
        Example("дIа, кIант", "дIа, кIант", "a capital i typed for the palochka"),
        Example("Awraγ d umuγ", "Awraγ d umuγ", "a Greek gamma in a Berber language"),
        Example(
            ":set langmap=\u0391A,\u0392B,\u039aK",
            ":set langmap=\u0391A,\u0392B,\u039aK",
            "letters beside their look-alikes",
        ),
        Example("Ђорђе Вајферт", "Ђорђе Вајферт", "Serbian"),
    ),
)
