"""A real shell completes commands, options, their values, codes and files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMPLETE = """
PATH="$1:$PATH"
eval "$(textrepair completion bash)"
COMP_WORDS=(textrepair {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ printf 'and files\\n'; }}
_textrepair_completion textrepair
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program in it."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "textrepair"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m repair.cli "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ch", ["and files", "check"]),
        ("README", ["and files"]),
        ("check README", ["and files"]),
        ("check --output-file x", ["and files"]),
        ("check --format s", ["sarif"]),
        ("check --exit", ["--exit-non-zero-on-fix", "--exit-zero"]),
        ("explain m90", ["M901", "M902"]),
        ("explain Z", []),
        ("fix --no-u", ["--no-undo"]),
    ],
)
def test_bash_completes(programs: Path, words: str, expected: list[str]) -> None:
    done = subprocess.run(
        ["bash", "-c", COMPLETE.format(words=words), "bash", str(programs)],
        env=os.environ | {"PATH": os.defpath},
        check=True,
        capture_output=True,
        text=True,
    )
    assert sorted(filter(None, done.stdout.splitlines())) == sorted(expected), done.stderr
