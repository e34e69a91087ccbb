"""Makes ``sources/wordfreq-words.txt.xz`` of wordfreq's lists, once: 3.1.1 must be installed.

    python -m repair.tables.excerpt_words

The most frequent words of each language by script, sorted; what is in letters of another script
or holds anything but letters is left out. Serbian is in Latin letters there, and is added in
Cyrillic ones too. The file and what is made of it are under CC-BY-SA-4.0: see NOTICE.
"""

from __future__ import annotations

import lzma
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent

# How many words of each language: more of those whose text is attacked or mistyped most, and
# whose words have many forms. bg and el have fewer than asked for.
MOST = {
    "Cyrillic": {"ru": 120_000, "uk": 80_000, "bg": 60_000, "mk": 40_000},
    "Greek": {"el": 60_000},
    "Latin": {
        "en": 60_000, "de": 20_000, "fr": 20_000, "es": 20_000, "it": 20_000, "pt": 18_000,
        "pl": 18_000, "nl": 16_000, "fi": 16_000, "cs": 14_000, "hu": 14_000, "ro": 14_000,
        "sh": 14_000, "sv": 14_000, "tr": 14_000, "ca": 12_000, "da": 12_000, "nb": 12_000,
        "id": 10_000, "lt": 10_000, "lv": 10_000, "sk": 10_000, "sl": 10_000, "fil": 6_000,
        "is": 6_000, "ms": 6_000, "vi": 4_000,
    },
}  # fmt: skip
SERBIAN = str.maketrans("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж")
DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}


def main() -> None:
    """Write the file."""
    from wordfreq import get_frequency_dict  # noqa: PLC0415 (not installed but for this)

    words: dict[str, set[str]] = defaultdict(set)
    for script, languages in MOST.items():
        for language, most in languages.items():
            counts = get_frequency_dict(language, "best")
            ordered = sorted(counts, key=lambda word: (-counts[word], word))
            own = [word for word in ordered if is_of(word, script)][:most]
            words[script].update(own)
            if language == "sh":
                words["Cyrillic"].update(filter(None, map(in_cyrillic, own)))
    text = "".join(f"[{script}]\n" + "\n".join(sorted(words[script])) + "\n" for script in MOST)
    data = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    (HERE / "sources" / "wordfreq-words.txt.xz").write_bytes(data)


def is_of(word: str, script: str) -> bool:
    """Whether ``word`` is two letters or more, all of ``script``."""
    start = script.upper()
    return len(word) > 1 and all(
        letter.isalpha() and unicodedata.name(letter, "").startswith(start) for letter in word
    )


def in_cyrillic(word: str) -> str | None:
    """Return a Serbian word in Cyrillic letters; ``None`` if it has foreign ones."""
    for digraph, letter in DIGRAPHS.items():
        word = word.replace(digraph, letter)
    word = word.translate(SERBIAN)
    return word if is_of(word, "Cyrillic") else None


if __name__ == "__main__":
    main()
