"""How long folders take, beside what others need for the same tree on the same cores.

Run ``python -m benchmarks.folders [COMMAND...]``; a command is one of
tree, findings, fix, hook, large. Without any, all are measured. The tools beside it
(rg, ruff, typos, pre-commit) are left out where they are not installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

FILES = 50_000
DAMAGED = 2_000
SMALL = range(200, 20_000)
TEXT = (".py", ".pyi", ".txt", ".md", ".toml", ".json", ".rst")
ROUNDS = 5
TEXTREPAIR = (sys.executable, "-m", "repair.cli")
IGNORES = (
    "*.pyc\n__pycache__/\n*.so\n/build/\ndist/\n*.egg-info/\n.venv/\n*.log\n*~\nnode_modules\n"
)


def sources() -> Iterable[Path]:
    """Small text files of this Python and what is installed beside it."""
    folders = (sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if "ftfy" in path.parts:  # it is about damaged text, and holds some
                continue
            if path.suffix in TEXT and path.is_file() and path.stat().st_size in SMALL:
                yield path


def build_tree(folder: Path, *, mixed: bool = False) -> int:
    """Write a tree of sources, ten files to a folder, each a little different; return its size.

    With ``mixed`` the last line ends in another way in files of DOS, which are one in eleven.
    """
    size = 0
    (folder / ".gitignore").write_text(IGNORES)
    subprocess.run(["git", "init", "-q", folder], check=True)
    several = [(path.name, path.read_bytes()) for path in sources()]
    for number, (name, data) in enumerate(islice(cycle(several), FILES)):
        path = folder / f"part{number // 1000}" / f"unit{number // 10}" / f"{number}_{name}"
        if number % 10 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        end = b"\r\n" if b"\r\n" in data and not mixed else b"\n"
        size += path.write_bytes(data + end + b"# %d" % number + end)
    return size


def build_damaged(folder: Path) -> None:
    for number in range(DAMAGED):
        path = folder / f"part{number // 100}" / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"# {number}\n\nThe caf\u00c3\u00a9 on the corner.\n" + "Plain line.\n" * 60
        )


def seconds(command: Iterable[str], folder: Path, cache: Path) -> float:
    environment = os.environ | {"TEXTREPAIR_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": ""}
    start = perf_counter()
    done = subprocess.run(
        list(command), cwd=folder, env=environment, check=False, capture_output=True
    )
    time = perf_counter() - start
    assert done.returncode in (0, 1, 2), done.stderr.decode()
    return time


def best(run: Callable[[], float], rounds: int = ROUNDS) -> float:
    """The best of some runs: noise only ever adds."""
    return min(run() for _ in range(rounds))


def show(name: str, time: float, beside: float | None = None) -> None:
    ratio = f"{time / beside:8.2f} x rg" if beside else ""
    print(f"  {name:42}{time:9.3f} s{ratio}", flush=True)


def findings(work: Path) -> None:
    """The same where one file in eleven has something to report."""
    tree(work, mixed=True)


def tree(work: Path, *, mixed: bool = False) -> None:
    folder, cache = work / ("mixed" if mixed else "tree"), work / "cache"
    folder.mkdir()
    size = build_tree(folder, mixed=mixed)
    os.sync()
    print(f"{FILES} files, {size / 1e6:.0f} MB, {os.cpu_count()} cores, best of {ROUNDS} rounds")

    def cold() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        return seconds([*TEXTREPAIR, "."], folder, cache)

    def touched() -> float:
        subprocess.run([sys.executable, "-c", TOUCH], cwd=folder, check=True)
        return seconds([*TEXTREPAIR, "."], folder, cache)

    runs: dict[str, Callable[[], float]] = {}
    if shutil.which("rg"):
        runs["rg"] = lambda: seconds(["rg", "--count-matches", "x", "."], folder, cache)
    runs["textrepair, no cache yet"] = cold
    runs["textrepair, warm cache"] = lambda: seconds([*TEXTREPAIR, "."], folder, cache)
    runs["textrepair, 1,000 files with other times"] = touched
    runs["textrepair --no-cache"] = lambda: seconds([*TEXTREPAIR, "--no-cache", "."], folder, cache)
    for name, command in peers().items():
        runs[name] = lambda command=command: seconds([*command, "."], folder, cache)  # type: ignore[misc]
    times: dict[str, float] = {}
    for _ in range(ROUNDS):  # one by one, so that what else the machine does is shared
        for name, run in runs.items():
            times[name] = min(times.get(name, 1e9), run())
    for name, time in times.items():
        show(name, time, times.get("rg"))


TOUCH = """
import os
for folder, _, names in os.walk("part0"):
    for name in names:
        os.utime(os.path.join(folder, name), (1, 1))
