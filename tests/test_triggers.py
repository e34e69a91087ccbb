"""What is said of triggers holds: no rule is passed over where it would find something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.rules import RULES
from repair.rules.mojibake.suspects import MOST, is_suspect
from repair.triggers import build, look
from repair.triggers.conditions import (
    Condition,
    InText,
    OnLine,
    Row,
    conditions,
)
from repair.triggers.sequences import UnknownNeedError
from repair.triggers.sets import Ranges, contains, difference, intersection, others, union
from repair.types import Document, Finding, Kind
from tests.case_files import FOLDER, read_cases

TEXTS = [
    *(example.before for rule in RULES for example in rule.examples),
    *(
        case.before
        for file in sorted(FOLDER.glob("*.toml"))
        if file.stem != "encodings"
        for case in read_cases(file.stem)
    ),
]


def has(ranges: Ranges, character: str) -> bool:
    return contains(ranges, ord(character))


def holds(condition: Condition, text: str) -> bool:
    """Say so without a table; lines end at line feeds, as in the scan."""
    if isinstance(condition, OnLine | InText):
        parts = text.split("\n") if isinstance(condition, OnLine) else [text]
        return any(all(any(has(half, c) for c in part) for half in condition) for part in parts)
    padded = f"\n{text}\n"
    further = condition.further if isinstance(condition, Row) else ()
    return any(
        has(condition.first, one)
        and has(condition.second, two)
        and not (has(condition.except_first, one) and has(condition.except_second, two))
        and at + 2 + len(further) <= len(padded)
        and all(map(has, further, padded[at + 2 :]))
        for at, (one, two) in enumerate(pairwise(padded))
    )


def known(pattern: str, *, by_line: bool) -> tuple[Condition, ...] | None:
    try:
        return conditions(pattern, by_line=by_line)
    except UnknownNeedError:
        return None


PIECES = st.sampled_from(
    [
        "a",
        "\u00e9",
        "[\u00e0-\u00ff]",
        "[^a]",
        "[^\n]",
        r"[^\w]",
        r"[\W\d]",
        ".",
        r"\w",
        "(?i:\u017f)",
        "=",
        "(?<=\u00e9)",
        "(?<=a[\u00e0-\u00ff])",
        "(?=[\u00e9a])",
        "(?![\u00e0-\u00ff]a)",
        "(?!\u00e9)",
        "(?<!\u00e9)",
        r"\b",
    ]
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
        inner.map(lambda p: f"(?:{p}){{2,3}}"),
        inner.map(lambda p: f"(?:{p}){{2}}"),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("aéàbz=1 \nſs", max_size=12), st.booleans())
def test_a_condition_holds_wherever_a_pattern_matches(
    pattern: str,
    text: str,
    by_line: bool,  # noqa: FBT001
) -> None:
    found = known(pattern, by_line=by_line)
    if found is not None and re.search(pattern, text):
        assert any(holds(condition, text) for condition in found)


@pytest.mark.parametrize("pattern", ["", "a", "\u00e9?", "(?i)\u017f", "[^\u00e9]", r"\b", "."])
def test_what_could_match_anywhere_is_refused(pattern: str) -> None:
    with pytest.raises(UnknownNeedError):
        conditions(pattern, by_line=False)


RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5))).map(
    lambda pairs: union(*(((low, low + more),) for low, more in pairs))
)


@given(RANGES, RANGES)
def test_sets_are_sets(one: Ranges, other: Ranges) -> None:
    def members(ranges: Ranges) -> set[int]:
        return {point for point in range(60) if contains(ranges, point)}

    assert members(intersection(one, other)) == members(one) & members(other)
    assert members(difference(one, other)) == members(one) - members(other)
    assert members(union(one, other)) == members(one) | members(other)
    assert members(others(one)) == set(range(60)) - members(one)


def test_the_table_is_current() -> None:
    assert build.main(["--check"]) == 0


def found_alone(text: str, kind: Kind) -> Iterator[Finding]:
    document = Document(text, kind)
    for rule in RULES:
        if kind in rule.kinds:
            yield from (f for f in rule.found_in(document) if f.code == rule.code)


def found_looking(text: str, kind: Kind) -> Iterator[Finding]:
    seen = look(RULES, text)
    for rule in seen.rules:
        if kind in rule.kinds:
            document = Document(text, kind, seen.lines if rule.by_line else None)
            yield from (f for f in rule.found_in(document) if f.code == rule.code)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CODE])
@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_hidden(text: str, kind: Kind) -> None:
    assert list(found_looking(text, kind)) == list(found_alone(text, kind))


@settings(deadline=None)
@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=3).map("\n".join))
def test_nothing_is_hidden_among_others(text: str) -> None:
    assert list(found_looking(text, Kind.TEXT)) == list(found_alone(text, Kind.TEXT))


IDEOGRAPHS = st.sampled_from(
    ["的", "一", "鐢ㄦ埛", "鍚嶅", "国", "の", "한", "é", "a ", "\n", "。"]
)


@given(st.lists(st.tuples(IDEOGRAPHS, st.sampled_from([1, 1, 1, 60, 300]))))
def test_no_suspicious_line_is_hidden(parts: list[tuple[str, int]]) -> None:
    text = "".join(part * times for part, times in parts)
    wanted = look(RULES, text).lines
    starts = [match.start() for match in re.finditer("^", text, re.MULTILINE)]
    for start, line in zip(starts, text.split("\n"), strict=True):
        if len(line) <= MOST and is_suspect(line):
            assert (start, start + len(line)) in wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rules_find_nothing_in_kinds_that_are_not_theirs(rule: object) -> None:
    for kind in set(Kind) - set(rule.kinds):  # type: ignore[attr-defined]
        for example in rule.examples:  # type: ignore[attr-defined]
            assert not list(rule.found_in(Document(example.before, kind)))  # type: ignore[attr-defined]


def test_lines_are_told_in_code_points() -> None:
    text = "\u00e9 \u65e5\u672c\n" + "caf\u00c3\u00a9 \U0001f600\n" + "na\u00c3\u00afve\n"
    assert [text[start:end] for start, end in look(RULES, text).lines] == text.split("\n")[1:3]
