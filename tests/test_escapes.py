"""Escapes: what is encoded and repaired comes back, and what is meant stays."""

from __future__ import annotations

import quopri
import re
import unicodedata
from collections.abc import Callable
from email.header import Header
from html.entities import codepoint2name
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from repair.config import Config
from repair.engine import repair
from repair.rules import RULES
from repair.rules.escapes.html_entity import NAMES
from repair.types import Document, Kind, Rule

UNSAFE = Config(unsafe_fixes=True)
ESCAPES = [rule for rule in RULES if rule.code.startswith("E")]

# Letters in the ways in which people write them: words of one script, in lines.
WORDS = [
    "Füße Straße Grüße schön über Mädchen Äpfel",
    "déjà garçon Noël où été œuvre naïve",
    "Привет мир как дела хорошо ёлка",
    "Καλημέρα κόσμε είναι όμορφη",
    "你好 世界 今天 天气 很好 中国",
    "こんにちは 世界 ありがとう カタカナ",
    "안녕하세요 세계 한국어",
    "नमस्ते दुनिया हिन्दी",
    "żółw źrebię łódź ćma",
]
PROSE = st.sampled_from([words.split() for words in WORDS]).flatmap(
    lambda words: st.lists(st.sampled_from([*words, "and", "of"]), min_size=1, max_size=12)
)


