"""The word model of Chinese: words with costs and tags, tag transitions, marks.

Layout of ``zh_words.bin``: a line of JSON, then its ``sections``, little-endian, in order:
keys of words of 1 (uint16), 2 (uint32), 3 and 4 characters (uint64: UTF-16 units, first
character highest), sorted; their costs (uint8, tenths of a nat) and word classes (uint8);
the matrix of class transitions, the row of class starts, and the matrix of marks (int8,
tenths of a nat).
"""

from __future__ import annotations

import ast
import json
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise

Transitions = dict[tuple[str, str], dict[tuple[str, str], float]]

LONGEST = 4
# Log ratios of tag transitions are cut here: rare tags would else decide on their own.
CAP = 4.0
# Marks beside each other are a matter of grammar, and a few counts suffice; beside Han
# characters the source's own style shows, so its evidence is shrunk and halved. Chosen on
# benchmarks' lost characters in news text: 0.920 right against 0.912 without classes and marks.
MARK_COUNT, MARK_WEIGHT = 3.0, 1.0
HAN_COUNT, HAN_WEIGHT = 20.0, 0.5
LEAST_MARK = 20
# What a word costs at least that wordfreq does not know, in nats: its list ends at 1e-8 (18.4),
# but names and terms are rarer there than in jieba's newspapers.
RARE = 15.0
FULL_WIDTH = str.maketrans(",:;!?()\"'", "，：；！？（）“‘")
HAN_CLASS = "汉"


def word_model(source: Callable[[str], str]) -> bytes:
    """Build the file."""
    words = [line.split(" ") for line in source("jieba-dict.txt.xz").splitlines()]
    total = sum(int(count) for _, count, _ in words)
    transitions: Transitions = _literal(source("jieba-prob_trans.py.xz"))
    starts: dict[tuple[str, str], float] = _literal(source("jieba-prob_start.py.xz"))
    tags = sorted({tag for _, tag in transitions})
    measured = _measured(source("zh_marks.tsv"))
    marks, mark_costs, pairs = _marks(source("libreoffice-help-zh-CN.txt.xz"), measured)
    frequent = dict(line.split(" ") for line in source("wordfreq-zh.txt.xz").splitlines())
    sections = _words(words, tags, total, frequent)
    usual = _usual_classes(transitions, starts, tags)
    sections.append(_class_matrix(transitions, tags, usual))
    sections.append(_class_starts(starts, tags, usual))
    sections.append(pairs)
    sections.append(_class_ends(tags, marks, measured))
    head = {
        "tags": tags,
        "marks": marks,
        "mark_costs": mark_costs,
        "unknown": _tenths(-math.log(0.3 / total)),
        "sections": [len(section) for section in sections],
    }
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")) + "\n"
    return line.encode("utf-8") + b"".join(sections)


def _literal(text: str) -> dict:  # type: ignore[type-arg]
    return dict(ast.literal_eval(text.partition("P=")[2]))


def _tenths(nats: float) -> int:
    return max(0, min(255, round(nats * 10)))


def _signed_tenths(nats: float) -> int:
    return max(-127, min(127, round(nats * 10)))


def _words(
    words: list[list[str]], tags: list[str], total: int, frequent: dict[str, str]
) -> list[bytes]:
    """Three sections for each length: keys, costs, classes.

    wordfreq knows how people write today, on the web and in speech; jieba has more words.
    """
    sections = []
    for length, kind in ((1, "H"), (2, "I"), (3, "Q"), (4, "Q")):
        rows = {}
        for word, count, tag in words:
            if len(word) == length and all("\u3400" <= c <= "\u9fff" for c in word):
                key = int.from_bytes(word.encode("utf-16-be"), "big")
                word_class = 2 * (tags.index(tag) if tag in tags else tags.index("n"))
                if word in frequent:
                    cost = int(frequent[word]) / 100 * math.log(10)
                else:
                    cost = max(-math.log(int(count) / total), RARE)
                rows[key] = (_tenths(cost), word_class + (length > 1))
        keys = array(kind, sorted(rows))
        sections.append(_little(keys))
        sections.append(bytes(rows[key][0] for key in keys))
        sections.append(bytes(rows[key][1] for key in keys))
    return sections


def _little(keys: array[int]) -> bytes:
    return b"".join(key.to_bytes(keys.itemsize, "little") for key in keys)


