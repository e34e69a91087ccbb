"""The kernel says the same compiled and uncompiled, and of UTF-8 what Python says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.kernel import scan as built
from repair.triggers import triggers
from tests.test_triggers import TEXTS

SOURCE = Path(built.__file__ or "").parent / "scan.py"


def uncompiled() -> ModuleType:
    spec = importlib.util.spec_from_file_location("uncompiled_scan", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PLAIN = uncompiled()
KNOWN = triggers()
HERE = KNOWN.tables
THERE = PLAIN.Tables(
    HERE.classes,
    HERE.verdicts,
    HERE.followers,
    HERE.signs,
    HERE.stops,
    HERE.paired,
    HERE.far,
    HERE.halves,
    HERE.last,
    re.compile(rb"[^ -~]|[" + re.escape(HERE.stops) + rb"]"),
)


def same(data: bytes) -> None:
    one, other = built.scan(data, HERE), PLAIN.scan(data, THERE)
    assert (one.lines, one.seen, one.invalid) == (other.lines, other.seen, other.invalid)


@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=20), max_size=3).map("\n".join))
def test_compiled_and_uncompiled_agree_on_text(text: str) -> None:
    same(text.encode("utf-8", "surrogatepass"))


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
    assert built.scan(data, HERE).invalid == first_error(data)


@pytest.mark.parametrize("text", ["", "a", "\n", "\u00e9", "\U0010ffff", "x" * 1000])
def test_clean_text_has_no_signs_of_damage(text: str) -> None:
    assert built.scan(text.encode(), HERE).lines == []
