"""Input in several encodings: where each begins, what comes back, and what is repaired."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair import Config, Safety, check, repair_bytes
from repair.decode import decode, encode
from repair.detect import detect
from repair.detect.mixed import lines_beyond_ascii, segments
from repair.rules.bytes.search import find

FRENCH = [
    "Les élèves ont passé l’été à la plage.\n",
    "Où êtes-vous né, et à quelle époque ?\n",
    "Le café était fermé, voilà tout.\n",
]
RUSSIAN = [
    "Все люди рождаются свободными и равными.\n",
    "Они наделены разумом и совестью.\n",
    "Каждый человек имеет право на жизнь.\n",
]
CHINESE = [
    "人人生而自由，在尊严和权利上一律平等。\n",
    "他们赋有理性和良心，并应以兄弟关系的精神相对待。\n",
    "人人有权享有生命、自由和人身安全。\n",
]
TAIWANESE = ["人人生而自由，在尊嚴和權利上一律平等。\n", "他們賦有理性和良心。\n"]
JAPANESE = [
    "すべての人間は、生れながらにして自由である。\n",
    "人間は、理性と良心とを授けられている。\n",
]
POLISH = ["Wszyscy ludzie rodzą się wolni i równi.\n", "Są oni obdarzeni rozumem i sumieniem.\n"]

UTF_8 = "utf-8"
PLAIN = b"2024-01-02 10:11:12 INFO id=4711\n"


def spans(parts: list[tuple[list[str], str]]) -> tuple[bytes, list[tuple[int, int, str]]]:
    data, expected = b"", []
    for lines, encoding in parts:
        part = "".join(lines).encode(encoding)
        expected.append((len(data), len(data) + len(part), encoding))
        data += part
    return data, expected


@pytest.mark.parametrize(
    "parts",
    [
        [(FRENCH, UTF_8), (FRENCH, "cp1252"), (RUSSIAN, UTF_8)],
        [(CHINESE, UTF_8), (CHINESE, "gb2312")],
        [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")],
        [(RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")],
        [(JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")],
        [(CHINESE, "gb2312"), (TAIWANESE, "big5")],
        [(POLISH, UTF_8), (POLISH, "cp1250")],
        [(FRENCH, UTF_8), (RUSSIAN, "cp1251"), (CHINESE, "gb2312")],
    ],
    ids=lambda parts: " + ".join(encoding for _, encoding in parts),
)
def test_runs_of_lines(parts: list[tuple[list[str], str]]) -> None:
    data, expected = spans(parts)
    decoded = decode(data)
    found = [data[s.start : s.end].decode(s.encoding) for s in decoded.segments]
    assert "".join(found) == "".join("".join(lines) for lines, _ in parts)
    assert [(s.start, s.end) for s in decoded.segments] == [(a, b) for a, b, _ in expected]
    assert decoded.exact
    assert encode(decoded.text, decoded) == data


@pytest.mark.parametrize(
    ("lines", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "mac-roman"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (JAPANESE, "euc_jp"),
        (POLISH, "iso8859-2"),
        (FRENCH + RUSSIAN + CHINESE, UTF_8),
    ],
)
def test_one_encoding_is_one_segment(lines: list[str], encoding: str) -> None:
    assert len(decode("".join(lines).encode(encoding)).segments) == 1


def test_ascii_between_runs_of_one_encoding_does_not_split_them() -> None:
    data = "".join(FRENCH).encode() + "".join(FRENCH).encode("cp1252").replace(b"\n", b"\n" + PLAIN)
    assert [segment.encoding for segment in decode(data).segments] == [UTF_8, "cp1252", UTF_8]


def test_a_line_at_the_end_of_much_ascii() -> None:
    data = PLAIN * 40_000 + FRENCH[0].encode() + RUSSIAN[0].encode("cp1251")
    last = decode(data).segments[-1]
    assert data[last.start : last.end].decode(last.encoding) == RUSSIAN[0]


LINES = st.sampled_from(
    [
        *(line.encode(encoding) for line in FRENCH for encoding in (UTF_8, "cp1252")),
        *(line.encode(encoding) for line in RUSSIAN for encoding in ("cp1251", "koi8-r")),
        *(line.encode(encoding) for line in JAPANESE for encoding in ("cp932", "euc_jp")),
        "Error: kein Zugriff\n".encode("utf-16-le"),
        b"\xff\xfe\x00\n",
        b"\x80\x81\x8d\n",
        PLAIN,
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=8).map(b"".join), st.binary(max_size=4))
def test_segments_cover_the_input_and_it_comes_back(data: bytes, end: bytes) -> None:
    data += end
    decoded = decode(data)
    starts = [len(decoded.bom), *(segment.end for segment in decoded.segments)]
    assert [segment.start for segment in decoded.segments] == starts[:-1]
    assert starts[-1] == len(data) or not decoded.segments
    try:
        back: bytes | None = encode(decoded.text, decoded)
    except UnicodeEncodeError:
        back = None
    assert decoded.exact == (back == data)


@given(st.lists(st.sampled_from([b"plain", b"caf\xc3\xa9", b"\xe9", b""]), max_size=8))
def test_lines_beyond_ascii(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    found = list(lines_beyond_ascii(data))
    assert [line.data for line in found] == [line for line in lines if not line.isascii()]
    assert all(data[line.start : line.end] == line.data for line in found)
    assert all(one.end < other.start for one, other in pairwise(found))


def test_binary_data_has_no_segments() -> None:
    data = bytes(range(256)) * 4
    assert segments(data, detect(data)) == ()


def test_a_foreign_line_is_repaired_in_place() -> None:
    data = "".join(FRENCH).encode() + RUSSIAN[0].encode("cp1251") + PLAIN
    result = repair_bytes(data)
    assert result.data == "".join(FRENCH).encode() + RUSSIAN[0].encode() + PLAIN
    assert [(f.code, f.safety) for f in result.findings] == [("B107", Safety.SAFE)]


def test_a_line_whose_last_character_ends_in_ascii() -> None:
    data = "".join(JAPANESE).encode() + "この一覧表を見て下さい。表\n".encode("cp932")
    result = repair_bytes(data)
    assert result.data == ("".join(JAPANESE) + "この一覧表を見て下さい。表\n").encode()


def test_strays_within_a_line_are_weighed_together() -> None:
    line = "“Größe” übrig, für L\udcf6sungen und Fl\udcfcsse\n"
    found = check(line * 3, config=Config(select=("B",)))
    assert {(f.code, f.new) for f in found} == {("B107", "ö"), ("B107", "ü")}


def test_however_many_strays_are_told_in_one_pass() -> None:
    line = "“Größe” übrig, für L\udcf6sungen und Fl\udcfcsse"
    for text in ((line + "\n") * 100, (line + " ") * 100):
        assert sum(found.code == "B107" for found in find(text)) == 200


def test_what_nothing_reads_is_only_shown() -> None:
    found = check("Größe\n\udc81\udc8d\udc90\n", config=Config(select=("B",)))
    assert [(f.code, f.new) for f in found] == [("B101", None)]


def test_many_foreign_lines_are_all_repaired() -> None:
    lines = [f"{number}: {FRENCH[number % 3]}" for number in range(300)]
    data = b"".join(line.encode("cp1252" if n % 2 else UTF_8) for n, line in enumerate(lines))
    assert repair_bytes(data).data == "".join(lines).encode()
