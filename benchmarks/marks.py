"""Measures how marks stand in Chinese prose: beside each other, and behind words of each class.

Run ``python -m benchmarks.marks > repair/tables/sources/zh_marks.tsv``. Counts come from the
first halves of news and reviews, half a vote each; accuracy is scored on the second halves.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from benchmarks.corpora import news, reviews
from repair.model.chinese import chinese, fold

MARKS = "。，、：；？！…“”（）《》—‘’ a0"
EDGE = "\n"
HAN = "汉"
# Added to each count and to what chance would give: rare pairs say little.
COUNT = 3.0
# Behind so many characters of a run the class of its last word is settled.
CONTEXT = 8
LEAST_CLASS = 200

_RUN = re.compile(f"([\u3400-\u9fff]+)([{re.escape(MARKS)}{EDGE}])")


class _Counts:
    """What one source shows, as shares."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.singles: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.ends: Counter[tuple[int, str]] = Counter()
        for line in lines:
            text = f"{EDGE}{fold(line)}{EDGE}"
            for match in _RUN.finditer(text):
                self.ends[chinese().last_class(match[1][-CONTEXT:]), match[2]] += 1
            text = re.sub("[\u3400-\u9fff]", HAN, text)
            self.singles.update(text)
            self.pairs.update(pairwise(text))


def _ratio(observed: float, left: float, right: float, whole: float) -> float:
    """How much likelier than chance, in nats."""
    return math.log((observed + COUNT) / (left * right / whole + COUNT))


def _rows(sources: list[_Counts]) -> Iterable[tuple[str, str, float]]:
    known = MARKS + EDGE + HAN
    for mark in known:
        shares = [source.singles[mark] / source.singles.total() for source in sources]
        if mark not in (HAN, EDGE):
            yield "cost", mark, -math.log(sum(shares) / len(shares) + 1e-6)
    for left in known:
        for right in known:
            values = [
                _ratio(
                    source.pairs[left, right],
                    source.singles[left],
                    source.singles[right],
                    source.singles.total(),
                )
                for source in sources
            ]
            yield left, right, sum(values) / len(values)
    yield from _ends(sources)


def _ends(sources: list[_Counts]) -> Iterable[tuple[str, str, float]]:
    classes = sorted({number for source in sources for number, _ in source.ends})
    for number in classes:
        name = chinese().class_name(number)
        behind = [sum(n for (c, _), n in s.ends.items() if c == number) for s in sources]
        if sum(behind) < LEAST_CLASS:
            continue
        for mark in MARKS + EDGE:
            values = [
                _ratio(
                    source.ends[number, mark],
                    count,
                    sum(n for (_, m), n in source.ends.items() if m == mark),
                    source.ends.total(),
                )
                for source, count in zip(sources, behind, strict=True)
            ]
            yield f"class {name}", mark, sum(values) / len(values)


def main() -> None:
    texts = ["".join(words) for words in news()], reviews()
    sources = [_Counts(lines[: len(lines) // 2]) for lines in texts]
    print("# left, right (or cost, mark; or class, mark), nats; from benchmarks.marks")
    for left, right, value in _rows(sources):
        print(f"{_escaped(left)}\t{_escaped(right)}\t{value:.1f}")


def _escaped(mark: str) -> str:
    return mark.replace(EDGE, "edge").replace(HAN, "han") if len(mark) == 1 else mark


if __name__ == "__main__":
    main()
