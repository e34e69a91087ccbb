"""F109: letters of mathematics used for their look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repair.types import Document, Example, Finding, Kind, Rule, Safety

# The alphabets, and the letters that were there before and are left out of them.
MATHEMATICAL = (
    "\U0001d400-\U0001d6a3\U0001d6a8-\U0001d7ff\u210a-\u2112\u211b-\u211d\u2124\u2128\u212c\u212d"
    "\u212f-\u2131\u2133\u2134"
)
WORD = f"[{MATHEMATICAL}]{{4,}}"
RUN = f"[{MATHEMATICAL}]+"
LETTERS = "[\U0001d400-\U0001d6a3]"
FEWEST = 3

# A formula may spell a function, 𝑎𝑟𝑔𝑚𝑎𝑥; it has signs such as these beside it.
FORMULA = "[=+^<>|\u2190-\u21ff\u2200-\u22ff\u2a00-\u2aff\xb1\xd7\xf7_{}\\\\]"


def find(document: Document) -> Iterator[Finding]:
    """Yield all such letters of a line that has a word of them and is no formula."""
    if document.kind is Kind.CODE:
        return
    text = document.text
    words = re.compile(WORD)
    at = 0
    while match := words.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield from _in_line(text[start:end], start)
        at = end


def _in_line(line: str, at: int) -> Iterator[Finding]:
    if re.search(FORMULA, line):
        return
    if not any(len(re.findall(LETTERS, word)) >= FEWEST for word in re.findall(WORD, line)):
        return
    for match in re.finditer(RUN, line):
        # Compatibility mappings of Unicode 5.1 and before, which may never change
        new = unicodedata.normalize("NFKC", match[0])
        yield Finding("F109", at + match.start(), at + match.end(), new, Safety.LIKELY, 0.95)


RULE = Rule(
    code="F109",
    name="mathematical-letters-for-words",
    summary="Words are written in the bold, script or other letters of mathematics.",
    why=(
        "Where a site allows no formatting, people write 𝐛𝐨𝐥𝐝 and 𝓼𝓬𝓻𝓲𝓹𝓽 with the alphabets of "
        "mathematics. Screen readers spell them or fall silent, and search and filters do not "
        "see the words, which is what spam is after. The look is lost, so it is done on request; "
        "never in lines with the signs of a formula, and never for short names such as 𝑥 or 𝑑𝑡."
    ),
    safety=Safety.LIKELY,
    trigger="[\U0001d400-\U0001d7ff]",
    find_in=find,
    examples=(
        Example("𝗜 𝗹𝗼𝘃𝗲 𝘆𝗼𝘂", "I love you", "and the short words beside"),
        Example("𝓗𝓮𝓵𝓵𝓸 2𝟎𝟐𝟒", "Hello 2024", "and digits"),
        Example("let 𝑥 be 𝑑𝑡", "let 𝑥 be 𝑑𝑡", "names of mathematics"),
        Example("𝑎𝑟𝑔𝑚𝑎𝑥 = 3", "𝑎𝑟𝑔𝑚𝑎𝑥 = 3", "a formula"),
        Example("𝟏𝟐𝟑𝟒𝟓", "𝟏𝟐𝟑𝟒𝟓", "digits only"),
        Example("𝗯𝗼𝗹𝗱", "𝗯𝗼𝗹𝗱", "in source code", Kind.CODE),
    ),
)
