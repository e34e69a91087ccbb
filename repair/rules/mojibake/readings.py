"""What a line may have been before it was read wrongly: every reading that its bytes allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from repair.model import judge
from repair.patterns import pattern
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.legacy import (
    CLEAN_MARKS,
    is_letter,
    is_text,
    other_pages,
    pages,
)
from repair.rules.mojibake.pages import (
    DOUBLE_BYTE,
    FILLED_CONTROLS,
    from_bytes,
    raw_of_page,
    to_bytes,
)
from repair.rules.mojibake.pairs import decoded_runs
from repair.rules.mojibake.sequences import (
    pages_of_utf8,
    pages_with_beginnings,
    pages_with_sequences,
)
from repair.rules.mojibake.suspects import is_suspect


class Reading(NamedTuple):
    """What a line was if ``layers`` happened to it, the first layer first."""

    text: str
    layers: tuple[Layer, ...]
    code: str
    price: float
    """How many nats of evidence it takes to believe that this happened at all."""
    half: bool = False
    """Beside what was decoded is something that was not, and looks as if it belonged to it."""
    also: tuple[tuple[Layer, ...], ...] = ()
    """Other layers that give the same text."""
    made: str = ""
    """Of UTF-8: the text, or the one run of it that was decoded."""


# UTF-8 of more than one byte, with the halves of surrogate pairs that CESU-8 writes, as Latin-1.
_SEQUENCE = (
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|"
    "\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
UTF8 = pattern(f"(?:{_SEQUENCE})+")
UTF8_BYTES = pattern(UTF8.pattern.encode("latin-1"))
# Where a program made a space of the no-break space that belongs to a sequence.
_SPACED = pattern(
    " (?:(?<=[\xc3\xc4\xc5\xce\xd0-\xdb] )|(?<=[\xe0-\xef] )(?=[\x80-\xbf])|"
    "(?<=[\xe0-\xef][\x80-\xbf] )|(?<=\xf0\x9f )(?=[\x80-\xbf])|(?<=\xf0\x9f[\x80-\xbf] ))"
)
# Or took it away before the space that follows: the letter is \xe0, a word or the end of one.
_SWALLOWED = pattern(" (?<=\xc3 )(?=[0-9A-Za-z(\"'])")

# A word ends in \xe0 more often than it has one inside.
_BETWEEN_WORDS = pattern("(?<=[a-z]\xc3) (?=[a-z])")

# Prices, in nats: what is met daily is cheap. A reading as another page needs evidence that no
# wrong letter in a clean line gives; see docs/decisions/0070-mojibake.md for how they were set.
DAILY, OFTEN, RARE = 3.0, 5.0, 7.0
LEGACY, RARE_LEGACY = 12.0, 16.0
LAYER, OTHER_LAYER, SPACES = 2.0, 4.0, 2.0
PRICE = {"cp1252": DAILY} | dict.fromkeys(["cp1250", "cp1251", "mac_roman", "cp437", "gbk"], OFTEN)

_OWN_OF_CP1252 = pattern(
    "[\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018-\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)

MARKS = Layer("cp1252", "latin-1")
"""The quotes and dashes of Windows taken for C1 controls."""

DEEPEST = 6
"""Layers beyond this many are not looked for."""
_KEPT = 4


def readings(line: str, *, others: bool = True) -> list[Reading]:
    """Return all readings of ``line`` whose damage gives exactly it, without those impossible.

    ``others`` are those as another page.
    """
    found: dict[str, Reading] = {}
    possible: set[str] = set()
    level = [Reading(line, (), "", 0.0)]
    for _ in range(DEEPEST):
        following = []
        for outer in level:
            for reading in _one_layer(outer.text):
                whole = reading if outer.text is line else _upon(reading, outer)
                is_utf8 = whole.code in ("M101", "M102")
                if _is_cheapest(found, line, whole) and is_utf8 and _may_go_on(line, whole):
                    following.append(whole)
            if others and outer.text is line:
                for reading in _other_pages(line):
                    _is_cheapest(found, line, reading)
                    possible.add(reading.text)
        level = sorted(following, key=lambda r: (len(r.text), r.price))[:_KEPT]
        if not level:
            break
    return [r for text, r in found.items() if text in possible or is_possible(line, r)]


# What another layer lies under is likelier than the line: of 6,000 damaged lines 463 come out right
# under several layers, and all that is between gains ten nats. Where two characters were taken for
# one it is longer, and may be worse by so many for each: of 14,990 lines the worst had lost 4.7.
WORSE = 5.0


def _may_go_on(line: str, reading: Reading) -> bool:
    """Tell whether another layer may lie under a reading, or another run be decoded."""
    if not is_suspect(reading.text):
        return False
    gain = judge().margin(reading.text, line)
    if reading.code == "M102" and not reading.half and is_suspect(reading.made):
        gain += WORSE * len(reading.made)
    return gain > 0


def _upon(reading: Reading, outer: Reading) -> Reading:
    """Return a reading of what another one left."""
    return Reading(
        reading.text,
        reading.layers + outer.layers,
        reading.code,
        reading.price + outer.price + _price_of_another(reading.layers, outer.layers),
        reading.half or outer.half,
        tuple(layers + outer.layers for layers in reading.also),
        reading.made,
    )


def _is_cheapest(found: dict[str, Reading], line: str, reading: Reading) -> bool:
    """Add a reading to those found, and tell whether it is the cheapest one of its text so far."""
    if reading.text == line:
        return False
    known = found.get(reading.text)
    if known and known.price <= reading.price:
        found[reading.text] = _with(known, reading)
        return False
    found[reading.text] = _with(reading, known) if known else reading
    return True


def _with(reading: Reading, other: Reading) -> Reading:
    """Return a reading that names the layers of another with the same text as well."""
    more = dict.fromkeys([*reading.also, other.layers, *other.also])
    more.pop(reading.layers, None)
    return reading._replace(also=tuple(more))


def _price_of_another(layers: tuple[Layer, ...], more: tuple[Layer, ...]) -> float:
    """The same mistake again is likelier than the first was."""
    if not more:
        return 0.0
    return LAYER - PRICE.get(more[0].read_as, RARE) if layers[-1] == more[0] else OTHER_LAYER


def price_of(layers: tuple[Layer, ...]) -> float:
    """Return the price of several layers."""
    price = 0.0
    more: tuple[Layer, ...] = ()
    for layer in reversed(layers):
        price += PRICE.get(layer.read_as, RARE) + _price_of_another((layer,), more)
        more = (layer, *more)
    return price


def undone(line: str, layers: tuple[Layer, ...]) -> Reading | None:
    """Return the one reading of ``line`` if just these layers happened to it."""
    reading = Reading(line, (), "", 0.0)
    for layer in reversed(layers):
        step = next((r for r in _by(reading.text, layer) if r.layers == (layer,)), None)
        if step is None:
            return None
        reading = step._replace(half=step.half or reading.half)
    reading = reading._replace(layers=layers, price=0.0)
    return reading if is_text(line, reading.text) else None


def _by(line: str, layer: Layer) -> Iterator[Reading]:
    written_as, page = layer
    if layer == MARKS:
        yield from _marks(line)
    elif written_as == "utf-8":
        if page in DOUBLE_BYTE:
            yield from _utf8_in_pairs(line, page)
        else:
            yield from _utf8(line, raw_of_page(line, page), page)
    else:
        data = to_bytes(line, page)
        text = None if data is None else from_bytes(data, written_as)
        if text is not None:
            yield Reading(text, (layer,), pages()[page][written_as], 0.0)


def _one_layer(line: str) -> Iterator[Reading]:
    of_raw: dict[str, list[str]] = {}
    possible = pages_with_sequences(line) | pages_with_beginnings(line)
    for page in pages_of_utf8():
        if page not in possible:
            continue
        if page in DOUBLE_BYTE:
            yield from _utf8_in_pairs(line, page)
        else:
            of_raw.setdefault(raw_of_page(line, page), []).append(page)
    for raw, (first, *others) in of_raw.items():
        also = tuple((Layer("utf-8", page),) for page in others)
        for reading in _utf8(line, raw, first):
            yield reading._replace(also=also)
    yield from _marks(line)


def _utf8(line: str, raw: str, page: str) -> Iterator[Reading]:
    layer, price = (Layer("utf-8", page),), PRICE.get(page, RARE)
    if page == "cp1252" and mixes_controls(line):
        price += OTHER_LAYER
    found = decoded(line, raw)
    if found:
        yield Reading(found[0], layer, "M101", price, found[1], made=found[0])
    for spaces, kept in ((_SPACED, ""), (_SWALLOWED, " ")):
        places = [match.start() for match in spaces.finditer(raw)]
        if places:
            found = decoded(*(_filled(text, places, kept) for text in (line, raw)))
            if found:
                joined = 0 if kept else len(_BETWEEN_WORDS.findall(raw))
                cost = SPACES * (len(places) + joined)
                yield Reading(found[0], layer, "M101", price + cost, found[1], made=found[0])


def mixes_controls(line: str) -> bool:
    """Tell whether there are controls that cp1252 has characters for, and such characters."""
    return bool(FILLED_CONTROLS.search(line) and _OWN_OF_CP1252.search(line))


def lost_spaces(raw: str) -> list[int]:
    """Return where spaces stand that may be what became of a no-break space of UTF-8."""
    return [match.start() for spaces in (_SPACED, _SWALLOWED) for match in spaces.finditer(raw)]


def _filled(text: str, places: list[int], kept: str) -> str:
    """Put a no-break space where spaces stand for one, or swallowed one."""
    pieces, at = [], 0
    for place in places:
        pieces += [text[at:place], "\xa0", kept]
        at = place + 1
    return "".join([*pieces, text[at:]])


def decoded(line: str, raw: str) -> tuple[str, bool] | None:
    """Decode what is UTF-8 in ``raw``, which has a byte for each character of ``line``.

    Tell also whether anything beside it is left that might have belonged to it.
    """
    pieces, at, half = [], 0, False
    for match in UTF8.finditer(raw):
        good = _text_of(match[0].encode("latin-1"))
        if good is None:
            return None
        half = half or _belongs(line, raw, match.start() - 1) or _belongs(line, raw, match.end())
        pieces += [line[at : match.start()], good]
        at = match.end()
    return ("".join([*pieces, line[at:]]), half) if at else None


def _belongs(line: str, raw: str, at: int) -> bool:
    if not 0 <= at < len(line) or line[at] in CLEAN_MARKS:
        return False
    return "\x80" <= raw[at] <= "\xf4" or line[at] == "\ufffd"


def _text_of(data: bytes) -> str | None:
    """Decode UTF-8 or CESU-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    try:
        halves = data.decode("utf-8", "surrogatepass")
        return halves.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return None


