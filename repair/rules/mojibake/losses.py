"""UTF-8 read wrongly of which bytes were lost: what is left, and what each gap may have been."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from repair.model import judge, probability
from repair.patterns import pattern
from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.pages import DOUBLE_BYTE, UNDEFINED, bytes_of_page, holds, to_bytes
from repair.rules.mojibake.readings import Reading

# What stands for a byte that did not decode: U+FFFD and the question mark, as Latin-1 here.
_LOST = "\x00"
_MARKERS = pattern("\ufffd|(?<=[^\x00-\x7f])\\?+|\\?+(?=[^\x00-\x7f])")
# A character of UTF-8, whole or with bytes missing.
_WHOLE = pattern(
    "[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|"
    "\xf0[\x90-\xbf][\x80-\xbf]{2}"
)
_TOKENS = pattern(
    f"(?P<whole>{_WHOLE.pattern})|"
    "(?P<cut>[\xc2-\xf4][\x80-\xbf]{0,2}\x00*[\x80-\xbf]{0,2})|"
    # Lost bytes before a stray one count from the first of them: a long row is looked at once.
    "(?P<stray>(?:(?<!\x00)\x00+)?[\x80-\xbf]{1,2}\x00*)|(?P<other>[\x01-\x7f]+|.)",
    re.DOTALL,
)
# So many characters to the left are what a gap is judged by, with those to the right.
_AROUND = 8
# A character is filled in where it leads by so many nats; else U+FFFD stands for it.
SURE = 4.0
# For each gap there must be so many whole characters, and so many in all; what a character was
# read as has half its bytes at the least.
WHOLE, LEAST = 1.5, 2
_PAGES = (
    "cp1252", "gbk", "cp949", "cp932", "big5", "cp1251", "cp1250", "mac_roman", "cp437", "cp1253",
    "cp1254", "cp1257", "koi8-r", "cp866", "cp850", "cp874", "cp1255", "cp1256",
)  # fmt: skip
_PRICE = 12.0


class Loss(NamedTuple):
    """A reading with gaps: U+FFFD where the gap cannot be filled."""

    reading: Reading
    gain: float
    filled: int
    sure: float
    """The least probability of a character that was filled in."""


def best_loss(line: str) -> Loss | None:
    """Return the likeliest reading of a line of which bytes were lost."""
    characters = beyond_ascii(_without_gaps(line))
    if len(characters) < LEAST:
        return None
    marked, beyond = bool(_MARKERS.search(line)), frozenset(characters)
    pages = [page for page in _PAGES if (marked or page in DOUBLE_BYTE) and holds(page, beyond)]
    found = (_read(line, page) for page in pages)
    return max(filter(None, found), key=lambda loss: loss.gain, default=None)


def _without_gaps(text: str) -> str:
    return _MARKERS.sub("", text)


def _read(line: str, page: str) -> Loss | None:
    raw = _raw(line, page)
    if raw is None or UNDEFINED in raw:
        return None
    whole = len(_WHOLE.findall(raw))
    if whole < LEAST:
        return None
    tokens = list(_TOKENS.finditer(raw))
    gaps = sum(token.lastgroup not in ("whole", "other") for token in tokens)
    if not gaps or whole < WHOLE * gaps:
        return None
    pieces = [_piece(token) for token in tokens]
    text, filled, sure = _fill(pieces)
    if text.count("\ufffd") > filled + whole // 2:
        return None
    gain = judge().margin(_without_gaps(text), _without_gaps(line)) - _PRICE
    return Loss(Reading(text, (Layer("utf-8", page),), "M901", _PRICE), gain, filled, sure)


def _piece(token: re.Match[str]) -> str | tuple[str, ...]:
    """What a token stands for, or all that it may stand for."""
    if token.lastgroup == "whole":
        return token[0].encode("latin-1").decode("utf-8", "replace")
    if token.lastgroup == "other":
        return token[0].replace(_LOST, "?")
    return _completions(token[0])


def _raw(line: str, page: str) -> str | None:
    marked = _MARKERS.sub(lambda match: _LOST * len(match[0]), line)
    if page not in DOUBLE_BYTE:
        return marked.translate(bytes_of_page(page))
    pieces = []
    for part in re.split(f"({_LOST}+)", marked):
        data = part.encode("latin-1") if part.startswith(_LOST) else to_bytes(part, page)
        if data is None:
            return None
        pieces.append(data.decode("latin-1"))
    return "".join(pieces)


@lru_cache(1 << 12)
def _completions(token: str) -> tuple[str, ...]:
    """Return the characters that a token may be the rest of, if one byte is missing."""
    known = token.replace(_LOST, "").encode("latin-1")
    at = token.find(_LOST)
    place = at if at >= 0 else len(known)
    found = []
    for byte in range(0x80, 0xF0):
        try:
            text = (known[:place] + bytes([byte]) + known[place:]).decode()
        except UnicodeDecodeError:
            continue
        if len(text) == 1 and unicodedata.category(text)[0] in "LMPN":
            found.append(text)
    return tuple(found)


def _fill(pieces: list[str | tuple[str, ...]]) -> tuple[str, int, float]:
    """Fill the gaps, each by what stands around it; count them, with the least sure one."""
    out, filled, sure = "", 0, 1.0
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            out += piece
            continue
        following = pieces[number + 1 : number + 3]
        behind = "".join(each if isinstance(each, str) else " " for each in following)[:_AROUND]
        scored = sorted(
            ((judge().best(out[-_AROUND:] + each + behind)[1], each) for each in piece),
            reverse=True,
        )
        lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 0.0
        if len(scored) == 1 or lead >= SURE:
            out += scored[0][1]
            filled += 1
            sure = min(sure, probability(lead))
        else:
            out += "\ufffd"
    return out, filled, sure
