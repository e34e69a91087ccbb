"""Fragments of real farm pages, each set into a simulated page so that it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import repair
from benchmarks.corpora import SHARED, farm_source
from benchmarks.farm_channel import Damaged
from benchmarks.farms import Farm, known_keys
from benchmarks.scoring import Score, fold
from benchmarks.tables import farm_table

PATH = SHARED / "data" / "hanzi" / "spots.tsv"

FEWEST_KEYS = 12


@dataclass(frozen=True, slots=True)
class Spot:
    damaged: str
    clean: str
    cut_marks: str


def read_spots() -> list[Spot]:
    """Return the spots; none without the shared data."""
    if not PATH.exists():
        return []
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return [Spot(*line.split("\t")) for line in lines if not line.startswith("#")]


def measure() -> Iterator[str]:
    """Yield what to print: a line for each spot that is not exact, then the totals."""
    score = Score()
    for number, spot in enumerate(read_spots()):
        farm, lost = _farm_of(spot)
        ours = _repaired(spot, farm, Random(number))
        exact = score.add(fold(spot.clean), fold(ours), lost)
        if not exact:
            yield f"  {spot.damaged}\n    -> {ours}\n    != {spot.clean}"
    if score.lines:
        yield (
            f"Real spots: {score.lines}, exact {score.exact}, realigned {score.realigned}"
            f" ({score.losing} lose a character)"
        )


def _farm_of(spot: Spot) -> tuple[Farm, tuple[int, ...]]:
    """Return the longest prefix of the known keys that explains the spot, and what it loses.

    An excerpt that ends within its damage, or whose page used another table, is explained by
    no prefix; the keys seen are then all we know, and nothing counts as lost.
    """
    keys = known_keys()
    for count in range(len(keys), FEWEST_KEYS - 1, -1):
        farm = Farm("known", keys[:count], farm_table(), spot.cut_marks, 1.0, False, True)
        for candidate in (farm, replace(farm, table={**farm.table, "墙": "墻"})):
            simulated = _simulate(candidate, spot.clean)
            if fold(simulated.text).startswith(fold(spot.damaged)):
                return candidate, tuple(at for at in simulated.lost[0] if at < len(spot.clean))
    seen = [at for at, (key, reading) in enumerate(keys) if f"{key}({reading})" in spot.damaged]
    return replace(farm, keys=keys[: max([FEWEST_KEYS, *(at + 1 for at in seen)])]), ()


def _simulate(farm: Farm, clean: str) -> Damaged:
    # A character more, because an excerpt goes on where it ends.
    return farm.damage(clean + "和", Random(0))


def _repaired(spot: Spot, farm: Farm, random: Random) -> str:
    """Return what repair makes of the spot as a line of its own in a page of the same farm."""
    page = farm.damage(farm_source(random)[1], random).text.split("\n")
    middle = len(page) // 2
    text = "\n".join([*page[:middle], spot.damaged, *page[middle:]])
    lines = repair.repair(text).text.split("\n")
    return lines[middle] if len(lines) == len(page) + 1 else ""
