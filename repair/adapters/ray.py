"""Runs on Ray: the tasks of batch jobs, and datasets of Ray Data through ``map_batches``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import ray
from ray.exceptions import RayError

from repair.adapters import EngineError
from repair.adapters.batch.driver import Execute
from repair.adapters.batch.jobs import Task, TaskResult
from repair.adapters.batch.pool import TRIES
from repair.adapters.batch.tasks import run_task
from repair.adapters.beside import NOTES, Annotator, failures_in, findings_in
from repair.adapters.clusters import Work, check_reachable, given_up, guarded
from repair.config import Config
from repair.types import Rule

if TYPE_CHECKING:
    from ray.data import Dataset  # takes a second, and tasks do without

# Results are small: a local cluster would take a third of the memory otherwise
_STORE_BYTES = 128 << 20


@contextmanager
def engine(jobs: int | None = None, address: str | None = None) -> Iterator[Execute]:
    """Run batch jobs on Ray, on the cluster that the program is connected to, if it is.

    Otherwise connects to the one at ``address``, or that ``RAY_ADDRESS`` names; failing that, a
    local one is started with ``jobs`` processes, and ended. The package must be installed on all
    machines, and all must see the inputs, the outputs and the folder of work.

    Raises:
        EngineError: there is no cluster at ``address``.
    """
    ours = not ray.is_initialized()
    if ours:
        _connect(jobs, address or os.environ.get("RAY_ADDRESS"))
    try:
        yield partial(run_in_ray, jobs=jobs)
    finally:
        if ours:
            ray.shutdown()


def _connect(jobs: int | None, address: str | None) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if not address:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_AUTH_MODE", "disabled")
        quiet |= {"include_dashboard": False, "object_store_memory": _STORE_BYTES}
        ray.init(num_cpus=jobs, **quiet)
        return
    check_reachable(address)
    try:
        ray.init(address=address, **quiet)
    except (ConnectionError, ValueError) as error:
        msg = f"Ray at {address}: {str(error).splitlines()[0]}"
        raise EngineError(msg) from error


def run_in_ray(
    tasks: Iterable[Task],
    *,
    jobs: int | None = None,
    work: Work = run_task,
) -> Iterator[tuple[Task, TaskResult]]:
    """Yield tasks with what came of them, at most ``jobs`` at once, as they are done.

    A task whose worker or machine dies is tried again, ``pool.TRIES`` times in all.
    """
    remote = ray.remote(max_retries=TRIES - 1)(guarded)
    # Twice as many as can run, so that no worker waits for us
    at_once = jobs or 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))
    waiting = iter(tasks)
    running: dict[Any, Task] = {}
    here = str(Path.cwd())
    try:
        while True:
            for task in islice(waiting, at_once - len(running)):
                running[remote.remote(work, here, task)] = task
            if not running:
                return
            for done in ray.wait(list(running))[0]:
                task = running.pop(done)
                yield task, _result(done, task)
    finally:
        for reference in running:
            ray.cancel(reference)


def _result(done: Any, task: Task) -> TaskResult:
    try:
        result: TaskResult = ray.get(done)
    except RayError as error:
        how = type(error).__name__
        return given_up(task, f"{TRIES} workers of Ray ended while they worked at it ({how})")
    return result


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
    there = dataset.columns()
    if there is not None:  # of no rows Ray knows no columns
        annotator.check(there)
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
