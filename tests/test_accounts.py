"""Findings that come from the cache are those that were found."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from repair.adapters import accounts, cache
from repair.cli.app import app
from repair.cli.look import Looker
from repair.config import Config
from repair.engine import repair_bytes
from repair.reports import FORMATS

BAD = "caf\u00c3\u00a9 exam\u200bple"
CONTENTS = {
    "utf8.md": f"{BAD}\r\nplain\n".encode(),
    "mark.txt": b"\xef\xbb\xbf" + BAD.encode(),
    "wide.txt": f"{BAD}\n".encode("utf-16"),
    "latin.txt": "d\u00e9j\u00e0 vu, na\u00efve caf\u00e9 \x92\n".encode("latin-1") * 5,
    "mixed.txt": "\u4e2d\u6587 caf\u00e9\n".encode() * 4
    + "caf\u00e9 cr\u00e8me br\u00fbl\u00e9e\n".encode("cp1252") * 3,
    "cut.txt": "\u4e2d\u6587".encode()[:-1],
    "quotes.txt": "\u201cexam\u200bple\u201d \u00e9t\u00e9\n".encode("utf-8") + b"\xff\n",
    "ignore.py": b"x = 1  # textrepair: ignore[M101]\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("TEXTREPAIR_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "now", lambda: time.time_ns() + 10**10)
    for name, data in CONTENTS.items():
        (tmp_path / "work" / name).write_bytes(data)
    return tmp_path / "work"


def run(*args: str) -> tuple[int, bytes]:
    result = CliRunner().invoke(app, list(args), prog_name="textrepair")
    return result.exit_code, result.output_bytes


def nothing_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(*_args: object, **_options: object) -> None:
        pytest.fail("it was looked at")

    monkeypatch.setattr(Looker, "judge", judge)


@pytest.mark.parametrize("options", [[], ["--unsafe-fixes"], ["--target-encoding", "utf-8"]])
@pytest.mark.usefixtures("folder")
def test_reports_from_the_cache_are_the_same(
    monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    plain = {name: run("check", "--no-cache", "--format", name, *options, ".") for name in FORMATS}
    assert plain["text"][0] == 1
    run("check", *options, ".")
    nothing_is_judged(monkeypatch)
    known = {name: run("check", "--format", name, *options, ".") for name in FORMATS}
    assert known == plain


@pytest.mark.parametrize("options", [[], ["--unsafe-fixes"], ["--target-encoding", "utf-8"]])
def test_repairs_from_the_cache_are_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    def repaired() -> dict[str, bytes]:
        run("fix", *options, ".")
        return {name: (folder / name).read_bytes() for name in CONTENTS}

    fresh = repaired()
    assert fresh != CONTENTS
    for name, data in CONTENTS.items():
        (folder / name).write_bytes(data)
    run("check", *options, ".")
    nothing_is_judged(monkeypatch)
    assert repaired() == fresh


@pytest.mark.usefixtures("folder")
def test_how_far_to_go_is_asked_anew() -> None:
    reports = [run("check", "--no-cache", *o, ".") for o in ([], ["--unsafe-fixes"])]
    for _ in range(2):
        assert [run("check", *o, ".") for o in ([], ["--unsafe-fixes"])] == reports


def test_a_content_that_is_another_has_another_account(folder: Path) -> None:
    """Though its size and all of its times be the same, as after a restored snapshot."""
    path = folder / "utf8.md"
    run("check", ".")
    (file,) = Path(folder.parent, "cache").rglob("*.cache")
    known = cache.Cache(file.parent.parent, str(folder), bytes.fromhex(file.stem))
    _, digest, account = known._files["utf8.md"]
    assert isinstance(account, bytes)
    path.write_bytes(CONTENTS["utf8.md"].replace(b"plain", b"fancy"))
    known.remember("utf8.md", (cache.stamp(path.stat()), digest, account))
    known.save()
    code, report = run("check", "--format", "diff", "utf8.md")
    assert (code, b"plain" in report, b"fancy" in report) == (1, False, True)


def test_accounts_have_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ACCOUNTS", 300)
    (folder / "long.txt").write_text(f"{BAD}\n" * 1000)
    plain = run("check", "--no-cache", ".")
    assert [run("check", ".") for _ in range(2)] == [plain, plain]
    (file,) = Path(folder.parent, "cache").rglob("*.cache")
    known = cache.Cache(file.parent.parent, str(folder), bytes.fromhex(file.stem))
    kept = [verdict for _, _, verdict in known._files.values() if isinstance(verdict, bytes)]
    assert 0 < sum(map(len, kept)) <= 300
    assert "long.txt" not in known._files


@given(
    data=st.binary(max_size=40)
    | st.lists(st.sampled_from([BAD, "\n", "\r\n", "\ufeff", "\ud800", "\u0301", "&amp;"]))
    .map("".join)
    .map(lambda text: text.encode("utf-8", "surrogatepass")),
    unsafe=st.booleans(),
    target=st.sampled_from([None, "utf-8", "utf-16", "cp1252"]),
)
def test_the_same_result_comes_of_an_account(
    data: bytes, *, unsafe: bool, target: str | None
) -> None:
    config = Config(unsafe_fixes=unsafe, target_encoding=target)
    result = repair_bytes(data, config=config)
    account = accounts.packed(data, result, config.floor)
    assert account is not None
    assert accounts.unpacked(data, account, config.floor) == result
    assert accounts.unpacked(data, account, config.floor + 1) is None
