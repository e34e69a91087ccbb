"""Sentences, labels and names of a language from the packages that carry translated text."""

from __future__ import annotations

import gettext
import html
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from repair.patterns import pattern
from repair.tables.languages.packages import Package, files

# What stands for something else in a message: variables, tags, accelerators, escapes.
HOLES = pattern(
    r"<[^<>]*>|\{[^{}]*\}|%\d*\$?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%\([^)]*\)[sd]|%[A-Z_]+%?|"
    r"\$\(?\w+\)?|&\w+;|#\d+|\\[nrtu\\\"'][0-9a-fA-F]{0,4}|https?://\S+|[\w.-]+@[\w.-]+"
)
ACCELERATORS = pattern(r"\(?[&~_](?=\w)(?:[A-Z]\))?")
SPACES = pattern(r"\s+")

PROPERTY = pattern(r"^[\w.\-\[\]]+\s*=\s*(.+)$")
FLUENT = pattern(r"^(?:[\w.-]+|\s+\.[\w-]+|\s+\*?\[[^\]]*\])\s*=?\s*(.*)$")
PARAGRAPH = pattern(r"<(p|h[1-6])\b[^>]*>(.*?)</\1>", re.DOTALL)


def lines(raw: Iterator[str]) -> Iterator[str]:
    """Yield each text once, without what is not language."""
    seen = set()
    for text in raw:
        clean = SPACES.sub(" ", ACCELERATORS.sub("", HOLES.sub(" ", html.unescape(text)))).strip()
        if len(clean) > 1 and clean not in seen:
            seen.add(clean)
            yield clean


def firefox(package: Package, name: str) -> Iterator[str]:  # noqa: ARG001
    """Messages of the browser."""
    for path in files(package, "*.xpi"):
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.namelist()):
                if member.endswith((".ftl", ".properties")):
                    yield from _messages(archive.read(member).decode("utf-8"), member)


def _messages(text: str, member: str) -> Iterator[str]:
    pattern = FLUENT if member.endswith(".ftl") else PROPERTY
    for line in text.splitlines():
        if not line.startswith(("#", "!")):
            match = pattern.match(line)
            if match:
                yield match[1]
            elif line.startswith("    "):
                yield line


def libreoffice(package: Package, name: str) -> Iterator[str]:
    """Messages of the office suite; a package may hold two scripts."""
    folders = {"ca-valencia": "ca@valencia", "sr-Latn": "sr@latin"}
    place = folders.get(name, name).replace("-", "_").lower()
    for path in files(package, "*.mo"):
        if path.parts[-3].lower() == place:
            yield from _catalogue(path)


def _catalogue(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for key, value in catalogue.items():
        original = key[0] if isinstance(key, tuple) else key
        if original and value != original.rpartition("\x04")[2]:
            yield value


def libreoffice_help(package: Package, name: str) -> Iterator[str]:  # noqa: ARG001
    """Paragraphs and headings of the help pages."""
    for path in files(package, "*.html"):
        for _, text in PARAGRAPH.findall(path.read_text(encoding="utf-8")):
            yield re.sub("<[^>]*>", "", text)


def django(package: Package, name: str) -> Iterator[str]:
    """Messages of the web framework, names of months and languages among them."""
    for path in files(package, "django.mo"):
        if path.parts[-3] == name:
            yield from _catalogue(path)


def cldr_annotations(package: Package, name: str) -> Iterator[str]:
    """What emoji are called, and words that come to mind."""
    for path in files(package, "annotations.json"):
        if path.parent.name == name:
            data = json.loads(path.read_text(encoding="utf-8"))
            for entry in data["annotations"].get("annotations", {}).values():
                yield from (text for texts in entry.values() for text in texts)


def cldr_names(package: Package, name: str) -> Iterator[str]:
    """Names of languages, scripts and territories."""
    for path in files(package, "*.json"):
        if path.parent.name == name:
            yield from _strings(json.loads(path.read_text(encoding="utf-8"))["main"])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


READERS: dict[str, Callable[[Package, str], Iterator[str]]] = {
    "firefox": firefox,
    "libreoffice": libreoffice,
    "libreoffice_help": libreoffice_help,
    "django": django,
    "cldr_annotations": cldr_annotations,
    "cldr_names": cldr_names,
}
