"""Counts: see the docstring of the package."""

from __future__ import annotations

import lzma
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from repair.tables.languages import counting, profiles
from repair.tables.languages.catalogue import SOURCES, Language, languages
from repair.tables.languages.counting import Pairs
from repair.tables.languages.packages import Package, fetch
from repair.tables.languages.texts import READERS, lines

Packages = dict[tuple[str, str], Package]

# Rarer pairs of letters are noise; of ideographs, there are too many to keep.
LEAST, LEAST_OF_IDEOGRAPHS = 0.5, 0.7


WITHOUT_SPACES = {"Hani", "Thai", "Laoo", "Khmr", "Mymr"}


def main(arguments: list[str]) -> int:
    """Fetch, count and write."""
    folder = Path(arguments[0])
    catalogue = languages((SOURCES / "languages.tsv").read_text(encoding="utf-8"))
    packages = fetch(folder, catalogue)
    rows = sorted({package.row() for package in packages.values()})
    header = "file\tlicence\tsha256"
    (SOURCES / "language-packages.tsv").write_text("\n".join([header, *rows, ""]), "utf-8")
    english = next(language for language in catalogue if language.tag == "en")
    untranslated = frozenset(texts(packages, english))
    with ProcessPoolExecutor(2) as pool:
        sections = list(pool.map(partial(_section, packages, untranslated), catalogue))
    text = "".join(sections).encode("utf-8")
    (SOURCES / "language-pairs.txt.xz").write_bytes(lzma.compress(text, preset=9))
    return 0


def texts(packages: Packages, language: Language) -> Iterator[str]:
    """Yield the lines of all packages that have text in a language."""
    for kind, reader in READERS.items():
        source = "cldr" if kind.startswith("cldr") else kind
        for name in language.names[source]:
            package = packages.get((kind, name)) or packages[kind, ""]
            place = "sr-Latn" if (kind, language.tag) == ("libreoffice", "sr-Latn") else name
            yield from lines(reader(package, place))


def _section(packages: Packages, untranslated: frozenset[str], language: Language) -> str:
    counts = counting.of_lines(
        line
        for line in texts(packages, language)
        if language.tag == "en" or line not in untranslated
    )
    total = counting.together(_profiles(packages, language, counts))
    least = LEAST_OF_IDEOGRAPHS if language.group == "Hani" else LEAST
    head = f"\t{language.tag}\t{language.group}"
    sys.stderr.write(f"{language.tag}: {round(sum(total.values()))}\n")
    return "\n".join([head, *counting.written(total, least), ""])


def _profiles(packages: Packages, language: Language, texts: Pairs) -> Iterator[Pairs]:
    names, ideographs = language.names, language.group == "Hani"
    finish: Callable[[Pairs], Pairs] = dict if ideographs else counting.with_capitals
    spaced = language.group not in WITHOUT_SPACES or language.tag == "ko"
    joined = counting.punctuated if spaced else counting.run_together
    yield finish(counting.scaled(texts, counting.TEXTS))
    known = [
        *(profiles.lingua(packages["lingua", ""], name) for name in names["lingua"]),
        *(profiles.langdetect(packages["langdetect", ""], name) for name in names["langdetect"]),
        *_dictionaries(packages, language.tag),
    ]
    for pairs in known:
        yield finish(joined(counting.scaled(pairs, counting.PROFILES, up=True), texts))
    for name in names["tesseract"]:
        words = profiles.tesseract(packages["tesseract", name], name)
        weight = counting.WORDS if known else counting.ONLY_WORDS
        yield finish(joined(counting.scaled(words, weight, up=True), texts))


def _dictionaries(packages: Packages, tag: str) -> Iterator[Pairs]:
    if tag == "ja":
        yield profiles.ipadic(packages["ipadic", ""])
    if tag.startswith("zh"):
        words = lzma.decompress((SOURCES / "jieba-dict.txt.xz").read_bytes()).decode("utf-8")
        yield profiles.jieba(words, _traditional() if tag == "zh-Hant" else {})


def _traditional() -> dict[int, str]:
    """The usual traditional form of each simplified character."""
    with lzma.open(SOURCES / "opencc-STCharacters.txt.xz", "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file if line[0] not in "#\n")
        return {ord(key): values.split(" ")[0] for key, values in rows}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
