"""Statistics that others counted: n-grams of language identifiers, and words of dictionaries.

Each reader yields words or pairs with weights; what follows a letter at the end of a word (a
space, a comma, a quote) they do not tell: there stands a space.
"""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from repair.tables.languages.packages import Package, files

Pairs = dict[str, float]

# What a word is written like when its n-grams were counted in lower case: the shares of words
# that begin with a capital in the texts of the European languages here lie between 0.1 and 0.2.
TITLE = 0.14
# MeCab gives -700 times the logarithm of a word's probability (its documentation), within its
# part of speech.
MECAB_COST = 700.0


def lingua(package: Package, name: str) -> Pairs:
    """Count pairs from the bigrams of lingua, which are conditional on their first letter.

    Every pair within a word was counted, however rare, so what is missing to 1 after a letter
    are the ends of words, and what is missing before a letter are their beginnings.
    """
    folder = package.content / "lingua" / "language-models" / name
    single = dict(_ratios(folder / "unigrams.json.br"))
    pairs: Pairs = defaultdict(float)
    inside: Pairs = defaultdict(float)
    ends = dict(single)
    for pair, share in _ratios(folder / "bigrams.json.br"):
        count = share * single[pair[0]]
        pairs[pair] += count
        inside[pair[1]] += count
        ends[pair[0]] -= count
    starts = {letter: max(share - inside[letter], 0.0) for letter, share in single.items()}
    pairs.update({letter + " ": max(share, 0.0) for letter, share in ends.items()})
    return _capitalised(pairs, starts)


def _ratios(path: Path) -> Iterator[tuple[str, float]]:
    import brotli  # noqa: PLC0415 - only this reader needs it

    data = json.loads(brotli.decompress(path.read_bytes()))
    for ratio, grams in data["ngrams"].items():
        above, below = ratio.split("/")
        for gram in grams.split():
            yield gram, int(above) / int(below)


def _capitalised(pairs: Pairs, starts: dict[str, float]) -> Pairs:
    """Let some words begin with a capital, as if the second letter did not depend on it."""
    following: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for pair, count in pairs.items():
        following[pair[0]].append((pair[1], count))
    out: Pairs = defaultdict(float, pairs)
    for letter, start in starts.items():
        capital = letter.upper()
        if len(capital) != 1 or capital == letter:
            out[" " + letter] += start
            continue
        out[" " + letter] += start * (1 - TITLE)
        out[" " + capital] += start * TITLE
        whole = sum(count for _, count in following[letter])
        for second, count in following[letter]:
            moved = start * TITLE * count / whole
            out[capital + second] += moved
            out[letter + second] -= moved
    return {pair: count for pair, count in out.items() if count > 0}


def langdetect(package: Package, name: str) -> Pairs:
    """Pairs of langdetect's profiles, which know spaces and capitals."""
    for path in files(package, name):
        if path.parent.name == "profiles":
            grams = json.loads(path.read_text(encoding="utf-8"))["freq"]
            return {gram: float(count) for gram, count in grams.items() if len(gram) == 2}
    raise FileNotFoundError(name)


def tesseract(package: Package, name: str) -> Pairs:
    """Pairs of the words that tesseract expects to read; each word counts once."""
    (model,) = files(package, "*.traineddata")
    with tempfile.TemporaryDirectory() as folder:
        prefix = f"{folder}/{name}."
        _run("combine_tessdata", "-u", str(model), prefix)
        words = Path(folder, "words")
        _run("dawg2wordlist", prefix + "lstm-unicharset", prefix + "lstm-word-dawg", str(words))
        return of_words((word, 1.0) for word in words.read_text(encoding="utf-8").split("\n"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def of_words(words: Iterator[tuple[str, float]]) -> Pairs:
    """Count the pairs of words with weights, a space on both sides."""
    pairs: Pairs = defaultdict(float)
    for word, weight in words:
        spaced = f" {word} "
        for n in range(len(spaced) - 1):
            pairs[spaced[n : n + 2]] += weight
    return pairs


def jieba(text: str, alternatives: dict[int, str]) -> Pairs:
    """Pairs of jieba's words by their counts, each character written as ``alternatives`` says."""
    rows = (line.split(" ") for line in text.translate(alternatives).splitlines())
    return of_words((word, float(count)) for word, count, _ in rows)


def ipadic(package: Package) -> Pairs:
    """Pairs of the words of MeCab's dictionary, by the probabilities that its costs stand for."""

    def words() -> Iterator[tuple[str, float]]:
        for path in files(package, "*.csv"):
            for line in path.read_text(encoding="euc_jp").splitlines():
                word, _, _, cost = line.split(",")[:4]
                yield word, math.exp(-int(cost) / MECAB_COST)

    return of_words(words())
