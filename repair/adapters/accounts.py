"""What was found in a content, packed for a cache so that the same account comes of it again.

Neither the content nor its repair is kept: the one is read again, the other made by the edits.
"""

from __future__ import annotations

import marshal
from typing import Any

from repair.adapters.cache import is_good_for
from repair.decode import encode, read_again
from repair.edits import apply
from repair.types import Decoded, Edit, Finding, Repaired, Safety, Segment

# A table with damage in each line is looked at again sooner than kept.
MOST_BYTES = 1 << 18

# How the repaired bytes come of the account: there are none, they are those of the content, its
# text in the encoding it had, or in another one.
_NONE, _SAME, _ENCODED, _CONVERTED = range(4)


def packed(data: bytes, result: Repaired, floor: int) -> bytes | None:
    """Return the account of ``result``, which came of ``data`` and is good for this ``floor``.

    ``None`` if it is too large, or another result would come of it.
    """
    decoded = result.decoded
    if decoded is None:
        return None
    account = bytes([floor]) + marshal.dumps(
        (
            _how(data, result, decoded),
            result.encoding,
            (decoded.encoding, decoded.confidence, decoded.exact, decoded.bom),
            [(part.start, part.end, part.encoding) for part in decoded.segments],
            [tuple(edit) for edit in result.edits],
            [_row(finding) for finding in result.findings],
            [_row(finding) for finding in result.remaining],
        )
    )
    if len(account) > MOST_BYTES or unpacked(data, account, floor) != result:
        return None
    return account


def unpacked(data: bytes, account: bytes, floor: int) -> Repaired | None:
    """Return the result that ``data`` had; ``None`` if the account is for another floor."""
    if not is_good_for(account, floor):
        return None
    rows = marshal.loads(account[1:])  # noqa: S302 (checked to be what was written: see cache)
    how, written_in, reading, parts, edits, found, remaining = rows
    encoding, confidence, exact, bom = reading
    segments = tuple(Segment(*part) for part in parts)
    text = read_again(data, encoding, segments, bom)
    decoded = Decoded(text, encoding, confidence, exact, segments, bom)
    changes = tuple(Edit(*edit) for edit in edits)
    repaired = apply(text, changes)
    return Repaired(
        text,
        repaired,
        changes,
        tuple(_finding(row) for row in found),
        tuple(_finding(row) for row in remaining),
        data=_made(how, data, repaired, decoded, written_in),
        encoding=written_in,
        decoded=decoded,
    )


def _how(data: bytes, result: Repaired, decoded: Decoded) -> int:
    if result.data is None:
        return _NONE
    if result.data == data:
        return _SAME
    try:
        return _ENCODED if encode(result.text, decoded) == result.data else _CONVERTED
    except UnicodeEncodeError:
        return _CONVERTED


def _made(
    how: int, data: bytes, text: str, decoded: Decoded, written_in: str | None
) -> bytes | None:
    if how == _NONE:
        return None
    if how == _SAME:
        return data
    return text.encode(written_in) if how == _CONVERTED and written_in else encode(text, decoded)


def _row(finding: Finding) -> tuple[Any, ...]:
    return (
        finding.code,
        finding.start,
        finding.end,
        finding.new,
        int(finding.safety),
        finding.confidence,
        finding.note,
    )


def _finding(row: tuple[Any, ...]) -> Finding:
    code, start, end, new, safety, confidence, note = row
    return Finding(code, start, end, new, Safety(safety), confidence, note)
