"""What is said about an input as a whole and its comments; the engine itself finds it."""

from __future__ import annotations

from repair.types import Rule, Safety

WORD = "textrepair:"
"""What stands in each comment that is for us: see ``inline.py``."""

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
        "one has all of their characters; what they say of their own encoding is changed with it "
        "(see B001). Where it is less than sure which encoding they are in, they are converted "
        "only with `--unsafe-fixes`, and not at all where it is a guess."
    ),
    safety=Safety.SAFE,
    trigger=r"(?!)",
    find=lambda _: iter(()),
)

NOT_UTF_8 = Rule(
    code="B001",
    name="not-utf-8",
    summary="The input is not in UTF-8.",
    why=(
        "Nothing in the bytes of an older encoding says which one it is: each program takes them "
        "for what it expects, and one that expects UTF-8 replaces or refuses them. With "
        "`--fix --unsafe-fixes` the input is converted, and what it says of its own encoding with "
        "it: the charset of HTML, XML, CSS, mail and PO files, the coding line of source code "
        "(PEP 263, Emacs) and the modelines of Vim. Only what can be told with confidence is "
        "converted, and where all bytes come back from the text. UTF-16 and UTF-32 with a byte "
        "order mark are let be, since every program knows them by it. Where an older encoding is "
        "wanted, say so with `target-encoding`, or `per-file-target-encoding` for some files."
    ),
    safety=Safety.LIKELY,
    trigger=r"(?!)",
    find=lambda _: iter(()),
)
WRONG_DECLARATION = Rule(
    code="B002",
    name="wrong-declaration",
    summary="The text says that it is in another encoding than it is.",
    why=(
        "A page was converted and its `charset` was not, or a template brought another one. "
        "Browsers, parsers and editors believe the text and show mojibake. Only what they would "
        "act on counts, not what is quoted in the text; and a name that is often given to a "
        "wider encoding, as ISO-8859-1 is to windows-1252, is right for both."
    ),
    safety=Safety.LIKELY,
    trigger=r"(?!)",
    find=lambda _: iter(()),
)

NOTICES: tuple[Rule, ...] = (NOT_UTF_8, WRONG_DECLARATION, UNUSED_IGNORE, OTHER_ENCODING)
