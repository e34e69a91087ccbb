"""How many words with look-alike letters are found, and how they are repaired.

    python -m benchmarks.homoglyphs

Words of whole sentences are attacked: one to three of their letters are replaced by look-alikes
of any other alphabet. The sentences are Django's messages, of which nothing is in the lists of
known words.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import django

from repair.config import Config
from repair.engine import repair
from repair.tables import homoglyphs, script_of
from repair.types import Safety

LANGUAGES = {"en": "Latin", "ru": "Cyrillic", "uk": "Cyrillic", "bg": "Cyrillic", "el": "Greek"}
ATTACKS = 3000
SHORTEST = 3
ONLY_SCRIPTS = Config(select=("X",))


def messages(language: str) -> list[str]:
    """Return the distinct messages; those of English are the keys of a translation."""
    found: dict[str, None] = {}
    name = "ru" if language == "en" else language
    for path in sorted(Path(django.__file__).parent.rglob(f"locale/{name}/LC_MESSAGES/*.mo")):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for key, value in catalogue.items():
            found.setdefault(value if language != "en" else key if isinstance(key, str) else key[0])
    return [message for message in found if message]


def look_alikes(script: str) -> dict[str, list[str]]:
    """For each letter of ``script``, what looks like it."""
    found = defaultdict(list)
    for letter, stands_for in homoglyphs()[script].items():
        for original in stands_for:
            if original.isupper() == letter.isupper() or letter.lower() == letter.upper():
                found[original].append(letter)
    return found


def attacks(language: str, seed: int = 1) -> Iterator[tuple[str, str, int, int]]:
    """Yield a sentence, the same with a word attacked, and where that word stands."""
    random = Random(seed)
    script = LANGUAGES[language]
    alike = look_alikes(script)
    texts = messages(language)
    done = 0
    while done < ATTACKS:
        text = random.choice(texts)
        words = [
            word
            for word in re.finditer(r"[^\W\d_]+", text)
            if len(word[0]) >= SHORTEST
            and all(script_of(letter) == script for letter in word[0])
            and any(letter in alike for letter in word[0])
            and not text[: word.start()].endswith(("%", ")", "{"))
        ]
        if not words:
            continue
        word = random.choice(words)
        places = [place for place in range(*word.span()) if text[place] in alike]
        damaged = list(text)
        for place in random.sample(places, min(len(places), random.randint(1, 3))):
            damaged[place] = random.choice(alike[text[place]])
        done += 1
        yield text, "".join(damaged), *word.span()


def score(language: str) -> tuple[Counter[str], list[str]]:
    """Attack, and count what becomes of it; return some that were missed or made wrong."""
    counts: Counter[str] = Counter()
    failures = []
    for text, damaged, start, end in attacks(language):
        result = repair(damaged, config=ONLY_SCRIPTS)
        found = [
            f for f in (*result.findings, *result.remaining) if f.start < end and f.end > start
        ]
        outcome = "missed"
        if found:
            right = found[0].new == text[found[0].start : found[0].end]
            outcome = f"{found[0].safety.name} {'right' if right else 'wrong'}"
        counts[outcome] += 1
        if outcome == "missed" or outcome.endswith("wrong"):
            failures.append(f"{outcome}: {text[start:end]} {damaged[start:end]}")
    return counts, failures


def main() -> None:
    outcomes = [f"{safety.name} {how}" for safety in reversed(Safety) for how in ("right", "wrong")]
    print("language  found %  " + "  ".join(f"{outcome:>12}" for outcome in outcomes))
    for language in LANGUAGES:
        counts, failures = score(language)
        found = 100 * (1 - counts["missed"] / counts.total())
        shares = "  ".join(
            f"{100 * counts[outcome] / counts.total():12.2f}" for outcome in outcomes
        )
        print(f"{language:8}  {found:7.2f}  {shares}")
        for failure in failures[:12]:
            print("   ", failure)


if __name__ == "__main__":
    main()
