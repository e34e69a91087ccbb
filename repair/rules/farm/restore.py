"""Turns the traditional forms that a farm made back into the simplified ones."""

from __future__ import annotations

import math
from functools import cache

from repair.kernel.words import CODES
from repair.model.chinese import cost
from repair.tables import hanzi

# Characters to either side that the judge sees where a form may stand for several.
WINDOW = 8
# Nats by which another form must beat the usual one, and a form that only other farms' tables
# give the character itself: 标志着 leads 标志著 by -0.5, 著名 and 覆盖 their rivals by over 5.
OTHER_MARGIN = 1.0
UNUSUAL_MARGIN = 2.0


class Restored:
    """The simplified forms of a text, and how sure those are that were judged, 0 to 1."""

    __slots__ = ("_sure", "characters")

    def __init__(self) -> None:
        self.characters: list[str] = []
        self._sure: dict[int, float] = {}

    def judge(self, place: int, character: str, sure: float) -> None:
        """Put a character in place that was judged."""
        self.characters[place] = character
        self._sure[place] = sure

    def confidence(self, start: int, end: int) -> float:
        """Return how sure all from a place to another are."""
        sure = self._sure
        found = 1.0
        if sure:
            for place in range(start, end):
                found *= sure.get(place, 1.0)
        return found


def restore(text: str, *, known: bool) -> Restored:
    """Return the simplified form of each character of a farm's traditional ``text``.

    Forms that may stand for several (著 for 着 and 著, 覆 for 覆 and 复) are decided by the
    judge, from left to right, the usual form standing in for what is not yet decided. With
    ``known``, characters that the known farms do not make (哩 of 里) stand for themselves.
    """
    forms_at = _forms()
    restored = Restored()
    usual = restored.characters
    open_at: list[int] = []
    for place in range(len(text)):
        code = ord(text[place])
        forms = forms_at[code] if code < CODES else ""
        if not forms:
            usual.append(text[place])
            continue
        usual.append(forms[0])
        if len(forms) > 1 and not (known and ord(forms[0]) == code):
            open_at.append(place)
    for place in open_at:
        forms = forms_at[ord(text[place])]
        unusual = UNUSUAL_MARGIN if forms[0] == text[place] else OTHER_MARGIN
        character, sure = _judged(usual, place, forms, unusual)
        restored.judge(place, character, sure)
    return restored


@cache
def _forms() -> list[str]:
    """Return the simplified forms of each character, none where it is one itself."""
    table = [""] * CODES
    for character, row in hanzi().items():
        table[ord(character)] = row.simplified
    return table


def simplified(character: str) -> str:
    """Return the usual simplified form of a character."""
    code = ord(character)
    forms = _forms()[code] if code < CODES else ""
    return forms[0] if forms else character


def _judged(usual: list[str], place: int, forms: str, unusual: float) -> tuple[str, float]:
    left = "".join(usual[max(place - WINDOW, 0) : place])
    right = "".join(usual[place + 1 : place + 1 + WINDOW])
    costs = {form: cost(left + form + right) + unusual for form in forms}
    costs[forms[0]] -= unusual
    best = min(forms, key=lambda form: costs[form])
    weights = [math.exp(costs[best] - costs[form]) for form in forms]
    return best, 1 / sum(weights, 0.0)
