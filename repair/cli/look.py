"""Looks at inputs, here or in other processes; nothing is written."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from repair.adapters import cache, packed
from repair.adapters.cache import Known, Verdict
from repair.adapters.files import content, reason
from repair.adapters.folders import SPECIAL
from repair.cli.quick import has_nothing
from repair.cli.settings import Settings
from repair.decode import decode, encode
from repair.detect import detect
from repair.patterns import pattern
from repair.reports.outcomes import Checked, Skipped
from repair.types import Decoded, Repaired
from repair.visible import visible

if TYPE_CHECKING:
    from repair.cli.large import Judge

STDIN = "-"

# Of a file beyond this size the beginning says whether it is binary, so that the rest of an
# archive or a film is never read.
LARGE = 1 << 20
HEAD = 1 << 16
# What is larger than this is looked at in blocks.
HUGE = 1 << 26


class WorkerDiedError(Exception):
    """A process ended in the middle of its work, as one does that gets no memory."""


class Looked(NamedTuple):
    """What became of an input."""

    path: str
    outcome: Checked | Skipped | None
    """``None`` if nothing was found."""
    trouble: str = ""
    known: Known | None = None
    """For the cache."""


class Looker:
    """Looks at files one by one. Other processes get a copy."""

    def __init__(
        self,
        settings: Settings,
        circumstances: bytes | None = None,
        digests: Mapping[bytes, Verdict] | None = None,
    ) -> None:
        self._settings = settings
        self._config_for = settings.for_file()
        self._circumstances = circumstances
        """What else a verdict depends on; ``None`` if nothing is remembered."""
        self._digests = digests or {}
        self._begun = cache.begun(circumstances or b"")

    def __reduce__(self) -> tuple[type[Looker], tuple[object, ...]]:
        return Looker, (self._settings, self._circumstances, self._digests)

    def look(self, path: str) -> Looked:
        """Return what became of a file."""
        try:
            status = os.stat(path)  # noqa: PTH116 (a path object costs as much again)
            if stat.S_IFMT(status.st_mode) in _NOT_TO_BE_READ:
                return Looked(path, Skipped(path, SPECIAL))
            now = cache.now()
            is_packed = self._settings.config.gzip and path.endswith(packed.SUFFIX)
            if status.st_size > HUGE and not is_packed:
                looked = self._large(path, status.st_size)
                if looked:
                    return looked
            data = self._read(path, status.st_size)
        except (OSError, ValueError) as error:
            return unreadable(path, reason(error))
        if data is None:
            return Looked(path, Skipped(path, "binary"))
        return self._remembering(path, data, status, now)

    def _remembering(self, path: str, data: bytes, status: os.stat_result, now: int) -> Looked:
        """Return what became of a content that was read after ``now``, and what is known by it."""
        if self._circumstances is None:
            return self._looked_into(path, data)
        stamp = cache.stamp(status) if cache.is_settled(status, now) else NEVER
        digest = cache.digest(self._begun, self._circumstances_of(path), data)
        looked, verdict = self._looked_up(path, data, digest)
        return looked if verdict is None else looked._replace(known=(stamp, digest, verdict))

    def _looked_up(self, path: str, data: bytes, digest: bytes) -> tuple[Looked, Verdict | None]:
        """Return what became of a content, and what to remember of it, if anything."""
        verdict = self._digests.get(digest)
        if isinstance(verdict, str):
            return remembered(path, verdict), verdict
        result = self._known_result(data, verdict) if verdict else None
        if result:
            return Looked(path, Checked(path, data, result, refused=refusal(result))), verdict
        looked = self._looked_into(path, data)
        return looked, self._verdict(looked)

    def _known_result(self, data: bytes, account: bytes) -> Repaired | None:
        from repair.adapters.accounts import unpacked  # noqa: PLC0415 (5 ms)

        return unpacked(data, account, self._settings.config.floor)

    def _verdict(self, looked: Looked) -> Verdict | None:
        outcome = looked.outcome
        if looked.trouble:
            return None
        if not isinstance(outcome, Checked):
            return outcome.why if outcome else CLEAN
        if outcome.packed is not None:
            return None
        from repair.adapters import accounts  # noqa: PLC0415 (5 ms)

        floor = self._settings.config.floor
        return accounts.packed(outcome.data, outcome.result, floor)

    def _large(self, path: str, size: int) -> Looked | None:
        """Return what became of a large file; ``None`` if it must be looked at as a whole.

        Raises:
            OSError: it cannot be read.
        """
        from repair.cli import large  # noqa: PLC0415 (2 ms)

        with open(path, "rb") as file:  # noqa: PTH123
            if self._is_binary_by(file.read(HEAD)):
                return Looked(path, Skipped(path, "binary"))
            file.seek(0)
            found = large.look_in_blocks(file, self._in_block(path), keep=size <= large.WHOLE)
            if found.clean:
                return Looked(path, None)
            if size > large.WHOLE:
                return unreadable(path, found.too_large(size))
            file.seek(0)
            data = file.read()
        result = found.joined(data)
        if result is None:
            return None
        return Looked(path, Checked(path, data, result, refused=refusal(result)))

    def _in_block(self, path: str) -> Judge:
        def judge(block: bytes) -> Checked | Skipped | None:
            return self.judge(path, path, block).outcome

        return judge

    def _read(self, path: str, size: int) -> bytes | None:
        """Return the content of a file, or ``None`` if its beginning says that it is binary."""
        if size <= LARGE:
            return content(path, size)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            head = file.read(HEAD)
            if not self._is_packed(path, head) and self._is_binary_by(head):
                return None
            return head + file.read()

    def _is_binary_by(self, head: bytes) -> bool:
        return b"\0" in head and _is_binary(head)

    def _is_packed(self, path: str, data: bytes) -> bool:
        return self._settings.config.gzip and packed.is_packed(path, data)

    def _looked_into(self, path: str, data: bytes) -> Looked:
        if not self._is_packed(path, data):
            return self.judge(path, path, data)
        try:
            content = packed.unpack(data)
        except ValueError as error:
            return unreadable(path, str(error))
        looked = self.judge(path, path, content, kind_name=packed.name_inside(path))
        if isinstance(looked.outcome, Checked):
            return looked._replace(outcome=replace(looked.outcome, packed=data))
        return looked

    def judge(self, path: str, name: str, data: bytes, *, kind_name: str | None = None) -> Looked:
        """Return what is found in the content of ``path``, which is called ``name`` in reports.

        ``kind_name`` is the name that says what kind of text it is, if that is another one.
        """
        config = self._config_for(name)
        if has_nothing(data, config, kind_name or name):
            return Looked(path, None)
        decoded = decode(data)
        # 0: not text, or nothing is known of it
        if data and decoded.confidence == 0.0 and _is_binary(data):
            return Looked(path, Skipped(name, "binary"))
        if decoded.encoding != "utf-8" and _is_hardly_text(decoded):
            return Looked(path, Skipped(name, "binary"))
        from repair.engine import RulesDisagreeError, repair_decoded  # noqa: PLC0415 (150 ms)

        try:
            result = repair_decoded(data, decoded, config=config, name=kind_name or name)
        except RulesDisagreeError as error:
            return unreadable(path, f"{error}: please report this")
        if not result.findings and not result.remaining:
            return Looked(path, None)
        return Looked(path, Checked(name, data, result, refused=refusal(result)))

    def _circumstances_of(self, path: str) -> str:
        """What else a verdict depends on: the name says what kind of text it is."""
        name = path.rpartition(os.sep)[2]
        all_of_them = self._settings.config
        if not all_of_them.per_file_ignores and not all_of_them.per_file_target_encodings:
            return name
        config = self._config_for(path)
        return f"{name}/{config.ignore!r}/{config.target_encoding}"


CLEAN = "clean"
NEVER = (0, 0, 0, 0)
_NOT_TO_BE_READ = frozenset({stat.S_IFSOCK, stat.S_IFBLK, stat.S_IFCHR})


def remembered(path: str, verdict: str) -> Looked:
    """What became of a file that the cache knows."""
    return Looked(path, None if verdict == CLEAN else Skipped(path, verdict))


def unreadable(path: str, problem: str) -> Looked:
    """What became of an input that could not be looked at."""
    return Looked(path, Skipped(path, "unreadable"), problem)


def read(path: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``."""
    return sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()


