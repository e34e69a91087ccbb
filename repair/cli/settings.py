"""Finds and reads the configuration of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from repair.adapters.folders import Selection, inside
from repair.adapters.patterns import Patterns, matches
from repair.config import (
    KEYS,
    Config,
    ConfigError,
    check_selectors,
    checked_encoding,
    from_table,
    with_preset,
)
from repair.presets import PRESETS

SECTION = b"tool.textrepair"
OWN_FILE = "textrepair.toml"
SHARED_FILE = "pyproject.toml"


class SettingsError(Exception):
    """Settings that cannot be used, and where they stand."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force, and whence."""

    config: Config = field(default_factory=lambda: Config(inline_ignores=True))
    folder: str = "."
    """What the patterns are relative to."""
    source: str = ""
    """The file that was read, if any."""
    whence: Mapping[str, str] = field(default_factory=dict)
    """Where each key was set; those that are missing were not."""

    def selection(self) -> Selection:
        """Which files of folders are wanted."""
        return Selection(
            self.folder,
            Patterns(self.config.include),
            Patterns(self.config.exclude),
            self.config.force_exclude,
            self.config.respect_gitignore,
            self.config.hidden,
        )

    def for_file(self) -> Callable[[str], Config]:
        """Return the function from the path of a file to what holds in it."""
        config = self.config
        rules = [(Patterns([pattern]), codes) for pattern, codes in config.per_file_ignores]
        targets = [(Patterns([p]), name) for p, name in config.per_file_target_encodings]

        @cache  # One and the same value for the many files that share it
        def changed(codes: tuple[str, ...], target: str | None) -> Config:
            return replace(config, ignore=(*config.ignore, *codes), target_encoding=target)

        def config_for(path: str) -> Config:
            relative = inside(path, self.folder)
            codes = [code for pattern, some in rules if matches(pattern, relative) for code in some]
            wanted = [name for pattern, name in targets if matches(pattern, relative)]
            if not codes and not wanted:
                return config
            return changed(tuple(codes), wanted[-1] if wanted else config.target_encoding)

        return config_for if rules or targets else lambda _: config


def settings(
    path: str | None, options: Mapping[str, Any], codes: Callable[[], list[str]]
) -> Settings:
    """Return the settings of ``path`` or else the project, with options in their place.

    The patterns in a file that was named are relative to the current folder, those of a project
    to its own. ``options`` are the values of options by the key they stand for; those that are
    ``None`` or empty were not given. ``codes`` returns all codes there are.

    Raises:
        SettingsError: names the file or the option, and the problem.
    """
    found = _read(Path(path), codes) if path else _nearest(codes)
    if path:
        found = replace(found, folder=str(Path.cwd()))
    given = {key: value for key, value in options.items() if value not in (None, ())}
    config = found.config
    for key, value in given.items():
        config = _with_option(config, key, value, codes)
    whence = dict(found.whence) | {
        key: f"--no-{key}" if value is False else f"--{key}" for key, value in given.items()
    }
    return replace(found, config=config, whence=whence)


def _with_option(config: Config, key: str, value: Any, codes: Callable[[], list[str]]) -> Config:
    try:
        if key == "preset":
            return with_preset(config, value)
        if key == "target-encoding":
            value = checked_encoding(value)
        elif key in ("select", "extend-select", "ignore"):
            value = _parts(value)
            check_selectors(value, codes())
        if key == "extend-select":
            value = (*config.select, *value)
        elif key == "ignore":
            value = (*PRESETS[config.preset].ignore, *value)
        return replace(config, **{KEYS[key].field: value})
    except ConfigError as error:
        where = f"--{key}"
        raise SettingsError(where, str(error)) from error


def _parts(values: tuple[str, ...]) -> tuple[str, ...]:
    """What was given with an option, repeated or separated by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _nearest(codes: Callable[[], list[str]]) -> Settings:
    """The settings of the first project around the current folder that has some."""
    found = _settings_file()
    return _read(found, codes) if found else Settings(folder=str(home()))


def _settings_file() -> Path | None:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_file(folder / OWN_FILE):
            return folder / OWN_FILE
        shared = folder / SHARED_FILE
        if _is_file(shared) and SECTION in _bytes(shared):
            return shared
    return None


def home() -> Path:
    """Where runs are recorded, whatever their settings: the repository, else the project."""
    here = Path.cwd()
    around = (here, *here.parents)
    repository = next((f for f in around if os.path.exists(f / ".git")), None)  # noqa: PTH110
    if repository:
        return repository
    with suppress(SettingsError):  # it is no matter here what is wrong with it
        found = _settings_file()
        return found.parent if found else here
    return here


def _is_file(path: Path) -> bool:
    """Unlike that of pathlib it does not fail in a folder that may not be searched."""
    return os.path.isfile(path)  # noqa: PTH113


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(short(path), (error.strerror or str(error)).lower()) from error


def _read(path: Path, codes: Callable[[], list[str]]) -> Settings:
    # Costs a tenth of the start-up, and most projects have no settings
    from repair.cli._toml import TOMLDecodeError, loads  # noqa: PLC0415

    data = _bytes(path)
    where = ""
    try:
        document = loads(data.decode())
        where = "" if _is_own(path, document) else "[tool.textrepair]: "
        table = {"inline-ignores": True} | dict(document if not where else _section(document))
        config = from_table(table, codes() if _names_codes(table) else ())
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"not valid TOML: {error}"
        raise SettingsError(short(path), problem) from error
    except ConfigError as error:
        problem = f"{where}{error}"
        raise SettingsError(short(path), problem) from error
    told = document if not where else _section(document)
    return Settings(
        config, str(path.absolute().parent), short(path), dict.fromkeys(told, short(path))
    )


def _is_own(path: Path, document: Mapping[str, object]) -> bool:
    """Whether all of a file is ours, so that there is no section."""
    return path.name == OWN_FILE or (path.name != SHARED_FILE and "tool" not in document)


def _names_codes(table: Mapping[str, object]) -> bool:
    return bool(table.keys() & {"select", "extend-select", "ignore", "per-file-ignores"})


def _section(document: Mapping[str, object]) -> Mapping[str, object]:
    table: object = document
    for key in ("tool", "textrepair"):
        table = table.get(key, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        msg = "must be a table"
        raise ConfigError(msg)
    return table


def short(path: Path) -> str:
    """The path as seen from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
