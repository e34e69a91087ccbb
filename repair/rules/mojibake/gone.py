"""M902: what is left where text was lost altogether: 锟斤拷, 烫烫烫 and their like."""

from __future__ import annotations

from collections.abc import Iterator

from repair.patterns import pattern
from repair.types import Example, Finding, Rule, Safety

# The bytes of U+FFFD twice in UTF-8, read as GBK, EUC-KR, Big5 and Shift_JIS. Each begins with a
# character, not a group: so they are found thirty times faster.
REPLACEMENTS = pattern(
    "锟斤拷(?:锟斤拷)*锟?|占쏙옙(?:占쏙옙)*|嚙踝蕭(?:嚙踝蕭)*|ｿｽ・ｽ(?:ｿｽ・ｽ)*|"
    "\xef\xbf\xbd(?:\xef\xbf\xbd)+"
)
# The bytes CC and CD, with which debuggers fill memory, read as GBK.
MEMORY = pattern("烫烫烫+|屯屯屯屯+|葺葺葺葺+|\xcc\xcc{5,}|\xcd\xcd{5,}")
GONE = pattern(f"{REPLACEMENTS.pattern}|{MEMORY.pattern}")


def find(text: str) -> Iterator[Finding]:
    """Yield a finding for each run; nothing can bring back what stood there."""
    for match in GONE.finditer(text):
        what = (
            "memory that was never written, shown as text"
            if MEMORY.fullmatch(match[0])
            else "U+FFFD as UTF-8, read in another encoding: what stood there was lost before"
        )
        yield Finding("M902", *match.span(), None, Safety.SHOW, 1.0, what)


RULE = Rule(
    code="M902",
    name="lost-text",
    summary="Nothing of the text that stood here is left.",
    why=(
        "A program puts U+FFFD for each byte that it cannot decode; its UTF-8, read as GBK, is "
        "known as 锟斤拷. And debuggers fill memory with bytes that read as 烫 or 屯 in GBK. "
        "Nobody can repair either, but the reader should know what it is: the text must be had "
        "again from where it came."
    ),
    safety=Safety.SHOW,
    trigger=GONE.pattern,
    find=find,
    examples=(
        Example("联系人：锟斤拷锟斤拷", "联系人：锟斤拷锟斤拷", "shown, and kept"),
        Example("烫烫烫烫烫", "烫烫烫烫烫", "shown, and kept"),
        Example("水很烫烫的", "水很烫烫的", "a word that an author chose"),
    ),
)
