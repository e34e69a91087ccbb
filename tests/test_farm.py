"""What farms do to text of our own, by the simulated channel, and what becomes of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.farm_channel import Damaged, damage
from repair.engine import repair
from repair.kernel.words import Cut
from repair.model.chinese import chinese, cost
from repair.rules.farm.gate import glosses
from repair.rules.farm.lattice import ANY, EMPTY, Choice, Least, judged
from repair.rules.farm.letters import PINYIN, readings, simplified_only
from repair.tables import farm_keys, hanzi

CLEAN = (Path(__file__).parent.parent / "fixtures" / "texts" / "zh-prose.txt").read_text("utf-8")
UNTOUCHED = frozenset("于后里干并范采占秘愿床向搜余")


def table() -> dict[str, str]:
    """A farm's table: for each simplified character its commonest traditional form."""
    forms: dict[str, str] = {"着": "著"}
    for form, row in sorted(hanzi().items(), key=lambda item: item[1].rank):
        for simplified in row.simplified:
            if (
                simplified not in UNTOUCHED
                and simplified in simplified_only()
                and form in readings()
            ):
                forms.setdefault(simplified, form)
    return forms


TABLE = table()
USED = sorted({TABLE[c] for c in CLEAN if c in TABLE})
# At least so many keys that the gate has no doubt.
KEYS = st.lists(st.sampled_from(USED), min_size=25, unique=True)
KNOWN = st.integers(60, len(farm_keys())).map(lambda count: farm_keys()[:count])


def damaged(
    keys: list[tuple[str, str]], cut_marks: str = "", *, fold_marks: bool = False
) -> Damaged:
    return damage(
        CLEAN, keys=keys, table=TABLE, cut_marks=cut_marks, fold_marks=fold_marks, random=Random(1)
    )


def assert_restored(made: Damaged, text: str) -> None:
    """Lines that lost nothing are as they were."""
    lines = zip(CLEAN.split("\n"), text.split("\n"), made.lost, strict=True)
    wrong = [(truth, ours) for truth, ours, lost in lines if not lost and truth != ours]
    assert not wrong


@settings(max_examples=25, deadline=None)
@given(KEYS)
def test_any_keys_in_any_order(keys: list[str]) -> None:
    made = damaged([(key, readings()[key]) for key in keys])
    assert_restored(made, repair(made.text).text)


@settings(max_examples=15, deadline=None)
@given(KNOWN, st.sampled_from(["", "！", "，", "，！", "。；"]))
def test_beginnings_of_the_known_list(keys: list[tuple[str, str]], cut_marks: str) -> None:
    made = damaged(keys, cut_marks)
    assert_restored(made, repair(made.text).text)


# The oracle: from the character on that a gloss is of.
GLOSS = re.compile(
    rf"([\u3400-\u9fff])( ?)([(（\[【〔])(\s*)([{PINYIN}A-Z]+[1-5]?)(\s*)([)）\]】〕])"
)


@given(st.text("國学( （[)）]】guóxuéA1\n", max_size=20), st.integers(0, 3))
def test_glosses_are_told_from_annotations(text: str, count: int) -> None:
    text += "國(guó)國 (guó)學( guó)學（xué）國(guó)(guó)"[: 6 * count]
    plain = {
        match.start(1)
        for match in GLOSS.finditer(text)
        if match[0] == f"{match[1]}({readings().get(match[1])})"
    }
    annotated, others = glosses(text)
    assert annotated == Counter(text[at] for at in plain)
    assert others == len(GLOSS.findall(text)) - len(plain)


def test_marks_that_a_farm_folded_are_offered() -> None:
    made = damaged(list(farm_keys()), fold_marks=True)
    result = repair(made.text)
    assert {f.code for f in result.remaining} == {"H103"}


def test_without_annotations_nothing_says_that_a_farm_was_here() -> None:
    made = damaged([])
    assert made.text != CLEAN
    assert repair(made.text).text is made.text


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_keys_are_no_evidence(count: int) -> None:
    made = damaged(list(farm_keys()[:count]))
    assert repair(made.text).text is made.text


def test_the_text_itself_is_left_alone() -> None:
    assert repair(CLEAN).text is CLEAN
    assert not repair(CLEAN).remaining


@given(st.text("中国人民的，a\u3000\ufffd", max_size=6), st.permutations("國民共和，人貴"))
def test_the_least_costs_are_those_of_the_texts_they_make(text: str, characters: list[str]) -> None:
    characters.sort(key=lambda character: judged(character).cost)
    lattice, least = EMPTY.extended(text), Least(4)
    Choice(characters).add_costs(lattice, 1.0, None, ANY, 0, least, chinese())
    costs = [lattice.extended(character).cost + 1.0 for character in characters]
    assert least.ats == sorted(range(len(costs)), key=costs.__getitem__)[:4]
    assert least.costs == sorted(costs)[:4]


@given(st.text("中国人民的，", max_size=4), st.text("民共和，人a", max_size=4))
def test_a_text_cut_anew_costs_what_it_costs_alone(before: str, behind: str) -> None:
    cut = Cut(chinese())
    cut.add(before + "中华，")
    cut.shorten(len(before))
    cut.add(behind)
    assert cut.cost == cost(before + behind)
