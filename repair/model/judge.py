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
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from repair.kernel import COMPILED
from repair.model import strangers
from repair.model.group import Group
from repair.model.lanes import alike, narrowed, widened
from repair.patterns import pattern
from repair.tables import read_table

if TYPE_CHECKING:
    from repair.kernel.costs import Costs

UNIT = 1 / 12
"""A unit of cost in nats, as in ``build_languages.py``."""

# Words of the lines in question say something about the language, less than their length would
# suggest: they are weighed so, and never speak against a language with more than CAP units. At
# 0.3, 0.4 and 0.5 of the weight 94.2, 94.9 and 94.9 % of pieces of 20 characters were read right;
# at 0.3 and 0.5, 99.1 and 99.0 % of 60 (decisions/0010).
WORD_WEIGHT, WORD_CAP = 0.4, 12 * 12

# Text in another script has few Latin words, so each speaks against it: that a space is followed
# by one costs 3.5 nats, of which 2.5 count, since such words come in groups.
LATIN_WORD, LATIN_CAP = 30, 144

# What a margin is worth: P(right) = 1 / (1 + exp(-margin / TEMPERATURE)). The calibration error
# over 7,880 margins at 8 to 200 characters is 0.012 (benchmarks/judge.py); of an earlier state of
# the model it was 0.018 at 1.0, 0.010 at 1.5, 0.020 at 2.0.
TEMPERATURE = 1.25

# What a pair costs on average, in units, where a language is known. Of lines of 80 characters of
# the declarations 94 % are below in languages with statistics (most others are in languages that
# have hardly a letter beyond ASCII), and 1 % of the same lines in a wrong encoding
# (benchmarks/judge.py).
KNOWN, KNOWN_IDEOGRAPHS = 60, 100

IDEOGRAPHS = "ideographs"
"""For what limits tell apart: Chinese, and most of Japanese."""

_FOLDED = str.maketrans("\t\n\f\r" + "123456789", " " * 4 + "0" * 9)
_NOT_LETTERS = pattern("[^a-z]+")
_WORD_ALPHABET = " abcdefghijklmnopqrstuvwxyz"
_WORD_PAIRS = {
    a + b: n for n, (a, b) in enumerate((a, b) for a in _WORD_ALPHABET for b in _WORD_ALPHABET)
}


class Words(NamedTuple):
    """What ASCII words speak against each lane of the Latin group, and other scripts, in units."""

    lanes: int
    others: int


class Evidence(NamedTuple):
    """What a text tells.

    ``pairs`` counts the pairs of characters of which one is beyond ASCII, ``ascii`` is what the
    others cost in units, and ``words`` is what its ASCII words say about the language.
    """

    pairs: Mapping[str, int]
    ascii: int
    words: Words


class Weight(NamedTuple):
    """What a text costs in its likeliest language, in units."""

    language: str | None
    """``None`` where nothing is beyond ASCII."""
    units: int
    """Of its pairs of characters of which one is beyond ASCII, of its words, and of its rarity."""
    ascii: int
    """Of the other pairs."""
    pairs: int
    """How many of the former there are."""


class _Section(NamedTuple):
    tags: list[str]
    rarity: list[int]
    start: int


