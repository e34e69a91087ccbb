"""The counting search for line endings says what the plain one, kept here, says."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from repair.rules.invisible.line_endings import find
from repair.types import Finding, Safety

NAMES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


def plain(text: str) -> list[Finding]:
    """Walk over all endings, one by one."""
    endings: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    doubled: list[re.Match[str]] = []
    for match in re.finditer("\r+\n?|\n", text):
        run = match[0]
        kind = "\r" if run[-1] == "\r" else "\r\n" if len(run) > 1 else run
        endings[kind] += len(run) if kind == "\r" else 1
        first.setdefault(kind, match)
        if kind == "\r\n" and len(run) > 2:
            doubled.append(match)
    all_so = len(doubled) == sum(endings.values()) > 1
    safety, confidence = (Safety.SAFE, 1.0) if all_so else (Safety.LIKELY, 0.9)
    found = [Finding("I603", *match.span(), "\r\n", safety, confidence) for match in doubled]
    if len(endings) > 1:
        kinds = endings.most_common()
        note = ", ".join(f"{count} lines end in {NAMES[kind]}" for kind, count in kinds)
        place = first[kinds[-1][0]].span()
        found.append(Finding("I602", *place, None, Safety.SHOW, 1.0, note))
    return found


@given(st.lists(st.sampled_from(["\r", "\n", "\r\n", "\r\r\n", "a"]), max_size=30).map("".join))
def test_counting_finds_what_walking_does(text: str) -> None:
    assert list(find(text)) == plain(text)
