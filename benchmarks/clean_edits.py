"""What the rules find in clean text: every SAFE edit, and the rate of every code.

    python -m benchmarks.clean_edits FOLDER_OR_FILE... [--limit CHARACTERS] [--codes I,F]

A person judges each edit that is printed: it must be one that a reader of the text wants. The
aim is at most one in a million characters that no reader would want.

Each file is one text, read by its encoding and its name as the command does; ``.mo`` catalogues
(compiled translations) are read as their translated strings, one text for each catalogue, and
``.gz`` is unpacked. Binary files, and files that decode to no exact text, are left out. Texts
of one source are counted together: the language of a catalogue or manual page where its path
says it, else the ending of the name. ``--limit`` takes no more than so many characters of each.

Corpora that need nothing but Debian: unpack packages into a folder with

    apt-get download PACKAGE...; for each: dpkg -x FILE.deb FOLDER

- catalogues in more than 100 languages: iso-codes and all of libreoffice-l10n-*
- prose: manpages-* (30 languages), installation-guide-amd64, debian-reference-*, gnome-user-docs
- HTML: libreoffice-help-*, python3.11-doc, installation-guide-amd64, gimp-help-*
- source code: the library of Python itself, /usr/lib/node_modules, any checkout
- damaged, to see repairs: the PDFs of texlive-latex-base-doc, r-doc-pdf and octave-doc as
  pdftotext or pdfminer reads them.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

from repair.config import Config
from repair.decode import decode
from repair.detect import detect
from repair.engine import repair
from repair.kinds import kind_of
from repair.rules import RULES
from repair.types import Finding, Repaired, Safety
from repair.visible import visible

LANGUAGE = re.compile(r"/(?:locale|man|help|resource)/([a-z]{2,3}(?:[_@-][A-Za-z@]+)?)/")
CONTEXT = 24
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Count:
    """What was seen of one source."""

    texts: int = 0
    characters: int = 0
    words: int = 0
    findings: Counter[tuple[str, Safety]] = field(default_factory=Counter)

    def add(self, result: Repaired) -> None:
        self.texts += 1
        self.characters += len(result.original)
        self.words += len(WORD.findall(result.original))
        found = (*result.findings, *result.remaining)
        self.findings.update((finding.code, finding.safety) for finding in found)


def files(paths: list[str]) -> list[Path]:
    """Return all files under ``paths``, in an order that mixes them, always the same."""
    found: list[Path] = []
    for path in map(Path, paths):
        inside = path.rglob("*") if path.is_dir() else [path]
        found += (file for file in inside if file.is_file() and not file.is_symlink())
    found.sort()
    Random(0).shuffle(found)
    return found


def _read(file: Path) -> str:
    data = file.read_bytes()
    if file.suffix == ".mo":
        return _catalogue(data)
    if file.suffix == ".gz":
        data = gzip.decompress(data)
    if not data or detect(data).encoding is None:
        return ""
    decoded = decode(data)
    return decoded.text if decoded.exact else ""


def _catalogue(data: bytes) -> str:
    try:
        catalogue = gettext.GNUTranslations(io.BytesIO(data))
    except (OSError, UnicodeError, ValueError):
        return ""
    strings: dict[object, str] = catalogue._catalog  # type: ignore[attr-defined]
    return "\n".join(translated for key, translated in strings.items() if key)


def _source(file: Path) -> str:
    language = LANGUAGE.search(file.as_posix())
    name = file.name.removesuffix(".gz")
    kind = "text" if name.endswith(".mo") or "/man/" in file.as_posix() else kind_of(name, "").value
    return f"{kind} {language[1] if language else Path(name).suffix[:8].lower()}".rstrip()


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    config = Config(select=tuple(options.codes.split(",")))
    shown = Config(select=tuple(options.show.split(",")))
    rules = [rule for rule in RULES if config.wants(rule.code)]
    counts: dict[str, Count] = defaultdict(Count)
    edits: dict[str, list[str]] = defaultdict(list)
    start = perf_counter()
    for file in files(options.paths):
        source = _source(file)
        room = options.limit - counts[source].characters if source in counts else options.limit
        text = _read(file)[:room] if room > 0 else ""
        if not text:
            continue
        result = repair(text, rules=rules, name=file.name.removesuffix(".gz").removesuffix(".mo"))
        counts[source].add(result)
        for finding in (*result.findings, *result.remaining):
            if finding.safety is Safety.SAFE or shown.wants(finding.code):
                edits[finding.code].append(f"{file}: {_shown(result, finding)}")
    _print(counts, edits, perf_counter() - start)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--limit", type=int, default=1_000_000, help="characters of each source")
    parser.add_argument("--codes", default="ALL", help="rules to run: codes or their beginnings")
    parser.add_argument("--show", default="-", metavar="CODES", help="print all of these")
    return parser.parse_args(arguments)


def _shown(result: Repaired, finding: Finding) -> str:
    start, end = finding.start, finding.end
    before = result.original[max(start - CONTEXT, 0) : start]
    after = result.original[end : end + CONTEXT]
    damaged = result.original[start:end][: 2 * CONTEXT]
    shown = visible(f"{before}[{damaged}]{after}".replace("\n", "⏎"))
    return f"{shown} -> {visible(repr(finding.new))}"


def _print(counts: dict[str, Count], edits: dict[str, list[str]], seconds: float) -> None:
    total: Counter[tuple[str, Safety]] = sum((c.findings for c in counts.values()), Counter())
    characters = sum(count.characters for count in counts.values())
    for code, lines in sorted(edits.items()):
        print(f"{code}: {len(lines)}")
        for line in lines:
            print(f"  {line}")
    print(f"{'source':16}{'texts':>8}{'characters':>14}{'words':>12}  SAFE  codes")
    for source, count in sorted(counts.items()):
        safe = sum(n for (_, safety), n in count.findings.items() if safety is Safety.SAFE)
        codes = Counter({code: 0 for code, _ in count.findings})
        for (code, _), number in count.findings.items():
            codes[code] += number
        named = " ".join(f"{code}:{number}" for code, number in codes.most_common(8))
        print(f"{source:16}{count.texts:8}{count.characters:14,}{count.words:12,}{safe:6}  {named}")
    print(f"\n{'code':6}{'name':34}{'SHOW':>9}{'LIKELY':>9}{'SAFE':>9}{'SAFE per million':>18}")
    for rule in RULES:
        by = [total[rule.code, safety] for safety in Safety]
        if any(by):
            rate = by[Safety.SAFE] / characters * 1e6
            print(f"{rule.code:6}{rule.name:34}{by[0]:9}{by[1]:9}{by[2]:9}{rate:18.3f}")
    words = sum(count.words for count in counts.values())
    print(f"\n{characters:,} characters, {words:,} words, {len(counts)} sources, {seconds:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
