"""How well mojibake is repaired, beside ftfy and plsfix, and how often clean lines are changed.

    python -m benchmarks.mojibake [--catalogues FOLDER] [--text FOLDER ...] [--damaged N] ...

Prints, first, what is changed of clean lines: of gettext catalogues (``--catalogues``: see
``mojibake_sets``) and of whole files (``--text``: source trees, ``/usr/share/doc``, man pages);
then what is repaired of lines damaged by all chains that a language is met with; of lines of which
a part was damaged; of whole files damaged by one chain; and of ftfy's own cases, if
``../shared/data/mojibake`` is there.
plsfix is measured if it is installed (``pip install plsfix``).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NamedTuple

import ftfy

import repair
from benchmarks.corpora import SHARED
from benchmarks.mojibake_sets import (
    CATALOGUES,
    LEGACY,
    Chain,
    catalogue_lines,
    chains_of,
    damaged,
    shuffled,
)

PLSFIX = find_spec("plsfix") and import_module("plsfix")

WORKERS = 2
CODES = ("M",)
SHOWN_OF_A_PLACE = 5


def ours(text: str) -> str:
    return repair.repair(text, config=repair.Config(select=CODES)).text


def ours_unsafe(text: str) -> str:
    return repair.repair(text, config=repair.Config(select=CODES, unsafe_fixes=True)).text


def by_plsfix(text: str) -> str:
    return str(PLSFIX.fix_text(text)) if PLSFIX else text


TOOLS: dict[str, Callable[[str], str]] = {
    "ours, by default": ours,
    "ours, on request": ours_unsafe,
    "ftfy": ftfy.fix_encoding,
}
if PLSFIX:
    TOOLS["plsfix"] = by_plsfix


class Task(NamedTuple):
    language: str
    chain: Chain
    before: str
    truth: str


def bucket(truth: str) -> str:
    return "40+" if len(truth) >= 40 else "10-40" if len(truth) >= 10 else "<10"


def tasks(lines: dict[str, list[str]], random: Random, number: int) -> Iterator[Task]:
    """Damage so many lines; each language and, within it, each chain is as likely as another."""
    languages = [tag for tag in LEGACY if lines.get(tag)]
    while number:
        tag = random.choice(languages)
        chain, truth = random.choice(chains_of(tag)), random.choice(lines[tag]).strip()
        before = damaged(truth, chain)
        if before is not None:
            number -= 1
            yield Task(tag, chain, before, truth)


def parts(lines: dict[str, list[str]], random: Random, number: int) -> Iterator[Task]:
    """Put so many damaged lines between two clean ones of a language; UTF-8 was read wrongly."""
    languages = [tag for tag in LEGACY if lines.get(tag)]
    while number:
        tag, around = random.choice(languages), random.choice(languages)
        chains = [chain for chain in chains_of(tag) if chain.written_as == "utf-8"]
        chain, truth = random.choice(chains), random.choice(lines[tag]).strip()
        before = damaged(truth, chain)
        if before is not None:
            number -= 1
            first, last = (random.choice(lines[around]).strip() for _ in range(2))
            yield Task(tag, chain, f"{first} {before} {last}", f"{first} {truth} {last}")


def outcomes(task: Task) -> dict[str, str]:
    return {name: tool(task.before) for name, tool in TOOLS.items()}


def print_damaged(done: Iterable[tuple[Task, dict[str, str]]], show: int) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    chains: dict[str, dict[Chain, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    seen = set()
    for task, results in done:
        seen.add(task.language)
        for name, text in results.items():
            kind = "exact" if text == task.truth else "left" if text == task.before else "worse"
            if kind == "worse" and closer(text, task):
                kind = "partly"
            counts[name, bucket(task.truth)][kind] += 1
            chains[name][task.chain][kind] += 1
            if name == "ours, on request" and kind != "exact" and show:
                show -= 1
                print(f"  {kind} {task.language} {task.chain}\n    {task.before!r}\n    {text!r}")
                print(f"    {task.truth!r}")
    print(f"\nDamaged lines of {len(seen)} languages, {len(chains['ftfy'])} chains, percent")
    print(f"{'':18} {'length':>6} {'lines':>6} {'exact':>6} {'left':>6} {'partly':>6} {'worse':>6}")
    for (name, length), count in sorted(counts.items()):
        shares = [
            100 * count[kind] / count.total() for kind in ("exact", "left", "partly", "worse")
        ]
        print(f"{name:18} {length:>6} {count.total():>6} " + " ".join(f"{s:6.2f}" for s in shares))
    for name, by_chain in chains.items():
        half = sum(1 for count in by_chain.values() if 2 * count["exact"] >= count.total())
        print(f"{name}: {half} of {len(by_chain)} chains at least half repaired")
    worst = sorted(chains["ours, on request"].items(), key=lambda e: e[1]["exact"] / e[1].total())
    for chain, count in worst[:12]:
        print(f"    {chain.written_as} as {chain.read_as}: {count['exact']} of {count.total()}")


def closer(text: str, task: Task) -> bool:
    """Tell whether a text has more of the truth's words than the damaged line has."""
    truth = Counter(task.truth.split())
    return (truth & Counter(text.split())).total() > (truth & Counter(task.before.split())).total()


