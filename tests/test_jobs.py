"""Many files are looked at by several processes, with the same results in the same order."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from repair.cli import work
from repair.cli.check import default_jobs
from repair.cli.look import Looker, WorkerDiedError
from repair.cli.pool import Pool
from repair.cli.settings import Settings

BAD = "caf\u00c3\u00a9\n"
GOOD = "caf\u00e9\n"
FILES = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    for number in range(FILES):
        path = tree / str(number % 7) / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BAD if number % 3 == 0 else f"fine {number}\n")
    (tree / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return tree


def textrepair(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "repair.cli", *args, "--no-cache", "."]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True)


def test_the_report_does_not_depend_on_the_number_of_processes(folder: Path) -> None:
    assert FILES > work.LEAST_PARALLEL
    one, two, five = (textrepair(folder, "check", "-j", n) for n in ("1", "2", "5"))
    assert one.returncode == 1
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr) == (five.stdout, five.stderr)
    assert b"in 100 of 300 files" in one.stdout


def test_files_are_repaired_all_the_same(folder: Path) -> None:
    done = textrepair(folder, "fix", "-j", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    texts = [path.read_text() for path in folder.rglob("*.md")]
    assert texts.count(GOOD) == 100
    assert not list(folder.rglob(".textrepair-*"))


def test_a_looker_can_be_sent_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(BAD)
    looker = pickle.loads(pickle.dumps(Looker(Settings(), b"c", {b"d": "clean"})))  # noqa: S301
    outcome = looker.look(str(tmp_path / "a")).outcome
    assert outcome.result.text == GOOD


def test_under_pre_commit_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    assert default_jobs() == len(os.sched_getaffinity(0))
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert default_jobs() == 1


# Ends

SLOW = """
import sys, time
from repair.cli import look, main
judge = look.Looker.judge
def slowly(*args):
    time.sleep(0.02)
    return judge(*args)
look.Looker.judge = slowly
sys.argv = ["textrepair", *sys.argv[1:]]
sys.exit(main())
"""


def start_slowly(folder: Path, *args: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SLOW, *args, "--no-cache", "-j", "2", "."]
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def workers(process: subprocess.Popen[bytes]) -> list[int]:
    """Its children, once there are two."""
    for _ in range(200):
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if len(listed) == 2:
            return [int(number) for number in listed]
        time.sleep(0.05)
    raise AssertionError(listed)


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def assert_gone(numbers: list[int]) -> None:
    for _ in range(200):
        if not any(is_running(number) for number in numbers):
            return
        time.sleep(0.05)
    raise AssertionError(numbers)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_of_them_quietly(
    folder: Path, number: signal.Signals, status: int
) -> None:
    with start_slowly(folder, "fix") as process:
        children = workers(process)
        time.sleep(0.3)
        os.killpg(process.pid, number)
        assert process.wait(20) == status
        assert process.stderr is not None
        assert process.stderr.read().strip() == b""
    assert_gone(children)
    assert {path.read_text()[:4] for path in folder.rglob("*.md")} <= {BAD[:4], GOOD[:4], "fine"}
    assert not list(folder.rglob(".textrepair-*"))


def test_no_process_is_left_by_one_that_is_killed(folder: Path) -> None:
    with start_slowly(folder, "check") as process:
        children = workers(process)
        process.kill()
    assert_gone(children)


def test_a_worker_that_dies_is_named_and_nobody_waits_for_it(folder: Path) -> None:
    with start_slowly(folder, "check") as process:
        os.kill(workers(process)[0], signal.SIGKILL)
        assert process.wait(30) == 2
        assert process.stderr is not None
        error = process.stderr.read().decode()
    assert "a process ended while it looked at this or one of the next files" in error
    assert "Traceback" not in error


def test_so_it_is_if_it_dies_before_it_gets_all_of_its_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    pool = Pool(Looker(Settings()), 2)
    with pytest.raises(WorkerDiedError, match="first"):
        pool.add(["first", "second"])
    pool.close(at_once=True)


# The bar


def on_terminal(folder: Path, *args: str) -> str:
    primary, secondary = os.openpty()
    command = [sys.executable, "-c", SLOW, *args, "--no-cache", "-j", "1", "."]
    environment = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=secondary, env=environment
    ):
        os.close(secondary)
        shown = b""
        try:
            while piece := os.read(primary, 4096):
                shown += piece
        except OSError:
            pass
    os.close(primary)
    return shown.decode()


def test_people_who_wait_see_how_much_is_done(folder: Path) -> None:
    shown = on_terminal(folder, "check")
    assert "/301" in shown
    assert shown.endswith(("\x1b[?25h", "\x1b[2K", "\x1b[K")) or "\x1b[?25h" in shown[-40:]


def test_nobody_else_does(folder: Path) -> None:
    assert on_terminal(folder, "check", "--quiet") == ""
    assert textrepair(folder, "check").stderr == b""
