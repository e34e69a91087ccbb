"""Batch jobs on clusters: the same outputs as on the embedded engine, whoever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from repair.adapters import load
from repair.adapters.batch.driver import Done, Execute, run_job
from repair.adapters.batch.jobs import Job, Task, TaskResult
from repair.adapters.batch.pool import TRIES, run_in_processes
from repair.adapters.batch.tasks import run_task
from repair.adapters.clusters import Work
from tests.engines import library

# What other libraries say of themselves is not about us
pytestmark = pytest.mark.filterwarnings(*(f"default:::{name}" for name in ("ray", "pyspark")))

BAD = "caf\u00c3\u00a9"
ENGINES = ("ray", "spark")


def rows(count: int) -> list[dict[str, Any]]:
    texts = ["plain", f"{BAD} au lait", None, "", "exam\u200bple", "bad \ufffd here"]
    return [{"id": n, "text": texts[n % len(texts)]} for n in range(count)]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of several formats; some are looked at whole, some in pieces."""
    folder = tmp_path_factory.mktemp("in")
    for name, count in (("a", 900), ("b", 6)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(count))
        (folder / f"{name}.jsonl").write_text(lines)
    table = "".join(f"{row['id']},{row['text'] or ''}\r\n" for row in rows(900))
    (folder / "c.csv").write_text(f"id,text\r\n{table}", newline="")
    whole = pa.Table.from_pylist(rows(900))
    pq.write_table(whole, folder / "d.parquet", row_group_size=100)
    return folder


def job(folder: Path) -> Job:
    return Job(str(folder), str(folder / ".work"), key="id", split_bytes=4096)


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def figures(done: Done) -> list[Any]:
    """What came of a job, without what a clock says."""
    return [
        (source.path, [{**result.to_json(), "seconds": 0} for result in results])
        for source, results in done.results
    ]


class Run:
    """A job that was run, and what it wrote."""

    def __init__(self, inputs: Path, out: Path, execute: Execute) -> None:
        self.done = run_job(job(out), [str(inputs)], execute)
        self.outputs = outputs(out)


@pytest.fixture(scope="module")
def undisturbed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("out")
    run = Run(inputs, out, lambda tasks: run_in_processes(tasks, 2))
    assert len(run.done.results) == 4
    assert run.outputs.keys() == {"a.jsonl", "b.jsonl", "c.csv", "d.parquet", "findings.parquet"}
    assert BAD not in run.outputs["a.jsonl"].decode()
    assert any(len(results) > 1 for _, results in run.done.results)
    return run


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Callable[[Work], Execute]:
    """A cluster that does tasks by the function that is given."""
    running = request.getfixturevalue(request.param)
    module = load(request.param)
    if request.param == "ray":
        return lambda work: partial(module.run_in_ray, work=work)
    return lambda work: partial(module.run_in_spark, running, work=work)


def test_the_same_comes_out(
    engine: Callable[[Work], Execute], undisturbed: Run, inputs: Path, tmp_path: Path
) -> None:
    run = Run(inputs, tmp_path, engine(run_task))
    assert run.outputs == undisturbed.outputs
    assert figures(run.done) == figures(undisturbed.done)
    assert run.done.broken == []


# The functions are local, so that they are sent to workers, which cannot import the tests.


