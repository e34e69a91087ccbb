"""Does a task, anywhere: the one function that all engines run."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pyarrow as pa

from repair.adapters.batch import tabular, texts
from repair.adapters.batch.jobs import BatchError, Task, TaskResult
from repair.adapters.batch.storage import output
from repair.adapters.files import reason


def run_task(task: Task) -> TaskResult:
    """Do a task and return what came of it.

    It may be done again, also by two processes at once: what is written takes its name only when
    it is whole. An input that cannot be read, or an output that cannot be written, is told by
    ``error`` of the result. A piece that was done before is not done again.
    """
    known = _known(task)
    if known is not None:
        return known
    result = TaskResult(task.source.path, task.name)
    started = perf_counter()
    try:
        _do(task, result)
        result.seconds = perf_counter() - started
        if task.number is not None:
            with output(_record_of(task)) as out:
                out.write(json.dumps(result.to_json()).encode())
    except BatchError as error:
        result.error = str(error)
    except (OSError, MemoryError, pa.ArrowException) as error:
        result.error = reason(error) if isinstance(error, OSError) else f"{error}"
    return result


def _do(task: Task, result: TaskResult) -> None:
    kind = tabular if task.source.format in tabular.FORMATS else texts
    if task.finish:
        kind.put_together(task, result)
    elif task.number is None:
        kind.look_at_all(task, result)
    else:
        kind.look_at_piece(task, result)


def _known(task: Task) -> TaskResult | None:
    """The result of a piece that was looked at before, by a run that ended early."""
    if task.number is None:
        return None
    with suppress(OSError, ValueError, KeyError, TypeError):
        return TaskResult.from_json(json.loads(Path(_record_of(task)).read_bytes()))
    return None


def _record_of(task: Task) -> str:
    return f"{task.folder}/{task.name}.json"