class Changed(NamedTuple):
    place: str
    code: str
    safety: str
    before: str
    after: str


def changes(part: tuple[str, str]) -> list[Changed]:
    """Return what is found in a text, line by line of it."""
    place, text = part
    result = repair.repair(text, config=repair.Config(select=CODES))
    found = []
    for finding in (*result.findings, *result.remaining):
        start = text.rfind("\n", 0, finding.start) + 1
        end = text.find("\n", finding.end)
        line = text[start : end if end >= 0 else None]
        found.append(
            Changed(
                place, finding.code, finding.safety.name, line, f"{finding.new}: {finding.note}"
            )
        )
    return found


def clean_parts(lines: dict[str, list[str]], folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield catalogues, each line by itself as far as the rules are concerned, and files."""
    for tag, own in lines.items():
        for start in range(0, len(own), 500):
            yield tag, "\n\n".join(own[start : start + 500])
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                text = text_of(path)
                if text is not None:
                    yield str(path), text


def text_of(path: Path) -> str | None:
    """Return the text of a UTF-8 file with characters beyond ASCII."""
    if path.stat().st_size > 4 << 20:
        return None
    try:
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        text = data.decode()
    except (OSError, EOFError, UnicodeDecodeError):
        return None
    return None if text.isascii() or "\0" in text else text


def print_clean(found: Iterable[tuple[tuple[str, str], list[Changed]]], show: int) -> None:
    lines = beyond = 0
    counts: Counter[tuple[str, str]] = Counter()
    touched: dict[str, set[tuple[str, str]]] = defaultdict(set)
    shown: Counter[tuple[str, str]] = Counter()
    for (place, text), findings in found:
        own = [line for line in text.split("\n") if line]
        lines += len(own)
        beyond += sum(1 for line in own if not line.isascii())
        for each in findings:
            touched[each.safety].add((place, each.before))
            counts[each.code, each.safety] += 1
            place_and_code = (place, each.code + each.safety)
            if shown.total() < show and shown[place_and_code] < SHOWN_OF_A_PLACE:
                shown[place_and_code] += 1
                print(f"  {each.code} {each.safety} {place[-60:]}: {each.before[:120]!r}")
                print(f"      {each.after[:150]!r}")
    print(f"\nClean: {lines} lines, {beyond} beyond ASCII; lines changed or shown, of which many")
    print("really are damaged, and have to be read (--show):")
    for safety, places in touched.items():
        print(f"  {safety}: {len(places)}, {1e5 * len(places) / max(lines, 1):.2f} in 100,000")
    print("  " + ", ".join(f"{code} {safety}: {n}" for (code, safety), n in sorted(counts.items())))


def whole_files(lines: dict[str, list[str]], random: Random, number: int) -> Iterator[Task]:
    """Damage files of 60 lines, each by one chain."""
    languages = [tag for tag in LEGACY if len(lines.get(tag, ())) >= 60]
    while number:
        tag = random.choice(languages)
        chain = random.choice(chains_of(tag))
        rows = [line for line in random.sample(lines[tag], 60) if damaged(line, chain)]
        if len(rows) >= 20:
            number -= 1
            truth = "\n".join(rows) + "\n"
            yield Task(
                tag, chain, "\n".join(damaged(row, chain) or row for row in rows) + "\n", truth
            )


def print_parts(done: Iterable[tuple[Task, dict[str, str]]]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for task, results in done:
        for name, text in results.items():
            kind = "exact" if text == task.truth else "left" if text == task.before else "other"
            counts[name][kind] += 1
    print("\nLines of which only a part was damaged, percent exact and left")
    for name, count in counts.items():
        exact, left = (100 * count[kind] / count.total() for kind in ("exact", "left"))
        print(f"{name:18} {count.total():>6} {exact:6.2f} {left:6.2f}")


def print_files(done: Iterable[tuple[Task, dict[str, str]]]) -> None:
    exact: Counter[str] = Counter()
    right: Counter[str] = Counter()
    files = rows = 0
    bad: Counter[tuple[str, Chain]] = Counter()
    for task, results in done:
        files += 1
        truth = task.truth.split("\n")
        rows += len(truth)
        for name, text in results.items():
            exact[name] += text == task.truth
            got = text.split("\n")
            right[name] += sum(a == b for a, b in zip(got, truth, strict=False))
        if results["ours, on request"] != task.truth:
            bad[task.language, task.chain] += 1
    print(f"\nWhole damaged files: {files}")
    for name in exact:
        print(f"{name:18} files exact {100 * exact[name] / files:6.2f} %, "
              f"lines {100 * right[name] / rows:6.2f} %")  # fmt: skip
    for (tag, chain), number in bad.most_common(12):
        print(f"    {tag} {chain.written_as} as {chain.read_as}: {number}")


def print_ftfys_cases() -> None:
    folder = SHARED / "data" / "mojibake"
    if not folder.is_dir():
        print(f"\nftfy's cases: not at {folder}")
        return
    print("\nftfy's cases: right, of those ftfy is right about, of its failures")
    for path in sorted(folder.glob("ftfy-*.json")):
        cases = json.loads(path.read_text("utf-8"))
        total: Counter[str] = Counter()
        for case in cases:
            text, want = case["original"], case.get("fixed-encoding", case["fixed"])
            peer = ftfy.fix_encoding(text) == want
            total["ftfy"] += peer
            for name in ("ours, by default", "ours, on request"):
                got = TOOLS[name](text)
                good = got == want or ftfy.fixes.uncurl_quotes(got) == case["fixed"]
                total[f"{name}: right"] += good
                total[f"{name}: right as ftfy is"] += good and peer
        print(f"  {path.stem}: {len(cases)} cases; {dict(total)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--catalogues", type=Path, default=CATALOGUES)
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="folders of clean files")
    parser.add_argument("--clean", type=int, default=2000, help="clean lines of each language")
    parser.add_argument("--damaged", type=int, default=6000, help="damaged lines")
    parser.add_argument("--parts", type=int, default=2000, help="lines damaged in part")
    parser.add_argument("--files", type=int, default=200, help="damaged files")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", type=int, default=0, help="print so many of what went wrong")
    arguments = parser.parse_args()
    every = catalogue_lines(arguments.catalogues)
    with ProcessPoolExecutor(WORKERS) as pool:
        if arguments.clean:
            lines = shuffled(every, Random(arguments.seed), arguments.clean)
            clean = list(clean_parts(lines, arguments.text))
            found = zip(clean, pool.map(changes, clean, chunksize=8), strict=True)
            print(f"{len(lines)} languages")
            print_clean(found, arguments.show)
        if arguments.damaged:
            todo = list(tasks(every, Random(arguments.seed), arguments.damaged))
            done = zip(todo, pool.map(outcomes, todo, chunksize=50), strict=True)
            print_damaged(done, arguments.show)
        if arguments.parts:
            todo = list(parts(every, Random(arguments.seed), arguments.parts))
            print_parts(zip(todo, pool.map(outcomes, todo, chunksize=50), strict=True))
        if arguments.files:
            todo = list(whole_files(every, Random(arguments.seed), arguments.files))
            print_files(zip(todo, pool.map(outcomes, todo), strict=True))
    print_ftfys_cases()


if __name__ == "__main__":
    main()
