"""B001, B002 and N102: inputs that are not in UTF-8, and what they say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.config import Config
from repair.decode import decode, encode
from repair.edits import apply, invert
from repair.engine import repair_bytes, repair_decoded
from repair.types import Repaired, Safety

UNSAFE = Config(unsafe_fixes=True)
ONLY = Config(select=("B00", "N1"))
ONLY_UNSAFE = replace(ONLY, unsafe_fixes=True)

FRENCH = "Le caf\u00e9 de No\u00ebl est pr\u00eat, d\u00e9j\u00e0, \u00e0 la fen\u00eatre.\n"
RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах.\n"
JAPANESE = "すべての人間は、生れながらにして自由であり、尊厳と権利とについて平等である。\n"
POLISH = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i praw.\n"
CHINESE = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。\n"
KOREAN = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.\n"

MAIL = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset={}\n"

DECLARED = [
    ("<html><head><meta charset={}></head>\n<p>" + RUSSIAN, "koi8-r", "koi8-r", "utf-8"),
    (
        '<html><meta http-equiv="content-type" content="text/html; charset={}">\n' + RUSSIAN,
        "WINDOWS-1251",
        "cp1251",
        "UTF-8",
    ),
    ('<?xml version="1.0" encoding="{}"?>\n<a>' + POLISH + "</a>", "ISO-8859-2", "iso8859-2", ""),
    ('@charset "{}";\na::before {{ content: "' + FRENCH + '" }}', "iso-8859-1", "iso8859-1", ""),
    ("#!/usr/bin/python3\n# -*- coding: {} -*-\ns = '''" + FRENCH + "'''\n", "latin-1", "", ""),
    (";; -*- mode: lisp; coding: {}-unix -*-\n;; " + JAPANESE, "euc-jp", "euc_jp", "utf-8"),
    ("# " + JAPANESE + "# vim: fileencoding={}\n", "cp932", "cp932", "utf-8"),
    (JAPANESE * 60 + "# Local Variables:\n# coding: {}\n# End:\n", "shift_jis", "", "utf-8"),
    (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n\n'
        'msgid "x"\nmsgstr "' + POLISH.strip() + '"\n',
        "ISO-8859-2",
        "iso8859-2",
        "UTF-8",
    ),
    (MAIL + "\n" + KOREAN, "euc-kr", "euc_kr", "utf-8"),
]


def is_accounted_for(result: Repaired, data: bytes) -> bool:
    """Whether the account replays and can be undone to the byte."""
    assert result.decoded is not None
    assert result.data is not None
    assert result.encoding is not None
    back = apply(result.text, invert(result.original, result.edits))
    return (
        apply(result.original, result.edits) == result.text
        and back == result.original
        and encode(back, result.decoded) == data
        and (
            result.text.encode(result.encoding) == result.data
            if result.encoding != result.decoded.encoding
            else encode(result.text, result.decoded) == result.data
        )
    )


@pytest.mark.parametrize(("template", "name", "codec", "new"), DECLARED)
def test_a_declaration_is_rewritten_with_the_bytes(
    template: str, name: str, codec: str, new: str
) -> None:
    new = new or ("UTF-8" if name.isupper() else "utf-8")
    data = template.format(name).encode(codec or name)
    shown = repair_bytes(data, config=ONLY)
    assert shown.data == data
    assert [(f.code, f.new, f.safety) for f in shown.remaining] == [("B001", new, Safety.LIKELY)]
    place = shown.remaining[0]
    assert shown.original[place.start : place.end] == name

    done = repair_bytes(data, config=ONLY_UNSAFE)
    assert done.data == template.format(new).encode()
    assert is_accounted_for(done, data)
    assert not done.remaining
    again = repair_bytes(done.data, config=ONLY_UNSAFE)
    assert (again.data, again.findings, again.remaining) == (done.data, (), ())


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "cp1252"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "hz"),
        (KOREAN, "cp949"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-32-be"),
        (FRENCH, "cp037"),
    ],
)
def test_without_a_declaration_it_stands_before_the_text(text: str, codec: str) -> None:
    data = (text * 3).encode(codec)
    shown = repair_bytes(data, config=ONLY)
    assert [(f.code, f.start, f.end) for f in shown.remaining] == [("B001", 0, 0)]
    done = repair_bytes(data, config=ONLY_UNSAFE)
    if shown.remaining[0].safety is Safety.LIKELY:
        assert done.data == (text * 3).encode()
        assert is_accounted_for(done, data)
    else:  # which EBCDIC it is cannot be told so surely
        assert codec == "cp037"
        assert done.data == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        FRENCH.encode(),
        FRENCH.encode("utf-8-sig"),
        FRENCH.encode("utf-16"),
        FRENCH.encode("utf-32"),
        b"<html><meta charset=latin-1>all of it is ASCII",
        b"<html><meta charset=utf-8>" + FRENCH.encode(),
        "<html><meta charset=utf-16>Größe".encode("utf-16"),
        b"# -*- coding: utf8 -*-\n# " + FRENCH.encode(),
        FRENCH.encode() + b"\xff\n",
        b"\x89PNG\r\n\x1a\n\xe9\xe8",
    ],
)
def test_what_is_as_it_should_be(data: bytes) -> None:
    result = repair_bytes(data, config=ONLY_UNSAFE)
    assert (result.data, result.findings, result.remaining) == (data, (), ())


def test_a_guess_is_never_converted() -> None:
    data = FRENCH.encode("cp1252")
    doubtful = replace(decode(data), confidence=0.94)
    for config in (ONLY_UNSAFE, replace(ONLY_UNSAFE, target_encoding="utf-8")):
        result = repair_decoded(data, doubtful, config=config)
        assert result.data == data
        (finding,) = result.remaining
        assert (finding.new, finding.safety) == (None, Safety.SHOW)
        assert "not sure (94 %)" in finding.note


@pytest.mark.parametrize("data", [b"caf\xe9\n", b"\xb0\xa1\n", b"na\xefve", b"\x82\xa0"])
def test_a_word_is_too_little_to_convert(data: bytes) -> None:
    assert repair_bytes(data, config=ONLY_UNSAFE).data == data


def test_bytes_that_do_not_belong_keep_it_as_it_is() -> None:
    data = (RUSSIAN * 5).encode("cp1251") + b"\x98\n"
    result = repair_decoded(data, decode(data, encoding="cp1251"), config=ONLY_UNSAFE)
    assert result.data == data
    assert [(f.code, f.new) for f in result.remaining] == [("B001", None)]
    assert "the byte 98 does not belong" in result.remaining[0].note


def test_what_would_not_come_back_is_converted_only_where_that_is_asked_for() -> None:
    # Two bytes of cp932 for one sign; Python writes the other one
    data = (JAPANESE * 3 + "\u2252").encode("cp932").replace(b"\x81\xe0", b"\x87\x90")
    decoded = decode(data)
    assert not decoded.exact
    kept = repair_bytes(data, config=ONLY_UNSAFE)
    assert kept.data == data
    assert [(f.code, f.new) for f in kept.remaining] == [("B001", None)]
    asked = repair_bytes(data, config=replace(ONLY_UNSAFE, target_encoding="utf-8"))
    assert asked.data == (JAPANESE * 3 + "\u2252").encode()


def test_with_a_target_encoding_only_that_is_asked_for() -> None:
    data = (RUSSIAN * 3).encode("koi8-r")
    result = repair_bytes(data, config=replace(ONLY, target_encoding="koi8-r"))
    assert (result.data, result.remaining) == (data, ())


def test_a_target_encoding_rewrites_declarations() -> None:
    text = "<html><meta charset={}>" + RUSSIAN * 3
    data = text.format("utf-8").encode()
    done = repair_bytes(data, config=replace(ONLY, target_encoding="cp1251"))
    assert done.data == text.format("windows-1251").encode("cp1251")
    assert [f.code for f in done.findings] == ["N102"]
    assert is_accounted_for(done, data)
    assert not repair_bytes(done.data, config=replace(ONLY, target_encoding="cp1251")).remaining


def test_a_message_says_that_it_has_more_than_ascii() -> None:
    head = MAIL + "Content-Transfer-Encoding: {}\n\n"
    data = (head.format("iso-2022-jp", "7bit") + JAPANESE).encode("iso2022_jp")
    done = repair_bytes(data, config=ONLY_UNSAFE)
    assert done.data == (head.format("utf-8", "8bit") + JAPANESE).encode()
    assert is_accounted_for(done, data)


def test_a_message_of_parts_is_let_be() -> None:
    head = "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    data = (head + "Content-Type: text/plain; charset=koi8-r\n\n" + RUSSIAN * 3).encode("koi8-r")
    result = repair_bytes(data, config=ONLY_UNSAFE)
    assert result.data == data
    assert "parts" in result.remaining[0].note


# B002

WRONG = [
    ("<html><meta charset=iso-8859-1>" + FRENCH, "utf-8", "iso-8859-1", "utf-8"),
    ("<html><meta charset=utf-8>" + RUSSIAN * 3, "cp1251", "utf-8", "windows-1251"),
    ('<?xml version="1.0" encoding="UTF-16"?><a/>', "utf-8", "UTF-16", "UTF-8"),
    ("# coding: ascii\n# " + FRENCH, "utf-8", "ascii", "utf-8"),
]


@pytest.mark.parametrize(("text", "codec", "old", "new"), WRONG)
def test_a_wrong_declaration(text: str, codec: str, old: str, new: str) -> None:
    data = text.encode(codec)
    config = Config(select=("B002",))
    (finding,) = repair_bytes(data, config=config).remaining
    assert (finding.code, finding.new, finding.safety) == ("B002", new, Safety.LIKELY)
    done = repair_bytes(data, config=replace(config, unsafe_fixes=True))
    assert done.data == text.replace(old, new, 1).encode(codec)
    assert is_accounted_for(done, data)
    assert not repair_bytes(done.data, config=config).remaining


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("gb2312", "gb18030"),
        ("shift_jis", "cp932"),
        ("euc-kr", "cp949"),
        ("cp1252", "iso8859-1"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_a_name_for_what_is_a_little_wider(declared: str, codec: str) -> None:
    text = {"cp1252": FRENCH + "\u201eja\u201c", "gb18030": CHINESE + "國", "cp932": JAPANESE + "①"}
    data = f"<html><meta charset={declared}>{text.get(codec, FRENCH)}"
    if codec == "cp949":
        data = f"<html><meta charset={declared}>{KOREAN}똠"
    assert not repair_bytes(data.encode(codec), config=Config(select=("B002",))).remaining


def test_a_wrong_declaration_of_what_is_converted_names_utf_8() -> None:
    text = "<html><meta charset={}>" + RUSSIAN * 3
    data = text.format("iso-8859-5").encode("cp1251")
    shown = repair_bytes(data, config=ONLY)
    assert [(f.code, f.new) for f in shown.remaining] == [("B001", ""), ("B002", "utf-8")]
    done = repair_bytes(data, config=ONLY_UNSAFE)
    assert done.data == text.format("utf-8").encode()
    assert is_accounted_for(done, data)
    ignoring = replace(ONLY_UNSAFE, ignore=("B002",))
    other = repair_bytes(data, config=ignoring)
    assert other.data == done.data
    assert [f.code for f in other.findings] == ["B001"]
    assert is_accounted_for(other, data)


def test_doubt_about_the_bytes_is_doubt_about_the_declaration() -> None:
    data = b"<html><meta charset=koi8-r>" + (FRENCH * 2).encode("cp1252")
    doubtful = replace(decode(data), encoding="cp1252", text=data.decode("cp1252"), confidence=0.5)
    assert not repair_decoded(data, doubtful, config=Config(select=("B002",))).remaining
    data = data.replace(b"koi8-r", b"utf-8")
    doubtful = replace(doubtful, text=data.decode("cp1252"))
    (finding,) = repair_decoded(data, doubtful, config=Config(select=("B002",))).remaining
    assert (finding.new, finding.safety) == (None, Safety.SHOW)


# With the rest

COMMENT = "<html><meta charset={}><!-- textrepair: ignore-file[{}] -->\n" + RUSSIAN * 3


def test_comments_are_obeyed() -> None:
    config = replace(ONLY_UNSAFE, inline_ignores=True)
    data = COMMENT.format("koi8-r", "B001").encode("koi8-r")
    result = repair_bytes(data, config=config)
    assert (result.data, result.findings, result.remaining) == (data, (), ())
    data = COMMENT.format("iso-8859-5", "B002").encode("koi8-r")
    result = repair_bytes(data, config=config)
    assert [f.code for f in result.findings] == ["B001"]
    assert result.data == COMMENT.format("utf-8", "B002").encode()
    data = COMMENT.format("utf-8", "B001").encode()
    assert [f.code for f in repair_bytes(data, config=config).remaining] == ["N101"]


def test_repairs_and_conversion_are_one_account() -> None:
    text = "<html><meta charset=windows-1252>exam\u00adple {}\n" + FRENCH * 3
    data = text.format("d\u00c3\u00a9j\u00c3\u00a0 \u00e2\u2020\u2019").encode("cp1252")
    config = Config(select=("B001", "M", "I"), unsafe_fixes=True)
    done = repair_decoded(data, decode(data, encoding="cp1252"), config=config)
    assert done.data is not None
    assert b"charset=utf-8" in done.data
    assert "d\u00e9j\u00e0 \u2192".encode() in done.data
    assert is_accounted_for(done, data)


TEXTS = [FRENCH, RUSSIAN, JAPANESE, POLISH, CHINESE, KOREAN, "<html><meta charset=koi8-r>", "a\n"]
CODECS = ["cp1252", "koi8-r", "cp932", "iso8859-2", "gb18030", "cp949", "utf-16", "utf-8"]


@given(
    st.lists(st.sampled_from(TEXTS), max_size=6),
    st.sampled_from(CODECS),
    st.sampled_from([False, True]),
)
def test_every_account_replays_and_settles(
    texts: list[str],
    codec: str,
    unsafe: bool,  # noqa: FBT001
) -> None:
    data = "".join(texts).encode(codec, "ignore")
    config = Config(unsafe_fixes=unsafe)
    result = repair_bytes(data, config=config)
    if result.data is None:
        return
    if result.decoded is not None and result.decoded.exact:
        assert is_accounted_for(result, data)
    again = repair_bytes(result.data, config=config)
    assert again.data == result.data or not unsafe
