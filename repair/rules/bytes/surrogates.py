"""B102, B103: UTF-16 surrogates that were written as UTF-8, each on its own."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

PAIR = Rule(
    code="B102",
    name="surrogate-pair-in-utf-8",
    summary="A character beyond U+FFFF is written as two surrogates of three bytes each.",
    why=(
        "Programs that keep text in UTF-16 and convert it unit by unit write CESU-8: older Java, "
        "Oracle and MySQL did. Six bytes that no UTF-8 decoder accepts stand for one character, "
        "and for no other."
    ),
    safety=Safety.SAFE,
    trigger="\udced[\udca0-\udcaf]",
    find=find,
    examples=(
        Example("ok \udced\udca0\udcbd\udced\udcb8\udc80", "ok 😀"),
        Example("\ud83d\ude00", "\ud83d\ude00", "surrogates of the text itself are no bytes"),
        Example("\u07ff\ue000", "\u07ff\ue000", "beside the surrogates"),
    ),
)

HALF = Rule(
    code="B103",
    name="half-surrogate-in-utf-8",
    summary="Half of a surrogate pair is written as three bytes; the other half is lost.",
    why=(
        "A text in UTF-16 was cut between the halves of a character, and then converted by a "
        "program that did not look. Which character it was cannot be known."
    ),
    safety=Safety.SHOW,
    trigger="\udced[\udca0-\udcbf]",
    find=find,
    examples=(Example("ok \udced\udca0\udcbd", "ok \udced\udca0\udcbd", "shown, and kept"),),
)
