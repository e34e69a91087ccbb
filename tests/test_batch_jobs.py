"""Batch jobs as they are run: killed, resumed, poisoned, over all formats and compressions."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import repair
from repair.adapters.batch import codecs
from repair.adapters.batch.driver import Done, run_job
from repair.adapters.batch.jobs import BatchError, Job, Task, TaskResult
from repair.adapters.batch.plan import entries, source_of
from repair.adapters.batch.pool import TRIES, run_in_processes
from repair.adapters.batch.tasks import run_task
from repair.config import Config

BAD, GOOD = "caf\u00c3\u00a9", "café"
SCHEMA = pa.schema(
    [pa.field("id", pa.int64()), pa.field("t", pa.string(), metadata={"of": "field"})],
    metadata={"of": "table"},
)


def lines(count: int, every: int = 10) -> str:
    return "".join(
        json.dumps(
            {"id": i, "t": f"{BAD} {i}" if i % every == 0 else f"fine {i}"}, ensure_ascii=False
        )
        + "\n"
        for i in range(count)
    )


def table(count: int, every: int = 10) -> pa.Table:
    texts = [f"{BAD} {i}" if i % every == 0 else f"fine {i}" for i in range(count)]
    return pa.table([list(range(count)), texts], schema=SCHEMA)


def here(tasks: Iterable[Task]) -> Iterator[tuple[Task, TaskResult]]:
    """Without other processes."""
    return ((task, run_task(task)) for task in tasks)


def job(tmp_path: Path, out: str = "out", **options: Any) -> Job:
    return Job(str(tmp_path / out), str(tmp_path / out / ".textrepair"), **options)


def run(tmp_path: Path, *paths: Path | str, out: str = "out", **options: Any) -> Done:
    return run_job(job(tmp_path, out, **options), [str(path) for path in paths], here)


def textrepair(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "repair.cli", "batch", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: bytes(codecs.zstd().compress(data)),
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": lambda data: bytes(codecs.zstd().decompress(data)),
}


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_lines(tmp_path: Path, suffix: str) -> None:
    data = lines(500).encode()
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](data))
    done = run(tmp_path, path)
    assert not done.broken
    new = UNPACK[suffix]((tmp_path / "out" / path.name).read_bytes())
    assert new == data.replace(BAD.encode(), GOOD.encode())


@pytest.mark.parametrize("suffix", [s for s in PACK if s])
def test_two_compressed_members(tmp_path: Path, suffix: str) -> None:
    data = lines(50).encode()
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](data) * 2)
    assert not run(tmp_path, path).broken
    new = UNPACK[suffix]((tmp_path / "out" / path.name).read_bytes())
    assert new == data.replace(BAD.encode(), GOOD.encode()) * 2


@pytest.mark.parametrize("suffix", [s for s in PACK if s])
@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_compressed_files_that_are_not_whole(tmp_path: Path, suffix: str, damage: str) -> None:
    whole = PACK[suffix](os.urandom(90_000).hex().encode() + b"\n" + lines(100).encode())
    middle = len(whole) // 2
    data = {
        "cut": whole[:-9],
        "changed": whole[:middle]
        + bytes(b ^ 255 for b in whole[middle : middle + 9])
        + whole[middle + 9 :],
        "empty": b"",
    }[damage]
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(data)
    (tmp_path / "b.jsonl").write_text(lines(10))
    done = textrepair(path, tmp_path / "b.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f"error: {path}: " in done.stderr
    assert "Traceback" not in done.stderr
    assert ("byte" in done.stderr) is (damage != "empty")
    # Of the one there is nothing, and the other is done
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        ".textrepair",
        "b.jsonl",
        "findings.parquet",
    ]


def test_pieces_give_what_the_whole_gives(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(lines(3000))
    (tmp_path / "in" / "b.csv").write_text(
        "id,t\r\n" + "".join(f'00{i},"{BAD}\r\n, ""x"""\r\n' for i in range(900)), newline=""
    )
    (tmp_path / "in" / "c.tsv").write_text(
        "id\tt\n" + "".join(f'{i}\t5" {BAD}\n' for i in range(900))
    )
    (tmp_path / "in" / "d.txt").write_text(f"{BAD}\n" * 900, encoding="utf-16")
    pq.write_table(table(3000), tmp_path / "in" / "e.parquet", row_group_size=100)
    with pa.ipc.new_file(str(tmp_path / "in" / "f.arrow"), SCHEMA) as writer:
        writer.write_table(table(3000), max_chunksize=500)
    whole = run(tmp_path, tmp_path / "in", out="whole")
    pieces = run(tmp_path, tmp_path / "in", out="pieces", split_bytes=4000)
    assert not whole.broken
    assert not pieces.broken
    assert sum(len(source.pieces) for source, _ in pieces.results) > 30
    assert [sum(r.rows for r in rs) for _, rs in whole.results] == [3000, 900, 900, 900, 3000, 3000]
    assert [sum(r.rows for r in rs) for _, rs in pieces.results] == [
        3000,
        900,
        900,
        900,
        3000,
        3000,
    ]
    for path in sorted((tmp_path / "whole").glob("?.*")):
        assert path.read_bytes() == (tmp_path / "pieces" / path.name).read_bytes(), path.name
    one, other = (pq.read_table(tmp_path / out / "findings.parquet") for out in ("whole", "pieces"))
    assert one.equals(other)
    assert pq.read_table(tmp_path / "whole" / "e.parquet")["t"].to_pylist() == [
        text.replace(BAD, GOOD) for text in table(3000)["t"].to_pylist()
    ]
    text = (tmp_path / "in" / "b.csv").read_bytes()
    assert (tmp_path / "whole" / "b.csv").read_bytes() == text.replace(BAD.encode(), GOOD.encode())


