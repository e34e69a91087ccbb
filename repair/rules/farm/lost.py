"""Fills a character that lost a byte, or says what it may have been."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from repair.model.chinese import chinese
from repair.rules.farm.gate import Farm
from repair.rules.farm.search import LOST, Lost, candidates
from repair.tables import hanzi

WINDOW = 8
# Nats by which the first candidate must lead the second to be filled in: 98.8 % right at
# 88 % coverage on bytes really lost to cuts, in the first half of the news text.
FILL_MARGIN = 2.0
SHOWN = 10
# A quotation that is a whole sentence is a long one: how often the character before the closing
# quote is 。！？ after so many characters, in the first half of the news text (4,097 quotations;
# over all of them, 0.2).
SENTENCE_ENDS = "。！？"
SENTENCE_QUOTED = ((4, 0.004), (5, 0.02), (9, 0.1), (13, 0.25), (10**9, 0.6))
SENTENCE_QUOTED_OVERALL = 0.2


class Filled(NamedTuple):
    """What goes in the place of a lost character, and the candidates with probabilities."""

    character: str
    candidates: tuple[tuple[str, float], ...]

    @property
    def confidence(self) -> float:
        """The probability of the first candidate."""
        return self.candidates[0][1] if self.candidates else 0.0

    @property
    def note(self) -> str:
        """What a reader needs to judge it."""
        shares = ", ".join(f"{character} {share:.1%}" for character, share in self.candidates)
        what = "filled in" if self.character != LOST else "left open as U+FFFD"
        return f"one byte of a character is lost ({what}); candidates: {shares or 'none'}"


def fill(left: str, lost: Lost, right: str, farm: Farm) -> Filled:
    """Judge all candidates between two stretches of simplified text."""
    table, model = hanzi(), chinese()
    before, left, right = left, left[-WINDOW:], right[:WINDOW]
    forms = {table[c].simplified[0] if c in table else c for c in candidates(lost, farm)}
    short_quote = _quotation(before, right)
    costs = {form: model.cost(left + form + right) + short_quote(form) for form in forms}
    ordered = sorted(forms, key=lambda form: (costs[form], form))
    if not ordered:
        return Filled(LOST, ())
    weights = [math.exp(costs[ordered[0]] - costs[form]) for form in ordered]
    whole = sum(weights)
    shown = [(form, w / whole) for form, w in zip(ordered, weights, strict=True)][:SHOWN]
    sure = len(ordered) == 1 or costs[ordered[1]] - costs[ordered[0]] >= FILL_MARGIN
    return Filled(ordered[0] if sure else LOST, tuple(shown))


def _quotation(left: str, right: str) -> Callable[[str], float]:
    """Return what a character costs for ending a quotation of this length, in nats."""
    opening = left.rfind("“")
    if opening < 0 or "”" in left[opening:] or right[:1] != "”":
        return lambda _: 0.0
    length = len(left) - opening - 1
    share = next(share for limit, share in SENTENCE_QUOTED if length < limit)
    ends = math.log(SENTENCE_QUOTED_OVERALL / share)
    others = math.log((1 - SENTENCE_QUOTED_OVERALL) / (1 - share))
    return lambda form: ends if form in SENTENCE_ENDS else others
