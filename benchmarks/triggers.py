"""In how many clean texts there is something of what each rule wants to see.

    python -m benchmarks.triggers [--texts COUNT]

Texts are translations that the system has installed, forty lines each, in all languages, news, and
what comes with Python. What is met often has a sign of its own: see ``repair/triggers/build.py``.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator

from benchmarks.mojibake_sets import CATALOGUES, catalogue_lines
from benchmarks.samples import clean_chinese, clean_english, source_code
from repair.rules import RULES
from repair.triggers import compiled

LINES = 40
SIZE = 4000


def texts() -> Iterator[tuple[str, str]]:
    """Yield what they are in, and the texts."""
    for language, lines in catalogue_lines(CATALOGUES).items():
        for at in range(0, len(lines), LINES):
            yield language, "\n".join(lines[at : at + LINES])
    samples = {"news": clean_chinese(), "English": clean_english(), "code": source_code()}
    for name, text in samples.items():
        for at in range(0, len(text), SIZE):
            yield name, text[at : at + SIZE]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=4000)
    options = parser.parse_args()
    every = list(texts())
    some = random.Random(1).sample(every, min(options.texts, len(every)))
    for rule in RULES:
        if not rule.by_line:
            pattern = compiled(rule.sight() if rule.sight else rule.trigger)
            met = Counter(name for name, text in some if pattern.search(text))
            share, where = 100 * met.total() / len(some), met.most_common(4)
            print(f"{rule.code} {share:6.2f} % {' '.join(f'{n} {c}' for n, c in where)}")


if __name__ == "__main__":
    main()