def test_parquet_keeps_what_its_footer_says(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        table(1000).append_column("u", pa.array([f"x{i % 5}" for i in range(1000)])),
        path,
        row_group_size=300,
        compression={"id": "zstd", "t": "gzip", "u": "snappy"},
        use_dictionary=["u"],
        write_statistics=["id", "u"],
        sorting_columns=[pq.SortingColumn(0), pq.SortingColumn(1)],
        data_page_version="1.0",
        version="2.4",
        write_page_index=True,
    )
    assert not run(tmp_path, path, key="id").broken
    old, new = (pq.ParquetFile(p) for p in (path, tmp_path / "out" / "a.parquet"))
    assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
    assert new.metadata.num_row_groups == 4
    for number in range(4):
        before, after = old.metadata.row_group(number), new.metadata.row_group(number)
        assert after.num_rows == before.num_rows
        # What is repaired need not be in order any more
        assert after.sorting_columns == before.sorting_columns[:1]
        for i in range(3):
            one, other = before.column(i), after.column(i)
            assert (other.compression, other.is_stats_set, other.encodings) == (
                one.compression,
                one.is_stats_set,
                one.encodings,
            )
            assert other.has_offset_index
    assert new.read()["t"].to_pylist() == [
        t.replace(BAD, GOOD) for t in old.read()["t"].to_pylist()
    ]


def test_row_groups_are_shared_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    texts = pa.table({"text": ["the same again and again " * 40] * 400})
    pq.write_table(texts, path, row_group_size=50, compression="zstd", use_dictionary=False)
    one = job(tmp_path, split_bytes=100_000)
    assert path.stat().st_size < one.split_bytes
    (source,) = (source_of(one, entry) for entry in entries(one, [str(path)]))
    assert source.pieces == ((0, 2), (2, 4), (4, 6), (6, 8))


