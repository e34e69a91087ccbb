"""Imports point one way: which parts of the package may use which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "repair"

# A part may import itself and these. `repair` is the package's own `__init__`.
MAY_IMPORT = {
    "unified": set(),
    "patterns": set(),
    "visible": set(),
    "model": {"kernel", "patterns", "tables"},
    "tables": {"patterns"},
    "types": {"unified"},
    "edits": {"types"},
    "presets": set(),
    "kernel": set(),
    # rules and what the engine looks for are read by build.py alone
    "triggers": {"inline", "kernel", "rules", "tables", "types"},
    "notices": {"types"},
    "config": {"presets", "types"},
    "inline": {"config", "edits", "notices", "patterns", "types"},
    "kinds": {"patterns", "types"},
    "explain": {"types", "visible"},
    "detect": {"types", "model", "kernel", "patterns"},
    "decode": {"detect", "types"},
    "rules": {"types", "tables", "model", "kernel", "detect", "patterns"},
    "doubt": {"decode", "detect", "edits", "types"},
    "reencode": {"config", "decode", "detect", "doubt", "edits", "inline", "notices", "types"},
    "engine": {
        "config",
        "decode",
        "doubt",
        "edits",
        "inline",
        "kinds",
        "notices",
        "reencode",
        "rules",
        "triggers",
        "types",
    },
    "reports": {"config", "decode", "edits", "engine", "notices", "types", "unified", "visible"},
    "adapters": {
        "config",
        "decode",
        "detect",
        "edits",
        "engine",
        "kernel",
        "patterns",
        "rules",
        "triggers",
        "types",
    },
    "": {"config", "decode", "detect", "engine", "rules", "types"},
    "cli": {
        "",
        "adapters",
        "config",
        "decode",
        "detect",
        "doubt",
        "edits",
        "engine",
        "explain",
        "inline",
        "kernel",
        "kinds",
        "notices",
        "patterns",
        "presets",
        "reports",
        "rules",
        "triggers",
        "types",
        "visible",
    },
}

# What reads, writes or asks the world; the core takes values and returns values.
OUTSIDE = {"os", "io", "pathlib", "subprocess", "tempfile", "shutil", "socket", "time"}
MAY_TOUCH_THE_OUTSIDE = {"adapters", "cli", "tables", "triggers"}  # triggers/build.py writes

# Start-up: ftfy takes 81 ms and chardet 43, so they are imported where they are needed.
HEAVY = {"ftfy", "chardet"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def part_of_file(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules that are imported anywhere; of relative imports there are none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import"
            assert node.module is not None
            if node.module == "repair":
                yield from (f"repair.{alias.name}" for alias in node.names)
            else:
                yield node.module


def at_the_top(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        yield from imported(node) if isinstance(node, ast.Import | ast.ImportFrom) else ()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    part = part_of_file(path)
    names = [name for name in imported(parsed(path)) if name.split(".")[0] == "repair"]
    allowed = MAY_IMPORT[part] | {part}
    assert {part_of(name) for name in names} <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_core_does_no_input_or_output(path: Path) -> None:
    if part_of_file(path) not in MAY_TOUCH_THE_OUTSIDE:
        tree = parsed(path)
        assert not {name.split(".")[0] for name in imported(tree)} & OUTSIDE
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {call.id for call in calls if isinstance(call, ast.Name)}
        assert not names & {"open", "print", "input"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_heavy_is_imported_at_start_up(path: Path) -> None:
    assert not {name.split(".")[0] for name in at_the_top(parsed(path))} & HEAVY


def called_on_import(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield from (child.func,) if isinstance(child, ast.Call) else ()
            yield from called_on_import(child)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_pattern_is_compiled_before_it_is_used(path: Path) -> None:
    assert "re.compile" not in map(ast.unparse, called_on_import(parsed(path)))


def test_the_table_has_no_cycle() -> None:
    left = {part: needs - {part} for part, needs in MAY_IMPORT.items()}
    while left:
        free = {part for part, needs in left.items() if not needs & left.keys()}
        assert free, f"a cycle among {sorted(left)}"
        left = {part: needs for part, needs in left.items() if part not in free}