"""


def peers() -> dict[str, list[str]]:
    found = {}
    if ruff := shutil.which("ruff", path=tool_path()):
        rules = ["--isolated", "--select", "PLE25", "--quiet"]
        found["ruff check --no-cache, its rules on invisibles"] = [
            *(ruff, "check", "--no-cache"),
            *rules,
        ]
    if typos := shutil.which("typos", path=tool_path()):
        found["typos"] = [typos, "--format", "silent"]
    return found


def tool_path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def fix(work: Path) -> None:
    print(f"{DAMAGED} damaged files, each recorded, written and synced")

    def run() -> float:
        folder = work / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        build_damaged(folder)
        os.sync()
        return seconds([*TEXTREPAIR, "fix", "--quiet", "--statistics", "."], folder, work / "cache")

    show("textrepair fix", best(run, 3))


def hook(work: Path) -> None:
    """Twenty files in a warm pre-commit, beside a hook that does nothing."""
    folder = work / "hook"
    pre_commit = shutil.which("pre-commit", path=tool_path())
    if not pre_commit:
        return
    print("20 files in pre-commit run --all-files")
    subprocess.run(["git", "init", "-q", folder], check=True)
    for number, path in enumerate(islice(sources(), 20)):
        shutil.copy(path, folder / f"{number}.py")
    command = ["env", f"PRE_COMMIT_HOME={work}/pre-commit", pre_commit, "run", "--all-files"]
    times = []
    for name, entry in (("a hook that does nothing", "true"), ("textrepair", OURS)):
        (folder / ".pre-commit-config.yaml").write_text(HOOK.format(entry=entry))
        subprocess.run(["git", "add", "."], cwd=folder, check=True)
        seconds(command, folder, work / "cache")
        times.append(best(lambda: seconds(command, folder, work / "cache")))
        show(name, times[-1])
    show("of it textrepair", times[1] - times[0])


OURS = f"{sys.executable} -m repair.cli fix"
HOOK = """
repos:
- repo: local
  hooks:
  - {{id: x, name: x, entry: {entry}, language: system, types: [text]}}
"""


def large(work: Path) -> None:
    """A file of records, clean and with one damaged word, and the memory that it takes."""
    lines = b"".join(
        b"%d,The quick brown fox,jumps over the lazy dog\n" % n for n in range(100_000)
    )
    damaged = "1,The caf\u00c3\u00a9,on the corner\n".encode()
    print(f"a table of {LARGE >> 20} MB")
    for name, rest in (("clean", b""), ("with one damaged word", damaged)):
        path = work / "table.csv"
        with path.open("wb") as file:
            for _ in range(LARGE // len(lines)):
                file.write(lines)
            file.write(rest)
        time = seconds([*MEASURED, *TEXTREPAIR, "--no-cache", path.name], work, work / "cache")
        memory = int((work / "memory").read_text())
        print(f"  {name:42}{time:9.3f} s  {memory / 1024:8.0f} MB of memory", flush=True)


LARGE = 300 << 20
# Runs what follows, and writes down the most memory that it had, in KB.
_MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
with open("memory", "w") as file:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
sys.exit(code)
"""
MEASURED = (sys.executable, "-c", _MEASURE)
COMMANDS: dict[str, Callable[[Path], None]] = {
    "tree": tree,
    "findings": findings,
    "fix": fix,
    "hook": hook,
    "large": large,
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="folders-") as name:
        for command in sys.argv[1:] or COMMANDS:
            COMMANDS[command](Path(name))


if __name__ == "__main__":
    main()
