r"""E102: an escape of a programming language, as \u00e9 or \xe9, in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.patterns import pattern
from repair.rules.escapes.confidence import GUESS, LIKELY, SURE
from repair.rules.escapes.context import Surroundings, candidates, surroundings
from repair.rules.escapes.readable import Reading, from_units, from_utf8, settled
from repair.types import Document, Example, Finding, Kind, Rule, Safety

# Backslashes may have been doubled on the way, more than once; none stands before the first.
_SLASHES = r"\\(?<!\\\\)\\*"
_UNICODE = r"(?:u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|U[0-9A-Fa-f]{8})"
# TeX has a macro of the name xdef.
_BYTE = r"(?:x(?!def\b)[0-9A-Fa-f]{2}|[23][0-7]{2})"
# Begins with a backslash, which is found fast.
RUN = pattern(
    rf"\\(?<!\\\\)\\*(?:(?P<unicode>{_UNICODE}(?:{_SLASHES}{_UNICODE})*)"
    rf"|(?P<bytes>{_BYTE}(?:{_SLASHES}{_BYTE})*))"
)
_UNIT = pattern(rf"\\+(?:{_UNICODE}|{_BYTE})")
# A word of hexadecimal letters may stand behind a backslash: uface.
_MAYBE_WORD = pattern(r"\\+u[A-Fa-f]{4}")
_HEX = pattern(r"[0-9A-Fa-f]+")
# One or two letters or marks of Windows-1252 that are not a part of UTF-8.
_WINDOWS = pattern(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]{1,2}|[\x85\x91-\x97]")


def find(document: Document) -> Iterator[Finding]:
    """Yield a finding for each run of escapes that can be read as a whole."""
    readings: list[Reading] = []
    around = surroundings(document)
    runs = RUN.finditer(document.text)
    for match, (text, is_guess) in candidates(document, runs, (Kind.TEXT, Kind.MARKDOWN), _read):
        if not is_guess:
            readings.append(Reading(*match.span(), text, _note(match[0])))
        elif _is_in_latin(document.text, *match.span()):
            note = "escaped bytes of Windows-1252; another code page is possible"
            yield Finding("E102", *match.span(), text, Safety.LIKELY, GUESS, note)
    for start, end, new, note in settled(readings, document.text):
        if len(new) == 1 and (around.is_mention(start, end) or _in_pattern(around, start, end)):
            continue
        if not _MAYBE_WORD.fullmatch(around.text, start, end):
            safe = around.is_certain(new, start, end)
            safety, confidence = (Safety.SAFE, SURE) if safe else (Safety.LIKELY, LIKELY)
            yield Finding("E102", start, end, new, safety, confidence, note)


def _in_pattern(around: Surroundings, start: int, end: int) -> bool:
    """Whether it is in square brackets, or one end of a range."""
    before = around.text[max(start - 3, 0) : start]
    return (
        before.endswith(("[", "[^"))
        or around.text.startswith(("]", "-\\"), end)
        or (before.endswith("-") and before[0] in "0123456789ABCDEFabcdef")
    )


def _read(match: re.Match[str]) -> tuple[str, bool] | None:
    """What a run stands for, and whether the code page is a guess."""
    if match["bytes"]:
        return _of_bytes(match[0])
    text = _of_unicode(match[0])
    return None if text is None else (text, False)


def _of_unicode(run: str) -> str | None:
    text = from_units([int(_HEX.findall(unit)[-1], 16) for unit in _UNIT.findall(run)])
    return None if text is None or (text.isascii() and not _is_mark(text)) else text


def _is_mark(new: str) -> bool:
    """What JSON writers escape of ASCII to be safe in HTML: & < > ' and the like."""
    return all(character in "&<>'\"=+/" for character in new)


def _of_bytes(run: str) -> tuple[str, bool] | None:
    data = _bytes(run)
    text = from_utf8(data)
    if text is not None:
        return None if text.isascii() else (text, False)
    is_guess = "x" in run and _WINDOWS.fullmatch(data)
    return (data.decode("cp1252"), True) if is_guess else None


