"""Which files there are in folders, in order, but for those nobody wants to have looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from repair.adapters.files import Unreadable, reason
from repair.adapters.patterns import Patterns, matches

HIDDEN = "hidden"
IGNORED = "ignored by git"
EXCLUDED = "excluded"
NOT_INCLUDED = "not included"
LINK = "symbolic link"
SPECIAL = "no regular file"

Passed = Callable[[str, str], None]
"""Is told of each path that is passed over, and why."""


def _nobody(_path: str, _why: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of folders are wanted."""

    folder: str = "."
    """What the patterns are relative to."""
    include: Patterns = field(default_factory=lambda: Patterns(()))
    exclude: Patterns = field(default_factory=lambda: Patterns(()))
    force_exclude: bool = False
    gitignore: bool = True
    hidden: bool = False


class _Place(NamedTuple):
    """What turns a path of the walk into one relative to where patterns stand."""

    before: str
    cut: int

    def relative(self, path: str) -> str:
        return self.before + path[self.cut :]


_Ignoring = tuple[tuple[Patterns, _Place], ...]
"""The files of patterns that hold in a folder, the innermost first."""


class _Folder(NamedTuple):
    """A folder to list, and what is ignored in it: by ``.ignore``, else by ``.gitignore``."""

    path: str
    ignore: _Ignoring
    gitignore: _Ignoring

    def ignores(self, path: str, name: str, *, folder: bool) -> bool:
        """The verdict of the first file that has one."""
        for patterns, (before, cut) in self.ignore + self.gitignore:
            verdict = patterns.match(before + path[cut:], name, folder=folder)
            if verdict is not None:
                return verdict
        return False


def walk(
    paths: Iterable[str], selection: Selection | None = None, passed: Passed = _nobody
) -> Iterator[str | Unreadable]:
    """Yield the files that ``paths`` name, each once, those of a folder in order of their names.

    In a folder, symbolic links are passed over (what they point to is either inside, and found,
    or was not asked for), and so is whatever is not a regular file, or not wanted. A path that is
    given is always yielded, unless the selection says that exclusions have force.
    """
    walker = _Walker(selection or Selection(), passed)
    paths = list(paths)
    if len(paths) == 1:
        yield from walker.given(paths[0])
        return
    seen: set[str] = set()
    for path in paths:
        for found in walker.given(path):
            name = found if isinstance(found, str) else found.path
            if (normal := os.path.normpath(name)) not in seen:
                seen.add(normal)
                yield found


def inside(path: str, folder: str) -> str:
    """``path`` as patterns of ``folder`` see it: relative, unless it is somewhere else."""
    full = _full(path)
    relative = os.path.relpath(full, _full(folder))
    return full.lstrip("/") if relative.startswith("..") else relative


