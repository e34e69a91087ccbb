"""E105: an encoded word of a mail header (RFC 2047) in text."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from repair.patterns import pattern
from repair.rules.escapes.confidence import SURE
from repair.rules.escapes.context import (
    ENCODED_WORD,
    ENCODED_WORDS,
    Surroundings,
    candidates,
    surroundings,
)
from repair.rules.escapes.readable import Reading, settled
from repair.types import Document, Example, Finding, Kind, Rule, Safety

_PARTS = pattern(r"=\?([\w.:-]+)(?:\*[A-Za-z-]+)?\?([QqBb])\?([!->@-~]+)\?=")
_Q_UNIT = pattern(r"=[0-9A-Fa-f]{2}")
_Q_BYTE = pattern(rb"=([0-9A-Fa-f]{2})")
# Python's names of the character sets that mail has.
_CHARSET = pattern(
    r"utf-8|utf-7|ascii|iso8859-\d+|cp\d+|koi8-[rut]|gb2312|gbk|gb18030|big5|big5hkscs|"
    r"iso2022_\w+|shift_jis\w*|euc_\w+|mac-\w+|tis-620|johab"
)
# Mailers write GBK, and characters of GB 18030, under the name of what came before.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}
_OF_MARKUP = pattern("[<>&\"']")
_HEADER = pattern(r"[ \t>]*[A-Za-z][A-Za-z0-9-]*:[ \t]")


class _Part(NamedTuple):
    codec: str
    data: bytes


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each encoded word, with those that follow it."""
    readings: list[Reading] = []
    around = surroundings(document)
    kinds = (Kind.TEXT, Kind.MARKDOWN, Kind.MARKUP)
    words = ENCODED_WORDS.finditer(document.text)
    for match, text in candidates(document, words, kinds, _decoded):
        charset = _PARTS.findall(match[0])[0][0]
        note = f"encoded word of a mail header, {charset}"
        readings.append(Reading(*match.span(), text, note))
    for start, end, new, note in settled(readings, document.text):
        if document.kind is not Kind.MARKUP or not _OF_MARKUP.search(new):
            safe = not new.isascii() and _stands_in_text(around, start, end)
            safety = Safety.SAFE if safe else Safety.LIKELY
            yield Finding("E105", start, end, new, safety, SURE, note)


def _stands_in_text(around: Surroundings, start: int, end: int) -> bool:
    line = around.text.rfind("\n", 0, start) + 1
    quoted = around.is_mention(start, end) or _HEADER.match(around.text, line, start + 1)
    return not quoted and around.is_plain(start, end)


def _decoded(words: re.Match[str]) -> str | None:
    """Join neighbours in one charset before decoding: some mailers cut within a character."""
    parts = [_part(*found) for found in _PARTS.findall(words[0])]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    alone = [_text(part.codec, part.data) for part in known]
    if None not in alone:
        return "".join(text or "" for text in alone)
    joined = [
        _text(codec, b"".join(part.data for part in group))
        for codec, group in groupby(known, key=lambda part: part.codec)
    ]
    return None if None in joined else "".join(text or "" for text in joined)


def _part(charset: str, method: str, encoded: str) -> _Part | None:
    read = _from_q if method in "Qq" else _from_base64
    try:
        codec = codecs.lookup(charset).name
        data = read(encoded)
    except (LookupError, ValueError):
        return None
    return _Part(codec, data) if _CHARSET.fullmatch(codec) else None


def _from_q(encoded: str) -> bytes:
    if "=" in _Q_UNIT.sub("", encoded):
        raise ValueError(encoded)
    plain = encoded.replace("_", " ").encode("ascii")
    return _Q_BYTE.sub(lambda unit: bytes.fromhex(unit[1].decode()), plain)


def _from_base64(encoded: str) -> bytes:
    digits = encoded.rstrip("=")
    return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)


def _text(codec: str, data: bytes) -> str | None:
    for name in (codec, _WIDER.get(codec, "")):
        try:
            text = data.decode(name) if name else ""
        except UnicodeDecodeError:
            continue
        if text:
            return text
    return None


RULE = Rule(
    code="E105",
    name="encoded-word",
    summary="An encoded word of a mail header stands in text.",
    why=(
        "A header carries its letters beyond ASCII as =?charset?B?base64?= or, with Q, as "
        "hexadecimal; what reads mail must decode them, and lists of authors, archives and "
        "reports show that not all did. Neighbours are joined without the space between them, "
        "as RFC 2047 says. In mail, known by its name or its first fields, in code, in JSON and "
        "catalogues nothing is looked for; elsewhere they are left alone in backticks, fenced "
        "blocks, lines of code, alone between quotes or brackets, and in lines that speak of "
        "MIME, RFCs or encodings; in HTML also where a sign of markup would come out. A repair is "
        "applied by itself only outside of lines that begin like a field of a header, and only "
        "if nothing within 4,000 characters looks like code or markup or speaks of it."
    ),
    safety=Safety.SAFE,
    trigger=ENCODED_WORD,
    kinds=(Kind.TEXT, Kind.MARKDOWN, Kind.MARKUP),
    find_in=find,
    examples=(
        Example("Thanks to =?utf-8?B?5L2g5aW9?= again", "Thanks to 你好 again"),
        Example("=?UTF-8?q?Ren=C3=A9_Roy?= <roy@a.org>", "René Roy <roy@a.org>"),
        Example("by =?ISO-8859-1?Q?Ren=E9?= =?iso-8859-1?q?_Roy?=.", "by René Roy.", "neighbours"),
        Example("=?utf-8?B?5L2g5Q==?= =?utf-8?B?pb0=?=", "你好", "cut within a character"),
        Example("=?gb2312?B?6aalprmmmEvs?=", "=?gb2312?B?6aalprmmmEvs?=", "not of its charset"),
        Example("=?x-none?Q?Ren=E9?=", "=?x-none?Q?Ren=E9?=", "no such charset"),
        Example("=?utf-8?Q?Ren=E9?=", "=?utf-8?Q?Ren=E9?=", "not UTF-8"),
        Example("=?utf-8?Q?a=0Ab?=", "=?utf-8?Q?a=0Ab?=", "a control"),
        Example("`=?utf-8?q?Ren=C3=A9?=`", "`=?utf-8?q?Ren=C3=A9?=`", "in backticks"),
        Example("RFC 2047: =?utf-8?q?=C3=A9?=", "RFC 2047: =?utf-8?q?=C3=A9?=", "about them"),
        Example("if a =?b?c?d?= e", "if a =?b?c?d?= e", "no encoding but Q and B"),
        Example("=?utf-8?q?=C3=A9?=", "=?utf-8?q?=C3=A9?=", "code", Kind.CODE),
        Example("=?utf-8?q?=3Cb=3E?=", "=?utf-8?q?=3Cb=3E?=", "a tag", Kind.MARKUP),
    ),
)
