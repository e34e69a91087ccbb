"""Files are written so that nothing else about them changes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from repair.adapters.files import rename, write

OLD = b"old content, " * 1000
NEW = b"new content, " * 2000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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


def test_two_names_of_a_file_may_be_written_at_the_same_time(file: Path) -> None:
    other = file.with_name("other.txt")
    other.hardlink_to(file)
    with ThreadPoolExecutor(2) as writers:
        for turn in range(50):
            file.write_bytes(NEW)
            new = OLD[turn:]
            done = [writers.submit(write, str(name), new, old=NEW) for name in (file, other)]
            assert [each.result() for each in done] == [None, None]
            assert other.read_bytes() == new


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
    """Run code that uses ``files``, ``folders`` and ``path``, and writes no compiled modules."""
    # as another user nothing of ours can be imported any more
    code = (
        f"import tempfile; from repair.adapters import files, folders; path = {str(path)!r}; {code}"
    )
    return subprocess.run(
        [sys.executable, "-B", "-c", code], check=False, capture_output=True, text=True
    )


# What happens meanwhile


@pytest.mark.parametrize("names_of_file", [1, 2])
@pytest.mark.parametrize("now", [b"", OLD + b".", OLD.replace(b"old", b"odd")])
def test_a_file_that_was_changed_meanwhile_is_left(
    file: Path, now: bytes, names_of_file: int
) -> None:
    if names_of_file > 1:
        file.with_name("other").hardlink_to(file)
    file.write_bytes(now)  # since OLD was read
    before = names(file.parent)
    with pytest.raises(OSError, match="it was changed meanwhile"):
        write(str(file), NEW, old=OLD)
    assert file.read_bytes() == now
    assert names(file.parent) == before


def test_a_file_that_is_as_it_was_read_is_written(file: Path) -> None:
    write(str(file), NEW, old=OLD)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("names_of_file", [1, 2])
def test_a_file_that_holds_the_new_content_already_is_no_trouble(
    file: Path, names_of_file: int
) -> None:
    if names_of_file > 1:
        file.with_name("other").hardlink_to(file)
    file.write_bytes(NEW)
    write(str(file), NEW, old=OLD)
    assert file.read_bytes() == NEW


def test_a_file_that_was_removed_meanwhile_does_not_come_back(file: Path) -> None:
    file.unlink()
    with pytest.raises(FileNotFoundError):
        write(str(file), NEW, old=OLD)
    assert names(file.parent) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for one old content and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20k", "tmpfs", str(disk)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except OSError:
        done = None
    if done is None or done.returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("names_of_file", [1, 2])
def test_a_disk_without_room_leaves_the_file_as_it_was(
    small_disk: Path, names_of_file: int
) -> None:
    path = small_disk / "file"
    path.write_bytes(OLD)
    if names_of_file > 1:
        (small_disk / "other").hardlink_to(path)
    before = names(small_disk)
    with pytest.raises(OSError, match="No space left"):
        write(str(path), NEW, old=OLD)
    assert path.read_bytes() == OLD
    assert names(small_disk) == before


def test_a_killed_process_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = {OLD * 50, NEW * 50}
    path.write_bytes(OLD * 50)
    code = (
        "import itertools\n"
        f"for data in itertools.cycle([{NEW!r} * 50, {OLD!r} * 50]): files.write(path, data)"
    )
    code = f"from repair.adapters import files; path = {str(path)!r}\n{code}"
    for moment in (0.25, 0.3, 0.35, 0.4):
        process = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(moment)
        process.kill()
        process.wait()
        assert path.read_bytes() in contents


# Names


def test_a_file_gets_another_name(file: Path) -> None:
    rename(str(file), str(file.with_name("other")))
    assert names(file.parent) == ["other"]


def test_a_file_is_not_put_in_the_place_of_another(file: Path) -> None:
    file.with_name("other").write_bytes(NEW)
    with pytest.raises(FileExistsError):
        rename(str(file), str(file.with_name("other")))
    assert file.read_bytes() == OLD
    assert file.with_name("other").read_bytes() == NEW
