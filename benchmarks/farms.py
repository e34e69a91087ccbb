"""Farms as one might meet them: which keys, which table, which habits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from benchmarks.corpora import SHARED, farm_sources
from benchmarks.farm_channel import MARKS, Damaged, damage
from benchmarks.tables import farm_table, other_farm_table, readings

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Farm:
    """What one farm does to a page."""

    name: str
    keys: Keys
    table: Mapping[str, str]
    cut_marks: str
    cut_probability: float
    fold_marks: bool
    strip_private_use: bool

    def damage(self, clean: str, random: Random) -> Damaged:
        return damage(
            clean,
            keys=self.keys,
            table=self.table,
            cut_marks=self.cut_marks,
            cut_probability=self.cut_probability,
            fold_marks=self.fold_marks,
            strip_private_use=self.strip_private_use,
            random=random,
        )


@lru_cache(1)
def known_keys() -> Keys:
    """Return the keys of the farms seen, in their order; empty without the shared data."""
    path = SHARED / "data" / "hanzi" / "farm_keys.tsv"
    if not path.exists():
        return ()
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return tuple((row[0], row[1]) for row in rows if not row[0].startswith("#"))


def known_farm(random: Random) -> Farm:
    """Return a farm with a prefix of the known keys, and the known table."""
    keys = known_keys()[: random.randint(12, len(known_keys()))]
    return _with_habits(random, "known", keys, farm_table())


def unknown_farm(random: Random) -> Farm:
    """Return a farm with keys of its own, in an order of its own, and mostly its own table."""
    table = other_farm_table(random) if random.random() < 0.7 else farm_table()
    forms = set(table.values())
    pool = [key for key in _by_frequency() if key in forms]
    # A farm annotates a few dozen common characters, or any share of all that it converts.
    few = random.random() < 0.5
    size = random.randint(30, 140) if few else int(len(pool) * random.uniform(0.2, 0.8))
    chosen = random.sample(pool[:600] if few else pool, size)
    return _with_habits(random, "unknown", tuple((key, readings()[key]) for key in chosen), table)


def random_farm(random: Random) -> Farm:
    if known_keys() and random.random() < 0.5:
        return known_farm(random)
    return unknown_farm(random)


def _with_habits(random: Random, name: str, keys: Keys, table: Mapping[str, str]) -> Farm:
    cuts = random.random() < 0.7
    return Farm(
        name=name,
        keys=keys,
        table=table,
        cut_marks="".join(random.sample(MARKS, random.randint(1, 3))) if cuts else "",
        cut_probability=random.choice((0.4, 0.7, 1.0)),
        fold_marks=random.random() < 0.5,
        strip_private_use=random.random() < 0.3,
    )


@lru_cache(1)
def _by_frequency() -> list[str]:
    """Traditional forms with a reading, commonest first."""
    counts = Counter("".join(farm_sources()["news"]))
    table = farm_table()
    return sorted(
        readings(),
        key=lambda form: -max((counts[k] for k, f in table.items() if f == form), default=0),
    )
