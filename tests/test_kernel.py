"""The kernel says the same compiled and uncompiled, and of UTF-8 what Python says."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.kernel import members, misread, runs, sets
from repair.kernel import scan as built
from repair.rules.mojibake import sequences
from repair.rules.mojibake.pages import DOUBLE_BYTE, raw_of_page
from repair.rules.mojibake.readings import UTF8, lost_spaces
from repair.triggers import triggers
from tests.test_triggers import TEXTS

SOURCES = Path(built.__file__ or "").parent


def uncompiled(source: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"uncompiled_{source.stem}", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAIN = uncompiled(SOURCES / "scan.py")
TABLES, STOPS = triggers().tables, triggers().stops()
PATTERN = re.compile(rb"[^\n -~]|[&\\=%+]")
LONE_STOPS = PLAIN.Stops(b"&\\=%+", PATTERN)


def same(data: bytes) -> None:
    one, other = built.scan(data, TABLES, STOPS), PLAIN.scan(data, TABLES, LONE_STOPS)
    assert (one.lines, one.seen, one.invalid) == (other.lines, other.seen, other.invalid)


def signs_of(text: str) -> Iterator[int]:
    """Yield the signs of each character; none is passed over."""
    before, pending = int(TABLES.classes[10]), 0
    for character in text:
        code = ord(character)
        kind = int(TABLES.classes[code if code < 0x10000 else 0x10000 + (code >> 12)])
        signs = int(TABLES.signs[int(TABLES.verdicts[before * TABLES.count + kind])])
        signs |= (pending & TABLES.followers[kind]) << 1
        before, pending = kind, signs & TABLES.begun
        yield signs - pending


def plainly(text: str) -> tuple[list[tuple[int, int, int]], int]:
    """Return the wanted lines and all signs, a line at a time."""
    found, lines, seen, at = signs_of(text), [], 0, 0
    for line in re.findall("[^\n]*\n|[^\n]+", text):
        of_line = 0
        for _ in line:
            of_line |= next(found)
        seen |= of_line
        of_line &= ~TABLES.far
        both = of_line & of_line >> 1 & TABLES.paired
        of_line = of_line & ~(TABLES.paired * 3) | both * 3
        size = len(line.encode("utf-8", "surrogatepass"))
        if of_line:
            lines.append((at, at + size - line.endswith("\n"), of_line))
        at += size
    return lines, seen


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=5).map("\n".join))
def test_it_sees_what_is_seen_character_by_character(text: str) -> None:
    found = built.scan(text.encode("utf-8", "surrogatepass"), TABLES, STOPS)
    assert (found.lines, found.seen) == plainly(text)


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=3).map("\n".join))
def test_compiled_and_uncompiled_agree_on_text(text: str) -> None:
    same(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.text("a\u00e9\u65e5\U0001f600\ud800")))
def test_places_are_told_in_characters(parts: list[str]) -> None:
    at, places = 0, []
    spans: list[tuple[int, int]] = []
    for part in parts:
        size = len(part.encode("utf-8", "surrogatepass"))
        start = spans[-1][1] if spans else 0
        places.append((at, at + size, 0))
        spans.append((start, start + len(part)))
        at += size
    data = "".join(parts).encode("utf-8", "surrogatepass")
    assert built.in_characters(data, places) == PLAIN.in_characters(data, places) == spans


@given(st.binary(max_size=40) | st.text().map(lambda text: text.encode("utf-8", "replace")[1:]))
def test_compiled_and_uncompiled_agree_on_bytes(data: bytes) -> None:
    same(data)


def first_error(data: bytes) -> int:
    """Where Python's decoder stops, with surrogates let pass; -1 if it does not."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return error.start
    return -1


@given(
    st.binary(max_size=12)
    | st.lists(
        st.sampled_from([b"a", b"\xc3", b"\xa9", b"\xe4", b"\xed", b"\xf0", b"\xf4", b"\x8f"])
    ).map(b"".join)
)
def test_it_stops_where_utf_8_does(data: bytes) -> None:
    assert built.scan(data, TABLES, STOPS).invalid == first_error(data)


@pytest.mark.parametrize("text", ["", "a", "\n", "\u00e9", "\U0010ffff", "x" * 1000])
def test_clean_text_has_no_signs_of_damage(text: str) -> None:
    assert built.scan(text.encode(), TABLES, STOPS).lines == []


FIXED_POINTS = (re.compile(r"([\n!->@-~]+)"), re.compile(r"([\x00-\x7f]+)"))


def runs_by_splitting(before: str, after: str, at: int = 0, level: int = 0) -> Iterator[runs.Run]:
    """The oracle: between what patterns find, by turns."""
    if level == len(FIXED_POINTS):
        same = common(before, after)
        old, new = before[same:], after[same:]
        end = common(old[::-1], new[::-1])
        yield at + same, at + len(before) - end, new[: len(new) - end]
        return
    old_parts, new_parts = (FIXED_POINTS[level].split(text) for text in (before, after))
    if old_parts[1::2] != new_parts[1::2]:
        old_parts, new_parts = [before], [after]
    for was, now in zip(old_parts, new_parts, strict=True):
        if was != now:
            yield from runs_by_splitting(was, now, at, level + 1)
        at += len(was)


