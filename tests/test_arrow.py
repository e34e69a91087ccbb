"""Tables: the same rows in the same types, and findings beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import repair
from repair.adapters import arrow
from repair.adapters.account import Counted
from repair.adapters.arrow import FINDINGS, NoSuchColumnError, repair_batch
from repair.config import Config
from repair.rules import RULES
from repair.types import Finding, Rule, Safety
from tests.triggers import is_needed

BAD, GOOD = "caf\u00c3\u00a9", "café"
TEXTS = ["plain", "", None, BAD, "日本語", "a&amp;b\n", None, f"{BAD} {BAD}"]


def repaired(value: Any) -> Any:
    """What must become of a value, by the way of lists."""
    if isinstance(value, str):
        return repair.repair(value).text
    if isinstance(value, bytes):
        return repair.repair(value.decode()).text.encode()
    if isinstance(value, dict):
        return {name: repaired(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(repaired(item) for item in value)
    return value


def batch_of(array: pa.Array) -> pa.RecordBatch:
    ids = pa.array([f"k{i}" for i in range(len(array))])
    return pa.RecordBatch.from_arrays([ids, array], ["id", "x"])


SIMPLE = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.binary_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string()),
]
STRUCT = pa.struct([("a", pa.string()), ("n", pa.int64())])
NESTED: list[tuple[pa.DataType, list[Any]]] = [
    (pa.list_(pa.string()), [[BAD, "b", None], None, [], ["c"], [BAD]]),
    (pa.large_list(pa.string_view()), [[BAD, "b"], None, [], ["c"], [BAD]]),
    (pa.list_(pa.string(), 2), [[BAD, "b"], None, ["c", None], ["c", BAD]]),
    (STRUCT, [{"a": BAD, "n": 1}, None, {"a": None, "n": 2}, {"a": BAD, "n": None}]),
    (pa.list_(STRUCT), [[{"a": BAD, "n": 1}], None, [None, {"a": BAD, "n": 3}], []]),
    (pa.map_(pa.string(), pa.string()), [[("k", BAD)], None, [(BAD, None)], []]),
    (pa.list_(pa.list_(pa.string())), [[[BAD], None], [[], ["x", BAD]], None]),
    (pa.list_(pa.dictionary(pa.int8(), pa.string())), [[BAD, BAD], None, ["x"]]),
    (pa.struct([("t", pa.list_(pa.string()))]), [{"t": [BAD]}, {"t": None}, None]),
]


def arrays() -> Iterable[Any]:
    for type_ in SIMPLE:
        values = TEXTS
        if not pa.types.is_dictionary(type_):
            yield pytest.param(pa.array(values, pa.string()).cast(type_), id=str(type_))
        else:
            plain = pa.array(values, type_.value_type)
            yield pytest.param(plain.dictionary_encode().cast(type_), id=str(type_))
    for type_, values in NESTED:
        yield pytest.param(pa.array(values, type_), id=str(type_))


@pytest.mark.parametrize("array", list(arrays()))
@pytest.mark.parametrize("start", [0, 1, 3])
def test_same_rows_and_type_and_nulls(array: pa.Array, start: int) -> None:
    batch = batch_of(array).slice(start)
    done = repair_batch(batch, columns=["x"], key="id")
    done.result.validate(full=True)
    assert done.result.schema == batch.schema
    assert done.result.column("x").to_pylist() == repaired(batch.column("x").to_pylist())
    assert done.result.column("id") == batch.column("id")
    assert done.failures == 0
    assert done.findings.schema == FINDINGS
    rows = done.findings.to_pylist()
    assert all(found["key"] == f"k{start + found['row']}" for found in rows)
    assert sum(done.counts.values()) == len(rows)
    # What was repaired is clean
    assert not [
        f for f in repair_batch(done.result, columns=["x"]).findings.to_pylist() if f["applied"]
    ]


@pytest.mark.parametrize("array", list(arrays()))
def test_findings_say_what_and_where(array: pa.Array) -> None:
    """Each damaged value is found in the row it is in, and in no row that hides it."""
    done = repair_batch(batch_of(array), columns=["x"])
    texts = [str(value) for value in array.to_pylist()]
    seen = {f["row"] for f in done.findings.to_pylist() if f["code"] == "M101"}
    escaped = BAD.encode()
    assert seen == {
        row for row, text in enumerate(texts) if BAD in text or str(escaped)[2:-1] in text
    }


def test_a_finding_has_spans_in_code_points_and_bytes() -> None:
    batch = pa.RecordBatch.from_pydict({"n": [7, 8], "t": ["x", f"日本 {BAD}!"]})
    done = repair_batch(batch, key="n", first_row=100)
    assert done.findings.to_pylist() == [
        {
            "row": 101,
            "key": "8",
            "column": "t",
            "code": "M101",
            "start": 6,
            "end": 8,
            "start_byte": 10,
            "end_byte": 14,
            "before": "\u00c3\u00a9",
            "after": "é",
            "applied": True,
            "safety": "safe",
            "confidence": done.findings["confidence"][0].as_py(),
            "note": done.findings["note"][0].as_py(),
        }
    ]
    assert done.counts == {Counted("t", "M101", True): 1}


@pytest.mark.parametrize("array", list(arrays()))
def test_clean_columns_keep_their_buffers(array: pa.Array) -> None:
    batch = batch_of(array)
    clean = repair_batch(batch, columns=["x"]).result
    again = repair_batch(clean, columns=["x"])
    assert again.result is clean


def test_a_clean_column_beside_a_damaged_one_keeps_its_buffers() -> None:
    batch = pa.RecordBatch.from_pydict({"a": ["clean", "too"], "b": [BAD, "x"]})
    done = repair_batch(batch)
    old, new = batch.column("a").buffers()[2], done.result.column("a").buffers()[2]
    assert old is not None
    assert new is not None
    assert old.address == new.address


def test_values_hidden_by_nulls_are_neither_found_nor_changed() -> None:
    values = pa.array([BAD, "x"])
    hidden = pa.StructArray.from_arrays([values], names=["a"], mask=pa.array([True, False]))
    done = repair_batch(pa.RecordBatch.from_arrays([hidden], ["s"]))
    assert done.findings.num_rows == 0


def test_a_dictionary_holds_no_value_twice() -> None:
    array = pa.array([GOOD, BAD, BAD, None]).dictionary_encode()
    done = repair_batch(batch_of(array), key="id")
    assert done.result.column("x").dictionary.to_pylist() == [GOOD]
    assert done.findings["row"].to_pylist() == [1, 2]


def test_binary_columns_are_looked_at_only_if_named() -> None:
    batch = batch_of(pa.array([BAD.encode(), b"\x89PNG\r\n\x1a\n\0\0"]))
    assert repair_batch(batch).result is batch
    done = repair_batch(batch, columns=["x"])
    assert done.result.column("x").to_pylist() == [GOOD.encode(), b"\x89PNG\r\n\x1a\n\0\0"]


def test_bytes_keep_the_encoding_they_are_in() -> None:
    text = (
        "国家统计局发布的数据显示，去年全年国内生产总值增长，exam\u200bple。经济运行总体平稳。" * 3
    )
    config = Config(select=("I",), unsafe_fixes=True)
    data = text.encode("gb18030")
    done = repair_batch(batch_of(pa.array([data])), columns=["x"], config=config)
    found = done.findings.to_pylist()
    assert [data[f["start_byte"] : f["end_byte"]].decode("gb18030") for f in found]
    assert all(
        data[f["start_byte"] : f["end_byte"]].decode("gb18030") == f["before"] for f in found
    )
    (value,) = done.result.column("x").to_pylist()
    assert value.decode("gb18030") == repair.repair(text, config=config).text


def test_a_string_that_is_not_utf_8_is_repaired_or_kept() -> None:
    broken = pa.array([b"un caf\xe9 cr\xe8me", b"\xff"], pa.binary()).view(pa.string())
    batch = pa.RecordBatch.from_arrays([broken], ["x"])
    done = repair_batch(batch)
    new = done.result.column("x").view(pa.binary()).to_pylist()
    text = repair.repair(b"un caf\xe9 cr\xe8me".decode("utf-8", "surrogateescape")).text
    assert new == [text.encode("utf-8", "surrogateescape"), b"\xff"]
    assert done.findings.num_rows >= 2


def _explode(text: str) -> Iterable[Finding]:
    if "poison" in text:
        message = "as told"
        raise ValueError(message)
    yield Finding("T100", 0, 1, "B", Safety.SAFE, 1.0)


EXPLODES = Rule("T100", "x", "x", "x", Safety.SAFE, "A", find=_explode)  # type: ignore[arg-type]


def test_a_row_that_fails_passes_unchanged_and_is_counted() -> None:
    batch = pa.RecordBatch.from_pydict({"id": [1, 2, 3], "x": ["A+", "A+ poison", "A+ too"]})
    done = repair_batch(batch, rules=(EXPLODES,), key="id")
    assert done.result.column("x").to_pylist() == ["B+", "A+ poison", "B+ too"]
    assert done.failures == 1
    assert done.errors[0] == (1, "2", "x", "ValueError: as told")


def _to_surrogate(text: str) -> Iterable[Finding]:
    if text.startswith("A"):
        yield Finding("T101", 0, 1, "\udc80", Safety.SAFE, 1.0)


def test_a_result_that_no_string_can_hold_is_refused() -> None:
    rule = Rule("T101", "x", "x", "x", Safety.SAFE, "A", find=_to_surrogate)  # type: ignore[arg-type]
    batch = pa.RecordBatch.from_pydict({"x": ["A+b", "c"]})
    done = repair_batch(batch, rules=(rule,))
    assert done.result is batch
    assert done.failures == 1
    assert done.findings.to_pylist()[0]["applied"] is False


@pytest.mark.parametrize(
    ("names", "key", "said"),
    [
        (["nope"], None, "column 'nope' is not there; there are 'id', 'x'"),
        (["x"], "nope", "column 'nope' is not there"),
        (["id"], None, "column 'id' is of type int64, which holds no text"),
    ],
)
def test_columns_that_cannot_be_looked_at(names: list[str], key: str | None, said: str) -> None:
    batch = pa.RecordBatch.from_pydict({"id": [1], "x": ["a"]})
    with pytest.raises(NoSuchColumnError, match=re.escape(said)):
        repair_batch(batch, columns=names, key=key)


def test_no_rule_needs_a_character_that_is_passed_over() -> None:
    """Else a text of ASCII with it would not be looked at."""
    passed = [c for c in map(chr, range(128)) if not re.match(arrow._WORTH_A_LOOK, c)]
    for rule in RULES:
        assert not [c for c in passed if is_needed(rule.trigger, c)], rule.code


# What the sieve knows to be ordinary, what it does not, and code, which other rules look at
SOME = [
    BAD,
    "a\u200bb",
    "&eacute;",
    "#!/bin/sh\np\u0430ypal=1\nd\u0430ta=2",
    ".TH A 1\np\u0430ypal_d\u0430ta",
    "\u65b0\u534e\u793e\u5317\u4eac\u8bb0\u8005\u6a0a\u5982\u94a7\u6444\u5f71\u62a5\u9053",
    "standardm\xe4\xdfig gr\xf6\xdfer",
    "gr\xf6\xdfer\ngr\xc3\xb6\xc3\u0178er\nstandardm\xe4\xdfig",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text() | st.sampled_from(SOME)))
def test_as_if_each_value_was_repaired_alone(values: list[str | None]) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(values, pa.string())], ["x"])
    done = repair_batch(batch)
    assert done.result.column("x").to_pylist() == repaired(values)
    expected = [
        (row, f.code, f.start, f.end, f.new)
        for row, value in enumerate(values)
        if value
        for f in repair.check(value)
    ]
    found = done.findings.to_pylist()
    got = [(f["row"], f["code"], f["start"], f["end"], f["after"]) for f in found]
    assert sorted(got, key=repr) == sorted(expected, key=repr)
