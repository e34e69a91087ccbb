"""Selectors choose what they say, and a wrong configuration is named."""

from __future__ import annotations

import pytest

from repair.config import Config, ConfigError, check_selectors, from_table
from repair.types import Safety

CODES = ("B101", "H101", "H102", "M101")


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        (("ALL",), (), "B101 H101 H102 M101"),
        (("H",), (), "H101 H102"),
        (("H1", "M101"), (), "H101 H102 M101"),
        (("ALL",), ("H",), "B101 M101"),
        (("ALL", "H101"), ("H",), "B101 H101 M101"),  # the longer one counts
        (("H",), ("H101",), "H102"),
        (("H101",), ("H101",), ""),  # alike: ignored
        (("ALL",), ("ALL",), ""),
        (("M",), ("ALL",), "M101"),
        ((), (), ""),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], wanted: str) -> None:
    config = Config(select=select, ignore=ignore)
    assert [code for code in CODES if config.wants(code)] == wanted.split()


@pytest.mark.parametrize("ignore", [("M",), ("M101",), ("M1", "H")])
def test_order_of_selectors_does_not_matter(ignore: tuple[str, ...]) -> None:
    one = Config(select=("ALL", "M101"), ignore=ignore)
    other = Config(select=("M101", "ALL"), ignore=ignore[::-1])
    assert [one.wants(c) for c in CODES] == [other.wants(c) for c in CODES]


def test_floor() -> None:
    assert Config().floor is Safety.SAFE
    assert Config(unsafe_fixes=True).floor is Safety.LIKELY


def test_a_table_is_read() -> None:
    table = {"select": ["H", "M101"], "ignore": ["H102"], "unsafe-fixes": True}
    assert from_table(table, CODES) == Config(("H", "M101"), ("H102",), True)
    assert from_table({}, CODES) == Config()


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"selct": ["H"]}, "unknown key 'selct'; did you mean 'select'?"),
        ({"zzz": 1}, "unknown key 'zzz' (known: select, ignore, unsafe-fixes)"),
        ({"select": "H"}, "'select' must be a list of codes"),
        ({"ignore": [1]}, "'ignore' must be a list of codes"),
        ({"unsafe-fixes": 1}, "'unsafe-fixes' must be true or false"),
        ({"unsafe-fixes": "yes"}, "'unsafe-fixes' must be true or false"),
        ({"select": ["H9"]}, "no rule has a code that begins with 'H9'"),
        ({"ignore": ["m101"]}, "begins with 'm101'; did you mean M101?"),
        ({"select": [""]}, "begins with ''"),
    ],
)
def test_a_wrong_table_is_refused_by_name(table: dict[str, object], problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        from_table(table, CODES)
    assert problem in str(caught.value)


@pytest.mark.parametrize("selector", ["ALL", "H", "H1", "H101"])
def test_selectors_that_match_a_rule_are_taken(selector: str) -> None:
    check_selectors([selector], CODES)
