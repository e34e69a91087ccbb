"""Which rules a text could be of interest to, and where: one pass over it for all of them."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from repair.kernel import COMPILED
from repair.kernel.scan import Scan, Tables, scan
from repair.tables import read_table
from repair.types import Kind, Rule

MOST_KEPT = 4096


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a trigger, compiled once."""
    return re.compile(pattern)


def named(trigger: str) -> str:
    """Return a short name of a trigger: a table knows it by that."""
    return hashlib.sha256(trigger.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Triggers:
    """The table of what the triggers of all rules need; see ``build.py``."""

    def __init__(self, data: bytes) -> None:
        raw = zlib.decompress(data)
        end = raw.index(b"\n") + 1
        head = json.loads(raw[:end])
        sizes = accumulate((end, *head["sizes"]))
        classes, verdicts, followers, signs = (raw[low:high] for low, high in pairwise(sizes))
        stops = bytes(head["stops"])
        self.tables = Tables(
            classes,
            verdicts,
            followers,
            signs,
            stops,
            head["paired"],
            head["far"],
            head["halves"],
            head["last"],
            None if COMPILED else re.compile(rb"[^ -~]|[" + re.escape(stops) + rb"]"),
        )
        self.far: int = head["far"]
        self.surrogates: int = head["surrogates"]
        """The sign of a surrogate."""
        self._of_rules: dict[str, tuple[str, list[str], list[int]]] = head["rules"]
        self._of_kinds: dict[Kind, frozenset[int]] = {}
        self._known: dict[tuple[int, Kind], bool] = {}
        self.kept: tuple[bytes, Scan] | None = None
        """What is sure to be looked at next."""

    def scan(self, data: bytes) -> Scan:
        """Return what is seen in ``data``; once more if it was kept, which it is for one use."""
        kept, self.kept = self.kept, None
        return kept[1] if kept and kept[0] is data else scan(data, self.tables)

    def masks(self, rule: Rule) -> list[int]:
        """Return sets of signs of which one must be seen for a rule to find anything.

        A rule that the table does not know could find something anywhere.
        """
        trigger, _, masks = self._of_rules.get(rule.code, (None, [], []))
        return masks if trigger == named(rule.trigger) else [0]

    def signs(self, found: Scan) -> int:
        """Return the signs that count: those that want a line only of lines that are wanted."""
        signs = int(found.seen) & self.far
        for _, _, of_line in found.lines:
            signs |= of_line
        return signs

    def may_find(self, found: Scan, kind: Kind) -> bool:
        """Tell whether a rule that comes with the package could find anything."""
        signs = self.signs(found)
        if not signs:
            return False
        key = (signs, kind)
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = any(signs & mask == mask for mask in self._masks_for(kind))
        return self._known[key]

    def _masks_for(self, kind: Kind) -> frozenset[int]:
        if kind not in self._of_kinds:
            wanted = {self.surrogates}
            for _, kinds, masks in self._of_rules.values():
                if not kinds or kind.value in kinds:
                    wanted.update(masks)
            self._of_kinds[kind] = frozenset(wanted)
        return self._of_kinds[kind]


class Look(NamedTuple):
    """What is worth a look in a text."""

    rules: tuple[Rule, ...]
    lines: tuple[tuple[int, int], ...]
    """For rules that go by line; in code points."""

    def rules_for(self, kind: Kind) -> list[Rule]:
        """Return the rules that there are for texts of a kind."""
        return [rule for rule in self.rules if kind in rule.kinds]


NOTHING = Look((), ())


class Choice:
    """The rules of one list, by the signs that are seen."""

    def __init__(self, rules: Sequence[Rule], triggers: Triggers) -> None:
        self.rules = rules
        self._masks = [(rule, triggers.masks(rule)) for rule in rules]
        self._known: dict[int, tuple[Rule, ...]] = {}
        self.nothing_without_signs = not self.of(0)

    def of(self, signs: int) -> tuple[Rule, ...]:
        """Return the rules that may find something, in their order."""
        if signs not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[signs] = tuple(
                rule for rule, masks in self._masks if any(signs & mask == mask for mask in masks)
            )
        return self._known[signs]


_choices: dict[int, Choice] = {}
MOST_CHOICES = 16


def _choice(rules: Sequence[Rule]) -> Choice:
    """Return the choice of a list of rules, made once: rules are too large to be hashed."""
    found = _choices.get(id(rules))
    if found is None or found.rules is not rules:
        if len(_choices) >= MOST_CHOICES:
            _choices.clear()
        found = _choices[id(rules)] = Choice(rules, triggers())
    return found


@cache
def triggers() -> Triggers:
    """Return the table that comes with the package."""
    return Triggers(read_table("triggers.bin"))


def look(rules: Sequence[Rule], text: str, data: bytes | None = None) -> Look:
    """Return the rules whose trigger could match in ``text``, and the lines of those by line.

    ``data`` is what was read as ``text``, where that was in UTF-8 and without a mark.
    """
    known, choice = triggers(), _choice(rules)
    found = None if data is None else known.scan(data)
    if found is None or found.invalid >= 0 or found.seen & known.surrogates:
        data = text.encode("utf-8", "surrogatepass")
        found = scan(data, known.tables)
    if not found.seen and choice.nothing_without_signs:
        return NOTHING
    wanted = choice.of(known.signs(found))
    if not wanted:
        return NOTHING
    return Look(wanted, tuple(_in_code_points(found.lines, data or b"", len(text))))


def is_clean(data: bytes, kind: Kind) -> bool:
    """Tell whether ``data`` is UTF-8 without a mark, in which no rule finds anything.

    ``False`` says nothing. No rule is loaded for it.
    """
    known = triggers()
    found = scan(data, known.tables)
    clean = found.invalid < 0 and not known.may_find(found, kind)
    if not clean:
        known.kept = data, found
    return clean


def _in_code_points(
    lines: Iterable[tuple[int, int, int]], data: bytes, length: int
) -> Iterator[tuple[int, int]]:
    if length == len(data):
        yield from ((start, end) for start, end, _ in lines)
        return
    at = points = 0
    for start, end, _ in lines:
        points += len(data[at:start].decode("utf-8", "surrogatepass"))
        stop = points + len(data[start:end].decode("utf-8", "surrogatepass"))
        yield points, stop
        at, points = end, stop
