"""The table of what ideographs, kana and Hangul may be where they are the work of a decoder."""

from __future__ import annotations

import json
from collections.abc import Callable

FREQUENT = (
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也"
    "你對对生能而子那得于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經"
    "么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前"
    "开開但因只从從想实實日文件名无無设設选選项項字使新数數加关關最加请請错錯误誤"
)

Characters = set[str]


def ideograph_table(_source: Callable[[str], str]) -> bytes:
    """A line of JSON: the classes that belong to each set; then the class of each BMP character.

    Classes are ASCII characters; those of a character in no set are full stops.
    """
    sets = _sets()
    members: dict[frozenset[str], str] = {frozenset(): "."}
    classes = []
    for code in range(0x10000):
        among = frozenset(name for name, of in sets.items() if chr(code) in of)
        classes.append(members.setdefault(among, chr(ord("0") + len(members))))
    of_set = {name: "".join(c for among, c in members.items() if name in among) for name in sets}
    return f"{json.dumps(of_set)}\n{''.join(classes)}".encode("ascii")


def _sets() -> dict[str, Characters]:
    leads: Characters = set()
    middles: Characters = set()
    letters: Characters = set()
    for codec in ("gbk", "big5", "cp932", "cp949"):
        letters |= _decoded(codec, range(0xC3, 0xDC), range(0x80, 0xC0))
        leads |= _decoded(codec, range(0xE2, 0xF0), range(0x80, 0xC0))
        middles |= _decoded(codec, range(0x80, 0xC0), range(0xE2, 0xF0))
    common = _decoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    common |= _decoded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
    common |= _decoded("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF))
    hangul = _decoded("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF))
    ideographs = _points(0x4E00, 0x9FFF)
    syllables = _points(0xAC00, 0xD7A3)
    wide = _points(0x3005, 0x3007) | _points(0x3021, 0x3029) | _points(0x3031, 0x3035)
    wide |= _points(0x3105, 0x318E) | _points(0x3400, 0xA48C)
    wide |= _points(0xF900, 0xFADD) | _points(0xFF41, 0xFFDC)
    return {
        # the first two bytes of three of UTF-8, then its last and the first of the next
        "lead": leads - hangul,
        "middle": middles,
        # two bytes of UTF-8
        "letter": letters - hangul,
        # in no standard among those of the first rank
        "rare": ideographs - common,
        "odd": syllables - hangul,
        # common in China alone
        "strange": common - {c for c in common if c.encode("euc_jp", "ignore")},
        # what is not on every line of Chinese
        "wide": wide - set(FREQUENT),
        "ideograph": ideographs,
        "syllable": syllables,
        "kana": _points(0x3041, 0x30FF),
        "hiragana": _points(0x3041, 0x3093),
        "any": (
            _points(0x2E80, 0xA4CF)
            | syllables
            | _points(0xF900, 0xFAFF)
            | _points(0xFF00, 0xFF60)
            | _points(0xFF9E, 0xFFEE)
        ),
        "latin": _points(0x41, 0x5A) | _points(0x61, 0x7A),
        "small": _points(0x61, 0x7A),
        "between": set(" ,."),
    }


def _points(first: int, last: int) -> Characters:
    return set(map(chr, range(first, last + 1)))


def _decoded(codec: str, leads: range, trails: range) -> Characters:
    pairs = (bytes([lead, trail]).decode(codec, "ignore") for lead in leads for trail in trails)
    return {pair for pair in pairs if len(pair) == 1}
