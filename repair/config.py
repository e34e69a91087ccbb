"""What to look for, where, and how far to go, as a value; and how to read it from a TOML table."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from repair.presets import PRESETS
from repair.types import Safety

ALL = "ALL"
# No finding is that safe
NOTHING = Safety.SAFE + 1


class ConfigError(ValueError):
    """A configuration that cannot be used; its message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """What to look for, where, and how far to go.

    ``select`` and ``ignore`` hold codes or their beginnings (``H``, ``H1``, ``H101``) or
    ``ALL``; where both match a code, the longer one counts, and ``ignore`` where they are alike.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    """Also apply findings that are only ``LIKELY``."""
    report_only: bool = False
    """Apply nothing."""
    inline_ignores: bool = False
    """Obey comments in the text that say what to ignore (see ``inline``)."""
    target_encoding: str | None = None
    """Bytes in another encoding are converted to this one."""
    per_file_target_encodings: tuple[tuple[str, str], ...] = ()
    """Patterns of files, as in ``.gitignore``, and the encoding that is wanted there."""
    preset: str = "default"
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Patterns of files, as in ``.gitignore``, and the codes to ignore in them."""
    include: tuple[str, ...] = ()
    """If there are any, only files that match one are looked at in folders."""
    exclude: tuple[str, ...] = ()
    """Files and folders that match are passed over."""
    force_exclude: bool = False
    """Pass over what ``exclude`` matches even if it is named."""
    respect_gitignore: bool = True
    hidden: bool = False
    """Look at files and folders whose names begin with a dot."""
    gzip: bool = False
    """Look into compressed files."""

    @property
    def floor(self) -> int:
        """The least safety that is applied."""
        if self.report_only:
            return NOTHING
        return Safety.LIKELY if self.unsafe_fixes else Safety.SAFE

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        return _longest(self.select, code) > _longest(self.ignore, code)


@lru_cache(512)
def _longest(selectors: tuple[str, ...], code: str) -> int:
    """Length of the longest selector that matches; ``ALL`` counts 0, none at all -1."""
    return max(
        (0 if s == ALL else len(s) for s in selectors if s == ALL or code.startswith(s)),
        default=-1,
    )


def check_selectors(selectors: Iterable[str], codes: Iterable[str]) -> None:
    """Raise ``ConfigError`` for the first selector that matches no known code."""
    known = list(codes)
    for selector in selectors:
        if selector != ALL and not (selector and any(c.startswith(selector) for c in known)):
            near = _near(selector.upper(), [ALL, *known], 0.5)
            hint = f"; did you mean {near}?" if near else ""
            msg = f"no rule has a code that begins with {selector!r}{hint} (see `textrepair rules`)"
            raise ConfigError(msg)


def with_preset(config: Config, name: str) -> Config:
    """Return ``config`` with what a preset says in place of what it says itself.

    Raises:
        ConfigError: there is no such preset.
    """
    preset = PRESETS.get(name)
    if preset is None:
        msg = f"no preset is named {name!r}{_hint(name, PRESETS)}"
        raise ConfigError(msg)
    return replace(
        config,
        preset=name,
        select=preset.select,
        ignore=preset.ignore,
        report_only=preset.report_only,
    )


def checked_encoding(name: str) -> str:
    """Return Python's name of an encoding of text that can be written.

    Raises:
        ConfigError: there is no such encoding.
    """
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        msg = f"no codec for text is named {name!r}"
        raise ConfigError(msg) from None


def from_table(table: Mapping[str, object], codes: Iterable[str]) -> Config:
    """Read a ``[tool.textrepair]`` table.

    Raises:
        ConfigError: an unknown key, a value of the wrong type, or a selector without a rule.
    """
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            msg = f"unknown key {key!r}{_hint(key, KEYS)}"
            raise ConfigError(msg)
        values[key] = KEYS[key].read(key, value)
    per_file = [code for _, several in values.get("per-file-ignores", ()) for code in several]
    told = [code for key in ("select", "extend-select", "ignore") for code in values.get(key, ())]
    check_selectors((*told, *per_file), codes)
    config = with_preset(Config(), values.pop("preset", "default"))
    if "ignore" in values:
        values["ignore"] = (*config.ignore, *values["ignore"])
    more = values.pop("extend-select", ())
    config = replace(config, **{KEYS[key].field: value for key, value in values.items()})
    return replace(config, select=(*config.select, *more))


def _hint(name: str, known: Iterable[str]) -> str:
    near = _near(name, known, 0.6)
    return f"; did you mean {near!r}?" if near else f" (known: {', '.join(known)})"


def _near(name: str, known: Iterable[str], cutoff: float) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415 (1 ms)

    return next(iter(get_close_matches(name, known, n=1, cutoff=cutoff)), None)


def _list(of: str) -> Callable[[str, object], object]:
    def read(key: str, value: object) -> object:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        msg = f"{key!r} must be a list of {of}"
        raise ConfigError(msg)

    return read


def _flag(key: str, value: object) -> object:
    if isinstance(value, bool):
        return value
    msg = f"{key!r} must be true or false"
    raise ConfigError(msg)


def _text(key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    msg = f"{key!r} must be a string"
    raise ConfigError(msg)


def _encoding(key: str, value: object) -> object:
    return checked_encoding(_text(key, value))


def _encoding_by_pattern(key: str, value: object) -> object:
    if isinstance(value, Mapping):
        return tuple(
            (pattern, _encoding(f"{key}.{pattern}", name)) for pattern, name in value.items()
        )
    msg = f'{key!r} must be a table of encodings, such as {{ "old/*.html" = "cp1252" }}'
    raise ConfigError(msg)


def _by_pattern(key: str, value: object) -> object:
    if isinstance(value, Mapping):
        return tuple((pattern, _codes(f"{key}.{pattern}", some)) for pattern, some in value.items())
    msg = f'{key!r} must be a table of lists, such as {{ "tests/*" = ["I"] }}'
    raise ConfigError(msg)


_codes = _list('codes, such as ["H", "M101"]')
_patterns = _list('patterns, such as ["*.min.js", "/vendor/"]')


class Key(NamedTuple):
    """A key of the table: the field of ``Config`` it sets, and how its value is read."""

    field: str
    read: Callable[[str, object], object]
    about: str


KEYS: dict[str, Key] = {
    "preset": Key("preset", _text, "A named choice of rules: where to begin."),
    "select": Key("select", _codes, "Look only for these, whatever the preset says."),
    "extend-select": Key("select", _codes, "Look for these as well."),
    "ignore": Key("ignore", _codes, "Do not look for these, nor for what the preset ignores."),
    "per-file-ignores": Key("per_file_ignores", _by_pattern, "Codes to ignore in some files."),
    "unsafe-fixes": Key("unsafe_fixes", _flag, "Also apply what is only likely."),
    "inline-ignores": Key("inline_ignores", _flag, "Obey comments `textrepair: ignore[CODE]`."),
    "target-encoding": Key("target_encoding", _encoding, "Convert files to this encoding."),
    "per-file-target-encoding": Key(
        "per_file_target_encodings", _encoding_by_pattern, "The encoding that some files are for."
    ),
    "include": Key("include", _patterns, "In folders, look only at these files."),
    "exclude": Key("exclude", _patterns, "Pass these files and folders over."),
    "force-exclude": Key("force_exclude", _flag, "Exclude even files that are named."),
    "respect-gitignore": Key("respect_gitignore", _flag, "Pass over what git ignores."),
    "hidden": Key("hidden", _flag, "Look also at files whose names begin with a dot."),
    "gzip": Key("gzip", _flag, "Look into files that gzip has compressed."),
}
