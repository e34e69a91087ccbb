"""Brings the counts of all sources of a language together."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

Pairs = dict[str, float]

# How many pairs a source may weigh. Texts of software repeat their subject, n-grams of news and
# encyclopedias do not; lists of words say nothing of how often a word is used.
TEXTS, PROFILES, WORDS, ONLY_WORDS = 1_500_000, 1_000_000, 200_000, 600_000
# Shouted headings are rarer in what we count than in what we meet.
CAPITALS = 0.03

ONE_SPACE = str.maketrans(dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
DIGITS = str.maketrans(dict.fromkeys("123456789", "0"))
JOINERS = "'\u2019-\u00ad\u200b\u200c\u200d"


def of_lines(lines: Iterable[str]) -> Pairs:
    """Count the pairs of lines, a space on both sides of each."""
    pairs: Counter[str] = Counter()
    for line in lines:
        text = f" {line.translate(ONE_SPACE).translate(DIGITS)} "
        pairs.update(map("".join, pairwise(text)))
    return {pair: float(count) for pair, count in pairs.items()}


def together(sources: Iterable[Pairs]) -> Pairs:
    """Add up the pairs of several sources."""
    out: Pairs = defaultdict(float)
    for pairs in sources:
        for pair, count in pairs.items():
            out[pair] += count
    return out


def scaled(pairs: Pairs, most: float, *, up: bool = False) -> Pairs:
    """Return the pairs with weights that sum up to at most (or, if ``up``, to just) ``most``."""
    whole = sum(pairs.values())
    if not whole or (whole <= most and not up):
        return pairs
    return {pair: count * most / whole for pair, count in pairs.items()}


def with_capitals(pairs: Pairs) -> Pairs:
    """Let a few texts be written in capitals throughout."""
    out: Pairs = defaultdict(float)
    for pair, count in pairs.items():
        out[pair] += count * (1 - CAPITALS)
        capitals = pair.upper()
        out[capitals if len(capitals) == 2 else pair] += count * CAPITALS
    return out


def punctuated(pairs: Pairs, texts: Pairs) -> Pairs:
    """Let words end and begin beside the marks that the texts have there, not only at spaces.

    Without it a source of bare words would make every quotation mark and dash rarer.
    """
    after, before = _marks(texts, 0), _marks(texts, 1)
    out: Pairs = defaultdict(float)
    for pair, count in pairs.items():
        if pair[1] == " " and pair[0] != " ":
            for mark, share in after:
                out[pair[0] + mark] += count * share
        elif pair[0] == " " and pair[1] != " ":
            for mark, share in before:
                out[mark + pair[1]] += count * share
        else:
            out[pair] += count
    # Marks beside marks are as frequent as beside words.
    words = sum(count for pair, count in texts.items() if any(map(_in_words, pair)))
    if words:
        factor = sum(pairs.values()) / words
        for pair, count in texts.items():
            if not any(map(_in_words, pair)):
                out[pair] += count * factor
    return out


def run_together(pairs: Pairs, texts: Pairs) -> Pairs:
    """Let words follow each other without spaces, but for the marks that the texts have.

    Which word follows which a list does not tell: as if they did not depend on each other.
    """
    ends = {pair[0]: count for pair, count in pairs.items() if pair[1] == " "}
    starts = {pair[1]: count for pair, count in pairs.items() if pair[0] == " "}
    whole = sum(ends.values())
    letters = sum(count for pair, count in pairs.items() if pair[0] != " ")
    marked = min(1.0, _share_of_marks(texts) * letters / whole)
    out: Pairs = defaultdict(float)
    for pair, count in pairs.items():
        out[pair] += count * marked if " " in pair else count
    out = defaultdict(float, punctuated(out, texts))
    for last, count in ends.items():
        for first, other in starts.items():
            both = count * (1 - marked) * other / whole
            if both >= 1:
                out[last + first] += both
    return out


def _share_of_marks(texts: Pairs) -> float:
    """How often a letter is followed by a mark or space."""
    after = [(pair[1], count) for pair, count in texts.items() if _in_words(pair[0])]
    marks = sum(count for character, count in after if not _in_words(character))
    return marks / max(1.0, sum(count for _, count in after))


def _marks(texts: Pairs, letter: int) -> list[tuple[str, float]]:
    """What stands after (0) or before (1) a letter and is none, with shares."""
    marks: Pairs = defaultdict(float)
    for pair, count in texts.items():
        if _in_words(pair[letter]) and not _in_words(pair[1 - letter]):
            marks[pair[1 - letter]] += count
    whole = sum(marks.values())
    return [(mark, count / whole) for mark, count in marks.items()] if whole else [(" ", 1.0)]


def _in_words(character: str) -> bool:
    """Tell whether a character is a part of words: a letter, mark or digit, or joins them."""
    return unicodedata.category(character)[0] in "LMN" or character in JOINERS


def written(pairs: Pairs, least: float) -> Iterator[str]:
    """Yield a line per first character: what follows it, and how often (rounded)."""
    rows: dict[str, list[tuple[str, int]]] = {}
    for pair, count in sorted(pairs.items()):
        if count >= least and pair != "  ":
            rows.setdefault(pair[0], []).append((pair[1], round(count) or 1))
    for first, row in rows.items():
        followers = "".join(character for character, _ in row)
        yield f"{first}\t{followers}\t{' '.join(str(count) for _, count in row)}"
