"""Makes the table of what the rules want to see, from their triggers.

python -m repair.triggers.build           writes it
python -m repair.triggers.build --check   fails unless it is what it would write
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from repair.rules import RULES
from repair.triggers import SECOND, named
from repair.triggers.conditions import (
    Condition,
    InText,
    OnLine,
    Pair,
    Row,
    conditions,
    stops,
    weight,
)
from repair.triggers.sets import ANY, EMPTY, LAST, Ranges, contains, union
from repair.types import Kind, Rule, Sight

PATH = Path(__file__).parent.parent / "tables" / "triggers.bin"
BITS = 63
ASTRAL = 0x10000
# Where the classes of blocks stand among those of code points.
_BLOCKS = range(2 * ASTRAL, 2 * (ASTRAL + 0x200), 2)
# What these want is met in many clean texts (python -m benchmarks.triggers), or as little as a sign
# or two of ASCII: they have signs of their own in the first table. All others share one there, and
# have their own in the second, which is asked where that one was seen.
OFTEN_MET = frozenset(
    """
    E101 E102 E103 E104 E106 E107 E108 F110 H201 I108 I503 X101 X102 X103
    """.split()  # noqa: SIM905
)
# Bytes of UTF-8 have none, so where the scan sees them the text is another one.
SURROGATES = "[\ud800-\udfff]"


class TooManyError(ValueError):
    """The rules need more than the table can hold."""


class Dense(NamedTuple):
    """Signs that count on a line where there is one for each so many characters."""

    signs: int
    each: int
    longest: int


class _Signs:
    """Bits, and what a pair of characters must be for each."""

    def __init__(self) -> None:
        self.of: list[tuple[int, Pair | Row]] = []
        self.bits = 0
        self.paired = 0
        self.begun = 0
        self.dense = Dense(0, 0, 0)

    def new(self, count: int = 1) -> int:
        """Return the number of the first of so many new bits."""
        self.bits += count
        if self.bits > BITS:
            msg = f"the rules need more than {BITS} signs"
            raise TooManyError(msg)
        return self.bits - count

    def single(self, ranges: Ranges, bit: int) -> None:
        self.of.append((bit, Pair(ANY, ranges)))


def triggers_table(rules: Sequence[Rule]) -> bytes:
    """Return the table for these rules, and for surrogates.

    A line of JSON (what each trigger wants, and the constants of the scans), then for each of two
    tables the classes of characters, the verdicts on pairs of them and the signs of each verdict,
    deflated.

    Raises:
        UnknownNeedError: a trigger may match anywhere.
        TooManyError: the rules need more signs than there are bits.
    """
    first, second = _Signs(), _Signs()
    patterns = {rule.code: _sight(rule) for rule in rules}
    lined = dict.fromkeys(patterns[rule.code] for rule in rules if rule.by_line)
    others = dict.fromkeys(patterns[rule.code].pattern for rule in rules if not rule.by_line)
    often = {patterns[rule.code].pattern for rule in rules if rule.code in OFTEN_MET}
    wants = {seen.pattern: _on_lines(first, seen.pattern) + _densely(first, seen) for seen in lined}
    on_lines = first.bits
    for pattern in (SURROGATES, *(each for each in others if each in often)):
        wants[pattern] = _anywhere(first, pattern)
    shared = first.new()
    for pattern in (each for each in others if each not in often):
        found = conditions(pattern, by_line=False)
        first.of += [(shared, each) for each in map(_one, found)]
        wants[pattern] = [mask << SECOND for mask in _anywhere(second, pattern, in_rows=True)]
    parts = [part for signs in (first, second) for part in _table(signs)]
    head = {
        "rules": {
            rule.code: _row(rule, wants[seen.pattern], _stops(rule, seen))
            for rule in rules
            for seen in [patterns[rule.code]]
        },
        "surrogates": wants[SURROGATES][0],
        "shared": 1 << shared,
        "paired": first.paired,
        "far": (1 << first.bits) - (1 << on_lines),
        "begun": [first.begun, second.begun],
        "dense": first.dense,
        "sizes": [len(part) for part in parts],
    }
    return zlib.compress(b"\n".join((json.dumps(head).encode(), b"".join(parts))), 9)


def _table(signs: _Signs) -> tuple[bytes, bytes, bytes, bytes]:
    classes, members = _classes(chain.from_iterable(_sets(each) for _, each in signs.of))
    blocks = {int.from_bytes(classes[at : at + 2], "little") for at in _BLOCKS}
    verdicts, sets = _verdicts(signs.of, members, blocks)
    return classes, verdicts, _packed(_followers(signs.of, members), 8), _packed(sets, 8)


def _one(condition: Condition) -> Pair | Row:
    """Return a condition of one place: of two characters, the one that is met more seldom."""
    if isinstance(condition, OnLine | InText):
        return Pair(ANY, min(condition, key=weight))
    return condition


def _sets(condition: Pair | Row) -> Iterator[Ranges]:
    if isinstance(condition, Row):
        yield from condition.further
        condition = Pair(*condition[:2], *condition[3:])
    yield from condition


def _row(rule: Rule, masks: list[int], stops: str) -> list[object]:
    kinds = [kind.value for kind in rule.kinds if len(rule.kinds) < len(Kind)]
    return [named(rule.trigger), kinds, masks, stops]


def _sight(rule: Rule) -> Sight:
    seen = rule.sight() if rule.sight else rule.trigger
    return seen if isinstance(seen, Sight) else Sight(seen, "", 0, 0)


def _stops(rule: Rule, seen: Sight) -> str:
    """Return the ASCII characters at which the scan must stop for a rule."""
    patterns = filter(None, (seen.pattern, seen.dense))
    every = chain.from_iterable(conditions(each, by_line=rule.by_line) for each in patterns)
    found = set().union(*map(stops, every))
    return "".join(map(chr, sorted(found)))


def _packed(numbers: Iterable[int], size: int) -> bytes:
    return b"".join(number.to_bytes(size, "little") for number in numbers)


def _followers(
    signs: Iterable[tuple[int, Pair | Row]], members: dict[Ranges, set[int]]
) -> list[int]:
    """Return the signs, of those that want further characters, that each class may follow."""
    masks = [0] * len(members[ANY])
    for bit, condition in signs:
        for step, ranges in enumerate(condition.further if isinstance(condition, Row) else ()):
            for number in members[ranges]:
                masks[number] |= 1 << bit + step
    return masks


def _on_lines(signs: _Signs, pattern: str) -> list[int]:
    """Give a pattern whose places matter one sign, and two for each condition of two halves."""
    found = conditions(pattern, by_line=True)
    masks = []
    for condition in found:
        if isinstance(condition, OnLine):
            bit = signs.new(2)
            signs.paired |= 1 << bit
            for number, half in enumerate(sorted(condition, key=weight, reverse=True)):
                signs.single(half, bit + number)
            masks.append(3 << bit)
    return masks + _rows(signs, found) + _pairs(signs, found)


def _densely(signs: _Signs, seen: Sight) -> list[int]:
    """Give what counts where there is enough of it signs of its own."""
    if not seen.dense:
        return []
    masks = _on_lines(signs, seen.dense)
    signs.dense = Dense(sum(masks), seen.each, seen.longest)
    return masks


def _rows(signs: _Signs, found: Iterable[Condition]) -> list[int]:
    """Give rows of characters a sign for each beyond the first: one after the other.

    Rows that go on with much the same share these.
    """
    masks = []
    shared: list[tuple[int, tuple[Ranges, ...]]] = []
    for condition in found:
        if isinstance(condition, Row):
            further = condition.further
            count = len(further)
            bit = next((bit for bit, others in shared if _are_alike(further, others)), None)
            if bit is None:
                bit = signs.new(count + 1)
                shared.append((bit, further))
                signs.begun |= ((1 << count) - 1) << bit
                masks.append(1 << bit + count)
            signs.of.append((bit, condition))
    return masks


def _pairs(signs: _Signs, found: Iterable[Condition]) -> list[int]:
    """Give all pairs one sign."""
    pairs = [condition for condition in found if isinstance(condition, Pair)]
    if not pairs:
        return []
    bit = signs.new()
    signs.of += [(bit, pair) for pair in pairs]
    return [1 << bit]


# Sets together are at most so much more often met than one of them, where they count as alike.
_MORE = 1.05


def _are_alike(some: Sequence[Ranges], others: Sequence[Ranges]) -> bool:
    return len(some) == len(others) and all(
        weight(union(one, other)) <= _MORE * min(weight(one), weight(other))
        for one, other in zip(some, others, strict=True)
    )


def _anywhere(signs: _Signs, pattern: str, *, in_rows: bool = False) -> list[int]:
    """Give a pattern one sign, two for each condition of two halves, and those of rows."""
    found = conditions(pattern, by_line=False, in_rows=in_rows)
    masks = _rows(signs, found)
    for condition in found:
        if isinstance(condition, InText):
            bit = signs.new(2)
            signs.single(condition.one, bit)
            signs.single(condition.other, bit + 1)
            masks.append(3 << bit)
    return masks + _pairs(signs, found)


def _classes(sets: Iterable[Ranges]) -> tuple[bytes, dict[Ranges, set[int]]]:
    """Return the class of each code point, and for each set the classes of its members."""
    distinct = [each for each in dict.fromkeys(sets) if each not in (ANY, EMPTY)]
    edges = sorted(
        {0, *(edge for ranges in distinct for low, high in ranges for edge in (low, high + 1))}
    )
    edges = [edge for edge in edges if edge <= LAST]
    of_points: list[int] = []
    for low, high in pairwise((*edges, LAST + 1)):
        inside = sum(1 << n for n, each in enumerate(distinct) if contains(each, low))
        of_points += [inside] * (min(high, ASTRAL) - min(low, ASTRAL))
        for block in range(max(low, ASTRAL) >> 12, (high + 0xFFF) >> 12) if high > ASTRAL else ():
            place = ASTRAL + block
            of_points += [0] * (place + 1 - len(of_points))
            of_points[place] |= inside
    of_points += [0] * (ASTRAL + 0x200 - len(of_points))
    numbers = {inside: number for number, inside in enumerate(dict.fromkeys(of_points))}
    members = {
        each: {number for inside, number in numbers.items() if inside >> n & 1}
        for n, each in enumerate(distinct)
    }
    members[ANY] = set(numbers.values())
    members[EMPTY] = set()
    return _packed((numbers[inside] for inside in of_points), 2), members


def _verdicts(
    signs: Iterable[tuple[int, Pair | Row]], members: dict[Ranges, set[int]], blocks: set[int]
) -> tuple[bytes, list[int]]:
    """Return the verdict on each pair of classes, and the signs of each verdict.

    No pair is excepted for what only a part of a block has.
    """
    count = len(members[ANY])
    masks = [0] * (count * count)
    for bit, pair in signs:
        but_first = members[pair.except_first] - blocks
        but_second = members[pair.except_second] - blocks
        for first in members[pair.first]:
            spared = but_second if first in but_first else ()
            for second in members[pair.second]:
                if second not in spared:
                    masks[first * count + second] |= 1 << bit
    numbers = {mask: number for number, mask in enumerate(dict.fromkeys((0, *masks)))}
    return _packed((numbers[mask] for mask in masks), 2), list(numbers)


def main(arguments: list[str]) -> int:
    """Build or check the table; return the exit status."""
    data = triggers_table(RULES)
    if arguments == ["--check"]:
        if not PATH.exists() or zlib.decompress(PATH.read_bytes()) != zlib.decompress(data):
            sys.stderr.write(f"{PATH.name} is not current: run python -m repair.triggers.build\n")
            return 1
        return 0
    PATH.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
