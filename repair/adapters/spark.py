"""Runs on Spark: tasks as jobs of their own, and DataFrames through ``mapInArrow``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 (the name that all of Spark's pages use)
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from repair.adapters.beside import NOTES, NOTES_TYPE, Annotator
from repair.config import Config
from repair.types import Rule

_TYPES: dict[pa.DataType, DataType] = {
    pa.string(): StringType(),
    pa.int64(): LongType(),
    pa.bool_(): BooleanType(),
    pa.float64(): DoubleType(),
}


class Repaired(NamedTuple):
    """What became of a DataFrame."""

    rows: DataFrame
    """The same rows in the same schema."""
    findings: DataFrame
    """All that was found, a row each: the schema ``beside.FINDINGS_BESIDE``."""
    failures: DataFrame
    """What passed unchanged because it could not be looked at: ``beside.FAILURES``."""


def repair_dataframe(
    frame: DataFrame,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
) -> Repaired:
    """Repair the text in a DataFrame, and say what was found.

    The arguments are those of ``arrow.repair_batch``; rows are told by ``key`` alone. Each of the
    three frames computes the repair when it is asked for: use ``annotate``, ``persist`` and
    ``split`` to compute it once.

    Raises:
        NoSuchColumnError: there is no such column.
    """
    return split(annotate(frame, config=config, rules=rules, columns=columns, key=key))


def annotate(  # noqa: PLR0913 (options by name)
    frame: DataFrame,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
    notes: str = NOTES,
) -> DataFrame:
    """Return the repaired rows, with what was found in them in the column ``notes``.

    Raises:
        NoSuchColumnError: there is no such column.
        NameTakenError: there is a column ``notes``.
    """
    named = None if columns is None else tuple(columns)
    annotator = Annotator(config, rules, named, key, notes)
    annotator.check(frame.columns)

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(annotator.batch, batches)

    fields = [*frame.schema.fields, StructField(notes, _notes_type())]
    return frame.mapInArrow(look, StructType(fields))


def split(frame: DataFrame, notes: str = NOTES) -> Repaired:
    """Part an annotated frame into rows, findings and failures."""
    findings, failures = (
        frame.select(F.explode(F.col(f"`{notes}`.{name}")).alias("one")).select("one.*")
        for name in ("findings", "failures")
    )
    return Repaired(frame.drop(notes), findings, failures)


def _notes_type() -> StructType:
    lists = (
        (
            several.name,
            StructType([StructField(f.name, _TYPES[f.type]) for f in several.type.value_type]),
        )
        for several in NOTES_TYPE
    )
    return StructType([StructField(name, ArrayType(fields)) for name, fields in lists])
