"""Cuts Chinese into words in the best way: the sums of the judge in ``repair.model.chinese``."""

from __future__ import annotations

from typing import Final

from repair.kernel.native import doubles, i16, i64, longs, shorts, vec

LONGEST: Final = 4
# Weight of the word classes beside the words; 0.5, 0.7 and 1.0 differ by less than their error
# on 630 lost characters of simulated documents (0.843, 0.844, 0.844 right).
CLASS_WEIGHT: Final = 0.07  # 0.7, per tenth of a nat
TENTH: Final = 0.1

# A character that the model has never met, in nats: dearer than the rarest word.
STRANGER: Final = 20.0
# It indents paragraphs and is no sign of anything elsewhere.
IDEOGRAPHIC_SPACE: Final = 10.0
IDEOGRAPHIC_SPACE_CODE: Final = 0x3000
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
        self.starts: vec[float] = doubles([-CLASS_WEIGHT * tenths for tenths in starts])
        self.steps: vec[float] = doubles([-CLASS_WEIGHT * tenths for tenths in steps])
        self._marks: dict[str, int] = marks
        self._marks_at: vec[i16] = _by_code(marks)
        self._mark_costs: vec[float] = doubles([tenths * TENTH for tenths in mark_costs])
        self._pairs: vec[float] = doubles([-TENTH * tenths for tenths in pairs])
        self._ends: vec[float] = doubles([-TENTH * tenths for tenths in ends])
        self._class_names: list[str] = class_names
        self._most_marks: i64 = len(marks)
        self.most_classes: i64 = len(class_names)
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
        return int(self.mark_at(ord(character)))

    def mark_at(self, code: i64) -> i64:
        """Return the same, by the number of the character."""
        if FIRST_HAN <= code <= LAST_HAN:
            return 0
        if code < CODES:
            return i64(self._marks_at[code])
        return self._marks.get(chr(code), -1)

    def character_cost(self, character: str) -> float:
        """Return the cost of a character standing alone, in nats."""
        if is_han(character):
            return self.cost_alone(ord(character))
        return self.mark_cost(ord(character), self.mark_at(ord(character)))

    def mark_cost(self, code: i64, mark: i64) -> float:
        """Return the cost of a character that is a mark, in nats."""
        if code == IDEOGRAPHIC_SPACE_CODE:
            return IDEOGRAPHIC_SPACE
        return STRANGER if mark < 0 else self._mark_costs[mark]

    def cost_alone(self, code: i64) -> float:
        """Return the cost of a Han character standing alone, in nats."""
        at = self.words[0].at(code, code)
        return self.words[0].cost(at) if at >= 0 else self.unknown.cost

    def beside(self, left: i64, right: i64) -> float:
        """Return what the marks ``left`` and ``right`` cost for standing together, in nats."""
        if left < 0 or right < 0:
            return 0.0
        return self._pairs[left * self._most_marks + right]

    def behind(self, word_class: i64, mark: i64) -> float:
        """Return what a mark costs behind a word of this class, in nats; -1 is no word."""
        if word_class < 0 or mark < 0:
            return 0.0
        return self._ends[word_class * self._most_marks + mark]

    def class_name(self, word_class: int) -> str:
        """Return a tag of jieba, with S for words of one character and M for longer ones."""
        return self._class_names[word_class]

    def cost_of_folded(self, text: str) -> float:
        """Return the cost of ``text``, in nats: the best way to cut it into words."""
        cut = Cut(self, len(text))
        cut.add(text)
        return cut.cost

    def last_class(self, run: str) -> int:
        """Return the class of the last word of a run of Han characters."""
        cut = Cut(self, len(run))
        cut.add(run)
        return cut.last_class()


