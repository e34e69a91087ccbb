"""The declarations that programs obey: what a text says of its own encoding, where that counts.

``declared`` takes any hint for what it may be worth. Here only what a parser or an editor of the
text acts on is taken: a page that is quoted in an article, or an example in a test, says nothing
about the file that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from repair.detect.declared import HEAD, TAIL, hints, known
from repair.patterns import pattern

_WORD = r"[A-Za-z0-9](?:[\w.:+-]{0,38}\w)?"
_NAME = f"(?P<name>{_WORD})"

# XML 1.0, section 4.3.3: the declaration is the first thing in the entity.
_XML = pattern(rf"""\A<\?xml\b[^<>]{{0,200}}?\bencoding\s*=\s*["']{_NAME}["']""")

# A page begins with a tag of its head; what a template puts before it is unknown.
_PAGE = pattern(
    r"(?is)\A\s*(?:<\?xml\b[^<>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|meta|title|link|script|style)\b"
)
# What is quoted within the head, and the tags that count.
_IN_PAGE = pattern(
    r"(?is)<!--.*?(?:-->|\Z)|<(script|style|title|noscript)\b.*?(?:</\1|\Z)"
    r"|(?P<meta><meta\b[^<>]*)|(?P<body><body\b)"
)
_ATTRIBUTE = pattern(r"""(?P<key>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_BARE = pattern(rf"""\A["']?\s*{_NAME}""")
_CONTENT = pattern(rf"(?i)\bcharset\s*=\s*{_NAME}")

# CSS Syntax 3, section 3.2: these bytes and no others.
_CSS = pattern(rf'\A@charset "{_NAME}";')

# PEP 263 in the forms that people write, and Emacs: in the first line, or the second behind a
# comment. Python takes any comment; prose with "coding:" in it is more often not meant so.
_COMMENT = r"[ \t\f]*(?:#|//|;|%|/\*|--|\.\\\"|<!--|\{-|\(\*)"
_SOURCE = pattern(
    rf"\A(?:{_COMMENT}[^\n]*\n|[ \t\f\r]*\n)?"
    rf"(?:{_COMMENT}[^\n]{{0,200}}?-\*-[^\n]{{0,200}}?\b(?:en)?coding[:=][ \t]*{_NAME}"
    r"(?=[^\n]{0,200}?-\*-)"
    rf"|[ \t\f]*#[ \t]*(?:-\*-)?[ \t]*(?:en)?coding[:=][ \t]*(?P<plain>{_WORD}))"
)

# Vim looks at five lines at either end, behind the sign of a comment; Emacs at the last 3000
# characters.
_MODELINE = pattern(
    rf"^[^\w\n]{{0,6}}(?:vim?|ex):[^\n]{{0,120}}?\b(?:fileencoding|fenc)={_NAME}", re.MULTILINE
)
_MODELINES = 5
_LOCAL_VARIABLES = pattern(
    rf"\bLocal Variables:[^\n]*\n(?:[^\n]*\n){{0,40}}?[^\n]{{0,20}}\bcoding:[ \t]*{_NAME}"
)

# The first entry of a PO file, behind comments.
_PO = pattern(
    r'\A(?:#[^\n]*\n|[ \t\r]*\n)*msgid ""[ \t\r]*\nmsgstr ""[ \t\r]*\n(?:"[^\n]*"[ \t\r]*\n){0,40}?'
    rf'"Content-Type: *text/plain; *charset={_NAME}'
)

_FIELD = pattern(r"^([!-9;-~]+):((?:[^\n]|\n[ \t])*)$", re.MULTILINE)
_OF_TEXT = pattern(rf"""(?is)\A\s*text/[\w.+-]+\s*;.*?\bcharset\s*=\s*["']?{_NAME}""")
# Fields of which a message has one.
_OF_MAIL = frozenset({"mime-version", "from", "subject", "to", "date", "received", "message-id"})

_LINE_ENDS = pattern(r"-(?:unix|dos|mac)\Z")  # in Emacs


class Place(NamedTuple):
    """Where a text names its encoding; offsets in code points."""

    start: int
    end: int
    name: str
    """As it stands there."""

    @property
    def encoding(self) -> str | None:
        """Python's name for it; ``None`` if it has no such codec."""
        return known(self.name)


def governing(text: str) -> Iterator[Place]:
    """Yield the declarations that hold for ``text``, by place, without a byte order mark."""
    head, tail = text[:HEAD], text[max(HEAD, len(text) - TAIL) :]
    ends = head.encode("ascii", "replace") + tail.encode("ascii", "replace")
    if next(hints(ends.lower()), None) is not None:
        found = {place for look in _LOOKS for place in look(text)}
        yield from sorted(place for place in found if place.encoding)


def is_multipart(text: str) -> bool:
    """Tell whether ``text`` is a message whose parts declare encodings of their own."""
    fields = {name: text[slice(*span)] for name, span in _fields(text)}
    return fields.get("content-type", "").strip().lower().startswith("multipart/")


def transfer(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a message says that its bytes are ASCII only; in code points."""
    for name, (start, end) in _fields(text):
        value = text[start:end]
        if name == "content-transfer-encoding" and value.strip().lower() == "7bit":
            at = start + len(value) - len(value.lstrip())
            yield at, at + len("7bit")


def _place(match: re.Match[str], offset: int = 0) -> Place:
    group = next(name for name, value in match.groupdict().items() if value is not None)
    name = _LINE_ENDS.sub("", match[group])
    start = offset + match.start(group)
    return Place(start, start + len(name), name)


def _at_start(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Place]]:
    def look(text: str) -> Iterator[Place]:
        match = pattern.search(text[:HEAD])
        if match:
            yield _place(match)

    return look


def _in_page(text: str) -> Iterator[Place]:
    head = text[:HEAD]
    if not _PAGE.search(head):
        return
    for match in _IN_PAGE.finditer(head):
        if match["body"]:
            return
        if match["meta"]:
            yield from _in_tag(match["meta"], match.start())


def _in_tag(tag: str, offset: int) -> Iterator[Place]:
    attributes = {found["key"].lower(): found for found in _ATTRIBUTE.finditer(tag)}
    equivalent = attributes.get("http-equiv")
    if equivalent and (equivalent["value"] or "").strip("\"' ").lower() == "content-type":
        key, pattern = "content", _CONTENT
    else:
        key, pattern = "charset", _BARE
    found = attributes.get(key)
    match = pattern.search(found["value"]) if found and found["value"] else None
    if found and match:
        yield _place(match, offset + found.start("value"))


def _modelines(text: str) -> Iterator[Place]:
    lines = text[:HEAD].split("\n", _MODELINES)
    at = sum(len(line) + 1 for line in lines[:_MODELINES])
    yield from map(_place, _MODELINE.finditer(text, 0, at))
    tail = text[max(at, len(text) - TAIL) :].rsplit(
        "\n", _MODELINES + 1
    )  # the last line ends in one, too
    behind = len(text) - sum(len(line) + 1 for line in tail[1:])
    if len(text) > at:
        yield from map(_place, _MODELINE.finditer(text, max(at, behind)))


def _local_variables(text: str) -> Iterator[Place]:
    tail = text[-TAIL:]
    match = _LOCAL_VARIABLES.search(tail)
    if match:
        yield _place(match, len(text) - len(tail))


def _fields(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the fields of a message and where their values are, if ``text`` begins with some."""
    head = text[:HEAD].replace("\r\n", " \n")  # as long
    end = re.search(r"\n[ \t]*\n", head)
    head = head[: end.start() if end else len(head)]
    first = len(head.split("\n", 1)[0]) + 1 if head.startswith("From ") else 0
    fields, at = [], first
    for match in _FIELD.finditer(head, first):
        if match.start() != at:
            return []
        fields.append((match[1].lower(), match.span(2)))
        at = match.end() + 1
    if at < len(head) and end:
        return []
    return fields if _OF_MAIL.intersection(name for name, _ in fields) else []


def _in_mail(text: str) -> Iterator[Place]:
    """Of what is transferred as ASCII the declaration says nothing about the bytes of the file."""
    fields = dict(_fields(text))
    if "content-type" not in fields:
        return
    how = text[slice(*fields.get("content-transfer-encoding", (0, 0)))].strip().lower()
    start, end = fields["content-type"]
    match = _OF_TEXT.search(text[start:end])
    if match and how in ("", "7bit", "8bit", "binary"):
        yield _place(match, start)


_LOOKS = (
    _at_start(_XML),
    _in_page,
    _at_start(_CSS),
    _at_start(_SOURCE),
    _modelines,
    _local_variables,
    _at_start(_PO),
    _in_mail,
)

# Names for others than Python, as IANA and browsers know them.
_NAMES = {
    "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    "cp720": "cp720",
    "cp737": "cp737",
    "cp856": "cp856",
    "cp875": "cp875",
    "cp932": "windows-31j",
    "cp874": "windows-874",
    "cp949": "windows-949",
    "cp950": "big5",
    "big5hkscs": "big5-hkscs",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}


def usual_name(encoding: str, like: str = "") -> str:
    """Return what to call an encoding in a declaration, in capitals where ``like`` is."""
    name = _NAMES.get(encoding, "")
    if not name:
        name = re.sub(r"^iso(?=\d)", "iso-", encoding.replace("_", "-"))
        name = re.sub(r"^cp(?=125\d$)", "windows-", name)
        name = re.sub(r"^cp(?=\d{3}$)", "ibm", name)
    return name.upper() if like.isupper() else name
