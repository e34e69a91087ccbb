"""The strings in an Arrow array, however deep, and the same array with some of them replaced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

RowsOf = Callable[[int], Iterable[int]]
"""The rows of the batch that a value of a leaf is seen in; none if it is hidden by a null."""
Replace = Callable[["Leaf"], Mapping[int, bytes]]
"""Returns new values of a leaf by index."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An array of strings or bytes, and where it is in its column."""

    array: pa.Array
    """Of a plain type: string, large_string, binary or large_binary."""
    path: str
    """``tags[].name`` for the field ``name`` of the structs in the lists of column ``tags``."""
    rows_of: RowsOf
    is_text: bool
    shared: bool = False
    """Other batches have the same values, which must become the same, seen or not."""


def is_string(type_: pa.DataType) -> bool:
    """Whether the values of a type are text."""
    return bool(
        pa.types.is_string(type_)
        or pa.types.is_large_string(type_)
        or pa.types.is_string_view(type_)
    )


def is_bytes(type_: pa.DataType) -> bool:
    """Whether the values of a type are bytes, of any length, which may be text."""
    return bool(
        pa.types.is_binary(type_)
        or pa.types.is_large_binary(type_)
        or pa.types.is_binary_view(type_)
    )


def has_strings(type_: pa.DataType) -> bool:
    """Whether there is text anywhere in a type."""
    if is_string(type_):
        return True
    if isinstance(type_, pa.BaseExtensionType):
        return has_strings(type_.storage_type)
    if pa.types.is_dictionary(type_):
        return has_strings(type_.value_type)
    return any(has_strings(type_.field(i).type) for i in range(type_.num_fields))


def rewritten(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    """Return ``array`` with what ``replace`` gives for its leaves; the same object if nothing."""
    way = next((way for is_such, way in _WAYS if is_such(array.type)), None)
    return array if way is None else way(array, path, rows_of, replace)


def _leaf(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    type_ = array.type
    is_text = is_string(type_)
    plain = array
    if pa.types.is_string_view(type_) or pa.types.is_binary_view(type_):
        plain = array.cast(pa.large_string() if is_text else pa.large_binary())
    new = replace(Leaf(plain, path, rows_of, is_text))
    if not new:
        return array
    return _with_values(plain, new).cast(type_)


def _with_values(array: pa.Array, new: Mapping[int, bytes]) -> pa.Array:
    """``array`` with some values replaced, by their index."""
    indices = sorted(new)
    mask = pc.is_in(_numbers(len(array)), pa.array(indices, pa.int64()))
    as_bytes = pa.large_binary() if pa.types.is_large_string(array.type) else array.type
    as_bytes = pa.binary() if pa.types.is_string(array.type) else as_bytes
    values = pa.array([new[index] for index in indices], as_bytes)
    return pc.replace_with_mask(array.view(as_bytes), mask, values).view(array.type)


def _numbers(count: int) -> pa.Array:
    return pa.array(range(count), pa.int64())


def _extension(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    storage = rewritten(array.storage, path, rows_of, replace)
    return array if storage is array.storage else array.type.wrap_array(storage)


def _dictionary(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    """A value is looked at once, and found in each row that refers to it."""
    if not has_strings(array.type.value_type) and not is_bytes(array.type.value_type):
        return array

    def rows_with(index: int) -> Iterator[int]:
        for place in pc.indices_nonzero(pc.equal(array.indices, index)).to_pylist():
            yield from rows_of(place)

    def shared(leaf: Leaf) -> Mapping[int, bytes]:
        return replace(dataclass_replace(leaf, shared=True))

    values = rewritten(array.dictionary, path, rows_with, shared)
    if values is array.dictionary:
        return array
    # What is repaired may be there already, and no value of a dictionary stands in it twice
    coded = pc.dictionary_encode(values, null_encoding="encode")
    indices = pc.take(coded.indices, array.indices).cast(array.indices.type)
    return pa.DictionaryArray.from_arrays(
        indices, coded.dictionary.cast(array.type.value_type), ordered=array.type.ordered
    )


def _struct(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    fields = [array.type.field(i) for i in range(array.type.num_fields)]
    rows = _seen(array, rows_of)
    old = [array.field(i) for i in range(len(fields))]
    new = [
        rewritten(child, f"{path}.{field.name}", rows, replace)
        for field, child in zip(fields, old, strict=True)
    ]
    if all(one is other for one, other in zip(old, new, strict=True)):
        return array
    mask = array.is_null() if array.null_count else None
    return pa.StructArray.from_arrays(new, fields=fields, mask=mask)


def _seen(array: pa.Array, rows_of: RowsOf) -> RowsOf:
    """The rows of the elements of an array that are not null."""
    if not array.null_count:
        return rows_of
    return lambda index: rows_of(index) if array[index].is_valid else ()


def _list(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    is_large = pa.types.is_large_list(array.type)
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return array
    whole = memoryview(buffer).cast("q" if is_large else "i")
    offsets = whole[array.offset : array.offset + len(array) + 1]
    rows = _seen(array, rows_of)
    first, end = offsets[0], offsets[-1]
    # A map is a list of structs of key and value
    child = _child(array)
    part = child.slice(first, end - first)
    new = rewritten(
        part, f"{path}[]", lambda index: rows(bisect_right(offsets, index + first) - 1), replace
    )
    if new is part:
        return array
    values = _joined([child.slice(0, first), new, child.slice(end)])
    return _with_children(array, 2, values)


def _fixed_size_list(array: pa.Array, path: str, rows_of: RowsOf, replace: Replace) -> pa.Array:
    size = array.type.list_size
    child = _child(array)
    first, end = array.offset * size, (array.offset + len(array)) * size
    rows = _seen(array, rows_of)
    part = child.slice(first, end - first)
    new = rewritten(part, f"{path}[]", lambda index: rows(index // size), replace)
    if new is part:
        return array
    return _with_children(array, 1, _joined([child.slice(0, first), new, child.slice(end)]))


def _child(array: pa.Array) -> pa.Array:
    """All values of a list, those before and behind a slice as well."""
    if not pa.types.is_map(array.type):
        return array.values
    names = [array.type.key_field, array.type.item_field]
    return pa.StructArray.from_arrays([array.keys, array.items], fields=names)


def _joined(parts: Iterable[pa.Array]) -> pa.Array:
    several = [part for part in parts if len(part)]
    return several[0] if len(several) == 1 else pa.concat_arrays(several)


def _with_children(array: pa.Array, own: int, values: pa.Array) -> pa.Array:
    """``array`` with its own first buffers and other values."""
    buffers: list[Any] = array.buffers()[:own]
    return pa.Array.from_buffers(
        array.type, len(array), buffers, array.null_count, array.offset, [values]
    )


Way = Callable[[pa.Array, str, RowsOf, Replace], pa.Array]
_WAYS: tuple[tuple[Callable[[pa.DataType], bool], Way], ...] = (
    (is_string, _leaf),
    (is_bytes, _leaf),
    (lambda type_: isinstance(type_, pa.BaseExtensionType), _extension),
    (pa.types.is_dictionary, _dictionary),
    (pa.types.is_struct, _struct),
    (pa.types.is_list, _list),
    (pa.types.is_large_list, _list),
    (pa.types.is_map, _list),
    (pa.types.is_fixed_size_list, _fixed_size_list),
)
