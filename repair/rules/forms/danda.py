"""F112: the full stop of India at a code point that Unicode keeps empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.around import unless_code
from repair.types import Document, Example, Finding, Rule, Safety

# Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam: the code charts say of
# both places "reserved; for viram punctuation use the generic Indic 0964" (and 0965).
_SINGLE = "\u09e4\u0a64\u0ae4\u0b64\u0be4\u0c64\u0ce4\u0d64"
_DOUBLE = "\u09e5\u0a65\u0ae5\u0b65\u0be5\u0c65\u0ce5\u0d65"
PLACES = f"[{_SINGLE}{_DOUBLE}]"
DANDA, DOUBLE_DANDA = "\u0964", "\u0965"


def find(document: Document) -> Iterator[Finding]:
    """Yield each danda that has the code of its own script."""
    for match in re.finditer(PLACES, document.text):
        new = DANDA if match[0] in _SINGLE else DOUBLE_DANDA
        yield Finding("F112", *match.span(), new, unless_code(document, Safety.SAFE), 0.99)


RULE = Rule(
    code="F112",
    name="danda-of-one-script",
    summary="A full stop of India has a code point that no character has.",
    why=(
        "The scripts of India share the danda of Devanagari, U+0964, and the place that would be "
        "its own in each block is kept empty. Old fonts and converters put it there all the "
        "same, and then most fonts show a box. Unicode's charts name the shared one to be used."
    ),
    safety=Safety.SAFE,
    trigger=PLACES,
    find_in=find,
    examples=(
        Example("\u0b28\u0b3e\u0b39\u0b3f\u0b01\u0b64", "\u0b28\u0b3e\u0b39\u0b3f\u0b01\u0964"),
        Example("\u0995\u09e5", "\u0995\u0965", "the double one"),
        Example("\u0995\u0964", "\u0995\u0964", "the shared one"),
        Example("\u0b63\u0b66", "\u0b63\u0b66", "what stands beside the empty place"),
    ),
)
