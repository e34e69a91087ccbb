"""What characters cost that a script has no statistics of."""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

# What a character is where it is a stranger: the lowest four bits of its class.
NEVER: Final = 1
SYMBOL: Final = 2
DRAWN: Final = 3
LETTER: Final = 4
# What two characters have in common: beyond the bits of a pair.
ALIKE: Final = 1 << 42
CHANGE: Final = 1 << 43


class Strangers:
    """What characters cost that a script has no statistics of, in units."""

    def __init__(  # noqa: PLR0913
        self, *, never: int, same: int, box: int, joint: int, symbol: int, foreign: int, mixed: int
    ) -> None:
        self.never: i64 = never
        self.same: i64 = same
        self.box: i64 = box
        self.joint: i64 = joint
        self.symbol: i64 = symbol
        self.foreign: i64 = foreign
        self.mixed: i64 = mixed

    def cost(self, own: i64, common: i64, home: i64, *, repeats: bool) -> i64:
        """Return what ``repair.model.strangers.cost`` does, in units.

        ``own`` is the class of the character, and ``common`` what it has in common with the one
        before: see ``beside``.
        """
        kind: i64 = own & 15
        if kind == LETTER:
            alphabet: i64 = (own >> 4) & 0xFF
            if common & ALIKE and own >> 12 != home:
                return alphabet
            if common & CHANGE:
                alphabet += self.mixed
            return self.foreign + alphabet
        if kind == NEVER:
            return self.never
        if repeats:
            return self.same
        if kind == DRAWN:
            return self.joint if common & ALIKE else self.box
        return self.symbol


def beside(before: i64, own: i64) -> i64:
    """Return what two characters have in common, by their classes.

    ``ALIKE`` where both are letters of one script or both are drawn, and ``CHANGE`` where they
    are letters of two.
    """
    left: i64 = before >> 12
    right: i64 = own >> 12
    if left and right:
        if left == right:
            return ALIKE
        return CHANGE
    if before & 15 == DRAWN and own & 15 == DRAWN:
        return ALIKE
    return 0
