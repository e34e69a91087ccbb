"""Folders are walked in order, and what git ignores or nobody wants is passed over."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from repair.adapters.files import Unreadable
from repair.adapters.folders import Selection, walk
from repair.adapters.patterns import Patterns, matches
from repair.cli import large, look
from repair.cli.settings import Settings
from repair.reports.outcomes import Checked, Skipped
from tests.test_files import as_nobody


def found(folder: Path, *paths: str, **selection: Any) -> list[str]:
    prefix = f"{folder}/"
    given = [prefix + path for path in paths] or [str(folder)]
    walked = walk(given, Selection(str(folder), **selection))
    return [path.removeprefix(prefix) for path in walked if isinstance(path, str)]


def build(folder: Path, tree: dict[str, str]) -> None:
    for path, text in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def test_folders_are_walked_in_order_of_names(tmp_path: Path) -> None:
    for path in ("b/2", "b/1", "a/z/deep", "a/y", "c", "A"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert found(tmp_path) == ["A", "c", "a/y", "a/z/deep", "b/1", "b/2"]


def test_what_is_hidden_is_passed_over_unless_it_is_given(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").touch()
    (tmp_path / ".env").touch()
    (tmp_path / "seen").touch()
    assert found(tmp_path) == ["seen"]
    assert found(tmp_path, hidden=True) == [".env", "seen"]
    assert found(tmp_path, ".env", ".git") == [".env", ".git/config"]


def test_a_loop_of_links_ends_and_links_are_followed_only_when_given(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    (tmp_path / "folder" / "loop").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert found(tmp_path) == ["folder/file"]
    assert found(tmp_path, "link") == ["link"]
    assert found(tmp_path, "self") == ["self"]  # reading it gives the error


def test_sockets_and_pipes_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert found(tmp_path) == []


def test_each_file_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    given = [str(tmp_path / "a"), str(tmp_path), f"{tmp_path}/../{tmp_path.name}/a"]
    assert list(walk(given)) == [str(tmp_path / "a")]


def test_a_folder_that_cannot_be_listed_is_named_and_the_rest_is_done(open_folder: Path) -> None:
    (open_folder / "closed").mkdir(mode=0)
    (open_folder / "open").touch()
    run = as_nobody("print(*folders.walk([path]), sep='\\n')", open_folder)
    assert run.stdout.splitlines() == [
        str(open_folder / "open"),
        str(Unreadable(str(open_folder / "closed"), "permission denied")),
    ], run.stderr


def test_so_is_one_that_was_given_and_may_not_be_searched(open_folder: Path) -> None:
    (open_folder / "closed").mkdir(mode=0)
    code = "import os; os.chdir(path); print(*folders.walk(['closed', 'closed/inside']), sep='\\n')"
    run = as_nobody(code, open_folder)
    assert run.stdout.splitlines() == [
        str(Unreadable("closed", "permission denied")),
        "closed/inside",  # which shows when it is read
    ], run.stderr


def test_what_is_passed_over_is_told_with_its_reason(tmp_path: Path) -> None:
    names = (".hidden", "skipped.md", "ignored", "other.py", "kept.md")
    build(tmp_path, {".gitignore": "ignored\n"} | dict.fromkeys(names, ""))
    (tmp_path / "link").symlink_to("kept.md")
    os.mkfifo(tmp_path / "pipe")
    told: dict[str, str] = {}
    selection = Selection(str(tmp_path), Patterns(["*.md"]), Patterns(["skipped*"]))
    assert list(walk([str(tmp_path)], selection, told.__setitem__)) == [f"{tmp_path}/kept.md"]
    assert {Path(path).name: why for path, why in told.items()} == {
        ".gitignore": "hidden",
        ".hidden": "hidden",
        "skipped.md": "excluded",
        "ignored": "ignored by git",
        "other.py": "not included",
        "link": "symbolic link",
        "pipe": "no regular file",
    }


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(
        ["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def test_a_further_work_tree_has_the_patterns_of_the_first(tmp_path: Path) -> None:
    build(tmp_path / "first", {"a.md": ""})
    git(tmp_path / "first", "init", "-q")
    git(tmp_path / "first", "add", ".")
    git(tmp_path / "first", "commit", "-qm", "begin")
    git(tmp_path / "first", "worktree", "add", "-q", "../second")
    (tmp_path / "first" / ".git" / "info" / "exclude").write_text("b.md\n")
    (tmp_path / "second" / "b.md").touch()
    assert git(tmp_path / "second", "ls-files", "--others", "--exclude-standard") == ""
    assert found(tmp_path / "second") == ["a.md"]


def test_a_repository_inside_another_is_not_ruled_by_it(tmp_path: Path) -> None:
    build(
        tmp_path,
        {
            ".gitignore": "*.log\n",
            ".ignore": "*.tmp\n",
            "a.log": "",
            "inner/b.log": "",
            "inner/b.tmp": "",
            "inner/.gitignore": "c\n",
            "inner/c": "",
        },
    )
    git(tmp_path, "init", "-q")
    git(tmp_path / "inner", "init", "-q")
    listed = git(tmp_path / "inner", "ls-files", "--others", "--exclude-standard").split()
    assert listed == [".gitignore", "b.log", "b.tmp"]
    assert found(tmp_path) == ["inner/b.log"]  # .ignore is not git's


def test_names_that_are_no_text_are_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\xff")
    (tmp_path / name).touch()
    build(tmp_path, {".gitignore": "*.x\n"})
    assert found(tmp_path) == [name]


# What git ignores

WORDS = st.sampled_from(["a", "b", "ab", "a.x", "b.x", "a b", "c.y", "abc", "]", "-"])
PATHS = st.lists(WORDS, min_size=1, max_size=3).map("/".join)
# But for `a**`: git cuts off the letters in front and takes the stars for the beginning.
PATTERN = st.one_of(
    WORDS,
    st.sampled_from(["*.x", "*", "a*", "?b", "[ab]", "[!a]*", "*.y", "a.*", "**", "\\a", "a\\*"]),
    st.sampled_from(
        ["[a-c]*", "[[:alpha:]]?", "[]a]", "[\\]b]", "[c-a]", "[^b-]", "a[", "[[:no:]]"]
    ),
    st.sampled_from(["***", "?", "??", "[!]]", "[a-", "[[:a]", "*b*", "\\"]),
)
LINES = st.builds(
    lambda negated, front, parts, end: negated + front + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/", "**/"]),
    st.lists(PATTERN, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "/**", "/*", " ", "\\ ", "\r"]),
) | st.sampled_from(["", "# a", "\\#a", "\\!a", "!", "/", "**", "[", "a[", " "])
FILES = st.dictionaries(
    st.sampled_from([".gitignore", "a/.gitignore", "ab/.gitignore", "a/b/.gitignore"]),
    st.lists(LINES, min_size=1, max_size=5).map("\n".join),
    max_size=3,
)


def git_sees(folder: Path) -> list[str]:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    listed = ["git", "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore"]
    done = subprocess.run(listed, cwd=folder, check=True, capture_output=True)
    return sorted(os.fsdecode(done.stdout).split("\0")[:-1])


@example(["a.x/a"], {".gitignore": "a\n!a.*"})
@example(["a/b", "a/ab"], {".gitignore": "a/**\n!a/ab"})
@example(["a/b", "b"], {".gitignore": "*/"})
@example(["a", "b "], {".gitignore": "a\r\nb\\ \r\n"})
@given(st.lists(PATHS, min_size=1, max_size=12), FILES)
@with_settings(max_examples=150, deadline=None)
def test_what_git_ignores_is_passed_over_and_nothing_else(
    paths: list[str], files: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in [*paths, *files]:
            if (
                not any((folder / f).is_file() for f in Path(path).parents)
                and not (folder / path).is_dir()
            ):
                build(folder, {path: files.get(path, "")})
        assert sorted(found(folder, hidden=True)) == git_sees(folder)


def test_files_around_the_folder_hold_up_to_the_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    tree = {
        "../.gitignore": "of_nobody\n",
        ".git/info/exclude": "excluded\n*.log\n",
        ".gitignore": "/sub/deep/anchored\n!kept.log\n*.bak\n",
        "sub/.gitignore": "by_sub\n",
        "sub/deep/.ignore": "!x.bak\n",
    }
    names = "of_nobody excluded x.log kept.log anchored by_sub x.bak y.bak"
    build(repository, tree | {f"sub/deep/{name}": "" for name in names.split()})
    seen = ["kept.log", "of_nobody", "x.bak"]
    assert found(repository / "sub" / "deep") == seen
    assert found(repository) == [f"sub/deep/{name}" for name in seen]
    assert len(found(repository / "sub" / "deep", gitignore=False)) == len(names.split())


def test_a_folder_that_is_given_is_walked_though_it_is_ignored(tmp_path: Path) -> None:
    build(tmp_path, {".git/x": "", ".gitignore": "build/\n", "build/a": ""})
    assert found(tmp_path) == []
    assert found(tmp_path, "build") == ["build/a"]
    assert found(tmp_path, "build/a") == ["build/a"]


@pytest.mark.parametrize("start", ["{}", "{}/", "{}//", "{}/../tree", "{}/./"])
def test_a_folder_can_be_named_in_many_ways(start: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    build(tree, {".gitignore": "/a\n/sub/b\n", "a": "", "sub/a": "", "sub/b": "", "c.txt": ""})
    selection = Selection(str(tree), exclude=Patterns(["/c.txt"]))
    walked = walk([start.format(tree)], selection)
    assert [os.path.relpath(str(path), tree) for path in walked] == ["sub/a"]


# What a project excludes


@pytest.mark.parametrize(
    ("include", "exclude", "paths"),
    [
        ([], ["vendor"], ["a.md", "src/b.py", "src/c.md"]),
        ([], ["/src/"], ["a.md", "vendor/d.md"]),
        ([], ["*.md", "!a.md"], ["a.md", "src/b.py"]),
        (["*.md"], [], ["a.md", "src/c.md", "vendor/d.md"]),
        (["/src"], [], ["src/b.py", "src/c.md"]),
        (["*.md"], ["src/**"], ["a.md", "vendor/d.md"]),
    ],
)
def test_include_and_exclude(
    include: list[str], exclude: list[str], paths: list[str], tmp_path: Path
) -> None:
    build(tmp_path, dict.fromkeys(["a.md", "src/b.py", "src/c.md", "vendor/d.md"], ""))
    chosen = {"include": Patterns(include), "exclude": Patterns(exclude)}
    assert found(tmp_path, **chosen) == paths
    inner = [path for path in paths if path.startswith("src/")]
    if exclude == ["/src/"]:  # a folder that is named is not itself excluded
        inner = ["src/b.py", "src/c.md"]
    assert found(tmp_path, "src", **chosen) == inner


def test_what_is_named_is_excluded_by_force_only(tmp_path: Path) -> None:
    build(tmp_path, {"vendor/a/b.md": "", "c.md": ""})
    exclude = Patterns(["vendor"])
    given = ("vendor/a/b.md", "c.md")
    assert found(tmp_path, *given, exclude=exclude) == list(given)
    assert found(tmp_path, *given, exclude=exclude, force_exclude=True) == ["c.md"]


def test_paths_outside_match_by_name() -> None:
    assert matches(Patterns(["vendor"]), "home/me/vendor/a.md")
    assert not matches(Patterns(["/vendor"]), "home/me/vendor/a.md")


# Large files


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "HUGE", 1000)
    monkeypatch.setattr(large, "BLOCK", 300)


CLEAN = "The caf\u00e9 on the corner \u2014 \u6c49\u5b57.\n"


MOJIBAKE = "caf\u00c3\u00a9 exam\u200bple\n"


@pytest.fixture
def wholes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were judged as a whole."""
    seen: list[str] = []
    read = look.Looker._read

    def counting(self: look.Looker, name: str, size: int) -> bytes | None:
        seen.append(name)
        return read(self, name, size)

    monkeypatch.setattr(look.Looker, "_read", counting)
    return seen


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    ("data", "as_a_whole"),
    [
        ((CLEAN * 100).encode(), False),
        ((CLEAN * 100 + "no line end").encode(), False),
        ((CLEAN * 100 + MOJIBAKE).encode(), False),
        ((CLEAN * 100 + MOJIBAKE.strip()).encode(), False),
        ((MOJIBAKE + CLEAN * 100 + MOJIBAKE * 20).encode(), False),
        ((MOJIBAKE + CLEAN * 100 + MOJIBAKE * 20).encode("utf-8-sig"), False),
        ((CLEAN * 50).encode() + b"stray \xff byte\n" + (MOJIBAKE + CLEAN * 50).encode(), False),
        ("caf\u00e9 d\u00e9j\u00e0 vu\n".encode("cp1252") * 100, True),
        (("<?xml version='1.0' encoding='utf-8'?>\n" + CLEAN * 100).encode(), False),
        (("<?xml version='1.0' encoding='latin1'?>\n" + "a\n" * 300 + CLEAN).encode(), True),
        ((CLEAN * 100 + ("# coding: latin-1\n" + CLEAN) * 50).encode(), True),  # a block begins so
        ((CLEAN.strip() * 100).encode(), True),  # no lines
        (("# textrepair: ignore-file\n" + CLEAN * 100 + MOJIBAKE).encode(), True),
        ("caf\u00e9 d\u00e9j\u00e0 vu \x01\n".encode("latin-1") * 100, True),
        (
            ("plain\n" * 200).encode()
            + "caf\u00e9 d\u00e9j\u00e0 vu \x01\n".encode("latin-1") * 100,
            True,
        ),
    ],
)
def test_a_large_file_is_judged_in_blocks_with_the_same_result(
    tmp_path: Path, wholes: list[str], data: bytes, *, as_a_whole: bool
) -> None:
    path = tmp_path / "large"
    path.write_bytes(data)
    looker = look.Looker(Settings())
    looked = looker.look(str(path))
    assert bool(wholes) == as_a_whole
    whole = looker.judge(str(path), str(path), data)
    if isinstance(looked.outcome, Checked) and isinstance(whole.outcome, Checked):
        result, expected = looked.outcome.result, whole.outcome.result
        assert (result.findings, result.remaining) == (expected.findings, expected.remaining)
        assert (result.edits, result.text, result.data) == (
            expected.edits,
            expected.text,
            expected.data,
        )
        assert result.decoded is not None
        assert expected.decoded is not None
        assert result.decoded.segments == expected.decoded.segments
        assert result.decoded.bom == expected.decoded.bom
    else:
        assert looked.outcome == whole.outcome


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            (CLEAN * 100 + MOJIBAKE + CLEAN * 3 + MOJIBAKE).encode(),
            "too large to be shown or repaired (0 MB): 4 findings, the first in line 101 (M101); ",
        ),
        (
            CLEAN.strip().encode() * 100,
            "too large to be looked at (0 MB, and not in lines of UTF-8): ",
        ),
        (
            "caf\u00e9 d\u00e9j\u00e0 vu \x01\n".encode("latin-1") * 200,
            "too large to be shown or repaired (0 MB): damaged in line 1 (",
        ),
    ],
)
def test_what_is_damaged_and_too_large_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str
) -> None:
    monkeypatch.setattr(large, "WHOLE", 2000)
    path = tmp_path / "large"
    path.write_bytes(data)
    looked = look.Looker(Settings()).look(str(path))
    assert looked.outcome == Skipped(str(path), "unreadable")
    assert looked.trouble.startswith(said)
    assert "cut it at ends of lines" in looked.trouble
    assert path.read_bytes() == data