def refusal(result: Repaired) -> str:
    """Why the repaired text cannot be written; empty if it can."""
    decoded = result.decoded
    if result.data is not None or decoded is None or not result.edits:
        return ""
    return f"cannot be written: {_obstacle(result.text, decoded)}; convert it to UTF-8 first"


def _obstacle(text: str, decoded: Decoded) -> str:
    if decoded.exact:
        try:
            encode(text, decoded)
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            return f"{decoded.encoding} has no {visible(character)} (U+{ord(character):04X})"
    return f"its bytes are not exactly what {decoded.encoding} makes of its text"


# Controls that text has none of; it may end in SUB, as files of DOS did. Of 708 files in older
# encodings (the test files of chardet and charset-normalizer) none has more than 3 in 1,000
# characters; of random bytes one in eleven is such a control, and no encoding of them is sure.
_CONTROLS = pattern("[\0-\x06\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS, FEW_CONTROLS = 0.003, 2


def _is_hardly_text(decoded: Decoded) -> bool:
    """Whether it is a guess of an encoding that makes controls of the bytes."""
    from repair.doubt import is_sure  # noqa: PLC0415 (most files are in UTF-8)

    if is_sure(decoded):
        return False
    controls = len(_CONTROLS.findall(decoded.text))
    return controls > max(FEW_CONTROLS, MOST_CONTROLS * len(decoded.text))


def _is_binary(data: bytes) -> bool:
    return detect(data).encoding is None
