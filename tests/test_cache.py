"""What was found clean is not read again, and what may have changed always is."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from repair.adapters import cache
from repair.adapters.cache import Cache, begun, digest, is_settled, stamp
from repair.cli.app import app
from repair.cli.look import Looker

BAD = "caf\u00c3\u00a9"
LONG_AGO = time.time() - 3600
KNOWN = ((1, 2, 3, 4), b"d" * 16, "clean")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("TEXTREPAIR_CACHE_DIR", str(tmp_path / "cache"))
    # The change time cannot be set back, so the clock is set forward
    monkeypatch.setattr(cache, "now", lambda: time.time_ns() + 10**10)
    return tmp_path / "work"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were looked at."""
    seen: list[str] = []
    judge = Looker.judge

    def counting(self: Looker, path: str, name: str, data: bytes) -> Any:
        seen.append(path)
        return judge(self, path, name, data)

    monkeypatch.setattr(Looker, "judge", counting)
    return seen


def check(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *args], prog_name="textrepair")
    assert result.stderr == ""
    return result.exit_code, result.stdout


def test_a_file_is_looked_at_once(folder: Path, judged: list[str]) -> None:
    (folder / "a").write_text("fine")
    (folder / "b").write_text(BAD)
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    reports = {check(".") for _ in range(3)}
    assert judged == ["a", "b", "c.png"]
    assert len(reports) == 1  # and says the same each time
    check("--no-cache", ".")
    assert judged[-3:] == ["a", "b", "c.png"]


def test_a_file_that_was_changed_is_looked_at(folder: Path, judged: list[str]) -> None:
    path = folder / "a"
    path.write_text("fine")
    check(".")
    path.write_text("also fine")
    check(".")
    assert judged == ["a", "a"]


def test_a_change_that_hides_is_seen(folder: Path) -> None:
    """Of the same size, and with the old times set back."""
    path = folder / "a"
    path.write_text("cafe!!!")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert check(".")[0] == 0
    old = path.stat()
    path.write_text(BAD)
    assert path.stat().st_size == old.st_size
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert check(".")[0] == 1


def test_a_change_just_after_it_was_read_is_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within one tick of the file system's clock all of the stamp may stay the same."""
    monkeypatch.setattr(cache, "now", time.time_ns)
    path = folder / "a"
    path.write_text("fine")
    check(".")
    (file,) = Path(os.environ["TEXTREPAIR_CACHE_DIR"]).rglob("*.cache")
    known = Cache(file.parent.parent, str(folder), bytes.fromhex(file.stem))
    assert known.verdict("a", path.stat()) is None
    assert list(known.digests.values()) == ["clean"]  # what was read is known all the same


def test_the_same_content_with_other_times_is_not_judged_again(
    folder: Path, judged: list[str]
) -> None:
    path = folder / "a"
    path.write_text("fine")
    check(".")
    os.utime(path, (1, 1))
    assert check(".") == (0, "Nothing found in 1 file.\n")
    assert judged == ["a"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["--ignore", "M"], []),
        (["--select", "B"], ["--select", "B,M"]),
        (["--preset", "source"], []),
        ([], ["--target-encoding", "utf-16"]),
    ],
)
def test_another_configuration_asks_anew(folder: Path, first: list[str], second: list[str]) -> None:
    (folder / "a").write_text(f"{BAD}\n" if second != ["--target-encoding", "utf-16"] else "fine")
    assert check(*first, ".")[0] == 0
    assert check(*second, ".")[0] == 1


def test_how_far_to_go_makes_no_difference(folder: Path, judged: list[str]) -> None:
    (folder / "a").write_text("fine")
    check(".")
    check("--unsafe-fixes", ".")
    assert judged == ["a"]


def test_a_name_says_what_belongs_in_a_text(folder: Path, judged: list[str]) -> None:
    (folder / "a.txt").write_text("fine")
    check(".")
    (folder / "a.txt").rename(folder / "a.html")
    check(".")
    assert judged == ["a.txt", "a.html"]


def test_what_is_ignored_in_some_files_is_not_ignored_in_others(folder: Path) -> None:
    (folder / "textrepair.toml").write_text("per-file-ignores = { 'x/' = ['M'] }\n")
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "a").write_text(BAD)
    assert check("x")[0] == 0
    assert check("x", "y")[0] == 1


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:], lambda _: b""]
)
def test_a_damaged_cache_is_no_cache(folder: Path, judged: list[str], change: Any) -> None:
    (folder / "a").write_text("fine")
    check(".")
    (file,) = Path(os.environ["TEXTREPAIR_CACHE_DIR"]).rglob("*.cache")
    file.write_bytes(change(file.read_bytes()))
    assert check(".")[0] == 0
    assert judged == ["a", "a"]


def test_a_cache_that_cannot_be_written_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a").write_text("fine")
    monkeypatch.setenv("TEXTREPAIR_CACHE_DIR", str(folder / "a"))
    assert check("a") == (0, "Nothing found in 1 file.\n")


def test_what_was_not_seen_this_time_is_kept(tmp_path: Path) -> None:
    first = Cache(tmp_path, "here", b"c")
    first.remember("a", KNOWN)
    first.save()
    second = Cache(tmp_path, "here", b"c")
    second.remember("b", KNOWN)
    second.save()
    third = Cache(tmp_path, "here", b"c")
    third.remember("c", KNOWN)
    third.save()
    assert sorted(Cache(tmp_path, "here", b"c")._files) == ["a", "b", "c"]


def test_caches_do_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(6):
        known = Cache(tmp_path, "here", b"c")
        known.remember(str(number), KNOWN)
        known.save()
    assert len(Cache(tmp_path, "here", b"c")._files) == 3
    for number in range(9):
        known = Cache(tmp_path, "here", bytes([number]))
        known.remember("a", KNOWN)
        known.save()
    assert len(list(tmp_path.rglob("*.cache"))) == cache.MOST_CONFIGURATIONS


def test_a_file_is_settled_after_the_coarsest_tick(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    status = (tmp_path / "a").stat()
    changed = stamp(status)[1]
    assert not is_settled(status, changed + cache.SETTLED)
    assert is_settled(status, changed + cache.SETTLED + 1)


def test_digests_tell_contents_and_circumstances_apart() -> None:
    circumstances = [
        (b"x", "a"),
        (b"x", "b"),
        (b"xb", ""),
        (b"xa", ""),
        (b"", "xa"),
        (b"\0", "\udcff"),
    ]
    several = {
        digest(begun(common), own, data)
        for data in (b"", b"a", b"\0")
        for common, own in circumstances
    }
    assert len(several) == 18


def test_the_program_is_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one = cache.tool_fingerprint()
    assert cache.tool_fingerprint() == one
    monkeypatch.setattr(sys, "version", "another")
    assert cache.tool_fingerprint() != one
