"""Peak memory of a repair, beyond the input and what is loaded once, as multiples of the input.

    python -m benchmarks.memory [--sizes BYTES ...]

Each text is repaired in a process of its own that has repaired another text of its kind before,
so that tables are loaded. ``resident`` is by how much the process grew at its highest, which
``malloc`` rounds up; ``traced`` is what Python says that it allocated at most, and ``kept`` what of
that is the result: the text and the account. Bytes of UTF-8.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import repair
from benchmarks.kernel import damaged, texts
from benchmarks.samples import farm_damaged

KINDS = ("English", "Chinese", "mixed", "code")
WARM = 20_000
FEW = 100
"""One line in so many is damaged where not all are."""


def resident() -> int:
    """Return the most bytes that the process ever had; Linux has it to be set back."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    msg = "there is no VmHWM in /proc/self/status: this runs on Linux only"
    raise RuntimeError(msg)


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def measure(warm: bytes, data: bytes, name: str) -> tuple[int, int, int]:
    """Return by how much the process grew, what was traced, and what the result holds."""
    repair.repair_bytes(warm, name=name)
    gc.collect()
    forget_peak()
    before = resident()
    result = repair.repair_bytes(data, name=name)
    grown = resident() - before
    del result
    tracemalloc.start()
    result = repair.repair_bytes(data, name=name)
    _, traced = tracemalloc.get_traced_memory()
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return grown, traced, kept


def cases(size: int) -> list[tuple[str, str, str]]:
    found = []
    for kind, file, text in texts(size):
        if kind in KINDS:
            found.append((kind, file, text))
            if kind != "code":
                found.append((f"{kind}, 1 in {FEW}", file, damaged(text, FEW)))
                if size <= 1 << 18:
                    found.append((f"{kind}, all damaged", file, damaged(text, 1)))
    if size <= 1 << 18:
        farm = farm_damaged()
        found.append(("a farm's", "a.txt", (farm * (size // len(farm.encode()) + 1))[: size // 3]))
    return found


def in_a_process(run: Callable[..., tuple[int, int, int]], *values: object) -> tuple[int, int, int]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(run, values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=(1 << 16, 1 << 18, 10_000_000))
    options = parser.parse_args()
    print(f"{'':24}{'bytes':>12}{'resident':>10}{'traced':>10}{'kept':>10}")
    for size in options.sizes:
        for kind, file, text in cases(size):
            data = text.encode()
            warm = damaged(text[:WARM], 1).encode() + data[:WARM]
            sizes = in_a_process(measure, warm, data, file)
            told = "".join(f"{bytes_ / len(data):10.1f}" for bytes_ in sizes)
            print(f"{kind:24}{len(data):12,}{told}", flush=True)


if __name__ == "__main__":
    main()
