"""Selectors choose what they say, and a wrong configuration is named."""

from __future__ import annotations

import pytest

from repair.config import KEYS, Config, ConfigError, check_selectors, from_table, with_preset
from repair.engine import repair
from repair.presets import PRESETS
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


def test_every_key_is_read_into_its_field() -> None:
    table: dict[str, object] = {
        "preset": "corpus",
        "select": ["H"],
        "extend-select": ["M101"],
        "ignore": ["H102"],
        "per-file-ignores": {"*.md": ["M"]},
        "unsafe-fixes": True,
        "inline-ignores": True,
        "target-encoding": "latin1",
        "per-file-target-encoding": {"*.txt": "latin1"},
        "include": ["*.md"],
        "exclude": ["/vendor/"],
        "force-exclude": True,
        "respect-gitignore": False,
        "hidden": True,
        "gzip": True,
    }
    assert table.keys() == KEYS.keys()
    assert from_table(table, CODES) == Config(
        select=("H", "M101"),
        ignore=(*PRESETS["corpus"].ignore, "H102"),
        unsafe_fixes=True,
        inline_ignores=True,
        target_encoding="iso8859-1",
        per_file_target_encodings=(("*.txt", "iso8859-1"),),
        preset="corpus",
        per_file_ignores=(("*.md", ("M",)),),
        include=("*.md",),
        exclude=("/vendor/",),
        force_exclude=True,
        respect_gitignore=False,
        hidden=True,
        gzip=True,
    )


def test_a_preset_says_what_the_table_does_not() -> None:
    corpus = PRESETS["corpus"]
    assert from_table({"preset": "corpus"}, CODES) == with_preset(Config(), "corpus")
    more = from_table(
        {"preset": "corpus", "extend-select": ["H103"], "ignore": ["B"]}, [*CODES, "H103"]
    )
    assert more.select == (*corpus.select, "H103")
    assert more.ignore == (*corpus.ignore, "B")


def test_presets_name_families_of_rules() -> None:
    """Families: bytes, mojibake, slips, hanzi, scripts, invisible, forms, escapes, notices."""
    for preset in PRESETS.values():
        for selector in (*preset.select, *preset.ignore):
            assert selector == "ALL" or selector[0] in "BMSHXIFEN"


@pytest.mark.parametrize(
    ("preset", "text", "after"),
    [
        ("default", "caf\u00c3\u00a9", "caf\u00e9"),
        ("corpus", "caf\u00c3\u00a9", "caf\u00e9"),
        ("source", "caf\u00c3\u00a9", "caf\u00c3\u00a9"),
        ("archive", "caf\u00c3\u00a9", "caf\u00c3\u00a9"),
    ],
)
def test_what_a_preset_repairs(preset: str, text: str, after: str) -> None:
    result = repair(text, config=with_preset(Config(), preset))
    assert result.text == after
    assert bool(result.findings or result.remaining) == (preset != "source")


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"selct": ["H"]}, "unknown key 'selct'; did you mean 'select'?"),
        ({"zzz": 1}, "unknown key 'zzz' (known: preset, select, extend-select, ignore, "),
        ({"preset": "corpse"}, "no preset is named 'corpse'; did you mean 'corpus'?"),
        ({"preset": ["corpus"]}, "'preset' must be a string"),
        ({"target-encoding": "utf-88"}, "no codec for text is named 'utf-88'"),
        (
            {"per-file-target-encoding": {"*.txt": "utf-88"}},
            "no codec for text is named 'utf-88'",
        ),
        ({"per-file-target-encoding": "latin1"}, "must be a table of encodings"),
        ({"target-encoding": "base64"}, "no codec for text is named 'base64'"),
        ({"exclude": "vendor"}, "'exclude' must be a list of patterns"),
        ({"per-file-ignores": ["M"]}, "'per-file-ignores' must be a table of lists"),
        ({"per-file-ignores": {"*.md": "M"}}, "'per-file-ignores.*.md' must be a list of codes"),
        ({"per-file-ignores": {"*.md": ["Q"]}}, "no rule has a code that begins with 'Q'"),
        ({"extend-select": ["Q"]}, "no rule has a code that begins with 'Q'"),
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
