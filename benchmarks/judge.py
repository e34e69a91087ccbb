"""How well the judge tells languages and readings apart, on text that it was not made from.

    python -m benchmarks.judge FOLDER

Fetches what is not in FOLDER. Prints, for pieces of several lengths of the Universal Declaration
of Human Rights in about a hundred languages: how often the language is named right; how often the
right decoding of bytes scores best among the decodings by every codec of Python, all equally
likely beforehand, and how well the margins' probabilities are calibrated; how often a text counts
as known; and what memory and time it takes.
"""

from __future__ import annotations

import encodings
import math
import pkgutil
import sys
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import fmean

from benchmarks.declarations import Declarations
from repair.model import Judge, judge, probability
from repair.tables import read_table
from repair.tables.build_languages import tone_apart

# Which encodings the languages are written in, as a detector would be asked to tell.
ALPHABETS = {
    "cp1252 iso8859_1 iso8859_15 cp850 cp437 mac_roman": "de fr es pt it nl sv da nb nn fi is fo "
    "eu ca gl oc ast ga gd lb fy af id fil sw sq rm sc fur",
    "cp1250 iso8859_2 cp852 mac_latin2": "cs pl sk hu sl hr bs sr-Latn ro hsb dsb",
    "cp1257 iso8859_13 iso8859_4 cp775": "lt lv et",
    "cp1251 koi8_r koi8_u iso8859_5 cp866 cp855 mac_cyrillic": "ru uk be bg mk sr",
    "cp1254 iso8859_9 cp857 mac_turkish": "tr",
    "cp1253 iso8859_7 cp737 cp869 mac_greek": "el",
    "cp1255 iso8859_8 cp862": "he",
    "cp1256 iso8859_6 cp720": "ar",
    "cp1256": "fa",
    "cp1258": "vi",
    "cp874 tis_620": "th",
    "iso8859_3": "mt eo",
    "iso8859_14": "cy br",
    "kz1048 ptcp154": "kk",
    "koi8_t": "tg",
    "cp932 euc_jp": "ja",
    "cp949 johab": "ko",
    "gb18030": "zh-Hans",
    "big5 cp950": "zh-Hant",
}
WRITTEN_IN = {tag: codecs.split() for codecs, tags in ALPHABETS.items() for tag in tags.split()}
WITHOUT_SPACES = {"zh-Hans", "zh-Hant", "ja", "ko", "th", "lo", "km", "my", "dz"}
# An ideograph says as much as three letters.
IDEOGRAPHS = {"zh-Hans", "zh-Hant", "ja", "ko"}
WRONG_DECODERS = ("cp1252", "latin-1", "cp437", "cp1251", "gbk")
ESCAPES = {"ascii", "charmap", "idna", "punycode", "raw_unicode_escape", "undefined"}
ESCAPES |= {"unicode_escape", "utf_7", "utf_8_sig"}
BINS = 15


