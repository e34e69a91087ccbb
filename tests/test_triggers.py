"""What a trigger is said to need is in every text in which it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.rules import RULES
from repair.triggers import needed, worth_a_look

ASCII = st.text(st.characters(max_codepoint=127))
EXAMPLES = [example.before for rule in RULES for example in rule.examples]


def needs_beyond_ascii(pattern: str) -> bool:
    needs = needed(pattern)
    return needs is not None and not any(needs.match(chr(point)) for point in range(128))


@pytest.mark.parametrize(
    "pattern",
    [
        "\u200b",
        "[\udc80-\udcff]+",
        "a\u00e9b",
        "\u00e9|\u00e8x",
        "(?:a|b)\u00e9",
        "(?:\u00e9)+?",
        "(?P<x>[\u4e00-\u9fff]{2,3})?\u3002",
        "(?<=\u00e9)a",
        "a(?=\u00e9)",
        "(?<!a)\u00e9",
    ],
)
def test_these_need_more(pattern: str) -> None:
    assert needs_beyond_ascii(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "a",
        "\u00e9?",
        "\u00e9*",
        "(?:\u00e9){0,2}",
        "\u00e9|a",
        "[\u00e9a]",
        "[^\u00e9]",
        "[\u00e9\\w]",
        "[y-\u00e9]",
        ".",
        "(?!\u00e9)a",
        "(?<!\u00e9)a",
        "(?i)\u017f",  # another case of s
        "(?i:\u212a)",  # of k
        "(\u00e9)?(?(1)a|b)",
        r"(\u00e9)?\b",
    ],
)
def test_these_do_not(pattern: str) -> None:
    assert not needs_beyond_ascii(pattern)


PIECES = st.sampled_from(
    ["a", "\u00e9", "[a-z]", "[\u00e0-\u00ff]", "[^a]", ".", r"\w", "(?i:\u017f)"]
)
PATTERNS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        inner.map(lambda p: f"(?:{p})?"),
        inner.map(lambda p: f"(?:{p})+"),
        inner.map(lambda p: f"(?={p})"),
        inner.map(lambda p: f"(?!{p})"),
        inner.map(lambda p: f"(?:{p}){{0,2}}"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text("aéàbzſs"))
def test_what_is_needed_is_in_every_match(pattern: str, text: str) -> None:
    needs = needed(pattern)
    if needs is not None and re.search(pattern, text):
        assert needs.search(text)


@given(st.text() | st.sampled_from(EXAMPLES) | st.text(st.characters(max_codepoint=127)))
def test_no_rule_whose_trigger_matches_is_passed_over(text: str) -> None:
    looked_at = list(worth_a_look(RULES, text))
    assert [rule for rule in RULES if rule in looked_at] == looked_at
    for rule in RULES:
        assert rule in looked_at or re.search(rule.trigger, text) is None


@pytest.mark.parametrize("text", EXAMPLES)
def test_no_example_is_passed_over(text: str) -> None:
    looked_at = list(worth_a_look(RULES, text))
    for rule in RULES:
        assert rule in looked_at or re.search(rule.trigger, text) is None
