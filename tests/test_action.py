"""The action for GitHub: its script finds what there is to find, and nothing in it is executed."""

from __future__ import annotations

import json
import os
import shutil
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
    return script(look["run"], runner / "work", environment)


def script(
    text: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the script of a step, as ``shell: bash`` is run."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=folder,
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


@pytest.mark.hooks
def test_it_installs_itself_where_nothing_is(tmp_path: Path) -> None:
    """All steps, in the environment of a user who has Python and nothing else."""
    for name in ("action", "temp", "work", "home"):
        (tmp_path / name).mkdir()
    # What git has, as a runner does that checks out the action
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ACTION.parent, check=True, capture_output=True
    ).stdout.split(b"\0")
    for name in map(os.fsdecode, filter(None, files)):
        target = tmp_path / "action" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ACTION.parent / name, target)
    (tmp_path / "work" / "a.md").write_text(BAD)
    passed_on = ("PATH", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "PIP_CERT", "SSL_CERT_FILE")
    environment = {name: os.environ[name] for name in passed_on if name in os.environ}
    environment |= {"HOME": str(tmp_path / "home"), "RUNNER_TEMP": str(tmp_path / "temp")}
    install, look = action()["runs"]["steps"]
    assert install["env"] == {"ACTION": "${{ github.action_path }}"}
    action_path = {"ACTION": str(tmp_path / "action")}
    done = script(install["run"], tmp_path / "work", environment | action_path)
    assert done.returncode == 0, done.stderr
    inputs = {"PATHS": ".", "ARGS": "--preset=source\n--select=M", "SARIF": "out.sarif"}
    done = script(look["run"], tmp_path / "work", environment | inputs)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=a.md,line=1,")
    (run,) = json.loads((tmp_path / "work" / "out.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["M101"]
