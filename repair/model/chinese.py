"""The judge for simplified Chinese: a lattice of words, with word classes and marks.

A text is scored over all ways to cut it into words of jieba's dictionary: the probability of
each word, times how much likelier its class is after the class of the word before (jieba's
part-of-speech transitions), times how marks stand beside each other and beside Han characters.
Costs are in nats and are differences that matter only between readings of one place. The sums
are made in ``repair.kernel.words``.
"""

from __future__ import annotations

import json
from functools import cache

from repair.kernel.native import i64, longs, vec
from repair.kernel.words import LONGEST, STRANGER, TENTH, Word, WordModel, is_han
from repair.tables import read_table

__all__ = ["LONGEST", "STRANGER", "Word", "WordModel", "chinese", "cost", "fold", "is_han"]

_FOLDED = {ord(half): full for half, full in zip(",:;!?()\"'", "，：；！？（）“‘", strict=True)}
_FOLDED |= {ord(c): "0" for c in "0123456789０１２３４５６７８９"}
_FOLDED |= dict.fromkeys((*range(0x41, 0x5B), *range(0x61, 0x7B)), "a")
_FOLDED |= {ord("「"): "“", ord("」"): "”", 0xA0: " "}


def cost(text: str) -> float:
    """Return the cost of ``text``, in nats: the best way to cut it into words."""
    return chinese().cost_of_folded(fold(text))


def fold(text: str) -> str:
    """Return ``text`` as the model reads it: marks full-width, digits as 0, letters as a."""
    return text.translate(_FOLDED)


def _read(data: bytes) -> WordModel:
    end = data.index(b"\n") + 1
    head = json.loads(data[:end])
    sections = []
    for length in head["sections"]:
        sections.append(data[end : end + length])
        end += length
    return WordModel(
        keys=[_wide(sections[3 * n], size) for n, size in enumerate((2, 4, 8, 8))],
        costs=[sections[3 * n + 1] for n in range(LONGEST)],
        classes=[sections[3 * n + 2] for n in range(LONGEST)],
        steps=_signed(sections[12]),
        starts=_signed(sections[13]),
        marks={mark: n for n, mark in enumerate(head["marks"])},
        mark_costs=head["mark_costs"],
        pairs=_signed(sections[14]),
        ends=_signed(sections[15]),
        class_names=[tag + shape for tag in head["tags"] for shape in "SM"],
        unknown=Word(head["unknown"] * TENTH, 2 * head["tags"].index("n")),
    )


def _signed(section: bytes) -> list[int]:
    return memoryview(section).cast("b").tolist()


def _wide(section: bytes, size: int) -> vec[i64]:
    """Return the numbers of ``size`` bytes each, of which the lowest comes first."""
    wide = bytearray(8 * (len(section) // size))
    for place in range(size):
        wide[place::8] = section[place::size]
    return longs(bytes(wide))


@cache
def chinese() -> WordModel:
    """Load the model; once per process, about 5 ms."""
    return _read(read_table("zh_words.bin"))
