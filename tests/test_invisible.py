"""The rules of families I and F against the data they are made of, and by properties."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from repair.config import Config
from repair.edits import apply, invert
from repair.engine import repair
from repair.rules import RULES
from repair.rules.forms.arabic import shaped
from repair.rules.forms.decomposed import BASE, MARKS
from repair.rules.forms.radical import RUN
from repair.rules.invisible.around import SPACED
from repair.rules.invisible.bidi import NAMES
from repair.rules.invisible.stray_joiner import DEAF
from repair.rules.invisible.unassigned import PERHAPS
from repair.rules.invisible.zero_width_run import SHORTEST, ZERO_WIDTH
from repair.tables.unicode import is_unassigned, radicals
from repair.types import Document, Kind, Safety
from tests.case_files import NAME_OF_KIND

FAMILIES = [rule for rule in RULES if rule.code[0] in "IF"]
EVERYTHING = Config(unsafe_fixes=True)

# Rules that share a search, once.
SEARCHES = list({rule.find or rule.find_in: rule for rule in FAMILIES}.values())

# What the rules of both families look for, and what stands around it.
SPECIAL = (
    "\u200b\u200c\u200d\xad\u2060\u2062\ufeff\u180e\u206a\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
    "\u2068\u2069\u200e\u200f\U000e0061\U000e007f\U0001f3f4\ufe0f\ufe00\U000e0100\u3164\u1160\u2800"
    "\x00\x08\x1b\x7f\x85\x9b\ue000\uf0b7\ufffe\u0378\ufff9\ufffa\ufffb\u2028\u2029\r\n \t"
    "\u2f00\u2ea0\uf9e1\uff21\uff76\uff9e\ufe8d\ufedf\ufb01\u1100\u1161\u11a8\u0301\u0323\u3099"
    "\U0001d5d4\U0001d5d5\xa8\xb4\u02dc\u0b64_["
)
MIXED = st.text(
    st.sampled_from(f"aeofin\u00f1\u4e2d\u304b\u0915\u0645\u05d0 😀1.{SPECIAL}"), max_size=30
)


@given(MIXED, st.sampled_from(list(NAME_OF_KIND.values())), st.sampled_from([Config(), EVERYTHING]))
def test_repairs_settle_and_can_be_undone(text: str, name: str, config: Config) -> None:
    result = repair(text, config=config, name=name, rules=FAMILIES)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(text, result.edits)) == text
    assert not repair(result.text, config=config, name=name, rules=FAMILIES).findings


@given(st.text(string.printable.replace("\x0b", "").replace("\r", ""), max_size=200))
def test_ascii_text_has_nothing_to_find(text: str) -> None:
    result = repair(text, config=EVERYTHING, rules=FAMILIES)
    assert result.text is text
    assert not result.remaining


@given(MIXED, st.sampled_from(["a.py", "b.c", "c.js"]))
def test_nothing_in_source_code_is_changed_without_being_asked(text: str, name: str) -> None:
    safe = repair(text, name=name, rules=FAMILIES).findings
    # A mark before the first character is no part of the code; a doubled return stands for one
    assert {finding.code for finding in safe} <= {"I106", "I603"}


@given(MIXED, st.sampled_from(sorted(NAMES)), MIXED)
def test_every_bidirectional_control_in_source_code_is_found(
    before: str, control: str, after: str
) -> None:
    result = repair(f"{before}{control}{after}", name="a.py", rules=FAMILIES)
    found = {f.start for f in (*result.findings, *result.remaining) if f.code == "I201"}
    assert len(before) in found


@pytest.mark.parametrize("name", NAME_OF_KIND.values())
def test_a_safe_repair_takes_nothing_that_is_seen(name: str) -> None:
    for rule in FAMILIES:
        if rule.code[0] == "I" and rule.safety is Safety.SAFE:
            for example in rule.examples:
                result = repair(example.before, name=name, rules=[rule])
                assert [c for c in result.text if c > " " and c.isprintable()] == [
                    c for c in example.before if c > " " and c.isprintable()
                ]


def several(match: re.Match[str]) -> bool:
    return len(set(match[0])) > 1


def shortens(match: re.Match[str]) -> bool:
    base = unicodedata.normalize("NFC", match[0][0])
    return base == match[0][0] and len(unicodedata.normalize("NFC", match[0])) < len(match[0])


# The oracles: as one would write them, which ``re`` is slow to search for.
PLAINLY: dict[str, tuple[str, Callable[[re.Match[str]], bool]]] = {
    "I101": (f"(?<=[{SPACED}])\u200b+(?=[{SPACED}])", bool),
    "I102": (
        f"(?<=[{SPACED}.,;:!?)])\u200b+(?=[ \t\r\n]|$)|(?:(?<=[ \t\r\n])|^)\u200b+(?=[{SPACED}(])",
        bool,
    ),
    "I103": (f"(?:(?<=[{DEAF}])|^)[\u200c\u200d]+(?=[{DEAF}]|$)", bool),
    "I104": (f"(?<=[{SPACED}])\xad+(?=[{SPACED}])", bool),
    "I304": (f"[{ZERO_WIDTH}]{{{SHORTEST},}}", several),
    "F107": (
        (
            "(?<![\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\uac00-\ud7a3])"
            "(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)+"
            "(?![\u1160-\u11ff\ud7b0-\ud7fb])"
        ),
        bool,
    ),
    "F108": (f"[{BASE}][{MARKS}]{{1,8}}(?![{MARKS}])", shortens),
}


@pytest.mark.parametrize("code", PLAINLY)
@given(
    st.text("\u200b\u200c\u200d\xad\u2060ae1中か\u0915. (\n\t", max_size=20)
    | st.text("\u1100\u1161\u11a8\u1160\u11ffa", max_size=10)
    | st.text("aeかc\u043c漢\u0301\u0323\u3099\u1161", max_size=20)
)
@example("か\u3099\u0301" + "\u0301" * 8)
@example("e" + "\u0301" * 8 + "e" + "\u0301" * 9)
def test_what_is_found_is_what_a_plain_pattern_finds(code: str, text: str) -> None:
    plain, is_one = PLAINLY[code]
    rule = next(rule for rule in RULES if rule.code == code)
    found = [(each.start, each.end) for each in rule.found_in(Document(text))]
    assert found == [match.span() for match in re.finditer(plain, text) if is_one(match)]


@given(st.text(f"{''.join(NAMES)}a\n\x85\u2029", max_size=30))
def test_controls_of_direction_are_paired_in_paragraphs(text: str) -> None:
    rule = next(rule for rule in RULES if rule.code == "I201")
    expected = []
    for paragraph in re.finditer("[^\n\x85\u2029]+", text):
        for found in rule.found_in(Document(paragraph[0])):
            at = paragraph.start() + found.start
            expected.append(replace(found, start=at, end=at + 1))
    assert list(rule.found_in(Document(text))) == expected


def test_the_trigger_of_unassigned_code_points_misses_none() -> None:
    unassigned = [point for point in range(0x110000) if is_unassigned(point)]
    assert [point for point in unassigned if not re.match(PERHAPS, chr(point))] == []
    # Python knows an older version: what it calls a character is one
    assert not [point for point in unassigned if unicodedata.category(chr(point)) != "Cn"]
    assert len(unassigned) == 801_657


def test_the_table_of_radicals_is_sound() -> None:
    table = radicals()
    assert list(table) == sorted(table)
    assert not set(table) & set(table.values())
    assert all(re.fullmatch(RUN, radical) for radical in table)
    assert all("\u3400" <= ideograph <= "\u9fff" for ideograph in table.values())
    # Where Unicode has a compatibility mapping, both agree
    for radical, ideograph in table.items():
        assert unicodedata.normalize("NFKC", radical) in (radical, ideograph)


@given(st.text("\u0627\u0628\u062f\u0644\u0645\u0647\u0649\u0640\u064e", min_size=1, max_size=12))
def test_arabic_shapes_read_back_as_their_letters(word: str) -> None:
    assert unicodedata.normalize("NFKC", shaped(word)) == unicodedata.normalize("NFKC", word)


def test_ligatures_of_three_letters_in_code_are_kept_unless_asked() -> None:
    text = "x = 'o\ufb03ce'\n"
    assert repair(text, name="a.py").text is text
    assert repair(text, name="a.py", config=EVERYTHING).text == "x = 'office'\n"


TEXT, CODE, DATA, MARKUP = Kind.TEXT, Kind.CODE, Kind.DATA, Kind.MARKUP
SAFE, LIKELY, SHOW = Safety.SAFE, Safety.LIKELY, Safety.SHOW
ENGLISH = "A line of plain words that goes on for a while, to be far from what it is far from. " * 3


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        # I101..I106
        ("a\u200bb", TEXT, [("I101", 1, 2, "", SAFE, "")]),
        ("a\u200bb", MARKUP, [("I101", 1, 2, "", LIKELY, "")]),
        ("a\u200bb", CODE, [("I101", 1, 2, "", LIKELY, "two names may look alike")]),
        (
            "(\u200ba b\u200b)",
            CODE,
            [("I102", 1, 2, None, SHOW, ""), ("I102", 5, 6, None, SHOW, "")],
        ),
        ("a\u200cb", TEXT, [("I103", 1, 2, "", SAFE, "")]),
        ("a\u200c.", TEXT, [("I103", 1, 2, "", LIKELY, "")]),
        (".\u200ca", TEXT, [("I103", 1, 2, "", LIKELY, "")]),
        (".\u200ca", CODE, [("I103", 1, 2, None, SHOW, "")]),
        ("a\u200cb", CODE, [("I103", 1, 2, "", LIKELY, "two names may look alike")]),
        ("a\xadb", TEXT, [("I104", 1, 2, "", LIKELY, "")]),
        ("a\xadb", CODE, [("I104", 1, 2, None, SHOW, "")]),
        ("a\u2060b", TEXT, [("I105", 1, 2, "", SAFE, "")]),
        ("a\u2060b", CODE, [("I105", 1, 2, "", LIKELY, "two names may look alike")]),
        ("a\u2062b", TEXT, []),
        (".\u2060 ", TEXT, []),
        (".\u2060b", CODE, [("I105", 1, 2, None, SHOW, "")]),
        ("\ufeffa", CODE, [("I106", 0, 1, "", SAFE, "")]),
        ("a\n\ufeffb", CODE, [("I106", 2, 3, "", LIKELY, "")]),
        ("a\ufeffb", TEXT, [("I106", 1, 2, "", SAFE, "")]),
        ("a\ufeff.", TEXT, [("I106", 1, 2, "", LIKELY, "")]),
        (".\ufeffa", TEXT, [("I106", 1, 2, "", LIKELY, "")]),
        (".\ufeffa", CODE, [("I106", 1, 2, None, SHOW, "")]),
        # I201, I202
        ("\u202ea\u202c", TEXT, [("I201", 0, 1, None, SHOW, "override")]),
        ("a\u2069", TEXT, [("I201", 1, 2, None, SHOW, "without its partner")]),
        ("\u2067a\u202c\u2069", TEXT, [("I201", 2, 3, None, SHOW, "without its partner")]),
        ("\u202aa\u2069\u202c", TEXT, [("I201", 2, 3, None, SHOW, "without its partner")]),
        (
            "\u2067a\u2069",
            CODE,
            [
                ("I201", 0, 1, None, SHOW, "isolate; an error"),
                ("I201", 2, 3, None, SHOW, "an error"),
            ],
        ),
        (
            "\u2067a\u202d\u202c\n\u2069",
            MARKUP,
            [
                ("I201", 0, 1, None, SHOW, "right-to-left isolate, without its partner"),
                ("I201", 2, 3, None, SHOW, "left-to-right override"),
                ("I201", 5, 6, None, SHOW, "pop directional isolate, without"),
            ],
        ),
        # I301..I305
        ("a\U000e0041\U000e0042b", TEXT, [("I301", 1, 3, "", LIKELY, "'AB'")]),
        ("a\U000e0041", CODE, [("I301", 1, 2, "", SHOW, "'A'")]),
        ("a" + "\U000e0041" * 70, TEXT, [("I301", 1, 71, "", LIKELY, "and 10 more")]),
        ("A\ufe01\ufe01", TEXT, [("I302", 1, 3, "", LIKELY, "2 selectors")]),
        ("A\ufe01\ufe02", CODE, [("I302", 1, 3, "", SHOW, "2 selectors")]),
        ("☺\ufe0f\ufe0f", TEXT, [("I302", 2, 3, "", LIKELY, "repeated")]),
        ("☺\ufe0f\U000e0158", TEXT, [("I302", 2, 3, "", LIKELY, "2 selectors; as bytes")]),
        (
            "\u0645\u200c\u200d\u200c\u200d",
            CODE,
            [("I304", 1, 5, "", SHOW, "4 characters of 2 kinds")],
        ),
        ("a\u3164b", TEXT, [("I305", 1, 2, None, SHOW, "")]),
        ("a\u3164b", CODE, [("I305", 1, 2, None, SHOW, "a name that nobody sees")]),
        ("\u3131\u3164", TEXT, []),
        ("\u3164\u3131", TEXT, []),
        ("\u3164\u3164", TEXT, [("I305", 0, 2, None, SHOW, "")]),
        ("\uffa0\uffa1", TEXT, []),
        ("\uffa0\uffa0\uffa1", TEXT, []),
        ("\uffa0 ", TEXT, [("I305", 0, 1, None, SHOW, "")]),
        ("\u2801\u2800 \u2800\u2801", TEXT, []),
        # I401..I403
        ("\x01", TEXT, [("I401", 0, 1, None, SHOW, "SOH")]),
        ("\x01\x02", TEXT, [("I401", 0, 2, None, SHOW, "2 controls: SOH, STX")]),
        ("\x01\x02\x03\x04\x05", TEXT, [("I401", 0, 5, None, SHOW, "SOH, STX, ETX, EOT, ...")]),
        (
            "\x7f\x81\x99",
            TEXT,
            [
                ("I401", 0, 3, None, SHOW, "DEL, C1 81, C1 99 (™ in Windows text)"),
            ],
        ),
        ("a\x1f\n", TEXT, [("I401", 1, 2, None, SHOW, "US")]),
        ("\x1b[1m\x1b[4mx", TEXT, [("I402", 0, 8, "", LIKELY, "")]),
        ("\x1bx", TEXT, [("I402", 0, 1, None, SHOW, "no sequence")]),
        (
            "\x1b[1m \x1b$B",
            TEXT,
            [
                ("I402", 0, 4, "", SHOW, ""),
                ("I402", 5, 6, None, SHOW, ""),
            ],
        ),
        ("\x08x", TEXT, [("I403", 0, 1, None, SHOW, "a backspace")]),
        ("x\x08x", CODE, [("I403", 0, 3, "x", SHOW, "")]),
        ("_\x08_", TEXT, [("I403", 0, 3, "_", LIKELY, "")]),
        # I501..I504
        ("\uf0b7 a", TEXT, [("I501", 0, 1, "•", LIKELY, "Symbol")]),
        ("a \uf0b7 a", TEXT, [("I501", 2, 3, None, SHOW, "")]),
        ("\uf0b7a", TEXT, [("I501", 0, 1, None, SHOW, "")]),
        (
            "\uf0b7 a\ue000b\uf8ff",
            TEXT,
            [
                ("I501", 0, 1, "•", LIKELY, "Symbol"),
                ("I501", 3, 4, None, SHOW, ""),
                ("I501", 5, 6, None, SHOW, "Apple"),
            ],
        ),
        ("\ufffe", TEXT, [("I502", 0, 1, None, SHOW, "wrong order")]),
        ("\uffff", TEXT, [("I502", 0, 1, None, SHOW, "")]),
        (
            "\u0378\u0379a\u0378",
            TEXT,
            [
                ("I503", 0, 2, None, SHOW, "not in Unicode 18.0"),
                ("I503", 3, 4, None, SHOW, "not in Unicode 18.0"),
            ],
        ),
        ("\ufff9a\ufffab\ufffb", TEXT, [("I504", 0, 5, None, SHOW, "annotated with 'b'")]),
        ("\ufffa", TEXT, [("I504", 0, 1, None, SHOW, "without its partners")]),
        # I601..I603
        ("a\u2028", TEXT, [("I601", 1, 2, "", LIKELY, "")]),
        ("a\u2028b", TEXT, [("I601", 1, 2, "\n", LIKELY, "")]),
        ("a\x85b", TEXT, [("I601", 1, 2, None, SHOW, "next line")]),
        (
            "a\rb\r\nc\r\n",
            TEXT,
            [
                ("I602", 1, 2, None, SHOW, "2 lines end in CR LF, 1 lines end in CR"),
            ],
        ),
        ("a\r\rb\n", TEXT, [("I602", 4, 5, None, SHOW, "2 lines end in CR, 1 lines end in LF")]),
        (
            "a\r\r\nb\r\r\n",
            TEXT,
            [
                ("I603", 1, 4, "\r\n", SAFE, ""),
                ("I603", 5, 8, "\r\n", SAFE, ""),
            ],
        ),
        ("a\r\r\nb\r\n", TEXT, [("I603", 1, 4, "\r\n", LIKELY, "")]),
        ("a\r\r\n", TEXT, [("I603", 1, 4, "\r\n", LIKELY, "")]),
        # F
        ("\u2f00个", TEXT, [("F101", 0, 1, "一", SAFE, "")]),
        ("\u2f00个", CODE, [("F101", 0, 1, "一", LIKELY, "")]),
        ("\u2f3e籍", TEXT, [("F101", 0, 1, "戶", LIKELY, "")]),
        ("\u2e85个", TEXT, [("F101", 0, 1, None, SHOW, "")]),
        (f"{ENGLISH}ＡＢＣ {ENGLISH}", TEXT, [("F103", 252, 255, "ABC", LIKELY, "")]),
        (f"{ENGLISH}東京 ＡＢＣ {ENGLISH}", TEXT, []),
        (f"{'中文' * 99}{ENGLISH}ＡＢＣ {ENGLISH}", TEXT, []),
        ("ｶﾀｶﾅ", TEXT, [("F104", 0, 4, "カタカナ", LIKELY, "")]),
        (
            "\ufe91\ufe94\ufe8e",
            TEXT,
            [
                ("F105", 0, 3, "\u0628\u0629\u0627", SHOW, "do not follow"),
            ],
        ),
        ("\u0633\ufefc\u0645", TEXT, [("F105", 0, 3, "\u0633\u0644\u0627\u0645", SAFE, "")]),
        ("\ufe8e\ufe92\ufea3", TEXT, [("F105", 0, 3, None, SHOW, "\u062d\u0628\u0627")]),
        ("o\ufb03ce", TEXT, [("F106", 1, 2, "ffi", SAFE, "")]),
        ("Ma\ufb06er", TEXT, [("F106", 2, 3, "st", LIKELY, "")]),
        ("\u1100\u1161\u1102\u1161\u11c3", TEXT, [("F107", 0, 2, "가", LIKELY, "")]),
        ("\u1f71\u0345", TEXT, []),
        ("e\u0301" + "\u0323\u0324" * 5, TEXT, []),
        ("𝗯𝗼𝗹𝗱\nx = 1", TEXT, [("F109", 0, 4, "bold", LIKELY, "")]),
        ("é\u0301\u0301", TEXT, [("F110", 1, 2, "", LIKELY, ""), ("F110", 2, 3, "", LIKELY, "")]),
        ("r¨od", TEXT, [("F111", 1, 3, "ö", LIKELY, "")]),
        ("r¨oda", TEXT, [("F111", 1, 3, "ö", SAFE, "")]),
        ("abcr¨o ", TEXT, [("F111", 4, 6, "ö", SAFE, "")]),
        ("r¨oda", CODE, [("F111", 1, 3, "ö", LIKELY, "")]),
        ("o¨d", TEXT, [("F111", 0, 2, "ö", LIKELY, "")]),
        ("o¨a", TEXT, [("F111", 1, 3, "ä", SHOW, "öa or oä")]),
        ("f´e", TEXT, [("F111", 1, 3, "é", SHOW, "apostrophe")]),
        ("f´s", TEXT, []),
        ("f¨s", TEXT, []),
        ("\u0b64", TEXT, [("F112", 0, 1, "\u0964", SAFE, "")]),
    ],
)
def test_what_is_found(
    text: str, kind: Kind, found: list[tuple[str, int, int, str | None, Safety, str]]
) -> None:
    document = Document(text, kind)
    findings = [f for rule in SEARCHES for f in rule.found_in(document)]
    seen = [(f.code, f.start, f.end, f.new, f.safety) for f in findings]
    assert sorted(seen, key=str) == sorted((row[:5] for row in found), key=str)
    for row in found:
        assert any(f.start == row[1] and row[5] in f.note for f in findings if f.code == row[0])
