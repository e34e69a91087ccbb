"""Text formats of the batch job: only what is damaged changes, all else stays to the byte."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import repair
from repair.adapters.account import Account
from repair.adapters.batch.blocks import MOST_RECORD, Cutter, blocks
from repair.adapters.batch.cells import WORTH_A_LOOK, chooser
from repair.adapters.batch.jsonl import JsonLines
from repair.adapters.batch.lines import Lines
from repair.adapters.batch.separated import Separated
from repair.adapters.batch.textual import Format, Reader, patched
from repair.rules import RULES
from tests.triggers import is_needed

BAD, GOOD = "caf\u00c3\u00a9", "café"
DAMAGED = st.sampled_from([BAD, "a\u200bb", "&eacute;t&eacute;", "x\x1b[0m", "ﬁne", "plain"])
CSV = Separated(("id", "t"), ",", quoted=True, key="id")


def run(
    data: bytes, format_: Format, columns: tuple[str, ...] | None = None, **options: Any
) -> tuple[bytes, Account, Reader]:
    """Look at ``data`` in blocks of a few bytes."""
    account = Account()
    reader = Reader(format_, chooser(columns, format_.key), account, **options)
    cutter = Cutter(getattr(format_, "quoted", False), reader.wide)
    pieces = [data[i : i + 50_000] for i in range(0, len(data), 50_000)]
    out = b"".join(
        bytes(piece) for b in blocks(pieces, cutter) for piece in patched(b.data, reader.look(b))
    )
    return out, account, reader


def json_strings(value: Any) -> Any:
    if isinstance(value, str):
        return repair.repair(value).text
    if isinstance(value, list):
        return [json_strings(item) for item in value]
    if isinstance(value, dict):
        return {name: json_strings(item) for name, item in value.items()}
    return value


JSON_CASES = {
    "numbers as written": (f'{{"n":1.0E5,"b":123456789012345678901234567890,"t":"{BAD}"}}\n', None),
    "duplicate keys": (f'{{"a":"{BAD}","a":"x","a":"{BAD}"}}\n', None),
    "white space": (f'  {{ "a" :\t"{BAD}" , "b":[ ] }}  \r\n', None),
    "escapes beside": (f'{{"a":"\\/\\u0041\\n\\"{BAD}\\" \\ud83d\\ude00 {BAD}"}}\n', None),
    "no line end": (f'{{"a":"{BAD}"}}', None),
    "keys stay": (f'{{"{BAD}":"x"}}\n', f'{{"{BAD}":"x"}}\n'),
    "a mark at the beginning": (f'\ufeff{{"a":"{BAD}"}}\n', None),
    "a lone surrogate": (f'{{"a":"\\ud800 {BAD}"}}\n', None),
    "empty lines": (f'\n\n{{"a":"{BAD}"}}\n\n', None),
    "a bare string": (f'"{BAD}"\n', None),
}


@pytest.mark.parametrize("name", JSON_CASES)
def test_json_stays_as_it_is_written(name: str) -> None:
    line, expected = JSON_CASES[name]
    out, account, _ = run(line.encode(), JsonLines())
    assert out.decode() == (line.replace(BAD, GOOD) if expected is None else expected)
    assert account.failures == 0


def test_what_is_escaped_stays_escaped() -> None:
    out, _, _ = run(b'{"a":"caf\\u00c3\\u00a9 na\\u00efve \\u00e9"}\n', JsonLines())
    assert out == b'{"a":"caf\\u00e9 na\\u00efve \\u00e9"}\n'


def test_what_is_new_is_escaped_as_json_wants() -> None:
    line = '{"a":"He said &quot;&eacute;t&eacute;&quot; na\u00efve"}\n'
    config = repair.Config(unsafe_fixes=True)
    reader = Reader(JsonLines(), chooser(None, None), Account(config))
    (block,) = blocks([line.encode()], Cutter())
    out = b"".join(bytes(p) for p in patched(block.data, reader.look(block)))
    value = json.loads(line)["a"]
    assert json.loads(out) == {"a": repair.repair(value, config=config).text}
    assert '"' in json.loads(out)["a"]


@pytest.mark.parametrize(
    "line",
    ['{"a":"\u00c3\u00a9', '{"a":"\u00c3\u00a9"]', '{"a":"\u00c3\u00a9"}}', '"\\x\u00c3\u00a9"'],
)
def test_a_line_that_is_not_json_passes_and_is_counted(line: str) -> None:
    data = f'{line}\n{{"a":"{BAD}"}}\n'.encode()
    out, account, _ = run(data, JsonLines())
    assert out == f'{line}\n{{"a":"{GOOD}"}}\n'.encode()
    assert account.failures == 1
    assert account.failed[0].row == 0
    assert "not JSON at character" in account.failed[0].problem


def test_columns_keys_and_rows_of_json() -> None:
    lines = [{"id": 5, "a": {"b": [BAD]}, "c": BAD}, {"id": "x", "a": {"b": ["fine"]}, "c": BAD}]
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    out, account, _ = run(data, JsonLines(key="id"), columns=("a",))
    assert [(f.row, f.key, f.column) for f in account.found] == [(0, "5", "a.b[]")]
    assert out == data.replace(BAD.encode(), GOOD.encode(), 1)


JSON = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | DAMAGED,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(JSON, st.booleans()), max_size=5))
def test_json_means_what_repair_makes_of_its_strings(values: list[tuple[Any, bool]]) -> None:
    lines = [json.dumps(value, ensure_ascii=ascii_) for value, ascii_ in values]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    out, account, reader = run(data, JsonLines())
    assert reader.row == len(lines)
    for old, new in zip(data.split(b"\n"), out.split(b"\n"), strict=True):
        if old and not account.failures:
            assert json.loads(new) == json_strings(json.loads(old))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (f"007,{BAD}\r\n", f"007,{GOOD}\r\n"),
        (f'"",{BAD}\n', f'"",{GOOD}\n'),
        (f'1,"a ""{BAD}"" b"\n', f'1,"a ""{GOOD}"" b"\n'),
        (f'1,"a\r\n{BAD}"\r\n', f'1,"a\r\n{GOOD}"\r\n'),
        (f"1, {BAD} ,{BAD},\n", f"1, {GOOD} ,{GOOD},\n"),
        (f'1,5" {BAD}\n', f'1,5" {GOOD}\n'),
        (f"1,{BAD}", f"1,{GOOD}"),
        ("1,\n\n", "1,\n\n"),
    ],
)
def test_separated_values_stay_as_they_are_written(record: str, expected: str) -> None:
    out, account, _ = run(record.encode(), CSV)
    assert out.decode() == expected
    assert account.failures == 0


def test_what_would_end_a_field_is_put_in_quotation_marks() -> None:
    config = repair.Config(unsafe_fixes=True)
    record = "1,a&quot;b&quot; &eacute;t&eacute;\n"
    reader = Reader(CSV, chooser(None, "id"), Account(config))
    (block,) = blocks([record.encode()], Cutter())
    out = b"".join(bytes(p) for p in patched(block.data, reader.look(block))).decode()
    (row,) = csv.reader(io.StringIO(out))
    assert row == ["1", repair.repair(record[2:-1], config=config).text]
    assert '"' in row[1]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(DAMAGED | st.text(max_size=6), min_size=2, max_size=2), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_separated_values_mean_what_repair_makes_of_them(
    rows: list[list[str]], line_end: str, quoting: Any
) -> None:
    rows = [[field.replace("\0", "").replace("\r", "") for field in row] for row in rows]
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=line_end, quoting=quoting).writerows(rows)
    data = file.getvalue().encode("utf-8", "surrogatepass")
    out, account, reader = run(data, Separated(("a", "b"), ",", quoted=True))
    assert reader.row == len(rows)
    assert not account.failures
    new = list(csv.reader(io.StringIO(out.decode("utf-8", "surrogatepass"), newline="")))
    assert new == [[repair.repair(field).text for field in row] for row in rows]


EXAMPLES = [
    (rule.code, example.before)
    for rule in RULES
    for example in rule.examples
    if example.kind is repair.Kind.TEXT
]


def _fits(text: str) -> bool:
    """Whether a file of text can hold it as a value: readers turn some line ends into others."""
    return text.isprintable() or not any("\ud800" <= c <= "\udfff" or c in "\0\r\n" for c in text)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_all_examples_as_separated_values(delimiter: str, quoting: Any) -> None:
    """Whatever stands beside a value, in it is found what is found in it alone."""
    texts = [text for _, text in EXAMPLES if _fits(text)]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting).writerows(
        [i, t, "x"] for i, t in enumerate(texts)
    )
    out, account, _ = run(
        file.getvalue().encode(), Separated(("id", "t", "u"), delimiter, quoted=True)
    )
    assert account.failures == 0
    new = [row[1] for row in csv.reader(io.StringIO(out.decode(), newline=""), delimiter=delimiter)]
    assert new == [repair.repair(text).text for text in texts]
    found = {(f.row, f.code) for f in account.found if f.column == "t"}
    assert found == {(i, f.code) for i, text in enumerate(texts) for f in repair.check(text)}


@pytest.mark.parametrize("ensure_ascii", [True, False])
@pytest.mark.parametrize("wrap", ["{}", "x\n{}\t", '"{}" x'])
def test_all_examples_as_json(ensure_ascii: bool, wrap: str) -> None:  # noqa: FBT001
    texts = [wrap.replace("{}", text) for _, text in EXAMPLES]
    texts = [text for text in texts if not re.search("[\ud800-\udfff]", text)]
    lines = [json.dumps({"t": text}, ensure_ascii=ensure_ascii) for text in texts]
    out, account, _ = run("".join(f"{line}\n" for line in lines).encode(), JsonLines())
    assert account.failures == 0
    assert [json.loads(line)["t"] for line in out.decode().split("\n")[:-1]] == [
        repair.repair(text).text for text in texts
    ]
    found = {(f.row, f.code) for f in account.found}
    assert found == {(i, f.code) for i, text in enumerate(texts) for f in repair.check(text)}


def test_all_examples_as_lines() -> None:
    texts = [text for _, text in EXAMPLES if _fits(text)]
    out, account, _ = run("".join(f"{text}\n" for text in texts).encode(), Lines())
    assert account.failures == 0
    assert out.decode().split("\n")[:-1] == [repair.repair(text).text for text in texts]
    found = {(f.row, f.code) for f in account.found}
    assert found == {(i, f.code) for i, text in enumerate(texts) for f in repair.check(text)}


def test_findings_of_separated_values() -> None:
    data = f'1,x\n2,"a\n{BAD}"\n3,{BAD}\n'.encode()
    _, account, _ = run(data, CSV)
    assert [(f.row, f.key, f.column, f.start) for f in account.found] == [
        (1, "2", "t", 5),
        (2, "3", "t", 3),
    ]


def test_plain_lines() -> None:
    data = f"fine\r\n{BAD}\r\n\r\n{BAD}".encode()
    out, account, reader = run(data, Lines())
    assert out == data.replace(BAD.encode(), GOOD.encode())
    assert [f.row for f in account.found] == [1, 3]
    assert reader.row == 4


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-16"])
def test_units_of_more_than_a_byte(codec: str) -> None:
    text = f"plain\r\n日本 {BAD}\n" * 9000
    wide = "utf-16-le" if codec == "utf-16" else codec
    out, account, reader = run(text.encode(codec), Lines(), wide=wide)
    assert out == text.replace(BAD, GOOD).encode(codec)
    assert (reader.row, account.failures) == (18000, 0)


def test_another_encoding_stays() -> None:
    line = "国家统计局发布的数据显示，去年全年国内生产总值增长，exam\u200bple。经济运行总体平稳。\n"
    assert repair.repair(line).edits
    out, account, _ = run((line * 50).encode("gb18030"), Lines())
    assert out == (repair.repair(line).text * 50).encode("gb18030")
    assert account.found[0].start_byte == len(line[: account.found[0].start].encode("gb18030"))


def test_a_record_too_long_to_be_looked_at_passes_and_is_counted() -> None:
    def pieces() -> Iterator[bytes]:
        yield f"{BAD}\n".encode()
        for _ in range((MOST_RECORD >> 20) + 5):
            yield BAD.encode() * 150_000
        yield f"\n{BAD}\n".encode()

    account = Account()
    reader = Reader(Lines(), chooser(None, None), account)
    several = list(blocks(pieces(), Cutter()))
    assert b"".join(block.data for block in several) == b"".join(pieces())
    assert max(len(block.data) for block in several) < MOST_RECORD + (4 << 20)
    for block in several:
        reader.look(block)
    assert [f.row for f in account.found] == [0, 2]
    assert (account.failures, reader.row) == (1, 3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(['a"', "b,", "\n", '"\n"', "é", "\r\n"]), max_size=40),
    st.integers(1, 9),
)
def test_blocks_are_the_whole_and_end_where_records_do(parts: list[str], size: int) -> None:
    data = "".join(parts).encode() * 3
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    cutter = Cutter(quoted=True)
    assert b"".join(block.data for block in blocks(pieces, cutter)) == data
    end = cutter.end(data)
    assert not end or (data[end - 1 : end] == b"\n" and data.count(b'"', 0, end) % 2 == 0)


def test_no_rule_needs_a_character_that_is_passed_over() -> None:
    """A carriage return before a line end is one that all lines have."""
    passed = [c for c in map(chr, range(128)) if not WORTH_A_LOOK.search(c)]
    for rule in RULES:
        assert not [c for c in passed if is_needed(rule.trigger, c)], rule.code


def test_reading_is_not_quadratic_in_stray_marks() -> None:
    """A mark that nothing closes is met once for all records behind it."""
    data = (f'1,5" {BAD}\n' + f"2,{BAD}\n" * 50_000).encode()
    assert len(list(CSV.spans(data))) == 50_001
