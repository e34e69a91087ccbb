"""Keeps findings beside the text, in a column of the same rows.

An engine that spreads rows over machines returns one table, and the account must not be separated
from what it speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from repair.adapters.arrow import FINDINGS, NoSuchColumnError, repair_batch
from repair.config import Config
from repair.types import Rule

NOTES = "textrepair"
"""The name of the column, if no other is asked for."""

FINDINGS_BESIDE = pa.schema([field for field in FINDINGS if field.name != "row"])
"""The findings of ``arrow.FINDINGS`` without the number of the row: rows have no order there."""

FAILURES = pa.schema([("key", pa.string()), ("column", pa.string()), ("problem", pa.string())])
"""Of values that passed unchanged because they could not be looked at."""


def _nullable(schema: pa.Schema) -> pa.StructType:
    return pa.struct([field.with_nullable(True) for field in schema])


NOTES_TYPE = pa.struct(
    [
        pa.field("findings", pa.list_(_nullable(FINDINGS_BESIDE))),
        pa.field("failures", pa.list_(_nullable(FAILURES))),
    ]
)
"""Of the column: null where there is nothing to say."""


class NameTakenError(ValueError):
    """There is a column of the name that the notes were to have."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """Repairs tables and notes what was found; can be sent to other processes."""

    config: Config | None = None
    rules: Sequence[Rule] | None = None
    columns: tuple[str, ...] | None = None
    key: str | None = None
    notes: str = NOTES

    def check(self, names: Collection[str]) -> None:
        """See that tables with columns of these names can be annotated.

        Raises:
            NoSuchColumnError: there is no such column.
            NameTakenError: there is a column ``notes``.
        """
        for name in (*(self.columns or ()), *(() if self.key is None else (self.key,))):
            if name not in names:
                msg = f"column {name!r} is not there; there are {', '.join(map(repr, names))}"
                raise NoSuchColumnError(msg)
        if self.notes in names:
            msg = f"there is a column {self.notes!r} already; give `notes` another name"
            raise NameTakenError(msg)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return ``batch`` repaired, with one more column of what was found."""
        look = repair_batch(
            batch,
            config=self.config,
            rules=self.rules,
            columns=self.columns,
            key=self.key,
            most_errors=None,
        )
        failures = pa.Table.from_pylist([error._asdict() for error in look.errors], _FAILED)
        lists = [_by_row(look.findings, len(batch)), _by_row(failures, len(batch))]
        silent = pc.and_(*(pc.equal(pc.list_value_length(some), 0) for some in lists))
        column = pa.StructArray.from_arrays(lists, fields=list(NOTES_TYPE), mask=silent)
        return pa.RecordBatch.from_arrays(
            [*look.result.columns, column], schema=self._schema(batch.schema)
        )

    def table(self, table: pa.Table) -> pa.Table:
        """Do the same for a table."""
        batches = [self.batch(batch) for batch in table.to_batches()]
        return pa.Table.from_batches(batches, self._schema(table.schema))

    def _schema(self, schema: pa.Schema) -> pa.Schema:
        return schema.append(pa.field(self.notes, NOTES_TYPE))


def findings_in(table: pa.Table, notes: str = NOTES) -> pa.Table:
    """Return what was found in an annotated table, in the schema ``FINDINGS_BESIDE``."""
    return _flat(table, notes, "findings", FINDINGS_BESIDE)


def failures_in(table: pa.Table, notes: str = NOTES) -> pa.Table:
    """Return what passed unchanged in an annotated table, in the schema ``FAILURES``."""
    return _flat(table, notes, "failures", FAILURES)


_FAILED = pa.schema([pa.field("row", pa.int64()), *FAILURES])


def _by_row(found: pa.RecordBatch | pa.Table, rows: int) -> pa.ListArray:
    """Rows of a table as one list for each row that they speak of."""
    ordered = found.sort_by("row")  # stable
    counts = Counter(ordered.column("row").to_pylist())
    offsets = pa.array([0, *accumulate(counts[row] for row in range(rows))], pa.int32())
    values = pa.Table.from_arrays(ordered.columns, names=ordered.schema.names).drop_columns("row")
    return pa.ListArray.from_arrays(offsets, values.to_struct_array().combine_chunks())


def _flat(table: pa.Table, notes: str, name: str, schema: pa.Schema) -> pa.Table:
    several = pc.list_flatten(pc.struct_field(table.column(notes), name))
    if isinstance(several, pa.ChunkedArray):
        several = several.combine_chunks()
    return pa.Table.from_arrays(several.flatten(), schema=schema)