def test_a_killed_worker_changes_nothing(
    engine: Callable[[Work], Execute], undisturbed: Run, inputs: Path, tmp_path: Path
) -> None:
    once = str(tmp_path / "killed")

    def work(task: Task) -> TaskResult:
        import signal

        result = run_task(task)
        if task.number == 1:
            try:
                os.close(os.open(once, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return result
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    run = Run(inputs, tmp_path / "out", engine(work))
    assert Path(once).exists()
    assert run.outputs == undisturbed.outputs
    assert figures(run.done) == figures(undisturbed.done)


def test_a_file_that_kills_is_given_up_and_the_rest_is_done(
    engine: Callable[[Work], Execute], undisturbed: Run, inputs: Path, tmp_path: Path
) -> None:
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    path = str(deaths)

    def work(task: Task) -> TaskResult:
        import signal
        import tempfile

        if task.source.path.endswith("b.jsonl"):
            tempfile.mkstemp(dir=path)
            os.kill(os.getpid(), signal.SIGKILL)
        return run_task(task)

    run = Run(inputs, tmp_path / "out", engine(work))
    ((poison, problem),) = run.done.broken
    assert poison == str(inputs / "b.jsonl")
    assert "ray" in problem.lower() or "spark" in problem.lower()
    assert run.done.poisonous == [poison]
    assert len(list(deaths.iterdir())) >= TRIES
    others = {"a.jsonl", "c.csv", "d.parquet"}
    assert run.outputs.keys() == {*others, "findings.parquet"}
    assert all(run.outputs[name] == undisturbed.outputs[name] for name in others)


def test_an_error_in_a_task_is_told(
    engine: Callable[[Work], Execute], inputs: Path, tmp_path: Path
) -> None:
    def work(task: Task) -> TaskResult:
        if task.source.path.endswith("b.jsonl"):
            msg = "it does not taste"
            raise ValueError(msg)
        return run_task(task)

    run = Run(inputs, tmp_path, engine(work))
    ((path, problem),) = run.done.broken
    assert path == str(inputs / "b.jsonl")
    assert problem == "ValueError: it does not taste"
    assert run.done.poisonous == []


def textrepair(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "repair.cli", *arguments]
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("name", ENGINES)
def test_the_command_starts_a_cluster_of_its_own(
    name: str, undisturbed: Run, inputs: Path, tmp_path: Path
) -> None:
    library({"ray": "ray", "spark": "pyspark.sql"}[name])
    arguments = ("batch", str(inputs), "--out", "out", "--key", "id", "--engine", name, "-j", "2")
    done = textrepair(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "4 files, 2,706 rows" in done.stdout
    # Which pieces files are cut into differs, and with them the row groups of the findings
    findings = pq.read_table(tmp_path / "out" / "findings.parquet")
    assert findings.equals(pq.read_table(pa.BufferReader(undisturbed.outputs["findings.parquet"])))
    for path, data in undisturbed.outputs.items():
        if path != "findings.parquet":
            assert (tmp_path / "out" / path).read_bytes() == data


@pytest.mark.parametrize(
    ("name", "address"),
    [("ray", "127.0.0.1:1"), ("ray", "ray://127.0.0.1:1"), ("spark", "spark://127.0.0.1:1")],
)
def test_a_cluster_that_is_not_there(name: str, address: str, tmp_path: Path) -> None:
    library({"ray": "ray", "spark": "pyspark.sql"}[name])
    (tmp_path / "a.jsonl").write_text("{}\n")
    arguments = ("batch", "a.jsonl", "--out", "out", "--engine", name, "--cluster", address)
    done = textrepair(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"error: batch: there is no cluster at {address}: connection refused\n"
    assert not (tmp_path / "out" / "a.jsonl").exists()


def test_a_cluster_is_for_engines_that_have_one(tmp_path: Path) -> None:
    done = textrepair("batch", "a.jsonl", "--out", "out", "--cluster", "x:1", cwd=tmp_path)
    assert done.returncode == 2
    assert "--cluster is for --engine ray" in done.stderr


def test_what_a_killed_driver_had_finished_is_not_done_again(
    undisturbed: Run, inputs: Path, tmp_path: Path
) -> None:
    library("ray")
    options = ("batch", str(inputs), "--out", "out", "--key", "id", "-j", "2")
    command = [sys.executable, "-m", "repair.cli", *options, "--engine", "ray"]
    manifest = tmp_path / "out" / ".textrepair" / "manifest.jsonl"
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as driver:
        while driver.poll() is None and not (manifest.exists() and manifest.read_bytes()):
            time.sleep(0.01)
        driver.kill()
    done = textrepair(*options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "in an earlier run" in done.stdout
    for path, data in undisturbed.outputs.items():
        if path != "findings.parquet":
            assert (tmp_path / "out" / path).read_bytes() == data
