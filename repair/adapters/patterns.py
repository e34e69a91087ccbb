"""Patterns of ``.gitignore``: which of them, the last that matches, decides about a path.

A tree has thousands of files for each pattern, and most patterns are a name or an ending. Those
are looked up; only what is left becomes regular expressions, which pathspec makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

_GLOB = frozenset("*?[\\")

# pathspec names a group, and a regular expression can hold a name only once.
_UNNAMED = partial(re.compile(r"\(\?P<\w+>").sub, "(?:")


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
        several = "|".join(f"(?:{_UNNAMED(regex.pattern)})" for _, regex in self._others)
        self._other = re.compile(several) if several else None

    def __bool__(self) -> bool:
        return bool(self._verdicts)

    def match(self, path: str, name: str, *, folder: bool) -> bool | None:
        """Return ``True`` for a match, ``False`` for an exception from one, else ``None``.

        ``path`` has no slash at its ends, and ``name`` is its last part.
        """
        at = name.rfind(".")
        ending = name[at:] if at >= 0 else ""
        whole = f"{path}/" if folder else path
        if (
            name not in self._names
            and ending not in self._endings
            and path not in self._paths
            and (self._other is None or self._other.match(whole) is None)
        ):
            return None  # as of nearly all files
        candidates = self._names.get(name, []) + self._endings.get(ending, [])
        candidates += self._paths.get(path, [])
        fitting = [n for n in candidates if folder or not self._only_folders[n]]
        fitting += [n for n, regex in self._others if regex.match(whole)]
        return self._verdicts[max(fitting)] if fitting else None

    def _add(self, line: str) -> None:
        pattern = line.rstrip("\r\n")
        if not pattern.strip() or pattern.startswith("#"):
            return
        number = len(self._verdicts)
        plain = _without_end(pattern)
        self._verdicts.append(not plain.startswith("!"))
        plain = plain.removeprefix("!")
        self._only_folders.append(plain.endswith("/"))
        plain = plain.removesuffix("/").removeprefix("**/")
        is_ending = plain.startswith("*.") and plain.count(".") == 1
        if not _GLOB.isdisjoint(plain[1:] if is_ending else plain) or not plain:
            self._add_regex(number, pattern)
        elif "/" in plain:
            self._paths.setdefault(plain.removeprefix("/"), []).append(number)
        elif is_ending:
            self._endings.setdefault(plain[1:], []).append(number)
        else:
            self._names.setdefault(plain, []).append(number)

    def _add_regex(self, number: int, pattern: str) -> None:
        # 30 ms, and many trees have no such pattern
        from pathspec.patterns.gitignore import GitIgnorePatternError  # noqa: PLC0415
        from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # noqa: PLC0415

        try:
            regex, _ = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        except GitIgnorePatternError:  # git passes over it, too
            return
        if regex is not None:
            self._others.append((number, re.compile(regex)))


def _without_end(pattern: str) -> str:
    """Without the spaces at its end, unless they are escaped."""
    return pattern if pattern.endswith("\\ ") else pattern.rstrip(" ")


def matches(patterns: Patterns, path: str) -> bool:
    """Whether ``path`` or one of the folders it is in matches; a folder ends in a slash."""
    parts = path.removesuffix("/").split("/")
    folders = len(parts) if path.endswith("/") else len(parts) - 1
    return any(
        patterns.match("/".join(parts[: end + 1]), parts[end], folder=end < folders)
        for end in range(len(parts))
    )
