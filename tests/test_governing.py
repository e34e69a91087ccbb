"""Declarations of an encoding that programs act on, and what is only quoted."""

from __future__ import annotations

import pytest

from repair.detect.declared import known
from repair.detect.encodings import NAMES
from repair.detect.governing import governing, is_multipart, transfer, usual_name

LONG = "text\n" * 3000
MAIL = "From: a@example.org\nMIME-Version: 1.0\n"
PO = '# Polish\nmsgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<!DOCTYPE html>\n<html><head><meta charset=koi8-r>", ["koi8-r"]),
        ("<html><meta charset = 'ISO-8859-1' />", ["ISO-8859-1"]),
        (
            '<!-- x --><HTML><META http-equiv=Content-Type content="text/html; charset=big5">',
            ["big5"],
        ),
        (
            '<html><meta content="text/html; charset=big5" http-equiv="Content-Type">',
            ["big5"],
        ),
        (
            "<?xml version='1.0' encoding='euc-jp'?>\n<html><meta charset='utf-8'>",
            ["euc-jp", "utf-8"],
        ),
        ('<?xml version="1.0" encoding="ISO-8859-2"?><a/>', ["ISO-8859-2"]),
        ('@charset "shift_jis";\na {}', ["shift_jis"]),
        ("# -*- coding: latin-1 -*-\n", ["latin-1"]),
        ("#!/usr/bin/python\n# coding=cp1252\n", ["cp1252"]),
        ("\n# encoding: koi8-r\n", ["koi8-r"]),
        (";; -*- mode: lisp; coding: iso-8859-15-unix -*-\n", ["iso-8859-15"]),
        ("\\documentclass{a}\n% -*- coding: cp850 -*-\n", []),  # behind no comment
        ("/* vi: set ts=4 fenc=cp1250: */\n", ["cp1250"]),
        (LONG + "# vim: fileencoding=euc-kr\n", ["euc-kr"]),
        (LONG + "# vim: fileencoding=euc-kr", ["euc-kr"]),
        (LONG + "# Local Variables:\n# mode: text\n# coding: euc-kr-dos\n# End:\n", ["euc-kr"]),
        (PO + '"Content-Type: text/plain; charset=ISO-8859-2\\n"\n', ["ISO-8859-2"]),
        (MAIL + 'Content-Type: text/plain;\n\tcharset="windows-1251"\n\nbody', ["windows-1251"]),
        (MAIL.replace("\n", "\r\n") + "Content-Type: text/html; charset=big5\r\n\r\n", ["big5"]),
        (
            MAIL + "Content-Type: text/html; charset=big5\nContent-Transfer-Encoding: 8bit\n\n",
            ["big5"],
        ),
    ],
)
def test_what_governs(text: str, names: list[str]) -> None:
    found = list(governing(text))
    assert [place.name for place in found] == names
    assert [text[place.start : place.end] for place in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "An article about <meta charset=koi8-r> in pages\n",
        "x = b'<meta charset=koi8-r>'\n",
        "<html><!-- <meta charset=koi8-r> -->",
        "<html><script>'<meta charset=koi8-r>'</script>",
        "<html><title><meta charset=koi8-r></title>",
        '<html><meta name="description" content="how charset=koi8-r works">',
        "<html><body><meta charset=koi8-r>",
        "<html><meta charset=nonsense>",
        "<html><meta charset=hex>",
        ' <?xml version="1.0" encoding="koi8-r"?>',
        'a {}\n@charset "koi8-r";',
        "# a\n# b\n# coding: koi8-r\n",
        "# what the encoding: koi8-r means\n",
        "x = 1\n# coding: koi8-r\n",
        "coding: koi8-r\n",
        "text about vim: fenc=koi8-r\n",
        "a\n" * 6 + "# vim: fenc=koi8-r\n" + "a\n" * 6,
        'msgid "a"\nmsgstr "b"\n"Content-Type: text/plain; charset=koi8-r\\n"\n',
        "Content-Type: text/plain; charset=koi8-r\n\nno field that a message has",
        "HTTP/1.1 200 OK\nDate: now\nContent-Type: text/plain; charset=koi8-r\n\n",
        MAIL + "\nContent-Type: text/plain; charset=koi8-r\n\n",
        MAIL + "Content-Type: multipart/mixed; boundary=x; charset=koi8-r\n\n",
        MAIL + "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n",
        MAIL + "Content-Type: text/plain; charset=koi8-r\n"
        "Content-Transfer-Encoding: quoted-printable\n\n",
    ],
)
def test_what_is_only_quoted(text: str) -> None:
    assert not list(governing(text))


def test_parts_of_a_message() -> None:
    assert is_multipart(MAIL + "Content-Type: multipart/mixed; boundary=x\n\n")
    assert not is_multipart(MAIL + "Content-Type: text/plain\n\nmultipart/mixed")
    assert not is_multipart("Content-Type: multipart/mixed; boundary=x\n\n")


def test_how_a_message_is_transferred() -> None:
    text = MAIL + "Content-Transfer-Encoding:  7bit\n\n"
    assert [text[start:end] for start, end in transfer(text)] == ["7bit"]
    assert not list(transfer(MAIL + "Content-Transfer-Encoding: 8bit\n\n7bit"))


@pytest.mark.parametrize("name", NAMES)
def test_usual_names_are_understood(name: str) -> None:
    found = known(usual_name(name))
    assert found is not None
    assert found == name or name.startswith(found) or name == "cp950"


def test_capitals_are_kept() -> None:
    assert usual_name("utf-8", "ISO-8859-1") == "UTF-8"
    assert usual_name("utf-8", "Windows-1251") == "utf-8"
    assert usual_name("cp1251") == "windows-1251"
