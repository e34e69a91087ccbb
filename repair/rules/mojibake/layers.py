"""Wrong readings laid over one another, as ftfy's steps take them off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

Step = tuple[str, str]
"""What ftfy did (``encode``, ``decode``, ``transcode``, ``apply``), and with what."""

_C1 = re.compile(r"[\x80-\x9f]")
_NAMES = {"latin-1": "Latin-1", "macroman": "MacRoman", "iso-8859-2": "ISO-8859-2"}


class Layer(NamedTuple):
    """One wrong reading of ``good``, written in one encoding and read in another as ``bad``."""

    bad: str
    good: str
    written_as: str
    read_as: str


def replay(text: str, steps: Sequence[Step]) -> list[Layer]:
    """Take off the layers that ``steps`` name, the last wrong reading first.

    Empty if a step changes bytes by other means than decoding them.
    """
    if len(steps) % 2:
        return []
    layers: list[Layer] = []
    for encode, decode in zip(steps[::2], steps[1::2], strict=True):
        if (encode[0], decode[0]) != ("encode", "decode"):
            return []
        good = text.encode(encode[1]).decode(decode[1])
        written_as = "utf-8" if decode[1].startswith("utf-8") else _name(decode[1])
        layers.append(Layer(text, good, written_as, _name(encode[1], text)))
        text = good
    return layers


def readings(text: str) -> dict[str, str]:
    """Return what ``text`` would be if it were UTF-8 read wrongly, and as what it was read."""
    from ftfy.chardata import CHARMAP_ENCODINGS  # noqa: PLC0415

    found: dict[str, str] = {}
    for codec in CHARMAP_ENCODINGS:
        try:
            good = text.encode(codec).decode()
        except UnicodeError:
            continue
        if good != text:
            found.setdefault(good, _name(codec, text))
    return found


def rivals(text: str, good: str) -> list[str]:
    """Return readings of ``text`` other than ``good`` that somebody may have written.

    Ã and another character, read as MacRoman, are a combining mark: nobody has written that.
    """
    others = (reading for reading in readings(text) if reading != good)
    return [
        reading
        for reading in others
        if all(unicodedata.category(c)[0] in "LPSZ" for c in reading if not c.isascii())
    ]


def in_words(layers: Sequence[Layer]) -> str:
    """Say what happened, in the order in which it happened."""
    first, *later = reversed(layers)
    said = f"{first.written_as.replace('utf', 'UTF')} read as {first.read_as}"
    if later and {layer.read_as for layer in later} == {first.read_as}:
        return f"{said}, {'twice' if len(later) == 1 else f'{len(layers)} times'}"
    return said + "".join(f", then as {layer.read_as}" for layer in later)


def _name(codec: str, text: str = "") -> str:
    """Without C1 controls a reading as Latin-1 is one as cp1252, which is what programs do."""
    if codec == "latin-1" and not _C1.search(text):
        return "cp1252"
    return _NAMES.get(codec) or codec.replace("sloppy-", "").replace("windows-", "cp")
