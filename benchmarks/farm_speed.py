"""How fast farm damage is undone (rules S and H), beside OpenCC's conversion alone.

    python -m benchmarks.farm_speed [--farms N]

Each farm damages pages of its own kind; the text is repaired with the rules that know of farms,
and converted by OpenCC from traditional to simplified, which leaves all the rest of the damage.
Rates are MB of UTF-8 a second of processor time, the best of some runs. Needs OpenCC.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from importlib import import_module
from random import Random
from statistics import median

import repair
from benchmarks.corpora import farm_source
from benchmarks.farms import random_farm
from repair.kernel import COMPILED
from repair.rules import RULES

PAGES = 6
RUNS = 3
FARM_RULES = tuple(rule for rule in RULES if rule.code[0] in "SH")


def rate(run: Callable[[], object], size: int) -> float:
    run()
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return size / min(seconds) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--farms", type=int, default=12)
    options = parser.parse_args()
    convert = import_module("opencc").OpenCC("t2s").convert
    print("compiled" if COMPILED else "not compiled")
    shares = []
    for number in range(options.farms):
        random = Random(f"speed-{number}")
        farm = random_farm(random)
        clean = "\n".join(farm_source(random)[1] for _ in range(PAGES))
        text = farm.damage(clean, random).text
        size = len(text.encode())
        found = repair.repair(text, rules=FARM_RULES)
        count = len(found.findings) + len(found.remaining)
        ours = rate(lambda: repair.repair(text, rules=FARM_RULES), size)  # noqa: B023
        theirs = rate(lambda: convert(text), size)  # noqa: B023
        shares.append(ours / theirs)
        print(
            f"{farm.name:8} {len(farm.keys):5} keys {size:7,} bytes {count:6,} findings"
            f"  {ours:6.3f} MB/s  OpenCC {theirs:6.1f}  share {shares[-1]:.4f}",
            flush=True,
        )
    print(f"median share {median(shares):.4f}, least {min(shares):.4f}")


if __name__ == "__main__":
    main()
