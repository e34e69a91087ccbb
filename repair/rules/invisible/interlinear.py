"""I504: the anchors of interlinear annotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repair.rules.invisible.hidden import quoted
from repair.types import Example, Finding, Rule, Safety

ANCHORS = "\ufff9([^\ufff9-\ufffb\n]*)\ufffa([^\ufff9\ufffb\n]*)\ufffb|[\ufff9-\ufffb]"


def find(text: str) -> Iterator[Finding]:
    """Yield each annotation as a whole, and anchors that are part of none."""
    for match in re.finditer(ANCHORS, text):
        whole = match[1] is not None
        note = f"annotated with {quoted(match[2])}" if whole else "an anchor without its partners"
        yield Finding("I504", *match.span(), None, Safety.SHOW, 1.0, note)


RULE = Rule(
    code="I504",
    name="interlinear-annotation",
    summary="Invisible anchors of a gloss stand in plain text.",
    why=(
        "U+FFF9 to U+FFFB hold a text and its gloss together inside programs. In plain text they "
        "are not seen, and the gloss reads as if it went on: that can hide words. Shown, since "
        "only a reader can say which of both the text is."
    ),
    safety=Safety.SHOW,
    trigger="[\ufff9-\ufffb]",
    find=find,
    examples=(
        Example("\ufff9漢字\ufffaかんじ\ufffb", "\ufff9漢字\ufffaかんじ\ufffb", "shown"),
        Example("漢字（かんじ）", "漢字（かんじ）", "not shown: a gloss in brackets"),
    ),
)