def _is_in_latin(text: str, start: int, end: int) -> bool:
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(character.isascii() and character.isalpha() for character in beside)


def _bytes(run: str) -> bytes:
    digits = (unit.lstrip("\\") for unit in _UNIT.findall(run))
    return bytes(int(each[1:], 16) if each[0] == "x" else int(each, 8) for each in digits)


def _note(run: str) -> str:
    note = "escape of a programming language"
    return f"{note}, escaped again" if run.startswith("\\\\") else note


RULE = Rule(
    code="E102",
    name="backslash-escape",
    summary="An escape of a programming language stands in prose.",
    why=(
        "Text that was written as JSON or as a literal of Python, JavaScript or C, and never "
        "read back, has \\u00e9, \\xe9, bytes of UTF-8 as \\xc3\\xa9 or \\303\\251, or pairs of "
        "surrogates in place of characters. In code, markup, JSON, YAML, catalogues and mail, "
        "known by the name of the file or its beginning, nothing is looked for. Elsewhere an "
        "escape is left alone in backticks, fenced blocks, addresses, Windows paths, lines of "
        "code or JSON, ranges of regular expressions, alone between quotes or brackets, and in "
        "lines that speak of escapes or encodings. A run of escapes is decoded as a whole or "
        "not at all, and never to controls or to nothing but invisible characters. It is applied "
        "by itself only where letters come out, within a word or beside each other, and only if "
        "nothing within 4,000 characters looks like code or markup or speaks of it."
    ),
    safety=Safety.SAFE,
    trigger=rf"{_SLASHES}(?:{_UNICODE}|{_BYTE})",
    sight=lambda: r"\\[uUx23]",
    kinds=(Kind.TEXT, Kind.MARKDOWN),
    find_in=find,
    is_quick=True,
    examples=(
        Example(r"Le caf\u00e9 est ouvert.", "Le café est ouvert."),
        Example(r"\u4f60\u597d, friend", "你好, friend"),
        Example(r"Good morning \ud83d\ude00", "Good morning 😀", "a pair of surrogates"),
        Example(r"\xe4\xbd\xa0\xe5\xa5\xbd", "你好", "bytes of UTF-8"),
        Example(r"The caf\303\251 is open.", "The café is open.", "the same, in octal"),
        Example(r"The caf\\u00e9 is open.", "The café is open.", "a doubled backslash"),
        Example(r"The caf\xe9 is open.", "The café is open.", "a byte of Windows-1252"),
        Example(r"Tom \u0026 Jerry", "Tom & Jerry"),
        Example(r's = "caf\u00e9"', r's = "caf\u00e9"', "code", Kind.CODE),
        Example(r'{"a": "caf\u00e9"}', r'{"a": "caf\u00e9"}', "JSON", Kind.DATA),
        Example(r"Use `caf\u00e9` here.", r"Use `caf\u00e9` here.", "in backticks"),
        Example(r"Replace '\u2019' there.", r"Replace '\u2019' there.", "mentioned"),
        Example(r"C:\u00e9t\u00e9\a", r"C:\u00e9t\u00e9\a", "a path"),
        Example(r"Match [\u4e00-\u9fff] here", r"Match [\u4e00-\u9fff] here", "a range"),
        Example(r"The escaped caf\u00e9", r"The escaped caf\u00e9", "about escapes"),
        Example(r"so \uface it", r"so \uface it", "a word of hexadecimal letters"),
        Example(r"half \ud83d of it", r"half \ud83d of it", "half a pair"),
        Example(r"zero\u200bwidth", r"zero\u200bwidth", "invisible"),
        Example(r"a\x41b and \x00", r"a\x41b and \x00", "ASCII, which needs no escape"),
        Example(r"random\xe9\x8d\xa9\x04", r"random\xe9\x8d\xa9\x04", "bytes of neither"),
        Example(r"100\xe9 mm", r"100\xe9 mm", "one byte beside no Latin letter"),
    ),
)
