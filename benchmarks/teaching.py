"""Text with readings that its authors put there: lessons, word lists, dictionaries, glosses.

Nobody damaged these. They are made from news to be as hard as possible to tell from damage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from random import Random

from pypinyin import Style, lazy_pinyin, pinyin

from benchmarks.corpora import HAN, Words, news
from benchmarks.tables import readings, traditional

BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"))
# The 1,500 commonest characters are 96.6 % of the news.
COMMON = 1500

Gloss = Callable[[str], str]


def teaching_document(random: Random) -> str:
    """Return a clean document of any style, in either script."""
    style = random.choice(STYLES)
    return style(random, _lines(random))


def _lines(random: Random) -> list[Words]:
    start = random.randrange(len(news()) - 25)
    lines = news()[start : start + random.randint(4, 25)]
    if random.random() < 0.4:
        return list(lines)
    return [tuple(traditional(word) for word in line) for line in lines]


def _gloss(random: Random) -> Gloss:
    """One way of writing a reading behind a word, chosen once for a document."""
    opening, closing = random.choice(BRACKETS)
    space = random.choice(("", " "))
    return lambda word: f"{word}{opening}{space.join(lazy_pinyin(word, Style.TONE))}{closing}"


def _gloss_where(lines: Iterable[Words], wanted: Callable[[str], bool], gloss: Gloss) -> str:
    return "\n".join(
        "".join(gloss(word) if wanted(word) else word for word in line) for line in lines
    )


def _is_han(word: str) -> bool:
    return bool(word) and all(HAN.match(character) for character in word)


def _characters(lines: Iterable[Words]) -> list[Words]:
    return [tuple("".join(line)) for line in lines]


def every_word(random: Random, lines: list[Words]) -> str:
    return _gloss_where(lines, _is_han, _gloss(random))


def every_character(random: Random, lines: list[Words]) -> str:
    return _gloss_where(_characters(lines), _is_han, _gloss(random))


def word_list(random: Random, lines: list[Words]) -> str:
    gloss = _gloss(random)
    words = dict.fromkeys(word for line in lines for word in line if _is_han(word))
    return "\n".join(f"{number}. {gloss(word)}" for number, word in enumerate(words, 1))


def dictionary(random: Random, lines: list[Words]) -> str:
    """Return entries that give a character, its reading, and the words it stands in."""
    gloss = _gloss(random)
    words = sorted({word for line in lines for word in line if _is_han(word) and len(word) > 1})
    heads = sorted({word[0] for word in words})
    return "\n".join(
        f"{gloss(head)}：" + "；".join(word for word in words if word[0] == head) + "。"
        for head in heads
    )


def rare_characters(random: Random, lines: list[Words]) -> str:
    """Gloss what readers may not know, at each occurrence."""
    rank = _ranks()
    limit = random.choice((COMMON, 2000, 2500))
    return _gloss_where(
        _characters(lines), lambda c: _is_han(c) and rank.get(c, limit) >= limit, _gloss(random)
    )


@lru_cache(1)
def _ranks() -> dict[str, int]:
    counts = Counter(character for line in news() for word in line for character in word)
    order = [character for character, _ in counts.most_common()]
    return {traditional(character): rank for rank, character in enumerate(order)} | {
        character: rank for rank, character in enumerate(order)
    }


def repeated_words(random: Random, lines: list[Words]) -> str:
    """Gloss a few words of the lesson, each time they occur."""
    words = sorted({word for line in lines for word in line if _is_han(word) and len(word) > 1})
    chosen = set(random.sample(words, min(len(words), random.randint(3, 12))))
    return _gloss_where(lines, chosen.__contains__, _gloss(random))


def first_occurrences(random: Random, lines: list[Words]) -> str:
    """Gloss five characters, once each: names, or a word with several readings."""
    return _once(random, lines, 5, sorted({c for c in _flat(lines) if _is_han(c)}))


def first_traditional(random: Random, lines: list[Words]) -> str:
    """Gloss five traditional characters once each: singly each looks like a farm's."""
    return _once(random, lines, 5, sorted(set(_flat(lines)) & readings().keys()))


def _once(random: Random, lines: list[Words], count: int, pool: Sequence[str]) -> str:
    text = "\n".join("".join(line) for line in lines)
    gloss = _gloss(random)
    for character in random.sample(pool, min(count, len(pool))):
        text = text.replace(character, gloss(character), 1)
    return text


def _flat(lines: Iterable[Words]) -> str:
    return "".join(word for line in lines for word in line)


def ruby(random: Random, lines: list[Words]) -> str:
    """Kana in brackets, as ruby looks without its markup; which kana does not matter here."""
    kana = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよ"
    known: dict[str, str] = {}

    def gloss(character: str) -> str:
        reading = known.setdefault(character, "".join(random.choices(kana, k=random.randint(1, 3))))
        return f"{character}({reading})"

    return _gloss_where(_characters(lines), _is_han, gloss)


def zhuyin(_: Random, lines: list[Words]) -> str:
    """Bopomofo in brackets, as schools in Taiwan write it."""
    return _gloss_where(
        _characters(lines),
        _is_han,
        lambda character: f"{character}({pinyin(character, Style.BOPOMOFO)[0][0]})",
    )


def parallel(_: Random, lines: list[Words]) -> str:
    """Line for line: the sentence, then its reading in brackets."""
    return "\n".join(
        f"{text}\n({' '.join(lazy_pinyin(text, Style.TONE))})"
        for text in ("".join(line) for line in lines)
    )


STYLES: tuple[Callable[[Random, list[Words]], str], ...] = (
    every_word,
    every_character,
    word_list,
    dictionary,
    rare_characters,
    repeated_words,
    first_occurrences,
    first_traditional,
    ruby,
    zhuyin,
    parallel,
)
