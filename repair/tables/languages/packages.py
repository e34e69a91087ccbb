"""Fetches the packages by their ordinary clients, unpacks them, and says which they were."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from repair.tables.languages.catalogue import Language


class Kind(NamedTuple):
    """A family of packages: its client, its name with a place for the language's, its licence."""

    client: str
    name: str
    licence: str


KINDS = {
    "firefox": Kind("apt", "firefox-esr-l10n-{}", "MPL-2.0"),
    "libreoffice": Kind("apt", "libreoffice-l10n-{}", "MPL-2.0"),
    "libreoffice_help": Kind("apt", "libreoffice-help-{}", "MPL-2.0"),
    "tesseract": Kind("apt", "tesseract-ocr-{}", "Apache-2.0"),
    "ipadic": Kind("apt", "mecab-ipadic", "IPADIC"),
    "django": Kind("pip", "django==5.2.19", "BSD-3-Clause"),
    "lingua": Kind("pip", "lingua-language-detector==1.3.5", "Apache-2.0"),
    "langdetect": Kind("pip", "langdetect==1.0.9", "Apache-2.0"),
    "cldr_annotations": Kind("npm", "cldr-annotations-full@48.2.0", "Unicode-3.0"),
    "cldr_names": Kind("npm", "cldr-localenames-full@48.2.0", "Unicode-3.0"),
}


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it was fetched: ``content`` is the folder it was unpacked to."""

    kind: str
    file: Path
    content: Path

    def row(self) -> str:
        """A line of ``language-packages.tsv``."""
        digest = hashlib.sha256(self.file.read_bytes()).hexdigest()
        return f"{self.file.name}\t{KINDS[self.kind].licence}\t{digest}"


def fetch(folder: Path, languages: Iterable[Language]) -> dict[tuple[str, str], Package]:
    """Return the packages by kind and the language's name in it ("" if all are in one)."""
    wanted: dict[tuple[str, str], str] = {}
    for language in languages:
        for kind, names in language.names.items():
            if kind in KINDS and "{}" in KINDS[kind].name:
                wanted |= {(kind, name): KINDS[kind].name.format(name) for name in names}
    wanted |= {(key, ""): kind.name for key, kind in KINDS.items() if "{}" not in kind.name}
    return {key: _package(folder, key[0], name) for key, name in sorted(wanted.items())}


def _package(folder: Path, kind: str, name: str) -> Package:
    file, content = unpacked(folder, KINDS[kind].client, name)
    return Package(kind, file, content)


def unpacked(folder: Path, client: str, name: str) -> tuple[Path, Path]:
    """Return a package and what is in it; fetch it if it is not in the folder yet."""
    download, content = folder / "downloads" / name, folder / "content" / name
    download.mkdir(parents=True, exist_ok=True)
    if not any(download.iterdir()):
        _download(client, name, download)
    (file,) = download.iterdir()
    if not content.exists():
        content.mkdir(parents=True)
        _unpack(file, content)
    return file, content


def _download(client: str, name: str, into: Path) -> None:
    commands = {
        "apt": ["apt-get", "download", "-qq", name],
        "pip": ["pip", "download", "--quiet", "--no-deps", name],
        "npm": ["npm", "pack", "--silent", name],
    }
    subprocess.run(commands[client], cwd=into, check=True)  # noqa: S603


def _unpack(file: Path, into: Path) -> None:
    if file.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(file), str(into)], check=True)  # noqa: S603, S607
        return
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(into)  # noqa: S202 - zipfile drops ".." itself
        return
    with tarfile.open(file) as archive:
        archive.extractall(into, filter="data")


def files(package: Package, pattern: str) -> Iterator[Path]:
    """Yield the files of a package that match, in a fixed order."""
    yield from sorted(package.content.rglob(pattern))
