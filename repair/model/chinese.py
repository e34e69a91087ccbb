"""The judge for simplified Chinese: a lattice of words, with word classes and marks.

A text is scored over all ways to cut it into words of jieba's dictionary: the probability of
each word, times how much likelier its class is after the class of the word before (jieba's
part-of-speech transitions), times how marks stand beside each other and beside Han characters.
Costs are in nats and are differences that matter only between readings of one place.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from repair.tables import read_table

LONGEST = 4
# Weight of the word classes beside the words; 0.5, 0.7 and 1.0 differ by less than their error
# on 630 lost characters of simulated documents (0.843, 0.844, 0.844 right).
CLASS_WEIGHT = 0.07  # 0.7, per tenth of a nat
TENTH = 0.1

# A character that the model has never met, in nats: dearer than the rarest word.
STRANGER = 20.0
# It indents paragraphs and is no sign of anything elsewhere.
IDEOGRAPHIC_SPACE = 10.0

_FOLDED = {ord(half): full for half, full in zip(",:;!?()\"'", "，：；！？（）“‘", strict=True)}
_FOLDED |= {ord(c): "0" for c in "0123456789０１２３４５６７８９"}
_FOLDED |= dict.fromkeys((*range(0x41, 0x5B), *range(0x61, 0x7B)), "a")
_FOLDED |= {ord("「"): "“", ord("」"): "”", 0xA0: " "}


class Word(NamedTuple):
    """What a dictionary word costs, in nats, and its class (an index)."""

    cost: float
    word_class: int


class _Bytes(NamedTuple):
    """Signed tenths of a nat in rows of equal length."""

    data: memoryview
    width: int

    def __call__(self, row: int, column: int) -> int:
        return int(self.data[row * self.width + column])


class WordModel:
    """Words, classes and marks of simplified Chinese, as loaded from ``zh_words.bin``."""

    def __init__(self, data: bytes) -> None:
        end = data.index(b"\n") + 1
        head = json.loads(data[:end])
        view, sections = memoryview(data), []
        for length in head["sections"]:
            sections.append(view[end : end + length])
            end += length
        self._keys = [_little_endian(kind, sections[3 * n]) for n, kind in enumerate("HIQQ")]
        self._costs = [sections[3 * n + 1] for n in range(LONGEST)]
        self._classes = [sections[3 * n + 2] for n in range(LONGEST)]
        classes = 2 * len(head["tags"])
        self._steps = _Bytes(sections[12].cast("b"), classes)
        self._starts = sections[13].cast("b")
        self._marks: dict[str, int] = {mark: n for n, mark in enumerate(head["marks"])}
        self._mark_costs: list[int] = head["mark_costs"]
        self._pairs = _Bytes(sections[14].cast("b"), len(self._marks))
        self._ends = _Bytes(sections[15].cast("b"), len(self._marks))
        self._class_names: list[str] = [tag + shape for tag in head["tags"] for shape in "SM"]
        self._unknown = Word(head["unknown"] * TENTH, 2 * head["tags"].index("n"))
        self._found: dict[str, Word | None] = {}

    def word(self, text: str) -> Word | None:
        """Return a word of 1 to 4 Han characters, if the dictionary has it."""
        try:
            return self._found[text]
        except KeyError:
            found = self._found[text] = self._look_up(text)
            return found

    def _look_up(self, text: str) -> Word | None:
        key = int.from_bytes(text.encode("utf-16-be", "surrogatepass"), "big")
        number = len(text) - 1
        keys = self._keys[number]
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            return Word(self._costs[number][at] * TENTH, self._classes[number][at])
        return self._unknown if not number else None

    def mark(self, character: str) -> int:
        """Return the number of a mark, 0 for a Han character, -1 for one never met."""
        return 0 if is_han(character) else self._marks.get(character, -1)

    def character_cost(self, character: str) -> float:
        """Return the cost of a character standing alone, in nats."""
        if is_han(character):
            return (self.word(character) or self._unknown).cost
        if character == "\u3000":
            return IDEOGRAPHIC_SPACE
        number = self._marks.get(character, -1)
        return STRANGER if number < 0 else self._mark_costs[number] * TENTH

    def beside(self, left: int, right: int) -> float:
        """Return what the marks ``left`` and ``right`` cost for standing together, in nats."""
        return 0.0 if left < 0 or right < 0 else -TENTH * self._pairs(left, right)

    def after(self, left: int, right: int) -> float:
        """Return what a class costs after a class, in nats; -1 is the start of a run."""
        tenths = int(self._starts[right]) if left < 0 else self._steps(left, right)
        return -CLASS_WEIGHT * tenths

    def behind(self, word_class: int, mark: int) -> float:
        """Return what a mark costs behind a word of this class, in nats; -1 is no word."""
        return 0.0 if word_class < 0 or mark < 0 else -TENTH * self._ends(word_class, mark)

    def class_name(self, word_class: int) -> str:
        """Return a tag of jieba, with S for words of one character and M for longer ones."""
        return self._class_names[word_class]

    def cost(self, text: str) -> float:
        """Return the cost of ``text``, in nats: the best way to cut it into words."""
        return min(_Lattice(self, fold(text)).last().values())

    def last_class(self, run: str) -> int:
        """Return the class of the last word of a run of Han characters."""
        cell = _Lattice(self, run).last()
        return min(cell, key=lambda word_class: cell[word_class])


class _Lattice:
    """Best costs per place and class of the last word, over one text."""

    def __init__(self, model: WordModel, text: str) -> None:
        self._model = model
        self._text = text
        self._cells: list[dict[int, float]] = [{-1: 0.0}]

    def last(self) -> dict[int, float]:
        """Return the costs of the whole text by the class of its last word, -1 for a mark."""
        previous = -1
        for end, character in enumerate(self._text, 1):
            mark = self._model.mark(character)
            pair = self._model.beside(previous, mark) if end > 1 and previous | mark else 0.0
            if mark:
                cost = self._model.character_cost(character) + pair
                before = (c + self._model.behind(k, mark) for k, c in self._cells[-1].items())
                self._cells.append({-1: min(before) + cost})
            else:
                self._cells.append(self._words_to(end, pair))
            previous = mark
        return self._cells[-1]

    def _words_to(self, end: int, pair: float) -> dict[int, float]:
        """Costs of all words that end here; ``pair`` is due if the last one starts here."""
        cell: dict[int, float] = {}
        for start in range(end - 1, max(end - LONGEST, 0) - 1, -1):
            if start < end - 1 and not is_han(self._text[start]):
                break
            word = self._model.word(self._text[start:end])
            if word is None:
                continue
            # What stands before the first character of a run was paid for by that character.
            due = pair if start == end - 1 else self._pair_before(start)
            for last, cost in self._cells[start].items():
                total = cost + word.cost + due + self._model.after(last, word.word_class)
                if total < cell.get(word.word_class, total + 1):
                    cell[word.word_class] = total
        return cell

    def _pair_before(self, start: int) -> float:
        if not start or is_han(self._text[start - 1]):
            return 0.0
        return self._model.beside(self._model.mark(self._text[start - 1]), 0)


def fold(text: str) -> str:
    """Return ``text`` as the model reads it: marks full-width, digits as 0, letters as a."""
    return text.translate(_FOLDED)


def is_han(character: str) -> bool:
    """Whether a character is a CJK unified ideograph of the Basic Multilingual Plane."""
    return "\u3400" <= character <= "\u9fff"


def _little_endian(kind: str, section: memoryview) -> array[int]:
    keys = array(kind)
    keys.frombytes(section)
    if sys.byteorder == "big":
        keys.byteswap()
    return keys


@cache
def chinese() -> WordModel:
    """Load the model; once per process, about 5 ms."""
    return WordModel(read_table("zh_words.bin"))
