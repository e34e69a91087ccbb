"""How long a process takes before it can work: what each import costs beside a bare Python.

Run ``python -m benchmarks.startup``.
"""

from __future__ import annotations

import subprocess
import sys
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
}


def seconds(program: str) -> float:
    """Return the best of some runs: noise only ever adds."""
    return min(_once(program) for _ in range(ROUNDS))


def _once(program: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return perf_counter() - start


def main() -> None:
    bare = seconds(PROGRAMS["python"])
    for name, program in PROGRAMS.items():
        time = seconds(program)
        print(f"{name:38}{time * 1000:8.1f} ms {(time - bare) * 1000:+8.1f} ms")


if __name__ == "__main__":
    main()