def pieces(texts: Declarations, tag: str, length: int, count: int) -> Iterator[str]:
    letters = max(4, length // 3) if tag in IDEOGRAPHS else length
    return texts.pieces(tag, letters, count, words=tag not in WITHOUT_SPACES)


def languages(texts: Declarations, length: int) -> None:
    right = {}
    for tag in judge().languages:
        named = [judge().best(piece)[0] == tag for piece in pieces(texts, tag, length, 25)]
        if len(named) > 5:
            right[tag] = fmean(named)
    worst = sorted(right, key=lambda tag: right[tag])[:12]
    print(f"language of {length} characters: {fmean(right.values()):.3f} right (mean of")
    print(f"    {len(right)} languages); worst: {' '.join(f'{t} {right[t]:.2f}' for t in worst)}")


def nats(texts: Declarations) -> None:
    each = {}
    for tag in judge().languages:
        costs, pairs = 0.0, 0
        for piece in pieces(texts, tag, 100, 12):
            evidence = judge().evidence(piece, words="")._replace(ascii=0)
            costs -= judge().log_likelihood(evidence, tag)
            pairs += sum(evidence.pairs.values())
        if pairs:
            each[tag] = costs / pairs
    print(f"nats per pair beyond ASCII: {fmean(each.values()):.2f} (mean over {len(each)})")
    print("   ", " ".join(f"{tag} {each[tag]:.1f}" for tag in sorted(each, key=lambda t: each[t])))


def every_codec() -> list[str]:
    """Codecs that read ASCII as ASCII, byte by byte, and other bytes as something else."""
    return [
        module.name
        for module in pkgutil.iter_modules(encodings.__path__)
        if _beside_ascii(module.name)
    ]


def _beside_ascii(name: str) -> bool:
    if name in ESCAPES or name.startswith(("iso2022", "hz")):
        return False
    try:
        return b"Az~ 09".decode(name) == "Az~ 09"
    except (LookupError, UnicodeError):
        return False


def readings(data: bytes, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        with suppress(UnicodeDecodeError):
            yield data.decode(name)


def decodings(texts: Declarations, length: int, count: int) -> list[tuple[str, float, bool]]:
    """For each piece in each codec: its language, the winner's lead, whether that is right."""
    out = []
    names = every_codec()
    for tag, own in WRITTEN_IN.items():
        for piece in pieces(texts, tag, length, count):
            for codec in own:
                whole = "".join(map(tone_apart, piece)) if codec == "cp1258" else piece
                data = whole.encode(codec, "ignore")
                truth = data.decode(codec)
                if not truth.isascii():
                    scored = [(judge().best(r)[1], r) for r in {truth, *readings(data, names)}]
                    (first, winner), (second, _) = sorted(scored, reverse=True)[:2]
                    out.append((tag, first - second, winner == truth))
    return out


def calibration_error(cases: Iterable[tuple[float, bool]]) -> float:
    """Return the expected calibration error over equal bins of probability."""
    bins = defaultdict(list)
    for margin, right in cases:
        chance = probability(margin)
        bins[min(BINS - 1, int((chance - 0.5) * 2 * BINS))].append(chance - right)
    return sum(abs(sum(each)) for each in bins.values()) / sum(map(len, bins.values()))


def known(texts: Declarations) -> None:
    """Lines in languages with statistics, lines in others, and damaged lines."""
    tags = [tag for tag in judge().languages if texts.of_language(tag)]
    lines = [piece for tag in tags for piece in pieces(texts, tag, 80, 12)]
    print(f"known: {fmean(map(judge().knows, lines)):.3f} of lines in languages with statistics,")
    damaged = [r for line in lines for r in readings(line.encode(), WRONG_DECODERS)]
    print(f"    {fmean(map(judge().knows, damaged)):.4f} of {len(damaged)} damaged lines")


def cost(texts: Declarations) -> None:
    tracemalloc.start()
    fresh = Judge(read_table("languages.bin"))
    started = time.perf_counter()
    for tag in fresh.languages:
        fresh.best("".join(texts.of_language(tag)[:3]))
    print(f"all scripts loaded: {tracemalloc.get_traced_memory()[0] / 1e6:.1f} MB,", end=" ")
    tracemalloc.stop()
    print(f"{len(read_table('languages.bin')) / 1e6:.1f} MB in the package")
    for tag in ("fr", "ru", "vi", "th", "zh-Hans"):
        lines = list(pieces(texts, tag, 80, 25))
        for _ in range(2):
            started = time.perf_counter()
            for line in lines:
                judge().best(line)
            took = time.perf_counter() - started
        print(f"    {tag}: {1e9 * took / sum(map(len, lines)):.0f} ns per character of a line")


def main(folder: Path) -> None:
    texts = Declarations(folder)
    for length in (20, 50, 100, 200):
        languages(texts, length)
    nats(texts)
    every = []
    for length in (8, 12, 20, 40, 80, 200):
        cases = decodings(texts, length, 5)
        every += [(margin, right) for _, margin, right in cases]
        usual = [right for tag, _, right in cases if not judge().rarity[tag]]
        print(
            f"decoding of {length} characters: {fmean(r for _, _, r in cases):.4f} right", end=" "
        )
        print(f"({len(cases)}), {fmean(usual):.4f} in usual languages")
    print(f"calibration error over {len(every)} margins: {calibration_error(every):.4f}")
    loss = -fmean(math.log(max(1e-9, probability(m if right else -m))) for m, right in every)
    print(f"    log loss {loss:.4f}")
    known(texts)
    cost(texts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
