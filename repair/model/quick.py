"""The judge's tables as the kernel wants them; for where that is compiled."""

from __future__ import annotations

import math
import struct
import unicodedata
from collections.abc import Callable, Sequence

from repair.kernel.costs import MOST_SCRIPTS, Costs
from repair.kernel.rows import Script, alike
from repair.kernel.spoken import Words
from repair.kernel.strangers import DRAWN, LETTER, NEVER, SYMBOL, Strangers
from repair.model import strangers
from repair.model.group import FREE, Group

# The kernel reads 16 bytes at a time.
SPARE = bytes(16)


class Numbers:
    """The numbers of scripts: those with statistics by name, then others as they come."""

    def __init__(self, names: Sequence[str]) -> None:
        self._of = {name: number for number, name in enumerate(names, 1)} | {"": 0}

    def of(self, name: str) -> int:
        """Return the number of a script."""
        return self._of.setdefault(name, MOST_SCRIPTS + len(self._of))

    def class_of(self, code: int) -> int:
        """Return what the kernel must know of a character where it is a stranger."""
        character = chr(code)
        category = unicodedata.category(character)
        if category in strangers.NEVER_IN_TEXT or character == "\ufffd":
            return NEVER
        if category[0] not in "LM":
            return DRAWN if strangers.is_drawn(character) else SYMBOL
        script = strangers.script(character)
        return LETTER | strangers.alphabet(script) << 4 | self.of(script) << 12


def costs(
    names: Sequence[str],
    group: Callable[[str], Group],
    tempered: Sequence[int],
    word: tuple[int, int],
) -> Costs:
    """Return what weighs texts by the statistics of the scripts that have these ``names``.

    ``tempered`` and ``word`` are what ASCII words count for: see ``judge.py``.
    """

    def load(number: int) -> Script:
        return _script(group(names[number - 1]), number)

    latin = group("Latn")
    return Costs(
        _ascii_costs(latin.tables().ascii),
        Words(
            latin.tables().words + SPARE,
            list(latin.rarity),
            latin.tags.index("en"),
            list(tempered),
            *word,
        ),
        Strangers(
            never=strangers.NEVER,
            same=strangers.SAME,
            box=strangers.BOX,
            joint=strangers.JOINT,
            symbol=strangers.SYMBOL,
            foreign=strangers.FOREIGN,
            mixed=strangers.MIXED,
        ),
        Numbers(names).class_of,
        load,
        1 + list(names).index("Latn"),
    )


def _ascii_costs(printable: bytes) -> bytes:
    """Return the costs of all pairs of ASCII; behind controls it is as behind a space."""
    never = bytes([strangers.NEVER])
    count = math.isqrt(len(printable))
    rows = [printable[at : at + count] for at in range(0, len(printable), count)]
    rows = [rows[0]] * 0x20 + rows + [rows[0]]
    rows = [never * 0x20 + row + never for row in rows]
    folded = bytes(alike(code) for code in range(0x80))
    return b"".join(folded.translate(rows[first] + never * 0x80) for first in folded)


def _script(group: Group, number: int) -> Script:
    tables = group.tables()
    rows, singles, _ = tables.rows
    lanes = len(group.tags)
    return Script(
        list(group.tags),
        number,
        ("".join(tables.singles), "".join(tables.contexts)),
        struct.pack(f"<{len(tables.ends)}I", *tables.ends),
        tables.followers.encode("utf-32-le"),
        (b"".join(tables.rows) + SPARE, len(rows) // lanes, (len(rows) + len(singles)) // lanes),
        list(group.rarity),
        folds=group.script != "Latn",
        mixes=group.script not in FREE,
    )
