"""Cuts Chinese into words in the best way: the sums of the judge in ``repair.model.chinese``."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Final

LONGEST: Final = 4
# Weight of the word classes beside the words; 0.5, 0.7 and 1.0 differ by less than their error
# on 630 lost characters of simulated documents (0.843, 0.844, 0.844 right).
CLASS_WEIGHT: Final = 0.07  # 0.7, per tenth of a nat
TENTH: Final = 0.1

# A character that the model has never met, in nats: dearer than the rarest word.
STRANGER: Final = 20.0
# It indents paragraphs and is no sign of anything elsewhere.
IDEOGRAPHIC_SPACE: Final = 10.0
# Words and no words that were looked up are kept, so many at a time.
MOST_KEPT: Final = 100_000
MOST_STARTS: Final = 10_000

FIRST_HAN: Final = 0x3400
LAST_HAN: Final = 0x9FFF


class Word:
    """What a dictionary word costs, in nats, and its class (an index)."""

    __slots__ = ("cost", "word_class")

    def __init__(self, cost: float, word_class: int) -> None:
        self.cost: float = cost
        self.word_class: int = word_class


NO_WORD: Final = Word(0.0, -1)


class Cell:
    """The best costs of a text up to a place, by the class of its last word, -1 for a mark."""

    __slots__ = ("classes", "costs")

    def __init__(self, classes: list[int], costs: list[float]) -> None:
        self.classes: list[int] = classes
        self.costs: list[float] = costs

    def keep(self, word_class: int, cost: float) -> None:
        """Take a cost in, if it is less than that of its class."""
        if word_class not in self.classes:
            self.classes.append(word_class)
            self.costs.append(cost)
            return
        at = self.classes.index(word_class)
        self.costs[at] = min(self.costs[at], cost)


class WordModel:
    """Words, classes and marks of simplified Chinese.

    ``keys``, ``costs`` and ``classes`` are by the length of words; ``steps``, ``pairs`` and
    ``ends`` are rows of tenths of nats: a class after a class, a mark beside a mark, a mark
    behind a class.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        keys: list[array[int]],
        costs: list[bytes],
        classes: list[bytes],
        starts: list[int],
        steps: list[int],
        marks: dict[str, int],
        mark_costs: list[int],
        pairs: list[int],
        ends: list[int],
        class_names: list[str],
        unknown: Word,
    ) -> None:
        self._keys: list[array[int]] = keys
        self._costs: list[bytes] = costs
        self._classes: list[bytes] = classes
        self._starts: list[float] = [-CLASS_WEIGHT * tenths for tenths in starts]
        self._steps: list[float] = [-CLASS_WEIGHT * tenths for tenths in steps]
        self._marks: dict[str, int] = marks
        self._mark_costs: list[float] = [tenths * TENTH for tenths in mark_costs]
        self._pairs: list[float] = [-TENTH * tenths for tenths in pairs]
        self._ends: list[float] = [-TENTH * tenths for tenths in ends]
        self._class_names: list[str] = class_names
        self._unknown: Word = unknown
        self._found: dict[str, Word] = {}
        self._following: dict[str, dict[str, Word]] = {}

    def word(self, text: str) -> Word | None:
        """Return a word of 1 to 4 Han characters, if the dictionary has it."""
        found = self.word_or_none(text)
        return None if found is NO_WORD else found

    def word_or_none(self, text: str) -> Word:
        """Return the same, ``NO_WORD`` for none."""
        known = self._found.get(text)
        if known is not None:
            return known
        if len(self._found) >= MOST_KEPT:
            self._found.clear()
        found = self._look_up(text)
        self._found[text] = found
        return found

    def _look_up(self, text: str) -> Word:
        key = int.from_bytes(text.encode("utf-16-be", "surrogatepass"), "big")
        number = len(text) - 1
        keys = self._keys[number]
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            return Word(self._costs[number][at] * TENTH, self._classes[number][at])
        return NO_WORD if number else self._unknown

    def following(self, start: str) -> dict[str, Word]:
        """Return the words that begin with 1 to 3 Han characters and have one more, by that."""
        known = self._following.get(start)
        if known is not None:
            return known
        if len(self._following) >= MOST_STARTS:
            self._following.clear()
        low = int.from_bytes(start.encode("utf-16-be"), "big") << 16
        number = len(start)
        keys = self._keys[number]
        found: dict[str, Word] = {}
        for at in range(bisect_left(keys, low), bisect_left(keys, low + 0x10000)):
            word = Word(self._costs[number][at] * TENTH, self._classes[number][at])
            found[chr(keys[at] & 0xFFFF)] = word
        self._following[start] = found
        return found

    def mark(self, character: str) -> int:
        """Return the number of a mark, 0 for a Han character, -1 for one never met."""
        return 0 if is_han(character) else self._marks.get(character, -1)

    def character_cost(self, character: str) -> float:
        """Return the cost of a character standing alone, in nats."""
        if is_han(character):
            return self.word_or_none(character).cost
        if character == "\u3000":
            return IDEOGRAPHIC_SPACE
        number = self._marks.get(character, -1)
        return STRANGER if number < 0 else self._mark_costs[number]

    def beside(self, left: int, right: int) -> float:
        """Return what the marks ``left`` and ``right`` cost for standing together, in nats."""
        if left < 0 or right < 0:
            return 0.0
        return self._pairs[left * len(self._marks) + right]

    def after(self, left: int, right: int) -> float:
        """Return what a class costs after a class, in nats; -1 is the start of a run."""
        if left < 0:
            return self._starts[right]
        return self._steps[left * len(self._class_names) + right]

    def behind(self, word_class: int, mark: int) -> float:
        """Return what a mark costs behind a word of this class, in nats; -1 is no word."""
        if word_class < 0 or mark < 0:
            return 0.0
        return self._ends[word_class * len(self._marks) + mark]

    def class_name(self, word_class: int) -> str:
        """Return a tag of jieba, with S for words of one character and M for longer ones."""
        return self._class_names[word_class]

    def cost_of_folded(self, text: str) -> float:
        """Return the cost of ``text``, in nats: the best way to cut it into words."""
        return min(self.last_cell(text).costs)

    def last_class(self, run: str) -> int:
        """Return the class of the last word of a run of Han characters."""
        cell = self.last_cell(run)
        return cell.classes[cell.costs.index(min(cell.costs))]

    def last_cell(self, text: str) -> Cell:
        """Return the costs of the whole text by the class of its last word."""
        marks = [self.mark(character) for character in text]
        cells = [Cell([-1], [0.0])]
        previous = -1
        for at, mark in enumerate(marks):
            pair = self.beside(previous, mark) if at and previous | mark else 0.0
            if mark:
                cost = self.character_cost(text[at]) + pair
                cells.append(Cell([-1], [self._before(cells[at], mark) + cost]))
            else:
                cells.append(self._words_to(text, marks, cells, at + 1, pair))
            previous = mark
        return cells[len(marks)]

    def _before(self, cell: Cell, mark: int) -> float:
        best = cell.costs[0] + self.behind(cell.classes[0], mark)
        for at in range(1, len(cell.costs)):
            cost = cell.costs[at] + self.behind(cell.classes[at], mark)
            best = min(best, cost)
        return best

    def _words_to(
        self, text: str, marks: list[int], cells: list[Cell], end: int, pair: float
    ) -> Cell:
        """Costs of all words that end here; ``pair`` is due if the last one starts here."""
        cell = Cell([], [])
        start = end - 1
        while start >= 0 and start >= end - LONGEST:
            if start < end - 1 and marks[start]:
                break
            word = self.word_or_none(text[start:end])
            if word is not NO_WORD:
                # What stands before the first character of a run was paid for by that character.
                due = pair
                if start < end - 1:
                    due = self.beside(marks[start - 1], 0) if start and marks[start - 1] else 0.0
                before = cells[start]
                for at, cost in enumerate(before.costs):
                    step = self.after(before.classes[at], word.word_class)
                    cell.keep(word.word_class, cost + word.cost + due + step)
            start -= 1
        return cell


def is_han(character: str) -> bool:
    """Whether a character is a CJK unified ideograph of the Basic Multilingual Plane."""
    return FIRST_HAN <= ord(character) <= LAST_HAN