class _Walker:
    """Walks folders by one selection."""

    def __init__(self, selection: Selection, passed: Passed) -> None:
        self._selection = selection
        self._passed = passed
        self._patterns = bool(selection.include or selection.exclude)

    def given(self, path: str) -> Iterator[str | Unreadable]:
        """Yield what a path that was given names."""
        if self._selection.force_exclude and self._excludes(path):
            self._passed(path, EXCLUDED)
        elif _is_folder(path):
            yield from self._folder(path)
        else:
            yield path

    def _excludes(self, path: str) -> bool:
        relative = inside(path, self._selection.folder)
        return matches(self._selection.exclude, f"{relative}/" if _is_folder(path) else relative)

    def _folder(self, path: str) -> Iterator[str | Unreadable]:
        relative = inside(path, self._selection.folder)
        place = _Place("" if relative == "." else f"{relative}/", _cut(path))
        folders = [self._first(path)]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder.path) as listing:
                    entries = sorted(listing, key=_name)
            except OSError as error:
                yield Unreadable(folder.path.removeprefix("./"), reason(error))
                continue
            if self._selection.gitignore:
                names = {entry.name for entry in entries if entry.name in _FILES}
                folder = _with_files(folder, names, folder.path, _Place("", _cut(folder.path)))
            inner: list[_Folder] = []
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if why := self._unwanted(folder, entry, place, is_folder=is_folder):
                    self._passed(entry.path.removeprefix("./"), why)
                elif is_folder:
                    inner.append(folder._replace(path=entry.path))
                else:
                    yield entry.path.removeprefix("./")
            folders += reversed(inner)

    def _unwanted(
        self, folder: _Folder, entry: os.DirEntry[str], place: _Place, *, is_folder: bool
    ) -> str:
        """Why an entry is passed over; empty if it is not."""
        name, selection = entry.name, self._selection
        if name[0] == "." and (not selection.hidden or name == ".git"):
            return HIDDEN
        if not is_folder and not entry.is_file(follow_symlinks=False):
            return LINK if entry.is_symlink() else SPECIAL
        if folder.ignores(entry.path, name, folder=is_folder):
            return IGNORED
        if self._patterns:
            path = place.relative(entry.path)
            if selection.exclude.match(path, name, folder=is_folder):
                return EXCLUDED
            if selection.include and not is_folder and not matches(selection.include, path):
                return NOT_INCLUDED
        return ""

    def _first(self, path: str) -> _Folder:
        """The folder a walk begins in, with what the folders around it say."""
        folder = _Folder(path, (), ())
        if self._selection.gitignore:
            full = Path(_full(path))
            around = [full, *full.parents]
            # Not of pathlib, which fails in a folder that may not be searched
            here = (os.path.exists(f / ".git") for f in around)  # noqa: PTH110
            root = next((number for number, found in enumerate(here) if found), 0)
            for outer in reversed(around[1 : root + 1]):
                names = {name for name in _FILES if os.path.exists(outer / name)}  # noqa: PTH110
                between = full.relative_to(outer).as_posix()
                folder = _with_files(folder, names, str(outer), _Place(f"{between}/", _cut(path)))
        return folder


_FILES = frozenset({".git", ".gitignore", ".ignore"})


def _with_files(folder: _Folder, names: Iterable[str], where: str, place: _Place) -> _Folder:
    """Add to what holds in a folder what the files in ``where`` say."""
    ignore, gitignore = folder.ignore, folder.gitignore
    for name in sorted(names):  # of .git and .gitignore, the latter counts
        path = os.path.join(where, name)  # noqa: PTH118
        if name == ".git":
            gitignore = ()  # a repository does not ask the one around it
            path = _excluded_by(path)
        patterns = _read(path)
        if patterns and name == ".ignore":
            ignore = ((patterns, place), *ignore)
        elif patterns:
            gitignore = ((patterns, place), *gitignore)
    return _Folder(folder.path, ignore, gitignore)


def _excluded_by(path: str) -> str:
    """The file of patterns that a repository has for itself; ``path`` is its ``.git``.

    That is a file in a submodule, and in a further work tree, which shares the patterns of the
    first one (gitrepository-layout(5)).
    """
    try:
        told = Path(path).read_text("utf-8", "surrogateescape")
    except OSError:  # a folder, as a rule
        home = Path(path)
    else:
        home = Path(path).parent / told.removeprefix("gitdir:").strip()
        with suppress(OSError):
            home /= (home / "commondir").read_text("utf-8", "surrogateescape").strip()
    return str(home / "info" / "exclude")


def _read(path: str) -> Patterns:
    with (
        suppress(OSError),
        open(  # noqa: PTH123
            path, encoding="utf-8", errors="surrogateescape", newline="\n"
        ) as file,
    ):
        return Patterns(file)
    return Patterns(())


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _cut(folder: str) -> int:
    """How much of a path in ``folder`` is not the name."""
    return len(os.path.join(folder, ""))  # noqa: PTH118


def _full(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (pathlib follows links)


def _is_folder(path: str) -> bool:
    with suppress(OSError, ValueError):  # what is wrong shows when it is read
        return stat.S_ISDIR(Path(path).stat().st_mode)
    return False
