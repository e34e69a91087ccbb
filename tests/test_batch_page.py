"""Runs what docs/batch.md shows, as its readers would."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PAGE = (Path(__file__).parent.parent / "docs" / "batch.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ textrepair (batch .*)$", PAGE, re.MULTILINE)
(SCRIPT,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BAD, GOOD = "caf\u00c3\u00a9", "café"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    row = {"id": 7, "text": BAD, "meta": {"title": "fine"}}
    (tmp_path / "pages.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text(f"{BAD}\n")
    pq.write_table(pa.table({"t": [BAD]}), tmp_path / "b.parquet")
    (tmp_path / "export.data").write_text(f"1;{BAD}\n")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(inputs: Path, command: str) -> None:
    arguments = shlex.split(command)
    if "*.parquet" in arguments:  # as we have no shell, ours it is
        assert "'*.parquet'" in command
    done = subprocess.run(
        [sys.executable, "-m", "repair.cli", *arguments],
        cwd=inputs,
        capture_output=True,
        text=True,
        check=False,
    )
    # All of the one row there is has mojibake, which is more than one in a thousand
    assert (done.returncode, done.stderr) == (int("--max-rate" in command), "")
    outputs = inputs / arguments[arguments.index("--out") + 1]
    changed = [p for p in outputs.glob("*") if p.is_file() and GOOD.encode() in p.read_bytes()]
    assert changed
    assert (inputs / "quality.html").exists() is ("quality.html" in command)


def test_the_script(inputs: Path) -> None:
    (inputs / "run.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, "run.py"], cwd=inputs, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("pages.jsonl 1\n", "")
    assert GOOD in (inputs / "repaired" / "pages.jsonl").read_text()
