"""Runs on Ray: tasks on a cluster, and datasets of Ray Data through ``map_batches``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa
from ray.data import Dataset

from repair.adapters.beside import NOTES, Annotator, failures_in, findings_in
from repair.config import Config
from repair.types import Rule


class Repaired(NamedTuple):
    """What became of a dataset."""

    rows: Dataset
    """The same rows in the same schema."""
    findings: Dataset
    """All that was found, a row each: the schema ``beside.FINDINGS_BESIDE``."""
    failures: Dataset
    """What passed unchanged because it could not be looked at: ``beside.FAILURES``."""


def repair_dataset(
    dataset: Dataset,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
) -> Repaired:
    """Repair the text in a dataset, and say what was found.

    The arguments are those of ``arrow.repair_batch``; rows are told by ``key`` alone. Each of the
    three datasets computes the repair when it is read: use ``annotate``, ``materialize`` and
    ``split`` to compute it once.

    Raises:
        NoSuchColumnError: there is no such column.
    """
    return split(annotate(dataset, config=config, rules=rules, columns=columns, key=key))


def annotate(  # noqa: PLR0913 (options by name)
    dataset: Dataset,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
    notes: str = NOTES,
) -> Dataset:
    """Return the repaired rows, with what was found in them in the column ``notes``.

    Raises:
        NoSuchColumnError: there is no such column.
        NameTakenError: there is a column ``notes``.
    """
    named = None if columns is None else tuple(columns)
    annotator = Annotator(config, rules, named, key, notes)
    annotator.check(dataset.columns() or [])
    return dataset.map_batches(annotator.table, batch_format="pyarrow")


def split(dataset: Dataset, notes: str = NOTES) -> Repaired:
    """Part an annotated dataset into rows, findings and failures."""

    def findings(table: pa.Table) -> pa.Table:
        return findings_in(table, notes)

    def failures(table: pa.Table) -> pa.Table:
        return failures_in(table, notes)

    return Repaired(
        dataset.drop_columns([notes]),
        dataset.map_batches(findings, batch_format="pyarrow"),
        dataset.map_batches(failures, batch_format="pyarrow"),
    )
