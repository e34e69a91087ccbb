"""What detection asks of all input: the kernel and Python's decoders say the same."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from repair.detect import utf8
from repair.detect.confirm import SHORT, decodes
from repair.detect.encodings import NARROWER, ONE_BYTE, narrowest
from repair.detect.evidence import taken, taken_slowly
from repair.kernel import COMPILED

needs_kernel = pytest.mark.skipif(not COMPILED, reason="the kernel is not compiled")

SEQUENCES = [
    "é".encode(),
    "中".encode(),
    "😀".encode(),
    b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xc0\x80",
    b"\xe0\x80",
    b"\xe0\xa0",
    b"\xed",
    b"\xed\xa0",
    b"\xf0\x80",
    b"\xf0\x90\x80",
    b"\xf4\x90",
    b"\xe9",
    b"abcdefgh",
    b"\n",
    b" ",
]
BYTES = st.lists(st.sampled_from(SEQUENCES) | st.binary(max_size=9), max_size=12).map(b"".join)


@needs_kernel
@given(BYTES)
def test_characters_and_strays_are_counted(data: bytes) -> None:
    from repair.kernel.sequences import counted  # noqa: PLC0415 (it needs what is compiled)

    forms = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xc0\x80")
    known = forms.sub(b" ", data)
    valid, used = codecs.utf_8_decode(known, "ignore", False)
    characters, strays, others = counted(data, len(data), 0)
    assert strays == used - len(valid.encode())
    assert characters == sum(character > "\x7f" for character in valid)
    assert others == len(b"".join(forms.findall(data))) // 2


@needs_kernel
@given(BYTES)
def test_counting_ends_where_nothing_can_outweigh_the_strays(data: bytes) -> None:
    some, all_of_it = utf8.counted(data), utf8.counted_slowly(data)
    prevails = [characters >= utf8.LEAST_RATIO * strays for characters, strays in (some, all_of_it)]
    assert prevails[0] == prevails[1]


@given(BYTES)
def test_utf_8_is_told_from_other_bytes(data: bytes) -> None:
    try:
        codecs.utf_8_decode(data, "strict", False)
        valid = True
    except UnicodeDecodeError:
        valid = False
    assert decodes(data, "utf-8") == valid
    assert decodes(b"a" * SHORT + data, "utf-8") == valid


@given(BYTES, st.integers(0, 20), st.integers(1, 40))
@example("Größe und so weiter\nohne\nwäre ".encode("cp1252") * 40, 5, 40)
@example(b"\xe9" * 1000, 0, 900)
def test_the_same_lines_are_taken(data: bytes, start: int, share: int) -> None:
    start = min(start, len(data))
    assert taken(data, start, len(data), share) == taken_slowly(data, start, len(data), share)
    end = max(start, len(data) - 3)
    assert taken(data, start, end, share) == taken_slowly(data, start, end, share)


@given(st.binary(max_size=40), st.sampled_from([usage.name for usage in ONE_BYTE]))
def test_encodings_of_one_byte_are_told_as_by_their_decoders(data: bytes, encoding: str) -> None:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data)
        valid = True
    except UnicodeDecodeError:
        valid = False
    assert decodes(data, encoding) == valid


PAIRS = [(wide, narrow) for wide, all_narrow in NARROWER.items() for narrow in all_narrow]


@given(st.sampled_from(PAIRS), st.binary(max_size=6) | st.text(max_size=6).map(str.encode))
def test_the_narrowest_name_reads_the_same(names: tuple[str, str], data: bytes) -> None:
    wide, narrow = names
    alike = data.decode(wide, "replace") == data.decode(narrow, "replace")
    first = NARROWER[wide][0] == narrow
    assert (narrowest(data, wide) == narrow) == alike or not first
