"""What a text costs in every language at once: the sums of the judge, in one pass for each script.

The statistics of a script have a byte for each of its languages, side by side: a row. Rows are
added eight languages at a time, in lanes of two bytes. ``repair.model.group`` says what is added,
and does the same where this is not compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from librt.vecs import vec
from mypy_extensions import i32, i64

from repair.kernel.rows import (
    SPACE,
    Script,
    Sums,
    folded,
    letter,
    place_of,
    row_of,
    zeros,
)

LETTERS: Final = 27
"""The ASCII letters, and the space before them."""
MOST_SCRIPTS: Final = 62
"""That have statistics, with one to spare."""
KELVIN: Final = 0x212A  # a small k
DOTTED: Final = 0x130  # a small i, and a dot


# What a character is where it is a stranger: the lowest four bits of its class.
NEVER: Final = 1
SYMBOL: Final = 2
DRAWN: Final = 3
LETTER: Final = 4


class Strangers:
    """What characters cost that a script has no statistics of, in units."""

    def __init__(  # noqa: PLR0913
        self, *, never: int, same: int, box: int, joint: int, symbol: int, foreign: int, mixed: int
    ) -> None:
        self.never: i64 = never
        self.same: i64 = same
        self.box: i64 = box
        self.joint: i64 = joint
        self.symbol: i64 = symbol
        self.foreign: i64 = foreign
        self.mixed: i64 = mixed


class Words:
    """The costs of pairs of ASCII letters for the languages of the Latin script."""

    def __init__(
        self, rows: bytes, english: int, tempered: list[int], latin: tuple[int, int]
    ) -> None:
        self.rows: bytes = rows
        """By the first letter times 27, plus the second."""
        self.english: i64 = english
        """The lane that says how much like words they are."""
        self.tempered: vec[i64] = vec[i64]([i64(units) for units in tempered])
        """By the units that a language is behind the best: what counts of them; it grows no more
        at the end."""
        self.word: i64 = latin[0]
        """What each word but one says against other scripts, in units, and all of them at most."""
        self.most: i64 = latin[1]


class Counts:
    """What there is in a text."""

    def __init__(self) -> None:
        self.pairs: i64 = 0
        """Pairs of characters of which one is beyond ASCII."""
        self.ascii: i64 = 0
        """The units of all others."""
        self.beyond: i64 = 0
        """Characters beyond ASCII."""
        self.ideographs: i64 = 0
        """Of these."""
        self.letters: vec[i64] = zeros(MOST_SCRIPTS)
        """Characters of each script, by number."""


class Costs:
    """All scripts, and what is the same for all of them."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        ascii_costs: bytes,
        words: Words,
        strangers: Strangers,
        class_of: Callable[[int], int],
        load: Callable[[int], Script],
        latin: int,
    ) -> None:
        self.ascii: bytes = ascii_costs
        """By the first character times 128, plus the second."""
        self.words: Words = words
        self.strangers: Strangers = strangers
        self.class_of: Callable[[int], int] = class_of
        """Returns one of the above, plus 16 times the units of a letter within its script, plus
        4096 times the number of the script, the first of which is 1; 0 stands for none."""
        self.load: Callable[[int], Script] = load
        """Reads the statistics of a script, by its number."""
        self.classes: vec[i32] = vec[i32]([i32(0)] * 0x10000)
        """Of characters up to U+FFFF; 0 where they have not been asked for."""
        self.scripts: list[Script | None] = [None] * MOST_SCRIPTS
        """By number, as far as they have been read; higher numbers have no statistics."""
        self.latin: i64 = latin
        """The number of the Latin script."""

    def best(self, text: str) -> tuple[int, int, int, int, int]:
        """Return the number of the script and the lane that a text costs least in.

        And the units of its pairs with anything beyond ASCII in that language, those of all other
        pairs, and how many there are of the former. Where there are none, 0 is the script.
        """
        codes = folded(text)
        counts = self.counted(codes)
        if not counts.pairs:
            return 0, 0, 0, int(counts.ascii), 0
        words = self.spoken(text)
        best: i64 = 0
        best_lane: i64 = 0
        least: i64 = 0
        number: i64 = 1
        while number < MOST_SCRIPTS:
            if counts.letters[number] or number == self.latin:
                script = self.script(number)
                sums = self.sums(codes, script)
                lane: i64 = 0
                while lane < script.lanes:
                    units: i64 = sums.wide[lane] + sums.alike + script.always[lane]
                    units += words[lane] if number == self.latin else words[len(words) - 1]
                    if not best or units < least:
                        best = number
                        best_lane = lane
                        least = units
                    lane += 1
            number += 1
        return int(best), int(best_lane), int(least), int(counts.ascii), int(counts.pairs)

    def is_below(self, text: str, units: float, units_of_ideographs: float) -> bool:
        """Tell whether the pairs of a text cost less than so many units on average.

        Ideographs may cost another number if they are most of what is beyond ASCII.
        """
        codes = folded(text)
        counts = self.counted(codes)
        mostly = 2 * counts.ideographs > counts.beyond
        each: float = units_of_ideographs if mostly else units
        pairs: float = float(counts.pairs) if counts.pairs else 1.0
        if mostly:
            # One script may be enough to tell, whatever words there are.
            most: i64 = self.latin
            number: i64 = 1
            while number < MOST_SCRIPTS:
                if counts.letters[number] > counts.letters[most]:
                    most = number
                number += 1
            script = self.script(most)
            sums = self.sums(codes, script)
            last: i64 = len(self.words.tempered) - 1
            words: i64 = self.words.tempered[last] + self.words.most
            lane: i64 = 0
            while lane < script.lanes:
                upper: i64 = sums.wide[lane] + sums.alike + script.always[lane] + words
                if float(upper) / pairs < each:
                    return True
                lane += 1
        return float(self.best(text)[2]) / pairs < each

    def counted(self, codes: vec[i32]) -> Counts:
        """Count what there is in a text, folded and with spaces on both sides."""
        table = self.ascii
        out = Counts()
        count: i64 = len(codes)
        before: i64 = SPACE
        at: i64 = 1
        while at < count:
            code: i64 = i64(codes[at])
            if code | before < 0x80:
                out.ascii += i64(table[(before << 7) | code])
            else:
                out.pairs += 1
                if code >= 0x80:
                    out.beyond += 1
                    if 0x3400 <= code <= 0x9FFF:
                        out.ideographs += 1
                    number: i64 = self.class_at(code) >> 12
                    if number < MOST_SCRIPTS:
                        out.letters[number] += 1
            before = code
            at += 1
        return out

    def script(self, number: i64) -> Script:
        """Return a script, which may have to be read."""
        known = self.scripts[number]
        if known is not None:
            return known
        script = self.load(int(number))
        self.scripts[number] = script
        return script

    def class_at(self, code: i64) -> i64:
        """Return the class of a character."""
        if code > 0xFFFF:
            return i64(self.class_of(int(code)))
        classes = self.classes
        known: i64 = i64(classes[code])
        if not known:
            known = i64(self.class_of(int(code)))
            classes[code] = i32(known)
        return known

    def sums(self, codes: vec[i32], script: Script) -> Sums:
        """Add what the pairs cost of which one is beyond ASCII."""
        sums = Sums(script.lanes)
        known = script.known
        folds = script.folds
        before: i64 = SPACE
        count: i64 = len(codes)
        at: i64 = 1
        while at < count:
            code: i64 = i64(codes[at])
            if code | before < 0x80:
                before = code
                at += 1
                continue
            first: i64 = before
            second: i64 = code
            before = code
            at += 1
            if folds:
                first = letter(first)
                second = letter(second)
            single: i64 = place_of(script.singles, second)
            if single < 0:
                sums.alike += self.stranger(first, second, script.number)
                continue
            context: i64 = place_of(script.contexts, first)
            mixed: i64 = self.mixed(first, second) if script.mixes else 0
            if context < 0 or mixed:
                sums.add(script.costs, single)
                sums.alike += mixed
            else:
                place: i64 = row_of(known, context, second)
                if place >= 0:
                    sums.add(script.rows, place)
                else:
                    sums.add(script.costs, single)
                    sums.add(script.leaving, context)
            sums.counted()
        sums.carry()
        return sums

    def stranger(self, before: i64, code: i64, home: i64) -> i64:
        """Return what ``repair.model.strangers.cost`` does, in units."""
        costs = self.strangers
        own: i64 = self.class_at(code)
        kind: i64 = own & 15
        if kind == NEVER:
            return costs.never
        if kind == LETTER:
            alphabet: i64 = (own >> 4) & 0xFF
            number: i64 = own >> 12
            if number and number != home and self.class_at(before) >> 12 == number:
                return alphabet
            return costs.foreign + alphabet + self.mixed(before, code)
        if before == code:
            return costs.same
        if kind == DRAWN:
            return costs.joint if self.class_at(before) & 15 == DRAWN else costs.box
        return costs.symbol

    def mixed(self, before: i64, code: i64) -> i64:
        """Return the units that a change of script within a word costs."""
        left: i64 = self.class_at(before) >> 12
        right: i64 = self.class_at(code) >> 12
        return self.strangers.mixed if left and right and left != right else 0

    def spoken(self, text: str, *, anywhere: bool = False) -> vec[i64]:
        """Return what ASCII words on lines with anything else say against each Latin lane.

        What they say against other scripts comes last. ``anywhere`` takes all lines.
        """
        words = self.words
        lanes: i64 = self.script(self.latin).lanes
        sums = Sums(lanes)
        between: i64 = -1
        before: i64 = 0
        start: i64 = 0
        length: i64 = len(text)
        while start < length:
            at: i64 = start
            beyond = anywhere
            while at < length:
                code: i64 = i64(ord(text[at]))
                if code == 10:
                    break
                beyond = beyond or code >= 0x80
                at += 1
            end: i64 = at
            at = start if beyond else end
            while at <= end and beyond:
                code = 0 if at == end else _small(i64(ord(text[at])))
                if code or before:
                    sums.add(words.rows, before * LETTERS + code)
                    sums.counted()
                    between += 0 if before else 1
                before = code
                if code == 9 and i64(ord(text[at])) == DOTTED:
                    sums.add(words.rows, before * LETTERS)
                    sums.counted()
                    before = 0
                at += 1
            start = end + 1
        sums.carry()
        least: i64 = sums.wide[0]
        lane: i64 = 1
        while lane < lanes:
            least = min(least, sums.wide[lane])
            lane += 1
        out = zeros(lanes + 1)
        last: i64 = len(words.tempered) - 1
        lane = 0
        while lane < lanes:
            behind: i64 = sums.wide[lane] - least
            out[lane] = words.tempered[min(last, behind)]
            lane += 1
        others: i64 = words.word * max(0, between)
        out[lanes] = out[words.english] + min(words.most, others)
        return out


def _small(code: i64) -> i64:
    """Return the place of an ASCII letter in the alphabet, in whichever case; 0 for others."""
    lower: i64 = code | 0x20
    if code < 0x80:
        return lower - 0x60 if 0x61 <= lower <= 0x7A else 0
    if code == KELVIN:
        return 11
    return 9 if code == DOTTED else 0
