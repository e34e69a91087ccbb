"""What is passed by without the rules has nothing that they find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.cli import quick
from repair.cli.quick import ORDINARY
from repair.config import Config
from repair.decode import decode
from repair.detect import detect, is_plain
from repair.engine import repair_bytes
from repair.rules import RULES
from repair.rules.mojibake.ordinary import is_sound_line
from tests.test_triggers import TEXTS

CONFIG = Config(inline_ignores=True)


def has_nothing(data: bytes, config: Config = CONFIG) -> bool:
    return quick.has_nothing(data, config)


NAMES = [
    *("utf-16", "utf-8", "cp1252", "cp037", "hz", "utf-7", "u16", "iso2022-jp", "ascii"),
    *("UTF8", "unicode_escape", "johab", "shift_jisx0213", "punycode", "utf-8-sig", "nonsense"),
    *("UnicodeBigUnmarked", "latin-1-unix"),
]
FORMS = [
    "# coding: {}\n",
    "# vim: set fileencoding={} :\n",
    '<?xml version="1.0" encoding="{}"?><a/>\n',
    '<!doctype html><meta charset="{}">\n',
    "<!doctype html><META\nCharSet =\n  {}>\n",
    '@charset "{}";\n',
    "Subject: x\nContent-Type: text/plain; charset={}\n\n",
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n',
    "# Local Variables:\n# coding: {}\n# End:\n",
]
DECLARATIONS = [form.format(name) for form in FORMS for name in NAMES]
PLAIN = st.text('ab =\\&%+~{}\r\n\x1b"u0\u00e9\u4e2d', max_size=6)


@settings(deadline=None)
@given(st.lists(st.sampled_from(TEXTS) | st.sampled_from(DECLARATIONS) | PLAIN))
def test_nothing_is_found_where_it_says_so(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    result = repair_bytes(data, config=CONFIG)
    assert not has_nothing(data) or not (result.findings or result.remaining)


BEHIND = ["", "R\u00e9sum\u00e9 = 1\n", "line = r'\\n'\n", "\x7e{VPND\x7e}\n"]


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_no_declaration_that_is_wrong_is_passed_by(declaration: str) -> None:
    for text in (f"{declaration}{behind}" for behind in BEHIND):
        result = repair_bytes(text.encode(), config=CONFIG)
        assert not has_nothing(text.encode()) or not (result.findings or result.remaining)


@pytest.mark.parametrize("filler", ["x" * 60 + "\n", "\u00e9" * 60 + "\n", "\u4e2d" * 60 + "\n"])
def test_declarations_are_looked_for_where_they_count(filler: str) -> None:
    page = f"<!doctype html><!--{filler * 66}--><meta charset=utf-16>{filler * 2000}"
    assert not has_nothing(page.encode())
    variables = f"{filler * 2000}# Local Variables:\n# coding: utf-16\n# {filler * 40}"
    assert not has_nothing(variables.encode())


@given(st.binary() | st.text().map(str.encode) | st.sampled_from(TEXTS).map(ascii).map(str.encode))
def test_what_is_plain_is_utf_8_if_it_is_valid(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    if is_plain(data):
        found, decoded = detect(data), decode(data)
        assert found.encoding == "utf-8"
        assert decode(data, detection=found) == decoded
        assert decoded.text == text


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
        '@charset "iso-8859-1"; a{content: "\u00e9"}'.encode(),
        b"%PDF-1.4 without any other sign",
        b"\x1b[31mred",
    ],
)
def test_all_else_is_looked_at(data: bytes) -> None:
    assert not has_nothing(data)


def test_what_is_to_be_converted_is_looked_at() -> None:
    assert not has_nothing(b"plain", Config(target_encoding="utf-16"))
    assert has_nothing(b"plain", Config(target_encoding="utf-8"))


def checked(folder: Path, text: str, asked: str) -> str:
    """Return what is printed of a check of a text, and then of the modules that it loaded."""
    (folder / "a.txt").write_text(text, "utf-8")
    program = (
        "import sys; from repair.cli import main; sys.argv[1:] = ['--no-cache', 'a.txt'];"
        f"print(main(), {asked})"
    )
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_no_rules_are_loaded_for_plain_ascii(tmp_path: Path) -> None:
    asked = "[m for m in sys.modules if m.startswith(('repair.rules', 'repair.model'))]"
    assert checked(tmp_path, "plain\n", asked) == "Nothing found in 1 file.\n0 []\n"


def test_what_looks_odd_and_is_ordinary_needs_no_rules(tmp_path: Path) -> None:
    text = "Sie ist fürstlich größer als die schöne Größe.\n"
    asked = "[m in sys.modules for m in ('repair.model', 'repair.rules.contents')]"
    assert checked(tmp_path, text, asked) == "Nothing found in 1 file.\n0 [True, False]\n"


def test_the_rules_say_the_same_of_a_line() -> None:
    tests = {rule.code: rule.is_ordinary for rule in RULES if rule.is_ordinary}
    assert set(tests) == ORDINARY.codes
    assert set(tests.values()) == {is_sound_line}
    assert all(rule.by_line for rule in RULES if rule.code in tests)


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