def beyond_ascii(escape: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: re.sub("[^\x00-\x7f]", lambda match: escape(match[0]), text)


def units(character: str) -> list[int]:
    data = character.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def named(character: str) -> str:
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name in NAMES else f"&#{ord(character)};"


def encoded_words(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]+", lambda match: Header(match[0], "utf-8").encode(), text)


ENCODINGS: dict[str, Callable[[str], str]] = {
    "names of HTML": beyond_ascii(named),
    "numbers": beyond_ascii(lambda c: f"&#{ord(c)};"),
    "hexadecimal numbers": beyond_ascii(lambda c: f"&#x{ord(c):x};"),
    "entities of entities": beyond_ascii(lambda c: named(c).replace("&", "&amp;")),
    "entities of surrogates": beyond_ascii(lambda c: "".join(f"&#{u};" for u in units(c))),
    "JSON": beyond_ascii(lambda c: "".join(f"\\u{u:04x}" for u in units(c))),
    "JSON in JSON": beyond_ascii(lambda c: "".join(f"\\\\u{u:04x}" for u in units(c))),
    "long escapes": beyond_ascii(lambda c: f"\\U{ord(c):08x}"),
    "bytes": beyond_ascii(lambda c: "".join(f"\\x{byte:02x}" for byte in c.encode())),
    "octal bytes": beyond_ascii(lambda c: "".join(f"\\{byte:03o}" for byte in c.encode())),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "percent-encoding": lambda text: quote(text, safe=" \n"),
    "escape() of JavaScript": beyond_ascii(lambda c: "".join(f"%u{u:04X}" for u in units(c))),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
@given(words=PROSE)
@example(words=["été", "and", "été"])
def test_what_is_encoded_comes_back(encode: Callable[[str], str], words: list[str]) -> None:
    text = " ".join(words)
    assert repair(encode(text), config=UNSAFE, rules=ESCAPES).text == text


@given(words=PROSE)
def test_encoded_words_come_back(words: list[str]) -> None:
    """Without the spaces between neighbours, which RFC 2047 says are none."""
    text = " and ".join(words)
    assert repair(encoded_words(text), config=UNSAFE, rules=ESCAPES).text == text


@given(words=PROSE)
def test_what_is_repaired_unasked_is_right_as_well(words: list[str]) -> None:
    """Letters come back one by one; none becomes another."""
    text = " ".join(words)
    encoded = ENCODINGS["JSON"](text)
    result = repair(encoded, rules=ESCAPES).text
    assert ENCODINGS["JSON"](result) == encoded


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize(
    "encode", [ENCODINGS[name] for name in ("names of HTML", "JSON", "quoted-printable")]
)
def test_misread_text_comes_back(encode: Callable[[str], str], layers: int) -> None:
    text = damaged = "L'humanité a été créée à Besançon"
    for _ in range(layers):
        damaged = damaged.encode().decode("cp1252")
    assert repair(encode(damaged), config=UNSAFE).text == text


# Lines with one sign each that an escape in them, at the @, is how things are written.
SIGNS = [
    *("so {caf@ more", "so caf@} more", "caf@ and so;", "a == caf@", "a != caf@", "a <= caf@"),
    *("a -> caf@", "a => caf@", "std::caf@", "a && caf@", "a || caf@", "$name caf@", "$(caf@ b)"),
    *("/* caf@ on", "on caf@ */", 'say("caf@ on', "say('caf@ on", "'a' + caf@", '"a": caf@'),
    *("'a' % caf@", 'a ="caf@ on', "  // caf@", "$ cat caf@", "#include caf@", "# define caf@"),
    *(
        "import caf@",
        "from a import caf@",
        "def caf@",
        "class Thing(caf@",
        "return caf@",
        "s/a/caf@/",
    ),
    *("function caf@", 'msgid "caf@ on', "echo caf@", "printf caf@", "grep caf@", ".SH caf@"),
    *("title=caf@", "a.b = caf@", "[a] = caf@", "``l'caf@``", "`caf@`", "`caf@'", ">>> a\ncaf@"),
    *("https://a.b/caf@", "www.a.b/caf@", "mailto:caf@", "data:caf@", "C:\\caf@", "\\\\a\\caf@"),
    *("```\ncaf@\n```", "~~~ x\ncaf@\n", "> ```\n> caf@\n> ```"),
]
TALK = [
    *("HTML", "XHTML", "XML", "SGML", "entity", "entities", "escape", "escaped", "unescaping"),
    *("Unicode", "UTF-8", "utf16", "ASCII", "code points", "encoding", "decoder", "charset"),
    *("MIME", "RFC 2047", "rfc2047", "quoted-printable", "percent-encoding", "mojibake"),
    *("backslash", "base64", "кодировка", "экранирование", "échappement", "encodage"),
    *("Kodierung", "codificación", "转义", "實體", "实体", "编码", "編碼", "エスケープ"),
    *("文字コード", "이스케이프", "인코딩"),
]
FILLER = "Nothing to see here, and nobody to see it. " * 25


@pytest.mark.parametrize("escape", ["&eacute;", "\\u00e9"])
@pytest.mark.parametrize("line", [*SIGNS, *(f"the {word} of caf@" for word in TALK)])
def test_an_escape_beside_a_sign_is_left_alone(line: str, escape: str) -> None:
    text = line.replace("@", escape)
    result = repair(text, config=UNSAFE, rules=ESCAPES)
    assert result.text is text
    assert not result.remaining


@pytest.mark.parametrize("escape", ["&eacute;", "\\u00e9", "=C3=A9"])
@pytest.mark.parametrize("sign", ["a <b>tag</b>", "x == y", "about HTML"])
def test_a_sign_far_off_makes_a_repair_a_request(sign: str, escape: str) -> None:
    near = f"The caf{escape} is open.\n\n{FILLER * 3}\n\n{sign}"
    assert repair(near, rules=ESCAPES).text is near
    assert repair(near, config=UNSAFE, rules=ESCAPES).text.startswith("The café is open.")
    far = f"The caf{escape} is open.\n\n{FILLER * 5}\n\n{sign}"
    assert repair(far, rules=ESCAPES).text.startswith("The café is open.")


# All that may be part of an escape, and little else.
PIECES = st.sampled_from(
    [
        *"&#;x=?%\\u+-/\n\r\t \"'<>`{}[]09aAfFqQ\u00e9",
        *("&amp;", "&eacute;", "&#150;", "\\u00e9", "\\ud83d", "\\xc3", "\\xa9", "=C3", "=A9"),
        *("=\n", "%C3", "%A9", "=?utf-8?q?", "?=", "+AOk-"),
    ]
)


@given(pieces=st.lists(PIECES, max_size=40), kind=st.sampled_from(Kind))
def test_what_comes_out_is_text(pieces: list[str], kind: Kind) -> None:
    text = "".join(pieces)
    for rule in ESCAPES:
        for found in rule.found_in(Document(text, kind)):
            assert found.new is not None
            assert re.search(rule.trigger, text)
            categories = {unicodedata.category(c) for c in found.new.replace("\t", " ")}
            assert not categories & {"Cc", "Cs", "Cn", "Co"}


@given(pieces=st.lists(PIECES, max_size=40))
def test_repairs_settle(pieces: list[str]) -> None:
    text = repair("".join(pieces), config=UNSAFE, rules=ESCAPES).text
    assert repair(text, config=UNSAFE, rules=ESCAPES).text == text


@given(pieces=st.lists(PIECES, max_size=40))
def test_code_is_left_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = repair(text, config=UNSAFE, rules=ESCAPES, name="a.py")
    assert result.text is text
    assert not result.remaining


@given(text=st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=60))
def test_ascii_without_escapes_is_left_alone(text: str) -> None:
    assume(not set(text) & set("&\\=%+"))
    assert repair(text, config=UNSAFE, rules=ESCAPES).text is text


# Text that a search worse than linear would read again and again.
HOSTILE = {
    "backslashes": "\\" * 100_000,
    "ampersands": "&amp;" * 20_000,
    "plus signs": "+a" * 50_000,
    "quotes": '\\"a ' * 25_000,
    "open strings": '"a\\' * 30_000 + "\\\\u00e9",
    "encoded words": "=?utf-8?q?=C3=A9" * 6_000,
    "paragraphs": "=C3=A9\n\n" * 12_000,
    "backticks": "`" * 100_000 + "\\u00e9",
    "tags": "<a " * 30_000 + "&eacute;",
    "spaces": '\\u00e9 "' + " " * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("rule", ESCAPES, ids=lambda rule: rule.code)
def test_hostile_text_is_read_in_time(rule: Rule, text: str) -> None:
    """Nothing is timed: a search that is not linear takes minutes here."""
    for kind in Kind:
        for found in rule.found_in(Document(text, kind)):
            assert found.end <= len(text)