class Cut:
    """A text that grows, cut into words in the best way.

    For each place there is what the text costs up to there by the class of its last word, -1 for
    a mark: as many as words may end there.
    """

    __slots__ = ("_classes", "_codes", "_costs", "_counts", "_marks", "_model", "_room", "length")

    def __init__(self, model: WordModel, room: i64 = 32) -> None:
        """Make room for so many characters, and for more when they come."""
        self._model: WordModel = model
        self.length: i64 = 0
        self._room: i64 = room
        self._codes: vec[i64] = vec[i64]([i64(0)] * room)
        self._marks: vec[i64] = vec[i64]([i64(0)] * room)
        self._counts: vec[i64] = vec[i64]([i64(1)] * (room + 1))
        self._classes: vec[i64] = vec[i64]([i64(-1)] * (LONGEST * (room + 1)))
        self._costs: vec[float] = vec[float]([0.0] * (LONGEST * (room + 1)))

    @property
    def cost(self) -> float:
        """Of the whole text, in nats."""
        costs = self._costs
        at: i64 = LONGEST * self.length
        end: i64 = at + self._counts[self.length]
        best = costs[at]
        while at < end:
            best = min(best, costs[at])
            at += 1
        return best

    def last_class(self) -> int:
        """Return the class of the last word in the best way."""
        first: i64 = LONGEST * self.length
        best = self.cost
        at = first
        while self._costs[at] != best:
            at += 1
        return int(self._classes[at])

    def shorten(self, length: i64) -> None:
        """Take away what stands behind so many characters."""
        self.length = length

    def add(self, text: str) -> None:
        """Put a text, as the model reads it, behind what there is."""
        length: i64 = len(text)
        at: i64 = 0
        while at < length:
            self.put(ord(text[at]))
            at += 1

    def _grow(self, room: i64) -> None:
        """Make room for so many characters."""
        wider = Cut(self._model, room)
        at: i64 = 0
        while at < self.length:
            wider._codes[at] = self._codes[at]
            wider._marks[at] = self._marks[at]
            at += 1
        at = 0
        while at <= self.length:
            wider._counts[at] = self._counts[at]
            at += 1
        at = 0
        while at < LONGEST * (self.length + 1):
            wider._classes[at] = self._classes[at]
            wider._costs[at] = self._costs[at]
            at += 1
        self._room = room
        self._codes, self._marks, self._counts = wider._codes, wider._marks, wider._counts
        self._classes, self._costs = wider._classes, wider._costs

    def put(self, code: i64) -> None:
        """Put a character, as the model reads it, behind what there is."""
        if self.length == self._room:
            self._grow(2 * self._room + 1)
        model = self._model
        at = self.length
        mark = model.mark_at(code)
        pair = 0.0
        if at and self._marks[at - 1] | mark:
            pair = model.beside(self._marks[at - 1], mark)
        self._codes[at] = code
        self._marks[at] = mark
        self.length = at + 1
        if mark:
            cost = model.mark_cost(code, mark) + pair
            self._costs[LONGEST * (at + 1)] = self._before_mark(at, mark) + cost
            self._classes[LONGEST * (at + 1)] = -1
            self._counts[at + 1] = 1
        else:
            self._words_to(at + 1, pair)

    def _before_mark(self, place: i64, mark: i64) -> float:
        """Return what the text up to a place costs with what is due before a mark behind it."""
        model, classes, costs = self._model, self._classes, self._costs
        at: i64 = LONGEST * place
        end: i64 = at + self._counts[place]
        best = costs[at] + model.behind(classes[at], mark)
        at += 1
        while at < end:
            best = min(best, costs[at] + model.behind(classes[at], mark))
            at += 1
        return best

    def _best_after(self, place: i64, word_class: i64, cost: float, due: float) -> float:
        """Return the least cost of the text up to a place with a word behind it."""
        model, classes, costs = self._model, self._classes, self._costs
        starts, steps, most = model.starts, model.steps, model.most_classes
        best = FAR
        at: i64 = LONGEST * place
        end: i64 = at + self._counts[place]
        while at < end:
            left = classes[at]
            step = starts[word_class] if left < 0 else steps[left * most + word_class]
            best = min(best, costs[at] + cost + due + step)
            at += 1
        return best

    def _words_to(self, end: i64, pair: float) -> None:
        """Weigh all words that end here; ``pair`` is due if the last one starts here."""
        model, marks, codes = self._model, self._marks, self._codes
        classes, costs = self._classes, self._costs
        cell: i64 = LONGEST * end
        count: i64 = 0
        rest: i64 = 0
        shift: i64 = 0
        number: i64 = 0
        while number < LONGEST and number < end:
            start: i64 = end - 1 - number
            if number and marks[start]:
                break
            first: i64 = codes[start]
            words = model.words[number]
            at = words.at(first, rest if number else first)
            if at >= 0 or not number:
                word_class: i64 = words.classes[at] if at >= 0 else model.unknown.word_class
                cost = words.cost(at) if at >= 0 else model.unknown.cost
                # What stands before the first character of a run was paid for by that character.
                due = pair
                if number:
                    due = 0.0
                    if start and marks[start - 1]:
                        due = model.beside(marks[start - 1], 0)
                best = self._best_after(start, word_class, cost, due)
                place: i64 = cell
                while place < cell + count and classes[place] != word_class:
                    place += 1
                if place < cell + count:
                    costs[place] = min(costs[place], best)
                else:
                    classes[place] = word_class
                    costs[place] = best
                    count += 1
            rest |= first << shift
            shift += 16
            number += 1
        self._counts[end] = count


def _by_code(marks: dict[str, int]) -> vec[i16]:
    """Return the numbers of marks by those of characters, -1 where there is none."""
    table = bytearray(b"\xff\xff" * CODES)
    for mark, number in marks.items():
        if ord(mark) < CODES:
            table[2 * ord(mark) : 2 * ord(mark) + 2] = number.to_bytes(2, "little")
    return shorts(bytes(table))


def is_han(character: str) -> bool:
    """Whether a character is a CJK unified ideograph of the Basic Multilingual Plane."""
    return FIRST_HAN <= ord(character) <= LAST_HAN
