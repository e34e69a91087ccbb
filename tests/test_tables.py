"""The tables that ship are those that their sources make, and are sound in themselves."""

from __future__ import annotations

from repair.model.chinese import cost
from repair.rules.farm.letters import readings
from repair.rules.mojibake.pages import DOUBLE_BYTE
from repair.rules.mojibake.sequences import pages_of_utf8
from repair.tables import farm_keys, hanzi
from repair.tables.build import main
from repair.tables.build_pages import PAGES


def test_tables_are_current() -> None:
    assert main(["--check"]) == 0


def test_pages_are_those_that_utf8_is_read_as() -> None:
    assert set(PAGES.split()) == set(pages_of_utf8()) - DOUBLE_BYTE


def test_simplified_forms_are_stable() -> None:
    """No form that a table puts in place is taken further by the same table."""
    for character, row in hanzi().items():
        for form in row.simplified:
            assert form == character or form not in hanzi() or form in hanzi()[form].simplified


def test_farm_keys_are_distinct_and_have_readings() -> None:
    keys = [key for key, _ in farm_keys()]
    assert len(keys) == len(set(keys))
    assert all(readings()[key] == reading for key, reading in farm_keys())


def test_the_model_prefers_words() -> None:
    for likely, odd in (
        ("挑重担", "挑众担"),
        ("有没有搞错啊！", "有没有搞错小！"),
        ("着力解决", "著力解决"),
    ):
        assert cost(likely) < cost(odd)


def test_a_character_outside_the_model_is_dear() -> None:
    assert cost("我们𠀀") > cost("我们好")
