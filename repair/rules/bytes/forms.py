"""What escaped bytes are, where their form alone tells: surrogates, overlong and cut characters."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.types import Finding, Safety

# ED A0..AF and ED B0..BF begin what UTF-8 leaves out: U+D800..U+DFFF.
_HIGH = "\udced[\udca0-\udcaf][\udc80-\udcbf]"
_LOW = "\udced[\udcb0-\udcbf][\udc80-\udcbf]"
PAIRS = pattern(f"(?:{_HIGH}{_LOW})+")
HALVES = pattern(f"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")

# Leads of two bytes for what fits in one; of three and four for what fits in fewer.
OVERLONG = pattern(
    "[\udcc0\udcc1][\udc80-\udcbf]"
    "|\udce0[\udc80-\udc9f][\udc80-\udcbf]"
    "|\udcf0[\udc80-\udc8f][\udc80-\udcbf]{2}"
)

# At most three later bytes at the beginning, and a lead with fewer than it needs at the end.
AT_START = pattern("\\A[\udc80-\udcbf]{1,3}(?![\udc80-\udcff])")
AT_END = pattern(
    "(?<![\udc80-\udcff])"
    "(?:[\udcc2-\udcdf]|[\udce0-\udcef][\udc80-\udcbf]?|[\udcf0-\udcf4][\udc80-\udcbf]{0,2})\\Z"
)
ESCAPED = pattern("[\udc80-\udcff]")
BEYOND_ASCII = pattern("[^\0-\x7f\ud800-\udfff]")


def pairs(text: str) -> Iterator[Finding]:
    """Yield a finding for each run of whole pairs: no other encoding has six such bytes."""
    for match in PAIRS.finditer(text):
        data = match[0].encode("utf-8", "surrogateescape").decode("utf-8", "surrogatepass")
        new = data.encode("utf-16", "surrogatepass").decode("utf-16")
        yield Finding("B102", *match.span(), new, Safety.SAFE, 1.0, "CESU-8")


def halves(text: str) -> Iterator[Finding]:
    """Yield a finding for each half of a pair that has lost its other half."""
    for match in HALVES.finditer(text):
        value = ord(match[0].encode("utf-8", "surrogateescape").decode("utf-8", "surrogatepass"))
        note = f"half of a surrogate pair, U+{value:04X}"
        yield Finding("B103", *match.span(), None, Safety.SHOW, 1.0, note)


def overlong(text: str) -> Iterator[Finding]:
    """Yield a finding for each overlong form, with the character it stands for."""
    for match in OVERLONG.finditer(text):
        first, *later = (ord(character) - 0xDC00 for character in match[0])
        value = first & (0x7F >> (len(later) + 1))
        for byte in later:
            value = value << 6 | byte & 0x3F
        note = f"U+{value:04X} in {len(match[0])} bytes"
        yield Finding("B104", *match.span(), None, Safety.SHOW, 1.0, note)


def cut(text: str) -> Iterator[Finding]:
    """Yield the bytes of a character whose rest lies outside the text.

    Only in texts that have whole characters beyond ASCII, and where no other byte of the line is
    escaped: else it may be in any encoding.
    """
    if not BEYOND_ASCII.search(text):
        return
    at_start, at_end = AT_START.search(text), AT_END.search(text)
    ours = sum(match.end() - match.start() for match in (at_start, at_end) if match)
    for match, missing in ((at_start, "beginning"), (at_end, "end")):
        if match:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            line = text[start : end if end >= 0 else len(text)]
            if len(ESCAPED.findall(line)) <= (ours if line == text else len(match[0])):
                note = f"the {missing} of this character was cut off"
                yield Finding("B105", *match.span(), None, Safety.SHOW, 1.0, note)
