"""F102: a compatibility ideograph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repair.types import Example, Finding, Rule, Safety

# The twelve of FA0E..FA29 that are no double of another one stay out.
IDEOGRAPHS = (
    "[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa6d\ufa70-\ufad9"
    "\U0002f800-\U0002fa1d]"
)


def find(text: str) -> Iterator[Finding]:
    """Yield each, with the ideograph that normalisation makes of it."""
    for match in re.finditer(IDEOGRAPHS, text):
        # The mapping is canonical, of Unicode 6.1 or before, and may never change
        usual = unicodedata.normalize("NFC", match[0])
        note = "names may be written so; KS X 1001 has some twice"
        yield Finding("F102", *match.span(), usual, Safety.SHOW, 0.5, note)


RULE = Rule(
    code="F102",
    name="compatibility-ideograph",
    summary="An ideograph is there in its compatibility form.",
    why=(
        "Unicode took over doubles and variants of ideographs from the standards of Korea, Japan "
        "and Taiwan. Any normalisation, even NFC, replaces them, and programs that compare see "
        "two characters where people see one, or see the variant of a family name turned into "
        "another. They are shown with the usual form, and never changed."
    ),
    safety=Safety.SHOW,
    trigger=IDEOGRAPHS,
    find=find,
    examples=(
        Example("\uf9e1花", "\uf9e1花", "shown: 李 as KS X 1001 has it a second time"),
        Example("\ufa10本", "\ufa10本", "shown: 塚 of a name"),
        Example("\ufa0e", "\ufa0e", "not shown: no double of another"),
    ),
)
