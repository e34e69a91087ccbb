"""What a word with look-alikes may have been: all its letters in one script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from repair.rules.scripts.letters import CACHED, runs_of
from repair.tables import homoglyphs, known_words, script_of
from repair.tables.words import SCRIPTS

# A letter has three readings at most and few have more than one: this covers six such letters.
MOST_TRIED = 64
LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A word in one script."""

    script: str
    word: str
    known: bool
    """It is a word of a language in that script."""
    changed: int
    """How many letters are look-alikes."""


@lru_cache(CACHED)
def readings(word: str, language: str | None) -> tuple[Reading, ...]:
    """Return what ``word`` may have been in scripts of which it has letters, or its text has.

    ``language`` is the script of the text around it; where there is none it may be any.
    """
    likely = {*map(script_of, word), language} if language else {*SCRIPTS}
    found = (reading_in(word, script) for script in SCRIPTS if script in likely)
    return tuple(reading for reading in found if reading is not None)


def reading_in(word: str, script: str) -> Reading | None:
    """Return ``word`` in ``script``, a known word where that can be; ``None`` if it has none."""
    table = homoglyphs()[script]
    options: list[str] = []
    changed = most = 0
    for place, letter in enumerate(word):
        if script_of(letter) in (script, None):
            options.append(letter)
        elif letter in table:
            letters = table[letter]
            options.append(letters if len(letters) == 1 else _by_case(letters, word, place))
            changed += letter not in letters
            most = max(most, len(letters))
        else:
            return None
    if most < 2:
        candidates = ["".join(options)]
    else:
        candidates = ["".join(letters) for letters in islice(product(*options), MOST_TRIED)]
        candidates.sort(key=is_of_one_case, reverse=True)
    for candidate in candidates:
        if is_known(candidate, script):
            return Reading(script, candidate, True, changed)
    return Reading(script, candidates[0], False, changed)


@lru_cache(CACHED)
def is_known(word: str, script: str) -> bool:
    """Whether ``word`` is a word of a language in ``script``; no single letter is."""
    return len(word) > 1 and known_words().knows(word, script)


def is_of_one_case(word: str) -> bool:
    """Whether a word is in small letters, in capitals, or begins with one."""
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())


def is_name_with_ending(word: str, language: str | None) -> bool:
    """Whether a foreign word has an ending of Cyrillic: Linux\u0430, TeX\u043e\u043c."""
    runs = runs_of(word)
    if language != "Cyrillic" or [script for script, _ in runs] != ["Latin", "Cyrillic"]:
        return False
    name, ending = runs[0][1], runs[1][1]
    is_name = is_known(name, "Latin") or not name[1:].islower()
    return len(name) > 1 and is_name and len(ending) <= LONGEST_ENDING and ending.islower()


def _by_case(letters: str, word: str, place: int) -> str:
    """Put the readings first that are of the case that the word has at this place."""
    before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
    upper = (before or after).isupper() if place or after.isupper() else word[place].isupper()
    return "".join(sorted(letters, key=lambda letter: letter.isupper() != upper))
