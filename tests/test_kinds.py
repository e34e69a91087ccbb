"""What kind of text an input is."""

from __future__ import annotations

import pytest

from repair.kinds import kind_of
from repair.types import Kind

NAMES = {
    "a.html": Kind.MARKUP,
    "page.tmpl": Kind.MARKUP,
    "README.md": Kind.MARKDOWN,
    "docs\\page.MD": Kind.MARKDOWN,
    "a.py": Kind.CODE,
    "Makefile": Kind.CODE,
    "a.pod": Kind.CODE,
    "a.json": Kind.DATA,
    "de.po": Kind.DATA,
    "a.eml": Kind.DATA,
    "a.txt": Kind.TEXT,
    "a.csv": Kind.TEXT,
    "README": Kind.TEXT,
    ".bashrc": Kind.TEXT,
}

BEGINNINGS = {
    "": Kind.TEXT,
    "Some prose.": Kind.TEXT,
    "\n<!DOCTYPE html>": Kind.MARKUP,
    "#!/bin/sh\n": Kind.CODE,
    '.\\" A page\n.TH CAT 1\n': Kind.CODE,
    ".TH CAT 1\n": Kind.CODE,
    ".. note:: not of roff\n": Kind.TEXT,
    '{"a": 1}': Kind.DATA,
    "{curly prose} here": Kind.TEXT,
    'msgid ""\nmsgstr ""\n': Kind.DATA,
    "BEGIN:VCARD\nFN:A\nEND:VCARD\n": Kind.DATA,
    "From a@b.org Mon Jan  1\nReceived: from x\n\tby y\n": Kind.DATA,
    "Subject: hello\n world\nFrom: a@b.org\nMIME-Version: 1.0\n\ntext": Kind.DATA,
    "Subject: hello\n\nMessage-ID: is a field of mail": Kind.TEXT,
    "Subject: hello\nFrom: me\n\ntext": Kind.TEXT,
}


@pytest.mark.parametrize(("name", "kind"), NAMES.items(), ids=NAMES)
def test_by_name(name: str, kind: Kind) -> None:
    assert kind_of(name, "") is kind


@pytest.mark.parametrize(("text", "kind"), BEGINNINGS.items())
def test_by_beginning(text: str, kind: Kind) -> None:
    assert kind_of(None, text) is kind
