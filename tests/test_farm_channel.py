"""The simulator must make, by itself, the damage that was seen on real pages."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.farm_channel import KINDS, Damaged, damage

TABLE = dict(
    zip(
        "担为当经济农业国应导动关单发务数验点层党风负结构学场时简据对难众谈论够",
        "擔為當經濟農業國應導動關單發務數驗點層黨風負結構學場時簡據對難眾談論夠",
        strict=True,
    )
)
# In the order in which real farms replace them.
KEYS = (
    ("發", "fā"), ("業", "yè"), ("農", "nóng"), ("數", "shù"), ("據", "jù"), ("擔", "dān"),
    ("經", "jīng"), ("結", "jié"), ("構", "gòu"), ("關", "guān"), ("務", "wù"), ("導", "dǎo"),
    ("應", "yīng"), ("風", "fēng"), ("負", "fù"), ("當", "dāng"), ("點", "diǎn"),
    ("驗", "yàn"), ("動", "dòng"), ("簡", "jiǎn"), ("國", "guó"),
)  # fmt: skip
READING = re.compile(r"\([a-zàáèéìíòóùúāēěīōūǎǐǒǔ]+\)")


def farm(clean: str, keys: str = "", **habits: object) -> Damaged:
    """Damage with the keys named, or all."""
    chosen = [pair for pair in KEYS if pair[0] in keys] if keys else KEYS
    return damage(clean, keys=chosen, table=TABLE, random=Random(0), **habits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clean", "keys", "marks", "damaged"),
    [
        ("国，国", "國", "", "國(guó)，國(guó)"),
        ("重担", "擔負", "", "重?fù)?dān)"),
        ("“六保”中挑重担", "擔負", "！", "“六?！敝刑糁?fù)?dān)"),
        ("因为字典里", "驗", "", "因?yàn)樽值淅"),
        ("当地的经济", "數當經", "", "當(dāng)?shù)氐慕?jīng)濟"),
        ("谈论大数据", "數據務", "", "談?wù)摯髷?shù)據(jù)"),
        ("难点。基层党", "", "；", "?；鶎狱h"),
        ("应用。基于此，我国农业", "業農應", "；", "應(yīng)用?；诖耍覈r(nóng)業(yè)"),
    ],
)
def test_makes_what_was_seen_on_real_pages(clean: str, keys: str, marks: str, damaged: str) -> None:
    assert damaged in farm(clean, keys, cut_marks=marks, strip_private_use=True).text


def test_the_order_of_keys_matters() -> None:
    overlapping = [("數", "shù"), ("當", "dāng")]
    texts = {
        damage("当地的", keys=keys, table=TABLE, random=Random(0)).text
        for keys in (overlapping, overlapping[::-1])
    }
    assert len(texts) == 2


@pytest.mark.parametrize(
    ("clean", "marks", "kind"),
    [
        ("保中挑", "！", "clean"),
        ("国", "！", "annotation"),
        ("重担！", "！", "straddle"),
        ("重担保”中", "", "straddle"),
        ("重担保”中", "！", "shift"),
        ("地，国！", "！，", "annotation"),
    ],
)
def test_labels_a_line_by_the_worst_that_happened(clean: str, marks: str, kind: str) -> None:
    assert farm(clean, cut_marks=marks).kinds == (kind,)


@pytest.mark.parametrize(
    ("clean", "marks", "lost"),
    [
        ("重担", "", ()),
        ("六保”中", "！", (1, 3)),
        ("六保”中挑重担", "！", (1,)),
        ("珊单位:2566", "", (2, 3)),
        ("国\N{GRINNING FACE}国", "", (1,)),
    ],
)
def test_names_the_characters_that_are_gone(clean: str, marks: str, lost: tuple[int, ...]) -> None:
    assert farm(clean, cut_marks=marks).lost == (lost,)


def test_a_byte_that_an_annotation_names_is_not_lost() -> None:
    eaten_twice = farm("“六保”中挑重担", "擔負", cut_marks="！")
    assert eaten_twice.text.endswith("糁?fù)?dān)")
    assert eaten_twice.lost == ((2,),)


def test_the_end_of_a_line_stays_where_it_is() -> None:
    damaged = farm("发展。”\n国", cut_marks="！")
    assert damaged.text == "發(fā)展?！?\n國(guó)"
    assert damaged.kinds == ("shift", "annotation")
    assert damaged.lost == ((2, 3), ())


def test_marks_are_folded_but_never_the_full_stop() -> None:
    folded = farm("（国，这。那！？；：）", fold_marks=True).text
    assert folded == "(國(guó),这。那!?;:)"


def test_the_euro_sign_is_one_byte() -> None:
    assert farm("€国€").text == "€國(guó)€"


def test_private_use_can_be_left_out_and_its_bytes_are_lost() -> None:
    kept = farm("够为小学生", "驗")
    left_out = farm("够为小学生", "驗", strip_private_use=True)
    assert re.sub("[\ue000-\uf8ff]", "", kept.text) == left_out.text != kept.text
    assert (kept.lost, left_out.lost) == (((),), ((2, 3),))


GBK_TEXT = st.text(
    st.one_of(
        st.sampled_from([*TABLE, *"，。！？；：“”（）（）保重的在\n"]),
        st.characters(codec="gbk", exclude_characters="\x80"),
    )
)
MARKS = st.sets(st.sampled_from("！，？；。"))


@given(GBK_TEXT)
def test_without_habits_nothing_happens(clean: str) -> None:
    damaged = damage(clean, keys=(), table={}, random=Random(0))
    assert damaged.text == clean
    assert set(damaged.kinds) == {"clean"}


@given(GBK_TEXT, MARKS)
def test_lines_are_damaged_one_by_one(clean: str, marks: set[str]) -> None:
    whole = farm(clean, cut_marks=marks)
    lines = [farm(line, cut_marks=marks) for line in clean.split("\n")]
    assert whole.text.split("\n") == [line.text for line in lines]
    assert whole.kinds == tuple(line.kinds[0] for line in lines)
    assert whole.lost == tuple(line.lost[0] for line in lines)


@given(GBK_TEXT, MARKS)
def test_where_hits_are_aligned_stripping_restores(clean: str, marks: set[str]) -> None:
    damaged = farm(clean, cut_marks=marks)
    for line, text, kind, lost in zip(
        clean.split("\n"), damaged.text.split("\n"), damaged.kinds, damaged.lost, strict=True
    ):
        if kind in KINDS[:2]:
            converted = "".join(TABLE.get(character, character) for character in line)
            assert READING.sub("", text) == READING.sub("", converted)
            assert lost == ()


@given(GBK_TEXT)
def test_a_mark_that_is_never_cut_shifts_nothing(clean: str) -> None:
    uncut = farm(clean)
    assert farm(clean, cut_marks="！，？；。", cut_probability=0.0) == uncut
    assert "shift" not in uncut.kinds
