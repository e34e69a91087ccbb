"""I402: escape sequences meant for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Rule, Safety

# ECMA-48: a control sequence; a command with text up to BEL or ST; a set of characters; modes of
# keys and the saved place. Letters stay: they may begin a word. A set may as well belong to text
# of ISO 2022, which has such with $.
SEQUENCES = (
    "(?:\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"
    "|\\][^\x07\x1b\n]*(?:\x07|\x1b\\\\)"
    "|[PX^_][^\x1b\n]*\x1b\\\\"
    "|[()][AB0-2]"
    "|[=>78]"
    "))+"
)
ESCAPES = "\x1b+"
ISO_2022 = "\x1b$"


def find(document: Document) -> Iterator[Finding]:
    """Yield each run of sequences, and escapes that begin none."""
    plain = document.kind.is_prose and ISO_2022 not in document.text
    safety = Safety.LIKELY if plain else Safety.SHOW
    escapes, sequences = re.compile(ESCAPES), re.compile(SEQUENCES)
    at = 0
    while match := escapes.search(document.text, at):
        sequence = sequences.match(document.text, match.start())
        if sequence:
            yield Finding("I402", *sequence.span(), "", safety, 0.95)
        else:
            note = "an escape that begins no sequence of a terminal"
            yield Finding("I402", *match.span(), None, Safety.SHOW, 1.0, note)
        at = (sequence or match).end()


RULE = Rule(
    code="I402",
    name="terminal-escape",
    summary="Escape sequences for the colours of a terminal stand in text.",
    why=(
        "Programs colour what they print, and the sequences stay in logs, where search does not "
        "see through them; and a terminal that shows such a text obeys them: they can hide "
        "lines, rename its window or worse. Colours are detail, so they are removed on request; "
        "in source code and in data they are shown, and so they are where the text has escapes "
        "of ISO 2022, an encoding."
    ),
    safety=Safety.LIKELY,
    trigger="\x1b",
    find_in=find,
    examples=(
        Example("\x1b[1;31merror\x1b[0m: no\n", "error: no\n", "colours"),
        Example("\x1b]0;title\x07\x1b(B\x1b[mtext", "text", "a title for the window"),
        Example("echo '\\033[1mbold'", "echo '\\033[1mbold'", "a sequence that is spelled out"),
        Example("[31m is red", "[31m is red", "no escape"),
    ),
)
