"""How well repair undoes farm damage, and how often it changes text that is not damaged.

Run ``python -m benchmarks.accuracy``; a document depends on the seed and its number only.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import perf_counter
from typing import NamedTuple, TypeVar

import repair
from benchmarks import spots
from benchmarks.corpora import DOCUMENTS, farm_source
from benchmarks.farm_channel import KINDS
from benchmarks.farms import Farm, random_farm
from benchmarks.scoring import Score, fold
from benchmarks.teaching import teaching_document

WORKERS = 2
BATCH = 20

CLEAN: dict[str, tuple[int, Callable[[Random], str]]] = {
    "simplified": (25, DOCUMENTS["simplified"]),
    "traditional": (20, DOCUMENTS["traditional"]),
    "japanese": (10, DOCUMENTS["japanese"]),
    "korean": (5, DOCUMENTS["korean"]),
    "classical": (10, DOCUMENTS["classical"]),
    "bilingual teaching": (30, teaching_document),
}
"""Clean documents by language, with their share in percent."""

Repairer = Callable[[str], repair.Repaired]
Value = TypeVar("Value")


class Page(NamedTuple):
    """A clean document that is to be damaged."""

    number: int
    source: str
    clean: str


class Failure(NamedTuple):
    """A line that did not come out right."""

    kind: str
    truth: str
    damaged: str
    ours: str


@dataclass
class CleanResult:
    """What became of clean documents of one language."""

    documents: int = 0
    characters: int = 0
    changed: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


@dataclass
class DamagedResult:
    """What became of damaged documents."""

    scores: defaultdict[tuple[str, str, str, str], Score] = field(
        default_factory=lambda: defaultdict(Score)
    )
    """By the farm's keys, the source of the text, what became of private use, and kind of line."""
    untouched: int = 0
    characters: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)


def clean_batch(seed: str, language: str, numbers: range) -> CleanResult:
    result = CleanResult()
    for number in numbers:
        text = CLEAN[language][1](Random(f"{seed}-{language}-{number}"))
        repaired = repair.repair(text)
        result.documents += 1
        result.characters += len(text)
        if repaired.text != text:
            result.changed += 1
            result.codes.update({finding.code for finding in repaired.findings})
            result.failures += _changed_lines(f"{language} {number}", text, repaired.text)
    return result


def _changed_lines(kind: str, text: str, ours: str) -> Iterator[Failure]:
    for before, after in zip(text.split("\n"), ours.split("\n"), strict=False):
        if before != after:
            yield Failure(kind, before, before, after)


def damaged_batch(seed: str, numbers: range) -> DamagedResult:
    result = DamagedResult()
    for number in numbers:
        random = Random(f"{seed}-damaged-{number}")
        farm = random_farm(random)
        source, clean = farm_source(random)
        _score_document(Page(number, source, clean), farm, random, result)
    return result


def _score_document(page: Page, farm: Farm, random: Random, result: DamagedResult) -> None:
    damaged = farm.damage(page.clean, random)
    start = perf_counter()
    text = repair.repair(damaged.text).text
    result.seconds += perf_counter() - start
    result.characters += len(damaged.text)
    result.untouched += text == damaged.text
    # Where a farm folded the marks nothing tells how an author wrote them.
    comparable = fold if farm.fold_marks else str
    ours = _as_many(text.split("\n"), len(damaged.kinds))
    lines = zip(page.clean.split("\n"), damaged.text.split("\n"), ours, strict=True)
    for (truth, before, after), kind, lost in zip(lines, damaged.kinds, damaged.lost, strict=True):
        private = "private use stripped" if farm.strip_private_use else "private use kept"
        score = result.scores[f"{farm.name} keys", page.source, private, kind]
        if not score.add(comparable(truth), comparable(after), lost):
            result.failures.append(Failure(f"document {page.number} {kind}", truth, before, after))


def _as_many(lines: list[str], count: int) -> list[str]:
    """Lines that appeared or vanished make all lines wrong, not the benchmark stop."""
    return lines if len(lines) == count else ["\0"] * count


