"""What a line may have been before it was read wrongly: every reading that its bytes allow."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from repair.rules.mojibake.beyond import beyond_ascii
from repair.rules.mojibake.chains import CHAINS
from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.pages import (
    DOUBLE_BYTE,
    UNDEFINED,
    bytes_of_character,
    from_bytes,
    holds,
    raw_of_page,
    to_bytes,
)
from repair.rules.mojibake.sequences import pages_of_utf8, pages_with_sequences
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


# UTF-8 of more than one byte, with the halves of surrogate pairs that CESU-8 writes, as Latin-1.
_SEQUENCE = (
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|"
    "\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
UTF8 = re.compile(f"(?:{_SEQUENCE})+")
UTF8_BYTES = re.compile(UTF8.pattern.encode("latin-1"))
# Where a program made a space of the no-break space that belongs to a sequence.
_SPACED = re.compile(
    "(?<=[\xc3\xc4\xc5\xce\xd0-\xdb]) |(?<=[\xe0-\xef]) (?=[\x80-\xbf])|"
    "(?<=[\xe0-\xef][\x80-\xbf]) |(?<=\xf0\x9f) (?=[\x80-\xbf])|(?<=\xf0\x9f[\x80-\xbf]) "
)
# Or took it away before the space that follows: the letter is \xe0, a word or the end of one.
_SWALLOWED = re.compile("(?<=\xc3) (?=[0-9A-Za-z(\"'])")

# A word ends in \xe0 more often than it has one inside.
_BETWEEN_WORDS = re.compile("(?<=[a-z]\xc3) (?=[a-z])")

# Prices, in nats: what is met daily is cheap. A reading as another page needs evidence that no
# wrong letter in a clean line gives; see docs/decisions/0070-mojibake.md for how they were set.
DAILY, OFTEN, RARE = 3.0, 5.0, 7.0
LEGACY, RARE_LEGACY = 12.0, 16.0
LAYER, OTHER_LAYER, SPACES = 2.0, 4.0, 2.0
PRICE = {"cp1252": DAILY} | dict.fromkeys(["cp1250", "cp1251", "mac_roman", "cp437", "gbk"], OFTEN)
_USUAL = {"cp1252", "cp1251", "koi8-r", "cp437", "cp850", "cp1250", "latin-1", "gbk", "mac_roman"}

# Who took bytes for cp1252 has no controls where that has characters, if others became those.
_FILLED_CONTROLS = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
_OWN_OF_CP1252 = re.compile(
    "[\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018-\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)

MARKS = Layer("cp1252", "latin-1")
"""The quotes and dashes of Windows taken for C1 controls."""

DEEPEST = 6
"""Layers beyond this many are not looked for."""
_KEPT = 4

# What typesetters put beside words in many languages: alone it is no sign of damage.
CLEAN_MARKS = frozenset("\xa0\xab\xbb\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u202f")


@cache
def _legacy() -> dict[str, dict[str, str]]:
    """Encodings that are met read as a page, with the code of that, by the page."""
    found: dict[str, dict[str, str]] = {}
    for chain in CHAINS:
        if chain.written_as != "utf-8":
            for page in chain.read_as:
                found.setdefault(page, {})[chain.written_as] = chain.code
    return found


@cache
def _legacy_beside_single_bytes() -> dict[str, list[str]]:
    """The same, without codes and those that a character stands for a character in."""
    return {
        page: [codec for codec in of if page in DOUBLE_BYTE or codec in DOUBLE_BYTE]
        for page, of in _legacy().items()
    }


def readings(line: str) -> list[Reading]:
    """Return all readings of ``line`` whose damage gives exactly it, without those impossible."""
    found: dict[str, Reading] = {}
    level = [Reading(line, (), "", 0.0)]
    for _ in range(DEEPEST):
        following = []
        for outer in level:
            for reading in _one_layer(outer.text, legacy=outer.text is line):
                whole = Reading(
                    reading.text,
                    reading.layers + outer.layers,
                    reading.code,
                    reading.price + outer.price + _price_of_another(reading.layers, outer.layers),
                    reading.half or outer.half,
                    tuple(layers + outer.layers for layers in reading.also),
                )
                known = found.get(whole.text)
                if whole.text == line:
                    continue
                if known and known.price <= whole.price:
                    found[whole.text] = _with(known, whole)
                    continue
                found[whole.text] = _with(whole, known) if known else whole
                if whole.code in ("M101", "M102") and is_suspect(whole.text):
                    following.append(whole)
        level = sorted(following, key=lambda r: (len(r.text), r.price))[:_KEPT]
        if not level:
            break
    return [reading for reading in found.values() if is_possible(line, reading)]


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
    return reading if _is_text(line, reading) else None


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
            yield Reading(text, (layer,), _legacy()[page][written_as], 0.0)


def _one_layer(line: str, *, legacy: bool) -> Iterator[Reading]:
    pages: dict[str, list[str]] = {}
    possible = pages_with_sequences(line)
    for page in pages_of_utf8():
        if page in DOUBLE_BYTE:
            yield from _utf8_in_pairs(line, page)
        elif page in possible:
            pages.setdefault(raw_of_page(line, page), []).append(page)
    for raw, (first, *others) in pages.items():
        also = tuple((Layer("utf-8", page),) for page in others)
        for reading in _utf8(line, raw, first):
            yield reading._replace(also=also)
    yield from _marks(line)
    if legacy:
        yield from _other_pages(line)


def _utf8(line: str, raw: str, page: str) -> Iterator[Reading]:
    layer, price = (Layer("utf-8", page),), PRICE.get(page, RARE)
    if page == "cp1252" and _FILLED_CONTROLS.search(line) and _OWN_OF_CP1252.search(line):
        price += OTHER_LAYER
    found = decoded(line, raw)
    if found:
        yield Reading(found[0], layer, "M101", price, found[1])
    for spaces, kept in ((_SPACED, ""), (_SWALLOWED, " ")):
        places = [match.start() for match in spaces.finditer(raw)]
        if places:
            found = decoded(*(_filled(text, places, kept) for text in (line, raw)))
            if found:
                joined = 0 if kept else len(_BETWEEN_WORDS.findall(raw))
                cost = SPACES * (len(places) + joined)
                yield Reading(found[0], layer, "M101", price + cost, found[1])


def has_lost_spaces(raw: str) -> bool:
    """Tell whether a space may be what became of a no-break space of UTF-8."""
    return bool(_SPACED.search(raw) or _SWALLOWED.search(raw))


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
    """Decode UTF-8 that was taken for characters of two bytes, which may end in an ASCII one."""
    for at, run in _encodable_runs(line, codec):
        first = _BEYOND.search(run)
        data = to_bytes(run, codec) if first and _may_begin(first[0], codec) else None
        if data is None:
            continue
        try:
            good = data.decode()
        except UnicodeDecodeError:
            continue
        end = at + len(run)
        half = "\ufffd" in line[max(at - 1, 0) : at] + line[end : end + 1]
        text = line[:at] + good + line[end:]
        yield Reading(text, (Layer("utf-8", codec),), "M102", PRICE.get(codec, RARE), half)


_BEYOND = re.compile("[^\x00-\x7f]")


@lru_cache(1 << 16)
def _may_begin(character: str, codec: str) -> bool:
    """Tell whether UTF-8 may begin with the bytes of a character."""
    try:
        codecs.utf_8_decode(bytes_of_character(character, codec) or b"\xff", "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _encodable_runs(line: str, codec: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of characters that an encoding has, and where they begin."""
    lost = [c for c in set(beyond_ascii(line)) if bytes_of_character(c, codec) is None]
    at = 0
    for run in line.translate(dict.fromkeys(map(ord, lost), "\n")).split("\n"):
        if run:
            yield at, run
        at += len(run) + 1


