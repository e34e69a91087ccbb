from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import FrozenInstanceError, astuple, fields, replace
from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.config import Config
from repair.decode import decode, encode
from repair.edits import apply, invert
from repair.engine import RulesDisagreeError, check, repair, repair_bytes, repair_decoded
from repair.rules import RULES
from repair.rules.slips import straddled_annotation
from repair.types import Document, Finding, Repaired, Rule, Safety
from tests.test_decode import DATA

UNSAFE = Config(unsafe_fixes=True)


def rule(code: str, pattern: str, new: str | None, safety: Safety = Safety.SAFE) -> Rule:
    """A rule that puts ``new`` wherever ``pattern`` matches."""

    def find(text: str) -> Iterator[Finding]:
        for match in re.finditer(pattern, text):
            instead = None if new is None else match.expand(new)
            yield Finding(code, *match.span(), instead, safety, 1.0)

    return Rule(code, f"rule-{code.lower()}", "", "", safety, pattern, find, ())


# Each rule only lets letters rise or vanish, so any of them in any order come to an end.
SETTLING = st.builds(
    rule,
    st.sampled_from(["A1", "B1", "C1", "D1"]),
    st.sampled_from(["a", "ab", "b+", "(?<=b)c", "cb?", "(?=c)c"]),
    st.sampled_from(["", "z", "zd", None]),
    st.sampled_from(Safety),
)
RULE_LISTS = st.lists(SETTLING, max_size=4, unique_by=lambda made: made.code)
CONFIGS = st.sampled_from([Config(), UNSAFE])
TEXTS = st.text("abcdz\n", max_size=15)
REAL_TEXTS = st.text(max_size=40) | st.text("ÃÂâ€™©¶\x92 aé\n国(guó)\udce9", max_size=40)


def assert_accounts(result: Repaired, text: str) -> None:
    """What must hold of every result."""
    assert result.original == text
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(text, result.edits)) == text
    for found in (*result.findings, *result.remaining):
        assert 0 <= found.start <= found.end <= len(text)
    shown = [(f.code, f.start, f.end, f.new) for f in result.remaining]
    assert len(shown) == len(set(shown))


@given(TEXTS, RULE_LISTS, CONFIGS)
def test_the_account_replays_and_settles(text: str, rules: list[Rule], config: Config) -> None:
    result = repair(text, config=config, rules=rules)
    assert_accounts(result, text)
    again = repair(result.text, config=config, rules=rules)
    assert again.text is result.text
    assert not again.findings


@given(TEXTS, RULE_LISTS, CONFIGS)
def test_nothing_found_is_lost(text: str, rules: list[Rule], config: Config) -> None:
    """Each first finding is applied, or remains, or an applied one has taken its place."""
    result = repair(text, config=config, rules=rules)
    first = [found for each in rules for found in each.found_in(Document(text))]
    for found in first:
        taken = any(e.start <= found.end and found.start <= e.end for e in result.edits)
        assert found in result.findings or found in result.remaining or taken
    changed = sum(1 for f in result.findings if f.new is not None)
    assert changed == len(result.findings)


@given(TEXTS, RULE_LISTS)
def test_nothing_is_applied_below_the_floor(text: str, rules: list[Rule]) -> None:
    assert all(f.safety is Safety.SAFE for f in repair(text, rules=rules).findings)


@given(REAL_TEXTS)
def test_all_rules_on_any_text(text: str) -> None:
    for config in (Config(), UNSAFE):
        assert_accounts(repair(text, config=config), text)


# All but what begins an escape (E).
PROSE = st.text([*(set(map(chr, range(32, 127))) - set("&%=+\\~")), "\t", "\n"], max_size=200)


@given(PROSE)
def test_ascii_is_left_alone(text: str) -> None:
    result = repair(text, config=UNSAFE)
    assert result.text is text
    assert not result.findings


