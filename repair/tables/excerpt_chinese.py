"""Makes ``sources/wordfreq-zh.txt.xz`` of wordfreq's list, once: 3.1.1 must be installed.

    python -m repair.tables.excerpt_chinese

Of its large Chinese list, the words that jieba's dictionary has too, with their frequency.
"""

from __future__ import annotations

import lzma

from repair.tables.build import HERE, source

LONGEST = 4


def main() -> None:
    """Write the excerpt: a word and its frequency, in centibels below 1, on each line."""
    from wordfreq import get_frequency_list  # noqa: PLC0415 (not installed but for this)

    known = {line.split(" ")[0] for line in source("jieba-dict.txt.xz").splitlines()}
    lines = [
        f"{word} {centibels}"
        for centibels, words in enumerate(get_frequency_list("zh", wordlist="large"))
        for word in words
        if word in known and len(word) <= LONGEST and all("\u3400" <= c <= "\u9fff" for c in word)
    ]
    text = "\n".join(lines) + "\n"
    data = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (HERE / "sources" / "wordfreq-zh.txt.xz").write_bytes(data)


if __name__ == "__main__":
    main()
