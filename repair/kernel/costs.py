"""What a text costs in every language at once: the sums of the judge, in one pass for each script.

The statistics of a script have a byte for each of its languages, side by side: a row. Rows are
added eight languages at a time, in lanes of two bytes. ``repair.model.group`` says what is added,
and does the same where this is not compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from librt.strings import read_i16_le, read_i32_le
from librt.vecs import append, vec
from mypy_extensions import i32, i64

from repair.kernel.rows import (
    SPACE,
    Script,
    added,
    alike,
    least,
    letter,
    places_of,
    row_of,
    zeros,
)
from repair.kernel.spoken import LETTERS, Words

MOST_SCRIPTS: Final = 62
"""That have statistics, with one to spare."""
KELVIN: Final = 0x212A  # a small k
DOTTED: Final = 0x130  # a small i, and a dot
NO_LIMIT: Final = 1 << 60
FEW: Final = 16
"""So many languages are added at once: a bound is no faster."""
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


class Text:
    """What there is in a text."""

    def __init__(self, length: i64) -> None:
        self.pairs: vec[i64] = zeros(length + 1)
        """Those of which one is beyond ASCII: the first, shifted by 21 bits, and the second."""
        self.count: i64 = 0
        """How many these are."""
        self.ascii: i64 = 0
        """The units of all others."""
        self.beyond: i64 = 0
        """Characters beyond ASCII."""
        self.ideographs: i64 = 0
        """Of these."""
        self.scripts: vec[i64] = vec[i64](capacity=8)
        """All that there are letters of and statistics, and Latin; that of most letters first."""
        self.words: vec[i64] = zeros(length + 1)
        """Where the rows begin of pairs in ASCII words, on lines with anything else."""
        self.spoken: i64 = 0
        """How many these are."""


class Sums:
    """What pairs cost in each language of a script."""

    def __init__(self, wide: vec[i64], alike: i64) -> None:
        self.wide: vec[i64] = wide
        self.alike: i64 = alike
        """What all lanes have more."""


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

    def best(self, text: str) -> tuple[str | None, int, int, int]:
        """Return the language that a text costs least in.

        And the units of its pairs with anything beyond ASCII in that language, those of all other
        pairs, and how many there are of the former. Where there are none, there is no language.
        """
        read = self.read(text)
        if not read.count:
            return None, 0, int(read.ascii), 0
        sums = self.sums(read, self.script(read.scripts[0]), NO_LIMIT)
        best, lane, units = self.least(read, sums)
        language = self.script(best).tags[lane]
        return language, int(units), int(read.ascii), int(read.count)

    def is_below(self, text: str, units: float, units_of_ideographs: float) -> bool:
        """Tell whether the pairs of a text cost less than so many units on average.

        Ideographs may cost another number if they are most of what is beyond ASCII.
        """
        read = self.read(text)
        each: float = units_of_ideographs if 2 * read.ideographs > read.beyond else units
        if not read.count:
            return each > 0
        pairs: float = float(read.count)
        home = self.script(read.scripts[0])
        sums = self.sums(read, home, NO_LIMIT)
        # One language may be enough to tell, whatever words there are.
        words: i64 = self.words.last
        if home.number != self.latin:
            words += self.words.most
        if float(self.lowest(sums, home) + words) / pairs < each:
            return True
        best = self.least(read, sums)
        return float(best[2]) / pairs < each

    def lowest(self, sums: Sums | None, script: Script) -> i64:
        """Return what a text costs in the language that it costs least in, without words."""
        if sums is None:
            return NO_LIMIT
        wide = sums.wide
        always = script.always
        least: i64 = NO_LIMIT
        lane: i64 = 0
        while lane < script.lanes:
            units: i64 = wide[lane] + always[lane]
            least = min(least, units)
            lane += 1
        return least + sums.alike

    def least(self, read: Text, sums: Sums | None) -> tuple[i64, i64, i64]:
        """Return the number of the script and the lane that a text costs least in, and that.

        ``sums`` are those of the script that most letters are of. Of languages that cost the same
        the first is taken, by the numbers of scripts.
        """
        words = self.words.heard(read.words, read.spoken)
        scripts = read.scripts
        best: i64 = 0
        best_lane: i64 = 0
        least: i64 = NO_LIMIT
        at: i64 = 0
        while at < len(scripts):
            number: i64 = scripts[at]
            latin = number == self.latin
            limit: i64 = least
            if number < best:
                limit += 1
            script = self.script(number)
            if at:
                sums = self.sums(read, script, limit)
            if sums is not None:
                wide = sums.wide
                always = script.always
                more: i64 = sums.alike
                if not latin:
                    more += words[len(words) - 1]
                lane: i64 = 0
                while lane < script.lanes:
                    units: i64 = wide[lane] + always[lane] + more
                    if latin:
                        units += words[lane]
                    if units < limit:
                        best = number
                        best_lane = lane
                        least = units
                        limit = units
                    lane += 1
            at += 1
        return best, best_lane, least

    def read(self, text: str, *, anywhere: bool = False) -> Text:  # noqa: C901, PLR0912, PLR0915
        """Return what there is in a text; ``anywhere`` takes words on all lines."""
        length: i64 = len(text)
        out = Text(length)
        pairs = out.pairs
        words = out.words
        classes = self.classes
        scripts = append(out.scripts, self.latin)
        letters = zeros(MOST_SCRIPTS)
        home: i64 = self.latin
        most: i64 = 0
        table = self.ascii
        lanes: i64 = self.words.lanes
        units: i64 = 0
        count: i64 = 0
        ideographs: i64 = 0
        beyond: i64 = 0
        # Pairs in words, until this line, and what there was beyond ASCII until then.
        spoken: i64 = 0
        kept: i64 = 0
        beyond_kept: i64 = 0
        if anywhere:
            beyond_kept = -1
        said: i64 = 0
        before: i64 = SPACE
        at: i64 = 0
        while at <= length:
            code: i64 = SPACE
            if at < length:
                code = i64(ord(text[at]))
            small: i64 = 0
            if code < 0x80:
                if before < 0x80:
                    units += i64(table[(before << 7) | code])
                else:
                    pairs[count] = (before << 21) | alike(code)
                    count += 1
                lower: i64 = code | 0x20
                if 0x61 <= lower <= 0x7A:
                    small = lower - 0x60
            else:
                pairs[count] = (alike(before) << 21) | code
                count += 1
                beyond += 1
                if 0x3400 <= code <= 0x9FFF:
                    ideographs += 1
                own: i64 = 0
                if code <= 0xFFFF:
                    own = i64(classes[code])
                if not own:
                    own = self.class_at(code)
                number: i64 = own >> 12
                if 0 < number < MOST_SCRIPTS:
                    letters[number] += 1
                    letters_of: i64 = letters[number]
                    if letters_of == 1 and number != self.latin:
                        scripts = append(scripts, number)
                    if letters_of > most:
                        most = letters_of
                        home = number
                if code == KELVIN:
                    small = 11
                elif code == DOTTED:
                    words = append(words, 0)
                    words[spoken] = (said * LETTERS + 9) * lanes
                    spoken += 1
                    said = 9
            if small | said:
                words[spoken] = (said * LETTERS + small) * lanes
                spoken += 1
                said = small
            if code == 10:
                if beyond == beyond_kept:
                    spoken = kept
                kept = spoken
                if not anywhere:
                    beyond_kept = beyond
            before = code
            at += 1
        out.spoken = kept if beyond == beyond_kept else spoken
        out.words = words
        out.scripts = _first(scripts, home)
        out.count = count
        out.ascii = units
        out.beyond = beyond
        out.ideographs = ideographs
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

    def sums(  # noqa: C901, PLR0912, PLR0915
        self, read: Text, script: Script, limit: i64
    ) -> Sums | None:
        """Add what the pairs cost of which one is beyond ASCII.

        ``None`` if that is found to be no less than ``limit`` in any language.
        """
        pages = script.places.pages
        blocks = script.places.blocks
        known = script.known
        lanes: i64 = script.lanes
        costs: i64 = script.costs
        leaving: i64 = script.leaving
        pairs = read.pairs
        count: i64 = read.count
        rows = zeros(2 * count)
        taken: i64 = 0
        alike: i64 = 0
        floor: i64 = 0
        bounded = lanes > FEW and limit != NO_LIMIT
        last: i64 = -1
        last_places: i64 = 0
        at: i64 = 0
        while at < count:
            first: i64 = pairs[at] >> 21
            second: i64 = pairs[at] & 0x1FFFFF
            at += 1
            if script.folds:
                first = letter(first)
                second = letter(second)
            places: i64 = last_places
            if first != last:
                places = places_of(pages, blocks, first)
            last = second
            block: i64 = i64(read_i16_le(pages, (second >> 8) << 1)) << 8
            last_places = i64(read_i32_le(blocks, (block | (second & 0xFF)) << 2))
            context: i64 = (places >> 16) - 1
            single: i64 = (last_places & 0xFFFF) - 1
            if single < 0:
                alike += self.stranger(first, second, script.number)
                if alike + floor >= limit:
                    return None
                continue
            if script.mixes:
                mixed: i64 = self.mixed(first, second)
                if mixed:
                    alike += mixed
                    context = -1
            row: i64 = -1
            if context >= 0:
                row = row_of(known, context, second)
            if row < 0:
                if context >= 0:
                    rows[taken] = (leaving + context) * lanes
                    taken += 1
                    if bounded:
                        floor += least(script, leaving + context)
                row = costs + single
            rows[taken] = row * lanes
            taken += 1
            if bounded:
                floor += least(script, row)
                if alike + floor >= limit:
                    return None
        return Sums(added(script.rows, rows, taken, lanes), alike)

    def by_pair(self, text: str) -> list[int]:
        """Return the units of each pair in the language that the text costs least in.

        There is one more than characters, the first one that of a space and the first character;
        -1 stands for pairs of ASCII, -2 for those with a second character that its script has no
        statistics of.
        """
        length: i64 = len(text)
        out: list[int] = [-1] * int(length + 1)
        read = self.read(text)
        if not read.count:
            return out
        sums = self.sums(read, self.script(read.scripts[0]), NO_LIMIT)
        best, lane, _ = self.least(read, sums)
        script = self.script(best)
        before: i64 = SPACE
        at: i64 = 0
        while at <= length:
            code: i64 = SPACE
            if at < length:
                code = i64(ord(text[at]))
                if code < 0x80:
                    code = alike(code)
            if before | code >= 0x80:
                out[at] = int(self.units(before, code, script, lane))
            before = code
            at += 1
        return out

    def units(self, first: i64, second: i64, script: Script, lane: i64) -> i64:
        """Return what a pair costs in one language; -2 if the second character is a stranger."""
        if script.folds:
            first = letter(first)
            second = letter(second)
        pages = script.places.pages
        blocks = script.places.blocks
        single: i64 = (places_of(pages, blocks, second) & 0xFFFF) - 1
        if single < 0:
            return -2
        context: i64 = (places_of(pages, blocks, first) >> 16) - 1
        mixed: i64 = 0
        if script.mixes:
            mixed = self.mixed(first, second)
        lanes: i64 = script.lanes
        rows = script.rows
        leaving: i64 = 0
        if context >= 0 and not mixed:
            row: i64 = row_of(script.known, context, second)
            if row >= 0:
                return i64(rows[row * lanes + lane])
            leaving = i64(rows[(script.leaving + context) * lanes + lane])
        return i64(rows[(script.costs + single) * lanes + lane]) + leaving + mixed

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
        if left and right and left != right:
            return self.strangers.mixed
        return 0

    def spoken(self, text: str) -> vec[i64]:
        """Return what the ASCII words of a text say, on whatever line: see ``Words.heard``."""
        read = self.read(text, anywhere=True)
        return self.words.heard(read.words, read.spoken)


def _first(numbers: vec[i64], number: i64) -> vec[i64]:
    """Return numbers of which this one comes first."""
    at: i64 = 0
    while numbers[at] != number:
        at += 1
    numbers[at] = numbers[0]
    numbers[0] = number
    return numbers