def _batches(count: int) -> list[range]:
    return [range(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]


def measure_clean(pool: ProcessPoolExecutor, seed: str, count: int) -> dict[str, CleanResult]:
    results = {}
    for language, (share, make) in CLEAN.items():
        if make(Random(seed)):
            batches = _batches(count * share // 100)
            parts = pool.map(partial(clean_batch, seed, language), batches)
            results[language] = _sum_clean(parts)
    return results


def _sum_clean(parts: Iterable[CleanResult]) -> CleanResult:
    result = CleanResult()
    for part in parts:
        result.documents += part.documents
        result.characters += part.characters
        result.changed += part.changed
        result.codes += part.codes
        result.failures += part.failures
    return result


def measure_damaged(pool: ProcessPoolExecutor, seed: str, count: int) -> DamagedResult:
    result = DamagedResult()
    for part in pool.map(partial(damaged_batch, seed), _batches(count)):
        for group, score in part.scores.items():
            result.scores[group] += score
        result.untouched += part.untouched
        result.characters += part.characters
        result.seconds += part.seconds
        result.failures += part.failures
    return result


def print_clean(results: dict[str, CleanResult]) -> None:
    print("Clean documents\n")
    print(f"{'':20}{'documents':>10}{'changed':>9}{'per million characters':>24}  by")
    for language, result in results.items():
        rate = result.changed / max(result.characters, 1) * 1e6
        codes = " ".join(f"{code}:{count}" for code, count in sorted(result.codes.items()))
        print(f"{language:20}{result.documents:10,}{result.changed:9,}{rate:24.2f}  {codes}")
    documents = sum(result.documents for result in results.values())
    changed = sum(result.changed for result in results.values())
    print(f"{'all':20}{documents:10,}{changed:9,}\n")


def print_scores(title: str, scores: Mapping[str, Score]) -> None:
    print(f"{title:20}{'lines':>10}{'exact':>9}{'realigned':>11}{'spots wrong':>13}", end="")
    print(f"{'losing':>9}{'exact of the others':>21}")
    for kind in KINDS:
        score = scores.get(kind, Score())
        lines = max(score.lines, 1)
        print(f"  {kind:18}{score.lines:10,}{score.exact / lines:9.2%}", end="")
        print(f"{score.realigned / lines:11.2%}{score.spots:13,}", end="")
        print(f"{score.losing:9,}{score.exact_of_whole:21.2%}")


def print_damaged(result: DamagedResult, documents: int) -> None:
    speed = result.characters / max(result.seconds, 1e-9) / 1e6
    print(f"Damaged documents: {documents:,}, left alone: {result.untouched:,}", end="")
    print(f" ({speed:.2f} million characters a second)\n")
    groups: dict[str, defaultdict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    for (*names, kind), score in result.scores.items():
        for group in ("all", *names):
            groups[group][kind] += score
    for group in sorted(groups):
        print_scores(group, groups[group])


def print_failures(failures: list[Failure], count: int) -> None:
    for failure in failures[:: max(len(failures) // count, 1)][:count]:
        print(f"\n{failure.kind}\n  truth    {failure.truth}")
        print(f"  damaged  {failure.damaged}\n  ours     {failure.ours}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="damaged documents")
    parser.add_argument("--clean", type=int, default=10_000, help="clean documents")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong lines")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    failures: list[Failure] = []
    with ProcessPoolExecutor(WORKERS) as pool:
        if arguments.clean:
            clean = measure_clean(pool, arguments.seed, arguments.clean)
            print_clean(clean)
            failures += [failure for result in clean.values() for failure in result.failures]
        if arguments.documents:
            damaged = measure_damaged(pool, arguments.seed, arguments.documents)
            print_damaged(damaged, arguments.documents)
            failures += damaged.failures
    for outcome in spots.measure():
        print(outcome)
    if arguments.show:
        print_failures(failures, arguments.show)


if __name__ == "__main__":
    main()
