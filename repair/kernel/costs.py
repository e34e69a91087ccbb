"""What a text costs in every language at once: the sums of the judge, in one pass for each script.

The statistics of a script have a byte for each of its languages, side by side: a row. Rows are
added eight languages at a time, in lanes of two bytes. ``repair.model.group`` says what is added,
and does the same where this is not compiled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from librt.vecs import append, vec
from mypy_extensions import i32, i64, u8

from repair.kernel.rows import (
    CONTEXT_BITS,
    SPACE,
    Script,
    added,
    alike,
    least,
    letter,
    lowest,
    row_of,
)
from repair.kernel.spoken import Heard, Words
from repair.kernel.strangers import CHANGE, Strangers, beside
from repair.kernel.texts import CODE, CODE_BITS, Text, read

MOST_SCRIPTS: Final = 62
"""That have statistics, with one to spare."""
NO_LIMIT: Final = 1 << 60
FEW: Final = 16
"""So many languages are added at once: a bound is no faster."""


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
        self.ascii: vec[u8] = vec[u8]([u8(units) for units in ascii_costs])
        """By the first character times 128, plus the second."""
        self.words: Words = words
        self.strangers: Strangers = strangers
        self.class_of: Callable[[int], int] = class_of
        """Returns what a stranger is, plus 16 times the units of a letter within its script, plus
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
        found = read(text, self.ascii, self.words.lanes, anywhere=False)
        if not found.count:
            return None, 0, int(found.ascii), 0
        scripts = self.scripts_of(found)
        sums = self.sums(found, self.script(scripts[0]), NO_LIMIT)
        words = self.words.heard(found.words, found.spoken, found.mixed)
        best, lane, units = self.least(found, scripts, sums, words)
        language = self.script(best).tags[lane]
        return language, int(units), int(found.ascii), int(found.count)

    def units_beside(self, text: str, heard: Heard) -> int:
        """Return what a text costs in its likeliest language, if these are the words that tell."""
        found = read(text, self.ascii, self.words.lanes, anywhere=False)
        if not found.count:
            return int(found.ascii)
        scripts = self.scripts_of(found)
        sums = self.sums(found, self.script(scripts[0]), NO_LIMIT)
        least = self.least(found, scripts, sums, heard)
        return int(least[2] + found.ascii)

    def is_below(self, text: str, limits: list[float]) -> bool:
        """Tell whether the pairs of a text cost less than so many units on average.

        There is a limit for each script that most of what is beyond ASCII may be of, by number, and
        a first one for all other texts; the last one is for ideographs.
        """
        found = read(text, self.ascii, self.words.lanes, anywhere=False)
        scripts = self.scripts_of(found)
        each: float = limits[-1] if found.ideographs > 0 else limits[int(found.home)]
        if not found.count:
            return each > 0
        pairs: float = float(found.count)
        home = self.script(scripts[0])
        sums = self.sums(found, home, NO_LIMIT)
        # One language may be enough to tell, whatever words there are.
        words: i64 = self.words.against_one
        if home.number != self.latin:
            words += self.words.most
        if sums is not None:
            lane: i64 = lowest(sums.wide, home.always, home.lanes)
            upper: i64 = sums.wide[lane] + home.always[lane] + sums.alike + words
            if float(upper) / pairs < each:
                return True
        heard = self.words.heard(found.words, found.spoken, found.mixed)
        best = self.least(found, scripts, sums, heard)
        return float(best[2]) / pairs < each

    def least(
        self, found: Text, scripts: vec[i64], sums: Sums | None, words: Heard
    ) -> tuple[i64, i64, i64]:
        """Return the number of the script and the lane that a text costs least in, and that.

        ``sums`` are those of the first of these scripts, and ``words`` what words say. Of languages
        that cost the same the first is taken, by the numbers of scripts.
        """
        best: i64 = 0
        best_lane: i64 = 0
        least: i64 = NO_LIMIT
        at: i64 = 0
        while at < len(scripts):
            number: i64 = scripts[at]
            limit: i64 = least
            if number < best:
                limit += 1
            script = self.script(number)
            if at:
                sums = self.sums(found, script, limit)
            if sums is not None:
                always = words.costs if number == self.latin else script.always
                lane: i64 = lowest(sums.wide, always, script.lanes)
                units: i64 = sums.wide[lane] + always[lane] + sums.alike
                if number != self.latin:
                    units += words.others
                if units < limit:
                    best = number
                    best_lane = lane
                    least = units
            at += 1
        return best, best_lane, least

    def scripts_of(self, found: Text) -> vec[i64]:
        """Return the numbers of scripts that have statistics and letters in a text, and of Latin.

        That of the most letters comes first. Classes of the second characters of pairs are noted,
        what pairs have in common (see ``beside``), and what most characters are.
        """
        pairs = found.pairs
        classes = self.classes
        letters = vec[i32]([i32(0)] * MOST_SCRIPTS)
        out = vec[i64](capacity=4)
        out = append(out, self.latin)
        ideographs: i64 = 0
        beyond: i64 = 0
        plain: i64 = 0
        current: i64 = self.latin
        run: i64 = 0
        last: i64 = -1
        own: i64 = 0
        count: i64 = found.count
        seconds = vec[i32]([i32(0)] * count)
        at: i64 = 0
        while at < count:
            pair: i64 = pairs[at]
            first: i64 = pair >> CODE_BITS
            code: i64 = pair & CODE
            before: i64 = own
            if first != last:
                before = self.class_at(first)
            own = 0
            if code < len(classes):
                own = i64(classes[code])
            if not own:
                own = self.class_at(code)
            seconds[at] = i32(own)
            pairs[at] = pair | beside(before, own)
            number: i64 = own >> 12
            if number == current:
                run += 1
            elif number:
                out = _counted(out, letters, current, run)
                current = number
                run = 1
            if code >= 0x80:
                beyond += 1
                if 0x3400 <= code <= 0x9FFF:
                    ideographs += 1
            elif number:
                plain += 1
            last = code
            at += 1
        found.ideographs = 2 * ideographs - beyond
        found.classes = seconds
        out = _counted(out, letters, current, run)
        letters[self.latin] -= i32(plain)
        found.home = _home(out, letters, beyond)
        return out

    def script(self, number: i64) -> Script:
        """Return a script, which may have to be found."""
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
        self, found: Text, script: Script, limit: i64
    ) -> Sums | None:
        """Add what the pairs cost of which one is beyond ASCII.

        ``None`` if that is found to be no less than ``limit`` in any language.
        """
        placed = script.places
        known = script.known
        lanes: i64 = script.lanes
        costs: i64 = script.costs
        leaving: i64 = script.leaving
        pairs = found.pairs
        classes = found.classes
        strangers = self.strangers
        count: i64 = found.count
        rows = vec[i32]([i32(0)] * (2 * count))
        taken: i64 = 0
        alike: i64 = 0
        floor: i64 = 0
        folds = script.folds
        mixes = script.mixes
        bounded = lanes > FEW and limit != NO_LIMIT
        last: i64 = -1
        last_places: i64 = 0
        at: i64 = 0
        while at < count:
            pair: i64 = pairs[at]
            first: i64 = (pair >> CODE_BITS) & CODE
            second: i64 = pair & CODE
            at += 1
            if folds and first < 0x80:
                first = letter(first)
            if folds and second < 0x80:
                second = letter(second)
            places: i64 = last_places
            if first != last:
                places = 0
                if first < len(placed):
                    places = i64(placed[first])
            last = second
            last_places = 0
            if second < len(placed):
                last_places = i64(placed[second])
            context: i64 = (places >> CONTEXT_BITS) - 1
            single: i64 = (last_places & 0xFFFF) - 1
            if single < 0:
                own: i64 = i64(classes[at - 1])
                alike += strangers.cost(own, pair, script.number, repeats=first == second)
                if alike + floor >= limit:
                    return None
                continue
            if mixes and pair & CHANGE:
                alike += strangers.mixed
                context = -1
            row: i64 = -1
            if context >= 0:
                row = row_of(known, context, second)
            if row < 0:
                if context >= 0:
                    rows[taken] = i32((leaving + context) * lanes)
                    taken += 1
                    if bounded:
                        floor += least(script, leaving + context)
                row = costs + single
            rows[taken] = i32(row * lanes)
            taken += 1
            if bounded:
                floor += least(script, row)
                if alike + floor >= limit:
                    return None
        return Sums(added(script.rows, rows, taken, lanes), alike)

    def within(self, text: str, number: int, lanes: list[int]) -> tuple[int, int]:
        """Return what a text costs in some lanes of a script, at the least and however rare.

        First come the units of pairs with anything beyond ASCII, then those of all others.
        """
        found = read(text, self.ascii, self.words.lanes, anywhere=False)
        self.scripts_of(found)  # marks where words change their script
        sums = self.sums(found, self.script(number), NO_LIMIT)
        least: i64 = NO_LIMIT
        if sums is not None:  # it never is without a limit
            words = self.words.heard(found.words, found.spoken, found.mixed)
            for each in lanes:
                lane: i64 = i64(each)
                more: i64 = words.against[lane] if i64(number) == self.latin else words.others
                units: i64 = sums.wide[lane] + sums.alike + more
                least = min(least, units)
        return int(least), int(found.ascii)

    def by_pair(self, text: str) -> list[int]:
        """Return the units of each pair in the language that the text costs least in.

        There is one more than characters, the first one that of a space and the first character;
        -1 stands for pairs of ASCII, -2 for those with a second character that its script has no
        statistics of.
        """
        length: i64 = len(text)
        out: list[int] = [-1] * int(length + 1)
        found = read(text, self.ascii, self.words.lanes, anywhere=False)
        if not found.count:
            return out
        scripts = self.scripts_of(found)
        sums = self.sums(found, self.script(scripts[0]), NO_LIMIT)
        words = self.words.heard(found.words, found.spoken, found.mixed)
        best, lane, _ = self.least(found, scripts, sums, words)
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
        single: i64 = script.single(second)
        if single < 0:
            return -2
        context: i64 = script.context(first)
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
        own: i64 = self.class_at(code)
        common: i64 = beside(self.class_at(before), own)
        return self.strangers.cost(own, common, home, repeats=before == code)

    def mixed(self, before: i64, code: i64) -> i64:
        """Return the units that a change of script within a word costs."""
        left: i64 = self.class_at(before) >> 12
        right: i64 = self.class_at(code) >> 12
        if left and right and left != right:
            return self.strangers.mixed
        return 0

    def spoken(self, text: str) -> Heard:
        """Return what the ASCII words of a text say, on whatever line."""
        found = read(text, self.ascii, self.words.lanes, anywhere=True)
        return self.words.heard(found.words, found.spoken, found.mixed)


def _counted(scripts: vec[i64], letters: vec[i32], number: i64, run: i64) -> vec[i64]:
    """Return the numbers of scripts, one of which has so many more letters.

    That of the most comes first.
    """
    if not run or number >= MOST_SCRIPTS:
        return scripts
    out = scripts
    at: i64 = 0
    while at < len(out) and out[at] != number:
        at += 1
    if at == len(out):
        out = append(out, number)
    letters[number] += i32(run)
    if letters[number] > letters[out[0]]:
        out[at] = out[0]
        out[0] = number
    return out


def _home(scripts: vec[i64], letters: vec[i32], beyond: i64) -> i64:
    """Return the script that has more than half of so many letters; 0 if none has."""
    at: i64 = 0
    while at < len(scripts):
        if 2 * i64(letters[scripts[at]]) > beyond:
            return scripts[at]
        at += 1
    return 0
