"""Finds and reads the configuration of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from repair.config import Config, ConfigError, check_selectors, from_table
from repair.rules import RULES

SECTION = b"tool.textrepair"


class SettingsError(Exception):
    """Settings that cannot be used, and where they stand."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


def settings(
    path: str | None, *, select: tuple[str, ...], ignore: tuple[str, ...], unsafe_fixes: bool
) -> Config:
    """Return the configuration of ``path`` or else the project, with options in its place.

    Raises:
        SettingsError: names the file or the option, and the problem.
    """
    config = _read(path) if path else _nearest()
    return Config(
        select=_codes("--select", select) or config.select,
        ignore=_codes("--ignore", ignore) or config.ignore,
        unsafe_fixes=unsafe_fixes or config.unsafe_fixes,
    )


def _codes(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The codes given with an option, separated by commas."""
    codes = tuple(code.strip() for value in values for code in value.split(",") if code.strip())
    try:
        check_selectors(codes, [rule.code for rule in RULES])
    except ConfigError as error:
        raise SettingsError(option, str(error)) from error
    return codes


def _nearest() -> Config:
    """The settings of the first project around the current folder that has some."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        if path.is_file() and SECTION in _bytes(path):
            return _read(str(path))
    return Config()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(_short(str(path)), (error.strerror or str(error)).lower()) from error


def _read(path: str) -> Config:
    # Costs a tenth of the start-up, and most projects have no settings
    from repair.cli._toml import TOMLDecodeError, loads  # noqa: PLC0415

    data = _bytes(Path(path))
    try:
        return from_table(_section(loads(data.decode())), [rule.code for rule in RULES])
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(_short(path), f"not valid TOML: {error}") from error
    except ConfigError as error:
        raise SettingsError(_short(path), f"[tool.textrepair]: {error}") from error


def _section(document: Mapping[str, object]) -> Mapping[str, object]:
    table: object = document
    for key in ("tool", "textrepair"):
        table = table.get(key, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        msg = "must be a table"
        raise ConfigError(msg)
    return table


def _short(path: str) -> str:
    """The path as seen from here."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
