"""Runs on Spark: the tasks of batch jobs, and DataFrames through ``mapInArrow``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from py4j.protocol import Py4JError, Py4JJavaError
from pyspark import SparkContext, inheritable_thread_target
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession
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

from repair.adapters import EngineError
from repair.adapters.batch.driver import Execute
from repair.adapters.batch.jobs import Task, TaskResult
from repair.adapters.batch.pool import TRIES
from repair.adapters.batch.tasks import run_task
from repair.adapters.beside import NOTES, NOTES_TYPE, Annotator
from repair.adapters.clusters import Work, check_reachable, given_up, guarded
from repair.config import Config
from repair.types import Rule

_TYPES: dict[pa.DataType, DataType] = {
    pa.string(): StringType(),
    pa.int64(): LongType(),
    pa.bool_(): BooleanType(),
    pa.float64(): DoubleType(),
}


@contextmanager
def engine(jobs: int | None = None, address: str | None = None) -> Iterator[Execute]:
    """Run batch jobs on Spark, in the session that is active, if one is.

    Otherwise starts one with the master ``address``, and ends it: as ``spark-submit`` or the
    environment says if that is ``None``, or else on this machine with ``jobs`` processes. The
    package must be installed on all machines, and all must see the inputs, the outputs and the
    folder of work.

    Raises:
        EngineError: Spark cannot be started, or there is no cluster at ``address``.
    """
    active = SparkSession.getActiveSession()
    session = active or _session(jobs, address)
    try:
        yield partial(run_in_spark, session, jobs=jobs)
    finally:
        if active is None:
            session.stop()


def _session(jobs: int | None, address: str | None) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("textrepair")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if address or "PYSPARK_SUBMIT_ARGS" not in os.environ:
        # With local[N] a task is tried only once
        builder = builder.master(address or f"local[{jobs or '*'},{TRIES}]")
    if not address:
        builder = builder.config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
    check_reachable(address or "")
    try:
        return builder.getOrCreate()
    except (Py4JError, PySparkRuntimeError) as error:
        problem = str(error).splitlines()[0]
        msg = (
            f"Spark cannot be started, with master {address or 'local'}: {problem}; has it Java 17?"
        )
        raise EngineError(msg) from error


def run_in_spark(
    session: SparkSession,
    tasks: Iterable[Task],
    *,
    jobs: int | None = None,
    work: Work = run_task,
) -> Iterator[tuple[Task, TaskResult]]:
    """Yield tasks with what came of them, at most ``jobs`` at once, as they are done.

    Each task is a job of Spark: one that its workers die of is given up alone. Spark tries it as
    often as ``spark.task.maxFailures`` says.
    """
    context = session.sparkContext
    at_once = jobs or max(1, context.defaultParallelism)
    waiting = iter(tasks)
    running: dict[Future[TaskResult], Task] = {}
    in_worker = partial(guarded, work, str(Path.cwd()))
    do = inheritable_thread_target(session)(partial(_do, context, in_worker))
    threads = ThreadPoolExecutor(at_once)
    try:
        while True:
            for task in islice(waiting, at_once - len(running)):
                running[threads.submit(do, task)] = task
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(done), done.result()
    finally:
        if running:
            context.cancelAllJobs()
        threads.shutdown()


def _do(context: SparkContext, in_worker: Work, task: Task) -> TaskResult:
    try:
        done: list[TaskResult] = context.parallelize([task], 1).map(in_worker).collect()
    except Py4JJavaError as error:
        lines = str(error.java_exception.getMessage()).splitlines()
        return given_up(task, f"Spark gave it up: {lines[0]}")
    return done[0]


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
