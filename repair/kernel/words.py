"""Cuts Chinese into words in the best way: the sums of the judge in ``repair.model.chinese``."""

from __future__ import annotations

from typing import Final

from repair.kernel.native import i64, longs, vec

LONGEST: Final = 4
# Weight of the word classes beside the words; 0.5, 0.7 and 1.0 differ by less than their error
# on 630 lost characters of simulated documents (0.843, 0.844, 0.844 right).
CLASS_WEIGHT: Final = 0.07  # 0.7, per tenth of a nat
TENTH: Final = 0.1

# A character that the model has never met, in nats: dearer than the rarest word.
STRANGER: Final = 20.0
# It indents paragraphs and is no sign of anything elsewhere.
IDEOGRAPHIC_SPACE: Final = 10.0
# Characters of words are numbers of 16 bits, the last the lowest: the first is apart.
CODES: Final = 0x10000
REST: Final = 0xFFFFFFFFFFFF
"""The last three."""

FAR: Final = 1e300
"""More than any text costs."""
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


class Words:
    """All words of a length, in order: their characters, costs and classes."""

    __slots__ = ("_begins", "_rest", "classes", "costs", "keys")

    def __init__(self, keys: vec[i64], shift: i64, costs: bytes, classes: bytes) -> None:
        self.keys: vec[i64] = keys
        self.costs: bytes = costs
        self.classes: bytes = classes
        self._rest: i64 = REST >> (48 - shift) if shift else 0xFFFF
        """The bits of what is behind the first character; of that itself where it is alone."""
        # Where those with a first character begin, by that.
        begins = longs(bytes(8 * (CODES + 1)))
        length: i64 = len(keys)
        code: i64 = 0
        at: i64 = 0
        while at < length:
            first = keys[at] >> shift & 0xFFFF
            while code <= first:
                begins[code] = at
                code += 1
            at += 1
        while code <= CODES:
            begins[code] = length
            code += 1
        self._begins: vec[i64] = begins

    def from_(self, first: i64, rest: i64) -> i64:
        """Return where the first word stands that is not before these characters."""
        keys, begins, mask = self.keys, self._begins, self._rest
        low, high = begins[first], begins[first + 1]
        while low < high:
            middle = (low + high) >> 1
            if keys[middle] & mask < rest:
                low = middle + 1
            else:
                high = middle
        return low

    def at(self, first: i64, rest: i64) -> i64:
        """Return where a word stands, or -1."""
        at = self.from_(first, rest)
        if at < self._begins[first + 1] and self.keys[at] & self._rest == rest:
            return at
        return -1

    def is_before(self, at: i64, first: i64, rest: i64) -> bool:
        """Whether a word that begins with a character is before others that it begins."""
        return at < self._begins[first + 1] and self.keys[at] & self._rest < rest

    def cost(self, at: i64) -> float:
        """Return what a word costs, in nats."""
        return self.costs[at] * TENTH


