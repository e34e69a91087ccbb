"""EBCDIC: its blanks are not those of ASCII; chardet knows which."""

from __future__ import annotations

from repair.detect.confirm import decodes
from repair.types import Detection

SAMPLE = 4096

# In EBCDIC 0x40 is the blank; in all else 0x20 is, and 0x40 is @.
LEAST_BLANKS = 0.05
MOST_ASCII_BLANKS = 0.2

# What comes out is text: letters, figures and blanks, and not signs. Of 807 test files of chardet
# and charset-normalizer, and one line of each, only those in EBCDIC pass.
LEAST_PLAIN = 0.9

# chardet's guess was right for all of the few files there are; that is not much to go by.
CONFIDENCE = 0.9


def look(data: bytes) -> Detection | None:
    """Answer with chardet's guess if the blanks are those of EBCDIC."""
    sample = data[:SAMPLE]
    blanks = sample.count(0x40)
    if (
        blanks < max(LEAST_BLANKS * len(sample), 1)
        or sample.count(0x20) > MOST_ASCII_BLANKS * blanks
    ):
        return None
    from chardet import detect  # noqa: PLC0415 (43 ms: only where it is needed)

    found = detect(data[:200_000], prefer_superset=False, compat_names=False)
    name = found["encoding"]
    if name is None or not name.startswith("cp") or not decodes(data, name):
        return None
    text = sample.decode(name, "replace")
    plain = sum(character.isalnum() or character in " .,\n\x85" for character in text)
    if plain < LEAST_PLAIN * len(text):
        return None
    return Detection(name, CONFIDENCE, found["language"])
