"""How long a batch job takes on Ray and Spark, beside our own processes, on this machine.

Run ``python -m benchmarks.engines [--megabytes 200] [--files 8] [--jobs 2] [--rounds 3]
[--engines processes,ray,spark]``. The engines take turns, and must write the same bytes. ``work``
is the job with workers that are there already; ``in all`` is also starting them and ending them.
The figures are the best of the rounds, and ratios to those of our own processes. ``cpu`` is the
time of processors up to the end of the work, of this process and all below it, which other loads on
the machine change less than the time of a clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.batch import rows, write_jsonl
from repair.adapters import load
from repair.adapters.batch.driver import Execute, run_job
from repair.adapters.batch.jobs import Job
from repair.adapters.batch.pool import run_in_processes

DAMAGED = 0.01
ROWS_PER_MEGABYTE = 2_400


class Times(NamedTuple):
    work: float
    in_all: float
    cpu: float


def below(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and theirs."""
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from below(int(child))


def cpu() -> float:
    """Seconds of processors that this process and those below it took, those that ended as well."""
    ticks = 0
    for pid in (os.getpid(), *below(os.getpid())):
        with suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(value) for value in stat[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def processes(jobs: int) -> Iterator[Execute]:
    yield lambda tasks: run_in_processes(tasks, jobs)


def run(engine: str, inputs: Path, out: Path, jobs: int) -> Times:
    job = Job(str(out), str(out / ".textrepair"), key="id")
    began, before = perf_counter(), cpu()
    with processes(jobs) if engine == "processes" else load(engine).engine(jobs) as execute:
        started = perf_counter()
        done = run_job(job, [str(inputs)], execute)
        ended, after = perf_counter(), cpu()
    assert not done.broken, done.broken
    return Times(ended - started, perf_counter() - began, after - before)


def same(one: Path, other: Path) -> bool:
    names = sorted(path.name for path in one.iterdir() if path.is_file())
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def make(folder: Path, megabytes: int, files: int) -> int:
    """Write the inputs, and return their size in bytes."""
    several = rows(megabytes * ROWS_PER_MEGABYTE, DAMAGED)
    each = megabytes * ROWS_PER_MEGABYTE // files
    for number in range(files):
        write_jsonl(folder / f"{number}.jsonl", islice(several, each))
    return sum(path.stat().st_size for path in folder.iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", default="processes,ray,spark")
    told = parser.parse_args()
    # Ray's workers have a niceness of 15, and would wait for all else that the machine does
    os.environ.setdefault("RAY_worker_niceness", "0")
    engines = told.engines.split(",")
    times: dict[str, list[Times]] = {engine: [] for engine in engines}
    with tempfile.TemporaryDirectory() as name:
        inputs = Path(name) / "in"
        inputs.mkdir()
        size = make(inputs, told.megabytes, told.files)
        print(f"{size / 1e6:.0f} MB in {told.files} files, {told.jobs} processes")
        for _ in range(told.rounds):
            for engine in engines:
                out = Path(name) / engine
                times[engine].append(run(engine, inputs, out, told.jobs))
                print(engine, *(f"{value:.1f} s" for value in times[engine][-1]), flush=True)
                assert same(Path(name) / engines[0], out), f"{engine} wrote something else"
            for engine in engines:
                shutil.rmtree(Path(name) / engine)
    best = {e: Times(*(min(values) for values in zip(*times[e], strict=True))) for e in engines}
    print(f"load average {os.getloadavg()[0]:.1f}")
    for engine, (work, in_all, busy) in best.items():
        ours = best[engines[0]]
        print(
            f"{engine:10} work {work:6.1f} s  {work / ours.work:.2f} x"
            f"   in all {in_all:6.1f} s  {in_all / ours.in_all:.2f} x"
            f"   cpu {busy:6.1f} s  {busy / ours.cpu:.2f} x"
        )


if __name__ == "__main__":
    main()
