"""Patterns of ``.gitignore``: which of them, the last that matches, decides about a path.

A tree has thousands of files for each pattern, and most patterns are a name or an ending. Those
are looked up; only what is left becomes regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from repair.adapters.globs import to_regex

_GLOB = frozenset("*?[\\")


class Patterns:
    """The patterns of one file, for paths relative to its folder."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._verdicts: list[bool] = []
        self._only_folders: list[bool] = []
        self._names: dict[str, list[int]] = {}
        self._endings: dict[str, list[int]] = {}
        self._paths: dict[str, list[int]] = {}
        self._others: list[tuple[int, re.Pattern[str]]] = []
        for line in lines:
            self._add(line)
        several = "|".join(f"(?:{regex.pattern})" for _, regex in self._others)
        self._other = re.compile(several, re.DOTALL) if several else None

    def __bool__(self) -> bool:
        return bool(self._verdicts)

    def match(self, path: str, name: str, *, folder: bool) -> bool | None:
        """Return ``True`` for a match, ``False`` for an exception from one, else ``None``.

        ``path`` has no slash at its ends, and ``name`` is its last part.
        """
        at = name.rfind(".")
        ending = name[at:] if at >= 0 else ""
        if (
            name not in self._names
            and ending not in self._endings
            and path not in self._paths
            and (self._other is None or self._other.match(path) is None)
        ):
            return None  # as of nearly all files
        candidates = self._names.get(name, []) + self._endings.get(ending, [])
        candidates += self._paths.get(path, [])
        candidates += [n for n, regex in self._others if regex.match(path)]
        fitting = [n for n in candidates if folder or not self._only_folders[n]]
        return self._verdicts[max(fitting)] if fitting else None

    def _add(self, line: str) -> None:
        pattern = _without_end(line.removesuffix("\n").removesuffix("\r"))
        if not pattern or pattern.startswith("#"):
            return
        verdict = not pattern.startswith("!")
        pattern = pattern.removeprefix("!")
        only_folders = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        if not pattern:
            return
        number = len(self._verdicts)
        self._verdicts.append(verdict)
        self._only_folders.append(only_folders)
        plain = pattern.removeprefix("**/")
        if "/" in plain:  # a path from here
            self._add_path(number, pattern.removeprefix("/"))
        else:
            self._add_name(number, plain)

    def _add_path(self, number: int, glob: str) -> None:
        if _GLOB.isdisjoint(glob):
            self._paths.setdefault(glob, []).append(number)
        else:
            self._add_regex(number, glob)

    def _add_name(self, number: int, glob: str) -> None:
        if _GLOB.isdisjoint(glob):
            self._names.setdefault(glob, []).append(number)
        elif glob.startswith("*.") and "." not in glob[2:] and _GLOB.isdisjoint(glob[1:]):
            self._endings.setdefault(glob[1:], []).append(number)
        else:
            self._add_regex(number, f"**/{glob}")

    def _add_regex(self, number: int, glob: str) -> None:
        if (regex := to_regex(glob)) is not None:
            self._others.append((number, regex))


def _without_end(pattern: str) -> str:
    """Without the spaces at its end, but for one that is escaped."""
    end = len(pattern.rstrip(" "))
    escapes = end - len(pattern[:end].rstrip("\\"))
    return pattern[: end + (escapes % 2 if end < len(pattern) else 0)]


def matches(patterns: Patterns, path: str) -> bool:
    """Whether ``path`` or one of the folders it is in matches; a folder ends in a slash."""
    parts = path.removesuffix("/").split("/")
    folders = len(parts) if path.endswith("/") else len(parts) - 1
    return any(
        patterns.match("/".join(parts[: end + 1]), parts[end], folder=end < folders)
        for end in range(len(parts))
    )
