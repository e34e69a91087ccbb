"""Throughput of check and repair beside ftfy, in one run; time is shown, never asserted.

Run ``pytest benchmarks``; the groups compare what does the same work on the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import ftfy
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import repair
from benchmarks.samples import SAMPLES

RUNS = {
    "repair.check": repair.check,
    "repair.repair": repair.repair,
    "ftfy.fix_encoding": ftfy.fix_encoding,
    "ftfy.fix_text": ftfy.fix_text,
}


@lru_cache
def sample(name: str) -> str:
    return SAMPLES[name]()


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("name", SAMPLES)
def test_throughput(benchmark: BenchmarkFixture, name: str, run: Callable[[str], object]) -> None:
    text = sample(name)
    benchmark.group = name
    # One warm-up, because tables and models load with the first text that needs them.
    benchmark.pedantic(run, (text,), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
    if benchmark.stats is not None:  # absent with --benchmark-disable
        rate = len(text.encode()) / benchmark.stats.stats.min / 1e6
        benchmark.extra_info["MB/s"] = round(rate, 2)