def test_clean_text_comes_back_as_the_same_object() -> None:
    text = "".join(["naïve “quotes”", " 中文 Привет\n"])
    result = repair(text)
    assert result.text is text
    assert (result.edits, result.findings, result.remaining) == ((), (), ())


def test_rules_that_undo_each_other_are_an_error() -> None:
    rules = [rule("A1", "a", "b"), rule("B1", "b", "a"), rule("C1", "c", "a")]
    with pytest.raises(RulesDisagreeError, match="the rules A1, B1 undo"):
        repair("c", rules=rules)


def test_deep_damage_is_no_loop() -> None:
    assert repair("((((((((((x", rules=[rule("A1", r"\(x", "x")]).text == "x"


def test_a_finding_under_an_applied_one_is_superseded() -> None:
    rules = [rule("A1", "ab", "x"), rule("B1", "b", "y")]
    result = repair("ab b", rules=rules)
    assert result.text == "x y"
    assert [f.code for f in result.findings] == ["A1", "B1"]
    assert not result.remaining


def test_the_first_rule_keeps_its_place_though_it_is_not_applied() -> None:
    rules = [rule("A1", "ab", "x", Safety.LIKELY), rule("B1", "b", "y")]
    result = repair("ab b", rules=rules)
    assert result.text == "ab y"
    assert [(f.code, f.start) for f in result.remaining] == [("A1", 0), ("B1", 1)]


def test_a_rule_that_is_not_asked_for_hides_its_findings() -> None:
    assert not check("caf\udce9 cafÃ©", config=Config(ignore=("ALL",)))
    assert [f.code for f in check("caf\udce9 cafÃ©", config=Config(select=("B",)))] == ["B107"]


def test_offsets_are_those_of_the_original_after_many_passes() -> None:
    rules = [rule("A1", "aa", ""), rule("B1", "c", None, Safety.SHOW)]
    result = repair("baaab c aab c", rules=rules)
    assert result.text == "bab c b c"
    assert [(f.start, f.end) for f in result.remaining] == [(6, 7), (12, 13)]


def test_check_shows_what_repair_applies_and_what_remains() -> None:
    text = "cafÃ© caf\udce9 caf\udce9\n"
    result = repair(text)
    places = [(f.start, f.end) for f in check(text)]
    assert places == sorted(places)
    assert sorted(check(text), key=str) == sorted((*result.findings, *result.remaining), key=str)


def test_competing_rules_share_one_search() -> None:
    calls = []

    def find(text: str) -> Iterator[Finding]:
        calls.append(text)
        yield from ()

    rules = [Rule(code, code, "", "", Safety.SAFE, "a", find, ()) for code in ("A1", "B1")]
    repair("a", rules=rules)
    repair("b", rules=rules)
    assert calls == ["a"]


# Bytes


@given(DATA)
def test_bytes_with_nothing_to_repair_stay_the_same(data: bytes) -> None:
    result = repair_bytes(data, config=Config(ignore=("ALL",)))
    assert result.data is data
    assert result.text == result.original


@given(DATA)
def test_repaired_bytes_are_the_text_in_its_encoding(data: bytes) -> None:
    result = repair_bytes(data, config=UNSAFE)
    assert result.decoded is not None
    if result.encoding != result.decoded.encoding:
        assert result.data == result.text.encode("utf-8")
    elif not result.edits:
        assert result.data is data
    elif not result.decoded.exact:
        assert result.data is None
    elif result.data is not None:
        assert result.data == encode(result.text, result.decoded)


def test_mark_and_line_ends_survive_a_repair() -> None:
    result = repair_bytes(b"\xef\xbb\xbfcaf\xc3\x83\xc2\xa9\r\nb\rc\x85\xff \n")
    assert result.data == b"\xef\xbb\xbfcaf\xc3\xa9\r\nb\rc\x85\xff \n"


def test_what_its_encoding_cannot_hold_is_not_written() -> None:
    data = "Die Tür ist größer als früher, und die Straße führt über den Fluß.\nvor â†’ zurück\n"
    result = repair_bytes(data.encode("cp1252"))
    assert result.text.endswith("vor → zurück\n")
    assert result.data is None


