"""Builds what is published, and tries each wheel in an environment of its own.

    python .ci/wheels.py [--out FOLDER] [PYTHON ...]

That is the source archive, a wheel without compiled modules for every platform, and a compiled
wheel for each PYTHON: a command or path of CPython 3.10 or later. Without any, those of
python3.10 to python3.14 that run here. Exit status: 0 all is well, 1 something did not build or
failed its trial, 2 there is no such interpreter.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TRIAL = Path(__file__).parent / "try_wheel.py"
VERSIONS = ((3, 10), (3, 11), (3, 12), (3, 13), (3, 14))
# Left by earlier builds: a wheel would take what is stale along.
LEFT_OUT = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__", "sources")
ABOUT = """
import json, sys
print(json.dumps([sys.implementation.name, *sys.version_info[:2], sys.executable]))
"""


@dataclass(frozen=True)
class Interpreter:
    """A CPython that runs here."""

    version: tuple[int, int]
    path: str

    @property
    def tag(self) -> str:
        """What it is called in the names of wheels."""
        return "cp{}{}".format(*self.version)


def ask(command: str) -> Interpreter | None:
    """Return the interpreter that ``command`` starts; ``None`` if it starts none of ours."""
    try:
        done = subprocess.run(  # noqa: S603 (what the user names)
            [command, "-c", ABOUT], capture_output=True, text=True, check=True
        )
        name, major, minor, path = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None  # pyenv leaves commands on PATH that only say that they cannot run
    return Interpreter((major, minor), path) if name == "cpython" else None


def interpreters(commands: list[str]) -> list[Interpreter]:
    """Return those that were asked for, or all that are found; none twice of one version."""
    wanted = commands or ["python{}.{}".format(*version) for version in VERSIONS]
    found: dict[tuple[int, int], Interpreter] = {}
    for command in wanted:
        interpreter = ask(command)
        if interpreter and interpreter.version >= VERSIONS[0]:
            found.setdefault(interpreter.version, interpreter)
        elif commands:
            say(f"{command} is no CPython 3.10 or later that runs here; name one that is")
            raise SystemExit(2)
    if not found:
        say("no CPython from 3.10 to 3.14 is on PATH; name one: .ci/wheels.py PYTHON")
        raise SystemExit(2)
    return list(found.values())


def say(message: str) -> None:
    """Tell whoever waits; nothing reads the output of this command."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 (it is a command)


def run(*command: str | Path, cwd: Path, **environment: str) -> None:
    """Run a command; what it says is shown only if it fails.

    Raises:
        subprocess.CalledProcessError: if it does.
    """
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(  # noqa: S603 (commands of this file)
        command,
        cwd=cwd,
        env={**clean, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(done.stdout)
        done.check_returncode()


def environment(python: str, folder: Path) -> Path:
    """Make a virtual environment, and return its interpreter."""
    run(python, "-m", "venv", folder, cwd=ROOT)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def source_archive(python: str, work: Path) -> Path:
    """Build the source archive from the sources alone, and return where it is."""
    tree = work / "tree"
    shutil.copytree(ROOT / "repair", tree / "repair", ignore=LEFT_OUT)
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tree)
    builder = environment(python, work / "builder")
    run(builder, "-m", "pip", "install", "--quiet", "build>=1.2", cwd=work)
    run(builder, "-m", "build", "--sdist", "--outdir", work, tree, cwd=work)
    (archive,) = work.glob("*.tar.gz")
    return archive


def wheel(python: str, archive: Path, folder: Path, *, compiled: bool) -> Path:
    """Build a wheel of the archive in ``folder``, and return where it is."""
    builder = environment(python, folder / "builder")
    command = (builder, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, archive)
    run(*command, cwd=folder, TEXTREPAIR_COMPILE=str(int(compiled)))
    (made,) = folder.glob("*.whl")
    return made


def trial(python: str, made: Path, folder: Path, *, compiled: bool) -> None:
    """Install a wheel in a fresh environment, with what it depends on, and use it there."""
    user = environment(python, folder / "user")
    run(user, "-m", "pip", "install", "--quiet", made, cwd=folder)
    form = "compiled" if compiled else "not compiled"
    run(user, "-I", TRIAL, form, cwd=folder, TEXTREPAIR_CACHE_DIR=str(folder / "cache"))


def build(pythons: list[Interpreter], out: Path) -> None:
    """Build and try all; ``out`` receives what passed."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        archive = source_archive(pythons[0].path, work)
        say(f"built {shutil.copy(archive, out)}")
        (work / "pure").mkdir()
        pure = wheel(pythons[0].path, archive, work / "pure", compiled=False)
        for python in pythons:
            folder = work / python.tag
            (folder / "pure").mkdir(parents=True)
            trial(python.path, pure, folder / "pure", compiled=False)
            made = wheel(python.path, archive, folder, compiled=True)
            trial(python.path, made, folder, compiled=True)
            say(f"built {shutil.copy(made, out)}")
        tried = ", ".join("{}.{}".format(*python.version) for python in pythons)
        say(f"built {shutil.copy(pure, out)}, and tried it with {tried}")


def main() -> None:
    """Read the command line, and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist/")
    parser.add_argument("pythons", metavar="PYTHON", nargs="*")
    options = parser.parse_args()
    pythons = interpreters(options.pythons)
    try:
        build(pythons, options.out)
    except subprocess.CalledProcessError as error:
        say(f"this failed: {' '.join(map(str, error.cmd))}")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
