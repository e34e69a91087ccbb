"""How fast clean text of each language is passed by, beside plsfix.

    python -m benchmarks.languages [--catalogues FOLDER] [--lines COUNT] [LANGUAGE ...]

The lines are those of ``mojibake_sets``, with all rules, from ``str``; rates are MB of UTF-8 a
second of processor time, the best of three runs. A star stands for lines of which something is
repaired: some translators' lines are damaged. plsfix is measured if it is installed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

import repair
from benchmarks.kernel import by_plsfix_each
from benchmarks.mojibake import PLSFIX
from benchmarks.mojibake_sets import CATALOGUES, catalogue_lines
from repair.kernel import COMPILED
from repair.rules.mojibake.ordinary import is_sound
from repair.rules.mojibake.pilot import weighed_alone

RUNS = 3


def rate(run: Callable[[str], object], text: str) -> float:
    run(text)
    seconds = []
    for _ in range(RUNS):
        for kept in (is_sound, weighed_alone):  # each run meets its lines for the first time
            kept.cache_clear()
        start = time.process_time()
        run(text)
        seconds.append(time.process_time() - start)
    return len(text.encode()) / min(seconds) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--catalogues", type=Path, default=CATALOGUES)
    parser.add_argument("--lines", type=int, default=1500)
    parser.add_argument("languages", nargs="*", help="only these")
    options = parser.parse_args()
    print("compiled" if COMPILED else "not compiled")
    rates, shares = [], []
    for language, lines in catalogue_lines(options.catalogues).items():
        wanted = not options.languages or language in options.languages
        if wanted and len(lines) >= options.lines:
            text = "\n".join(Random(language).sample(lines, options.lines))
            ours, star = rate(repair.repair, text), "*" * bool(repair.repair(text).edits)
            rates.append(ours)
            beside = ""
            if PLSFIX:
                shares.append(ours / rate(by_plsfix_each, text))
                beside = f"  {shares[-1]:6.2f} x plsfix"
            print(f"{language:12} {len(text.encode()):8,} bytes {ours:7.2f} MB/s{star:1}{beside}")
    if rates:
        beside = f", {median(shares):.2f} x plsfix" if shares else ""
        print(f"median of {len(rates)}: {median(rates):.2f} MB/s{beside}")


if __name__ == "__main__":
    main()
