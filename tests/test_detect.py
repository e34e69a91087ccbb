"""Stages of detection by what they know, blocks against wholes, and input that is no text."""

from __future__ import annotations

import codecs
import re
import tracemalloc
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.detect import LONGEST_MARK, Detector, detect, ebcdic, utf8
from repair.detect.binary import SIGNATURES
from repair.detect.bom import MARKS
from repair.detect.declared import declarations
from repair.detect.encodings import (
    NAMES,
    NARROWER,
    ONE_BYTE,
    USAGE_OF,
    USAGES,
    Usage,
    narrowest,
)
from repair.detect.evidence import first_beyond_ascii, sample
from repair.detect.islands import islands
from repair.detect.lens import LEAST_PAIRS, Lens, Pairs, lens
from repair.detect.mixed import segments
from repair.types import Segment

FILES = Path(__file__).parent.parent / "fixtures" / "files"

JAPANESE = "すべての人間は、生れながらにして自由である。"
CHINESE = "人人生而自由，在尊严和权利上一律平等。"
KOREAN = "모든 인간은 태어날 때부터 자유로우며 동등하다."
RUSSIAN = "Все люди рождаются свободными и равными."
GERMAN = "Alle Menschen sind frei und gleich an Würde und Rechten geboren; größer."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "iso2022_jp"),
        (JAPANESE + "丂", "iso2022_jp_1"),
        (JAPANESE + "자유 ¿", "iso2022_jp_2"),
        (JAPANESE + "ﾊﾝｶｸ", "iso2022_jp_ext"),
        (KOREAN, "iso2022_kr"),
        (CHINESE, "hz"),
        ("Grüße aus Köln, schöne Tage", "utf-7"),
        (RUSSIAN, "utf-7"),
    ],
)
def test_seven_bit_encodings(text: str, encoding: str) -> None:
    assert detect(f"Subject: {text}\r\n".encode(encoding)).encoding == encoding


@pytest.mark.parametrize(
    "data",
    [
        b"total += first+second; i++; x = a+b-c;\n",
        b"call +49-170-1234567 or +1-800-5551234 now\n",
        b"https://example.org/?q=a+bcd-efg+hij-\n",
        b"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg+AAAAoAAAAHgQIAAA+B4bWxucz==\n",
        b"~/bin and ~{HOME}~ and a[~{x}]\n",
        b"\x1b[1;31mred\x1b[0m \x1b(Bplain\n",
        b"diff\n+added\n-removed\n+abcd-\n",
    ],
)
def test_ascii_that_looks_like_an_escape(data: bytes) -> None:
    assert detect(data).encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b'<META http-equiv=Content-Type content="text/html; charset=windows-1251">', "cp1251"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?>', "iso8859-2"),
        (b'@charset "shift_jis";', "shift_jis"),
        (b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\n", "iso8859-1"),
        (b"# vim: set fileencoding=euc-jp :\n", "euc_jp"),
        (b";; -*- mode: lisp; coding: iso-8859-15-unix -*-\n", "iso8859-15"),
        (b"/* vi: set ts=4 fenc=cp1250: */\n", "cp1250"),
        (
            b"text\n" * 3000 + b"# Local Variables:\n# mode: text\n# coding: euc-kr\n# End:\n",
            "euc_kr",
        ),
        (b"From: a@b\nContent-Type: text/plain; charset=big5\n\n", "big5"),
        (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=GB2312\\n"\n', "gb2312"),
    ],
)
def test_a_declaration_is_found(data: bytes, expected: str) -> None:
    found = list(declarations(data))
    assert [declaration.encoding for declaration in found] == [expected]
    assert data[found[0].start : found[0].end].isascii()


@pytest.mark.parametrize(
    "data",
    [
        b"the charset= of a page",
        b"<meta charset=nonsense>",
        b"<meta charset=hex>",
        b"plain\nplain\n# coding: koi8-r in the third line\n",
        b"decoding: latin-1\n",
    ],
)
def test_no_declaration(data: bytes) -> None:
    assert not list(declarations(data))


FOX = "The quick brown fox jumps over the lazy dog, and then goes home to sleep. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FOX, "cp037"),
        (FOX.upper(), "cp500"),
        (f"{FOX.strip()}\x85", "cp037"),
        ("Alle Menschen sind frei und gleich an Würde und Rechten geboren.\n", "cp273"),
        ("Les êtres humains naissent libres et égaux en dignité et en droits! ", "cp500"),
        ("Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. ", "cp1026"),
        ("Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι. ", "cp875"),
        ("כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם, 1948. ", "cp424"),
    ],
)
@pytest.mark.parametrize("times", [1, 4])
def test_ebcdic(text: str, encoding: str, times: int) -> None:
    data = text.encode(encoding) * times
    found = detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == text * times
    assert segments(data, found) == (Segment(0, len(data), found.encoding),)


