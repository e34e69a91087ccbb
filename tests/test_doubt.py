"""Mojibake of the very encoding that was guessed is a second guess, and is not applied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repair.config import Config
from repair.decode import decode
from repair.doubt import LEAST_SURE, without_second_guesses
from repair.engine import repair_decoded
from repair.rules.mojibake.chains import CHAINS
from repair.types import Finding, Safety

UNSAFE = Config(unsafe_fixes=True, select=("M",))

# What was written in one encoding is read in another by way of bytes that both have
PLAIN = [
    (chain.example, chain.written_as, read_as)
    for chain in CHAINS
    for read_as in chain.read_as
    if read_as in ("gbk", "big5", "cp949", "cp1252", "cp437", "koi8-r", "cp1251")
]


@pytest.mark.parametrize(("text", "written_as", "read_as"), PLAIN)
def test_a_guess_is_not_repaired_in_itself(text: str, written_as: str, read_as: str) -> None:
    data = f"{text}\n".encode(written_as)
    decoded = decode(data, encoding=read_as)
    if not decoded.exact or any("\udc80" <= character <= "\udcff" for character in decoded.text):
        pytest.skip("not all bytes are in both")
    sure = repair_decoded(data, decoded, config=UNSAFE)
    found = [f for f in sure.findings if f.code in ("M103", "M104")]
    if written_as != "utf-8":
        assert found
    guess = repair_decoded(data, replace(decoded, confidence=0.6), config=UNSAFE)
    assert not [f for f in guess.findings if f.code.startswith("M")]
    shown = [f for f in guess.remaining if f.code in {each.code for each in found}]
    assert bool(shown) == bool(found)
    for finding in shown:
        assert finding.safety is Safety.SHOW
        assert f"not in {decoded.encoding}, which is not sure" in finding.note


def test_where_the_encoding_is_sure_it_is_damage() -> None:
    text = "наделены друг братства люди должны свободными"
    data = text.encode("cp1251")
    decoded = replace(decode(data, encoding="gbk"), confidence=LEAST_SURE)
    assert repair_decoded(data, decoded, config=UNSAFE).text == text


def test_what_cannot_be_in_the_other_encoding_is_damage() -> None:
    data = "Die Tür ist größer.\nvor \u00e2\u2020\u2019 zurück\n".encode("cp1252")
    decoded = replace(decode(data, encoding="cp1252"), confidence=0.5)
    assert "vor \u2192 zur" in repair_decoded(data, decoded, config=UNSAFE).text


def test_utf_8_is_no_guess_by_statistics() -> None:
    data = "\u00d0\u0178\u00d1\u20ac\u00d0\u00b8\u00d0\u00b2\u00d0\u00b5\u00d1\u201a".encode()
    decoded = replace(decode(data), confidence=0.5)
    assert repair_decoded(data, decoded, config=UNSAFE).text == "Привет"


def test_other_findings_stay_as_they_are() -> None:
    text = "exam\u00adple \u00cf\u00f0\u00e8\u00e2\u00e5\u00f2"
    data = text.encode("cp1252")
    decoded = replace(decode(data, encoding="cp1252"), confidence=0.5)
    soft = Finding("I201", 4, 5, "", Safety.SAFE, 1.0)
    damage = Finding("M104", 9, 15, "Привет", Safety.SAFE, 0.9, "cp1251 read as cp1252")
    other = Finding("M104", 9, 15, "Прывет", Safety.SAFE, 0.9, "no such bytes")
    found = without_second_guesses([soft, damage], text, data, decoded)
    assert found[0] == soft
    assert found[1] == replace(damage, safety=Safety.SHOW, note=found[1].note)
    assert without_second_guesses([other], text, data, decoded) == [other]