@pytest.mark.usefixtures("small_blocks")
def test_what_is_clean_is_never_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "WHOLE", 2000)
    path = tmp_path / "large"
    path.write_text(CLEAN * 1000)
    assert look.Looker(Settings()).look(str(path)) == look.Looked(str(path), None)


@pytest.mark.usefixtures("small_blocks")
def test_the_memory_of_a_large_clean_file_is_that_of_a_block(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"plain words\n" * 100_000)
    looker = look.Looker(Settings())
    tracemalloc.start()
    looker.look(str(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < path.stat().st_size / 4


@pytest.mark.usefixtures("small_blocks")
def test_a_large_file_in_wide_characters_is_read_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_text("caf\u00c3\u00a9\n" * 300, encoding="utf-16")
    outcome = look.Looker(Settings()).look(str(path)).outcome
    assert isinstance(outcome, Checked)
    assert len(outcome.result.findings) == 300


def test_a_device_that_is_given_is_passed_over() -> None:
    outcome = look.Looker(Settings()).look("/dev/zero").outcome
    assert outcome == Skipped("/dev/zero", "no regular file")


def test_a_pipe_that_is_given_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["sh", "-c", f"echo fine > {tmp_path}/pipe"]):
        assert look.Looker(Settings()).look(str(tmp_path / "pipe")).outcome is None
