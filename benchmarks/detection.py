"""How often detection gives the right text, how well it knows that, and how fast it is.

Run ``python -m benchmarks.detection [--man FOLDER]``, beside chardet and charset-normalizer on
the same bytes. What counts is the decoded text, not the name. ``--speed`` only measures how many
whole files are told in a second of CPU time, each detector in processes of its own: in a first
pass, for which only a line was looked at before, and in a second.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks.encoding_cases import (
    EXCLUDED,
    Case,
    man_cases,
    peer_cases,
    read,
    same,
    unusable,
)

BINS = 10


class Answer(NamedTuple):
    encoding: str | None
    confidence: float


Detector = Callable[[bytes], Answer]


def ours(data: bytes) -> Answer:
    from repair.detect import detect  # noqa: PLC0415

    found = detect(data)
    return Answer(found.encoding, found.confidence)


def chardet(data: bytes) -> Answer:
    from chardet import detect  # noqa: PLC0415

    found = detect(data, prefer_superset=False, compat_names=False)
    return Answer(found["encoding"], found["confidence"])


def charset_normalizer(data: bytes) -> Answer:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data).best()
    return Answer(best.encoding, 1 - best.chaos) if best else Answer(None, 0.0)


DETECTORS: dict[str, Detector] = {
    "textrepair": ours,
    "chardet": chardet,
    "charset-normalizer": charset_normalizer,
}


@dataclass
class Result:
    """What one detector made of all cases."""

    right: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    cases: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    claims: list[tuple[float, bool]] = field(default_factory=list)
    failures: list[tuple[Case, Answer]] = field(default_factory=list)

    def add(self, case: Case, answer: Answer, seconds: float) -> None:
        if case.encoding is None:
            right = answer.encoding is None
        else:
            right = same(case.texts, read(case.data, answer.encoding))
            self.claims.append((answer.confidence, right))
        self.right[case.form] += right
        self.cases[case.form] += 1
        self.seconds[case.form] += seconds
        if not right:
            self.failures.append((case, answer))

    def calibration_error(self) -> float:
        """The mean distance between confidence and share of right answers, over equal bins."""
        bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
        for claimed, right in self.claims:
            bins[min(int(claimed * BINS), BINS - 1)].append((claimed, right))
        off = (
            abs(sum(claimed for claimed, _ in each) - sum(right for _, right in each))
            for each in bins.values()
        )
        return sum(off) / max(len(self.claims), 1)


LINE = "naïve".encode("latin-1")
"""What is loaded lazily is loaded for this."""

PASSES, PROCESSES = 2, 5


def run(detector: Detector, cases: Iterable[Case]) -> Result:
    result = Result()
    detector(LINE)
    for case in cases:
        start = perf_counter()
        answer = detector(case.data)
        result.add(case, answer, perf_counter() - start)
    return result


def passes(name: str) -> list[float]:
    """Return how many whole files a detector tells in a second, pass by pass."""
    files = [case.data for case in peer_cases() if case.form == "whole file"]
    detector = DETECTORS[name]
    detector(LINE)
    rates = []
    for _ in range(PASSES):
        start = process_time()
        for data in files:
            detector(data)
        rates.append(len(files) / (process_time() - start))
    return rates


def speed(names: list[str]) -> None:
    """Print the medians of several processes, which take turns."""
    rates = defaultdict(list)
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for name in names * PROCESSES:
            rates[name].append(pool.apply(passes, (name,)))
    print(f"whole files a second of CPU time{'first pass':>14}{'second':>10}")
    for name in names:
        first, second = (statistics.median(each) for each in zip(*rates[name], strict=True))
        print(f"{name:32}{first:>14.0f}{second:>10.0f}")


def report(results: dict[str, Result]) -> None:
    forms = list(next(iter(results.values())).cases)
    print(f"{'':34}" + "".join(f"{name:>20}" for name in results))
    for form in forms:
        some = next(iter(results.values()))
        shares = (result.right[form] / result.cases[form] for result in results.values())
        cells = "".join(f"{share:>20.1%}" for share in shares)
        print(f"{form:26}{some.cases[form]:8}" + cells)
    total = [r.seconds["whole file"] for r in results.values()]
    files = [r.cases["whole file"] for r in results.values()]
    rates = "".join(f"{n / t if t else 0:>20.0f}" for n, t in zip(files, total, strict=True))
    print(f"{'whole files per second':34}" + rates)
    errors = "".join(f"{result.calibration_error():>20.3f}" for result in results.values())
    print(f"{'calibration error (ECE)':34}" + errors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--man", type=Path, help="folder with a folder per language")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--failures", action="store_true", help="list what we got wrong")
    parser.add_argument("--forms", help="only these forms, with commas")
    parser.add_argument("--speed", action="store_true", help="only measure that")
    options = parser.parse_args()
    if options.speed:
        speed(["textrepair", "chardet"])
        return
    cases = [*peer_cases(), *(man_cases(options.man) if options.man else ())]
    if options.forms:
        cases = [case for case in cases if case.form in options.forms.split(",")]
    for name, reason in EXCLUDED.items():
        print(f"excluded: {name}: {reason}")
    for name in unusable():
        print(f"excluded: {name}: does not decode as its folder says")
    detectors = {"textrepair": ours} if options.alone else DETECTORS
    results = {name: run(detector, cases) for name, detector in detectors.items()}
    report(results)
    if options.failures:
        for case, answer in results["textrepair"].failures:
            said = f"{answer.encoding} ({answer.confidence:.2f})"
            print(f"{case.form}: {case.name}: {case.encoding}, not {said}")


if __name__ == "__main__":
    main()
