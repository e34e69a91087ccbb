"""Our hooks in the real pre-commit and the real prek, on a git repository of their own."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BAD = "caf\u00c3\u00a9\n"
GOOD = "caf\u00e9\n"
TOOLS = ("pre-commit", "prek")

pytestmark = pytest.mark.hooks


@dataclass
class Repository:
    """A git repository whose commits pass through our hooks."""

    folder: Path
    tool: str
    environment: dict[str, str]

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )

    def git(self, *args: str) -> str:
        done = self.call("git", *args)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.call("git", "commit", "-m", "change")

    def add(self, **contents: str | bytes) -> None:
        for name, content in contents.items():
            data = content.encode() if isinstance(content, str) else content
            (self.folder / name).write_bytes(data)
            self.git("add", name)

    def committed(self, name: str) -> bytes:
        done = subprocess.run(
            ["git", "show", f"HEAD:{name}"],
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
        )
        return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a user who has nothing set up, and keeps nothing of ours."""
    home = tmp_path_factory.mktemp("home")
    (home / "gitconfig").write_text(
        "[user]\nname = A\nemail = a@example.org\n[init]\ndefaultBranch = main\n"
    )
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {
        "HOME": str(home),
        "PATH": path,
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PREK_HOME": str(home / "prek"),
        "TEXTREPAIR_CACHE_DIR": str(home / "cache"),
    }
    left_out = ("GIT_", "PRE_COMMIT", "PREK_", "VIRTUAL_ENV", "PYTHON")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    return kept | own


