"""Rules and inputs that show every shape a finding can take in a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from repair.config import Config
from repair.engine import repair
from repair.reports.outcomes import Checked, Counted, Outcome, Skipped
from repair.types import Decoded, Finding, Rule, Safety, Segment

FORMS = {"國": "国", "來": "来", "問": "问", "題": "题", "黨": "党"}


def _rule(
    code: str, name: str, summary: str, find: Callable[[str], Iterator[Finding]], safety: Safety
) -> Rule:
    return Rule(code, name, summary, "For tests.", safety, "", find, ())


def _finder(  # noqa: PLR0913, PLR0917
    code: str,
    pattern: str,
    new: Callable[[str], str | None],
    safety: Safety,
    confidence: float,
    note: str = "",
) -> Callable[[str], Iterator[Finding]]:
    regex = re.compile(pattern, re.MULTILINE)

    def find(text: str) -> Iterator[Finding]:
        for match in regex.finditer(text):
            yield Finding(code, *match.span(), new(match[0]), safety, confidence, note)

    return find


def _utf8_read_as_latin1(text: str) -> str:
    return text.encode("latin-1").decode()


RULES = (
    _rule(
        "B901",
        "undecodable-byte",
        "A byte does not belong to the encoding around it.",
        _finder("B901", "[\udc80-\udcff]", lambda _: None, Safety.SHOW, 1.0, "may be cp1252"),
        Safety.SHOW,
    ),
    _rule(
        "M901",
        "mojibake",
        "UTF-8 was read in another encoding.",
        _finder(
            "M901",
            "(?:[\u00c2-\u00f4][\u0080-\u00bf]+)+",
            _utf8_read_as_latin1,
            Safety.SAFE,
            0.999,
            "UTF-8 read as Latin-1",
        ),
        Safety.SAFE,
    ),
    _rule(
        "E901",
        "soft-line-break",
        "A line break of a transfer encoding was left in the text.",
        _finder("E901", "=\r?\n", lambda _: "", Safety.SAFE, 0.97),
        Safety.SAFE,
    ),
    _rule(
        "H901",
        "reading-annotation",
        "The reading of a character was put after it.",
        _finder("H901", r"\([a-zāáǎàéěèíǐìóǒòúǔù]+\)", lambda _: "", Safety.SAFE, 0.995),
        Safety.SAFE,
    ),
    _rule(
        "H902",
        "traditional-form",
        "A simplified character was made traditional.",
        _finder("H902", f"[{''.join(FORMS)}]", lambda old: FORMS[old], Safety.SAFE, 0.9),
        Safety.SAFE,
    ),
    _rule(
        "H903",
        "half-width-mark",
        "A full-width mark was made half-width.",
        _finder("H903", "(?<=[一-龥)]),(?=[一-龥])", lambda _: "，", Safety.LIKELY, 0.8),
        Safety.LIKELY,
    ),
    _rule(
        "I901",
        "zero-width-space",
        "A zero width space splits a word.",
        _finder("I901", "(?<=[a-z])\u200b+(?=[a-z])", lambda _: "", Safety.SAFE, 1.0),
        Safety.SAFE,
    ),
    _rule(
        "F901",
        "missing-space",
        "A heading has lost its space.",
        _finder("F901", r"(?<=^##)(?=\w)", lambda _: " ", Safety.LIKELY, 0.6),
        Safety.LIKELY,
    ),
)


def checked(  # noqa: PLR0913
    path: str,
    data: bytes,
    encoding: str = "utf-8",
    *,
    bom: bytes = b"",
    written: bool = False,
    unsafe: bool = False,
) -> Checked:
    """What looking at ``data`` with these rules gives."""
    text = data[len(bom) :].decode(encoding, "surrogateescape")
    result = repair(text, rules=RULES, config=Config(unsafe_fixes=unsafe))
    decoded = Decoded(text, encoding, 1.0, True, (Segment(0, len(data), encoding),), bom)
    out: bytes | None = None
    with suppress(UnicodeEncodeError):
        out = bom + result.text.encode(encoding, "surrogateescape")
    refused = "cannot be written: latin-1 has no such letter" if out is None else ""
    return Checked(path, data, replace(result, data=out, decoded=decoded), written, refused)


PAGE = "來(lái)源:北國(guó),有問(wèn)題,黨員干部要引導(dǎo)各級(jí)黨組織,"
LONG = "An exam\u200bple and then a great deal of text that is as it should be, " * 3

OUTCOMES: tuple[Outcome, ...] = (
    checked("clean.txt", b"nothing to see\n"),
    checked("notes.md", "##Title\n\n\tThe cafÃ© of the exam\u200bple\nend =\nof line\n".encode()),
    checked(
        "data/bytes.txt", "\ufeffa\r\nnaïve caf".encode() + b"\xe9 and\r\n", bom=b"\xef\xbb\xbf"
    ),
    Skipped("logo.png", "binary"),
    checked("zh.txt", f"{PAGE * 2}\n\u3000\u3000{PAGE}".encode()),
    checked("long line.txt", LONG.encode()),
    checked("latin.txt", "caf\xe9 Ä\xa0Ã©\nÅ\x82\xf3d\n".encode("latin-1"), "latin-1"),
    checked("fixed.txt", "a\u200bb, 黨,國\n".encode(), written=True),
    Skipped("gone.txt", "unreadable"),
    replace(checked("cafÃ©, menu.txt", "cafÃ©, menu.txt".encode()), of_name=True),
    Counted(2, {"excluded": 1, "hidden": 3, "no regular file": 1}),
)
