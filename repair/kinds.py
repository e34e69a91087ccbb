r"""What kind of text an input is, by its name or else by how it begins.

In some kinds an escape or an odd character is how things are written: ``&amp;`` belongs in
HTML, ``\u4e2d`` in source code.
"""

from __future__ import annotations

from repair.patterns import pattern
from repair.types import Kind

_SUFFIXES = {
    Kind.MARKUP: """
        htm html xhtml xml svg xsl xslt xsd rss atom opml kml gpx vue jsp asp aspx php dtd wsdl
        xlf xliff tmx plist resx sgml mathml ent dbk docbook svelte astro erb ejs haml hbs
        mustache jinja j2 twig liquid njk pug slim jspx ftl cshtml razor xaml axml csproj fsproj
        vbproj vcxproj props targets nuspec tmpl tpl
    """,
    Kind.MARKDOWN: "md markdown mdown mkd mdx rmd qmd wiki mediawiki textile creole",
    Kind.CODE: """
        py pyi pyx rb pl pm js jsx mjs cjs ts tsx java kt kts scala groovy c h cc cpp cxx hh hpp
        hxx m mm cs fs fsx vb go rs swift d nim zig lua r jl php3 sh bash zsh fish ps1 psm1 bat
        cmd awk sed sql el lisp clj cljs scm rkt hs ml mli ex exs erl hrl v sv vhd vhdl asm s f
        f90 f95 pas ada adb ads coffee dart css scss sass less tex sty cls bib cmake mk gradle tf
        proto graphql vim diff patch pod t tcl texi texinfo rd ltx dtx dic aff in ac am m4 y l
    """,
    Kind.DATA: """
        json jsonl ndjson json5 jsonld geojson ipynb yaml yml toml ini cfg conf properties env
        lock eml mbox mbx mht mhtml ics vcf ldif po pot strings desktop service reg inf rc har
        map avsc arb xcstrings webmanifest
    """,
    Kind.TEXT: "txt text rst adoc csv tsv log srt vtt",
}
_BY_SUFFIX = {suffix: kind for kind, names in _SUFFIXES.items() for suffix in names.split()}

_CODE_NAMES = frozenset({"makefile", "dockerfile", "rakefile", "gemfile", "cmakelists.txt"})
_MARKUP_STARTS = ("<!doctype", "<html", "<?xml", "<?php", "<svg", "<!--")
# As far as a declaration may be from the beginning.
HEAD = 256

# A message of mail, as it travels: two fields of a header, one of them of mail alone.
_FIELD = r"[\w-]+:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*"
_MAIL = pattern(
    rf"\s*(?:from \S+ [^\n]*\n)?(?:{_FIELD})*?"
    r"(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature|in-reply-to|"
    r"content-transfer-encoding):[ \t]"
)
_DATA_STARTS = ("begin:vcard", "begin:vcalendar", 'msgid "')
# Requests of roff, in which man pages are written.
_ROFF = pattern(r"""(?m)\A(?:['.]\\"|\.(?:TH|Dd|SH|so|de|ie|if|nr|ds) )""")


def kind_of(name: str | None, text: str) -> Kind:
    """Return the kind of ``text``; ``name`` is a file name or path, if there is one."""
    found = None if name is None else kind_by_name(name)
    return kind_by_beginning(text) if found is None else found


def kind_by_name(name: str) -> Kind | None:
    """Return the kind of text that a file or path of this name is; ``None`` if it may be any."""
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    if last in _CODE_NAMES:
        return Kind.CODE
    return _BY_SUFFIX.get(last.rpartition(".")[2]) if "." in last else None


def kind_by_beginning(text: str) -> Kind:
    """Return the kind of text that begins, and ends, like this."""
    beginning = text[:HEAD]
    head = beginning.lstrip().lower()
    if head.startswith(_MARKUP_STARTS):
        return Kind.MARKUP
    if head.startswith("#!") or _ROFF.match(beginning):
        return Kind.CODE
    if head.startswith(("{", "[")) and text[-HEAD:].rstrip().endswith(("}", "]")):
        return Kind.DATA
    if head.startswith(_DATA_STARTS) or _MAIL.match(text[: 16 * HEAD].lower()):
        return Kind.DATA
    return Kind.TEXT
