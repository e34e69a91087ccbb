"""Data that is not text: by the signature it begins with, or by its control characters."""

from __future__ import annotations

from repair.detect.islands import islands
from repair.types import Detection

# Formats whose files may be free of NUL bytes; all others are known by those.
SIGNATURES = (
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",  # JPEG
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",  # gzip
    b"BZh91AY&SY",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"\x28\xb5\x2f\xfd",  # zstd
    b"\x04\x22\x4d\x18",  # lz4
    b"\x7fELF",
    b"wOF2",
    b"OggS\x00",
    b"fLaC\x00",
    b"ID3\x02",
    b"ID3\x03",
    b"ID3\x04",
)

# An archive of text files has NULs and no other controls.
TAR = (257, b"ustar")

# Of 40,873 files with a NUL on a Debian system 40,872 have more than 3.8 other controls in 1000
# bytes (the other one is a list of names in share/mime); logs and tables with stray NULs have none.
MOST_CONTROLS = 0.003

# Nothing says what NULs alone are, only that they are no text.
OF_NULS = 0.5

# NUL is counted by itself; BEL, BS, HT, LF, VT, FF, CR and ESC occur in text.
_CONTROLS = bytes(set(range(1, 32)) - {7, 8, 9, 10, 11, 12, 13, 27})
_OTHERS = bytes(set(range(256)) - set(_CONTROLS))


def look_at_signature(data: bytes) -> Detection | None:
    """Answer ``None`` for an encoding if ``data`` begins as a format does that is not text."""
    return Detection(None, 1.0) if data.startswith(SIGNATURES) else None


def look(data: bytes) -> Detection | None:
    """Answer ``None`` for an encoding if ``data`` has nothing but NULs, or many other controls."""
    if b"\0" in data and not data.strip(b"\0"):
        return Detection(None, OF_NULS)
    return Detection(None, 1.0) if b"\0" in data and _is_binary(data) else None


def _is_binary(data: bytes) -> bool:
    at, name = TAR
    if data.startswith(name, at):
        return True
    most = MOST_CONTROLS * len(data)
    controls = len(data.translate(None, _OTHERS))
    return controls > most and controls - _within_islands(data) > most


def _within_islands(data: bytes) -> int:
    """Count the controls that are half of a letter, in runs of UTF-16."""
    return sum(len(data[s.start : s.end].translate(None, _OTHERS)) for s in islands(data))
