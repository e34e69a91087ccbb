"""Gathers what is found by the tasks of a job: into a table on the disk, and into figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from repair.adapters.account import Account, Found
from repair.adapters.arrow import FINDINGS, findings_of
from repair.adapters.batch.jobs import TaskResult

EXAMPLES = 3
"""Of each code in each task."""
MOST_PATTERNS = 200
_SHOWN = 200
"""As many characters of a pattern or example are kept."""


class Gatherer:
    """Takes the findings of a task out of its account, block by block."""

    def __init__(self, account: Account, result: TaskResult, path: str) -> None:
        self._account = account
        self._result = result
        self._path = path
        self._writer: pq.ParquetWriter | None = None
        self._counts: Counter[tuple[str, str, bool]] = Counter()
        self._columns: Counter[tuple[str, str]] = Counter()
        self._codes: Counter[str] = Counter()
        self._patterns: Counter[tuple[str, str, str | None]] = Counter()

    def drain(self) -> None:
        """Take what was found since, so that memory does not grow with the input."""
        found = self._account.found
        if found:
            self._count(found)
            self._write(findings_of(found))
            found.clear()

    def _count(self, found: Iterable[Found]) -> None:
        several = list(found)
        self._counts.update((f.column, f.code, f.applied) for f in several)
        self._columns.update(
            (c, code) for _, c, code in {(f.row, f.column, f.code) for f in several}
        )
        self._codes.update(code for _, code in _with_families((f.row, f.code) for f in several))
        self._result.damaged_rows += len({f.row for f in several})
        for f in several:
            before, after = f.before[:_SHOWN], None if f.after is None else f.after[:_SHOWN]
            self._patterns[f.code, before, after] += 1
            if sum(example[0] == f.code for example in self._result.examples) < EXAMPLES:
                self._result.examples.append((f.code, f.row, f.key, f.column, before, after))
        if len(self._patterns) > 50 * MOST_PATTERNS:
            self._patterns = Counter(dict(self._patterns.most_common(25 * MOST_PATTERNS)))

    def _write(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(f"{self._path}.tmp", FINDINGS, compression="zstd")
        self._writer.write_batch(batch)

    def close(self) -> None:
        """Finish the table, and give the figures to the result."""
        self.drain()
        if self._writer is None:
            Path(self._path).unlink(missing_ok=True)
        else:
            self._writer.close()
            Path(f"{self._path}.tmp").replace(self._path)
        result = self._result
        result.counts = sorted((*key, count) for key, count in self._counts.items())
        result.columns = sorted((*key, count) for key, count in self._columns.items())
        result.codes = sorted(self._codes.items())
        top = sorted(self._patterns.items(), key=lambda one: (-one[1], repr(one[0])))
        result.patterns = [(*key, count) for key, count in top[:MOST_PATTERNS]]
        result.failed = [(f.row, f.key, f.column, f.problem) for f in self._account.failed]
        result.failures = self._account.failures


def _with_families(several: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Rows with the codes of their findings, and with the beginnings of these."""
    codes = set(several)
    return {(row, code[:size]) for row, code in codes for size in range(1, len(code) + 1)}