def test_an_input_that_does_not_come_back_is_not_written() -> None:
    result = repair_bytes("caf\xc3\xa9\n".encode("utf-16") + b"x")
    assert result.text == "café\n\ufffd"
    assert result.data is None


def test_every_code_has_a_place_in_the_order() -> None:
    assert {f.code for f in check("caf\udce9 cafÃ©")} <= {each.code for each in RULES}


# Another encoding

TO_UTF8 = Config(target_encoding="utf-8")
FRENCH = "Le caf\u00e9 de No\u00ebl est pr\u00eat, d\u00e9j\u00e0, \u00e0 la fen\u00eatre.\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_an_input_is_converted_where_its_encoding_is_sure(encoding: str) -> None:
    result = repair_bytes(FRENCH.encode(encoding), config=TO_UTF8)
    assert result.data == FRENCH.encode()
    assert [(f.code, f.start, f.end, f.new) for f in result.findings] == [("N102", 0, 0, "")]
    assert (result.edits, result.text) == ((), FRENCH)


def test_repairs_and_conversion_are_one_step() -> None:
    result = repair_bytes("caf\u00c3\u00a9\n".encode("utf-16"), config=TO_UTF8)
    assert result.data == "caf\u00e9\n".encode()
    assert [f.code for f in result.findings] == ["N102", "M101"]


@pytest.mark.parametrize("data", [b"plain\n", FRENCH.encode(), b"\xef\xbb\xbf" + FRENCH.encode()])
def test_what_is_in_the_encoding_asked_for_stays(data: bytes) -> None:
    result = repair_bytes(data, config=TO_UTF8)
    assert (result.data, result.findings, result.remaining) == (data, (), ())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\u6c49\u5b57\n".encode(), "latin-1"),  # which has no such letters
        ("\u6c49\u5b57\u6c49\u5b57\n".encode() + b"\xff\n", "gb18030"),  # what would FF be?
    ],
)
def test_what_cannot_be_converted_is_shown_and_kept(data: bytes, encoding: str) -> None:
    result = repair_bytes(data, config=Config(target_encoding=encoding, select=("N",)))
    assert result.data == data
    assert [(f.code, f.new) for f in result.remaining] == [("N102", None)]


def test_a_guess_is_converted_on_request_only() -> None:
    data = FRENCH.encode("latin-1")
    decoded = replace(decode(data), confidence=0.96)
    shown = repair_decoded(data, decoded, config=TO_UTF8)
    assert shown.data == data
    assert [(f.code, f.safety) for f in shown.remaining] == [("N102", Safety.LIKELY)]
    done = repair_decoded(data, decoded, config=replace(TO_UTF8, unsafe_fixes=True))
    assert done.data == FRENCH.encode()


def test_rules_that_share_a_search_with_others_can_be_asked_for_alone() -> None:
    example = straddled_annotation.RULE.examples[0]
    result = repair(example.before, rules=(straddled_annotation.RULE,))
    assert {f.code for f in (*result.findings, *result.remaining)} == {"S101"}


def test_a_long_row_of_ligatures_is_one_finding() -> None:
    row = "\ufb02" * 5000
    assert not check(row, config=Config(select=("F106",)))
    (found,) = check(f"{row}y", config=Config(select=("F106",)))
    assert (found.start, found.end) == (0, 5000)


def test_a_finding_is_a_value() -> None:
    finding = Finding("A1", 1, 2, None, Safety.SHOW, 0.5)
    assert list(signature(Finding).parameters) == [each.name for each in fields(Finding)]
    assert finding == Finding(*astuple(finding)) == replace(replace(finding, note="x"), note="")
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301
    assert len({finding, copy(finding), replace(finding, end=3)}) == 2
    with pytest.raises(FrozenInstanceError):
        finding.new = ""  # type: ignore[misc]
