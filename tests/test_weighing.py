"""Evidence weighs the same in the kernel and where nothing is compiled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.detect import lens
from repair.detect.encodings import ONE_BYTE, TWO_BYTES, Usage
from repair.detect.likelihood import Evidence
from repair.kernel import COMPILED

TEXTS = {
    "cp1250": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. 1,25",
    "cp1251": "Всички хора се раждат свободни и равни по достойнство и права, 7 %",
    "cp737": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι ─────── ░░▒▒",
    "cp437": "größer │ über ├──────┤ schöner ╔════╗ The end",
    "cp1255": "כל בני האדם נולדו בני חורין ושווים",
    "cp1256": "يولد جميع الناس أحرارا متساوين",
    "cp874": "มนุษย์ทั้งหลายเกิดมามีอิสระ 2500",
    "cp932": "すべての人間は、生まれながらにして自由 ABC",
    "gb18030": "人人生而自由，在尊严和权利上一律平等。𠀀",
    "big5": "人人生而自由，在尊嚴和權利上一律平等。",
    "cp949": "모든 인간은 태어날 때부터 자유로우며",
    "utf-8": "naïve “quoted” words — many of them",
}
LINES = [text.encode(encoding) for encoding, text in TEXTS.items()]
CUTS = st.builds(
    lambda line, start, length: line[start : start + length],
    st.sampled_from(LINES),
    st.integers(0, 40),
    st.integers(0, 60),
)
PIECES = st.lists(CUTS | st.sampled_from(LINES) | st.binary(max_size=30), max_size=6)

needs_kernel = pytest.mark.skipif(not COMPILED, reason="the kernel is not compiled")


def both(pieces: list[bytes], budget: int) -> tuple[Evidence, Evidence]:
    from repair.detect import quick  # noqa: PLC0415 (it needs what is compiled)

    return quick.Weighed(pieces, budget), lens.Weighed(pieces, budget)


def same(one: tuple[float, str], other: tuple[float, str]) -> None:
    assert one[0] == pytest.approx(other[0])
    assert one[1] == other[1]


@needs_kernel
@given(PIECES, st.integers(1, 90))
def test_the_same_is_gathered(pieces: list[bytes], budget: int) -> None:
    one, other = both(pieces, budget)
    assert list(one.pieces) == list(other.pieces)
    assert (one.plain, one.total, one.pairs()) == (other.plain, other.total, other.pairs())
    assert one.ascii == pytest.approx(other.ascii)


@needs_kernel
@given(PIECES, st.integers(1, 300), st.lists(st.sampled_from(ONE_BYTE), min_size=1, max_size=9))
def test_one_byte_encodings_cost_the_same(
    pieces: list[bytes], budget: int, usages: list[Usage]
) -> None:
    one, other = both(pieces, budget)
    if not one.pieces:
        return
    assert one.bounds(usages) == pytest.approx(other.bounds(usages))
    for usage in usages:
        same(one.read_as(usage), other.read_as(usage))


@needs_kernel
@given(PIECES, st.integers(1, 300), st.sampled_from(TWO_BYTES))
def test_two_byte_encodings_cost_the_same(pieces: list[bytes], budget: int, usage: Usage) -> None:
    one, other = both(pieces, budget)
    text = "\n".join(piece.decode(usage.name, "replace") for piece in one.pieces)
    same(one.read(usage, text), other.read(usage, text))


@needs_kernel
@pytest.mark.parametrize("line", LINES)
def test_long_evidence_costs_the_same(line: bytes) -> None:
    """Lanes of two bytes are carried over before they are full."""
    pieces = [bytes([byte, *line, byte ^ 0x40]) for byte in range(0xA0, 0x100)]
    one, other = both(pieces, 20_000)
    for usage in ONE_BYTE:
        same(one.read_as(usage), other.read_as(usage))
    for usage in TWO_BYTES:
        text = "\n".join(piece.decode(usage.name, "replace") for piece in one.pieces)
        same(one.read(usage, text), other.read(usage, text))
