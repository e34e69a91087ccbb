"""Proves that no text we score on is among the text that the judge was made from.

    python -m benchmarks.overlap FOLDER [PATH...]

FOLDER is the one that ``repair.tables.languages`` fetched the packages to. Scored text is the
public data of peers (``../shared/data/encodings``), the Universal Declaration of Human Rights,
and the files and folders that are named (UTF-8, perhaps gzipped, or gettext catalogues). A run of
50 characters that begins with a word, stands in both and is not all ASCII is a shared one; so is
a whole line of 20 characters or more, without regard to case, spaces and marks. Sources that are
counts (of lingua, langdetect, jieba, IPADIC) and lists of words hold no text to compare.

Exit status 1 if more than one line in ten thousand is shared, or there is nothing to compare.
"""

from __future__ import annotations

import gettext
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpora import SHARED
from benchmarks.declarations import Declarations
from repair.tables.languages.__main__ import texts
from repair.tables.languages.catalogue import SOURCES, languages
from repair.tables.languages.packages import fetch

SHINGLE, LINE = 50, 20
TOLERATED = 1e-4
WORD = re.compile(r"\w+")


def hashes(line: str) -> Iterator[int]:
    """Yield the hashes of what must not be shared."""
    whole = "".join(WORD.findall(line.casefold()))
    if len(whole) >= LINE and not whole.isascii():
        yield hash("line " + whole)
    spaced = " ".join(line.split())
    for match in WORD.finditer(spaced):
        shingle = spaced[match.start() : match.start() + SHINGLE]
        if len(shingle) == SHINGLE and not shingle.isascii():
            yield hash(shingle)


def encoded_files() -> Iterator[str]:
    """Lines of the peers' files, decoded by the name of their folder."""
    for path in sorted((SHARED / "data" / "encodings").glob("*/*/*")):
        codec = path.parent.name.split("-")[0] if "-" in path.parent.name else path.parent.name
        for name in (path.parent.name, path.parent.name.rpartition("-")[0], codec):
            try:
                yield from path.read_bytes().decode(name).splitlines()
                break
            except (LookupError, UnicodeError):
                continue


def named(path: Path) -> Iterator[str]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            yield from named(inner) if inner.is_file() else ()
    elif path.suffix == ".mo":
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        yield from (line for text in catalogue.values() for line in text.splitlines())
    else:
        data = path.read_bytes()
        plain = gzip.decompress(data) if path.suffix == ".gz" else data
        yield from plain.decode("utf-8", "replace").splitlines()


def declarations(folder: Path) -> Iterator[str]:
    texts = Declarations(folder)
    for code in texts.all:
        yield from texts.paragraphs(code)


def scored(folder: Path, paths: Iterable[Path]) -> dict[str, Iterator[str]]:
    return {
        "encodings": encoded_files(),
        "declarations": declarations(folder),
        **{str(path): named(path) for path in paths},
    }


def main(folder: Path, paths: list[Path]) -> int:
    where: dict[int, str] = {}
    lines: dict[str, int] = {}
    for name, source in scored(folder, paths).items():
        lines[name] = 0
        for line in source:
            lines[name] += 1
            where.update(dict.fromkeys(hashes(line), name))
    catalogue = languages((SOURCES / "languages.tsv").read_text(encoding="utf-8"))
    packages = fetch(folder, catalogue)
    shared: dict[str, set[str]] = defaultdict(set)
    trained = 0
    for language in catalogue:
        for line in texts(packages, language):
            trained += 1
            for found in hashes(line):
                if found in where:
                    shared[where[found]].add(line)
    print(f"{trained} lines of {len(catalogue)} languages are counted")
    status = 0
    for name, count in lines.items():
        print(f"{name}: {count} lines, {len(shared[name])} shared")
        for line in sorted(shared[name])[:10]:
            print("   ", line[:120])
        if len(shared[name]) > TOLERATED * count or not count:
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
