"""X104: a number with digits of two systems."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from repair.patterns import pattern
from repair.types import Example, Finding, Rule, Safety

# The zeros of the decimal digits of scripts in modern use, Arabic and Persian first; full-width
# and mathematical digits are other forms of ASCII ones, and for family F.
_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
)  # fmt: skip
_NATIVE = "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS)
_ARABIC, _PERSIAN = "\u0660-\u0669", "\u06f0-\u06f9"

# Two neighbours of two systems that have readers in common.
MEET = pattern(
    f"[{_NATIVE}](?:[0-9]|(?<=[0-9].)|[{_PERSIAN}](?<=[{_ARABIC}].)|[{_ARABIC}](?<=[{_PERSIAN}].))"
)
_NUMBER = pattern(f"[0-9{_NATIVE}]{{2,}}")

CONFIDENCE = 0.5


def find(text: str) -> Iterator[Finding]:
    """Yield numbers of mixed digits, all in the system of most where there is one."""
    for match in _NUMBER.finditer(text):
        is_in_range = "-" in (
            text[match.start() - 1 : match.start()],
            text[match.end() : match.end() + 1],
        )
        if MEET.search(match[0]) and not is_in_range:
            systems = Counter(map(_zero, match[0])).most_common()
            named = " and ".join(sorted(_name(zero) for zero, _ in systems))
            zero, count = systems[0]
            new = None
            if count > systems[1][1]:
                new = "".join(chr(zero + unicodedata.decimal(digit)) for digit in match[0])
            yield Finding("X104", *match.span(), new, Safety.SHOW, CONFIDENCE, f"{named} digits")


def _zero(digit: str) -> int:
    """Return the code point of the zero of its system."""
    return ord(digit) - unicodedata.decimal(digit)


def _name(zero: int) -> str:
    """Return what Unicode calls the system, after the pattern ``ARABIC-INDIC DIGIT ZERO``."""
    return unicodedata.name(chr(zero)).removesuffix("DIGIT ZERO").strip().title() or "ASCII"


RULE = Rule(
    code="X104",
    name="mixed-digits",
    summary="A number has digits of two systems.",
    why=(
        "Nobody writes one number with digits of two systems: it comes from a keyboard that "
        "changed its layout, a template that was filled in, or an attempt to pass a filter. "
        "Arabic and Persian digits look the same but for 4, 5 and 6, and sort and compare as "
        "different ones. What the number was is not certain, so it is only shown, with the digits "
        "of the system that most of it is in. Full-width and mathematical digits are not meant."
    ),
    safety=Safety.SHOW,
    trigger=MEET.pattern,
    find=find,
    examples=(
        Example(
            "\u0662\u0660\u06f2\u0664",
            "\u0662\u0660\u0662\u0664",
            "a Persian digit among Arabic ones",
        ),
        Example("\u096a\u096b6", "\u096a\u096b\u096c"),
        Example("1\u0664", "1\u0664", "as many of one as of the other: no form is proposed"),
        Example("\u0662\u0660\u0662\u0664", "\u0662\u0660\u0662\u0664", "all of one system"),
        Example("\u0662\u0660 10", "\u0662\u0660 10", "two numbers"),
        Example("[0-9\u0660-\u0669]", "[0-9\u0660-\u0669]", "ranges of digits"),
        Example("1\uff12", "1\uff12", "a full-width digit is another form of the same"),
    ),
)
