"""B107: bytes that are text in another encoding than the text around them."""

from __future__ import annotations

from repair.rules.bytes.search import find
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="B107",
    name="bytes-in-another-encoding",
    summary="A line or a few bytes are in another encoding than the text around them.",
    why=(
        "Logs, dumps and joined files take lines from programs that do not agree on an encoding, "
        "and editors paste bytes as they are. What the bytes read as in other encodings is "
        "weighed by how people write; all of them in a text speak together. It is safe where one "
        "reading is far likelier than all others."
    ),
    safety=Safety.SAFE,
    trigger="[\udc80-\udcff]",
    find=find,
    examples=(
        Example(
            "Größe übrig\nsch\udcf6ne Gr\udcfc\udcdfe aus K\udcf6ln f\udcfcr \udcdcbermut\n",
            "Größe übrig\nschöne Grüße aus Köln für Übermut\n",
            "a line of cp1252 in UTF-8",
        ),
        Example(
            "Все люди рождаются свободными.\n\udcf7\udcd3\udcc5 \udccc\udcc0\udcc4\udcc9\n",
            "Все люди рождаются свободными.\nВсе люди\n",
            "a line of KOI8-R",
        ),
        Example("caf\ud83d", "caf\ud83d", "half of a surrogate pair is no byte"),
        Example("caf\udce9 \ud83d", "café \ud83d", "a byte beside such a half"),
    ),
)