@given(
    st.lists(
        st.sampled_from(GERMAN.split() + RUSSIAN.split()).flatmap(
            lambda word: st.sampled_from([word, word.upper(), word.title()])
        ),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from(["cp1252", "cp1251", "koi8-r", "cp437"]),
)
def test_an_at_sign_is_no_blank(words: list[str], encoding: str) -> None:
    assert ebcdic.look("@".join(words).encode(encoding, "ignore")) is None


def test_random_bytes_with_blanks_of_ebcdic_are_no_text() -> None:
    random = Random(1)
    for size in range(1, 400):
        data = bytes(random.choice([0x40, *range(0x41, 0x100)]) for _ in range(size))
        assert ebcdic.look(data.replace(b"\x80", b"\x40")) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "line", ["Error: kein Zugriff, größer\r\n", f"{RUSSIAN}\n", "Fehler 中文é\n"]
)
def test_an_island_of_utf_16(line: str, encoding: str) -> None:
    around = f"{GERMAN}\n".encode()
    run = line.encode(encoding)
    found = list(islands(around + run + around))
    assert [(each.start, each.end, each.encoding) for each in found] == [
        (len(around), len(around) + len(run), encoding)
    ]
    assert detect(around + run + around).encoding == "utf-8"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\3\4\5\6"), max_size=40))
def test_no_island_in_text_without_controls(text: str) -> None:
    assert not list(islands(text.encode()))


BEGINNINGS = [b"", *SIGNATURES, *(mark for mark, _ in MARKS)]


@given(
    st.sampled_from(BEGINNINGS), st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=5)
)
def test_blocks_are_the_whole(beginning: bytes, rest: bytes, cuts: list[int]) -> None:
    data = beginning + rest
    detector = Detector()
    for _ in range(2):  # it begins anew
        for start, end in pairwise([0, *sorted(cuts), len(data)]):
            detector.feed(data[start:end])
        assert detector.close() == detect(data)


