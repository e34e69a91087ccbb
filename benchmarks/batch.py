"""How long batch jobs take, beside the same job written with ftfy and with plsfix.

Run ``python -m benchmarks.batch [--megabytes 200] [--formats jsonl,csv,parquet] [--jobs 2]
[--damaged 0.01] [--chinese 0.3] [--only NAMES]``. All run in processes over pyarrow or spans of
bytes, in one run, on rows made of real text. ``copy`` reads and writes and looks at nothing.
``--memory GB`` measures the memory of a worker on a file of that size instead. plsfix is left out
where it is not there.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter

import ftfy.bad_codecs  # noqa: F401 (sloppy-windows-1252)
import pyarrow as pa
import pyarrow.parquet as pq

from repair.adapters.batch.driver import run_job
from repair.adapters.batch.jobs import Job
from repair.adapters.batch.pool import run_in_processes

DISTINCT = 20_000
"""Rows that differ in more than their number."""
CHUNK = 8 << 20
"""Bytes of a piece that a peer works at."""
ROW_GROUP = 50_000

# What web pages hold, read as Windows-1252 the way browsers do: no byte is without a character
BROKEN = " \u201cna\u00efve\u201d \u2014 caf\u00e9".encode().decode("sloppy-windows-1252")
Row = tuple[int, str, str, str]
Fix = Callable[[str], str]


def texts(random: Random, chinese_share: float) -> Iterator[str]:
    """Yield paragraphs: the language reference of Python, and Chinese news and reviews."""
    # Not at the top: processes read this module again, and need no corpora
    from pydoc_data.topics import topics  # noqa: PLC0415

    from benchmarks.corpora import news, reviews  # noqa: PLC0415

    english = [line for topic in topics.values() for line in topic.split("\n\n") if len(line) > 40]
    chinese = ["".join(words) for words in news()] + list(reviews())
    while True:
        several = chinese if random.random() < chinese_share else english
        yield random.choice(several)


def rows(count: int, damaged: float, chinese: float = 0.3) -> Iterator[Row]:
    """Yield rows, a share of them damaged."""
    random = Random(7)
    several = texts(random, chinese)
    known = [next(several) for _ in range(min(count, DISTINCT))]
    broken = [text + BROKEN for text in known]
    for number in range(count):
        text = (broken if random.random() < damaged else known)[number % len(known)]
        yield number, f"https://example.org/{number}", text[:40].strip(), text


def write_jsonl(path: Path, several: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, url, title, text in several:
            row = {"id": number, "url": url, "title": title, "text": text, "score": 1.50}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(path: Path, several: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "url", "title", "text"))
        writer.writerows(several)


def write_parquet(path: Path, several: Iterable[Row]) -> None:
    names = ("id", "url", "title", "text")
    schema = pa.schema([("id", pa.int64()), *((name, pa.string()) for name in names[1:])])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        group: list[Row] = []
        for row in several:
            group.append(row)
            if len(group) == ROW_GROUP:
                writer.write_table(_table(group, schema))
                group.clear()
        if group:
            writer.write_table(_table(group, schema))


def _table(group: Sequence[Row], schema: pa.Schema) -> pa.Table:
    return pa.table([list(column) for column in zip(*group, strict=True)], schema=schema)


WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}


def ours(path: Path, out: Path, jobs: int, *, look: bool = True) -> None:
    job = Job(str(out), str(out / ".textrepair"), key="id", look=look)
    done = run_job(job, [str(path)], lambda tasks: run_in_processes(tasks, jobs))
    assert not done.broken, done.broken


def peer(path: Path, out: Path, jobs: int, *, name: str) -> None:
    """The job as people write it: parse, repair each text, write; parts are joined in order."""
    out.mkdir()
    suffix = path.suffix[1:]
    # As of a program of its own, which has imported nothing of ours
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        if suffix == "parquet":
            table = pq.ParquetFile(path)
            groups = range(table.num_row_groups)
            parts = pool.map(partial(peer_group, str(path), str(out), name), groups)
            with pq.ParquetWriter(out / path.name, table.schema_arrow, compression="zstd") as file:
                for part in parts:
                    file.write_table(pa.ipc.open_file(pa.memory_map(part)).read_all())
                    Path(part).unlink()
            return
        work = partial(peer_text, str(path), str(out), name)
        with (out / path.name).open("wb") as whole:
            for part in pool.map(work, list(_chunks(path, is_csv=suffix == "csv"))):
                with Path(part).open("rb") as read:
                    shutil.copyfileobj(read, whole, 1 << 20)
                Path(part).unlink()


def _chunks(path: Path, *, is_csv: bool) -> Iterator[tuple[int, int]]:
    """Pieces of whole lines; of CSV of whole records."""
    start, size = 0, path.stat().st_size
    with path.open("rb") as file:
        while start < size:
            data = file.read(CHUNK)
            end = len(data) if start + len(data) == size else data.rfind(b"\n") + 1
            while is_csv and data.count(b'"', 0, end) % 2:
                end = data.rfind(b"\n", 0, end - 1) + 1
            yield start, start + end
            start += end
            file.seek(start)


def fixer(name: str) -> Fix:
    if name == "plsfix":
        import plsfix  # noqa: PLC0415

        fix: Fix = plsfix.fix_text
        return fix
    import ftfy  # noqa: PLC0415

    return ftfy.fix_text


def peer_text(path: str, out: str, name: str, span: tuple[int, int]) -> str:
    fix = fixer(name)
    with Path(path).open("rb") as file:
        file.seek(span[0])
        text = file.read(span[1] - span[0]).decode()
    part = f"{out}/{span[0]}.part"
    with Path(part).open("w", encoding="utf-8", newline="") as new:
        if path.endswith(".csv"):
            writer = csv.writer(new)
            for row in csv.reader(io.StringIO(text, newline="")):
                writer.writerow([row[0], *map(fix, row[1:])])
        else:
            for line in text.splitlines():
                value = json.loads(line)
                fixed = {
                    k: fix(v) if isinstance(v, str) and k != "id" else v for k, v in value.items()
                }
                new.write(json.dumps(fixed, ensure_ascii=False) + "\n")
    return part


def peer_group(path: str, out: str, name: str, group: int) -> str:
    fix = fixer(name)
    table = pq.ParquetFile(path).read_row_group(group, use_threads=False)
    for index, field in enumerate(table.schema):
        if field.type == pa.string():
            fixed = [None if v is None else fix(v) for v in table[field.name].to_pylist()]
            table = table.set_column(index, field, pa.array(fixed, pa.string()))
    part = f"{out}/{group}.part"
    with pa.ipc.new_file(part, table.schema) as writer:
        writer.write_table(table)
    return part


def contestants() -> dict[str, Callable[[Path, Path, int], None]]:
    found: dict[str, Callable[[Path, Path, int], None]] = {
        "copy": partial(ours, look=False),
        "textrepair": ours,
        "ftfy": partial(peer, name="ftfy"),
    }
    if find_spec("plsfix"):
        found["plsfix"] = partial(peer, name="plsfix")
    return found


def measure(options: argparse.Namespace, work: Path) -> None:
    count = int(options.megabytes * 1e6 / _bytes_per_row(options.damaged, options.chinese))
    for format_ in options.formats.split(","):
        path = work / f"rows.{format_}"
        WRITERS[format_](path, rows(count, options.damaged, options.chinese))
        size = path.stat().st_size / 1e6
        print(
            f"{format_}: {count:,} rows, {size:,.0f} MB, {options.damaged:.1%} damaged", flush=True
        )
        times: dict[tuple[str, int], tuple[float, float]] = {}
        for name, run in contestants().items():
            if options.only and name not in options.only.split(","):
                continue
            for jobs in map(int, str(options.jobs).split(",")):
                out = work / "out"
                start, busy = perf_counter(), _cpu_seconds()
                run(path, out, jobs)
                seconds = perf_counter() - start
                times[name, jobs] = seconds, _cpu_seconds() - busy
                shutil.rmtree(out)
                print(
                    f"  {name:12} {jobs} processes {seconds:9.1f} s {count / seconds:12,.0f} rows/s"
                    f" {size / seconds:8.1f} MB/s {times[name, jobs][1]:9.1f} s of CPU",
                    flush=True,
                )
        show_ratios(times)
        path.unlink()


def _cpu_seconds() -> float:
    """Of this process and all that it waited for; other programs do not count."""
    both = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def show_ratios(times: dict[tuple[str, int], tuple[float, float]]) -> None:
    for jobs in sorted({jobs for _, jobs in times}):
        mine = times.get(("textrepair", jobs))
        for (name, several), (wall, busy) in times.items():
            if mine and several == jobs and name != "textrepair":
                print(
                    f"  {jobs} processes: textrepair is {wall / mine[0]:.2f} times as fast as"
                    f" {name}, {busy / mine[1]:.2f} by CPU"
                )
    if ("textrepair", 1) in times and ("textrepair", 2) in times:
        one, two = (times["textrepair", jobs][0] for jobs in (1, 2))
        print(f"  two processes are {one / two:.2f} times one")


def _bytes_per_row(damaged: float, chinese: float) -> float:
    sample = list(rows(5000, damaged, chinese))
    return (
        sum(len(json.dumps(row, ensure_ascii=False).encode()) for row in sample) / len(sample) + 40
    )


def memory(options: argparse.Namespace, work: Path) -> None:
    """The most memory that any worker, or this process, had at once."""
    count = int(options.memory * 1e9 / _bytes_per_row(options.damaged, options.chinese))
    for format_ in options.formats.split(","):
        path = work / f"rows.{format_}"
        WRITERS[format_](path, rows(count, options.damaged, options.chinese))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with workers_watched() as most:
            ours(path, work / "out", int(options.jobs))
        of_workers = max(most, default=0)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{format_}: {path.stat().st_size / 1e9:.2f} GB, worker {of_workers >> 10} MB,"
            f" this process {before >> 10} MB before and {after >> 10} MB after",
            flush=True,
        )
        shutil.rmtree(work / "out")
        path.unlink()


@contextmanager
def workers_watched() -> Iterator[list[int]]:
    """Yield a list that gets the most memory of each child, in kB, as the system tells it.

    What it tells of children that have ended counts the parent before they became programs of
    their own.
    """
    most: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            for child in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
                for pid in child.read_text().split():
                    with suppress(OSError, IndexError):
                        said = Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1]
                        most.append(int(said.split()[0]))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--memory", type=float, default=0)
    parser.add_argument("--formats", default="jsonl,csv,parquet")
    parser.add_argument("--jobs", default=os.cpu_count())
    parser.add_argument("--damaged", type=float, default=0.01)
    parser.add_argument("--chinese", type=float, default=0.3)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batch-", dir=options.folder) as name:
        (memory if options.memory else measure)(options, Path(name))


if __name__ == "__main__":
    main()
