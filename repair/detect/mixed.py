"""Lines of one input in several encodings: which line is in which?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from repair.detect.confirm import decodes
from repair.detect.encodings import NARROWER, USAGE_OF, narrowest
from repair.detect.evidence import first_beyond_ascii
from repair.detect.islands import islands
from repair.detect.lens import lens
from repair.detect.likelihood import evidence
from repair.detect.weights import BUDGET, UNREAD, Weights, weigh, weighed_as, weight, wide
from repair.model.judge import UNIT
from repair.types import Detection, Segment

# What another encoding must gain over all lines, in nats, to be there at all. UTF-8 that is valid
# is rarely so by chance; other encodings read odd words of each other's well enough.
NEED, NEED_UTF_8, NEED_BESIDE_TWO_BYTES = 25.0, 12.0, 60.0

# What lines may cost in another encoding for each pair of bytes and for each line, in nats: what is
# odd in all is no text in any. The right one of the peers' files costs 2.6 to 3.5, in two bytes
# 2.0 to 4.6.
MOST_PER_PAIR, MOST_PER_LINE = 4.0, 4.0

# What it costs to go over to another encoding from one line to the next.
SWITCH = 6.0

# Lines that are weighed in all encodings; the others only in those that were found there.
MOST_WEIGHED = 200

# Different lines that are compared in those; of the rest it only counts which can read them.
MOST_COMPARED = 5_000

# A line is weighed if it costs so much more than is usual, and for each pair of bytes.
EXCESS, EXCESS_PER_PAIR = 3.0, 0.6

_UTF_8 = "utf-8"


class Line(NamedTuple):
    """A line with bytes beyond ASCII, without its end; offsets in bytes."""

    start: int
    end: int
    data: bytes


def lines_beyond_ascii(data: bytes) -> Iterator[Line]:
    """Yield them in order, as fast as ASCII can be passed over."""
    at = 0
    while (first := first_beyond_ascii(data, at, len(data))) < len(data):
        start = data.rfind(b"\n", at, first) + 1 or at
        end = data.find(b"\n", first)
        end = len(data) if end < 0 else end
        yield Line(start, end, data[start:end])
        at = end


def segments(data: bytes, found: Detection) -> tuple[Segment, ...]:
    """Return the runs of ``data`` that are in one encoding each, in order and without gaps.

    They are whole lines, but for runs of UTF-16. ASCII belongs to the encoding found for the whole.
    """
    whole = (Segment(0, len(data), found.encoding),) if found.encoding and data else ()
    if found.encoding not in USAGE_NAMES:
        return whole
    others = [*islands(data), *_foreign(data, found)]
    if not others:
        return whole
    return tuple(joined(data, found.encoding, sorted(others, key=lambda each: each.start)))


USAGE_NAMES = frozenset(
    {_UTF_8, *USAGE_OF, *(name for names in NARROWER.values() for name in names)}
)


def joined(data: bytes, primary: str, others: Iterable[Segment]) -> Iterator[Segment]:
    """Fill the gaps; runs that only ASCII lies between become one."""
    at, last = 0, None
    for other in others:
        if other.start < at:  # a line that a run of UTF-16 reaches into
            continue
        between = data[at : other.start]
        if last is not None and last.encoding == other.encoding and between.isascii():
            last = Segment(last.start, other.end, other.encoding)
        else:
            if last is not None:
                yield last
            if between:
                yield Segment(at, other.start, primary)
            last = other
        at = other.end
    if last is not None:
        yield last
    if at < len(data):
        yield Segment(at, len(data), primary)


def _foreign(data: bytes, found: Detection) -> Iterator[Segment]:
    primary = found.encoding or _UTF_8
    if primary == _UTF_8 and decodes(data, _UTF_8):
        return
    lines = [line for line in lines_beyond_ascii(data) if b"\0" not in line.data]
    suspects = list(_suspects(lines, found, len(data)))
    data_of = [line.data for line in suspects]
    weighed = _weigh_some(data_of, primary)
    chosen = _chosen(weighed.values(), primary)
    if primary != _UTF_8 and chosen:
        suspects = lines  # what seemed right may be better in one of the others
        data_of = [line.data for line in suspects]
        weighed |= _weigh_some(data_of, primary)
        chosen = _chosen(weighed.values(), primary) or chosen
    encodings = _assigned(data_of, weighed, chosen, primary)
    others: dict[str, list[Line]] = {}
    for line, encoding in zip(suspects, encodings, strict=True):
        if encoding != primary:
            others.setdefault(encoding, []).append(line)
    for encoding, own in others.items():
        name = narrowest(b"\n".join(line.data for line in own), encoding)
        for line in own:  # the end of a line belongs to it
            yield Segment(line.start, min(line.end + 1, len(data)), name)


def _suspects(lines: Sequence[Line], found: Detection, end: int) -> Iterator[Line]:
    """Yield the lines that may be in another encoding than the one found for the whole."""
    primary = found.encoding or _UTF_8
    if primary == _UTF_8:
        for line in lines:
            if not _is_mostly_utf_8(line.data, at_end=line.end == end, at_start=line.start == 0):
                yield line
        return
    usage = USAGE_OF.get(primary) or USAGE_OF[wide(primary)]
    screened = usage.script != "Hani" and found.language is not None
    costs = [_screened(line.data, usage.name, found.language or "") for line in lines if screened]
    usual = _usual(costs)
    for number, line in enumerate(lines):
        odd = not screened or not decodes(line.data, primary) or decodes(line.data, _UTF_8)
        if not odd:
            cost, count = costs[number]
            odd = cost - usual * count > EXCESS + EXCESS_PER_PAIR * count
        if odd:
            yield line


def _usual(costs: Sequence[tuple[float, int]]) -> float:
    """Return what a pair costs in the lines that are as they should be: the better quarter."""
    each = sorted(cost / count for cost, count in costs if count)
    return each[len(each) // 4] if each else 0.0


def _screened(line: bytes, encoding: str, language: str) -> tuple[float, int]:
    """Return what a line costs, in nats, and how many pairs it has."""
    padded = b" " + line + b" "
    pairs = [a << 8 | b for a, b in pairwise(padded) if (a | b) > 127]
    return lens(encoding).cost_in(language, pairs) * UNIT, len(pairs)


def _is_mostly_utf_8(line: bytes, *, at_start: bool, at_end: bool) -> bool:
    """Tell whether a line has more characters of UTF-8 than bytes that belong to none."""
    if at_start:
        line = line[:3].lstrip(_LATER_BYTES) + line[3:]
    if decodes(line, _UTF_8) and (at_end or not line or line[-1] < 0xC0):
        return True
    text = line.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    return sum(character > "\x7f" for character in text) - strays > strays


_LATER_BYTES = bytes(range(0x80, 0xC0))


def assign(lines: Sequence[bytes], primary: str | None = None) -> list[str]:
    """Return the encoding of each line: few different ones, and rarely another than before.

    ``primary`` costs nothing to be there. Lines that nothing reads are in it, or in ASCII.
    """
    weighed = _weigh_some(lines, primary)
    return _assigned(lines, weighed, _chosen(weighed.values(), primary), primary)


def _assigned(
    lines: Sequence[bytes],
    weighed: Mapping[bytes, Weights],
    chosen: Sequence[str],
    primary: str | None,
) -> list[str]:
    names = [name for name in dict.fromkeys((primary, *chosen)) if name is not None]
    if not chosen:
        return [primary or "ascii"] * len(lines)
    known = {line: weights.nats for line, weights in weighed.items()}
    table = []
    for line in lines:
        if not known.get(line, {}).keys() >= set(names):
            enough = len(known) >= MOST_COMPARED
            known[line] = weighed_as(line, known.get(line, {}), names, roughly=enough)
        table.append(known[line])
    return _path(table, names)


def assign_surely(lines: Sequence[bytes]) -> list[tuple[str, float] | None]:
    """Return the encoding of each line, and by how many nats it is likelier than another reading.

    All lines of an encoding speak for it together. ``None`` is a line that reads like no text.
    """
    weighed = _weigh_some(lines, None)
    encodings = _assigned(lines, weighed, _chosen(weighed.values(), None), None)
    encoding_of = dict(zip(lines, encodings, strict=True))
    pooled = {name: _pooled(weighed, encoding_of, name) for name in set(encodings)}
    told = {
        (line, name): _surely(line, name, pooled[name])
        for line, name in dict.fromkeys(zip(lines, encodings, strict=True))
    }
    return [told[each] for each in zip(lines, encodings, strict=True)]


def _surely(
    line: bytes, name: str, margins: Sequence[tuple[float, str]]
) -> tuple[str, float] | None:
    found = evidence([line], BUDGET)
    if not found.pieces or name == "ascii" or not decodes(line, name):
        return None
    if -weight(line, found, name) > MOST_PER_PAIR * found.total + MOST_PER_LINE:
        return None
    text = line.decode(name, "replace")
    others = (nats for nats, other in margins if line.decode(other, "replace") != text)
    return name, next(others, UNREAD)


def _pooled(
    weighed: Mapping[bytes, Weights], encoding_of: Mapping[bytes, str], name: str
) -> list[tuple[float, str]]:
    """Return by how much an encoding beats each other one over all its lines, the least first."""
    own = [
        weights.nats
        for line, weights in weighed.items()
        if encoding_of[line] == name and name in weights.nats
    ]
    missing = [min(nats.values()) for nats in own]
    margins: list[tuple[float, str]] = []
    for other in {each for nats in own for each in nats} - {name}:
        pairs = zip(own, missing, strict=True)
        margin = sum(nats[name] - nats.get(other, least) for nats, least in pairs)
        margins.append((margin + _prior(name) - _prior(other), other))
    return sorted(margins)


def _prior(name: str) -> float:
    return USAGE_OF[name].prior if name in USAGE_OF else 0.0


def _weigh_some(lines: Sequence[bytes], primary: str | None) -> dict[bytes, Weights]:
    """Weigh some of the different lines in all encodings."""
    different = list(dict.fromkeys(lines))
    if len(different) > MOST_WEIGHED:
        from random import Random  # noqa: PLC0415 (1 ms)

        different = Random(0).sample(different, MOST_WEIGHED)  # noqa: S311 (any will do)
    return {line: weigh(line, primary) for line in different}


def _chosen(weighed: Iterable[Weights], primary: str | None) -> list[str]:
    """Return the encodings that gain more than they cost, the first first.

    The same pairs of bytes on another line are no more evidence.
    """
    weighed = list({weights.evidence: weights for weights in weighed}.values())
    now = [
        weights.nats.get(primary, -math.inf)
        if primary
        else min(weights.nats.values(), default=0.0) - UNREAD
        for weights in weighed
    ]
    chosen: list[str] = []
    refused: set[str] = set()
    gains = _gains(weighed, now)
    while True:
        name, gain = max(gains.items(), key=lambda each: each[1], default=("", 0.0))
        if gain <= _need(name, [primary, *chosen]):
            return chosen
        if _looks_like_text(weighed, now, name):
            chosen.append(name)
            now = [max(n, w.nats.get(name, n)) for w, n in zip(weighed, now, strict=True)]
            gains = _gains(weighed, now)
            gains = {name: gain for name, gain in gains.items() if name not in refused}
        else:
            refused.add(name)
            del gains[name]


def _gains(weighed: Sequence[Weights], now: Sequence[float]) -> dict[str, float]:
    gains: dict[str, float] = {}
    for weights, already in zip(weighed, now, strict=True):
        for name, nats in weights.nats.items():
            gains[name] = gains.get(name, 0.0) + max(nats - already, 0.0)
    return gains


def _looks_like_text(weighed: Sequence[Weights], now: Sequence[float], name: str) -> bool:
    """Tell whether the lines that are better in an encoding are good there."""
    better = [
        (weights.nats[name], weights.pairs)
        for weights, already in zip(weighed, now, strict=True)
        if weights.nats.get(name, -math.inf) > already
    ]
    pairs = sum(count for _, count in better)
    most = MOST_PER_PAIR * pairs + MOST_PER_LINE * len(better)
    return name == _UTF_8 or -sum(nats for nats, _ in better) <= most


def _need(name: str, others: Sequence[str | None]) -> float:
    if not name:
        return math.inf
    if others in ([None], [_UTF_8]):
        return 0.0
    usages = [USAGE_OF.get(other or "") for other in others]
    two_bytes = any(usage is not None and usage.script == "Hani" for usage in usages)
    if name == _UTF_8:
        return NEED if two_bytes else NEED_UTF_8
    return (NEED_BESIDE_TWO_BYTES if two_bytes else NEED) - USAGE_OF[name].prior


def _path(table: Sequence[Mapping[str, float]], names: Sequence[str]) -> list[str]:
    """Return the likeliest encodings of all lines: Viterbi, with a price for each change."""
    total = dict.fromkeys(names, 0.0)
    back: list[dict[str, str]] = []
    for weights in table:
        best = max(total, key=lambda name: total[name])
        came = {n: n if total[n] >= total[best] - SWITCH else best for n in names}
        total = {
            n: weights[n] + (total[n] if came[n] == n else total[best] - SWITCH) for n in names
        }
        back.append(came)
    path = [max(total, key=lambda name: total[name])]
    for came in reversed(back[1:]):
        path.append(came[path[-1]])
    return path[::-1]