@pytest.mark.parametrize(
    ("beginning", "encoding"), [(b"\x89PNG\r\n\x1a\n", None), (b"\xef\xbb\xbf", "utf-8")]
)
def test_what_is_settled_is_not_kept(beginning: bytes, encoding: str | None) -> None:
    detector = Detector()
    detector.feed(beginning)
    tracemalloc.start()
    for number in range(200):
        detector.feed(bytes([number]) * 100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
    assert detector.close().encoding == encoding


def test_no_signature_is_longer_than_what_is_looked_at() -> None:
    assert max(map(len, BEGINNINGS)) <= LONGEST_MARK


@given(st.binary(max_size=300), st.integers(0, 20))
def test_the_first_byte_beyond_ascii(data: bytes, start: int) -> None:
    expected = next((at for at in range(start, len(data)) if data[at] > 127), len(data))
    assert first_beyond_ascii(data, start, len(data)) == max(expected, min(start, len(data)))


def test_evidence_comes_from_everywhere() -> None:
    parts = [f"część {number}\n".encode("cp1250") * 3000 for number in range(10)]
    found = b"\n".join(sample(b"".join(parts), 300))
    assert sum(str(number).encode() in found for number in range(10)) >= 7


@pytest.mark.parametrize(
    ("text", "wide", "narrow"),
    [
        ("Köln", "cp1252", "iso8859-1"),
        ("„Köln“", "cp1252", "cp1252"),
        ("ığş", "cp1254", "iso8859-9"),
        (CHINESE, "gb18030", "gb2312"),
        ("國", "gb18030", "gbk"),
        ("𠀀", "gb18030", "gb18030"),
        (KOREAN, "cp949", "euc_kr"),
        ("똠", "cp949", "cp949"),
        (JAPANESE, "cp932", "shift_jis"),
        ("①", "cp932", "cp932"),
    ],
)
def test_the_narrowest_name(text: str, wide: str, narrow: str) -> None:
    assert narrowest(text.encode(wide), wide) == narrow


@pytest.mark.parametrize("name", ["cp1252", "cp437", "koi8-r", "cp869", "cp1256", "cp862", "cp874"])
def test_all_pairs_cost_what_each_costs(name: str) -> None:
    one_by_one, at_once = Lens(USAGE_OF[name]), Lens(USAGE_OF[name])
    some = range(1, 1 << 16, 97)
    at_once.bound(Pairs([*range(0x4180, 0x4180 + LEAST_PAIRS)], [1] * LEAST_PAIRS))
    for pair in some:
        both = Pairs([pair], [1]), Pairs([pair, pair + 1], [2, 1])
        for pairs in both:
            assert one_by_one.bound(pairs) == at_once.bound(pairs)


@given(st.lists(st.sampled_from(USAGES), min_size=1, max_size=3), st.binary(min_size=2, max_size=9))
def test_a_bound_is_not_above_the_cost(usages: list[Usage], data: bytes) -> None:
    pairs = {a << 8 | b for a, b in pairwise(data) if a | b > 127}
    found = Pairs([*pairs], [2] * len(pairs))
    for usage in usages:
        if usage in ONE_BYTE and pairs:
            assert lens(usage.name).bound(found) <= lens(usage.name).cost(found, 0)[0] + 1e-9


def with_strays_as_it_was(data: bytes) -> bool:
    """Whether UTF-8 prevails, told slowly."""
    others = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xc0\x80")
    known = others.sub(b" ", data)
    text, _ = codecs.utf_8_decode(known, "surrogateescape", False)
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    cut = len(known[:3]) - len(known[:3].lstrip(bytes(range(0x80, 0xC0))))
    sequences = sum(character > "\x7f" for character in text) - strays
    half = sum(len(form) for form in others.findall(data)) // 2
    return sequences + half >= max(2 * (strays - cut), 1)


_PARTS = [
    "é".encode(),
    "中".encode(),
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xc0\x80",
    b"\xed",
    b"\xe9",
    b"a",
]


@given(st.lists(st.sampled_from(_PARTS) | st.binary(max_size=4), min_size=1, max_size=12))
def test_utf_8_among_other_bytes(parts: list[bytes]) -> None:
    data = b"".join(parts)
    if not data.isascii():
        assert (utf8.look(data) is not None) == with_strays_as_it_was(data)


def test_names_are_those_of_python() -> None:
    assert {usage.name for usage in USAGES} <= set(NAMES)
    assert all(b"".decode(name) == "" for name in NAMES)
    assert NARROWER.keys() <= set(NAMES)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xe9",
        b"\x80",
        b"\0",
        b"\0" * 1000,
        b"\xff" * 1000,
        b"\x80\x81\xfe\xff" * 100,
        bytes(range(256)) * 10,
        b"\xe4\xb8",
        b"\x1b$B",
        b"~{",
        b"+",
        b"\xff\xfe",
        b"\xff\xfe\0",
        b"\r\n" * 10,
    ],
)
def test_odd_input_has_an_honest_answer(data: bytes) -> None:
    found = detect(data)
    assert 0 <= found.confidence <= 1
    if found.encoding is not None:
        data.decode(found.encoding, "replace")


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    found = detect(data)
    assert 0 <= found.confidence <= 1
    assert all(0 <= share <= 1 for _, share in found.alternatives)
    if found.encoding is not None:
        data.decode(found.encoding, "replace")


def test_random_bytes_are_not_claimed_to_be_text() -> None:
    for seed in range(20):
        found = detect(Random(seed).randbytes(2000))
        assert found.encoding is None or found.confidence < 0.1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (CHINESE, "gb18030"), (KOREAN, "cp949")],
)
def test_a_character_cut_off_at_the_end(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    for end in range(len(data) - 4, len(data)):
        found = detect(data[:end]).encoding
        assert found is not None
        assert data.decode(found) == text


LARGE = 100_000_000


@pytest.mark.parametrize(
    ("unit", "end", "encoding"),
    [
        (b"plain text, ", b"", "utf-8"),
        (b"a", b"", "utf-8"),
        ("plain \u00e9, ".encode(), b"", "utf-8"),
        (b"plain text, ", f"{RUSSIAN} {RUSSIAN}".encode("koi8-r"), "koi8-r"),
        (b"plain text\n", f"{RUSSIAN}\n".encode("cp1251"), "cp1251"),
        (b"\0", b"", None),
        (b"\xe9", b"", ...),
        ("größer ".encode("cp1252"), b"", "iso8859-1"),
    ],
)
def test_a_hundred_megabytes(unit: bytes, end: bytes, encoding: object) -> None:
    """On one line, or with the one that tells at the end: no less is looked at."""
    found = detect(unit * (LARGE // len(unit)) + end)
    assert encoding is ... or found.encoding == encoding
    assert 0 <= found.confidence <= 1


def test_nuls_alone_are_no_text() -> None:
    assert detect(b"\0" * 100).encoding is None


@pytest.mark.parametrize("signature", SIGNATURES)
def test_binary_by_its_signature(signature: bytes) -> None:
    assert detect(signature + b"text").encoding is None


def test_an_image_is_binary() -> None:
    assert detect((FILES / "pixel.png").read_bytes()).encoding is None
