"""What is said about an input as a whole and its comments; the engine itself finds it."""

from __future__ import annotations

from repair.types import Rule, Safety

UNUSED_IGNORE = Rule(
    code="N101",
    name="unused-ignore",
    summary="A comment ignores what is not there.",
    why=(
        "`textrepair: ignore[CODE]` keeps findings of a line, the next line or the file away. "
        "Where there are none, or no rule has such a code, it hides nothing today and may hide "
        "damage tomorrow. Codes that are not looked for are not judged."
    ),
    safety=Safety.SHOW,
    trigger=r"(?!)",
    find=lambda _: iter(()),
)
OTHER_ENCODING = Rule(
    code="N102",
    name="other-encoding",
    summary="The input is not in the encoding that was asked for.",
    why=(
        "With `target-encoding` all inputs are to be in one encoding. Those in another one are "
        "converted, where all of their bytes belong to the encoding they are in and the other "
        "one has all of their characters. Where it is less than sure which encoding they are "
        "in, they are converted only with `--unsafe-fixes`."
    ),
    safety=Safety.SAFE,
    trigger=r"(?!)",
    find=lambda _: iter(()),
)

NOTICES: tuple[Rule, ...] = (UNUSED_IGNORE, OTHER_ENCODING)
