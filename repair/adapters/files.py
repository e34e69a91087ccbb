"""How to write a file so that nothing else about it changes."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that gives no text, and why."""

    path: str
    reason: str


def reason(error: OSError | ValueError) -> str:
    """What went wrong, without number and path."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def content(path: str, size: int) -> bytes:
    """Return all bytes of a file of about ``size`` bytes: at a third of what a file object takes.

    Raises:
        OSError: it cannot be read.
        ValueError: no file can have this name.
    """
    descriptor = os.open(path, _TO_READ)
    try:
        data = os.read(descriptor, size + 1)
        if len(data) == size:  # where it was asked for more, that is the end
            return data
        parts = [data]
        while part := os.read(descriptor, _BLOCK):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_BLOCK = 1 << 20


def write(path: str, data: bytes, *, old: bytes | None = None) -> None:
    """Replace the content of an existing file, and nothing else about it.

    ``old`` is what the file must still hold, if anything; it may hold ``data`` already, as a file
    does that has two names and was written by the other one.

    The file holds either the old or the new content at any moment. Mode, owner and extended
    attributes stay, a symbolic link still points to the file. A file with several names
    (hard links) is written in place, since another file would leave the other names behind; so is
    one whose folder or owner does not allow another. Then a crash, but not a full disk, may leave
    it half written.

    Raises:
        OSError: it could not be written, or was changed meanwhile; the content is left.
    """
    target = os.path.realpath(path)
    status = Path(target).stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", target)
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
    if status.st_nlink > 1 or not _replace(target, data, status, old):
        _overwrite(target, data, old)


def rename(old: str, new: str) -> None:
    """Give a file another name in its folder.

    Raises:
        FileExistsError: there is another file of that name.
        OSError: it could not be renamed.
    """
    try:
        os.link(old, new, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, or a folder: there is a moment between look and leap
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), new) from None
        Path(old).rename(new)
    else:
        Path(old).unlink()


def _still_holds(content: bytes, expected: tuple[bytes | None, bytes], target: str) -> None:
    if expected[0] is not None and content not in expected:
        raise OSError(errno.EBUSY, "it was changed meanwhile", target)


def _replace(target: str, data: bytes, status: os.stat_result, old: bytes | None) -> bool:
    """Put a new file in the place of ``target``; ``False`` if that would not be the same file."""
    import tempfile  # noqa: PLC0415 (10 ms, and most runs write nothing)

    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".textrepair-", dir=Path(target).parent)
    except PermissionError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as file:
            if not _dress(file.fileno(), target, status):
                return False
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:  # as late as can be
            _still_holds(Path(target).read_bytes(), (old, data), target)
        Path(temporary).replace(target)
        return True
    finally:
        Path(temporary).unlink(missing_ok=True)  # it has become the target, or is of no use


def _dress(descriptor: int, target: str, status: os.stat_result) -> bool:
    """Give a new file the owner, mode and attributes of ``target``; ``False`` if not allowed."""
    made = os.fstat(descriptor)
    try:
        if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
            os.fchown(descriptor, status.st_uid, status.st_gid)
        for name, value in _attributes(target):
            os.setxattr(descriptor, name, value)
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))  # last: a new owner clears setuid
    except PermissionError:
        return False
    return True


def _attributes(target: str) -> list[tuple[str, bytes]]:
    """Extended attributes, which hold access lists, where the system and the disk have them."""
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            return [(name, os.getxattr(target, name)) for name in os.listxattr(target)]
    return []


def _overwrite(target: str, data: bytes, expected: bytes | None) -> None:
    """Write in place, and put the old content back if that fails."""
    with Path(target).open("r+b", buffering=0) as file:
        _lock(file.fileno())  # the other name of a file may be written at the same time
        old = file.read()
        _still_holds(old, (expected, data), target)
        try:
            _fill(file.fileno(), data)
        except OSError:
            with suppress(OSError):  # what could not be written before has not been changed either
                _fill(file.fileno(), old)
            raise


def _lock(descriptor: int) -> None:
    """Wait until no other of our processes and threads writes the file; it is free once closed."""
    try:
        import fcntl  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    with suppress(OSError):  # a disk without locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _fill(descriptor: int, data: bytes) -> None:
    """Make ``data`` the content; the file is only shortened once all is written."""
    left = memoryview(data)
    while left:
        left = left[os.pwrite(descriptor, left, len(data) - len(left)) :]
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
