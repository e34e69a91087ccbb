"""The command line, case by case (``fixtures/cli/``), and as a real process."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from repair.cli._toml import loads
from repair.cli.app import app
from repair.cli.look import refusal
from repair.types import Decoded, Edit, Repaired

FIXTURES = Path(__file__).parent.parent / "fixtures"
DAMAGED = "It\u00e2\u20ac\u2122s open.\n".encode()
REPAIRED = "It\u2019s open.\n".encode()
KEYS = {"name", "args", "exit", "files", "files_hex", "links", "after", "after_hex"} | {
    f"{stream}{kind}" for stream in ("stdin", "stdout", "stderr") for kind in ("", "_hex", "_has")
}


def cases() -> list[Any]:
    paths = sorted((FIXTURES / "cli").glob("*.toml"))
    found = [(p.stem, case) for p in paths for case in loads(p.read_text("utf-8"))["case"]]
    return [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in found]


def contents(case: dict[str, Any], key: str) -> dict[str, bytes]:
    plain = {name: text.encode() for name, text in case.get(key, {}).items()}
    return plain | {n: bytes.fromhex(text) for n, text in case.get(f"{key}_hex", {}).items()}


def build(case: dict[str, Any], folder: Path) -> dict[str, bytes]:
    for name, target in case.get("links", {}).items():
        (folder / name).symlink_to(target)
    files = contents(case, "files")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return files


def assert_output(case: dict[str, Any], stream: str, data: bytes) -> None:
    if stream in case:
        assert data.decode() == case[stream]
    if f"{stream}_hex" in case:
        assert data.hex() == case[f"{stream}_hex"]
    for part in case.get(f"{stream}_has", []):
        assert part in data.decode()
    for part in case.get(f"{stream}_lacks", []):
        assert part not in data.decode()


def run(args: list[str], stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, args, input=stdin, prog_name="textrepair")


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.keys() <= KEYS | {"stdout_lacks", "stderr_lacks"}
    monkeypatch.chdir(tmp_path)
    files = build(case, tmp_path)
    stdin = case.get("stdin", "").encode() or bytes.fromhex(case.get("stdin_hex", ""))
    result = run(case["args"], stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert_output(case, "stderr", result.stderr_bytes)
    assert_output(case, "stdout", result.stdout_bytes)
    assert result.exit_code == case["exit"]
    after = files | contents(case, "after")
    assert {name: (tmp_path / name).read_bytes() for name in after} == after


@pytest.mark.parametrize("args", [["check"], ["check", "--diff"], ["fix"]])
def test_a_clean_file_is_not_touched(args: list[str], tmp_path: Path) -> None:
    path = tmp_path / "clean"
    path.write_bytes(REPAIRED)
    os.utime(path, (1, 1))
    inode = path.stat().st_ino
    assert run([*args, str(path)]).exit_code == 0
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, inode)


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("cafe.md", 1, "  * | It\u2019s closed in August \u2014 "),
        ("contacts.csv", 1, "  * | Jos\u00e9,M\u00e1laga,"),
        ("notes-utf-16.txt", 1, "  * | Thema: neue T\u00fcren f\u00fcr das B\u00fcro\n"),
        ("server.log", 1, "server.log:2:30 B107 "),
        ("menu-latin-1.txt", 1, "menu-latin-1.txt:1:1 B001 "),
        ("clean.txt", 0, "Nothing found in 1 file.\n"),
        ("pixel.png", 0, "1 binary file skipped.\n"),
    ],
)
def test_samples(name: str, status: int, said: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(FIXTURES / "files" / name, tmp_path))
    result = run([str(path)])
    assert result.stderr == ""
    assert said in result.stdout
    assert result.exit_code == status
    diff = run(["--diff", str(path)])
    run(["fix", str(path)])
    changed = path.read_bytes() != (FIXTURES / "files" / name).read_bytes()
    assert changed == bool(diff.stdout_bytes)
    assert run(["--diff", str(path)]).stdout_bytes == b""  # nothing is left to fix


@pytest.mark.parametrize("size", [64, 200, 5000])
def test_random_bytes_are_no_text_even_without_nul(size: int, tmp_path: Path) -> None:
    several = random.Random(size)
    data = bytes(several.randrange(1, 256) for _ in range(size))
    (tmp_path / "key").write_bytes(data)
    assert "1 binary file skipped." in run(["fix", str(tmp_path)]).stdout
    assert (tmp_path / "key").read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        "Gr\u00f6\u00dfe\r\n\x1a".encode("cp437"),  # too short to be sure of
        "Gr\u00f6\u00dfe\n\x1b[1mfett\x1b[0m\n".encode("cp1252"),
        b"caf\xe9\x01 d\xe9j\xe0\x02\n",
        "a line of text\u0085another one\u0085\u0085\u0085".encode("cp037"),
    ],
)
def test_text_with_few_controls_is_looked_at(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(data)
    assert "binary" not in run(["check", str(tmp_path)]).stdout


LATIN = "Le caf\u00e9 de No\u00ebl est pr\u00eat, d\u00e9j\u00e0.\n".encode("latin-1") * 3


def test_text_that_its_encoding_cannot_hold_is_refused(tmp_path: Path) -> None:
    data = LATIN * 4 + b"\xc4\x8cesk\xc3\xbd \xc5\x99\xc3\xa1d\n"  # the repair needs U+010C
    path = tmp_path / "latin.txt"
    path.write_bytes(data)
    for args in (["fix"], ["check", "--diff"]):
        result = run([*args, str(path)])
        assert result.exit_code == 2
        assert result.stderr.startswith(f"error: {path}: cannot be written: ")
        assert "convert it to UTF-8 first" in result.stderr
    assert path.read_bytes() == data
    result = run(["check", str(path)])
    assert result.exit_code == 1
    assert f"{path}: cannot be written: " in result.stdout
    assert "1 file cannot hold the repaired text.\n" in result.stdout
    result = run(["fix", "-"], data)
    assert (result.exit_code, result.stdout_bytes) == (2, data)


@pytest.mark.parametrize(
    ("exact", "obstacle"),
    [
        (True, "iso8859-1 has no \u010c (U+010C)"),
        (False, "its bytes are not exactly what iso8859-1 makes of its text"),
    ],
)
def test_what_stands_in_the_way_is_named(exact: bool, obstacle: str) -> None:  # noqa: FBT001
    decoded = Decoded("C", "iso8859-1", 1.0, exact, ())
    result = Repaired("C", "\u010c", (Edit(0, 1, "\u010c"),), (), (), data=None, decoded=decoded)
    assert refusal(result) == f"cannot be written: {obstacle}; convert it to UTF-8 first"


# As a process


def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "-m", "repair.cli", *args], **(streams | options))


def finish(*args: str, stdin: bytes = b"", **options: Any) -> tuple[int, bytes, bytes]:
    with start(*args, **options) as process:
        out, error = process.communicate(stdin)
    return process.returncode, out, error


def test_the_process_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(DAMAGED)
    status, out, error = finish("a.md", cwd=tmp_path)
    assert (status, error) == (1, b"")
    assert "  * | It\u2019s open.\n".encode() in out
    assert finish("fix", "-", stdin=DAMAGED)[:2] == (0, REPAIRED)
    assert finish("fix", "a.md", cwd=tmp_path)[0] == 0
    assert (tmp_path / "a.md").read_bytes() == REPAIRED


def on_terminal(*args: str, **options: Any) -> str:
    primary, secondary = os.openpty()
    with start(*args, stdout=secondary, **options):
        os.close(secondary)
        shown = b""
        with suppress(OSError), open(primary, "rb", buffering=0) as terminal:  # noqa: PTH123
            while piece := terminal.read(4096):
                shown += piece
    return shown.decode()


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(DAMAGED)
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment["TERM"] = "xterm"
    assert "\x1b[32m" in on_terminal("a.md", cwd=tmp_path, env=environment)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb"}.items():
        shown = on_terminal("a.md", cwd=tmp_path, env=environment | {name: value})
        assert "\x1b" not in shown
        assert " M101 [*] " in shown
    assert b"\x1b" not in finish("a.md", cwd=tmp_path, env=environment)[1]


def test_a_diff_on_a_terminal_shows_what_is_invisible(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xe2\x80\xae " + DAMAGED)
    shown = on_terminal("--diff", "a.md", cwd=tmp_path, env=os.environ | {"NO_COLOR": "1"})
    assert "+\u2039U+202E\u203a It\u2019s" in shown
    assert "\u202e" not in shown
    assert b"+\xe2\x80\xae It" in finish("--diff", "a.md", cwd=tmp_path)[1]


def test_a_terminal_that_knows_only_ascii_gets_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "\u6c49.md").write_bytes(DAMAGED)
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    status, _, error = finish(".", "gone\u6c49", cwd=tmp_path, env=environment)
    assert status == 2
    assert b"Traceback" not in error


HEAVY = [
    "ftfy",
    "tomllib",
    "tomli",
    "rich",
    "multiprocessing",
    "repair.rules",
]


@pytest.mark.parametrize("module", HEAVY)
def test_the_version_costs_no_heavy_import(module: str) -> None:
    code = (
        "import sys; from repair.cli import main; sys.argv = ['textrepair', '--version']\n"
        "try: main()\n"
        f"finally: print({module!r} in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    version, imported = done.stdout.splitlines()
    assert version.startswith("textrepair ")
    assert imported == "False"


def test_a_reader_that_goes_away_is_no_error_of_ours(tmp_path: Path) -> None:
    undo_elsewhere = tmp_path.parent
    for number in range(50):
        (tmp_path / f"{number}.md").write_bytes(DAMAGED * 50)
    with start("fix", str(tmp_path), cwd=undo_elsewhere) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode != 0
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {REPAIRED * 50}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_quietly(number: signal.Signals, status: int) -> None:
    with start("fix", "-", start_new_session=True) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(DAMAGED)
        process.stdin.flush()
        time.sleep(1)  # it is waiting for the rest of its input
        process.send_signal(number)
        assert process.wait(10) == status
        assert b"Traceback" not in process.stderr.read()


def test_a_report_goes_to_what_is_no_file_without_replacing_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(DAMAGED)
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        finish("--format", "jsonl", "-o", "pipe", "a.md", cwd=tmp_path)
        assert reader.stdout is not None
        assert reader.stdout.read().startswith(b'{"path": "a.md"')
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "report").touch()
    (tmp_path / "link").symlink_to("report")
    finish("--format", "jsonl", "-o", "link", "a.md", cwd=tmp_path)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report").read_bytes().startswith(b'{"path": "a.md"')


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415

    path = tmp_path / "a.md"
    path.write_bytes(DAMAGED * 1000)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))  # noqa: E731
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    status, _, error = finish("fix", "a.md", cwd=tmp_path, preexec_fn=limit, env=environment)
    assert (status, error) == (2, b"error: a.md: not written: file too large\n")
    assert path.read_bytes() == DAMAGED * 1000
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_slip_in_a_command_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["chek", "."])
    assert done.exit_code == 2
    assert "there is no command or file 'chek'; did you mean 'check'?" in done.stderr
    (tmp_path / "chek").write_text("fine")
    assert CliRunner().invoke(app, ["chek"]).exit_code == 0


def test_a_current_folder_that_is_gone_is_one_clear_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    status, _, error = finish("check", "/", cwd=gone, preexec_fn=gone.rmdir)
    assert (status, error) == (2, b"error: the current folder: no such file or directory\n")


def test_a_command_behind_options_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["-v", "fix", "."])
    assert done.exit_code == 2
    assert "no file 'fix'; the command 'fix' stands before all options" in done.stderr
    (tmp_path / "fix").write_text("fine")
    assert CliRunner().invoke(app, ["-v", "fix"]).exit_code == 0
