"""Files are found in order and written so that nothing else about them changes."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from repair.adapters.files import Unreadable, walk, write

OLD = b"old content, " * 1000
NEW = b"new content, " * 2000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, as those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def found(folder: Path, *paths: str) -> list[str]:
    prefix = f"{folder}/"
    given = [prefix + path for path in paths] or [str(folder)]
    return [path.removeprefix(prefix) for path in walk(given) if isinstance(path, str)]


# Walking


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
    run = as_nobody("print(*files.walk([path]), sep='\\n')", open_folder)
    assert run.stdout.splitlines() == [
        str(open_folder / "open"),
        str(Unreadable(str(open_folder / "closed"), "permission denied")),
    ], run.stderr


# Writing


def test_content_is_replaced_and_no_other_file_is_left(file: Path) -> None:
    write(str(file), NEW)
    assert file.read_bytes() == NEW
    assert names(file.parent) == ["file.txt"]


@pytest.mark.parametrize("mode", [0o640, 0o755, 0o600, 0o4755])
def test_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    write(str(file), NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_stays_and_so_does_setuid(file: Path) -> None:
    os.chown(file, 12345, 23456)
    file.chmod(0o4755)
    write(str(file), NEW)
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o4755)


def test_extended_attributes_stay(file: Path) -> None:
    try:
        os.setxattr(file, "user.note", b"kept")
    except (OSError, AttributeError):
        pytest.skip("this disk has no extended attributes")
    write(str(file), NEW)
    assert os.getxattr(file, "user.note") == b"kept"


def test_a_link_still_points_to_the_file(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to("file.txt")
    write(str(link), NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_all_names_of_a_file_get_the_new_content(file: Path) -> None:
    other = file.with_name("other")
    other.hardlink_to(file)
    write(str(file), NEW)
    assert other.read_bytes() == NEW
    assert other.samefile(file)


def test_a_shorter_content_leaves_no_rest_behind(file: Path) -> None:
    file.with_name("other").hardlink_to(file)
    write(str(file), b"short")
    assert file.read_bytes() == b"short"


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        write(str(tmp_path / "pipe"), NEW)


def test_a_file_that_may_not_be_written_is_not_replaced_either(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    path = open_folder / "file"
    path.write_bytes(OLD)
    path.chmod(0o444)
    run = as_nobody("files.write(path, b'')", path)
    assert "PermissionError" in run.stderr
    assert path.read_bytes() == OLD


def test_where_no_file_can_be_made_the_old_one_is_filled(open_folder: Path) -> None:
    path = open_folder / "file"
    path.write_bytes(OLD)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    inode = path.stat().st_ino
    run = as_nobody("files.write(path, b'x')", path)
    assert run.stderr == ""
    assert (path.read_bytes(), path.stat().st_ino) == (b"x", inode)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a file of somebody else")
def test_the_file_of_somebody_else_stays_theirs(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    path = open_folder / "file"
    path.write_bytes(OLD)
    path.chmod(0o666)
    run = as_nobody("files.write(path, b'x')", path)
    assert run.stderr == ""
    assert (path.read_bytes(), path.stat().st_uid) == (b"x", 0)
    assert names(open_folder) == ["file"]


@pytest.mark.parametrize("names_of_file", [1, 2])
@pytest.mark.parametrize("room", [0, 1, len(OLD) - 1, len(OLD), len(OLD) + 1, len(NEW) - 1])
def test_a_full_disk_leaves_the_file_as_it_was(file: Path, room: int, names_of_file: int) -> None:
    if names_of_file > 1:
        file.with_name("other").hardlink_to(file)
    before = names(file.parent)
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    run = python(f"import resource; {limit}; files.write(path, b'new content, ' * 2000)", file)
    assert "File too large" in run.stderr
    assert file.read_bytes() == OLD
    assert names(file.parent) == before


def as_nobody(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run code as a user for whom permissions count; root has them all."""
    drop = "import os; os.geteuid() or (os.setgid(65534), os.setuid(65534))"
    return python(f"{drop}; {code}", path)


def python(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run code that uses ``files`` and ``path``, and writes no compiled modules."""
    code = f"from repair.adapters import files; path = {str(path)!r}; {code}"
    return subprocess.run(
        [sys.executable, "-B", "-c", code], check=False, capture_output=True, text=True
    )
