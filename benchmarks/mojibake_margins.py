"""What the floors and prices of the search for mojibake rest on: costs, calibration, lost bytes.

    python -m benchmarks.mojibake_margins [--lines 4000]

Prints, over damaged and clean lines of ``mojibake_sets``: what a pair of characters costs where a
line is damaged and where it is suspicious and clean, by the script of most of it (``ORDINARY``);
how many of its characters from U+0800 on there are for each odd ideograph (``EACH``); how often a
reading is right by the confidence that it is given; and what comes of lines of which bytes were
lost (M901).
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import ftfy

import repair
from benchmarks.mojibake import CODES, WORKERS, Task, ours_unsafe, tasks
from benchmarks.mojibake_sets import CATALOGUES, Chain, catalogue_lines, damaged
from repair.model import strangers
from repair.model.judge import IDEOGRAPHS
from repair.rules.mojibake.ideographs import odd_ideographs
from repair.rules.mojibake.suspects import is_suspect, odd_pairs, parts
from repair.rules.mojibake.weighing import cost_of_pairs

SHARES = (0.0, 0.001, 0.01, 0.05, 0.5, 0.95, 0.99, 0.999, 1.0)
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)
LOSSY_PAGES = ("gbk", "cp932", "cp949", "big5", "cp1252", "cp1251")


def kind(part: str) -> str:
    """Return what more than half of the characters beyond ASCII are."""
    beyond = [character for character in part if not character.isascii()]
    if 2 * sum("\u3400" <= character <= "\u9fff" for character in beyond) > len(beyond):
        return IDEOGRAPHS
    script, count = Counter(map(strangers.script, beyond)).most_common(1)[0]
    return (script or "no letters") if 2 * count > len(beyond) else "several"


def costs(line: str) -> list[tuple[str, float]]:
    """Return, for suspicious parts of a line, what they are and what a pair costs.

    And where nothing but ideographs is odd, how many characters there are for each of these.
    """
    out = []
    for part in (part for _, part in parts(line) if is_suspect(part)):
        out.append((kind(part), cost_of_pairs(part)))
        odd = odd_ideographs(part)
        if odd and not odd_pairs(part):
            wide = sum(character >= "\u0800" for character in part)
            out.append(("characters for each odd ideograph", wide / len(odd)))
    return out


def print_costs(name: str, found: Iterable[list[tuple[str, float]]]) -> None:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for each in found:
        for of, cost in each:
            by_kind[of].append(cost)
    for of, values in sorted(by_kind.items(), key=lambda each: -len(each[1])):
        values.sort()
        shown = " ".join(
            f"{100 * share:g} %: {values[min(int(share * len(values)), len(values) - 1)]:.2f}"
            for share in SHARES
        )
        print(f"  {name}, {of}: {len(values)} suspicious lines, {shown}")


def confidence(task: Task) -> tuple[float, bool] | None:
    """Return the least confidence of what is found in a line, and whether all of it is right."""
    config = repair.Config(select=CODES, unsafe_fixes=True)
    result = repair.repair(task.before, config=config)
    if not result.findings:
        return None
    return min(finding.confidence for finding in result.findings), result.text == task.truth


def print_calibration(found: list[tuple[float, bool]]) -> None:
    print(f"\nConfidence of {len(found)} repaired lines, and the share that is right")
    error = 0.0
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        of_bin = [(sure, right) for sure, right in found if low <= sure < high]
        if of_bin:
            said = sum(sure for sure, _ in of_bin) / len(of_bin)
            right = sum(right for _, right in of_bin) / len(of_bin)
            error += abs(said - right) * len(of_bin) / len(found)
            print(f"  {low:5.3f} and more: {len(of_bin):>6} lines, said {said:.3f}, is {right:.3f}")
    print(f"  expected calibration error {error:.4f}")


def lossy_tasks(lines: dict[str, list[str]], random: Random, number: int) -> Iterator[Task]:
    """Lines of UTF-8 read as a page that has no character for all bytes: U+FFFD, or nothing."""
    languages = [tag for tag, own in lines.items() if len(own) > 50]
    while number:
        tag = random.choice(languages)
        page, handler = random.choice(LOSSY_PAGES), random.choice(("replace", "ignore"))
        truth = random.choice(lines[tag]).strip()
        before = truth.encode().decode(page, handler)
        lost = damaged(truth, Chain("utf-8", page)) is None
        whole = not any(unicodedata.category(c) in ("Co", "Cn", "Cc") for c in before)
        if lost and whole and before != truth:
            number -= 1
            yield Task(tag, Chain("utf-8", f"{page}, {handler}"), before, truth)


def similarity(text: str, truth: str) -> float:
    """Return the share of the characters beyond ASCII of the truth that a text has."""
    want = Counter(character for character in truth if not character.isascii())
    return (want & Counter(text)).total() / max(1, want.total())


def repaired(task: Task) -> tuple[str, str]:
    return ours_unsafe(task.before), ftfy.fix_encoding(task.before)


def print_lossy(todo: list[Task], done: Iterable[tuple[str, str]]) -> None:
    names = ("as it stands", "ours, on request", "ftfy")
    exact: Counter[str] = Counter()
    shares: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    worse: Counter[str] = Counter()
    for task, texts in zip(todo, done, strict=True):
        before = similarity(task.before, task.truth)
        for name, text in zip(names, (task.before, *texts), strict=True):
            share = similarity(text, task.truth)
            exact[name] += text == task.truth
            shares[name] += round(1000 * share)
            touched[name] += text != task.before
            worse[name] += share < before
    print(f"\nLines of which bytes were lost: {len(todo)}")
    for name in names:
        rate, kept = 100 * exact[name] / len(todo), shares[name] / len(todo) / 10
        changed, lost = 100 * touched[name] / len(todo), 100 * worse[name] / len(todo)
        print(f"  {name:18} exact {rate:6.2f} %, letters beyond ASCII {kept:6.2f} %, "
              f"changed {changed:.1f} %, has fewer of them {lost:.2f} %")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--catalogues", type=Path, default=CATALOGUES)
    parser.add_argument("--lines", type=int, default=4000)
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    lines = catalogue_lines(arguments.catalogues)
    todo = list(tasks(lines, Random(arguments.seed), arguments.lines))
    with ProcessPoolExecutor(WORKERS) as pool:
        print_costs("damaged", pool.map(costs, [task.before for task in todo], chunksize=100))
        clean = [line for own in lines.values() for line in own[:200]]
        print_costs("clean", pool.map(costs, clean, chunksize=500))
        found = pool.map(confidence, todo, chunksize=50)
        print_calibration([each for each in found if each])
        lossy = list(lossy_tasks(lines, Random(arguments.seed), arguments.lines // 4))
        print_lossy(lossy, pool.map(repaired, lossy, chunksize=20))


if __name__ == "__main__":
    main()
