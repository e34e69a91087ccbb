"""Repairs the text of Arrow tables: ``RecordBatch -> (RecordBatch, findings)``.

The kernel that all engines run. A column without damage is returned as the same buffers; a value
that cannot be looked at passes unchanged and is counted, and the rest goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from repair.adapters.account import MOST_ERRORS, Account, Counted, Failed, Found, Where
from repair.adapters.leaves import Leaf, has_strings, is_bytes, rewritten
from repair.adapters.sieve import Sieve
from repair.adapters.sieve import sieve as default_sieve
from repair.config import Config
from repair.decode import decode, encode
from repair.rules import RULES
from repair.types import Rule

FINDINGS = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("key", pa.string()),
        pa.field("column", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("start_byte", pa.int64(), nullable=False),
        pa.field("end_byte", pa.int64(), nullable=False),
        pa.field("before", pa.string(), nullable=False),
        pa.field("after", pa.string()),
        pa.field("applied", pa.bool_(), nullable=False),
        pa.field("safety", pa.string(), nullable=False),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
    ]
)
"""Of the table of findings; ``account.Found`` says what the columns mean."""

# The characters of ASCII without which no rule finds anything in a text of ASCII: controls, and
# those that escapes are made with. tests/test_arrow.py compares them with the triggers.
_WORTH_A_LOOK = r"[\x00-\x08\x0b-\x1f%&+=\\\x7f-\xff]"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was looked at."""

    result: pa.RecordBatch
    """The same rows, in order, in the same schema; the object that was given if nothing changed."""
    findings: pa.RecordBatch
    """All that was found, in the schema ``FINDINGS``, by column and row."""
    counts: Mapping[Counted, int]
    errors: tuple[Failed, ...]
    """The first of the values that passed unchanged because they could not be looked at."""
    failures: int
    """How many such values there were."""


class NoSuchColumnError(ValueError):
    """A column that was named is not there."""


def repair_batch(  # noqa: PLR0913 (options by name)
    batch: pa.RecordBatch,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] | None = None,
    columns: Iterable[str] | None = None,
    key: str | None = None,
    first_row: int = 0,
    most_errors: int | None = MOST_ERRORS,
) -> Batch:
    """Repair the text in a batch, and say what was found.

    Looks at all columns with strings, or at ``columns``; ``key`` is the column that identifies a
    row, which is not looked at unless it is named. Binary columns are looked at only if they are
    named: their encoding is detected value by value. The rows of findings are counted from
    ``first_row``. Of the values that could not be looked at, ``most_errors`` are returned.

    Raises:
        NoSuchColumnError: there is no such column.
    """
    account = Account(
        config or Config(), RULES if rules is None else rules, most_errors=most_errors
    )
    chosen = text_columns(batch.schema, columns, key)
    result = look_at_batch(batch, account, chosen, key=key, first_row=first_row)
    return Batch(
        result,
        findings_of(account.found),
        Counter(account.counts),
        tuple(account.failed),
        account.failures,
    )


def look_at_batch(
    batch: pa.RecordBatch,
    account: Account,
    chosen: Iterable[int],
    *,
    key: str | None = None,
    first_row: int = 0,
) -> pa.RecordBatch:
    """The same, for columns by number and with what is found in ``account``."""
    keys = batch.column(_index(batch.schema, key)) if key is not None else None
    arrays = list(batch.columns)
    changed = False
    look = partial(_look_at, account=account, keys=keys, first_row=first_row)
    for index in chosen:
        new = rewritten(arrays[index], batch.schema.field(index).name, _itself, look)
        changed = changed or new is not arrays[index]
        arrays[index] = new
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema) if changed else batch


def text_columns(
    schema: pa.Schema, columns: Iterable[str] | None = None, key: str | None = None
) -> list[int]:
    """Return the indices of the columns to look at.

    Raises:
        NoSuchColumnError: there is no such column, or it can hold no text.
    """
    if key is not None:
        _index(schema, key)
    if columns is not None:
        chosen = [_index(schema, name) for name in columns]
        for index in chosen:
            field = schema.field(index)
            if not has_strings(field.type) and not is_bytes(field.type):
                msg = f"column {field.name!r} is of type {field.type}, which holds no text"
                raise NoSuchColumnError(msg)
        return chosen
    return [i for i, field in enumerate(schema) if field.name != key and has_strings(field.type)]