def test_parquet_that_is_clean_keeps_its_order(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    clean = table(100, every=1000).slice(1)
    pq.write_table(clean, path, sorting_columns=[pq.SortingColumn(1)])
    assert not run(tmp_path, path).broken
    new = pq.ParquetFile(tmp_path / "out" / "a.parquet")
    assert new.metadata.row_group(0).sorting_columns == (pq.SortingColumn(1),)
    assert new.read().equals(clean)


@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream])
def test_ipc_keeps_form_and_compression(
    tmp_path: Path, compression: str | None, new: Callable[..., Any]
) -> None:
    path = tmp_path / "a.arrow"
    options = pa.ipc.IpcWriteOptions(compression=compression)
    values = table(900).append_column("d", pa.array([BAD, "x", None] * 300).dictionary_encode())
    with new(str(path), values.schema, options=options) as writer:
        writer.write_table(values, max_chunksize=400)
    assert not run(tmp_path, path).broken
    data = (tmp_path / "out" / "a.arrow").read_bytes()
    assert data.startswith(b"ARROW1") is (new is pa.ipc.new_file)
    opened = pa.ipc.open_file if new is pa.ipc.new_file else pa.ipc.open_stream
    read = opened(data).read_all()
    assert read.schema.equals(values.schema, check_metadata=True)
    assert read["d"].to_pylist() == [GOOD, "x", None] * 300
    assert abs(len(data) - path.stat().st_size) < 0.05 * len(data)


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_tables_that_are_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(table(1000), path)
    else:
        with pa.ipc.new_file(str(path), SCHEMA) as writer:
            writer.write_table(table(1000))
    path.write_bytes(path.read_bytes()[:-100])
    (broken,) = run(tmp_path, path).broken
    assert broken[0] == str(path)
    assert not (tmp_path / "out" / name).exists()


def test_what_was_finished_is_not_done_again(tmp_path: Path) -> None:
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    one.write_text(lines(20))
    two.write_text(lines(30))
    assert run(tmp_path, one).resumed == 0
    (tmp_path / "out" / "1.jsonl").write_text("as it was")
    done = run(tmp_path, one, two)
    assert done.resumed == 1
    assert (tmp_path / "out" / "1.jsonl").read_text() == "as it was"
    assert pq.read_table(tmp_path / "out" / "findings.parquet").num_rows == 5
    # Another configuration, input or output that is gone: all of it anew
    assert run(tmp_path, one, two, config=Config(ignore=("X",))).resumed == 0
    one.write_text(lines(21))
    assert run(tmp_path, one, two, config=Config(ignore=("X",))).resumed == 1
    (tmp_path / "out" / "2.jsonl").unlink()
    assert run(tmp_path, one, two, config=Config(ignore=("X",))).resumed == 1


def test_a_manifest_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    one.write_text(lines(20))
    two.write_text(lines(30))
    run(tmp_path, one, two)
    manifest = tmp_path / "out" / ".textrepair" / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert run(tmp_path, one, two).resumed == 1
    assert run(tmp_path, one, two).resumed == 2


def test_one_run_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(3))

    def execute(tasks: Iterable[Task]) -> Iterator[tuple[Task, TaskResult]]:
        other = textrepair(tmp_path / "a.jsonl", "--out", tmp_path / "out")
        assert other.returncode == 2
        assert "another run is at work" in other.stderr
        return here(tasks)

    assert not run_job(job(tmp_path), [str(tmp_path / "a.jsonl")], execute).broken


