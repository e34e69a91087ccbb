r"""What kind of text an input is, by its name or else by how it begins.

In some kinds an escape or an odd character is how things are written: ``&amp;`` belongs in
HTML, ``\u4e2d`` in source code.
"""

from __future__ import annotations

from repair.types import Kind

_SUFFIXES = {
    Kind.MARKUP: """
        htm html xhtml xml svg xsl xslt xsd rss atom opml kml gpx vue jsp asp aspx php dtd wsdl
        xlf xliff tmx plist resx sgml mathml
    """,
    Kind.CODE: """
        py pyi pyx rb pl pm js jsx mjs cjs ts tsx java kt kts scala groovy c h cc cpp cxx hh hpp
        hxx m mm cs fs fsx vb go rs swift d nim zig lua r jl php3 sh bash zsh fish ps1 psm1 bat
        cmd awk sed sql el lisp clj cljs scm rkt hs ml mli ex exs erl hrl v sv vhd vhdl asm s f
        f90 f95 pas ada adb ads coffee dart css scss sass less tex sty cls bib cmake mk gradle tf
        proto graphql vim diff patch
    """,
    Kind.DATA: """
        json jsonl ndjson json5 geojson ipynb yaml yml toml ini cfg conf properties env lock eml
        mbox ics vcf ldif po pot
    """,
    Kind.TEXT: "txt text md markdown rst adoc csv tsv log srt vtt",
}
_BY_SUFFIX = {suffix: kind for kind, names in _SUFFIXES.items() for suffix in names.split()}

_CODE_NAMES = frozenset({"makefile", "dockerfile", "rakefile", "gemfile", "cmakelists.txt"})
_MARKUP_STARTS = ("<!doctype", "<html", "<?xml", "<?php", "<svg", "<!--")
# As far as a declaration may be from the beginning.
HEAD = 256


def kind_of(name: str | None, text: str) -> Kind:
    """Return the kind of ``text``; ``name`` is a file name or path, if there is one."""
    if name is not None:
        last = name.replace("\\", "/").rpartition("/")[2].lower()
        if last in _CODE_NAMES:
            return Kind.CODE
        found = _BY_SUFFIX.get(last.rpartition(".")[2]) if "." in last else None
        if found is not None:
            return found
    return _by_beginning(text)


def _by_beginning(text: str) -> Kind:
    head = text[:HEAD].lstrip().lower()
    if head.startswith(_MARKUP_STARTS):
        return Kind.MARKUP
    if head.startswith("#!"):
        return Kind.CODE
    if head.startswith(("{", "[")) and text[-HEAD:].rstrip().endswith(("}", "]")):
        return Kind.DATA
    return Kind.TEXT
