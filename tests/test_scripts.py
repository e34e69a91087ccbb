"""The tables of scripts, and what must hold of the rules that use them."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from repair.config import Config
from repair.engine import check, repair
from repair.kernel import members, scan
from repair.rules import RULES
from repair.rules.hanzi import outliers
from repair.rules.scripts import letters, whole_word
from repair.rules.scripts.letters import CYRILLIC, GREEK, LATIN, RARER, SCRIPTS_MEET
from repair.tables import homoglyphs, known_words, script_of
from repair.tables.words import SCRIPTS, Filter, word_key
from repair.types import Document, Kind
from tests.test_kernel import uncompiled

KERNEL = Path(scan.__file__ or "").parent
PLAIN_LETTERS, PLAIN_MEMBERS = uncompiled(KERNEL / "letters.py"), uncompiled(KERNEL / "members.py")
WORDS = ("письмо", "слово", "дом", "house", "word", "κόσμος", "λόγος", "12", ",")
ATTACKED = ("password", "account", "payment", "problem", "expert", "people")
X = Config(select=("X",))
BLOCKS = {"Latin": LATIN, "Greek": GREEK, "Cyrillic": CYRILLIC}

# Letters of all scripts that meet, look-alikes of each other, and what stands between words.
LETTERS = "aceopxyAHKlI\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0410\u041d\u043a\u0456\u04cf"
MORE = "\u03b1\u03bf\u03c1\u0391\u03bd\u0585\u057d\u2c9f\u13aaжщλéß\u0301漢か가ا\u0661\u06f2"
texts = st.text(alphabet=LETTERS + MORE + "0 -_.%\\'@\n", max_size=40)


@pytest.mark.parametrize(
    ("character", "script"),
    [("a", "Latin"), ("ж", "Cyrillic"), ("ω", "Greek"), ("か", "Hiragana"), ("漢", "Han")],
)
def test_scripts_of_characters(character: str, script: str) -> None:
    assert script_of(character) == script


@pytest.mark.parametrize("character", [" ", "1", "\u0301", "。", "\U0010ffff", "\ud800"])
def test_what_scripts_share_is_of_none(character: str) -> None:
    assert script_of(character) is None


def test_a_look_alike_stands_for_letters_of_the_script() -> None:
    """Every target is stable: no letter of a script stands for another one of the same."""
    for script, table in homoglyphs().items():
        for letter, meant in table.items():
            assert script_of(letter) != script
            assert meant
            assert len(set(meant)) == len(meant)
            assert {script_of(each) for each in meant} == {script}


def test_the_patterns_know_all_letters_of_the_table() -> None:
    for table in homoglyphs().values():
        for letter in table:
            assert re.match(f"[{BLOCKS.get(script_of(letter) or '', RARER)}]", letter)


def test_the_pattern_of_whole_words_knows_all_that_seems_latin() -> None:
    seems = re.compile(f"[{whole_word.SEEMS_LATIN}]")
    for letter in homoglyphs()["Latin"]:
        assert seems.match(letter) or letter >= "\u1c80"
    latin = {c for script in ("Cyrillic", "Greek") for c in homoglyphs()[script] if c.isascii()}
    assert set(whole_word.SEEMS_NATIVE) == latin


# Words of one script that seem to be of another or not, of two scripts, and what stands around.
PIECES = """
    poca bash PEM a 1 _ - . \xb2 \u0440\u043e\u0441\u0430 \u0430\u0441\u0441 \u043c\u0438\u0440
    \u0440\u043eca \u0436 \u0430 \u03b1\u03bf\u03c1 \u03bb\u03cc\u03b3 \u2c9f\u2c9f\u2c9f
    \u10e7\u10fb\u10e7\u10e7 \u6f22 \U00010400 \U00020000 \U0001f600
