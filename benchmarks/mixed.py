"""How many lines of files in several encodings come out right, and how many are split wrongly.

Run ``python -m benchmarks.mixed --man FOLDER``: the lines are from man pages, see
``encoding_cases``. Files in one encoding are those of ``benchmarks.detection``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from benchmarks.encoding_cases import man_cases, man_lines, peer_cases, read
from repair import Config, decode, repair
from repair.detect import detect
from repair.detect.mixed import segments

KINDS = {
    "UTF-8 + cp1252": ("fr de es pt_BR sv da", ("utf-8", "cp1252")),
    "UTF-8 + cp1250": ("cs pl hu", ("utf-8", "cp1250")),
    "UTF-8 + GBK": ("zh_CN", ("utf-8", "gbk")),
    "UTF-8 + EUC-KR": ("ko", ("utf-8", "euc_kr")),
    "UTF-8 + cp1251 + KOI8-R": ("ru", ("utf-8", "cp1251", "koi8-r")),
    "cp1251 + KOI8-R": ("ru", ("cp1251", "koi8-r")),
    "Shift_JIS + EUC-JP": ("ja", ("shift_jis", "euc_jp")),
    "GBK + Big5": ("zh_CN zh_TW", ("gbk", "big5")),
    "cp1252 + cp850": ("de fr es", ("cp1252", "cp850")),
}
SHAPES = ("in blocks", "interleaved", "a line or two")
PLAIN = ("# configuration", "key = value", "", "2024-01-02 10:11:12 INFO id=4711", "return x + y;")
LINES = 15
FILES = 8


class Line(NamedTuple):
    data: bytes
    text: str


def mixed_files(folder: Path, shortest: int, longest: int) -> Iterator[tuple[str, str, list[Line]]]:
    """Yield kind, shape and lines of files that nobody could call one encoding."""
    for kind, (languages, encodings) in KINDS.items():
        random = Random(kind)
        for number in range(FILES * len(SHAPES)):
            chosen = languages.split()
            own = chosen if kind == "GBK + Big5" else [random.choice(chosen)] * len(encodings)
            groups = [
                list(_encoded(man_lines(folder, language), encoding, random, shortest, longest))
                for language, encoding in zip(own, encodings, strict=True)
            ]
            shape = SHAPES[number % len(SHAPES)]
            if all(groups):
                yield kind, shape, list(_with_plain(_arranged(groups, shape, random), random))


def _encoded(
    lines: list[str], encoding: str, random: Random, shortest: int, longest: int
) -> Iterator[Line]:
    fitting = [line for line in lines if len(line) >= shortest]
    for line in random.sample(fitting, min(LINES, len(fitting))):
        start = 0 if len(line) <= longest else random.randrange(len(line) - longest)
        part = line[start : start + longest].strip()
        try:
            data = part.encode(encoding)
        except UnicodeEncodeError:
            continue
        if not data.isascii():
            yield Line(data, part)


def _arranged(groups: list[list[Line]], shape: str, random: Random) -> list[Line]:
    if shape == "a line or two":
        lines = list(groups[0])
        for group in groups[1:]:
            for line in random.sample(group, min(random.choice((1, 2)), len(group))):
                lines.insert(random.randrange(len(lines) + 1), line)
        return lines
    lines = [line for group in groups for line in group]
    if shape == "interleaved":
        random.shuffle(lines)
    return lines


def _with_plain(lines: list[Line], random: Random) -> Iterator[Line]:
    for line in lines:
        yield line
        while random.random() < 0.3:
            plain = random.choice(PLAIN)
            yield Line(plain.encode(), plain)


def decoded_lines(data: bytes) -> list[str]:
    """Return the lines of the input, each in the encoding of its segment."""
    parts = (
        data[part.start : part.end].decode(part.encoding, "replace")
        for part in segments(data, detect(data))
    )
    return "".join(parts).split("\n")


def measure(folder: Path, shortest: int, longest: int) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    files: Counter[str] = Counter()
    size, start = 0, perf_counter()
    for kind, shape, lines in mixed_files(folder, shortest, longest):
        data = b"\n".join(line.data for line in lines)
        size += len(data)
        ours = decoded_lines(data)
        whole = len(ours) == len(lines)
        for number, line in enumerate(lines):
            if not line.data.isascii():
                good = number < len(ours) and ours[number] == line.text
                whole &= good
                for key in (kind, shape, "all lines"):
                    right[key] += good
                    total[key] += 1
        files["exact"] += whole
        files["all"] += 1
    for key in (*KINDS, *SHAPES, "all lines"):
        print(f"{key:26}{total[key]:8}{right[key] / max(total[key], 1):10.1%}")
    rate = size / 1e6 / (perf_counter() - start)
    print(
        f"{'whole files':26}{files['all']:8}{files['exact'] / files['all']:10.1%}  {rate:.2f} MB/s"
    )


def repairs(folder: Path, shortest: int, longest: int) -> None:
    """Print what becomes of lines, and of bytes within lines, that are repaired in place."""
    counts: Counter[str] = Counter()
    for kind, _, lines in mixed_files(folder, shortest, longest):
        _count(counts, lines)
        if "UTF-8 + cp125" in kind and "KOI8" not in kind:
            _count(counts, _with_strays(lines, kind[-6:], Random(kind)))
    for name, count in counts.items():
        print(f"{name:34}{count:8}")


def _with_strays(lines: list[Line], encoding: str, random: Random) -> list[Line]:
    """Write one letter of some lines of UTF-8 in another encoding."""
    out = []
    for line in lines:
        at = [
            n for n, c in enumerate(line.text) if not c.isascii() and c.encode(encoding, "ignore")
        ]
        if line.data.isascii() or len(at) < 2 or random.random() < 0.5:
            out.append(Line(line.text.encode(), line.text))
            continue
        place = random.choice(at)
        before, letter, after = line.text[:place], line.text[place], line.text[place + 1 :]
        out.append(Line(before.encode() + letter.encode(encoding) + after.encode(), line.text))
    return out


def _count(counts: Counter[str], lines: list[Line]) -> None:
    data = b"\n".join(line.data for line in lines)
    decoded = decode(data)
    before = decoded.text.split("\n")
    for name, unsafe in (("safe", False), ("likely", True)):
        after = repair(decoded.text, config=Config(select=("B",), unsafe_fixes=unsafe)).text
        for line, old, new in zip(lines, before, after.split("\n"), strict=True):
            damaged = any("\udc80" <= character <= "\udcff" for character in old)
            if damaged:
                wrong = "left" if new == old else "wrong"
                counts[f"{name}: {'right' if new == line.text else wrong}"] += 1


def split_wrongly(folder: Path) -> None:
    """Print which files in one encoding are taken for several."""
    split = total = 0
    for case in (*peer_cases(), *man_cases(folder)):
        if case.encoding and case.form in ("whole file", "man page, whole file"):
            found = detect(case.data)
            parts = segments(case.data, found)
            total += 1
            text = "".join(read(case.data[p.start : p.end], p.encoding) or "" for p in parts)
            if len(parts) > 1 and text != read(case.data, found.encoding):
                split += 1
                print(
                    f"split: {case.name} ({case.encoding}): {sorted({p.encoding for p in parts})}"
                )
    print(f"{'split by mistake':26}{total:8}{split / total:10.2%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--man", type=Path, required=True, help="folder with a folder per language")
    options = parser.parse_args()
    print("long lines")
    measure(options.man, 15, 160)
    print("short lines")
    measure(options.man, 8, 24)
    print("repaired in place, long lines")
    repairs(options.man, 15, 160)
    print("repaired in place, short lines")
    repairs(options.man, 8, 24)
    split_wrongly(options.man)


if __name__ == "__main__":
    main()
