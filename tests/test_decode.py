"""Bytes to text and back: cases in ``fixtures/cases/encodings.toml``, and properties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from repair.cli._toml import loads
from repair.decode import decode, encode
from repair.detect import detect

CASES = Path(__file__).parent.parent / "fixtures" / "cases" / "encodings.toml"
RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах.\n"

# Bytes as they come, and bytes that are nearly text, where codecs have more ways to go wrong.
CODECS = ["utf-8", "gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "cp1252", "utf-16", "utf-7"]
NEARLY_TEXT = st.builds(
    lambda text, codec, cut, stray: text.encode(codec, "ignore")[cut:] + stray,
    st.text(max_size=30),
    st.sampled_from(CODECS),
    st.integers(0, 3),
    st.binary(max_size=3),
)
DATA = st.binary(max_size=40) | NEARLY_TEXT


def cases() -> list[Any]:
    found = loads(CASES.read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


def text_of(case: dict[str, Any]) -> str | None:
    if "text_hex" in case:
        return bytes.fromhex(case["text_hex"]).decode("utf-8", "surrogatepass")
    text: str | None = case.get("text")
    return text


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    data = bytes.fromhex(case["bytes_hex"])
    assert detect(data).encoding == (case["encoding"] or None)
    decoded = decode(data)
    exact = case.get("exact", True)
    assert decoded.text == (decoded.text if text_of(case) is None else text_of(case))
    assert decoded.exact == exact
    assert (encode(decoded.text, decoded) == data) == exact


@given(DATA)
def test_nothing_raises_and_exact_means_exact(data: bytes) -> None:
    decoded = decode(data)
    try:
        back: bytes | None = encode(decoded.text, decoded)
    except UnicodeEncodeError:
        back = None
    assert decoded.exact == (back == data)
    assert 0 <= decoded.confidence <= 1


@given(DATA, st.sampled_from([*CODECS, "utf-8-sig", "utf-32", "iso2022_jp", "hz", "cp037"]))
def test_any_bytes_in_any_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data, encoding=encoding)
    try:
        back: bytes | None = encode(decoded.text, decoded)
    except UnicodeEncodeError:
        back = None
    assert decoded.exact == (back == data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@given(data=DATA)
def test_some_encodings_always_come_back(encoding: str, data: bytes) -> None:
    decoded = decode(data, encoding=encoding)
    assert decoded.exact
    assert encode(decoded.text, decoded) == data


@given(DATA)
def test_an_answer_decodes_all_of_the_input(data: bytes) -> None:
    found = detect(data)
    assert sum(share for _, share in found.alternatives) <= 1 - found.confidence + 1e-9
    for name, _ in found.alternatives:
        data.decode(name)


@given(DATA)
@example(b"\n\xb2\xd0\xf0")
def test_segments_cover_what_follows_the_mark(data: bytes) -> None:
    decoded = decode(data)
    start = len(decoded.bom)
    assert data.startswith(decoded.bom)
    at = start
    for segment in decoded.segments:  # a few random bytes may be likeliest in two encodings
        assert at == segment.start < segment.end
        at = segment.end
    assert at == len(data)


def test_a_late_byte_in_a_large_file_is_seen() -> None:
    data = b"plain text of a long page\n" * 40_000 + RUSSIAN.encode("cp1251")
    assert len(data) > 1_000_000
    assert decode(data).text.endswith(RUSSIAN)


def test_a_late_byte_in_a_long_line_is_seen() -> None:
    data = b"plain text in a long line " * 40_000 + RUSSIAN.encode("cp1251")
    assert decode(data).text.endswith(RUSSIAN)


def test_a_verdict_covers_bytes_beyond_the_window() -> None:
    """0x81 0x20 is not valid in Shift_JIS, and comes after the 200 kB that chardet reads."""
    japanese = "吾輩は猫である。名前はまだ無い。\n".encode("shift_jis")
    found = detect(japanese * 10_000 + b"\x81 \n")
    assert found.encoding not in ("cp932", "shift_jis_2004")


def test_a_declaration_counts_though_it_is_ascii() -> None:
    page = b"<meta charset=iso-8859-5>\n" + b"<p>plain</p>\n" * 500
    assert detect(page + "<p>мир</p>".encode("iso8859-5")).encoding == "iso8859-5"


@pytest.mark.parametrize("name", ["", "nope", "hex", "rot13", "idna", "undefined", "a\0b"])
def test_an_encoding_that_is_none(name: str) -> None:
    with pytest.raises(LookupError, match="no codec for text is named"):
        decode(b"abc", encoding=name)


@pytest.mark.parametrize(
    ("encoding", "mark", "reported"),
    [
        ("UTF8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-8-sig", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16", b"\xff\xfe", "utf-16-le"),
        ("utf-16", b"\xfe\xff", "utf-16-be"),
        ("utf-16", b"", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32", b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_mark_is_not_text(encoding: str, mark: bytes, reported: str) -> None:
    data = mark + "né".encode(reported)
    decoded = decode(data, encoding=encoding)
    assert (decoded.text, decoded.encoding, decoded.bom) == ("né", reported, mark)
    assert encode("né", decoded) == data


def test_a_mark_of_another_encoding_stays_in_the_text() -> None:
    assert decode(b"\xef\xbb\xbfhi", encoding="cp1252").text == "ï»¿hi"


def test_bytes_that_a_double_byte_encoding_cannot_read_are_kept() -> None:
    decoded = decode(b"\x93\xfa\x81 \xff", encoding="shift_jis")
    assert decoded.text == "日\udc81 \udcff"
    assert decoded.exact
