"""Fills a character that lost a byte, or says what it may have been."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from repair.kernel.words import Cut
from repair.model.chinese import chinese, fold
from repair.rules.farm.candidates import Candidates, Lost, hiding
from repair.rules.farm.codepage import pairs
from repair.rules.farm.lattice import LOST, judged
from repair.rules.farm.restore import simplified

WINDOW = 8
# Nats by which the first candidate must lead the second to be filled in. Of 764 characters that
# the channel took from 500 simulated documents 895 in 1000 come first; at 1.4, 85 % are filled
# and 95 % of those right; at 2.1, 80 % and 97 %; at 3.7, 68 % and 99 %.
FILL_MARGIN = 2.1
SHOWN = 10
# What a closing mark costs, in nats, where the line opens none: in the news text one closing
# mark in 170 is such.
PAIRED_MARKS = tuple(tuple(pair) for pair in ("“”", "‘’", "（）", "《》", "『』", "「」", "【】"))
UNOPENED_COST = 5.0
# What it costs to end a paragraph with a quotation open, in nats: 335 of 352 that had one open
# before their last character closed it there.
QUOTES = "”’』」"
LEFT_OPEN_COST = 6.0
# Candidates for each of two lost characters side by side, by their own frequency.
PAIRED = 30
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
    def likeliest(self) -> str:
        """The first candidate, filled in or not."""
        return self.candidates[0][0] if self.candidates else LOST

    @property
    def note(self) -> str:
        """What a reader needs to judge it."""
        shares = ", ".join(f"{character} {share:.1%}" for character, share in self.candidates)
        what = "filled in" if self.character != LOST else "left open as U+FFFD"
        return f"one byte of a character is lost ({what}); candidates: {shares or 'none'}"


def fill(left: str, lost: Sequence[Lost], right: str, candidates: Candidates) -> list[Filled]:
    """Judge all candidates for one lost character, or two side by side, between known text.

    Of two, each is judged over all that the other may be.
    """
    cut = Cut(chinese())
    cut.add(fold(left[-WINDOW:]))
    if len(lost) == 1:
        costs = _costs(cut, candidates.of(lost[0]), fold(right[:WINDOW]), _grammar(left, right))
    else:
        firsts, seconds = (candidates.of(slot)[:PAIRED] for slot in lost)
        costs = _costs_of_two(cut, firsts, seconds, fold(right[:WINDOW]))
    if not costs:
        return [Filled(LOST, ())] * len(lost)
    least = min(costs.values())
    weights = {text: math.exp(least - due) for text, due in costs.items()}
    return [_filled(weights, place) for place in range(len(lost))]


def _costs(
    cut: Cut, texts: Sequence[str], right: str, ends: Callable[[str], float]
) -> dict[str, float]:
    """Return the costs of what may stand behind what is cut, by its simplified forms."""
    length = cut.length
    costs: dict[str, float] = {}
    for text in texts:
        form = simplified(text)
        if form not in costs:
            cut.shorten(length)
            cut.put(judged(text).code)
            cut.add(right)
            costs[form] = cut.cost + ends(form)
    return costs


def _costs_of_two(
    cut: Cut, firsts: Sequence[str], seconds: Sequence[str], right: str
) -> dict[str, float]:
    """Return the same of two characters of which the bytes between them are hidden."""
    length = cut.length
    leads = [pairs()[second][0] for second in seconds]
    forms = [simplified(second) for second in seconds]
    costs: dict[str, float] = {}
    for first in firsts:
        hidden = hiding()[pairs()[first][1]]
        form = simplified(first)
        cut.shorten(length)
        cut.put(judged(first).code)
        for at in range(len(seconds)):
            both = form + forms[at]
            if hidden[leads[at]] and both not in costs:
                cut.shorten(length + 1)
                cut.put(judged(seconds[at]).code)
                cut.add(right)
                costs[both] = cut.cost
    return costs


def _filled(texts: dict[str, float], place: int) -> Filled:
    """Return what stands at one place of the chosen texts, over all of them."""
    weights: dict[str, float] = {}
    for text, weight in texts.items():
        weights[text[place]] = weights.get(text[place], 0.0) + weight
    whole = sum(weights.values(), 0.0)
    ordered = sorted(weights, key=lambda form: (-weights[form], form))
    sure = len(ordered) == 1 or (weights[ordered[0]] >= weights[ordered[1]] * math.exp(FILL_MARGIN))
    shares = tuple([(form, weights[form] / whole) for form in ordered[:SHOWN]])
    return Filled(ordered[0] if sure else LOST, shares)


def _grammar(left: str, right: str) -> Callable[[str], float]:
    """Return what a character costs for the brackets and quotes around it, in nats."""
    opened = {mark for opening, mark in PAIRED_MARKS if left.count(opening) > left.count(mark)}
    unopened = {mark for _, mark in PAIRED_MARKS} - opened
    left_open = opened & set(QUOTES) if right == "\n" else set()
    quoted = _quotation(left, right)

    def of_form(form: str) -> float:
        closes = LEFT_OPEN_COST if left_open and form not in left_open else 0.0
        return quoted(form) + closes + UNOPENED_COST * (form in unopened)

    return of_form


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