class WordModel:
    """Words, classes and marks of simplified Chinese.

    ``keys``, ``costs`` and ``classes`` are by the length of words; ``steps``, ``pairs`` and
    ``ends`` are rows of tenths of nats: a class after a class, a mark beside a mark, a mark
    behind a class.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        keys: list[vec[i64]],
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
        self.words: list[Words] = []
        for number in range(LONGEST):
            shift: i64 = 16 * number
            self.words.append(Words(keys[number], shift, costs[number], classes[number]))
        self._starts: list[float] = [-CLASS_WEIGHT * tenths for tenths in starts]
        self._steps: list[float] = [-CLASS_WEIGHT * tenths for tenths in steps]
        self._marks: dict[str, int] = marks
        self._mark_costs: list[float] = [tenths * TENTH for tenths in mark_costs]
        self._pairs: list[float] = [-TENTH * tenths for tenths in pairs]
        self._ends: list[float] = [-TENTH * tenths for tenths in ends]
        self._class_names: list[str] = class_names
        self._most_marks: int = len(marks)
        self._most_classes: int = len(class_names)
        self.unknown: Word = unknown

    def word(self, text: str) -> Word | None:
        """Return a word of 1 to 4 Han characters, if the dictionary has it."""
        words = self.words[len(text) - 1]
        rest: i64 = 0
        for character in text[1:] if len(text) > 1 else text:
            rest = rest << 16 | ord(character)
        at = words.at(ord(text[0]), rest)
        if at >= 0:
            return Word(words.cost(at), words.classes[at])
        return None if len(text) > 1 else self.unknown

    def mark(self, character: str) -> int:
        """Return the number of a mark, 0 for a Han character, -1 for one never met."""
        return 0 if is_han(character) else self._marks.get(character, -1)

    def character_cost(self, character: str) -> float:
        """Return the cost of a character standing alone, in nats."""
        if is_han(character):
            return self.cost_alone(ord(character))
        if character == "\u3000":
            return IDEOGRAPHIC_SPACE
        number = self._marks.get(character, -1)
        return STRANGER if number < 0 else self._mark_costs[number]

    def cost_alone(self, code: i64) -> float:
        """Return the cost of a Han character standing alone, in nats."""
        at = self.words[0].at(code, code)
        return self.words[0].cost(at) if at >= 0 else self.unknown.cost

    def beside(self, left: int, right: int) -> float:
        """Return what the marks ``left`` and ``right`` cost for standing together, in nats."""
        if left < 0 or right < 0:
            return 0.0
        return self._pairs[left * self._most_marks + right]

    def best_after(self, cell: Cell, word_class: int, cost: float, due: float) -> float:
        """Return the least cost of a text with a word behind it."""
        steps = self._steps
        best = FAR
        for at, before in enumerate(cell.costs):
            left = cell.classes[at]
            if left < 0:
                step = self._starts[word_class]
            else:
                step = steps[left * self._most_classes + word_class]
            best = min(best, before + cost + due + step)
        return best

    def behind(self, word_class: int, mark: int) -> float:
        """Return what a mark costs behind a word of this class, in nats; -1 is no word."""
        if word_class < 0 or mark < 0:
            return 0.0
        return self._ends[word_class * self._most_marks + mark]

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
        cut = Cut(self)
        cut.add(text)
        return cut.cells[-1]

    def before_mark(self, cell: Cell, mark: int) -> float:
        """Return what a text costs with what is due before a mark behind it."""
        best = cell.costs[0] + self.behind(cell.classes[0], mark)
        for at in range(1, len(cell.costs)):
            cost = cell.costs[at] + self.behind(cell.classes[at], mark)
            best = min(best, cost)
        return best


class Cut:
    """A text that grows, cut into words in the best way."""

    __slots__ = ("_codes", "_marks", "_model", "cells")

    def __init__(self, model: WordModel) -> None:
        self._model: WordModel = model
        self._codes: list[int] = []
        self._marks: list[int] = []
        self.cells: list[Cell] = [Cell([-1], [0.0])]
        """What the text costs up to each place."""

    @property
    def cost(self) -> float:
        """Of the whole text, in nats."""
        return min(self.cells[-1].costs)

    def shorten(self, length: int) -> None:
        """Take away what stands behind so many characters."""
        del self._codes[length:]
        del self._marks[length:]
        del self.cells[length + 1 :]

    def add(self, text: str) -> None:
        """Put a text, as the model reads it, behind what there is."""
        model, marks, cells = self._model, self._marks, self.cells
        for character in text:
            mark = model.mark(character)
            pair = 0.0
            if marks and marks[-1] | mark:
                pair = model.beside(marks[-1], mark)
            self._codes.append(ord(character))
            marks.append(mark)
            if mark:
                cost = model.character_cost(character) + pair
                cells.append(Cell([-1], [model.before_mark(cells[-1], mark) + cost]))
            else:
                cells.append(self._words_to(len(marks), pair))

    def _words_to(self, end: int, pair: float) -> Cell:
        """Costs of all words that end here; ``pair`` is due if the last one starts here."""
        model, marks, cells = self._model, self._marks, self.cells
        classes: list[int] = []
        costs: list[float] = []
        rest: i64 = 0
        shift: i64 = 0
        number = 0
        while number < LONGEST and number < end:
            start = end - 1 - number
            if number and marks[start]:
                break
            first: i64 = self._codes[start]
            words = model.words[number]
            at = words.at(first, rest if number else first)
            if at >= 0 or not number:
                word_class = words.classes[at] if at >= 0 else model.unknown.word_class
                cost = words.cost(at) if at >= 0 else model.unknown.cost
                # What stands before the first character of a run was paid for by that character.
                due = pair
                if number:
                    due = model.beside(marks[start - 1], 0) if start and marks[start - 1] else 0.0
                best = model.best_after(cells[start], word_class, cost, due)
                if word_class in classes:
                    place = classes.index(word_class)
                    costs[place] = min(costs[place], best)
                else:
                    classes.append(word_class)
                    costs.append(best)
            rest |= first << shift
            shift += 16
            number += 1
        return Cell(classes, costs)


def is_han(character: str) -> bool:
    """Whether a character is a CJK unified ideograph of the Basic Multilingual Plane."""
    return FIRST_HAN <= ord(character) <= LAST_HAN
