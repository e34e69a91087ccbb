"""How far to believe a repair by ftfy, by what it did and what it left.

The figures are shares of lines that came out exactly right. 115 languages of gettext catalogues
(/usr/share/locale of a Debian system, 23,000 damaged lines) were read as 25 code pages, once and
twice, with and without losses, whole or a word in a clean line; legacy encodings were read as one
another. That is harsher than life, where most damage is UTF-8 read as cp1252. Of 438,472 lines
of the catalogues as they are ftfy changes 61, and all of those were damaged by their translators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from repair.rules.mojibake.layers import Layer, Step, readings, rivals
from repair.types import Safety


class Verdict(NamedTuple):
    """What may be done with a repair, and how likely it is exact."""

    safety: Safety
    confidence: float


SURE = Verdict(Safety.SAFE, 0.99)  # with WORD 11,950 of 12,034
WORD = Verdict(Safety.SAFE, 0.99)
MARKS = Verdict(Safety.SAFE, 0.98)  # 985 of 999, and of lines otherwise ASCII all 290
LOSSY = Verdict(Safety.LIKELY, 0.99)  # but for the lost characters all 1,037
CONTROLS = Verdict(Safety.LIKELY, 0.93)  # 185 of 198
SPACES = Verdict(Safety.LIKELY, 0.88)  # 53 of 60
MIXED = Verdict(Safety.LIKELY, 0.86)  # 36 of 42
SEVERAL_WORDS = Verdict(Safety.LIKELY, 0.68)  # 200 of 295
SEVERAL = Verdict(Safety.SHOW, 0.25)  # 53 of 211
PIECES = Verdict(Safety.SHOW, 0.18)  # 67 of 367
HALF = Verdict(Safety.SHOW, 0.01)  # 10 of 2,114

# C1 controls that all Windows code pages from 1250 to 1258 read as the same marks: quotes,
# dashes and the like. Left out are NEL (85) and CSI (9B), which do occur as controls.
_MARKS = "\x82\x84\x86\x87\x89\x8b\x91-\x97\x99"
_NO_OTHER_CONTROLS = re.compile(rf"[^\x80-\x9f]*([{_MARKS}][^\x80-\x9f]*)+")


def judge(layers: Sequence[Layer], steps: Sequence[Step]) -> Verdict:
    """Judge the repair of a whole line, from its layers or, where it has none, its steps."""
    if not layers:
        return _by_steps({what for _, what in steps})
    if layers[-1].written_as != "utf-8":
        marks = _NO_OTHER_CONTROLS.fullmatch(layers[-1].bad)
        return MARKS if marks else CONTROLS
    if any(rivals(layer.bad, layer.good) for layer in layers):
        return SEVERAL
    return SURE if len({layer.read_as for layer in layers} - {"Latin-1"}) <= 1 else MIXED


def _by_steps(names: set[str]) -> Verdict:
    if "fix_c1_controls" in names:
        return HALF
    if "replace_lossy_sequences" in names:
        return LOSSY
    return SPACES if "restore_byte_a0" in names else PIECES


def is_half(after: str) -> bool:
    """Whether what came out still looks damaged, or reads as another layer of UTF-8."""
    from ftfy.badness import is_bad  # noqa: PLC0415

    return is_bad(after) or bool(readings(after))
