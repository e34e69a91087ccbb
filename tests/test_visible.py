"""What is printed for people can be seen, and is as wide as we say."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.visible import shown, visible, width

SPELLED = [
    ("zero width space", "a\u200bb", "a‹U+200B›b"),
    ("undecodable byte", "caf\udce9", "caf‹byte E9›"),
    ("lone surrogate that is no byte", "\ud800", "‹U+D800›"),
    ("escape, so that no colour gets through", "\x1b[31m", "‹U+001B›[31m"),
    ("delete", "\x7f", "‹U+007F›"),
    ("no-break space", "a\xa0b", "a‹U+00A0›b"),
    ("line end", "a\r\n", "a‹U+000D›‹U+000A›"),
    ("private use", "\ue000", "‹U+E000›"),
    ("override of direction", "\u202eabc", "‹U+202E›abc"),
    ("mark with nothing to sit on", "\u0301a", "‹U+0301›a"),
    ("mark on a letter", "e\u0301", "e\u0301"),
    ("two marks on a letter", "e\u0301\u0323", "e\u0301\u0323"),
    ("mark after a name", "\u200b\u0301", "‹U+200B›‹U+0301›"),
    ("variation selector", "\u2764\ufe0f", "\u2764‹U+FE0F›"),
    ("Hangul filler", "\u3164", "‹U+3164›"),
    ("plain space and tilde", " ~", " ~"),
    ("Chinese", "汉字，", "汉字，"),
    ("outside the first plane", "\U000e0041", "‹U+E0041›"),
]


@pytest.mark.parametrize(("name", "text", "expected"), SPELLED, ids=[s[0] for s in SPELLED])
def test_visible(name: str, text: str, expected: str) -> None:
    assert visible(text) == expected, name


@given(st.text(st.characters()))
def test_nothing_unseen_is_left_and_each_character_is_accounted_for(text: str) -> None:
    pieces = list(shown(text))
    assert len(pieces) == len(text)
    result = "".join(pieces)
    assert result == visible(text)
    assert visible(result) == result
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") for c in result)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("汉字", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("！", 2),
        ("\u1112\u1161\u11ab", 2),  # decomposed Hangul: one syllable
        ("‹U+200B›", 8),
        ("", 0),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
