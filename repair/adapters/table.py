"""Repairs whole Arrow tables and single columns: what data frames are exchanged as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from repair.adapters.account import Counted, Failed
from repair.adapters.arrow import FINDINGS, Batch, repair_batch
from repair.config import Config
from repair.types import Rule

Column = TypeVar("Column", pa.Array, pa.ChunkedArray)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was looked at."""

    result: pa.Table
    """The same rows, in order, in the same schema."""
    findings: pa.Table
    """All that was found, in the schema ``FINDINGS``; rows are counted from the first."""
    counts: Mapping[Counted, int]
    errors: tuple[Failed, ...]
    """Values that passed unchanged because they could not be looked at; not all if many."""
    failures: int
    """How many such values there were."""


def repair_table(
    table: pa.Table,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
) -> Table:
    """Repair the text in a table, and say what was found; the arguments are ``repair_batch``'s.

    Raises:
        NoSuchColumnError: there is no such column.
    """
    named = None if columns is None else tuple(columns)
    parts: list[Batch] = []
    row = 0
    # Of a table without rows there is one batch, too: its columns are checked
    for batch in table.to_batches() or table.schema.empty_table().to_batches():
        parts.append(
            repair_batch(batch, config=config, rules=rules, columns=named, key=key, first_row=row)
        )
        row += len(batch)
    return Table(
        pa.Table.from_batches([part.result for part in parts], table.schema),
        pa.Table.from_batches([part.findings for part in parts], FINDINGS),
        sum((Counter(part.counts) for part in parts), Counter()),
        tuple(error for part in parts for error in part.errors),
        sum(part.failures for part in parts),
    )


def repair_column(
    column: Column, *, config: Config | None = None, rules: Sequence[Rule] | None = None
) -> Column:
    """Return a column with its text repaired: same length, same type, nulls stay null.

    For functions that a query engine calls with one column. What was found is not said: see
    ``repair_table``. A value that cannot be looked at stays as it is.
    """
    table = pa.table({"column": column})
    result = repair_table(table, config=config, rules=rules, columns=["column"]).result
    repaired = result.column("column")
    if isinstance(column, pa.ChunkedArray):
        return repaired
    return repaired.chunk(0) if repaired.num_chunks == 1 else repaired.combine_chunks()
