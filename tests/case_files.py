"""Reads the cases of ``fixtures/cases/``: text before and after, and what must be found.

A case is a table ``[[case]]`` with ``name``; ``before`` or ``before_hex`` (UTF-8, which may hold
lone surrogates, for what TOML cannot hold); ``after`` or ``after_hex`` where the text changes;
``codes``, what is found in it, where that matters; ``unsafe = true`` to apply LIKELY repairs;
``file``, the name of the file it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repair.cli._toml import loads
from repair.config import Config
from repair.types import Kind

FOLDER = Path(__file__).parent.parent / "fixtures" / "cases"
KEYS = {"name", "before", "before_hex", "after", "after_hex", "codes", "unsafe", "file", "source"}

# A name with which the engine sees each kind.
NAME_OF_KIND = {
    Kind.TEXT: "a.txt",
    Kind.MARKDOWN: "a.md",
    Kind.MARKUP: "a.html",
    Kind.CODE: "a.py",
    Kind.DATA: "a.json",
}


@dataclass(frozen=True)
class Case:
    name: str
    before: str
    after: str
    codes: frozenset[str] | None
    config: Config
    file: str | None


def read_cases(stem: str) -> list[Case]:
    """Read ``fixtures/cases/<stem>.toml``; an unknown key is an error."""
    tables = loads((FOLDER / f"{stem}.toml").read_text("utf-8"))["case"]
    return [_case(table) for table in tables]


def _case(table: dict[str, Any]) -> Case:
    assert table.keys() <= KEYS, table["name"]
    before = _text(table, "before")
    assert before is not None, table["name"]
    after = _text(table, "after")
    return Case(
        name=table["name"],
        before=before,
        after=before if after is None else after,
        codes=frozenset(table["codes"]) if "codes" in table else None,
        config=Config(unsafe_fixes=table.get("unsafe", False)),
        file=table.get("file"),
    )


def _text(table: dict[str, Any], key: str) -> str | None:
    if f"{key}_hex" in table:
        return bytes.fromhex(table[f"{key}_hex"]).decode("utf-8", "surrogatepass")
    text: str | None = table.get(key)
    return text
