"""The package installs with a C compiler and without one, and finds the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILT = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "sources")
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from repair import repair
from repair.kernel import COMPILED
print(COMPILED, ascii(repair("caf\\u00c3\\u00a9, \\u4e2d\\u6587").text))
"""


def built(folder: Path, **environment: str) -> Path:
    """Build a wheel as pip does, from what a clean checkout has, and return where it is."""
    source = folder / "source"
    shutil.copytree(ROOT / "repair", source / "repair", ignore=BUILT)
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", str(folder), "."]
    subprocess.run(command, cwd=source, check=True, env={**os.environ, **environment})
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "package")
    return folder / "package"


def dependencies(package: Path) -> str:
    (metadata,) = package.glob("*.dist-info/METADATA")
    return metadata.read_text(encoding="utf-8")


def says(package: Path, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(package)],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.hooks
@pytest.mark.parametrize(
    "environment",
    [
        {"TEXTREPAIR_COMPILE": "0"},
        {"CC": "no-such-compiler"},
        {"CC": "false"},  # there is one, and it fails
    ],
    ids=["asked", "absent", "failing"],
)
def test_without_a_compiler(tmp_path: Path, environment: dict[str, str]) -> None:
    package = built(tmp_path, **environment)
    assert not list(package.rglob("*.so"))
    assert ("librt" in dependencies(package)) == (environment.get("CC") == "false")
    assert says(package, tmp_path) == "False 'caf\\xe9, \\u4e2d\\u6587'\n"


@pytest.mark.hooks
@pytest.mark.skipif(os.name == "nt", reason="names of compiled modules differ")
def test_with_a_compiler(tmp_path: Path) -> None:
    package = built(tmp_path, TEXTREPAIR_COMPILE="1")
    assert list(package.rglob("scan*.so"))
    assert "librt" in dependencies(package)
    assert says(package, tmp_path) == "True 'caf\\xe9, \\u4e2d\\u6587'\n"


def test_wheels_for_what_does_not_run(tmp_path: Path) -> None:
    script = ROOT / ".ci" / "wheels.py"
    command = [sys.executable, str(script), "--out", str(tmp_path / "dist"), "no-such-python"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "no-such-python is no CPython 3.10 or later that runs here; name one that is\n"
    )
    assert not (tmp_path / "dist").exists()
