"""The outside world, one module for each kind of it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import NamedTuple


class Adapter(NamedTuple):
    """A way to repair text where it already is."""

    module: str
    extra: str
    """What to install: ``textrepair[extra]``."""
    about: str


ADAPTERS: dict[str, Adapter] = {
    "arrow": Adapter("repair.adapters.table", "arrow", "Arrow tables and their columns"),
    "ray": Adapter("repair.adapters.ray", "ray", "Ray: a task per file, and Ray Data"),
    "spark": Adapter("repair.adapters.spark", "spark", "Spark: a job per file, and DataFrames"),
    "datatrove": Adapter("repair.adapters.datatrove", "datatrove", "a formatter of datatrove"),
}
"""Of tables and pipelines; tests/test_adapters.py holds all of them to one contract."""


class EngineError(Exception):
    """An engine that cannot be used; the message says why and what to do."""


class NotInstalledError(EngineError):
    """A library is missing that is installed only on request; the message names the remedy."""


def load(name: str) -> ModuleType:
    """Return the module of an adapter.

    Raises:
        NotInstalledError: what it needs is not installed.
    """
    adapter = ADAPTERS[name]
    try:
        return import_module(adapter.module)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library == "repair":
            raise
        msg = f"{library} is not installed; try: pip install 'textrepair[{adapter.extra}]'"
        raise NotInstalledError(msg) from None
