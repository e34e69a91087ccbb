"""Files of tables: Parquet and Arrow IPC; as tasks see them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa

from repair.adapters.account import Account
from repair.adapters.arrow import NoSuchColumnError, look_at_batch, text_columns
from repair.adapters.batch.findings import Gatherer
from repair.adapters.batch.jobs import BatchError, Job, Task, TaskResult
from repair.adapters.batch.storage import is_remote, joined, open_input, output
from repair.adapters.batch.tables import Ipc, Parquet, groups_of

FORMATS = ("parquet", "arrow")
# Rows that are looked at together: what is found in them is in memory at once.
ROWS = 1 << 16


@contextmanager
def opened(path: str, format_: str) -> Iterator[Parquet | Ipc]:
    """Open a file of tables.

    Raises:
        BatchError: it is none.
    """
    file = open_input(path) if is_remote(path) else pa.OSFile(path, "rb")
    with closing(file):
        yield (Parquet if format_ == "parquet" else Ipc)(file)


class Looker:
    """Looks at groups of rows one after another."""

    def __init__(
        self, job: Job, table: Parquet | Ipc, gatherer: Gatherer, account: Account
    ) -> None:
        self._job = job
        self._gatherer = gatherer
        self._account = account
        self._chosen = chosen_columns(job, table.schema) if job.look else []
        self.row = 0

    def look(self, table: pa.Table) -> tuple[pa.Table, set[int]]:
        """Return a group of rows, repaired, and the numbers of its columns that changed."""
        changed: set[int] = set()
        done = []
        for batch in table.to_batches(max_chunksize=ROWS):
            new = look_at_batch(
                batch, self._account, self._chosen, key=self._job.key, first_row=self.row
            )
            if new is not batch:
                changed |= {i for i in self._chosen if not new.column(i).equals(batch.column(i))}
            done.append(new)
            self.row += len(batch)
            self._gatherer.drain()
        return (pa.Table.from_batches(done, table.schema) if changed else table), changed


def chosen_columns(job: Job, schema: pa.Schema) -> list[int]:
    """Return the numbers of the columns to look at.

    Raises:
        BatchError: one that was named is not there, or holds no text.
    """
    try:
        return text_columns(schema, job.columns, job.key)
    except NoSuchColumnError as error:
        raise BatchError(str(error)) from error


def look_at_all(task: Task, result: TaskResult) -> None:
    """Look at a whole source and write its output, a group of rows at a time."""
    source = task.source
    with opened(source.path, source.format) as table:
        looker, gatherer = _looker(task, table, result)
        tables = (looker.look(group)[0] for _, group in groups_of(table, 0, table.groups))
        with output(joined(task.job.out, source.output)) as out:
            table.write(out, tables)
            result.rows, result.bytes_read = looker.row, source.size
            gatherer.close()


def look_at_piece(task: Task, result: TaskResult) -> None:
    """Look at some groups of rows, and keep those columns of them that changed."""
    source = task.source
    first, end = source.pieces[task.number or 0]
    with opened(source.path, source.format) as table:
        looker, gatherer = _looker(task, table, result)
        for number, group in groups_of(table, first, end):
            new, changed = looker.look(group)
            kept = Path(_changed_of(task, number))
            if changed:
                columns = new.select(sorted(changed))
                with output(str(kept)) as out, pa.ipc.new_file(out, columns.schema) as writer:
                    writer.write_table(columns)
            else:
                kept.unlink(missing_ok=True)
        result.rows = looker.row
        result.bytes_read = source.size * (end - first) // max(table.groups, 1)
        gatherer.close()


def put_together(task: Task, result: TaskResult) -> None:
    """Write the output of a source whose groups were all looked at."""
    source = task.source
    with opened(source.path, source.format) as table:
        sorted_by = set(table.sorted_by())
        changed: set[str] = set()
        for number in range(table.groups):
            kept = _changed_of(task, number)
            if sorted_by and Path(kept).exists():
                with pa.memory_map(kept) as file:
                    changed |= sorted_by & set(pa.ipc.open_file(file).schema.names)
        with output(joined(task.job.out, source.output)) as out:
            tables = (
                _with_changed(group, _changed_of(task, number))
                for number, group in groups_of(table, 0, table.groups)
            )
            table.write(out, tables, changed=changed)
    result.rows = result.bytes_read = 0


def _changed_of(task: Task, group: int) -> str:
    return f"{task.folder}/{group}.columns.arrow"


def _with_changed(group: pa.Table, kept: str) -> pa.Table:
    if not Path(kept).exists():
        return group
    with pa.memory_map(kept) as file:
        columns = pa.ipc.open_file(file).read_all()
    for field in columns.schema:
        index = group.schema.get_field_index(field.name)
        group = group.set_column(index, group.schema.field(index), columns[field.name])
    return group


def _looker(task: Task, table: Parquet | Ipc, result: TaskResult) -> tuple[Looker, Gatherer]:
    account = Account(task.job.config)
    gatherer = Gatherer(account, result, task.findings)
    return Looker(task.job, table, gatherer, account), gatherer
