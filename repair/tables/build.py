"""Makes the tables and models of this package from the sources beside it.

    python -m repair.tables.build           writes them
    python -m repair.tables.build --check   fails unless they are what it would write

Needs no network: ``sources/`` holds the raw material, ``SOURCES.toml`` says whence it came.
"""

from __future__ import annotations

import hashlib
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

from repair.tables import (
    build_hanzi,
    build_ideographs,
    build_invisible,
    build_languages,
    build_pages,
    build_scripts,
    build_words,
)

HERE = Path(__file__).parent

BUILDERS: dict[str, Callable[[Callable[[str], str]], bytes]] = {
    "hanzi.tsv": build_hanzi.hanzi_table,
    "farm_keys.tsv": build_hanzi.farm_key_table,
    "zh_words.bin": build_words.word_model,
    "scripts.tsv": build_scripts.script_table,
    "homoglyphs.tsv": build_scripts.homoglyph_table,
    "known_words.bin": build_scripts.known_words,
    "unassigned.tsv": build_invisible.unassigned_table,
    "radicals.tsv": build_invisible.radical_table,
    "ideographs.bin": build_ideographs.ideograph_table,
    "pages.bin": build_pages.page_table,
    "languages.bin": build_languages.language_model,
}


def source(name: str) -> str:
    """Return the text of a source, after a look at its hash.

    Raises:
        ValueError: the file is not the one that SOURCES.toml records.
    """
    data = (HERE / "sources" / name).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if f'sha256 = "{digest}"' not in (HERE / "SOURCES.toml").read_text(encoding="utf-8"):
        msg = f"sources/{name}: SHA-256 {digest} is not recorded in SOURCES.toml"
        raise ValueError(msg)
    return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")


def main(arguments: list[str]) -> int:
    """Build or check all tables; return the exit status."""
    stale = 0
    for name, build in BUILDERS.items():
        path, data = HERE / name, build(source)
        if arguments == ["--check"]:
            if not path.exists() or path.read_bytes() != data:
                sys.stderr.write(f"{name} is not current: run python -m repair.tables.build\n")
                stale = 1
        else:
            path.write_bytes(data)
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
