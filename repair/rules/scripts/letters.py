"""Where letters of scripts that look alike meet, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache

from repair.kernel import COMPILED, members
from repair.kernel.sets import Characters
from repair.patterns import pattern
from repair.tables import script_of

# Blocks, for patterns that must be there at start-up; test_scripts.py holds them to the tables.
LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff"
GREEK = "\u0370-\u0373\u0376-\u037d\u037f-\u03e1\u03f0-\u03ff\u1d26-\u1d2a\u1f00-\u1fff"
CYRILLIC = "\u0400-\u0481\u048a-\u052f\u1c80-\u1c8f\ua640-\ua66e\ua680-\ua69d"
RARER = (  # Coptic, Armenian, Georgian, Cherokee, Lisu
    "\u03e2-\u03ef\u0531-\u0556\u0560-\u0588\u10a0-\u10ff\u13a0-\u13fd"
    "\u1c90-\u1cbf\u2c80-\u2cee\u2cf2\u2cf3\u2d00-\u2d2d\ua4d0-\ua4f7\uab70-\uabbf"
)
_MARKS = "\u0300-\u036f"

# Begins with what ASCII lacks, so that a search passes over ASCII quickly; of two neighbours the
# later one is looked at first, which in most text is of the same script and ends the matter.
SCRIPTS_MEET = pattern(
    f"[{GREEK}{CYRILLIC}{RARER}](?:[{LATIN}]|(?<=[{LATIN}].)|[{GREEK}](?<=[{CYRILLIC}{RARER}].)"
    f"|[{CYRILLIC}](?<=[{GREEK}{RARER}].)|[{RARER}](?<=[{GREEK}{CYRILLIC}].))"
)
"""Where letters of scripts that look alike stand side by side."""

_LETTERS = f"[{LATIN}{GREEK}{CYRILLIC}{RARER}{_MARKS}]+"
_WORD, _WORD_BEFORE = pattern(_LETTERS), pattern(rf"{_LETTERS}\Z")
# Letters behind these belong to an escape, a placeholder or a range: \fIФАЙЛ, %sИмя,
# %(name)sбайт, a-zё.
_ESCAPE = pattern(
    r"(?:\\(?:\*?\(|[uUxX]\{?[0-9A-Fa-f]{1,8})?|%[-+#0 *.\d$]*|%\([^()\n]{1,40}\)|\$)\Z"
)
_RANGE = pattern(r"[aA]-[zZ]|\w-\w\w-\w")
_LONGEST_ESCAPE = 50
_RUNS = {
    "Latin": pattern(f"[{LATIN}]+"),
    "Cyrillic": pattern(f"[{CYRILLIC}]+"),
    "Greek": pattern(f"[{GREEK}]+"),
}
_SCRIPTS = {1: "Latin", 2: "Greek", 4: "Cyrillic"}
"""By their classes for the kernel."""
_LETTER, _WHOLE = pattern(r"[^\W\d_]"), pattern(r"[^\W\d_]{2,}")
# So many words are looked for one by one, and each in so many places.
MOST_FOUND = 32
# No word is longer; runs of letters beyond are data of some kind.
LONGEST = 64
# How far the text around a word tells in which language it stands.
AROUND = 80
# A text that has one such word often has it again.
CACHED = 4096


def mixed_words(text: str) -> Iterable[tuple[int, int]]:
    """Return where the words stand, each once, in which scripts meet."""
    return members.mixed_words(text, classes(), LONGEST) if COMPILED else words_by_pattern(text)


def words_by_pattern(text: str) -> Iterator[tuple[int, int]]:
    """Yield the same; slower, and faster where nothing is compiled."""
    done = 0
    for match in SCRIPTS_MEET.finditer(text):
        place = match.start()
        if place < done:
            continue
        before = _WORD_BEFORE.search(text, max(place - LONGEST - 1, done), place)
        start = before.start() if before else place
        after = _WORD.match(text, place)
        done = after.end() if after else place + 1
        if done - start <= LONGEST:
            yield start, done


@cache
def classes() -> bytes:
    """Return a bit for each code point by its script, for the kernel."""
    found = 0
    for number, characters in enumerate((LATIN, GREEK, CYRILLIC, RARER)):
        found |= int.from_bytes(Characters(characters).table[0], "little") << number
    return found.to_bytes(members.CLASSED, "little")


def is_in_escape(text: str, start: int) -> bool:
    """Whether a word begins with letters of an escape, a placeholder or a range."""
    before = text[max(start - _LONGEST_ESCAPE, 0) : start]
    return bool(_ESCAPE.search(before) or _RANGE.match(text, max(start - 2, 0)))


@lru_cache(CACHED)
def runs_of(word: str) -> Sequence[tuple[str, str]]:
    """Cut ``word`` where the script changes: scripts with their letters."""
    runs: list[tuple[str, str]] = []
    for letter in word:
        script = script_of(letter)
        if runs and script in (None, runs[-1][0]):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        elif script is not None:
            runs.append((script, letter))
    return runs


class Words:
    """The words of a text as they are written.

    Few are asked for, mostly, and most of these are nowhere in it; to make a set of all words
    takes as long as to look for a hundred.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    def __contains__(self, word: str) -> bool:
        self._asked += 1
        found = self._find(word) if self._asked <= MOST_FOUND else None
        return word in self._all if found is None else found

    def _find(self, word: str) -> bool | None:
        """Tell whether it is a word of the text; ``None`` if it is a part of too many."""
        if not _WHOLE.fullmatch(word):
            return False
        at = -1
        for _ in range(MOST_FOUND):
            at = self._text.find(word, at + 1)
            if at < 0:
                return False
            end = at + len(word)
            if not _LETTER.match(self._text, max(at - 1, 0), at) and not _LETTER.match(
                self._text, end
            ):
                return True
        return None

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(_WHOLE.findall(self._text))


def language_script(text: str, start: int, end: int) -> str | None:
    """Return which of the three scripts most letters around a place are of.

    ``"other"`` if there are letters but none of these; ``None`` if there are no letters.
    """
    if COMPILED:
        most = _SCRIPTS.get(members.most_around(text, start, end, AROUND, classes()))
    else:
        most = most_by_pattern(_around(text, start, end))
    if most:
        return most
    return "other" if _LETTER.search(_around(text, start, end)) else None


def most_by_pattern(around: str) -> str | None:
    """Return which of the three scripts most letters of a text are of."""
    counts = {script: sum(map(len, runs.findall(around))) for script, runs in _RUNS.items()}
    most = max(counts, key=lambda script: counts[script])
    return most if counts[most] else None


def _around(text: str, start: int, end: int) -> str:
    return text[max(start - AROUND, 0) : start] + " " + text[end : end + AROUND]
