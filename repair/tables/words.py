"""A set of known words for each script that takes little room: a Bloom filter."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct

from repair.patterns import pattern

SCRIPTS = ("Latin", "Cyrillic", "Greek")
# 12 bits and 8 probes for each word: of words that are not in the list 0.31 % pass for known.
BITS, PROBES = 12, 8

_GREEK = pattern("[\u0370-\u03ff]")
_TWO = Struct("<QQ")


def word_key(word: str) -> str:
    """Return what a word is looked up by: without case, Greek accents and Russian diaeresis."""
    key = unicodedata.normalize("NFC", word.casefold()).replace("\u0451", "\u0435")
    if _GREEK.search(key):
        plain = unicodedata.normalize("NFD", key)
        key = "".join(c for c in plain if not unicodedata.combining(c))
    return key.replace("\u0301", "")


@dataclass(frozen=True, slots=True)
class Filter:
    """Knows most words of some languages; takes few others for known."""

    sections: Mapping[str, bytes]

    def knows(self, word: str, script: str) -> bool:
        """Whether ``word`` is a word of a language in ``script``."""
        bits = self.sections[script]
        size = len(bits) * 8
        at, step = _first_and_step(word_key(word))
        for _ in range(PROBES):
            place = at % size
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
            at += step
        return True

    @staticmethod
    def build(words: Mapping[str, Sequence[str]]) -> bytes:
        """Return the file: a line of JSON, then the bits of each script."""
        sections = {}
        for script, keys in words.items():
            bits = bytearray(-(-len(keys) * BITS // 8))
            for key in keys:
                for at in _places(key, len(bits) * 8):
                    bits[at >> 3] |= 1 << (at & 7)
            sections[script] = bytes(bits)
        head = {
            "licence": "CC-BY-SA-4.0; see NOTICE",
            "sections": {script: len(bits) for script, bits in sections.items()},
        }
        return json.dumps(head).encode() + b"\n" + b"".join(sections.values())

    @classmethod
    def read(cls, data: bytes) -> Filter:
        """Read what ``build`` returned."""
        line, _, rest = data.partition(b"\n")
        sections, at = {}, 0
        for script, length in json.loads(line)["sections"].items():
            sections[script] = rest[at : at + length]
            at += length
        return cls(sections)


def _places(key: str, size: int) -> Iterator[int]:
    first, step = _first_and_step(key)
    for probe in range(PROBES):
        yield (first + probe * step) % size


def _first_and_step(key: str) -> tuple[int, int]:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    first, step = _TWO.unpack(digest)
    return first, step | 1
