"""Whether a document was damaged by a farm, and which characters it annotates.

Teaching texts, dictionaries and news write readings behind characters too. A farm's readings
hang on common characters whose traditional form differs, one by one inside words, always the
first reading, and on nearly every occurrence of the character.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from repair.patterns import pattern
from repair.rules.farm.letters import PINYIN, TONED, readings, simplified_only
from repair.tables import farm_keys, hanzi

# The thresholds opened for 15 of 15 damaged pages and for none of 12 real and 8,100 simulated
# legitimate ones before this project began; `python -m benchmarks.accuracy` repeats the latter.
LEAST_KEYS = 3
PURITY = 0.85
CONSISTENCY = 0.85
MEDIAN_RANK = 1500
# A teacher glosses characters of both kinds, a farm only those whose traditional form differs.
# The odds, in nats, that the annotated characters are all of one kind, must reach this.
EVIDENCE = 6.5
# What each key adds to them that belongs to a beginning of the known farms' list, to which two
# in five common characters of this kind belong, and what an annotation adds that lost its
# opening bracket: no writer leaves it out behind a question mark.
KNOWN_EVIDENCE = 0.9
STRADDLE_EVIDENCE = 4.0
# What each other gloss takes from them: farms leave those of the author in place.
OTHER_EVIDENCE = 1.5
# What each character adds that a farm's table leaves alone where a writer of traditional Chinese
# has another (于 后 for 於 後), if that other one stands nowhere; and the most it may add.
CONVERTED_EVIDENCE = 0.5
MOST_CONVERTED_EVIDENCE = 4.0
_LEFT_ALONE, _PROPER = "于后里么干范云采愿并", "於後裡裏麼乾幹範雲採願並"
KNOWN_SHARE = 0.8
# Simplified-only characters stand on a farm's page only where bytes are shifted.
SIMPLIFIED_SHARE = 0.2
KANA_SHARE = 0.05

# Annotations of a character that is not on the known farms' list before one of them is
# believed to annotate it all the same.
OWN_KEY = 3

_GLOSS = pattern(
    r"[(（\[【〔](?:(?<=(?P<character>[\u3400-\u9fff]).)|(?<=[\u3400-\u9fff] .))"
    rf"\s*(?P<reading>[{PINYIN}A-Z]+[1-5]?)\s*[)）\]】〕]"
)
_STRADDLE = pattern(rf"[\u3400-\u9fff]\?[{PINYIN}]{{1,6}}\)")
_PRIVATE = pattern("[\ue000-\uf8ff]")
_KANA = pattern("[\u3041-\u30ff]")


@dataclass(frozen=True, slots=True)
class Farm:
    """What is known of the farm that damaged a document."""

    keys: frozenset[str]
    """Characters it was seen to annotate here."""
    known: bool
    """They are those of the known farms, a beginning of their list."""

    strips: bool
    """Private-use characters, which byte-wise edits leave, were stripped from the document."""

    def key_cost(self, key: str) -> float:
        """Return what it costs, in nats, to suppose that this farm annotates ``key``."""
        if key in self.keys:
            return 0.0
        if key in _KNOWN:
            return 1.5 if self.known else 3.0
        return 5.0 if self.known else 3.5


_KNOWN = dict(farm_keys())


def look_at(text: str) -> Farm | None:
    """Return what is known of the farm that damaged ``text``; ``None`` if none did."""
    annotated, others = glosses(text)
    count = sum(annotated.values())
    if len(annotated) < LEAST_KEYS or count < PURITY * (count + others):
        return None
    occurrences = Counter({c: n for c, n in Counter(text).items() if "\u3400" <= c <= "\u9fff"})
    if _is_another_script(text, occurrences):
        return None
    keys = frozenset(key for key in annotated if annotated[key] >= 0.5 * occurrences[key])
    toned = sum(1 for key in keys if TONED.search(readings()[key]))
    if toned < LEAST_KEYS or count < CONSISTENCY * sum(occurrences[key] for key in annotated):
        return None
    if _median(hanzi()[key].rank for key in keys) > MEDIAN_RANK:
        return None
    known = _is_known(keys, occurrences)
    evidence = _evidence(text, keys, occurrences, known=known) - OTHER_EVIDENCE * others
    if evidence < EVIDENCE:
        return None
    if known:  # what else is annotated here and there, the author did
        keys = frozenset(k for k in keys if k in _KNOWN or annotated[k] >= OWN_KEY)
    return Farm(keys, known, strips=not _PRIVATE.search(text))


def _evidence(text: str, keys: frozenset[str], occurrences: Counter[str], *, known: bool) -> float:
    """Return the log odds of these annotations under a farm against a teacher who picks freely."""
    traditional = sum(1 for c in occurrences if c in readings())
    odds = _choices(len(occurrences), len(keys)) - _choices(traditional, len(keys))
    straddles = sum(1 for _ in _STRADDLE.finditer(text))
    odds += known * KNOWN_EVIDENCE * len(keys) + STRADDLE_EVIDENCE * min(straddles, 2)
    if not any(character in occurrences for character in _PROPER):
        converted = CONVERTED_EVIDENCE * sum(occurrences[c] for c in _LEFT_ALONE)
        odds += min(converted, MOST_CONVERTED_EVIDENCE)
    return odds


def _choices(whole: int, part: int) -> float:
    """Return the logarithm of the number of ways to choose ``part`` of ``whole``."""
    return math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)


def glosses(text: str) -> tuple[Counter[str], int]:
    """Count annotations as farms make them, by character, and all other glosses."""
    annotated: Counter[str] = Counter()
    others = 0
    for match in _GLOSS.finditer(text):
        character, reading = match["character"], match["reading"]
        if match[0] == f"({reading})" and readings().get(character) == reading:
            annotated[character] += 1
        else:
            others += 1
    return annotated, others


def _is_another_script(text: str, occurrences: Counter[str]) -> bool:
    """Whether the text is Japanese, or simplified Chinese that no one converted."""
    han = sum(occurrences.values())
    simplified = sum(n for c, n in occurrences.items() if c in simplified_only())
    kana = sum(1 for _ in _KANA.finditer(text))
    return kana > KANA_SHARE * (han + kana) or simplified > SIMPLIFIED_SHARE * han


def _is_known(keys: frozenset[str], occurrences: Counter[str]) -> bool:
    """Whether the keys are a beginning of the list of the known farms."""
    order = [key for key in _KNOWN if key in occurrences]
    ours = [key for key in order if key in keys]
    if len(ours) < KNOWN_SHARE * len(keys):
        return False
    beginning = order[: order.index(ours[-1]) + 1]
    return len(ours) >= KNOWN_SHARE * len(beginning)


def _median(values: Iterable[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
