"""Finds words all of whose letters look like those of the script around them, and are not."""

from __future__ import annotations

from typing import Final

from repair.kernel.native import i64

# What a character is: bits of its class.
LATIN: Final = 1
CYRILLIC: Final = 2
GREEK: Final = 4
LETTER: Final = 8
SEEMS_LATIN: Final = 16
SEEMS_NATIVE: Final = 32
OTHER: Final = 64
"""A letter that is Cyrillic or Greek, or seems to be Latin."""
ODD: Final = 128
"""It seems to be Latin and is no letter, or has no class and is one."""

SCRIPT: Final = LATIN | CYRILLIC | GREEK
SEEMS: Final = SEEMS_LATIN | SEEMS_NATIVE
MEET: Final = LATIN | OTHER

CLASSED: Final = 0x10000
"""How many code points have a class."""
IDEOGRAPHS: Final = 0x20000
"""Code points from here on are these, or no letters."""
REACH: Final = 4
"""Of a word and the letter next to it, the ends are no further apart."""
FAR: Final = -1
"""In place of where a letter stands that is."""


def seeming_words(
    text: str, classes: bytes, shortest: i64, longest: i64
) -> list[tuple[int, int, str]] | None:
    """Return where words stand that seem to be of the script of the letters around, with that.

    ``None`` if there are odd characters: those are for a pattern.
    """
    words = Words(text, classes, shortest, longest)
    length: i64 = len(text)
    last: i64 = 0
    every: i64 = 0
    at: i64 = 0
    while at < length:
        code: i64 = ord(text[at])
        own: i64 = i64(classes[code]) if code < CLASSED else beyond(text, at)
        if (last | own) & MEET == MEET and (last | own) & SEEMS:
            words.look_before(at)
        # Without a branch: where words end cannot be guessed.
        is_letter: i64 = -((own >> 3) & 1)
        last = (last & ~is_letter) | (own & is_letter)
        every |= own
        at += 1
    if every & ODD:
        return None
    return words.found


class Words:
    """The words of a text that are looked at."""

    def __init__(self, text: str, classes: bytes, shortest: i64, longest: i64) -> None:
        self.text: str = text
        self.classes: bytes = classes
        self.shortest: i64 = shortest
        self.longest: i64 = longest
        self.found: list[tuple[int, int, str]] = []
        self.done: i64 = 0

    def look_before(self, at: i64) -> None:
        """Look at the word that begins here, and the one before."""
        before: i64 = self.next_letter(at, -1)
        if before == FAR or before == at - 1:
            return
        seems: i64 = self.class_of(before) & SEEMS
        if seems and before >= self.done:
            self.look_at(self.end_of_word(before, -1, seems), before, seems)
        seems = self.class_of(at) & SEEMS
        if seems:
            self.look_at(at, self.end_of_word(at, 1, seems), seems)

    def look_at(self, first: i64, last: i64, seems: i64) -> None:
        """Keep a word if it seems to be of the script around it."""
        length: i64 = last - first + 1
        if length < self.shortest or length > self.longest:
            return
        around: i64 = self.script_around(self.next_letter(first, -1), self.next_letter(last, 1))
        if seems == SEEMS_LATIN and around == LATIN:
            self.found.append((first, last + 1, "Latin"))
        elif seems == SEEMS_NATIVE and around == CYRILLIC:
            self.found.append((first, last + 1, "Cyrillic"))
        elif seems == SEEMS_NATIVE and around == GREEK:
            self.found.append((first, last + 1, "Greek"))
        else:
            return
        self.done = last + 1

    def script_around(self, before: i64, behind: i64) -> i64:
        """Return the script of two letters, either of which may be far away; 0 if it is not one."""
        if before == FAR and behind == FAR:
            return 0
        if before == FAR:
            before = behind
        script: i64 = self.class_of(before) & SCRIPT
        if behind != FAR and self.class_of(behind) & SCRIPT != script:
            return 0
        return script

    def next_letter(self, at: i64, step: i64) -> i64:
        """Return where the next letter stands; ``FAR`` if there is none in reach."""
        left: i64 = REACH
        while left > 0:
            at += step
            left -= 1
            if self.class_of(at) & LETTER:
                return at
        return FAR

    def end_of_word(self, at: i64, step: i64, seems: i64) -> i64:
        """Return where the last letter stands of a word, all of whose letters seem to be that.

        If they do not, that is as far as the word before.
        """
        end: i64 = at
        own: i64 = seems
        while own & seems and step * (end - at) <= self.longest:
            end += step
            own = self.class_of(end)
        if own & LETTER:
            return at - step
        return end - step

    def class_of(self, at: i64) -> i64:
        """Return what a character is; there is nothing beyond the text."""
        if at < 0 or at >= len(self.text):
            return 0
        code: i64 = ord(self.text[at])
        if code < CLASSED:
            return self.classes[code]
        return beyond(self.text, at)


def beyond(text: str, at: i64) -> i64:
    """Return what a character is that has no class."""
    character = text[at]
    if not character.isalnum() or character.isdecimal():
        return 0
    if ord(character) < IDEOGRAPHS:
        return ODD
    return LETTER
