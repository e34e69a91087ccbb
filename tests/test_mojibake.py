"""Mojibake: every chain's own example, layers, files, losses, and what must hold of all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.config import Config
from repair.engine import repair
from repair.kernel.runs import changed_runs
from repair.rules.mojibake.chains import CHAINS
from repair.rules.mojibake.layers import Layer, in_words
from repair.rules.mojibake.pages import DOUBLE_BYTE, UNDEFINED, from_bytes, to_bytes, upper_half
from repair.rules.mojibake.readings import readings
from repair.rules.mojibake.suspects import BEYOND, ODD, TRIGGER, odd_pairs, parts

UNSAFE = Config(select=("M",), unsafe_fixes=True)
ROWS = [
    pytest.param(chain.code, chain.written_as, page, chain.example, id=f"{chain.written_as} {page}")
    for chain in CHAINS
    for page in chain.read_as
]


def damaged(text: str, written_as: str, read_as: str) -> str:
    """Read a text wrongly, as Windows does: C1 controls for what the page leaves undefined."""
    data = text.encode(written_as)
    if read_as in DOUBLE_BYTE:
        return data.decode(read_as)
    upper = upper_half(read_as)
    return "".join(
        chr(b) if b < 0x80 or upper[b - 0x80] == UNDEFINED else upper[b - 0x80] for b in data
    )


@pytest.mark.parametrize(("code", "written_as", "read_as", "text"), ROWS)
def test_the_example_of_a_chain(code: str, written_as: str, read_as: str, text: str) -> None:
    bad = damaged(text, written_as, read_as)
    result = repair(bad, config=UNSAFE)
    assert result.text == text
    assert {finding.code for finding in result.findings} == {code}


@pytest.mark.parametrize("text", ["Ärger mit Ümlauten", "Привет, мир", "你好，世界"])
@pytest.mark.parametrize("times", [2, 3])
def test_layers_come_off_together(text: str, times: int) -> None:
    bad = text
    for _ in range(times):
        bad = damaged(bad, "utf-8", "cp1252")
    result = repair(bad, config=Config(select=("M",)))
    assert result.text == text
    said = "twice" if times == 2 else "3 times"
    assert {finding.note for finding in result.findings} == {f"UTF-8 read as cp1252, {said}"}


def test_layers_of_different_chains() -> None:
    text = "Všichni lidé rodí se svobodní a sobě rovní."
    bad = damaged(damaged(text, "utf-8", "cp1250"), "utf-8", "cp1252")
    result = repair(bad, config=Config(select=("M",)))
    assert result.text == text
    assert {f.note for f in result.findings} == {"UTF-8 read as cp1250, then as cp1252"}


def test_a_file_tells_what_its_lines_cannot() -> None:
    short = "Gr\xf3\xad\xe1"  # cp1253 read as cp1252, or Icelandic
    assert repair(short, config=UNSAFE).text == short
    lines = [
        "Όλοι οι άνθρωποι γεννιούνται",
        "ελεύθεροι και ίσοι στην αξιοπρέπεια",
        "και τα δικαιώματα",
        "Είναι προικισμένοι με λογική",
        "και συνείδηση",
        "ή όχι",
    ]
    bad = "\n".join(damaged(line, "cp1253", "cp1252") for line in lines)
    assert repair(bad, config=UNSAFE).text == "\n".join(lines)


def test_lines_of_a_file_damaged_differently() -> None:
    one, two = "Новости и события дня", "Příliš žluťoučký kůň úpěl"
    bad = f"{damaged(one, 'utf-8', 'cp1251')}\n{damaged(two, 'utf-8', 'cp1252')}\nÀ Noël\n"
    assert repair(bad, config=UNSAFE).text == f"{one}\n{two}\nÀ Noël\n"


def test_a_run_inside_a_long_line() -> None:
    around = "Ärzte und Pflegekräfte können über Änderungen gehört werden. " * 60
    bad = f"{around}CafÃ© crÃ¨me pour tous.{around}"
    assert repair(bad, config=UNSAFE).text == f"{around}Café crème pour tous.{around}"


def test_clean_files_have_no_chain() -> None:
    lines = ["Niemahčyma źmianić vartaść", "značeńnie ź niefik", "Akreślivaje, ci vyhładžvać"] * 5
    assert repair("\n".join(lines), config=UNSAFE).text == "\n".join(lines)


def test_a_lost_byte_is_filled_only_where_that_is_clear() -> None:
    result = repair("浣犲ソ锛屼笘鐣", config=UNSAFE)
    assert result.text == "你好，世界"
    assert "filled in" in result.findings[0].note
    # Nothing is filled in by default
    assert repair("浣犲ソ锛屼笘鐣").text == "浣犲ソ锛屼笘鐣"


def test_lines_about_encodings_are_not_changed_by_default() -> None:
    line = "In latin-1 that is shown as CafÃ© crÃ¨me dÃ©jÃ  vu"
    assert repair(line, config=Config(select=("M",))).text == line
    assert repair(line, config=UNSAFE).text.endswith("Café crème déjà vu")


def test_chains_in_words() -> None:
    layer, other = Layer("utf-8", "cp1252"), Layer("utf-8", "mac_roman")
    assert in_words((layer,)) == "UTF-8 read as cp1252"
    assert in_words((layer, layer)) == "UTF-8 read as cp1252, twice"
    assert in_words((layer, layer, layer)) == "UTF-8 read as cp1252, 3 times"
    assert in_words((other, layer)) == "UTF-8 read as MacRoman, then as cp1252"
    cyrillic = Layer("cp1251", "koi8-r")
    assert in_words((layer, cyrillic)) == "UTF-8 read as cp1252, then cp1251 as KOI8-R"


@pytest.mark.parametrize("page", sorted({page for chain in CHAINS for page in chain.read_as}))
def test_pages_come_back(page: str) -> None:
    if page not in DOUBLE_BYTE:
        upper = upper_half(page)
        whole = bytes(b for b in range(0x80, 0x100) if b < 0xA0 or upper[b - 0x80] != UNDEFINED)
        shown = "".join(chr(b) if upper[b - 0x80] == UNDEFINED else upper[b - 0x80] for b in whole)
        assert to_bytes(shown, page) == whole


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_readings_damage_to_what_is_there(text: str) -> None:
    """Every reading of one layer, damaged by it, gives the same bytes as the text."""
    for reading in readings(text):
        layer = reading.layers[-1]
        if len(reading.layers) == 1 and layer.written_as != "utf-8" and layer.read_as != "latin-1":
            data = to_bytes(text, layer.read_as)
            assert data is not None
            assert from_bytes(data, layer.written_as) == reading.text


SUSPICIOUS = "abc \u00c3\u00e2\u0402\u20ac\xa9\n?\ufffd"


@given(st.text(alphabet=SUSPICIOUS, max_size=30), st.text(max_size=30))
def test_runs_lead_from_one_to_the_other(before: str, after: str) -> None:
    pieces, at = [], 0
    for start, end, new in changed_runs(before, after):
        pieces += [before[at:start], new]
        at = end
    assert "".join([*pieces, before[at:]]) == after


@given(st.text(max_size=60))
def test_suspects_are_parts_of_the_text(text: str) -> None:
    last = 0
    for at, part in parts(text):
        assert at >= last
        assert text[at : at + len(part)] == part
        assert "\n" not in part
        last = at + len(part)


# The patterns as they are written, which are divided by blocks before they are used.
UNDIVIDED = re.compile(f"{BEYOND}(?:{ODD})")
MIXED = st.text(
    st.one_of(
        st.sampled_from(
            'abzMR \n?("\xa0\xab\xb3\xc2\xc3\xdf\xe4\xe9\xf2\xfd\u0105\u013e\u0161\u0192'
        ),
        st.sampled_from(
            "\u0399\u03b1\u0402\u0413\u0430\u0451\u05b0\u0e01\u0e40\u0e42\u0e19\u2013\u201a\u20ac\u2122"
        ),
        st.sampled_from("\u2219\u2500\u2551\u3042\u4e2d\uac00\uf8ff\ufb01\uff64\uff71\ufffd\x85"),
        st.characters(min_codepoint=0x80),
    ),
    max_size=40,
)
NARROW = MIXED.map(lambda text: re.sub("[\u2e80-\U0010ffff]", "", text))


@given(MIXED | NARROW)
def test_odd_places_are_where_a_pattern_matches(text: str) -> None:
    assert odd_pairs(text) == [match.span() for match in UNDIVIDED.finditer(text)]


@given(MIXED | NARROW)
def test_there_are_parts_where_the_trigger_matches(text: str) -> None:
    assert bool(list(parts(text))) == bool(re.search(TRIGGER, text))


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_ascii_is_never_suspect(text: str) -> None:
    assert not list(parts(text))


def test_lines_that_the_chain_of_the_file_explains_are_not_read_by_another() -> None:
    """What is é in cp1250 as well need not be: ê is read as cp1258 only."""
    lines = [
        *(f"La tâche {n} a été créée, et le résultat répété" for n in range(8)),
        *(f"Le paramètre {n} est déjà réglé, même désactivé" for n in range(12)),
        *(f"La requête {n} devant être réclamée, arrêtez la fenêtre" for n in range(12)),
    ]
    text = "\n".join(lines)
    bad = text.encode().decode("cp1258")
    assert repair(bad).text == text
