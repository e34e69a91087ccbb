"""Named choices of rules for what people do: lists of codes, not switches."""

from __future__ import annotations

from typing import NamedTuple


class Preset(NamedTuple):
    """What to look for; as in ``Config``."""

    about: str
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    report_only: bool = False


PRESETS: dict[str, Preset] = {
    "default": Preset("All rules; only what nobody can have meant is repaired."),
    # Widths, marks and composed forms are how an author set the text: folding them "enforces the
    # wrong punctuation for Chinese and Japanese", as datatrove's formatter for training data says.
    "corpus": Preset(
        "For training data: nothing that changes meaning or typography.",
        ("B", "M", "S", "H", "I", "E", "N"),
        ("H103",),
    ),
    # A string in source code may hold damaged text on purpose, as a test of ours does. Of the
    # rules on scripts X103 is about names.
    "source": Preset(
        "For code: what hides from a reader, and letters of another script in names.",
        ("B", "I", "X103", "N"),
    ),
    "archive": Preset(
        "For what must stay as it is: all rules, and nothing is repaired.", report_only=True
    ),
}
