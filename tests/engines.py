"""Real local clusters, and rules that go wrong in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from repair.types import Finding, Rule, Safety

REQUIRED = "TEXTREPAIR_PIPELINES"
"""Where this is set, as in CI, a library that is missing is an error."""


def library(name: str) -> Any:
    """The module, or skip the test that needs it."""
    if os.environ.get(REQUIRED):
        __import__(name)
    return pytest.importorskip(name, reason=f"{name} is not installed")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    library("pyspark.sql")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    }
    session = SparkSession.builder.master("local[2,4]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    module = library("ray")
    library("ray.data")
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_AUTH_MODE="disabled")
    module.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        object_store_memory=100_000_000,
    )
    yield module
    module.shutdown()


def _rule(code: str, find: Any) -> Rule:
    return Rule(
        code=code,
        name="goes-wrong",
        summary="For tests.",
        why="For tests.",
        safety=Safety.SHOW,
        trigger="poison",
        find=find,
    )


# The functions are local, so that they are sent to workers, which cannot import the tests.


def failing() -> Rule:
    """A rule that fails on poison."""

    def find(text: str) -> Iterator[Finding]:
        msg = f"cannot digest {text[:6]}"
        raise ValueError(msg)

    return _rule("T901", find)


def killing(once: str) -> Rule:
    """A rule that kills its process at the first poison, and not again: ``once`` is a path."""

    def find(_: str) -> Iterator[Finding]:
        import os
        import signal

        try:
            os.close(os.open(once, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return iter(())
        os.kill(os.getpid(), signal.SIGKILL)
        return iter(())

    return _rule("T902", find)
