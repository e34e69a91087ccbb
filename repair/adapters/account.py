"""Looks at texts one by one, and keeps the account of them: findings, counts, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from repair.config import Config
from repair.engine import repair
from repair.rules import RULES
from repair.types import Finding, Repaired, Rule

# Of each run this many errors are kept in full, if not told otherwise; all are counted.
MOST_ERRORS = 100


class Counted(NamedTuple):
    """What findings are counted by."""

    column: str
    code: str
    applied: bool


class Found(NamedTuple):
    """A finding in a table: where it is, what it is, and what was done with it."""

    row: int
    """From 0, in the batch or file."""
    key: str | None
    column: str
    code: str
    start: int
    """In code points of the value."""
    end: int
    start_byte: int
    """In bytes of the value: of a string in UTF-8, of bytes in the encoding they are in."""
    end_byte: int
    before: str
    after: str | None
    """``None`` where no cure is known."""
    applied: bool
    safety: str
    confidence: float
    note: str


class Failed(NamedTuple):
    """A value that passed unchanged because it could not be looked at or written."""

    row: int
    key: str | None
    column: str
    problem: str


class Where(NamedTuple):
    """The place of a value. The key is asked for only if there is something to say."""

    row: int
    column: str
    key: Callable[[], str | None]


@dataclass(slots=True)
class Account:
    """What a look at many values found. Values are kept apart: none is evidence for another."""

    config: Config = field(default_factory=Config)
    rules: Sequence[Rule] = RULES
    found: list[Found] = field(default_factory=list)
    counts: Counter[Counted] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)
    """The first of those that failed."""
    failures: int = 0
    """How many failed."""
    most_errors: int | None = MOST_ERRORS
    """So many of those that failed are kept; ``None`` for all."""
    _last: Repaired | None = None

    def look(
        self, text: str, where: Where, writable: Callable[[str], bytes], *, as_whole: bool = True
    ) -> Repaired | None:
        """Return the repair of a value, or ``None`` where it stays as it is.

        ``writable`` gives the bytes of a text in the encoding of the value, and raises
        ``UnicodeError`` where it has none. With ``as_whole`` the repaired value must have some;
        without, its caller writes only the edits.
        """
        try:
            result = self._repaired(text)
        except Exception as error:  # noqa: BLE001 (one value fails, and the rest goes on)
            self.fail(where, f"{type(error).__name__}: {error}")
            return None
        if not result.findings and not result.remaining:
            return None
        written = False
        if result.edits:
            new = [result.text] if as_whole else [edit.new for edit in result.edits]
            written = self._can_be_written(new, where, writable)
        self._enter(result, where, writable, written=written)
        return result if written else None

    def finds(self, text: str) -> bool:
        """Tell whether a look would have something to say, without keeping it."""
        try:
            result = self._repaired(text)
        except Exception:  # noqa: BLE001 (which is told when it is looked at)
            return True
        return bool(result.findings or result.remaining)

    def _repaired(self, text: str) -> Repaired:
        """The value of a dictionary comes once for each row it is in."""
        if self._last is None or self._last.original != text:
            self._last = repair(text, config=self.config, rules=self.rules)
        return self._last

    def _can_be_written(
        self, texts: Iterable[str], where: Where, writable: Callable[[str], bytes]
    ) -> bool:
        try:
            for text in texts:
                writable(text)
        except UnicodeError:
            self.fail(where, "the repaired text cannot be written in the encoding of the value")
            return False
        return True

    def fail(self, where: Where, problem: str) -> None:
        """Record a value that passes unchanged."""
        self.failures += 1
        if self.most_errors is None or len(self.failed) < self.most_errors:
            self.failed.append(Failed(where.row, where.key(), where.column, problem))

    def _enter(
        self, result: Repaired, where: Where, writable: Callable[[str], bytes], *, written: bool
    ) -> None:
        several = [(f, written) for f in result.findings] + [(f, False) for f in result.remaining]
        several.sort(key=lambda one: (one[0].start, one[0].end, one[0].code))
        key = where.key()
        told = where._replace(key=lambda: key)
        for finding, applied in several:
            self.counts[Counted(where.column, finding.code, applied)] += 1
            found = _found(finding, result.original, told, writable)
            self.found.append(found._replace(applied=applied))


def _found(finding: Finding, text: str, where: Where, writable: Callable[[str], bytes]) -> Found:
    before = text[finding.start : finding.end]
    start_byte = _length(text[: finding.start], writable)
    return Found(
        where.row,
        where.key(),
        where.column,
        finding.code,
        finding.start,
        finding.end,
        start_byte,
        start_byte + _length(before, writable),
        storable(before),
        None if finding.new is None else storable(finding.new),
        False,
        finding.safety.name.lower(),
        finding.confidence,
        storable(finding.note),
    )


def _length(text: str, writable: Callable[[str], bytes]) -> int:
    """In bytes, each byte that is no text counting as one."""
    if text.isascii():
        return len(writable(text))
    try:
        return len(writable(text))
    except UnicodeError:
        return len(
            text.encode("utf-8", "surrogateescape" if _only_bytes(text) else "surrogatepass")
        )


def _only_bytes(text: str) -> bool:
    """Whether all surrogates stand for bytes (PEP 383)."""
    return all("\udc80" <= c <= "\udcff" for c in text if "\ud800" <= c <= "\udfff")


def storable(text: str) -> str:
    r"""Return ``text`` with lone surrogates as ``\udce9``: no table can hold them."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
