"""E104: percent-encoding outside of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.escapes.confidence import LIKELY
from repair.rules.escapes.context import candidates, surroundings
from repair.rules.escapes.readable import Reading, from_units, from_utf8, settled
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_BYTES = r"(?:%[0-9A-Fa-f]{2})+"
_UNITS = r"(?:%u[0-9A-Fa-f]{4})+"
_TRIGGER = r"%(?:[C-Fc-f][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|u[0-9A-Fa-f]{4})"
_SIGN = pattern(_TRIGGER)
# All that may stand in an address: what is between spaces and letters of other scripts.
TOKEN = pattern(r"(?<![!-~])[!-$&-~]*%[!-~]*")
_ADDRESS = pattern(r"[/?&=#:@+\\<>{}$*;]|\.[A-Za-z0-9]{1,5}(?![\w%])")
_ESCAPED = pattern(rf"{_UNITS}|{_BYTES}")


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each token that is all percent-encoded."""
    around = surroundings(document)
    found = candidates(document, tokens(document.text), (Kind.TEXT, Kind.MARKDOWN), _reading)
    for start, end, new, note in settled([each for _, each in found], document.text):
        if len(new) > 1 or not around.is_mention(start, end):
            yield Finding("E104", start, end, new, Safety.LIKELY, LIKELY, note)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens that have a sign, which are few, so others are not looked at."""
    done = 0
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if at >= done:
            low = max(done, text.rfind(" ", done, at) + 1, text.rfind("\n", done, at) + 1)
            token = next(each for each in TOKEN.finditer(text, low) if each.end() > at)
            done = token.end()
            yield token


def _reading(match: re.Match[str]) -> Reading | None:
    at, token = match.start(), match[0]
    if _ADDRESS.search(token) or "%" in _ESCAPED.sub("", token):
        return None
    escaped = list(_ESCAPED.finditer(token))
    if any(_read(part[0]) is None for part in escaped):
        return None
    low, high = escaped[0].start(), escaped[-1].end()
    text = _ESCAPED.sub(lambda part: _read(part[0]) or "", token[low:high])
    return Reading(at + low, at + high, text, "percent-encoding")


def _read(escaped: str) -> str | None:
    if escaped.startswith("%u"):
        return from_units([int(unit, 16) for unit in escaped.split("%u")[1:]])
    return from_utf8(bytes.fromhex(escaped.replace("%", "")))


RULE = Rule(
    code="E104",
    name="percent-encoding",
    summary="Percent-encoding of an address stands in prose.",
    why=(
        "A word taken from an address or a form keeps its bytes as %C3%A9, or as %u00E9 where "
        "JavaScript's escape() wrote them. In markup, code, JSON and mail nothing is looked "
        "for. Elsewhere a token, which is what stands between spaces, is left alone if it may "
        "belong to an address or a path, which anything of / ? & = # : @ + or the ending of a "
        "file shows; in backticks, fenced blocks and lines of code, alone between quotes or "
        "brackets, and in lines that speak of encodings. It is decoded as a whole or not at all, "
        "only as UTF-8, and only on request: somebody may have meant to quote the end of an "
        "address."
    ),
    safety=Safety.LIKELY,
    trigger=_TRIGGER,
    kinds=(Kind.TEXT, Kind.MARKDOWN),
    find_in=find,
    is_quick=True,
    examples=(
        Example("You asked for caf%C3%A9%20noir.", "You asked for café noir."),
        Example("%E4%BD%A0%E5%A5%BD", "你好"),
        Example("He wrote %u4F60%u597D then", "He wrote 你好 then", "as escape() wrote it"),
        Example("http://a.b/caf%C3%A9", "http://a.b/caf%C3%A9", "an address"),
        Example("wiki/Caf%C3%A9", "wiki/Caf%C3%A9", "a path"),
        Example("q=caf%C3%A9", "q=caf%C3%A9", "part of a query"),
        Example("caf%C3%A9.html", "caf%C3%A9.html", "a file"),
        Example("caf%C3%A9%", "caf%C3%A9%", "a sign that is no escape"),
        Example("caf%C3%A9%20%C3", "caf%C3%A9%20%C3", "not all of it can be read"),
        Example("It encodes caf%C3%A9 so", "It encodes caf%C3%A9 so", "about encodings"),
        Example('"%C3%A9"', '"%C3%A9"', "mentioned"),
        Example("caf%C3%A9", "caf%C3%A9", "code", Kind.CODE),
    ),
)
