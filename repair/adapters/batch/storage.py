"""Where inputs and outputs are: on this machine, or wherever fsspec reaches."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from repair.adapters.batch.jobs import BatchError


class Entry(NamedTuple):
    """A file that was found."""

    path: str
    relative: str
    """To the folder that was named, or the name."""
    size: int
    mtime_ns: int
    """0 where the storage does not say; its other stamp is then in ``path``'s place."""


def is_remote(path: str) -> bool:
    """Whether a path is a URL."""
    return "://" in path


def filesystem(path: str) -> tuple[Any, str]:
    """Return the fsspec file system of a URL, and the path inside.

    Raises:
        BatchError: fsspec, or what it needs for this, is not installed.
    """
    try:
        import fsspec  # type: ignore[import-untyped] # noqa: PLC0415 (an extra)
    except ImportError:
        msg = "URLs need an extra: pip install 'textrepair[remote]'"
        raise BatchError(msg) from None
    try:
        found = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise BatchError(str(error)) from error
    return found[0], str(found[1])


def find(path: str) -> Iterator[Entry]:
    """Yield the files that a path, folder, pattern or URL stands for, by name.

    Raises:
        BatchError: there is nothing of that name.
    """
    found = sorted(_find_remote(path) if is_remote(path) else _find_local(path))
    if not found:
        msg = "there is no such file"
        raise BatchError(msg)
    yield from found


def _find_local(path: str) -> Iterator[Entry]:
    if Path(path).is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    yield _entry(os.path.join(folder, name), path)  # noqa: PTH118
    elif Path(path).exists():
        yield _entry(path, str(Path(path).parent))
    else:
        for match in glob.glob(path, recursive=True):  # noqa: PTH207
            if Path(match).is_file():
                yield _entry(match, os.path.commonpath([str(Path(match).parent), _stem(path)]))


def _stem(pattern: str) -> str:
    """The folder before the first wildcard."""
    fixed = pattern[: next(i for i, c in enumerate(pattern) if c in "*?[")]
    return str(Path(f"{fixed}x").parent)


def _entry(path: str, folder: str) -> Entry:
    status = Path(path).stat()
    return Entry(path, os.path.relpath(path, folder), status.st_size, status.st_mtime_ns)


def _find_remote(path: str) -> Iterator[Entry]:
    system, inside = filesystem(path)
    has_pattern = any(c in inside for c in "*?[")
    paths = system.glob(inside) if has_pattern else system.find(inside)
    base = inside.rpartition("/")[0] if has_pattern or paths == [inside] else inside
    for found in paths:
        info = system.info(found)
        relative = found[len(base) :].lstrip("/") if found.startswith(base) else found
        stamp = info.get("mtime") or info.get("LastModified") or info.get("created") or 0
        stamp = stamp.timestamp() if hasattr(stamp, "timestamp") else stamp
        name = system.unstrip_protocol(found)
        nanoseconds = int(float(stamp) * 1e9) if isinstance(stamp, (int, float)) else 0
        yield Entry(
            name, relative.rpartition("/")[2] or relative, int(info["size"] or 0), nanoseconds
        )


def open_input(path: str) -> IO[bytes]:
    """Open a file for reading."""
    if not is_remote(path):
        return open(path, "rb")  # noqa: PTH123 (the caller closes it)
    system, inside = filesystem(path)
    file: IO[bytes] = system.open(inside, "rb")
    return file


def joined(folder: str, relative: str) -> str:
    """Return the path of a file in a folder, which may be a URL."""
    return f"{folder.rstrip('/')}/{relative}"


@contextmanager
def output(path: str) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when it is whole, and is on the disk by then."""
    if is_remote(path):
        with _remote_output(path) as remote:
            yield remote
        return
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:  # noqa: PTH123
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
        sync_folder(str(Path(path).parent))
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108


@contextmanager
def _remote_output(path: str) -> Iterator[IO[bytes]]:
    """Object stores show a file when it is closed; others get it under another name first."""
    system, inside = filesystem(path)
    temporary = f"{inside}.{os.getpid()}.tmp"
    with suppress(OSError, NotImplementedError):
        system.makedirs(inside.rpartition("/")[0], exist_ok=True)
    try:
        with system.open(temporary, "wb") as file:
            yield file
        system.mv(temporary, inside)
    except BaseException:
        with suppress(Exception):
            system.rm(temporary)
        raise


def sync_folder(folder: str) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
