"""Patterns of ``.gitignore``: which of them, the last that matches, decides about a path.

A tree has thousands of files for each pattern, and most patterns are a name or an ending. Those
are looked up; only what is left becomes regular expressions, which pathspec makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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

    def __bool__(self) -> bool:
        return bool(self._verdicts)

    def match(self, path: str, name: str, *, folder: bool) -> bool | None:
        """Return ``True`` for a match, ``False`` for an exception from one, else ``None``.

        ``path`` has no slash at its ends, and ``name`` is its last part.
        """
        best = -1
        ending = name[at:] if (at := name.rfind(".")) >= 0 else ""
        for table, key in ((self._names, name), (self._endings, ending), (self._paths, path)):
            for number in table.get(key, ()):
                if number > best and (folder or not self._only_folders[number]):
                    best = number
        for number, regex in reversed(self._others):
            if number < best:
                break
            if regex.match(f"{path}/" if folder else path):
                best = number
                break
        return self._verdicts[best] if best >= 0 else None

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
