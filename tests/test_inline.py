"""Comments that say what to ignore hide what they speak about; those of no use are named."""

from __future__ import annotations

import pytest

from repair.config import Config
from repair.engine import repair
from repair.inline import read_ignores

OBEY = Config(inline_ignores=True)
BAD = "caf\u00c3\u00a9"
GOOD = "caf\u00e9"


@pytest.mark.parametrize(
    "comment",
    [
        "# {}",
        "x = 1  # {}",
        "#{}",
        "// {}",
        "/* {} */",
        " * {}",
        "-- {}",
        "; {}",
        "% {}",
        "<!-- {} -->",
        "(* {} *)",
        "{{- {} -}}",
        "{{# {} #}}",
        ".. {}",
        "  ' {}",
        '" {}',
        "! {}",
        "REM {}",
        "dnl {}",
        "@c {}",
        "# noqa  # {}",
        "--[[ {} ]]",
        "--[==[ {} ]==]",
        "{{ {} }}",
        "[//]: # ({})",
        "[//]: # '{}'",
        "#| {} |#",
        "#= {} =#",
        "//! {}",
        "/*! {} */",
        "*> {}",
        '.\\" {}',
        "@comment {}",
        "<%-- {} --%>",
        "@* {} *@",
        "<# {} #>",
    ],
)
def test_a_comment_of_any_language_is_read(comment: str) -> None:
    text = comment.format("textrepair: ignore[M101]")
    assert [ignore.codes for ignore in read_ignores(text).found] == [("M101",)]


@pytest.mark.parametrize(
    "text",
    [
        "`textrepair: ignore[M101]` behind a comment sign",
        "such as `# textrepair: ignore[M101]`",
        "or `<!-- textrepair: ignore-file -->`",
        'x = "textrepair: ignore[M101]"',
        "we textrepair: ignore",
        "# textrepair: ignored",
        "# textrepair: ignore-line",
        "# textrepair: ignore[M101",
        "# a textrepair: ignore[M101]",
    ],
)
def test_what_is_no_comment_is_not_read(text: str) -> None:
    assert read_ignores(text).found == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "after"),
    [
        ([f"{BAD} # textrepair: ignore[M101]", BAD], [None, GOOD]),
        ([BAD, f"{BAD} # textrepair: ignore"], [GOOD, None]),
        (["# textrepair: ignore-next-line[M]", BAD, BAD], [None, None, GOOD]),
        ([BAD, "# textrepair: ignore-next-line", BAD], [GOOD, None, None]),
        ([BAD, BAD, "# textrepair: ignore-file[B, M101]"], [None, None, None]),
        ([f"{BAD} # textrepair: ignore[B101]"], [GOOD]),
    ],
)
def test_what_is_ignored_stays_and_all_else_is_repaired(
    lines: list[str], after: list[str | None], end: str
) -> None:
    result = repair(end.join(lines), config=OBEY)
    repaired = [
        line if new is None else line.replace(BAD, new)
        for line, new in zip(lines, after, strict=True)
    ]
    assert result.text == end.join(repaired)
    assert [f.code for f in result.remaining if f.code != "N101"] == []


def test_a_line_is_the_same_line_after_other_edits() -> None:
    bad = f"{BAD} # textrepair: ignore\n"
    text = f"{BAD} {BAD}\n{bad}{BAD}\n"
    assert repair(text, config=OBEY).text == f"{GOOD} {GOOD}\n{bad}{GOOD}\n"


def test_comments_are_not_obeyed_unless_asked() -> None:
    """A document of a corpus must not be able to say that it is clean."""
    assert repair(f"{BAD} # textrepair: ignore").text != f"{BAD} # textrepair: ignore"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("fine # textrepair: ignore", ["nothing is found here"]),
        ("fine # textrepair: ignore[M101,B]", ["B is not found here", "M101 is not found here"]),
        (f"{BAD} # textrepair: ignore[M101,B]", ["B is not found here"]),
        ("# textrepair: ignore-next-line", ["nothing is found here"]),
        ("# textrepair: ignore[Q1]", ["no rule has a code that begins with Q1"]),
        ("fine # textrepair: ignore[H]", []),  # not looked for
        (f"{BAD} # textrepair: ignore", []),
    ],
)
def test_a_comment_of_no_use_is_a_finding(text: str, notes: list[str]) -> None:
    config = Config(inline_ignores=True, ignore=("H",))
    remaining = repair(text, config=config).remaining
    assert sorted(f.note for f in remaining) == notes
    assert {f.code for f in remaining} <= {"N101"}
    assert all(text[f.start : f.end].startswith("textrepair: ignore") for f in remaining)


def test_findings_about_comments_can_be_ignored_too() -> None:
    config = Config(inline_ignores=True, ignore=("N101",))
    assert repair("fine # textrepair: ignore", config=config).remaining == ()
