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
from repair.rules.escapes import backslash, percent, signs
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


# The oracles: signs of code and of talk, each as one pattern.
CODE_AS_ONE = re.compile(
    r"""(?mx)
      [{}] | ;[ \t]*$ | [=!<>]= | [-=]> | :: | && | \|\| | \$[A-Za-z_(] | /\* | \*/
    | \b[BbUu][Rr]?["'](?=[^"'\n]{0,80}\\) | \w\(["'\\&] | ["'][ \t]*[:+%] | =[ \t]*["'\\]
    | ^[ \t]*(?://|\$[ ]|\#[ ]?include|\#[ ]?define|import[ ]\w|from[ ]\w+[ ]import|def[ ]\w
        |class[ ]\w+[:(]|return\b|function\b|s/|msg(?:id|str)\b
        |(?:print|printf|echo|sed|grep)\b|[.'][A-Z][A-Za-z][ ])
    | ^[ \t]*[\w.\[\]-]+[ \t]*=(?![0-9A-F]{2}|[ \t]*\r?$|\?)
    | =[ \t]*(?=&[A-Za-z])
    """
)
TALK_AS_ONE = re.compile(
    r"(?i)\b(?:x?html|xml|sgml|entit(?:y|ies|é|és|ät)|(?:un)?escap(?:e[sd]?|ing)|unicode|"
    r"utf-?(?:7|8|16|32)|ascii|code ?points?|(?:en|de)cod(?:e[sdr]?|ers?|ings?)|"
    r"charsets?|mime|rfc ?\d+|quoted[- ]printable|mojibake|"
    r"backslash(?:es)?|base64)\b|кодиров|экранир|échapp|encodage|kodierung|codificaci|"
    "转义|實體|实体|编码|編碼|エスケープ|文字コード|이스케이프|인코딩"
)
# All that they are made of, words with letters that count as others in any case too.
OF_SIGNS = st.sampled_from(
    [
        *"{};=!<>-:&|$*/\"'( )\n\t\r\\bBuUrRxA_.[]019?F#+%é",
        *("import ", "from a import", "def f", "class A(", "return ", "msgid", "echo ", "s/"),
        *(".SH ", "name = ", "&eacute;", *TALK, *map(str.upper, TALK), "un", "s", "coded"),
        *(
            "\u017fgml",
            "e\u017fcape",
            "m\u0131me",
            "m\u0130me",
            "bac\u212a\u017flash",
            "\u212aodierung",
        ),
    ]
)


def signs_by_blocks(
    find: Callable[[str, int, int], signs.Places], text: str, block: int
) -> set[int]:
    blocks = range(0, len(text) + 1, block)
    return {start for low in blocks for start, _ in find(text, low, low + block)}


@given(pieces=st.lists(OF_SIGNS, max_size=30), block=st.integers(1, 50))
def test_signs_are_where_one_pattern_finds_them(pieces: list[str], block: int) -> None:
    """In code also where it passes over one that begins within another."""
    text = "".join(pieces)
    assert signs_by_blocks(signs.talk, text, block) == {
        match.start() for match in TALK_AS_ONE.finditer(text)
    }
    found = signs_by_blocks(signs.code, text, block)
    expected = [match.span() for match in CODE_AS_ONE.finditer(text)]
    assert {start for start, _ in expected} <= found
    assert found <= {at for span in expected for at in range(*span)}
    tags = {match.start() for match in signs.TAG.finditer(text)}
    assert signs_by_blocks(signs.tags, text, block) == tags


@given(pieces=st.lists(OF_SIGNS, max_size=30), data=st.data())
def test_signs_are_told_of_between_any_places(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    block = data.draw(st.integers(1, 50))
    asked = signs.Signs(text, signs.code, block, lambda *_: True)
    starts = signs_by_blocks(signs.code, text, len(text) + 1)
    place = st.integers(-1, len(text) + 1)
    for low, high in data.draw(st.lists(st.tuples(place, place), max_size=10)):
        assert asked.any_between(low, high) == any(low <= start < high for start in starts)


@given(pieces=st.lists(PIECES | st.sampled_from(["%u00e9", "~", "é", " "]), max_size=40))
def test_tokens_are_all_that_have_a_sign(pieces: list[str]) -> None:
    text = "".join(pieces)
    tokens = [match.span() for match in percent.tokens(text)]
    sign = re.compile(percent.RULE.trigger)
    expected = [match.span() for match in percent.TOKEN.finditer(text) if sign.search(match[0])]
    assert tokens == expected


@given(pieces=st.lists(PIECES, max_size=40))
def test_runs_begin_with_any_backslashes(pieces: list[str]) -> None:
    text = "".join(pieces)
    slashes = r"\\(?<!\\\\)\\*"
    character = r"(?:u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|U[0-9A-Fa-f]{8})"
    byte = r"(?:x(?!def\b)[0-9A-Fa-f]{2}|[23][0-7]{2})"
    plain = rf"(?P<unicode>(?:{slashes}{character})+)|(?P<bytes>(?:{slashes}{byte})+)"
    found, expected = (
        [(match.span(), bool(match["bytes"])) for match in each.finditer(text)]
        for each in (backslash.RUN, re.compile(plain))
    )
    assert found == expected


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
    "letters": "caf\\u00e9 &eacute; `a` %C3%A9 " * 4_000,
    "letters on lines": "caf\\u00e9 &eacute; `a` %C3%A9\n" * 4_000,
    "tokens": "%C3%A9" * 20_000,
    "tokens without spaces": "é%C3%A9" * 20_000,
    "assignments": "a" * 50_000 + "=\\u00e9" * 10_000,
    "names": ("a" * 300 + "\n") * 300 + "= \\u00e9",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("rule", ESCAPES, ids=lambda rule: rule.code)
def test_hostile_text_is_read_in_time(rule: Rule, text: str) -> None:
    """Nothing is timed: a search that is not linear takes minutes here."""
    for kind in Kind:
        for found in rule.found_in(Document(text, kind)):
            assert found.end <= len(text)