class Judge:
    """Log-likelihoods of texts in all languages that there are statistics of.

    Every method takes a text or the ``Evidence`` of one. ``languages`` holds their BCP 47 tags, and
    ``rarity`` by how many nats each is rarer than the most usual ones.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        end = data.index(b"\n") + 1
        self._sections: dict[str, _Section] = {}
        for head in json.loads(data[:end]):
            self._sections[head["group"]] = _Section(head["tags"], head["rarity"], end)
            end += head["length"]
        self._groups: dict[str, Group] = {}
        self._group_of = {tag: name for name, of in self._sections.items() for tag in of.tags}
        self.languages: tuple[str, ...] = tuple(sorted(self._group_of))
        self.rarity: dict[str, float] = {
            tag: UNIT * rare
            for of in self._sections.values()
            for tag, rare in zip(of.tags, of.rarity, strict=True)
        }
        self._names = sorted(self._sections)
        # Readings of the same bytes have the same ASCII words.
        self._words = lru_cache(64)(self._tempered)

    def evidence(self, text: str, words: str | None = None) -> Evidence:
        """Gather what tells something; ``words`` may be other text of the same language.

        Pass the evidence instead of the text where it is judged several times.
        """
        ascii_cost, units = self._latin.ascii_cost, 0
        pairs = {}
        for pair, count in pairs_of(text).items():
            if pair.isascii():
                units += ascii_cost[pair] * count
            else:
                pairs[pair] = count
        if words is None:
            words = "\n".join(line for line in text.split("\n") if not line.isascii())
        return Evidence(pairs, units, self._words(_NOT_LETTERS.sub(" ", words.lower()).strip()))

    @cached_property
    def _latin(self) -> Group:
        return self._group("Latn")

    def _tempered(self, letters: str) -> Words:
        latin, total = self._latin, 0
        rows = latin.word_rows
        for pair, count in Counter(map(add, f" {letters}", f"{letters} ")).items():
            if pair != "  ":
                total += rows[_WORD_PAIRS[pair]] * count
        costs = narrowed(total, len(latin.tags))
        least = min(costs)
        against = [_tempered(cost - least) for cost in costs]
        others = against[latin.tags.index("en")] + min(LATIN_CAP, LATIN_WORD * letters.count(" "))
        return Words(widened(bytes(against)), others)

    def _group(self, name: str) -> Group:
        if name not in self._groups:
            section = self._sections[name]
            tags, rarity = tuple(section.tags), tuple(section.rarity)
            self._groups[name] = Group(name, tags, rarity, self._data, section.start)
        return self._groups[name]

    def group(self, script: str) -> Group:
        """Return the statistics of a script: ISO 15924, ``Hani`` for Chinese, Japanese, Korean."""
        return self._group(script)

    def number(self, script: str) -> int:
        """Return the number of a script that has statistics, as the kernel knows it."""
        return 1 + self._names.index(script)

    def _costs(self, evidence: Evidence) -> Iterator[tuple[Group, array[int]]]:
        """Yield, for each script of the text that has statistics, what it costs in each lane."""
        if evidence.pairs:
            characters = set().union(*evidence.pairs)
            scripts = {strangers.script(character) for character in characters}
            for name in sorted(scripts & self._sections.keys() | {"Latn"}):
                yield self._cost(evidence, name)

    def _cost(self, evidence: Evidence, name: str) -> tuple[Group, array[int]]:
        group = self._group(name)
        words = evidence.words
        against = words.lanes if name == "Latn" else alike(words.others, len(group.tags))
        return group, group.costs(evidence.pairs.items(), group.rare + against)

    def scores(self, text: str | Evidence) -> dict[str, float]:
        """Return the nats of a text and each language that has its letters.

        That is the log-likelihood of the text in the language, and the logarithm of how usual the
        language is beside the most usual ones.
        """
        evidence = self.evidence(text) if isinstance(text, str) else text
        out: dict[str, float] = {}
        for group, costs in self._costs(evidence):
            for tag, cost in zip(group.tags, costs, strict=True):
                score = -UNIT * (cost + evidence.ascii)
                out[tag] = max(score, out.get(tag, score))
        return out

    def log_likelihood(self, text: str | Evidence, language: str) -> float:
        """Return the nats of a text under one language, however rare that is.

        Raises:
            KeyError: there are no statistics of this language.
        """
        name = self._group_of[language]
        if COMPILED and isinstance(text, str):
            tags = enumerate(self._group(name).tags)
            lanes = [lane for lane, tag in tags if tag == language]
            units, ascii_units = self.compiled.within(text, self.number(name), lanes)
            return -UNIT * (units + ascii_units)
        evidence = self.evidence(text) if isinstance(text, str) else text
        group, costs = self._cost(evidence, name)
        each = zip(group.tags, costs, group.rarity, strict=True)
        least = min(cost - rare for tag, cost, rare in each if tag == language)
        return -UNIT * (least + evidence.ascii)

    def knows(self, text: str | Evidence) -> bool:
        """Tell whether the statistics speak for this text: some language would often have it.

        False for what is damaged, in a language that there are no statistics of and that is
        like none of them, or ASCII.
        """
        evidence = self.evidence(text) if isinstance(text, str) else text
        pairs = sum(evidence.pairs.values())
        for group, costs in self._costs(evidence):
            most = pairs * (KNOWN_IDEOGRAPHS if group.script == "Hani" else KNOWN)
            if any(cost - rare <= most for cost, rare in zip(costs, group.rarity, strict=True)):
                return True
        return False

    def best(
        self, text: str | Evidence, languages: Iterable[str] | None = None
    ) -> tuple[str | None, float]:
        """Return the likeliest language and its score; ``None`` where nothing beyond ASCII is."""
        if COMPILED and isinstance(text, str) and languages is None:
            language, units, ascii_units, _ = self.compiled.best(text)
            return language, -UNIT * (units + ascii_units)
        evidence = self.evidence(text) if isinstance(text, str) else text
        if languages is not None:
            scores = self.scores(evidence)
            known = [(scores[tag], tag) for tag in languages if tag in scores]
            score, language = max(known, default=(-UNIT * evidence.ascii, None))
            return language, score
        weight = self._weight(evidence)
        return weight.language, -UNIT * (weight.units + weight.ascii)

    def best_beside(self, texts: Iterable[str], words: str) -> list[float]:
        """Return the scores of texts in their likeliest languages, beside other text of these."""
        if COMPILED:
            heard = self.compiled.spoken(words)
            return [-UNIT * self.compiled.units_beside(text, heard) for text in texts]
        told = self.evidence("", words=words).words
        evidence = (self.evidence(text, words="")._replace(words=told) for text in texts)
        return [self.best(each)[1] for each in evidence]

    def weight(self, text: str) -> Weight:
        """Return what a text costs in its likeliest language."""
        if not COMPILED:
            return self._weight(self.evidence(text))
        return Weight(*self.compiled.best(text))

    def by_pair(self, text: str) -> list[int]:
        """Return the units of each pair in the likeliest language of a text.

        There is one more than characters, the first one that of a space and the first character;
        -1 stands for pairs of ASCII, -2 for those with a second character that its script has no
        statistics of.
        """
        if COMPILED:
            return self.compiled.by_pair(text)
        padded = f" {text.translate(_FOLDED)} "
        pairs = list(map(add, padded, padded[1:]))
        likeliest = self._likeliest(self.evidence(text))
        if likeliest is None:
            return [-1] * len(pairs)
        group, lane, _ = likeliest
        return [
            -1
            if pair.isascii()
            else group.costs([(pair, 1)], 0)[lane]
            if group.knows(pair[1])
            else -2
            for pair in pairs
        ]

    def limits(self, nats: Mapping[str, float]) -> list[float]:
        """Return limits for ``is_below``: by script, ``IDEOGRAPHS``, and ``""`` for all others."""
        rest = nats[""]
        every = ("", *self._names, IDEOGRAPHS)
        return [nats.get(name, rest) / UNIT for name in every]

    def is_below(self, text: str, limits: list[float]) -> bool:
        """Tell whether a text's pairs cost less on average than what most of it is may cost.

        Counted are pairs of which one is beyond ASCII. More than half of the characters beyond
        ASCII are ideographs or of one script, or the limit for all others counts.
        """
        if COMPILED:
            return self.compiled.is_below(text, limits)
        weight = self.weight(text)
        beyond = [character for character in text if not character.isascii()]
        each = limits[0]
        scripts = Counter(map(strangers.script, beyond)).most_common(1)
        for script, count in scripts:
            if script in self._sections and 2 * count > len(beyond):
                each = limits[self.number(script)]
        if 2 * sum("\u3400" <= character <= "\u9fff" for character in beyond) > len(beyond):
            each = limits[-1]
        return weight.units / max(1, weight.pairs) < each

    def _weight(self, evidence: Evidence) -> Weight:
        likeliest = self._likeliest(evidence)
        if likeliest is None:
            return Weight(None, 0, evidence.ascii, 0)
        group, lane, cost = likeliest
        return Weight(group.tags[lane], cost, evidence.ascii, sum(evidence.pairs.values()))

    def _likeliest(self, evidence: Evidence) -> tuple[Group, int, int] | None:
        """Return the script and the lane that a text costs least in, and the units."""
        best: tuple[Group, int, int] | None = None
        for group, costs in self._costs(evidence):
            cost = min(costs)
            if best is None or cost < best[2]:
                best = group, costs.index(cost), cost
        return best

    @cached_property
    def compiled(self) -> Costs:
        """What weighs texts in the kernel; only where that is compiled."""
        from repair.model import quick  # noqa: PLC0415 (it needs what is compiled)

        behind = range(math.ceil((WORD_CAP + 1) / WORD_WEIGHT) + 1)
        tempered = [_tempered(units) for units in behind]
        return quick.costs(self._names, self._group, tempered, (LATIN_WORD, LATIN_CAP))

    def margin(self, reading: str | Evidence, other: str | Evidence) -> float:
        """Return the nats by which one reading beats another, each in its best language."""
        return self.best(reading)[1] - self.best(other)[1]


def _tempered(units: int) -> int:
    return min(WORD_CAP, round(WORD_WEIGHT * units))


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