def _index(schema: pa.Schema, name: str) -> int:
    index = schema.get_field_index(name)
    if index < 0:
        known = ", ".join(repr(known) for known in schema.names)
        twice = schema.names.count(name) > 1
        problem = "is there more than once" if twice else f"is not there; there are {known}"
        msg = f"column {name!r} {problem}"
        raise NoSuchColumnError(msg)
    return int(index)


def findings_of(found: Iterable[Found]) -> pa.RecordBatch:
    """Return what was found as a table."""
    columns = list(zip(*found, strict=True)) or [()] * len(FINDINGS)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, FINDINGS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=FINDINGS)


def _itself(row: int) -> tuple[int]:
    return (row,)


def _look_at(
    leaf: Leaf, *, account: Account, keys: pa.Array | None, first_row: int
) -> dict[int, bytes]:
    """Return what becomes of the values of a leaf that are to be replaced."""
    new: dict[int, bytes] = {}
    as_bytes = leaf.array.view(pa.large_binary() if _is_large(leaf.array.type) else pa.binary())
    look = _text if leaf.is_text else _bytes
    for index in _worth_a_look(as_bytes, account.rules):
        repaired: bytes | None = None
        value = as_bytes[index].as_py()
        for row in leaf.rows_of(index):
            where = Where(first_row + row, leaf.path, partial(_key, keys, row))
            repaired = look(value, where, account)
        if repaired is None and leaf.shared:
            repaired = look(value, _NOWHERE, Account(account.config, account.rules))
        if repaired is not None:
            new[index] = repaired
    return new


_NOWHERE = Where(0, "", lambda: None)


def _is_large(type_: pa.DataType) -> bool:
    return bool(pa.types.is_large_string(type_) or pa.types.is_large_binary(type_))


def _worth_a_look(values: pa.Array, rules: Sequence[Rule]) -> Iterator[int]:
    """Yield the indices of values in which something may be found.

    All that is not plain ASCII is joined by line ends and passes the sieve at once; only what
    stays in it becomes an object of Python by itself.
    """
    indices = pc.indices_nonzero(pc.match_substring_regex(values, _WORTH_A_LOOK))
    if not len(indices):
        return
    picked = values.take(indices)
    sieve = default_sieve() if rules is RULES else Sieve(rules)
    hits = sieve.lines(_joined(picked), values=True)
    starts = _starts(picked)
    last = -1
    for low, _ in hits:
        number = bisect_right(starts, low) - 1
        if number != last:
            yield indices[number].as_py()
            last = number


def _joined(values: pa.Array) -> bytes:
    """The values with a line end behind each but the last."""
    large = values.cast(pa.large_binary())
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(large)], pa.int64()), large)
    joined: bytes = pc.binary_join(whole, pa.scalar(b"\n", pa.large_binary()))[0].as_py()
    return joined


def _starts(values: pa.Array) -> list[int]:
    """Where each value begins among those that are joined."""
    lengths = pc.add(pc.binary_length(values).cast(pa.int64()), 1)
    return [0, *pc.cumulative_sum(lengths).to_pylist()[:-1]]


def _key(keys: pa.Array | None, row: int) -> str | None:
    if keys is None or not keys[row].is_valid:
        return None
    return str(keys[row].as_py())


def _text(value: bytes, where: Where, account: Account) -> bytes | None:
    """A string; where it is not UTF-8, as readers of Parquet let pass, its bytes are findings."""
    result = account.look(value.decode("utf-8", "surrogateescape"), where, _utf8)
    return None if result is None else _utf8(result.text)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")


def _bytes(value: bytes, where: Where, account: Account) -> bytes | None:
    """Bytes in an encoding that is detected; what is no text passes."""
    decoded = decode(value)
    if decoded.confidence == 0.0 or not decoded.exact:
        return None
    write = partial(encode, decoded=decoded)
    result = account.look(decoded.text, where, write)
    return None if result is None else write(result.text)
