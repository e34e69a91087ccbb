"""Diffs, as `git apply` and `patch` understand them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.edits import apply
from repair.types import Edit, Repaired
from tests.test_edits import edits_of

LINES = st.lists(st.sampled_from(["", "a", "b", "\u4e2d", " ", "-", "+", "\\", "@@", "c\r"]))
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))
TOOLS = {"git": ["git", "apply", "--unsafe-paths", "-"], "patch": ["patch", "-p1", "--binary"]}


def repaired(text: str, edits: tuple[Edit, ...]) -> Repaired:
    return Repaired(text, apply(text, edits), edits, (), ())


def patched(tool: str, text: str, diff: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder, "text")
        path.write_bytes(text.encode())
        subprocess.run(TOOLS[tool], cwd=folder, input=diff.encode(), check=True)
        return path.read_bytes().decode() if path.exists() else ""


def assert_applies(tool: str, text: str, edits: tuple[Edit, ...]) -> None:
    result = repaired(text, edits)
    diff = result.diff()
    assert bool(diff) == (text != result.text)
    if diff:
        assert patched(tool, text, diff) == result.text


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_diff_applied_gives_the_repaired_text(tool: str, data: st.DataObject) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    text = data.draw(TEXTS)
    assert_applies(tool, text, data.draw(edits_of(text)))


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a", (Edit(1, 1, "\n"),)),  # a newline at the end comes
        ("a\n", (Edit(1, 2, ""),)),  # and goes
        ("a\nb", (Edit(0, 1, "c"),)),
        ("", (Edit(0, 0, "a\n"),)),
        ("", (Edit(0, 0, "a"),)),
        ("a\n", (Edit(0, 2, ""),)),
        ("a\n" * 30, (Edit(4, 5, "b"), Edit(18, 19, "c"), Edit(58, 59, "d\ne"))),
        ("a\nb\nc\n", (Edit(1, 2, ""), Edit(3, 4, ""))),  # lines joined
        ("a\r\nb\r\n", (Edit(1, 2, ""),)),
        ("a\u2028b\x0cc\x85d\n", (Edit(0, 1, "x"),)),  # ends of lines for Python, not for diff
    ],
)
def test_corner(text: str, edits: tuple[Edit, ...]) -> None:
    assert_applies("git", text, edits)


def test_hunks_are_as_small_as_diff_makes_them() -> None:
    text = "".join(f"{number}\n" for number in range(20))
    diff = repaired(text, (Edit(text.index("10"), text.index("10") + 2, "ten"),)).diff("a.txt")
    assert diff == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
    )


def test_an_edit_that_changes_nothing_makes_no_diff() -> None:
    assert repaired("a\nb\n", (Edit(0, 1, "a"),)).diff() == ""