@pytest.fixture(scope="module")
def hooks(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A repository with this very tree in it: where it is, and its revision."""
    folder = tmp_path_factory.mktemp("hooks") / "textrepair"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True)
    wanted = (
        "repair/",
        "pyproject",
        "setup.py",
        "README",
        "LICENSE",
        "NOTICE",
        ".pre-commit-hooks",
    )
    for name in os.fsdecode(done.stdout).split("\0"):
        if name.startswith(wanted) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)
    head = ["git", "rev-parse", "HEAD"]
    revision = subprocess.run(
        head, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()
    return str(folder), revision


CONFIG = """\
repos:
- repo: {hooks}
  rev: {revision}
  hooks:
  - id: {hook}
"""


@pytest.fixture(params=TOOLS)
def repository(
    request: pytest.FixtureRequest,
    hooks: tuple[str, str],
    environment: dict[str, str],
    tmp_path: Path,
) -> Repository:
    tool = request.param
    if shutil.which(tool, path=environment["PATH"]) is None:
        pytest.fail(f"{tool} is not installed")
    repository = Repository(tmp_path / "work", tool, environment)
    repository.folder.mkdir()
    repository.git("init", "-q")
    use(repository, hooks, "textrepair")
    repository.git("commit", "-qm", "begin", "--no-verify")
    installed = repository.call(tool, "install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return repository


def use(repository: Repository, hooks: tuple[str, str], hook: str) -> None:
    folder, revision = hooks
    config = CONFIG.format(hooks=folder, revision=revision, hook=hook)
    repository.add(**{".pre-commit-config.yaml": config})


def test_a_clean_commit_passes(repository: Repository) -> None:
    repository.add(**{"a.md": GOOD, "b.py": "print('caf\u00e9')\n"})
    done = repository.commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert repository.committed("a.md") == GOOD.encode()


def test_a_damaged_commit_is_repaired_and_stopped(repository: Repository) -> None:
    repository.add(**{"a.md": BAD})
    done = repository.commit()
    assert done.returncode != 0
    assert "M101 [fixed]" in done.stdout + done.stderr
    assert (repository.folder / "a.md").read_text() == GOOD
    assert repository.git("show", ":a.md") == BAD  # what is staged is for its author to change
    repository.git("add", "a.md")
    assert repository.commit().returncode == 0
    assert repository.committed("a.md") == GOOD.encode()
    assert repository.git("status", "--short") == ""  # the records are not seen
    undone = repository.call(sys.executable, "-m", "repair.cli", "undo")
    assert undone.stdout == "1 file restored.\n", undone.stderr
    assert (repository.folder / "a.md").read_text() == BAD


def test_what_is_not_staged_is_kept(repository: Repository) -> None:
    repository.add(**{"a.md": "one\n\n\n\n\n\nlast\n"})
    assert repository.commit().returncode == 0
    repository.add(**{"a.md": f"{BAD}\n\n\n\n\n\nlast\n"})
    (repository.folder / "a.md").write_text(f"{BAD}\n\n\n\n\n\nlast, not staged\n")
    assert repository.commit().returncode != 0
    # Both put back what was not staged; a repair that is in its way would be dropped
    assert "last, not staged" in (repository.folder / "a.md").read_text()
    assert repository.git("show", ":a.md") == f"{BAD}\n\n\n\n\n\nlast\n"


def test_a_damaged_file_that_is_not_staged_does_not_matter(repository: Repository) -> None:
    repository.add(**{"a.md": GOOD})
    (repository.folder / "other.md").write_text(BAD)
    assert repository.commit().returncode == 0
    assert (repository.folder / "other.md").read_text() == BAD


def test_the_settings_of_the_project_are_found(repository: Repository) -> None:
    settings = "[tool.textrepair]\nexclude = ['vendor/']\nper-file-ignores = { '*.txt' = ['M'] }\n"
    (repository.folder / "vendor").mkdir()
    repository.add(**{"pyproject.toml": settings, "vendor/a.md": BAD, "b.txt": BAD})
    done = repository.commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert repository.committed("vendor/a.md") == BAD.encode()


def test_utf_16_with_a_known_ending_is_repaired(repository: Repository) -> None:
    repository.add(**{"a.txt": BAD.encode("utf-16")})
    assert repository.commit().returncode != 0
    assert (repository.folder / "a.txt").read_bytes() == GOOD.encode("utf-16")


def test_damage_without_a_safe_repair_stops_a_commit(repository: Repository) -> None:
    data = "\u4f60\u597d\u4e16\u754c".encode() + b"\xff\n"
    repository.add(**{"a.txt": data})
    assert repository.commit().returncode != 0
    assert (repository.folder / "a.txt").read_bytes() == data


def test_check_writes_nothing(repository: Repository, hooks: tuple[str, str]) -> None:
    use(repository, hooks, "textrepair-check")
    repository.add(**{"a.md": BAD})
    done = repository.commit()
    assert done.returncode != 0
    assert "M101 [*]" in done.stdout + done.stderr
    assert (repository.folder / "a.md").read_text() == BAD
    assert not (repository.folder / ".textrepair").exists()


def test_data_is_repaired_where_it_looks_binary(
    repository: Repository, hooks: tuple[str, str]
) -> None:
    use(repository, hooks, "textrepair-data")
    row = '{{"name": "{}"}}\n'
    contents: dict[str, str | bytes] = {
        "notes": BAD.encode("utf-16"),
        "rows.jsonl.gz": gzip.compress(row.format(BAD.strip()).encode()),
        "table.csv": f"1,{BAD}",
        "pixel.png": b"\x89PNG\r\n\x1a\n\0\0" + BAD.encode(),
        "raw.bin": bytes(range(256)) * 4,
    }
    repository.add(**contents)
    assert repository.commit().returncode != 0
    after = {path.name: path.read_bytes() for path in repository.folder.iterdir() if path.is_file()}
    assert after["notes"] == GOOD.encode("utf-16")
    assert gzip.decompress(after["rows.jsonl.gz"]) == row.format(GOOD.strip()).encode()
    assert after["table.csv"] == f"1,{GOOD}".encode()
    assert after["pixel.png"] == b"\x89PNG\r\n\x1a\n\0\0" + BAD.encode()
    assert after["raw.bin"] == bytes(range(256)) * 4
    repository.git("add", "-A")
    done = repository.commit()
    assert done.returncode == 0, done.stdout + done.stderr