def _utf8_in_pairs(line: str, codec: str) -> Iterator[Reading]:
    layers, price = (Layer("utf-8", codec),), PRICE.get(codec, RARE)
    for start, end, good in decoded_runs(line, codec):
        half = "\ufffd" in line[max(start - 1, 0) : start] + line[end : end + 1]
        text = line[:start] + good + line[end:]
        yield Reading(text, layers, "M102", price, half, made=good)


# Undefined in cp1252, or in use as controls: NEL ends lines and CSI begins the escapes of
# terminals, unless a word stands before and none of that follows. Beside ideographs and Hangul
# they are bytes of characters that were torn apart. (2E80 to FFEF compiles four times as fast so.)
_WIDE = "[^\x00-\u2e7f\ufff0-\U0010ffff]"
_C1 = pattern(
    f"(?<!{_WIDE})(?:[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9a\x9c\x9e\x9f]|"
    f"(?<=\\w)\x85(?!\n))(?!{_WIDE})"
)


_ANY_C1 = pattern("[\x80-\x9f]")
_LEFT_CONTROLS = pattern("[\x80-\x84\x86-\x9a\x9c-\x9f]")


def leaves_controls(text: str) -> bool:
    """Tell whether there are controls left that nobody writes."""
    return bool(_LEFT_CONTROLS.search(text))


