"""What a damaged place may have been, by the bytes that are known of it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from repair.kernel.words import CODES
from repair.model.chinese import STRANGER
from repair.rules.farm.codepage import EURO, by_lead, by_trail, characters, grid, pairs
from repair.rules.farm.gate import Farm
from repair.rules.farm.lattice import Choice, Judged, judged
from repair.rules.farm.letters import readings, simplified_only

# How many of the commonest are tried for the second character of a hidden pair: enough for what
# the judge could fill in.
MOST_HIDDEN: Final = 20


class Key:
    """A character that farms may annotate, with its two bytes, in a document."""

    __slots__ = ("character", "cost", "first", "second", "seen")

    def __init__(self, character: str, cost: float) -> None:
        self.first: int = pairs()[character][0]
        self.second: int = pairs()[character][1]
        self.character: str = character
        self.cost: float = cost
        """Of supposing that its farm annotates it, in nats."""
        self.seen: Judged = judged(character)


class Lost(NamedTuple):
    """A character of which one byte is gone."""

    known: int
    """Its other byte."""
    is_lead: bool
    """It is the lead byte that is known."""
    hidden: bool = False
    """The other byte went with a private-use character that someone stripped."""
    partner: int = -1
    """The second byte of that character, if it is known."""
    split: bool = False
    """An annotation stands between its bytes: then it bears none of its own, though it be a key."""


@cache
def keys_by_reading() -> dict[str, list[str]]:
    """Return all characters of the code page that have a reading."""
    table: dict[str, list[str]] = {}
    for key, reading in readings().items():
        if key in pairs():
            table.setdefault(reading, []).append(key)
    return table


class Candidates:
    """What damaged places of one document may have been; kept from place to place."""

    __slots__ = ("_choices", "_costs", "_farm", "_keys", "_keys_of", "_texts")

    def __init__(self, farm: Farm) -> None:
        self._farm: Farm = farm
        self._keys: frozenset[str] = farm.keys
        self._costs: dict[str, float] = {}
        self._keys_of: dict[str, list[Key]] = {}
        self._texts: dict[Lost, tuple[str, ...]] = {}
        self._choices: dict[int, tuple[Lost, Choice]] = {}

    def are_keys(self) -> bytes:
        """Tell of each character whether the farm was seen to annotate it."""
        found = bytearray(CODES)
        for key in self._keys:
            found[ord(key)] = 1
        return bytes(found)

    def keys_of(self, reading: str) -> list[Key]:
        """Return the characters that may have been annotated so."""
        found = self._keys_of.get(reading)
        if found is None:
            keys = keys_by_reading().get(reading, [])
            found = [Key(key, self.cost_of(key)) for key in keys]
            self._keys_of[reading] = found
        return found

    def cost_of(self, key: str) -> float:
        """Return what it costs, in nats, to suppose that the farm annotates ``key``."""
        found = self._costs.get(key)
        if found is None:
            found = self._costs[key] = self._farm.key_cost(key)
        return found

    def of(self, lost: Lost) -> tuple[str, ...]:
        """Return all characters that a lost one may have been, the commonest first.

        A page of this farm holds none of its keys without its annotation, unless another one
        split it before.
        """
        found = self._texts.get(lost)
        if found is None:
            found = _usual(lost)
            if not lost.split:
                found = tuple([c for c in found if c not in self._keys])
            self._texts[lost] = found
        return found

    def choice(
        self, known: int, *, is_lead: bool, hidden: bool = False, split: bool = False
    ) -> tuple[Lost, Choice]:
        """Return what is lost, and what the search tries for it."""
        key = known << 3 | is_lead << 2 | hidden << 1 | split
        found = self._choices.get(key)
        if found is None:
            lost = Lost(known, is_lead, hidden, -1, split)
            texts = self.of(lost)
            if hidden and not is_lead:
                texts = texts[:MOST_HIDDEN]
            found = self._choices[key] = lost, Choice(texts)
        return found


@lru_cache(4096)
def _usual(lost: Lost) -> tuple[str, ...]:
    """Return all characters a page could hold that have the known byte, the commonest first.

    A lost trail was taken for a lead byte, so it is none of ASCII. A page can hold no
    simplified-only character.
    """
    if lost.is_lead:
        found = [
            character
            for trail, character in by_lead().get(lost.known, ())
            if (_is_private(trail, lost.partner) if lost.hidden else trail > EURO)
        ]
    else:
        found = [character for _, character in by_trail().get(lost.known, ())]
    barred = simplified_only()
    usual = (c for c in found if c not in barred and judged(c).cost < STRANGER)
    return tuple(sorted(usual, key=lambda character: judged(character).cost))


def _is_private(lead: int, trail: int) -> bool:
    """Whether two bytes are private use; any second byte will do where it is -1."""
    if trail < 0:
        return lead in _private_leads()
    return "\ue000" <= grid()[lead << 8 | trail] <= "\uf8ff"


@cache
def hiding() -> list[bytes]:
    """Return, for each trail byte, which lead bytes make a private-use pair with it."""
    return [bytes(_is_private(trail, lead) for lead in range(256)) for trail in range(256)]


@cache
def _private_leads() -> frozenset[int]:
    return frozenset(lead for (lead, _), c in characters().items() if "\ue000" <= c <= "\uf8ff")
