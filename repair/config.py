"""What to look for and how far to go, as a value; and how to read it from a TOML table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from repair.types import Safety

ALL = "ALL"


class ConfigError(ValueError):
    """A configuration that cannot be used; its message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """What to look for and how far to go.

    ``select`` and ``ignore`` hold codes or their beginnings (``H``, ``H1``, ``H101``) or
    ``ALL``; where both match a code, the longer one counts, and ``ignore`` where they are alike.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    """Also apply findings that are only ``LIKELY``."""

    @property
    def floor(self) -> Safety:
        """The least safety that is applied."""
        return Safety.LIKELY if self.unsafe_fixes else Safety.SAFE

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        return _longest(self.select, code) > _longest(self.ignore, code)


def _longest(selectors: Iterable[str], code: str) -> int:
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
            near = get_close_matches(selector.upper(), [ALL, *known], n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]}?" if near else ""
            msg = f"no rule has a code that begins with {selector!r}{hint} (see `textrepair rules`)"
            raise ConfigError(msg)


def from_table(table: Mapping[str, object], codes: Iterable[str]) -> Config:
    """Read a ``[tool.textrepair]`` table.

    Raises:
        ConfigError: an unknown key, a value of the wrong type, or a selector without a rule.
    """
    names = {"select": "select", "ignore": "ignore", "unsafe-fixes": "unsafe_fixes"}
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in names:
            near = get_close_matches(key, names, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f" (known: {', '.join(names)})"
            msg = f"unknown key {key!r}{hint}"
            raise ConfigError(msg)
        values[names[key]] = _checked(key, value)
    config = Config(**values)  # type: ignore[arg-type]
    check_selectors((*config.select, *config.ignore), codes)
    return config


def _checked(key: str, value: object) -> object:
    if key == "unsafe-fixes":
        if isinstance(value, bool):
            return value
        msg = f"{key!r} must be true or false"
        raise ConfigError(msg)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    msg = f'{key!r} must be a list of codes, such as ["H", "M101"]'
    raise ConfigError(msg)