# Undefined in cp1252, or in use as controls: NEL ends lines and CSI begins the escapes of
# terminals, unless a word stands before and none of that follows. Beside ideographs and Hangul
# they are bytes of characters that were torn apart.
_C1 = re.compile(
    "(?<![\u2e80-\uffef])(?:[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9a\x9c\x9e\x9f]|"
    "(?<=\\w)\x85(?!\n))(?![\u2e80-\uffef])"
)


_LEFT_CONTROLS = re.compile("[\x80-\x84\x86-\x9a\x9c-\x9f]")


def leaves_controls(text: str) -> bool:
    """Tell whether there are controls left that nobody writes."""
    return bool(_LEFT_CONTROLS.search(text))


def _marks(line: str) -> Iterator[Reading]:
    """Take C1 controls for what Windows has in their place, whatever else the line holds."""
    text = _C1.sub(lambda match: match[0].encode("latin-1").decode("cp1252"), line)
    if text != line:
        yield Reading(text, (MARKS,), "M104", DAILY, leaves_controls(text))


def _other_pages(line: str) -> Iterator[Reading]:
    beyond = frozenset(beyond_ascii(line))
    for table, layers in _single_byte_pages(beyond):
        yield _as_other_page(line.translate(table), layers)
    pages: dict[tuple[bytes, str], list[Layer]] = {}
    for page, written in _legacy_beside_single_bytes().items():
        data = to_bytes(line, page) if holds(page, beyond) else None
        if data is not None:
            for codec in written:
                pages.setdefault((data, codec), []).append(Layer(codec, page))
    for (data, codec), alike in pages.items():
        text = from_bytes(data, codec)
        if text is not None and UNDEFINED not in text:
            yield _as_other_page(text, alike)


