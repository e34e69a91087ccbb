"""The action for GitHub: its script finds what there is to find, and nothing in it is executed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ACTION = Path(__file__).parent.parent / "action.yml"
BAD = "caf\u00c3\u00a9\n"


def action() -> Any:
    return yaml.safe_load(ACTION.read_text("utf-8"))


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder for temporary files, with the program where the first step puts it."""
    program = tmp_path / "temp" / "textrepair" / "bin" / "textrepair"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m repair.cli "$@"\n')
    program.chmod(0o755)
    (tmp_path / "work").mkdir()
    return tmp_path


def step(runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script that looks, as GitHub's runner does."""
    given = {name: value["default"] for name, value in action()["inputs"].items()} | inputs
    (_, look) = action()["runs"]["steps"]
    environment = os.environ | {"RUNNER_TEMP": str(runner / "temp")}
    for name, value in look["env"].items():
        environment[name] = given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", look["run"]],
        cwd=runner / "work",
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


def test_findings_are_shown_beside_their_lines(runner: Path) -> None:
    (runner / "work" / "a b.md").write_text(BAD)
    done = step(runner)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=a b.md,line=1,")


def test_a_clean_tree_passes(runner: Path) -> None:
    (runner / "work" / "a.md").write_text("fine\n")
    done = step(runner)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_paths_and_options_are_one_a_line(runner: Path) -> None:
    for name in ("a b.md", "$(touch bad).md", "other.md"):
        (runner / "work" / name).write_text(BAD)
    done = step(runner, paths="a b.md\n$(touch bad).md", args="--exit-zero\n--ignore=B")
    assert done.returncode == 0
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        "::error file=a b.md",
        "::error file=$(touch bad).md",
    ]
    assert not (runner / "work" / "bad").exists()


def test_a_log_is_written_for_code_scanning(runner: Path) -> None:
    (runner / "work" / "a.md").write_text(BAD)
    done = step(runner, sarif="out.sarif")
    assert done.returncode == 1
    (run,) = json.loads((runner / "work" / "out.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["M101"]
    assert run["tool"]["driver"]["version"]


def test_what_could_not_be_done_fails(runner: Path) -> None:
    assert step(runner, paths="gone").returncode == 2
    assert step(runner, args="--no-such-option").returncode == 2
