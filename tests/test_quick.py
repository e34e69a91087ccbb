"""What is passed by without the rules has nothing that they find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.cli import quick
from repair.config import Config
from repair.decode import decode
from repair.engine import repair_bytes
from tests.test_triggers import TEXTS

CONFIG = Config(inline_ignores=True)


def has_nothing(data: bytes, config: Config = CONFIG) -> bool:
    return quick.has_nothing(data, decode(data), config)


NAMES = ["utf-16", "utf-8", "cp1252", "cp037", "hz", "utf-7", "u16", "iso2022-jp", "ascii"]
DECLARATIONS = [
    *(f"# coding: {name}\n" for name in NAMES),
    *(f'<!doctype html><meta charset="{name}">\n' for name in NAMES),
    *(f"Content-Type: text/plain; charset={name}\n\n" for name in NAMES),
]
PLAIN = st.text('ab =\\&%+~{}\r\n\x1b"u0\u00e9\u4e2d', max_size=6)


@settings(deadline=None)
@given(st.lists(st.sampled_from(TEXTS) | st.sampled_from(DECLARATIONS) | PLAIN))
def test_nothing_is_found_where_it_says_so(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    result = repair_bytes(data, config=CONFIG)
    assert not has_nothing(data) or not (result.findings or result.remaining)


def test_plain_ascii_is_passed_by() -> None:
    assert has_nothing(b"def find(text):\n    return text[1:]  # (all) {of} <it> 100 %\n")
    assert has_nothing(b"")
    assert has_nothing("Die Straße führt über Köln, und der Zug auch.\n".encode())


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfplain",
        b"caf\xe9",
        b"# textrepair: ignore[M101]",
        b"R&amp;D",
        "caf\u00c3\u00a9".encode(),
        b"\xed\xa0\x80",
        "Hi \u65e5\u672c".encode("iso2022_jp"),
        "Hi \u65e5\u672c".encode("utf-7"),
        "hidden".encode("utf-16-le"),
        b"one\r\ntwo\n",
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        b"\x1b[31mred",
    ],
)
def test_all_else_is_looked_at(data: bytes) -> None:
    assert not has_nothing(data)


def test_what_is_to_be_converted_is_looked_at() -> None:
    assert not has_nothing(b"plain", Config(target_encoding="utf-16"))


def test_no_rules_are_loaded_for_plain_ascii(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("plain\n")
    program = (
        "import sys; from repair.cli import main; sys.argv[1:] = ['--no-cache', 'plain.txt'];"
        "print(main(), [m for m in sys.modules if m.startswith(('repair.rules', 'repair.model'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout == "Nothing found in 1 file.\n0 []\n"


def test_the_package_loads_neither_judge_nor_rules() -> None:
    program = (
        "import sys, repair;"
        "late = ('repair.rules', 'repair.model', 'repair.engine', 'repair.detect.likelihood');"
        "print([m for m in sys.modules if m.startswith(late)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