def common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


PARTS = st.text("ab ?\n\x00\x7f\t\xc3\xa0\u20ac\U0001f600", max_size=4)
PLAIN_RUNS = uncompiled(SOURCES / "runs.py")


@given(st.lists(st.tuples(PARTS, PARTS | st.none()), max_size=6))
def test_runs_are_what_splitting_finds(pieces: list[tuple[str, str | None]]) -> None:
    before = "".join(was for was, _ in pieces)
    after = "".join(was if now is None else now for was, now in pieces)
    found = list(runs_by_splitting(before, after))
    assert runs.changed_runs(before, after) == found
    assert PLAIN_RUNS.changed_runs(before, after) == found


SETS = ("^\x00-\u0377\u0391-\uffff", "\x00-\x07\x7f", "\u0300-\u0315\u3042", "a-b\uffff-\U0001f64f")
PLAIN_MEMBERS = uncompiled(SOURCES / "members.py")
few = st.text(
    alphabet="ab\x00\x07\x7f\u0300\u0315\u0316\u0378\u0391\u3042\uffff\U0001f600\U00020000"
)


@pytest.mark.parametrize("source", SETS)
@given(few)
def test_characters_are_found_as_by_a_pattern(source: str, text: str) -> None:
    """From U+10000 on, others may be among them."""
    characters = sets.Characters(source)
    found = [set(range(*run)) for run in characters.runs(text)]
    places = set().union(*found)
    expected = {match.start() for match in re.finditer(f"[{source}]", text)}
    assert expected <= places
    assert all(text[at] >= "\U00010000" for at in places - expected)
    assert len(found) == len(
        re.findall(r"-+", "".join(".-"[at in places] for at in range(len(text))))
    )
    lower = re.sub("[\U00010000-\U0010ffff]", " ", text)
    twice = [match.span() for match in re.finditer(f"([{source}])\\1+", lower)]
    assert list(characters.repeats(lower)) == twice
    looks_around = re.compile(f"(?<=[ab])[{source}]+(?=[ab]|$)|[{source}](?!a)")
    matches = [match.span() for match in characters.matches(looks_around, text)]
    assert matches == [match.span() for match in looks_around.finditer(text)]
    few = "a\u0300\U0001f600"
    assert sets.places(text, few) == [match.start() for match in re.finditer(f"[{few}]", text)]
    table, beyond = characters.table
    assert PLAIN_MEMBERS.runs(text, table, beyond) == members.runs(text, table, beyond)
    assert PLAIN_MEMBERS.repeats(text, table) == members.repeats(text, table)


PLAIN_MISREAD = uncompiled(SOURCES / "misread.py")
ONE_SEQUENCE = re.compile(UTF8.pattern.rstrip("+"))
ONE_PAGE_EACH = sorted(set(sequences.pages_of_utf8()) - DOUBLE_BYTE)
# A character and a space are enough; the first pieces are damage, of which others are cut.
PIECES = st.sampled_from("\u00e9\u0159\u2019\u0424\u0e01\u4e2d\U0001f600\u00e0") | st.text(
    "\u0159\u00e1\u00c3\u0420\u2013\u0111\ufffd\U0001f600a ", max_size=3
)


@given(st.lists(PIECES, max_size=4), st.sampled_from(ONE_PAGE_EACH), st.sampled_from(" \xa0"))
def test_sequences_begin_where_a_page_has_utf_8(
    pieces: list[str], written_as: str, space: str
) -> None:
    text = "".join(piece.encode().decode(written_as, "replace") for piece in pieces)
    text = (text + "".join(pieces)).replace("\xa0", space)
    found = sequences.beginnings(text)
    assert found == PLAIN_MISREAD.beginnings(text, *sequences._facts())
    for page in ONE_PAGE_EACH:
        raw = raw_of_page(text, page)
        told = {at for at, bits in found if page in sequences.pages_of(bits)}
        there = {match.start() for match in ONE_SEQUENCE.finditer(raw)}
        there |= {at - 1 for at in lost_spaces(raw) if raw[at - 1] >= "\xc2"}
        assert there <= told
        assert all("\xc2" <= raw[at] <= "\xf4" for at in told)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from([1, 2, 4]))),
    st.lists(st.integers(-2, 3), max_size=8),
)
def test_unusual_places_are_those_near_what_costs_much(
    places: list[tuple[int, int]], costs: list[int]
) -> None:
    expected = 0
    for at, pages in places:
        if not {-1, 0, 1}.issuperset(costs[at : at + 3]):
            expected |= pages
    assert misread.unusual(places, costs, 3, 2) == expected
    assert PLAIN_MISREAD.unusual(places, costs, 3, 2) == expected
