"""Which rules a text could be of interest to, and where: one pass over it for all of them."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from repair.kernel import COMPILED
from repair.kernel.scan import Scan, Stops, Tables, in_characters, scan
from repair.tables import read_table
from repair.types import Kind, Rule

MOST_KEPT = 4096
SECOND = 64
"""Where the signs of the second table begin, behind those of the first."""


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
        parts = iter([raw[low:high] for low, high in pairwise(sizes)])
        classes, verdicts, followers, signs = islice(parts, 4)
        self.far: int = head["far"]
        self.tables = Tables(
            classes,
            verdicts,
            followers,
            signs,
            head["paired"],
            self.far,
            head["begun"][0],
            head["dense"],
        )
        self._of_second = *parts, 0, -1, head["begun"][1], [0, 0, 0]
        self._shared: int = head["shared"]
        """The sign that all rules share which have one of their own in the second table."""
        self.surrogates: int = head["surrogates"]
        """The sign of a surrogate."""
        self._of_rules: dict[str, tuple[str, list[str], list[int], str]] = head["rules"]
        self._of_kinds: dict[tuple[Kind, frozenset[str]], frozenset[int]] = {}
        self._stops: dict[Kind | None, Stops] = {}
        self._known: dict[tuple[int, Kind, frozenset[str]], bool] = {}
        self._kept: tuple[bytes, Kind, Scan] | None = None

    @cached_property
    def _second(self) -> Tables:
        """All its signs count wherever they are."""
        return Tables(*self._of_second)

    def scan(self, data: bytes, kind: Kind | None = None) -> Scan:
        """Return what is seen in ``data``, where only rules for texts of that kind matter."""
        kept, self._kept = self._kept, None
        if kept and kept[0] is data and kept[1] is kind:
            return kept[2]
        return scan(data, self.tables, self.stops(kind))

    def keep(self, data: bytes, kind: Kind, found: Scan) -> None:
        """Keep for one use what is sure to be looked at next."""
        self._kept = data, kind, found

    def stops(self, kind: Kind | None = None) -> Stops:
        """Return the ASCII characters to stop at in texts of a kind."""
        if kind not in self._stops:
            of_rules = (
                stops
                for _, kinds, _, stops in self._of_rules.values()
                if kind is None or not kinds or kind.value in kinds
            )
            stops = "".join(sorted(set().union(*of_rules))).encode()
            plain = None
            if not COMPILED:
                plain = re.compile(rb"[^\n -~]|[" + re.escape(stops) + rb"\x7f]")
            self._stops[kind] = Stops(stops, plain)
        return self._stops[kind]

    def masks(self, rule: Rule) -> list[int]:
        """Return sets of signs of which one must be seen for a rule to find anything.

        A rule that the table does not know could find something anywhere.
        """
        trigger, _, masks, _ = self._of_rules.get(rule.code, (None, [], [], ""))
        return masks if trigger == named(rule.trigger) else [0]

    def signs(self, data: bytes, found: Scan, kind: Kind | None = None) -> int:
        """Return the signs that count: those that want a line only of lines that are wanted.

        ``found`` is what a scan found in ``data``.
        """
        signs = int(found.seen) & self.far
        for _, _, of_line in found.lines:
            signs |= of_line
        if signs & self._shared:
            signs ^= self._shared
            signs |= int(scan(data, self._second, self.stops(kind)).seen) << SECOND
        return signs

    def may_find(self, signs: int, kind: Kind, but: frozenset[str] = frozenset()) -> bool:
        """Tell whether a rule that comes with the package could find anything.

        ``signs`` are those that count, and rules of the codes ``but`` are left out.
        """
        if not signs:
            return False
        key = (signs, kind, but)
        if key not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = any(signs & mask == mask for mask in self._masks_for(kind, but))
        return self._known[key]

    def _masks_for(self, kind: Kind, but: frozenset[str]) -> frozenset[int]:
        if (kind, but) not in self._of_kinds:
            wanted = {self.surrogates}
            for code, (_, kinds, masks, _) in self._of_rules.items():
                if code not in but and (not kinds or kind.value in kinds):
                    wanted.update(masks)
            self._of_kinds[kind, but] = frozenset(wanted)
        return self._of_kinds[kind, but]


class Look(NamedTuple):
    """What is worth a look in a text."""

    rules: tuple[Rule, ...]
    lines: tuple[tuple[int, int], ...]
    """For rules that go by line; in code points."""

    def rules_for(self, kind: Kind) -> list[Rule]:
        """Return the rules that there are for texts of a kind."""
        return [rule for rule in self.rules if kind in rule.kinds]


NOTHING = Look((), ())


class Ordinary(NamedTuple):
    """What rules that go by line say of one: see ``Rule.is_ordinary``."""

    codes: frozenset[str]
    """Of these rules."""
    line: Callable[[str], bool]


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


def look(
    rules: Sequence[Rule], text: str, data: bytes | None = None, kind: Kind | None = None
) -> Look:
    """Return the rules whose trigger could match in ``text``, and the lines of those by line.

    ``data`` is what was read as ``text``, where that was in UTF-8 and without a mark. If ``kind``
    is given, that is all the rules are right for.
    """
    known, choice = triggers(), _choice(rules)
    found = None if data is None else known.scan(data, kind)
    if data is None or found is None or found.invalid >= 0 or found.seen & known.surrogates:
        data = text.encode("utf-8", "surrogatepass")
        found = known.scan(data, kind)
    if not found.seen and choice.nothing_without_signs:
        return NOTHING
    wanted = choice.of(known.signs(data, found, kind))
    if not wanted:
        return NOTHING
    return Look(wanted, tuple(in_characters(data, found.lines)))


def is_clean(data: bytes, kind: Kind, ordinary: Ordinary | None = None) -> bool:
    """Tell whether ``data`` is UTF-8 without a mark, in which no rule finds anything.

    ``False`` says nothing. No rule is loaded for it.
    """
    known = triggers()
    found = scan(data, known.tables, known.stops(kind))
    clean = found.invalid < 0 and not _may_find(known, data, found, kind, ordinary)
    if not clean:
        known.keep(data, kind, found)
    return clean


def _may_find(
    known: Triggers, data: bytes, found: Scan, kind: Kind, ordinary: Ordinary | None
) -> bool:
    signs = known.signs(data, found, kind)
    if not known.may_find(signs, kind):
        return False
    if ordinary is None or known.may_find(signs, kind, ordinary.codes):
        return True
    return not all(ordinary.line(data[low:high].decode()) for low, high, _ in found.lines)
