"""I401: control characters other than those of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from repair.kernel.sets import Characters
from repair.types import Example, Finding, Rule, Safety

# Plain text has tab, line feed, form feed and carriage return. The backspace, the escape and the
# next line (85) have rules of their own.
CONTROL = "\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f"
_CHARACTERS = Characters(CONTROL)
# The nodes of GNU Info begin with a line of 1F.
_NODE, _NODES = "\x1f", ("\n\x1f\n", "\n\x1f\x0c")
# By their number; what XML and the rest of the world call them.
NAMES = """
    NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI
    DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US
""".split()  # noqa: SIM905
MOST_NAMED = 4


def find(text: str) -> Iterator[Finding]:
    """Yield each run of controls."""
    for start, end in _CHARACTERS.runs(text):
        run = text[start:end]
        if run != _NODE or not text.startswith(_NODES, start - 1):
            yield Finding("I401", start, end, None, Safety.SHOW, 1.0, _note(run))


@lru_cache(256)
def _note(run: str) -> str:
    kinds = list(dict.fromkeys(run))
    names = ", ".join(_name(control) for control in kinds[:MOST_NAMED])
    more = ", ..." if len(kinds) > MOST_NAMED else ""
    return f"{len(run)} controls: {names}{more}" if len(run) > 1 else names


def _name(control: str) -> str:
    point = ord(control)
    if point < 0x20:
        return NAMES[point]
    if point == 0x7F:
        return "DEL"
    windows = bytes([point]).decode("cp1252", "ignore")
    return f"C1 {point:02X}" + (f" ({windows} in Windows text)" if windows else "")


RULE = Rule(
    code="I401",
    name="control-character",
    summary="A control character stands in text.",
    why=(
        "Controls once drove printers and lines; in text they are left over from other formats, "
        "from fields that were joined, or from damage on the way, and XML refuses most of them. "
        "Some files divide their records by NUL, 1C to 1F or 01 and are right, and DOS ended its "
        "files with SUB, so they are shown and kept; the note names them, and says what a C1 "
        "control is in Windows text."
    ),
    safety=Safety.SHOW,
    trigger=f"[{CONTROL}]",
    find=find,
    is_quick=True,
    examples=(
        Example("one\x00two", "one\x00two", "shown"),
        Example("x\n\x1f\nFile: y", "x\n\x1f\nFile: y", "not shown: a page of GNU Info"),
        Example("a\tb\r\n\x0cc\n", "a\tb\r\n\x0cc\n", "not shown: tab, ends of lines, new page"),
    ),
)