def _word_steps(transitions: Transitions, tag: str, shape: str) -> dict[tuple[str, str], float]:
    """Probabilities of the class of the next word after a word of this class."""
    row = transitions.get(("S" if shape == "S" else "E", tag), {})
    steps = {(t, "S" if s == "S" else "M"): math.exp(p) for (s, t), p in row.items() if s in "BS"}
    whole = sum(steps.values())
    return {key: value / whole for key, value in steps.items()} if whole else {}


def _first_classes(starts: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    first = {(t, "S" if s == "S" else "M"): math.exp(p) for (s, t), p in starts.items() if p > -99}
    whole = sum(first.values())
    return {key: value / whole for key, value in first.items()}


def _usual_classes(
    transitions: Transitions, starts: dict[tuple[str, str], float], tags: list[str]
) -> dict[tuple[str, str], float]:
    """How often each class of word comes in text whose runs are ten words long on average."""
    first = _first_classes(starts)
    share = dict(first)
    steps = {(t, s): _word_steps(transitions, t, s) for t in tags for s in "SM"}
    for _ in range(40):
        following: dict[tuple[str, str], float] = defaultdict(float)
        for key, mass in share.items():
            for target, chance in steps[key].items():
                following[target] += 0.9 * mass * chance
        rest = 1 - sum(following.values())
        for key, chance in first.items():
            following[key] += rest * chance
        share = dict(following)
    return share


def _ratio(chance: float, usual: float) -> int:
    value = math.log(max(chance, 6e-6)) - math.log(usual + 1e-5)
    return _signed_tenths(max(-CAP, min(CAP, value))) & 0xFF


def _class_matrix(
    transitions: Transitions, tags: list[str], usual: dict[tuple[str, str], float]
) -> bytes:
    out = bytearray()
    for tag in tags:
        for shape in "SM":
            steps = _word_steps(transitions, tag, shape)
            out += bytes(
                _ratio(steps.get((t, s), 0.0), usual.get((t, s), 0.0)) for t in tags for s in "SM"
            )
    return bytes(out)


def _class_starts(
    starts: dict[tuple[str, str], float], tags: list[str], usual: dict[tuple[str, str], float]
) -> bytes:
    first = _first_classes(starts)
    return bytes(_ratio(first.get((t, s), 0.0), usual.get((t, s), 0.0)) for t in tags for s in "SM")


def _measured(table: str) -> dict[tuple[str, str], float]:
    """What prose shows of marks, in nats: see benchmarks.marks."""
    names = {"edge": "\n", "han": HAN_CLASS}
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {(names.get(a, a), names.get(b, b)): float(nats) for a, b, nats in rows}


def _class_ends(tags: list[str], marks: str, measured: dict[tuple[str, str], float]) -> bytes:
    return bytes(
        _signed_tenths(measured.get((f"class {tag}{shape}", mark), 0.0)) & 0xFF
        for tag in tags
        for shape in "SM"
        for mark in marks
    )


def _marks(text: str, measured: dict[tuple[str, str], float]) -> tuple[str, list[int], bytes]:
    """Characters that are not Han: which, what one costs, and how they like each other."""
    # A line feed stands for the edge of a paragraph.
    text = "\n" + text.translate(FULL_WIDTH).replace("「", "“").replace("」", "”")
    text = re.sub("[\u3400-\u9fff]", HAN_CLASS, text)
    text = re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", text))
    single = Counter(text)
    pairs = Counter(pairwise(text))
    marks = HAN_CLASS + "".join(
        sorted(c for c, n in single.items() if n >= LEAST_MARK and c != HAN_CLASS)
    )
    whole = sum(single.values())
    matrix = bytearray()
    for left in marks:
        for right in marks:
            expected = single[left] * single[right] / whole
            beside_han = HAN_CLASS in (left, right)
            count, weight = (HAN_COUNT, HAN_WEIGHT) if beside_han else (MARK_COUNT, MARK_WEIGHT)
            ratio = weight * math.log((pairs[left, right] + count) / (expected + count))
            ratio = measured.get((left, right), ratio)
            matrix.append(_signed_tenths(ratio) & 0xFF)
    costs = [_tenths(measured.get(("cost", c), -math.log(single[c] / whole))) for c in marks]
    return marks, costs, bytes(matrix)
