"""Counting how characters follow each other: what is cleaned, weighed and written."""

from __future__ import annotations

import pytest

from repair.tables.build_languages import tone_apart
from repair.tables.languages import counting
from repair.tables.languages.catalogue import SOURCES, languages
from repair.tables.languages.profiles import of_words
from repair.tables.languages.texts import lines


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("~File &Edit _View", "File Edit View"),
        ("Save %1$S as { $name }…", "Save as …"),
        ("A <b>bold</b> &amp; brave one", "A bold & brave one"),
        ("See https://example.org/x and mail me@example.org", "See and mail"),
        ("100 %", "100 %"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_is_no_language_is_left_out(raw: str, clean: str) -> None:
    assert list(lines(iter([raw]))) == [clean]


def test_each_text_counts_once() -> None:
    assert list(lines(iter(["Open", "Close", "Open", "x"]))) == ["Open", "Close"]


def test_lines_have_spaces_around_and_one_digit() -> None:
    assert counting.of_lines(["a\t19"]) == {" a": 1, "a ": 1, " 0": 1, "00": 1, "0 ": 1}


def test_words_end_at_the_marks_of_texts() -> None:
    texts = counting.of_lines(["ab, cd.", "ef gh."])
    words = counting.punctuated(of_words(iter([("xy", 10.0)])), texts)
    assert words["xy"] == 10
    assert words["y,"] == words["y "] == 2.5
    assert words["y."] == 5


def test_words_run_together_without_spaces() -> None:
    texts = counting.of_lines(["一二三四五六七八九。"])
    pairs = counting.run_together(of_words(iter([("東京", 50.0), ("大阪", 50.0)])), texts)
    assert pairs["京大"] == pairs["阪東"] > 15
    assert pairs["京。"] < 12
    assert "京 " not in pairs


def test_a_source_is_scaled_down_and_up() -> None:
    pairs = {"ab": 3.0, "bc": 1.0}
    assert counting.scaled(pairs, 8) == pairs
    assert counting.scaled(pairs, 8, up=True) == {"ab": 6.0, "bc": 2.0}
    assert counting.scaled(pairs, 2) == {"ab": 1.5, "bc": 0.5}


def test_some_texts_are_all_capitals() -> None:
    pairs = counting.with_capitals({"ab": 100.0, "ß ": 100.0})
    assert pairs["AB"] == pytest.approx(3)
    assert pairs["ab"] == pytest.approx(97)
    assert pairs["ß "] == pytest.approx(100)


def test_rows_are_written_by_first_character() -> None:
    rows = list(counting.written({"ab": 2.4, "aa": 0.6, "ac": 0.1, "b ": 3.0, "  ": 9.0}, 0.5))
    assert rows == ["a\tab\t1 2", "b\t \t3"]


def test_tones_stand_behind_their_letter() -> None:
    assert tone_apart("ế") == "ê\u0301"
    assert tone_apart("ự") == "ư\u0323"
    assert tone_apart("đ") == "đ"


def test_every_language_has_a_source() -> None:
    rows = languages((SOURCES / "languages.tsv").read_text(encoding="utf-8"))
    assert len({row.tag for row in rows}) == len(rows)
    assert all(any(row.names.values()) and row.rarity in {0, 1.5, 3} for row in rows)