""".split()  # noqa: SIM905
pieces = st.sampled_from(
    [*PIECES, *[" "] * 20, "\n", "co" * 32, "co" * 33, "\u0441" * 64, "\u0441" * 65]
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_words_are_found_as_by_the_pattern(text: str) -> None:
    expected = list(whole_word.places_by_pattern(text))
    assert list(whole_word.places(text)) == expected
    with patch.object(whole_word, "letters", PLAIN_LETTERS):
        assert list(whole_word.places(text)) == expected


@given(
    text=st.text("ab \u0301\u0431_1²\n", max_size=60),
    words=st.lists(st.text("ab\u0301\u0431_1²", max_size=3), max_size=50),
)
@example(text="aaa " * 40 + "aa", words=["aa", "a", "ab"] * 20)
@example(text="aaa " * 40 + "b", words=["aa"] * 40)
def test_words_are_those_of_the_text(text: str, words: list[str]) -> None:
    """However many are asked for, and however often they are parts of others."""
    expected = set(re.findall(r"[^\W\d_]{2,}", text))
    found = letters.Words(text)
    assert [word in found for word in words] == [word in expected for word in words]


def test_known_words_are_known() -> None:
    words = {"Latin": "paypal password Straße", "Cyrillic": "привет вони її препознаје"}
    for script, known in words.items():
        assert all(known_words().knows(word, script) for word in known.split())
    assert known_words().knows("ΑΘΗΝΑ", "Greek")
    assert known_words().knows("Αθήνα", "Greek")


@pytest.mark.parametrize("script", SCRIPTS)
def test_few_other_words_pass_for_known(script: str) -> None:
    """0.31 % are expected of a filter of this size."""
    random = Random(1)
    alphabet = {"Latin": "bcdfgqxz", "Cyrillic": "бвгджщъы", "Greek": "βγδζξφχψ"}[script]
    tried = {"".join(random.choices(alphabet, k=12)) for _ in range(10_000)}
    assert sum(known_words().knows(word, script) for word in tried) < 0.01 * len(tried)


@given(st.sets(st.text(min_size=1), max_size=30))
def test_a_filter_knows_what_it_was_made_of(words: set[str]) -> None:
    keys = sorted({word_key(word) for word in words})
    built = Filter.read(Filter.build({"Latin": keys, "Greek": ["x"]}))
    assert all(built.knows(word, "Latin") for word in keys)


TRADITIONAL = "國際網路發展協會對於這個問題還沒決議，學者們認為應該從長計議，請與會員聯絡。\n"
SIMPLIFIED = "国际网络发展协会对这个问题还没决议，学者们认为应该从长计议，请与会员联络。\n"
FARM = "中國(guó)經(jīng)濟(jì)發(fā)展的問(wèn)題，要靠發(fā)展來(lái)解決。\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TRADITIONAL * 5 + "\u4f1a員", ["H201"]),
        (SIMPLIFIED * 5 + "\u6703员", ["H202"]),
        ("\u4f1a員說明", []),  # too short to tell
        (TRADITIONAL * 5 + SIMPLIFIED, []),  # a text of both
        (TRADITIONAL * 9 + "《\u5f00\u53d1\u4e66》", []),  # a title
        (TRADITIONAL * 9 + "《\u5f00\u53d1\u4e66會》", ["H201"] * 3),  # not one of the other form
        (TRADITIONAL * 9 + "\u56fdの\u5b66", []),  # Japanese
        (TRADITIONAL * 9 + "한국 \u56fd", []),  # Korean
        (TRADITIONAL * 9 + "着兹叠", []),  # Hong Kong
        (SIMPLIFIED * 5 + "乾隆魏徵", []),  # used in simplified text too
        (FARM * 9 + "\u4f1a", []),  # what a farm did is for others to say
        (re.sub("[(].*?[)]", "", FARM) * 9 + "\u4f1a", ["H201"]),
    ],
)
def test_characters_of_the_other_form(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in outliers.find(text)] == codes


@given(texts | st.lists(pieces, max_size=30).map("".join))
def test_scripts_meet_where_the_pattern_finds_them(text: str) -> None:
    words = list(letters.words_by_pattern(text))
    assert members.mixed_words(text, letters.classes(), letters.LONGEST) == words
    assert PLAIN_MEMBERS.mixed_words(text, letters.classes(), letters.LONGEST) == words


@given(texts | st.lists(pieces, max_size=30).map("".join), st.data())
def test_the_script_around_a_place_is_that_of_most_letters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = start, end, data.draw(st.integers(0, 10)), letters.classes()
    assert members.most_around(text, *place) == PLAIN_MEMBERS.most_around(text, *place)
    found = []
    for compiled in (False, True):
        with patch.object(letters, "COMPILED", compiled):
            found.append(letters.language_script(text, start, end))
    assert found[0] == found[1]


chinese = st.text("的国國會\u4f1a\u5f00か한a \r\n\U00020000\U0001f600", max_size=60)


@given(chinese)
def test_characters_are_counted_as_plainly(text: str) -> None:
    expected = None if "\U00020000" in text else outliers.count_plainly(text)
    assert members.count_in_lines(text, outliers.classes()) == expected
    assert PLAIN_MEMBERS.count_in_lines(text, outliers.classes()) == expected


@pytest.mark.parametrize("code", ["X101", "X102", "X103", "X104", "H201", "H202"])
@given(texts, st.sampled_from(Kind))
def test_where_something_is_found_the_trigger_matches(code: str, text: str, kind: Kind) -> None:
    rule = next(rule for rule in RULES if rule.code == code)
    for found in rule.found_in(Document(text, kind)):
        if found.code == code:
            assert re.search(rule.trigger, text)


@given(texts)
def test_repairs_settle_and_leave_words_of_one_script(text: str) -> None:
    result = repair(text, config=Config(select=("X",), unsafe_fixes=True))
    for found in result.findings:
        assert found.new is not None
        assert not SCRIPTS_MEET.search(found.new)
    assert not repair(result.text, config=Config(select=("X",), unsafe_fixes=True)).findings


@given(st.lists(st.sampled_from(WORDS)))
def test_words_of_one_script_are_left_alone(words: list[str]) -> None:
    assert not check(" ".join(words), config=X)


@given(st.data())
def test_an_attacked_word_is_found_and_restored(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(ATTACKED))
    alike = {
        meant[0]: letter for letter, meant in homoglyphs()["Latin"].items() if letter < "\u0530"
    }
    places = [place for place, letter in enumerate(word) if letter in alike]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True))
    damaged = "".join(alike[c] if at in chosen else c for at, c in enumerate(word))
    result = repair(f"This is a {damaged} of yours.", config=X)
    assert result.text == f"This is a {word} of yours."


def test_a_run_longer_than_any_word_is_data() -> None:
    short, long = "\u0430l" * 8, "\u0430l" * 300
    assert check(f"def {short}(): pass", config=X, name="a.py")
    assert not check(f"def {long}(): pass", config=X, name="a.py")
