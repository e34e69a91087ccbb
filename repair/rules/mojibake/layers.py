"""Wrong readings laid over one another, and how to say what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Layer(NamedTuple):
    """One wrong reading: bytes written in one encoding were read in another."""

    written_as: str
    read_as: str


_NAMES = {
    "utf-8": "UTF-8", "latin-1": "Latin-1", "mac_roman": "MacRoman", "gbk": "GBK", "big5": "Big5",
    "euc_jp": "EUC-JP", "cp932": "Shift_JIS", "cp949": "EUC-KR", "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U", "mac_cyrillic": "MacCyrillic", "mac_latin2": "Mac Central European",
    "mac_greek": "MacGreek", "mac_turkish": "MacTurkish", "mac_iceland": "MacIcelandic",
    "mac_croatian": "MacCroatian", "mac_romanian": "MacRomanian",
}  # fmt: skip


def in_words(layers: Sequence[Layer]) -> str:
    """Say what happened, in the order in which it happened: the first layer came first."""
    first, *later = layers
    said = f"{name(first.written_as)} read as {name(first.read_as)}"
    if later and set(later) == {first}:
        return f"{said}, {'twice' if len(layers) == 2 else f'{len(layers)} times'}"
    for before, layer in zip(layers, later, strict=False):
        said += ", then "
        if layer.written_as != before.written_as:
            said += f"{name(layer.written_as)} "
        said += f"as {name(layer.read_as)}"
    return said


def name(codec: str) -> str:
    """Return what people call an encoding."""
    return _NAMES.get(codec) or codec.replace("iso8859-", "ISO-8859-")
