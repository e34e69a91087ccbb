"""Turns the traditional forms that a farm made back into the simplified ones."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from repair.model.chinese import cost
from repair.tables import hanzi

# Characters to either side that the judge sees where a form may stand for several.
WINDOW = 8
# Nats by which another form must beat the usual one, and a form that only other farms' tables
# give the character itself: 标志着 leads 标志著 by -0.5, 著名 and 覆盖 their rivals by over 5.
OTHER_MARGIN = 1.0
UNUSUAL_MARGIN = 2.0


class Restored(NamedTuple):
    """A simplified form and how sure it is, 0 to 1."""

    character: str
    confidence: float


def restore(text: str, *, known: bool) -> list[Restored]:
    """Return the simplified form of each character of a farm's traditional ``text``.

    Forms that may stand for several (著 for 着 and 著, 覆 for 覆 and 复) are decided by the
    judge, from left to right, the usual form standing in for what is not yet decided. With
    ``known``, characters that the known farms do not make (哩 of 里) stand for themselves.
    """
    table = hanzi()
    usual = [table[c].simplified[0] if c in table else c for c in text]
    restored = [_surely(c) for c in usual]
    for place, character in enumerate(text):
        row = table.get(character)
        if row and len(row.simplified) > 1 and not (known and row.simplified[0] == character):
            unusual = UNUSUAL_MARGIN if row.simplified[0] == character else OTHER_MARGIN
            restored[place] = _judged(usual, place, row.simplified, unusual)
            usual[place] = restored[place].character
    return restored


@cache
def _surely(character: str) -> Restored:
    return Restored(character, 1.0)


def _judged(usual: list[str], place: int, forms: str, unusual: float) -> Restored:
    left = "".join(usual[max(place - WINDOW, 0) : place])
    right = "".join(usual[place + 1 : place + 1 + WINDOW])
    costs = {form: cost(left + form + right) + unusual for form in forms}
    costs[forms[0]] -= unusual
    best = min(forms, key=lambda form: costs[form])
    weights = [math.exp(costs[best] - costs[form]) for form in forms]
    return Restored(best, 1 / sum(weights, 0.0))
