"""What fix has written can be taken back to the byte, and nothing else is touched by that."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from repair.adapters import journal
from repair.adapters.journal import Journal, changes, runs
from repair.cli.app import app

BAD = "caf\u00c3\u00a9"
GOOD = "caf\u00e9"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args), prog_name="textrepair")


def write(folder: Path, **contents: bytes) -> None:
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What a fix must bring back: marks, line ends, missing ones, bytes that are no text
CONTENTS = [
    f"{BAD}\n".encode(),
    f"\ufeff{BAD}\r\nb\rc\n\n".encode(),
    f"{BAD}".encode(),
    f"{BAD}\n".encode("utf-16"),
    f"{BAD} \u6c49\u5b57\n".encode() + b"\xff\n",
]


@pytest.mark.parametrize("data", CONTENTS)
def test_a_fix_is_undone_to_the_byte(folder: Path, data: bytes) -> None:
    write(folder, a=data, b=b"fine\n")
    (folder / "a").chmod(0o640)
    run("fix", ".")
    assert (folder / "a").read_bytes() != data
    result = run("undo")
    assert (result.exit_code, result.output) == (0, "1 file restored.\n")
    assert (folder / "a").read_bytes() == data
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640
    assert runs(".") == []


def test_runs_are_undone_one_by_one(folder: Path) -> None:
    write(folder, a=BAD.encode())
    run("fix", ".")
    write(folder, b=BAD.encode())
    run("fix", ".")
    first, second = runs(".")
    listed = run("undo", "--list").output
    assert listed == f"{first}  1 file\n{second}  1 file\n"
    assert run("undo").exit_code == 0
    assert ((folder / "a").read_text(), (folder / "b").read_text()) == (GOOD, BAD)
    assert run("undo", first).exit_code == 0
    assert (folder / "a").read_text() == BAD
    result = run("undo")
    assert (result.exit_code, result.stderr.startswith("error: undo: nothing in ")) == (2, True)
    assert "no such run is recorded in " in run("undo", first).stderr


def test_a_file_that_has_changed_is_left_unless_told(folder: Path) -> None:
    write(folder, a=BAD.encode(), b=BAD.encode())
    run("fix", ".")
    write(folder, a=b"something new")
    result = run("undo")
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"error: {folder}/a: it has changed since (--force restores it all the same)\n"
    )
    assert result.stdout == "1 file restored, 1 left.\n"
    assert ((folder / "a").read_text(), (folder / "b").read_text()) == ("something new", BAD)
    assert run("undo", "--force").exit_code == 0
    assert (folder / "a").read_text() == BAD


def test_a_file_that_is_gone_is_made_anew_if_told(folder: Path) -> None:
    write(folder, a=BAD.encode())
    run("fix", ".")
    (folder / "a").unlink()
    assert "it is gone" in run("undo").stderr
    assert run("undo", "--force").exit_code == 0
    assert (folder / "a").read_text() == BAD


def test_nothing_is_kept_if_nothing_is_written(folder: Path) -> None:
    write(folder, a=b"fine", b=b"\xe4\xbd\xa0\xe5\xa5\xbd\xff")
    for args in (["check", "."], ["check", "--diff", "."], ["fix", "."]):
        run(*args)
        assert names_in(folder) == ["a", "b"]


def test_no_record_is_kept_if_none_is_wanted(folder: Path) -> None:
    write(folder, a=BAD.encode())
    run("fix", "--no-undo", ".")
    assert (folder / "a").read_text() == GOOD
    assert names_in(folder) == ["a"]


def test_git_does_not_see_the_records(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    write(folder, a=BAD.encode())
    run("fix", ".")
    done = subprocess.run(["git", "status", "--short"], check=True, capture_output=True, text=True)
    assert done.stdout == "?? a\n"


def test_they_are_where_the_project_is(folder: Path) -> None:
    (folder / "textrepair.toml").touch()
    (folder / "sub").mkdir()
    write(folder / "sub", a=BAD.encode())
    os.chdir("sub")
    run("fix", "a")
    (name,) = runs("..")
    assert [change.path for change in changes("..", name)] == ["sub/a"]
    assert run("undo").exit_code == 0
    assert (folder / "sub" / "a").read_text() == BAD


def test_files_elsewhere_are_restored_too(folder: Path) -> None:
    (folder / "here").mkdir()
    write(folder, a=BAD.encode())
    os.chdir("here")
    run("fix", "../a")
    run("undo")
    assert (folder / "a").read_text() == BAD


def test_nothing_is_written_where_the_record_cannot_be(folder: Path) -> None:
    write(folder, a=BAD.encode())
    (folder / ".textrepair").touch()  # where the folder would be
    result = run("fix", ".")
    assert result.exit_code == 2
    assert "error: a: not written: no record to undo it by can be kept: " in result.stderr
    assert (folder / "a").read_text() == BAD
    assert run("fix", "--no-undo", ".").exit_code == 0


def test_a_file_with_several_names_is_repaired_and_undone(folder: Path) -> None:
    write(folder, a=BAD.encode())
    (folder / "b").hardlink_to(folder / "a")
    (folder / "c").symlink_to("a")
    result = run("fix", ".", "c")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (folder / "a").read_text() == GOOD
    assert (folder / "a").samefile(folder / "b")
    assert (folder / "c").is_symlink()
    assert run("undo").exit_code == 0
    assert (folder / "b").read_text() == BAD
    assert (folder / "a").samefile(folder / "b")


@pytest.mark.parametrize("where", [".", "sub"])
def test_runs_with_other_settings_are_undone_from_wherever(folder: Path, where: str) -> None:
    (folder / ".git").mkdir()
    (folder / "sub").mkdir()
    (folder / "sub" / "textrepair.toml").touch()
    write(folder, a=BAD.encode(), other=b"", **{"other.toml": b"select = ['M']\n"})
    run("fix", "--config", "other.toml", "a")
    os.chdir(where)
    assert run("undo").exit_code == 0
    assert (folder / "a").read_text() == BAD


# Names


def test_names_are_only_shown_unless_asked_for_strongly(folder: Path) -> None:
    write(folder, **{f"{BAD}.txt": b"fine"})
    assert run(".").exit_code == 0
    for args in (["--names", "."], ["fix", "--names", "."]):
        result = run(*args)
        assert result.exit_code == 1
        assert f"{BAD}.txt (name):1:4 M101 [~] " in result.stdout
        assert names_in(folder) == [f"{BAD}.txt"]


def test_names_are_repaired_and_undone(folder: Path) -> None:
    write(folder, **{f"{BAD}.txt": BAD.encode()})
    assert run("fix", "--names", "--unsafe-fixes", ".").exit_code == 0
    assert (folder / f"{GOOD}.txt").read_text() == GOOD
    assert not (folder / f"{BAD}.txt").exists()
    assert run("undo").exit_code == 0
    assert (folder / f"{BAD}.txt").read_text() == BAD
    assert not (folder / f"{GOOD}.txt").exists()


def test_another_file_of_that_name_is_not_overwritten(folder: Path) -> None:
    write(folder, **{f"{BAD}.txt": b"one", f"{GOOD}.txt": b"other"})
    result = run("fix", "--names", "--unsafe-fixes", ".")
    assert result.exit_code == 2
    assert f"{BAD}.txt: not renamed: there is another {GOOD}.txt\n" in result.stderr
    assert (folder / f"{BAD}.txt").read_text() == "one"
    assert (folder / f"{GOOD}.txt").read_text() == "other"


def test_names_that_are_right_stay(folder: Path) -> None:
    names = ["caf\u00e9", "\u6c49\u5b57", "\u00c3gua", "it\u2019s", "na\u00efve \u2013 \u00fcber"]
    write(folder, **dict.fromkeys(names, b""))
    assert run("fix", "--names", "--unsafe-fixes", ".").exit_code == 0
    assert names_in(folder) == sorted(names)


# The journal


@given(st.lists(st.tuples(st.binary(max_size=50), st.binary(max_size=50)), min_size=1, max_size=5))
def test_a_journal_says_what_was_recorded(pairs: list[tuple[bytes, bytes]]) -> None:
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        record = Journal(name)
        for number, (old, new) in enumerate(pairs):
            record.record([(f"{name}/{number}", old, new)])
        record.close()
        told = list(changes(name, record.run))
    assert [(c.path, c.before) for c in reversed(told)] == [
        (str(number), old) for number, (old, _) in enumerate(pairs)
    ]


@pytest.mark.parametrize("cut", [2, 10, 100])
def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path, cut: int) -> None:
    record = Journal(str(tmp_path))
    record.record(
        [(str(tmp_path / "a"), b"old a", b"new a"), (str(tmp_path / "b"), b"old", b"new")]
    )
    record.close()
    path = tmp_path / ".textrepair" / "undo" / f"{record.run}.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    assert [change.path for change in changes(str(tmp_path), record.run)] == ["a"]


def test_bytes_that_are_not_what_was_recorded_are_not_restored(tmp_path: Path) -> None:
    record = Journal(str(tmp_path))
    record.record([(str(tmp_path / "a"), b"old", b"new")])
    record.close()
    path = tmp_path / ".textrepair" / "undo" / f"{record.run}.jsonl"
    head, line, _ = path.read_bytes().split(b"\n")
    entry = json.loads(line) | {"before_sha256": "0" * 64}
    path.write_bytes(head + b"\n" + json.dumps(entry).encode() + b"\n")
    assert list(changes(str(tmp_path), record.run)) == []


def test_old_runs_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_RUNS", 3)
    names = []
    for _ in range(5):
        record = Journal(str(tmp_path))
        record.record([(str(tmp_path / "a"), b"old", b"new")])
        record.close()
        names.append(record.run)
    assert len(set(names)) == 5
    assert runs(str(tmp_path)) == sorted(names)[-3:]


# A process that is killed


FILES = 60


def start_fix(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "repair.cli", "fix", "--quiet", "--jobs", "1", "."]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.mark.parametrize("after", [0.3, 0.5, 0.7, 0.9, 1.2])
def test_whenever_it_is_killed_no_file_is_lost_and_all_can_be_undone(
    folder: Path, after: float
) -> None:
    old = (f"{BAD}\n" * 2000).encode()
    new = (f"{GOOD}\n" * 2000).encode()
    names = [f"{number}.md" for number in range(FILES)]
    write(folder, **dict.fromkeys(names, old))
    process = start_fix(folder)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert {(folder / name).read_bytes() for name in names} <= {old, new}
    if runs("."):
        assert run("undo").exit_code == 0
    assert {(folder / name).read_bytes() for name in names} == {old}
