"""How long a process takes before it can work, and for one small file, beside a bare Python.

Run ``python -m benchmarks.startup``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROUNDS = 15

PROGRAMS = {
    "python": "pass",
    "import repair": "import repair",
    "import repair, repair clean ASCII": "import repair; repair.repair('clean')",
    "import repair, repair clean Chinese": "import repair; repair.repair('\\u4e2d\\u6587')",
    "import repair.cli": "import repair.cli",
    "import ftfy": "import ftfy",
    "import chardet": "import chardet",
    "textrepair check, a clean file": "from repair.cli import main; main()",
    "textrepair check, a damaged word in it": "from repair.cli import main; main()",
}
TEXT = "The caf\u00e9 on the corner is open.\n" * 20
FILES = {
    "textrepair check, a clean file": TEXT,
    "textrepair check, a damaged word in it": f"{TEXT}The caf\u00c3\u00a9 is open.\n",
}


def seconds(program: str, *arguments: str) -> float:
    """Return the best of some runs: noise only ever adds."""
    return min(_once(program, *arguments) for _ in range(ROUNDS))


def _once(program: str, *arguments: str) -> float:
    start = perf_counter()
    command = [sys.executable, "-c", program, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _show_all(Path(folder, "page.md"))


def _show_all(path: Path) -> None:
    bare = seconds(PROGRAMS["python"])
    for name, program in PROGRAMS.items():
        if name in FILES:
            path.write_text(FILES[name], "utf-8")
            time = seconds(program, "check", "--no-cache", str(path))
        else:
            time = seconds(program)
        print(f"{name:38}{time * 1000:8.1f} ms {(time - bare) * 1000:+8.1f} ms")


if __name__ == "__main__":
    main()
