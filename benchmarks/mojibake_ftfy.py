"""Is what ftfy repairs repaired as well? Lines damaged by ftfy's own chains, and every difference.

    python -m benchmarks.mojibake_ftfy [--lines 200000] [--differences FILE]

Clean lines (see ``mojibake_sets``) are taken for each of the pages that ftfy knows, once or
twice, with what it knows of what happens to them (no-break spaces that become spaces, Windows
marks that become controls). Of the lines that ftfy changes, those where its text is not ours are
sorted by who is right; ``--differences`` takes all of them, a JSON object a line.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import NamedTuple

import ftfy

from benchmarks.mojibake import WORKERS, ours, ours_unsafe
from benchmarks.mojibake_sets import CATALOGUES, Chain, catalogue_lines, damaged

PAGES = (
    "latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso8859-2",
    "mac_roman", "cp437",
)  # fmt: skip
TWICE, SPACES, CONTROLS = 0.12, 0.1, 0.04
"""The shares of lines with two layers, with spaces for no-break spaces, and with C1 controls."""


class Task(NamedTuple):
    language: str
    chain: str
    before: str
    truth: str


class Outcome(NamedTuple):
    task: Task
    ftfy: str
    default: str
    on_request: str


def tasks(lines: dict[str, list[str]], random: Random, number: int) -> Iterator[Task]:
    languages = [tag for tag, own in lines.items() if len(own) > 50]
    while number:
        tag = random.choice(languages)
        truth = random.choice(lines[tag]).strip()
        kind, page = random.random(), random.choice(PAGES)
        chain = Chain("utf-8", page, twice=kind < TWICE)
        if kind > 1 - CONTROLS:
            chain = Chain("cp1252", "latin-1")
        before = damaged(truth, chain)
        if before and TWICE < kind < TWICE + SPACES:
            before = before.replace("\xa0", " ")
        if before and before.strip() == before:
            number -= 1
            said = f"{chain.written_as} as {chain.read_as}{', twice' if chain.twice else ''}"
            yield Task(tag, said, before, truth)


def outcome(task: Task) -> Outcome | None:
    """Return what comes of a line, if ftfy changes it."""
    peer = ftfy.fix_encoding(task.before)
    if peer == task.before:
        return None
    default = ours(task.before)
    on_request = default if default == task.truth else ours_unsafe(task.before)
    return Outcome(task, peer, default, on_request)


def verdict(text: str, outcome: Outcome) -> str:
    """Compare a text with ftfy's: which of them is the truth."""
    right, theirs = text == outcome.task.truth, outcome.ftfy == outcome.task.truth
    if text == outcome.ftfy:
        return "the same"
    if right:
        return "better: right, and ftfy is wrong"
    if text == outcome.task.before:
        return "left, and ftfy is right" if theirs else "left, and ftfy is wrong"
    return "worse: wrong, and ftfy is right" if theirs else "both wrong, differently"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--catalogues", type=Path, default=CATALOGUES)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--differences", type=Path)
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    lines = catalogue_lines(arguments.catalogues)
    todo = list(tasks(lines, Random(arguments.seed), arguments.lines))
    with ProcessPoolExecutor(WORKERS) as pool:
        done = [each for each in pool.map(outcome, todo, chunksize=200) if each]
    right = sum(each.ftfy == each.task.truth for each in done)
    print(f"{len(todo)} damaged lines, of which ftfy changes {len(done)}: {right} rightly")
    for name in ("default", "on_request"):
        counts = Counter(verdict(getattr(each, name), each) for each in done)
        print(f"ours, {name.replace('_', ' ')}:")
        for said, number in counts.most_common():
            print(f"  {number:>7} {100 * number / len(done):6.2f} %  {said}")
    lost = Counter(
        each.task.chain for each in done if verdict(each.on_request, each).endswith("is right")
    )
    print("ftfy is right and we are not, on request:", dict(lost.most_common()))
    if arguments.differences:
        rows = (
            each._asdict() | each.task._asdict() | {"verdict": verdict(each.on_request, each)}
            for each in done
            if each.ftfy != each.on_request
        )
        with arguments.differences.open("w", encoding="utf-8") as file:
            file.writelines(
                json.dumps({k: v for k, v in row.items() if k != "task"}, ensure_ascii=False) + "\n"
                for row in rows
            )


if __name__ == "__main__":
    main()
