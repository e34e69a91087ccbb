"""Reports say exactly what they said before, and every finding exactly once.

``python -m tests.test_reports`` writes the golden files anew: look at what changed.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.config import Config
from repair.edits import apply
from repair.engine import repair_bytes
from repair.notices import NOTICES
from repair.reports import FORMATS
from repair.reports.frames import Frame, excerpts, frames, with_unsafe
from repair.reports.outcomes import Checked, Tally, View, marked
from repair.reports.places import Place, locate
from repair.reports.rows import after, before, clip, underline
from repair.reports.summary import totals
from repair.types import Decoded, Segment
from tests.report_samples import LONG, OUTCOMES, PAGE, RULES, checked

GOLDEN = Path(__file__).parent.parent / "fixtures" / "reports"
VIEW = View({rule.code: rule for rule in RULES})
TERMINAL = View(VIEW.rules, people=True, columns=60, paint=lambda text, style: f"<{style} {text}>")
PARTLY_FIXED = (
    "Found 2 findings in 1 file: 1 fixed, 1 remaining ([~] 1 fixable with --fix --unsafe-fixes).\n"
)
VIEWS = {"plain": VIEW, "terminal": TERMINAL}


def render(name: str, view: View) -> bytes:
    return "".join(FORMATS[name](OUTCOMES, view)).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, view: str) -> None:
    assert render(name, VIEWS[view]) == (GOLDEN / f"{name}.{view}").read_bytes()


def test_reports_are_streams() -> None:
    """A report begins before the last input was looked at."""
    for render_format in FORMATS.values():
        outcomes = iter(OUTCOMES)
        next(iter(render_format(outcomes, VIEW)))
        assert next(outcomes, None) is not None


def test_no_report_for_people_holds_anything_invisible() -> None:
    for name in ("text", "diff"):
        assert "\u200b" not in render(name, TERMINAL).decode()
    assert "\u200b" not in render("text", VIEW).decode()


# JSON lines


def test_jsonl_offsets_point_into_text_and_bytes() -> None:
    inputs = {o.path: o for o in OUTCOMES if isinstance(o, Checked)}
    lines = "".join(FORMATS["jsonl"](OUTCOMES, VIEW)).splitlines()
    assert len(lines) == sum(len(marked(outcome, VIEW)) for outcome in inputs.values())
    for line in lines:
        record = json.loads(line)
        outcome = inputs[record["path"]]
        decoded = outcome.result.decoded
        assert decoded is not None
        cut = outcome.data[record["byte_start"] : record["byte_end"]]
        assert cut.decode(decoded.encoding, "surrogateescape") == record["before"]
        assert outcome.result.original[record["start"] : record["end"]] == record["before"]
        rows = outcome.result.original.split("\n")
        assert rows[record["line"] - 1][record["column"] - 1 :].startswith(
            record["before"].split("\n")[0]
        )


# Patches


@pytest.mark.parametrize(
    "sample",
    [
        checked("utf8.txt", f"one\nexam\u200bple\n{PAGE}\n".encode()),
        checked("end.txt", "first\nexam\u200bple".encode()),
        checked("crlf.txt", "first\r\nexam\u200bple\r\nlast\r\n".encode()),
        checked("bom.txt", "\ufeffexam\u200bple\nlast\n".encode(), bom=b"\xef\xbb\xbf"),
        checked("latin.txt", "\xe9t\xe9\nd\xc3\xa9j\xc3\xa0\n\xe9\n".encode("latin-1"), "latin-1"),
        checked("bytes.txt", b"\xff\xfe\xc3\n" + "a\u200bb\n".encode()),
        checked("controls.txt", "a\x0c\x85\u2028\x1b[31m\nexam\u200bple\n\x1c\n".encode()),
        checked(
            "sixteen.txt", "one\n\u0a0a\nexam\u200bple\nlast\n".encode("utf-16-le"), "utf-16-le"
        ),
        checked("joined.txt", b"a =\r\nb =\r\nc\r\n" * 10),
        checked("far.txt", ("a\u200bb\n" + "line\n" * 20).encode() * 3),
        checked("empty.txt", b"=\n"),
        checked("a folder/with space.txt", "a\u200bb\n".encode()),
        checked('tab\tand "quote" \\.txt', "a\u200bb\n".encode()),
        checked("\u6c49\u5b57.txt", "a\u200bb\n".encode()),
        checked("byte\udcff.txt", "a\u200bb\n".encode()),
    ],
    ids=lambda sample: ascii(sample.path),
)
def test_git_applies_the_patch(sample: Checked, tmp_path: Path) -> None:
    path = tmp_path / sample.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sample.data)
    patch = "".join(FORMATS["diff"]([sample], VIEW)).encode("utf-8", "surrogateescape")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    git = subprocess.run(
        ["git", "apply", "--whitespace=nowarn"],
        check=False,
        cwd=tmp_path,
        input=patch,
        capture_output=True,
    )
    assert git.stderr == b""
    assert sample.result.data != sample.data
    assert path.read_bytes() == sample.result.data


def test_git_applies_the_patch_of_a_conversion(tmp_path: Path) -> None:
    text = "<html><meta charset={}>\n" + "Все люди рождаются свободными и равными.\n" * 3
    data = text.format("koi8-r").encode("koi8-r")
    result = repair_bytes(data, config=Config(unsafe_fixes=True))
    test_git_applies_the_patch(Checked("a.html", data, result), tmp_path)
    assert (tmp_path / "a.html").read_bytes() == text.format("utf-8").encode()
    shown = "".join(FORMATS["diff"]([Checked("a.html", data, result)], TERMINAL))
    assert shown.startswith("a.html: koi8-r becomes utf-8\n<path --- a/a.html>\n")


def test_no_other_program_changes_a_declaration_without_the_bytes() -> None:
    text = "<html><meta charset=iso-8859-5>\n" + "Все люди рождаются свободными.\n" * 4
    data = text.encode("koi8-r")
    view = View({rule.code: rule for rule in NOTICES})
    checked = Checked("a.html", data, repair_bytes(data, config=Config(select=("B0",))))
    log = json.loads("".join(FORMATS["sarif"]([checked], view)))
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["B001", "B002"]
    assert not any("fixes" in result for result in results)


@pytest.mark.parametrize("path", ["./a.txt", "/home/me/work/a.txt", "b/../a.txt"])
def test_patches_name_files_as_seen_from_here(path: str) -> None:
    view = View(VIEW.rules, folder="/home/me/work")
    patch = "".join(FORMATS["diff"]([checked(path, "a\u200bb\n".encode())], view))
    assert patch.startswith("--- a/a.txt\n+++ b/a.txt\n@@ ")


def test_nothing_to_change_gives_no_patch() -> None:
    assert list(FORMATS["diff"]([checked("clean.txt", b"clean\n")], VIEW)) == []


def test_line_ends_that_change_are_shown_and_others_are_not() -> None:
    same = "".join(FORMATS["diff"]([checked("a", "a\u200bb\r\n".encode())], TERMINAL))
    assert "U+000D" not in same
    gone = "".join(FORMATS["diff"]([checked("a", b"a =\r\nb\r\n")], TERMINAL))
    assert "a =\u2039U+000D\u203a" in gone


# Places

ENCODINGS = ["utf-8", "utf-16-le", "gb18030", "utf-32-be"]


@given(st.text(), st.sampled_from(ENCODINGS), st.data())
def test_places_are_what_slicing_says(text: str, encoding: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    size = len(text.encode(encoding))
    decoded = Decoded(text, encoding, 1.0, True, (Segment(0, size, encoding),), b"BOM")
    places = locate(text, offsets, decoded)
    assert places == {
        offset: Place(
            text[:offset].count("\n") + 1,
            len(text[:offset].rsplit("\n", maxsplit=1)[-1]) + 1,
            3 + len(text[:offset].encode(encoding)),
        )
        for offset in offsets
    }


@pytest.mark.parametrize(
    "decoded",
    [
        None,
        Decoded("ab", "iso2022_jp", 1.0, True, (Segment(0, 2, "iso2022_jp"),)),
        Decoded("ab", "cp932", 1.0, False, (Segment(0, 2, "cp932"),)),
    ],
)
def test_bytes_are_not_guessed(decoded: Decoded | None) -> None:
    assert locate("ab", [1], decoded)[1].byte is None


# Frames

TEXTS = st.lists(
    st.sampled_from(
        [
            "a\u200bb",
            "國(guó)",
            "黨,黨",
            "##T",
            "=\n",
            "\n",
            "\r\n",
            "\udcff",
            "Ã©",
            "字",
            "e\u0301",
            "\t",
            "plain words " * 5,
            "字" * 30,
            "(g\u0101)" * 9,
            "\u200b" * 40 + "a",
        ]
    ),
    max_size=40,
).map("".join)


@given(TEXTS, st.integers(40, 120))
def test_every_finding_is_in_one_frame_and_shown_in_one_excerpt(text: str, columns: int) -> None:
    sample = checked("x", text.encode("utf-8", "surrogateescape"))
    found = marked(sample, VIEW)
    edits = with_unsafe(sample.result.edits, found)
    framed = list(frames(text, found))
    assert [item for frame in framed for item in frame.found] == found
    for frame in framed:
        spots = [spot for e in excerpts(text, frame, edits, columns) for spot in e.spots]
        for item in frame.found:
            inside = [
                s for s in spots if s.start <= item.finding.start and item.finding.end <= s.end
            ]
            assert len(inside) >= 1
        assert all(one.end <= two.start for one, two in pairwise(spots))


@given(TEXTS, st.integers(40, 120))
def test_excerpts_are_disjoint_and_together_show_the_repair(text: str, columns: int) -> None:
    sample = checked("x", text.encode("utf-8", "surrogateescape"))
    found = marked(sample, VIEW)
    edits = with_unsafe(sample.result.edits, found)
    used = []
    for frame in frames(text, found):
        at = frame.span.start
        for excerpt in excerpts(text, frame, edits, columns):
            assert at <= excerpt.span.start <= excerpt.spots[0].start
            assert excerpt.spots[-1].end <= excerpt.span.end <= frame.span.end
            at = excerpt.span.end
            inside = [e for e in edits if excerpt.span.start <= e.start <= e.end <= at]
            used += [e for e in inside if e not in used]
            row = clip(before(text, excerpt), columns)
            assert sum(cell.width for cell in row) <= columns
            assert len(underline(row)) <= columns + 1
    assert used == list(edits)
    assert apply(text, edits) == apply(text, used)


def only_frame(text: str) -> tuple[Frame, Checked]:
    sample = checked("x", text.encode())
    (frame,) = frames(text, marked(sample, VIEW))
    return frame, sample


def test_findings_that_touch_stay_together_where_a_line_is_parted() -> None:
    frame, sample = only_frame(PAGE * 8)
    parted = list(excerpts(PAGE * 8, frame, sample.result.edits, 60))
    assert len(parted) > 4
    assert all(one.spots[-1].end < two.spots[0].start for one, two in pairwise(parted))


def test_a_gap_is_parted_in_the_middle() -> None:
    frame, sample = only_frame(LONG)
    first, second, _ = excerpts(LONG, frame, sample.result.edits, 60)
    assert second.spots[0].start - second.span.start > 10
    assert first.span.end - first.spots[0].end > 10


def test_a_run_wider_than_the_page_is_cut_in_the_middle() -> None:
    text = "a" + "\u200b" * 100 + "b"
    frame, sample = only_frame(text)
    (excerpt,) = excerpts(text, frame, sample.result.edits, 60)
    row = clip(before(text, excerpt), 60)
    shown = "".join(cell.shown for cell in row)
    assert shown == "a" + "‹U+200B›" * 3 + "…" + "‹U+200B›" * 3 + "b"


@pytest.mark.parametrize(
    ("text", "row", "under"),
    [
        ("国\u200b", None, None),
        ("a\u200bb", "a‹U+200B›b", " ^^^^^^^^"),
        ("字a\u200bb", "字a‹U+200B›b", "   ^^^^^^^^"),
        ("##Title", "##Title", "  ~"),
        ("e\u0301 黨", "e\u0301 黨", "  ^^"),
        ("\tÃ©", "    Ã©", "    ^^"),
        ("\u3000黨", "\u3000黨", "  ^^"),
    ],
)
def test_underlines_stand_under_what_they_mean(
    text: str, row: str | None, under: str | None
) -> None:
    sample = checked("x", text.encode())
    found = marked(sample, VIEW)
    if row is None:
        assert found == []
        return
    (frame,) = frames(text, found)
    (excerpt,) = excerpts(text, frame, sample.result.edits, 80)
    cells = before(text, excerpt)
    assert "".join(cell.shown for cell in cells) == row
    assert underline(cells) == under


def test_what_is_deleted_leaves_no_mark() -> None:
    frame, sample = only_frame("a\u200bb")
    (excerpt,) = excerpts("a\u200bb", frame, sample.result.edits, 80)
    assert [c.shown for c in after("a\u200bb", excerpt, sample.result.edits)] == ["a", "b"]


def test_a_line_with_thousands_of_findings_is_bounded() -> None:
    sample = checked("x", ("a\u200bb " + "word " * 30).encode() * 2000)
    report = "".join(FORMATS["text"]([sample], VIEW))
    assert "2000×" in report
    assert report.count("\n") < 100


# Totals


def test_totals_add_up() -> None:
    tally = Tally()
    for outcome in OUTCOMES:
        tally.add(outcome, VIEW)
    found = [m for o in OUTCOMES if isinstance(o, Checked) for m in marked(o, VIEW)]
    assert tally.found == len(found)
    assert tally.codes == Counter(m.finding.code for m in found)
    assert tally.remaining == sum(m.mark != "fixed" for m in found)
    assert (tally.checked, tally.damaged, tally.refused) == (9, 7, 1)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], ""),
        ([checked("a", b"clean")], "Nothing found in 1 file.\n"),
        ([checked("a", b""), checked("b", b"")], "Nothing found in 2 files.\n"),
        (
            [checked("a", "a\u200bb".encode())],
            "Found 1 finding in 1 file: [*] 1 fixable with --fix.\n",
        ),
        (
            [checked("a", "a\u200bb".encode(), written=True), checked("b", b"")],
            "Found 1 finding in 1 of 2 files: 1 fixed.\n",
        ),
        (
            [checked("a", b"##T")],
            "Found 1 finding in 1 file: [~] 1 fixable with --fix --unsafe-fixes.\n",
        ),
        ([checked("a", b"\xff")], "Found 1 finding in 1 file.\n"),
        (
            [checked("a", "##T a\u200bb".encode(), written=True)],
            PARTLY_FIXED,
        ),
    ],
)
def test_totals(outcomes: list[Checked], expected: str) -> None:
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome, VIEW)
    assert "".join(totals(tally)) == expected


if __name__ == "__main__":
    for format_name in FORMATS:
        for view_name, some_view in VIEWS.items():
            (GOLDEN / f"{format_name}.{view_name}").write_bytes(render(format_name, some_view))
