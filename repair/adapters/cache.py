"""Remembers what was found in files, so that only what has changed is looked at again.

A file is taken for unchanged as git takes it: by its times, size and number. A change within the
granule of the file system's clock would leave all of them alike; so nothing is remembered of a
file that was changed less than ``SETTLED`` before it was read. What was read is remembered by its
digest as well: a file with other times and the same content is read, and not looked at. Where
there were findings, their account (see ``accounts``) is kept by the digest of the content that
it was made of, and is never taken for that of another.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# The coarsest clock of a file system in use is FAT's, which counts in steps of two seconds.
SETTLED = 2_000_000_000

# Some 100 bytes each, and 10 ms to read 20,000 of them.
MOST_FILES = 500_000
MOST_CONFIGURATIONS = 4
# Of all accounts together: 100,000 files with two or three findings each.
MOST_ACCOUNTS = 1 << 25

_DIGEST = 16
_MAGIC = b"textrepair cache 2\n"


Stamp = tuple[int, int, int, int]
"""What changes when a file does: when its content did, when anything about it did (which no
program can set back), how large it is, and its number."""

Verdict = str | bytes
"""What was found: words for what is clean or passed over, or an account of findings."""

Known = tuple[Stamp, bytes, Verdict]


def is_good_for(account: bytes, floor: int) -> bool:
    """Whether an account tells what is applied under ``floor``: what is found depends on it."""
    return account[0] == floor


def stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def is_settled(status: os.stat_result, now: int) -> bool:
    """Whether any later change shows in the stamp; ``now`` is before the file is read."""
    return max(status.st_mtime_ns, status.st_ctime_ns) < now - SETTLED


def begun(circumstances: bytes) -> blake2b:
    """Return the beginning of digests: the circumstances that all files are looked at in."""
    return blake2b(_marked_off(circumstances), digest_size=_DIGEST)


def digest(begun: blake2b, circumstances: str, data: bytes) -> bytes:
    """Return what identifies a content, and the circumstances it was looked at in."""
    made = begun.copy()
    made.update(_marked_off(circumstances.encode("utf-8", "surrogatepass")))
    made.update(data)
    return made.digest()


def _marked_off(part: bytes) -> bytes:
    return len(part).to_bytes(4, "little") + part


def fingerprint(values: Iterable[object]) -> bytes:
    """Return a digest of values that have an unambiguous ``repr``."""
    return blake2b(repr(list(values)).encode("utf-8", "replace"), digest_size=_DIGEST).digest()


def tool_fingerprint() -> bytes:
    """Return what changes when this program, or one it judges by, does."""
    seen = [(path, *stamp(status)[::2]) for path, status in _programs(str(_PACKAGE))]
    specs = [find_spec(name) for name in ("chardet", "ftfy")]
    others = [spec.origin for spec in specs if spec and spec.origin]
    seen += [(path, *stamp(os.stat(path))[::2]) for path in others]  # noqa: PTH116
    return fingerprint([sys.version, *sorted(seen)])


_PACKAGE = Path(__file__).parent.parent
_PROGRAM = (".py", ".so", ".pyd", ".bin", ".tsv")


def _programs(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:  # in a third of the time that path objects take
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _programs(entry.path)
            elif entry.name.endswith(_PROGRAM):
                yield entry.path, entry.stat()


def default_folder() -> Path:
    """Where caches are kept: beside those of other programs, never in a project."""
    named = os.environ.get("TEXTREPAIR_CACHE_DIR")
    if named:
        return Path(named)
    shared = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(shared) / "textrepair"


class Cache:
    """What is known of the files seen from one folder under one configuration."""

    def __init__(self, folder: Path, place: str, circumstances: bytes) -> None:
        self.circumstances = circumstances
        self._file = folder / fingerprint([place]).hex() / f"{circumstances.hex()}.cache"
        files, digests = _load(self._file)
        self._files: dict[str, Known] = files
        self.digests: dict[bytes, Verdict] = digests
        """What was found of contents."""
        self._seen: dict[str, Known] = {}
        self._news = False

    def verdict(self, path: str, status: os.stat_result) -> Verdict | None:
        """Return what was found of a file that has not changed since."""
        known = self._files.get(path)
        if known is None or known[0] != stamp(status):
            return None
        self._seen[path] = known
        return known[2]

    def remember(self, path: str, known: Known) -> None:
        """Remember what was found of a file; a stamp of zeros never matches."""
        self._news |= self._seen.get(path) != known
        self._seen[path] = known

    def save(self) -> None:
        """Write what is known, unless it is nothing new; where it cannot be written, never mind."""
        if not self._news:
            return
        files = dict(self._seen)
        for path, known in self._files.items():
            if len(files) >= MOST_FILES:
                break
            files.setdefault(path, known)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write(self._file, marshal.dumps(_within_bounds(files)))
            _forget_oldest(self._file.parent)


def _within_bounds(files: dict[str, Known]) -> dict[str, Known]:
    """Leave out accounts when there are too many; a file without one is looked at."""
    room = MOST_ACCOUNTS
    kept: dict[str, Known] = {}
    for path, known in files.items():
        room -= len(known[2]) if isinstance(known[2], bytes) else 0
        if room >= 0 or isinstance(known[2], str):
            kept[path] = known
    return kept


def _load(file: Path) -> tuple[dict[str, Any], dict[bytes, Verdict]]:
    """The files and digests of a cache; none if it is missing or not whole."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}, {}
    head, body = data[: len(_MAGIC) + _DIGEST], data[len(_MAGIC) + _DIGEST :]
    if head != _MAGIC + blake2b(body, digest_size=_DIGEST).digest():
        return {}, {}
    files: Mapping[str, Any] = marshal.loads(body)  # noqa: S302 (checked to be what was written)
    return dict(files), {known[1]: known[2] for known in files.values()}


def _write(file: Path, body: bytes) -> None:
    """Put a whole cache in its place at once: another process may read it."""
    temporary = file.with_name(f".{os.getpid()}.tmp")
    try:
        temporary.write_bytes(_MAGIC + blake2b(body, digest_size=_DIGEST).digest() + body)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _forget_oldest(folder: Path) -> None:
    caches = sorted(folder.glob("*.cache"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in caches[MOST_CONFIGURATIONS:]:
        path.unlink(missing_ok=True)


def now() -> int:
    """Return the time by which files are settled or not."""
    return time.time_ns()
