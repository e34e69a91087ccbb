"""The rules of families I and F against the data they are made of, and by properties."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.config import Config
from repair.edits import apply, invert
from repair.engine import repair
from repair.rules import RULES
from repair.rules.forms.arabic import shaped
from repair.rules.forms.radical import RUN
from repair.rules.invisible.bidi import NAMES
from repair.rules.invisible.unassigned import PERHAPS
from repair.tables.unicode import is_unassigned, radicals
from repair.types import Safety
from tests.case_files import NAME_OF_KIND

FAMILIES = [rule for rule in RULES if rule.code[0] in "IF"]
EVERYTHING = Config(unsafe_fixes=True)

# What the rules of both families look for, and what stands around it.
SPECIAL = (
    "\u200b\u200c\u200d\xad\u2060\u2062\ufeff\u180e\u206a\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
    "\u2068\u2069\u200e\u200f\U000e0061\U000e007f\U0001f3f4\ufe0f\ufe00\U000e0100\u3164\u1160\u2800"
    "\x00\x08\x1b\x7f\x85\x9b\ue000\uf0b7\ufffe\u0378\ufff9\ufffa\ufffb\u2028\u2029\r\n \t"
    "\u2f00\u2ea0\uf9e1\uff21\uff76\uff9e\ufe8d\ufedf\ufb01\u1100\u1161\u11a8\u0301\u0323\u3099"
    "\U0001d5d4\U0001d5d5\xa8\xb4\u02dc\u0b64_["
)
MIXED = st.text(st.sampled_from(f"aeofinñ中かक\u0645\u05d0 😀1.{SPECIAL}"), max_size=30)


@given(MIXED, st.sampled_from(list(NAME_OF_KIND.values())), st.sampled_from([Config(), EVERYTHING]))
def test_repairs_settle_and_can_be_undone(text: str, name: str, config: Config) -> None:
    result = repair(text, config=config, name=name, rules=FAMILIES)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(text, result.edits)) == text
    assert not repair(result.text, config=config, name=name, rules=FAMILIES).findings


@given(st.text(string.printable.replace("\x0b", "").replace("\r", ""), max_size=200))
def test_ascii_text_has_nothing_to_find(text: str) -> None:
    result = repair(text, config=EVERYTHING, rules=FAMILIES)
    assert result.text is text
    assert not result.remaining


@given(MIXED, st.sampled_from(["a.py", "b.c", "c.js"]))
def test_nothing_in_source_code_is_changed_without_being_asked(text: str, name: str) -> None:
    safe = repair(text, name=name, rules=FAMILIES).findings
    # A mark before the first character is no part of the code; a doubled return stands for one
    assert {finding.code for finding in safe} <= {"I106", "I603"}


@given(MIXED, st.sampled_from(sorted(NAMES)), MIXED)
def test_every_bidirectional_control_in_source_code_is_found(
    before: str, control: str, after: str
) -> None:
    result = repair(f"{before}{control}{after}", name="a.py", rules=FAMILIES)
    found = {f.start for f in (*result.findings, *result.remaining) if f.code == "I201"}
    assert len(before) in found


@pytest.mark.parametrize("name", NAME_OF_KIND.values())
def test_a_safe_repair_takes_nothing_that_is_seen(name: str) -> None:
    for rule in FAMILIES:
        if rule.code[0] == "I" and rule.safety is Safety.SAFE:
            for example in rule.examples:
                result = repair(example.before, name=name, rules=[rule])
                assert [c for c in result.text if c > " " and c.isprintable()] == [
                    c for c in example.before if c > " " and c.isprintable()
                ]


def test_the_trigger_of_unassigned_code_points_misses_none() -> None:
    unassigned = [point for point in range(0x110000) if is_unassigned(point)]
    assert [point for point in unassigned if not re.match(PERHAPS, chr(point))] == []
    # Python knows an older version: what it calls a character is one
    assert not [point for point in unassigned if unicodedata.category(chr(point)) != "Cn"]
    assert len(unassigned) == 801_657


def test_the_table_of_radicals_is_sound() -> None:
    table = radicals()
    assert list(table) == sorted(table)
    assert not set(table) & set(table.values())
    assert all(re.fullmatch(RUN, radical) for radical in table)
    assert all("\u3400" <= ideograph <= "\u9fff" for ideograph in table.values())
    # Where Unicode has a compatibility mapping, both agree
    for radical, ideograph in table.items():
        assert unicodedata.normalize("NFKC", radical) in (radical, ideograph)


@given(st.text("\u0627\u0628\u062f\u0644\u0645\u0647\u0649\u0640\u064e", min_size=1, max_size=12))
def test_arabic_shapes_read_back_as_their_letters(word: str) -> None:
    assert unicodedata.normalize("NFKC", shaped(word)) == unicodedata.normalize("NFKC", word)


def test_ligatures_of_three_letters_in_code_are_kept_unless_asked() -> None:
    text = "x = 'o\ufb03ce'\n"
    assert repair(text, name="a.py").text is text
    assert repair(text, name="a.py", config=EVERYTHING).text == "x = 'office'\n"
