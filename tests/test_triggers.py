"""A trigger that is said to need more than ASCII never matches in ASCII."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.rules import RULES
from repair.triggers import needs_beyond_ascii

ASCII = st.text(st.characters(max_codepoint=127))


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


@given(PATTERNS, ASCII)
def test_what_needs_more_never_matches_ascii(pattern: str, text: str) -> None:
    if needs_beyond_ascii(pattern):
        assert re.search(pattern, text) is None


@given(ASCII)
def test_nor_do_the_triggers_of_rules(text: str) -> None:
    for rule in RULES:
        if needs_beyond_ascii(rule.trigger):
            assert re.search(rule.trigger, text) is None
