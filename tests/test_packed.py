"""Text in compressed files is read, and repaired under the same head."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from repair.adapters import packed
from repair.adapters.packed import pack, unpack
from repair.cli.app import app

BAD = '{"name": "caf\u00c3\u00a9"}\n'.encode()
GOOD = '{"name": "caf\u00e9"}\n'.encode()


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args), prog_name="textrepair")


def named(data: bytes, name: str = "rows.jsonl", time: int = 12345) -> bytes:
    with io.BytesIO() as out:
        with gzip.GzipFile(name, "wb", mtime=time, fileobj=out) as file:
            file.write(data)
        return out.getvalue()


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_what_is_packed_unpacks_under_the_old_head(old: bytes, new: bytes) -> None:
    like = named(old)
    out = pack(new, like)
    assert unpack(out) == gzip.decompress(out) == new
    assert out.startswith(like[:21])  # the time and the name


def test_heads_may_hold_more() -> None:
    plain = gzip.compress(b"text", mtime=7)
    head = bytes([*plain[:3], 2 | 4 | 8 | 16, *plain[4:10]])
    head += b"\x03\0abc" + b"name\0" + b"comment\0" + b"\x12\x34"
    assert pack(b"new", head + plain[10:]).startswith(head)


def test_members_are_one_text() -> None:
    assert unpack(gzip.compress(b"one, ") + gzip.compress(b"two") + b"\0\0") == b"one, two"


@pytest.mark.parametrize("cut", [1, 8, 9, 15])
def test_a_file_that_is_cut_off_is_an_error(cut: int) -> None:
    with pytest.raises(ValueError, match="ends in the middle"):
        unpack(gzip.compress(BAD * 100)[:-cut])


def test_a_file_that_is_damaged_is_an_error() -> None:
    data = bytearray(gzip.compress(BAD * 100))
    data[-6] ^= 1  # of the checksum
    with pytest.raises(ValueError, match="damaged by itself"):
        unpack(bytes(data))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 1 << 20)
    with pytest.raises(ValueError, match="unpacks to more than 1 MB"):
        unpack(gzip.compress(b"\0" * (1 << 21)))


def test_packed_files_are_looked_into_on_request(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(named(BAD * 3))
    assert "1 binary file skipped" in run(str(path)).stdout
    result = run("--gzip", str(path))
    assert result.exit_code == 1
    assert "Found 3 findings in 1 file" in result.stdout


def test_packed_files_are_repaired_and_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "rows.jsonl.gz"
    before = named(BAD * 3)
    path.write_bytes(before)
    assert run("fix", "--gzip", "rows.jsonl.gz").exit_code == 0
    assert gzip.decompress(path.read_bytes()) == GOOD * 3
    assert path.read_bytes()[:21] == before[:21]
    assert run("--gzip", "rows.jsonl.gz").exit_code == 0
    assert run("undo").exit_code == 0
    assert path.read_bytes() == before


def test_what_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(named(BAD * 3)[:-3])
    result = run("fix", "--gzip", str(path))
    assert (result.exit_code, result.stderr) == (2, f"error: {path}: ends in the middle\n")


def test_archives_are_binary_inside(tmp_path: Path) -> None:
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(b"\x89PNG\r\n\x1a\n\0\0"))
    assert run("--gzip", str(path)).stdout == "1 binary file skipped.\n"


def test_a_patch_of_packed_files_would_not_apply(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(named(BAD))
    result = run("--gzip", "--diff", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