def tree(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


def children(of: int) -> list[int]:
    """Workers, which the resource tracker of multiprocessing is not."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            command = path.with_name("cmdline").read_bytes()
            if parent == of and b"spawn_main" in command:
                found.append(int(path.parent.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")


def large_inputs(folder: Path) -> None:
    """Work for some seconds, in files and pieces of files."""
    folder.mkdir()
    (folder / "big.jsonl").write_text(lines(3000, every=6))
    (folder / "csv.csv").write_text("id,t\n" + "".join(f"{i},{BAD} {i}\n" for i in range(500)))
    pq.write_table(table(3000, every=9), folder / "t.parquet", row_group_size=300)
    (folder / "z.txt").write_text(f"{BAD}\n" * 300)


SCRIPT = """
import sys
from repair.adapters.batch.driver import run_job
from repair.adapters.batch.jobs import Job
from repair.adapters.batch.pool import run_in_processes
if __name__ == "__main__":
    source, out = sys.argv[1:]
    job = Job(out, out + "/.textrepair", split_bytes=20_000)
    done = run_job(job, [source], lambda tasks: run_in_processes(tasks, 2))
    print(done.resumed, done.broken)
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    large_inputs(folder / "in")
    (folder / "run.py").write_text(SCRIPT)
    assert start(folder, "expected").communicate()[0] == "0 []\n"
    return folder, tree(folder / "expected")


def start(folder: Path, out: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(folder / "run.py"), str(folder / "in"), str(folder / out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def parts_done(out: Path) -> int:
    return len(list(out.glob(".textrepair/parts/*/*.json")))


@needs_proc
def test_a_worker_that_is_killed_changes_nothing(
    undisturbed: tuple[Path, dict[str, bytes]],
) -> None:
    folder, expected = undisturbed
    run_ = start(folder, "killed")
    for count in (1, 3, 5):
        wait_for(lambda count=count: parts_done(folder / "killed") >= count)  # type: ignore[misc]
        for pid in children(run_.pid)[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    said, _ = run_.communicate()
    assert said == "0 []\n"
    assert tree(folder / "killed") == expected


@needs_proc
def test_a_driver_that_is_killed_leaves_no_workers_and_is_resumed(
    undisturbed: tuple[Path, dict[str, bytes]],
) -> None:
    folder, expected = undisturbed
    run_ = start(folder, "resumed")
    wait_for(lambda: parts_done(folder / "resumed") >= 4)
    workers = children(run_.pid)
    run_.kill()
    run_.communicate()
    assert workers
    wait_for(lambda: not any(is_running(pid) for pid in workers))
    kept = {
        p: p.stat().st_mtime_ns for p in (folder / "resumed").glob(".textrepair/parts/*/*.json")
    }
    again = start(folder, "resumed")
    assert again.communicate()[0].endswith("[]\n")
    assert tree(folder / "resumed") == expected
    assert len(kept) >= 4
    left = [p for p in kept if p.exists()]
    assert all(p.stat().st_mtime_ns == kept[p] for p in left)  # none was done again


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@needs_proc
def test_a_file_that_kills_is_given_up_and_the_rest_is_done(tmp_path: Path) -> None:
    """As a machine does that is out of memory: whoever reads the file is killed."""
    folder = tmp_path / "in"
    folder.mkdir()
    poison = folder / "b.jsonl"
    poison.write_text(lines(30_000, every=2))
    for name in ("a", "c", "d"):
        (folder / f"{name}.jsonl").write_text(lines(50))
    killed: set[int] = set()
    is_over = threading.Event()

    def kill_readers() -> None:
        while not is_over.is_set():
            for pid in children(os.getpid()):
                with suppress(OSError):
                    if any(f.readlink() == poison for f in Path(f"/proc/{pid}/fd").iterdir()):
                        os.kill(pid, signal.SIGKILL)
                        killed.add(pid)
            time.sleep(0.001)

    killer = threading.Thread(target=kill_readers)
    killer.start()
    try:
        done = run_job(job(tmp_path), [str(folder)], lambda tasks: run_in_processes(tasks, 2))
    finally:
        is_over.set()
        killer.join()
    assert done.poisonous == [str(poison)]
    assert done.broken == [
        (str(poison), "3 processes ended by signal SIGKILL while they worked at it")
    ]
    assert len(killed) == TRIES
    assert sorted(tree(tmp_path / "out")) == ["a.jsonl", "c.jsonl", "d.jsonl", "findings.parquet"]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--max-rate", "M=10%"), 0),
        (("--max-rate", "M=9.9%"), 1),
        (("--max-rate", "M101=0.05,H=0"), 1),
        (("--fail-on", "M1"), 1),
        (("--fail-on", "H,S"), 0),
        (("--max-rate", "ALL=0.2"), 0),
    ],
)
def test_gates(tmp_path: Path, options: tuple[str, ...], status: int) -> None:
    (tmp_path / "a.jsonl").write_text(lines(100))
    done = textrepair(tmp_path / "a.jsonl", "--out", tmp_path / "out", *options)
    assert (done.returncode, done.stderr) == (status, "")
    assert ("Too much: " in done.stdout) is (status == 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--max-rate", "M"), "--max-rate wants a code and a rate"),
        (("--max-rate", "M=200%"), "a rate is between 0 and 1"),
        (("--fail-on", "Q9"), "no rule has a code that begins with 'Q9'"),
        (("--report", "x.pdf"), "must end with .html, .json or .txt"),
        (("--columns", "nope"), "column 'nope' is not there; there are 'id', 't'"),
        (("--key", "nope"), "column 'nope' is not there"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    (tmp_path / "a.csv").write_text("id,t\n1,x\n")
    done = textrepair(tmp_path / "a.csv", "--out", tmp_path / "out", *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_inputs_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(lines(3))
    (tmp_path / "in" / "unknown").write_text("x")
    for arguments, said in (
        (("missing.jsonl", "--out", "o"), "missing.jsonl: there is no such file"),
        (("in", "--out", "in/out"), "in: the output would be in it"),
        (("in/a.jsonl", "--out", "in"), "its output would take its place"),
        (("in/unknown", "--out", "o"), "its name tells no format: use --format"),
    ):
        done = textrepair(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr
    assert (tmp_path / "in" / "a.jsonl").read_text() == lines(3)


def test_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(100) + '{"id":"<b>","t":"a\\u200bb"}\n')
    reports = [tmp_path / f"r.{suffix}" for suffix in ("html", "json", "txt")]
    named = [part for path in reports for part in ("--report", str(path))]
    done = textrepair(tmp_path / "a.jsonl", "--out", tmp_path / "out", "--key", "id", *named)
    assert done.returncode == 0
    html, json_, text = (path.read_text() for path in reports)
    assert text == done.stdout
    assert "11 rows with findings (10.8911%): 11 findings, 11 repaired." in text
    value = json.loads(json_)
    assert value["rows"] == 101
    assert value["codes"]["M101"] == value["codes"]["M"] == 10
    assert {(c["column"], c["code"], c["rows"]) for c in value["columns"]} == {
        ("t", "M101", 10),
        ("t", "I101", 1),
    }
    assert "‹U+200B›" in html
    assert "(&lt;b&gt;)" in html
    assert "<script" not in html
    assert "http" not in html
    found = pq.read_table(tmp_path / "out" / "findings.parquet").to_pylist()
    assert found[-1]["key"] == "<b>"
    assert found[-1]["row"] == 100
    assert {f["file"] for f in found} == {str(tmp_path / "a.jsonl")}


def test_urls(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(30))
    pq.write_table(table(30), tmp_path / "b.parquet")
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(f"id,t\n1,{BAD}\n".encode()))
    out = tmp_path / "out"
    job_ = Job(f"file://{out}", str(tmp_path / "work"))
    done = run_job(job_, [f"file://{tmp_path}/*.*"], here)
    assert not done.broken
    assert (out / "a.jsonl").read_text() == lines(30).replace(BAD, GOOD)
    assert pq.read_table(out / "b.parquet").num_rows == 30
    assert gzip.decompress((out / "c.csv.gz").read_bytes()).decode() == f"id,t\n1,{GOOD}\n"
    assert run_job(job_, [f"file://{tmp_path}/*.*"], here).resumed == 3


def test_memory_as_a_file_system(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/in/x/a.jsonl", lines(30).encode())
    done = run_job(Job("memory://out", str(tmp_path / "work")), ["memory://in"], here)
    assert not done.broken
    (name,) = [path for path in memory.find("/out") if path.endswith(".jsonl")]
    assert memory.cat(name).decode() == lines(30).replace(BAD, GOOD)


def test_only_what_is_named_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,t,u\n{BAD},{BAD},{BAD}\n")
    run(tmp_path, tmp_path / "a.csv", columns=("u",))
    assert (tmp_path / "out" / "a.csv").read_text() == f"id,t,u\n{BAD},{BAD},{GOOD}\n"


def test_a_task_that_is_looked_at_twice_is_done_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(100))
    with pytest.raises(BatchError, match="there is no such file"):
        run(tmp_path, tmp_path / "b.jsonl")
    twice = run(tmp_path, tmp_path / "a.jsonl", tmp_path / "a.jsonl")
    assert len(twice.results) == 1


def test_the_same_as_the_library(tmp_path: Path) -> None:
    text = f"{BAD}, naïve; “x” &amp; \ufb01ne"
    (tmp_path / "a.txt").write_text(text + "\n")
    run(tmp_path, tmp_path / "a.txt")
    assert (tmp_path / "out" / "a.txt").read_text() == repair.repair(text).text + "\n"
