"""The judge: which of several readings is likelier, in which language, and by how much.

Every score is the natural logarithm of the probability of the whole text, so readings of the same
bytes compare directly, whatever the encoding, and so do languages. Pairs of characters of which
one is beyond ASCII are judged by the statistics of the language; pairs of ASCII characters cost
the same in all languages, and so count only where another reading has something else. But ASCII
words on the lines that have other characters tell languages apart, and are tempered evidence
for that.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from operator import add
from typing import NamedTuple

from repair.model import strangers
from repair.model.group import Group
from repair.model.lanes import narrowed
from repair.tables import read_table

UNIT = 1 / 12
"""A unit of cost in nats, as in ``build_languages.py``."""

# Words of the lines in question say something about the language, less than their length would
# suggest: they are weighed so, and never speak against a language with more nats than CAP.
# Chosen with the prototype on 15,781 files and lines (97.0 % of lines decoded right).
WORD_WEIGHT, WORD_CAP = 0.3, 12.0

# What a margin is worth: P(right) = 1 / (1 + exp(-margin / TEMPERATURE)). Evidence of pairs is
# not independent, so a nat of it counts for less than one. See benchmarks/judge.py.
TEMPERATURE = 4.0

_FOLDED = str.maketrans("\t\n\f\r" + "123456789", " " * 4 + "0" * 9)
_NOT_LETTERS = re.compile("[^a-z]+")
_WORD_ALPHABET = " abcdefghijklmnopqrstuvwxyz"
_WORD_PAIRS = {
    a + b: n for n, (a, b) in enumerate((a, b) for a in _WORD_ALPHABET for b in _WORD_ALPHABET)
}


class Evidence(NamedTuple):
    """What a text tells.

    ``pairs`` counts the pairs of characters of which one is beyond ASCII, ``ascii`` is what the
    others cost in nats, and ``words`` holds, for each lane of the Latin group, the nats that the
    ASCII words speak against it.
    """

    pairs: Mapping[str, int]
    ascii: float
    words: tuple[float, ...]


class Judge:
    """Log-likelihoods of texts in all languages that there are statistics of.

    Every method takes a text or the ``Evidence`` of one.
    """

    def __init__(self, data: bytes) -> None:
        end = data.index(b"\n") + 1
        self._sections: dict[str, tuple[tuple[str, ...], bytes]] = {}
        for head in json.loads(data[:end]):
            section = data[end : end + head["length"]]
            self._sections[head["group"]] = (tuple(head["tags"]), section)
            end += head["length"]
        self._groups: dict[str, Group] = {}
        self._group_of = {tag: name for name, (tags, _) in self._sections.items() for tag in tags}
        self.languages: tuple[str, ...] = tuple(sorted(self._group_of))

    def evidence(self, text: str, words: str | None = None) -> Evidence:
        """Gather what tells something; ``words`` may be other text of the same language.

        Pass the evidence instead of the text where it is judged several times.
        """
        counts = pairs_of(text)
        latin = self._group("Latn")
        units = sum(latin.ascii_cost(*pair) * n for pair, n in counts.items() if pair.isascii())
        pairs = {pair: n for pair, n in counts.items() if not pair.isascii()}
        if words is None:
            words = "\n".join(line for line in text.split("\n") if not line.isascii())
        return Evidence(pairs, UNIT * units, self._against(words))

    def _against(self, text: str) -> tuple[float, ...]:
        letters = f" {_NOT_LETTERS.sub(' ', text.lower())} "
        counts = Counter(map(add, letters, letters[1:]))
        latin = self._group("Latn")
        width, total = len(latin.tags), 0
        for pair, count in counts.items():
            if pair != "  ":
                total += latin.word_row(_WORD_PAIRS[pair]) * count
        costs = narrowed(total, width)
        least = min(costs)
        return tuple(min(WORD_CAP, WORD_WEIGHT * UNIT * (cost - least)) for cost in costs)

    def _group(self, name: str) -> Group:
        if name not in self._groups:
            tags, section = self._sections[name]
            self._groups[name] = Group(name, tags, zlib.decompress(section))
        return self._groups[name]

    def scores(self, text: str | Evidence) -> dict[str, float]:
        """Return the log-likelihood, in nats, under each language that has its letters."""
        evidence = self.evidence(text) if isinstance(text, str) else text
        scripts = {strangers.script(c) for c in set().union(*evidence.pairs) if c > "\x7f"}
        names = {"Latn", *(name for name in scripts if name in self._sections)}
        return self._scores(evidence, sorted(names)) if evidence.pairs else {}

    def _scores(self, evidence: Evidence, names: Iterable[str]) -> dict[str, float]:
        out: dict[str, float] = {}
        english = self._group("Latn").tags.index("en")
        for name in names:
            group = self._group(name)
            costs = group.costs(evidence.pairs.items())
            against = evidence.words if name == "Latn" else (evidence.words[english],) * len(costs)
            for tag, cost, words in zip(group.tags, costs, against, strict=True):
                score = -UNIT * cost - words - evidence.ascii
                if score > out.get(tag, -math.inf):
                    out[tag] = score
        return out

    def log_likelihood(self, text: str | Evidence, language: str) -> float:
        """Return the nats of a text under one language.

        Raises:
            KeyError: there are no statistics of this language.
        """
        evidence = self.evidence(text) if isinstance(text, str) else text
        return self._scores(evidence, [self._group_of[language]])[language]

    def best(
        self, text: str | Evidence, languages: Iterable[str] | None = None
    ) -> tuple[str | None, float]:
        """Return the likeliest language and its score; ``None`` where nothing beyond ASCII is."""
        evidence = self.evidence(text) if isinstance(text, str) else text
        scores = self.scores(evidence)
        if languages is not None:
            scores = {tag: scores[tag] for tag in languages if tag in scores}
        if not scores:
            return None, -evidence.ascii
        return max(scores.items(), key=lambda item: item[1])

    def margin(self, reading: str | Evidence, other: str | Evidence) -> float:
        """Return the nats by which one reading beats another, each in its best language."""
        return self.best(reading)[1] - self.best(other)[1]


def pairs_of(text: str) -> Counter[str]:
    """Count the pairs of characters, spaces on both sides of the text.

    Tabs and ends of lines count as spaces, digits as zeros.
    """
    padded = f" {text.translate(_FOLDED)} "
    return Counter(map(add, padded, padded[1:]))


def probability(margin: float) -> float:
    """Return how likely the reading that leads by so many nats is the right one of two."""
    if margin < 0:
        return 1 - probability(-margin)
    return 1 / (1 + math.exp(-margin / TEMPERATURE))


@cache
def judge() -> Judge:
    """Return the judge; its statistics are read at first use, script by script."""
    return Judge(read_table("languages.bin"))