def _as_other_page(text: str, layers: Sequence[Layer]) -> Reading:
    first, *others = layers
    code = _legacy()[first.read_as][first.written_as]
    also = tuple((other,) for other in others)
    return Reading(text, (first,), code, _price_of_legacy(first), also=also)


def _price_of_legacy(layer: Layer) -> float:
    usual = layer.read_as in _USUAL and layer.written_as in _USUAL | DOUBLE_BYTE
    return LEGACY if usual else RARE_LEGACY


@lru_cache(1 << 12)
def _single_byte_pages(
    characters: frozenset[str],
) -> tuple[tuple[dict[int, str], tuple[Layer, ...]], ...]:
    """Return what these are if they were written in one single-byte page and read as another.

    The cheapest of several pages comes first.
    """
    pages: dict[str, list[Layer]] = {}
    read = "".join(sorted(characters))
    for page, written in _legacy().items():
        if page in DOUBLE_BYTE or not holds(page, characters):
            continue
        data = to_bytes(read, page) or b""
        for codec in written:
            text = None if codec in DOUBLE_BYTE else from_bytes(data, codec)
            if text is not None and UNDEFINED not in text:
                pages.setdefault(text, []).append(Layer(codec, page))
    return tuple(
        (
            dict(zip(map(ord, read), text, strict=True)),
            tuple(sorted(layers, key=_price_of_legacy)),
        )
        for text, layers in pages.items()
    )


@lru_cache(1 << 14)
def _category(character: str) -> str:
    return unicodedata.category(character)


_NEVER = {"Cc", "Co", "Cn", "Cs"}


@lru_cache(1 << 14)
def _is_never_made(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return _category(character) in _NEVER


def _is_text(before: str, reading: Reading) -> bool:
    """Tell whether no controls, private-use or unassigned characters come of it."""
    return not any(map(_is_never_made, set(reading.text).difference(before)))


def is_possible(before: str, reading: Reading) -> bool:
    """Tell whether somebody may have written what is read.

    Where each character stands for one, letters do not become symbols more often than the other
    way round, and nothing becomes lines and blocks, which are as likely as anything.
    """
    if not _is_text(before, reading):
        return False
    after = reading.text
    if reading.code != "M104" or len(before) != len(after):
        return True
    if any("\u2500" <= character <= "\u259f" for character in set(after).difference(before)):
        return False
    balance = 0
    for (old, new), times in Counter(zip(before, after, strict=True)).items():
        if old != new and new not in CLEAN_MARKS:
            balance += times * ((_category(new)[0] in "LM") - (_category(old)[0] in "LM"))
    return balance >= 0