def _marks(line: str) -> Iterator[Reading]:
    """Take C1 controls for what Windows has in their place, whatever else the line holds."""
    text = _C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252"), line)
    if text != line:
        yield Reading(text, (MARKS,), "M104", DAILY, leaves_controls(text))


def has_marks(line: str) -> bool:
    """Tell whether there may be marks read as controls."""
    return bool(_ANY_C1.search(line) and _C1.search(line))


def _other_pages(line: str) -> Iterator[Reading]:
    for text, (first, also, code, usual) in other_pages(line):
        yield Reading(text, (first,), code, LEGACY if usual else RARE_LEGACY, also=also)


def is_possible(before: str, reading: Reading) -> bool:
    """Tell whether somebody may have written what is read.

    Where each character stands for one, letters do not become symbols more often than the other
    way round, and nothing becomes lines and blocks, which are as likely as anything.
    """
    after = reading.text
    if not is_text(before, after):
        return False
    if reading.code != "M104" or len(before) != len(after):
        return True
    if any("\u2500" <= character <= "\u259f" for character in set(after).difference(before)):
        return False
    balance = 0
    for (old, new), times in Counter(zip(before, after, strict=True)).items():
        if old != new and new not in CLEAN_MARKS:
            balance += times * (is_letter(new) - is_letter(old))
    return balance >= 0
