"""The character model of the languages: what each character costs after each other.

Layout of ``languages.bin``: a line of JSON that says which sections there are (``group``, ``tags``
and ``rarity`` of its lanes, ``length``), then the sections. They are not deflated: to inflate
them took each process 9 ms for Latin, and 15 for ideographs. A section is a line of JSON with the
lengths of its parts, then the parts:

- ``singles``: the characters of the group (UTF-8), and for each a row: what it costs wherever the
  pair is not known.
- ``contexts``: the characters that others were seen after, for each a row: what leaving the known
  pairs costs after this character; and how many followers it has (uint16, little-endian).
- ``followers``: of all contexts in order (UTF-8), for each a row: what it costs after the context.
- ``words``: only in the Latin group: rows for pairs of ``WORD_ALPHABET``, first letter major.
- ``ascii``: only in the Latin group: a byte per pair of ``ASCII``: what ASCII costs in whatever
  language.

A row has a byte per lane, in units of 1/12 nat. A lane is a language; some have two, written as
old codecs make them write (see ``VARIANTS``).
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator

from repair.tables.languages.catalogue import languages

Followers = dict[str, dict[str, float]]

UNITS = 12
"""Units per nat: 255 of them are 21 nats, the cost of what does not happen."""

ASCII = "".join(map(chr, range(0x20, 0x7F)))
WORD_ALPHABET = " abcdefghijklmnopqrstuvwxyz"

# Interpolation: a context with n counts and t different followers gives its own counts
# n / (n + FEW + PER_FOLLOWER * t + PER_COUNT * n) of the weight (after Witten and Bell).
FEW, PER_FOLLOWER, PER_COUNT = 20.0, 4.0, 0.005
# How much of each language's text is in the other languages of its script.
OF_NEIGHBOURS = 0.01
# Rarer characters are strangers: what they cost is the same in all languages.
LEAST_SINGLE = 3.0
# A pair is kept if somewhere it comes at least this often per million and costs at least so much
# more or less (in nats) than its characters apart.
LEAST_PAIR, LEAST_GAIN = 0.7, 0.5
LEAST_PAIR_OF_IDEOGRAPHS = 0.3
# One of a class: the surprise of which letter, and of which digit.
WHICH_LETTER, WHICH_DIGIT = 2.9, 2.3

# Languages with fewer Latin letters than this borrow so many.
LATIN_LETTERS = 5000.0

# Source code and markup have symbols that translated messages lack: each gets this share, and
# each context so many counts of such characters per language.
LEAST_ASCII, ASCII_FEW = 1e-4, 100.0

# Symbols that legacy encodings have and people write, but translated messages seldom: each gets
# this share of the characters, beside spaces and digits. Else "Copyright \u00a9 2003" would rather
# be one letter of Arabic.
SYMBOLS = (
    "\xa1\xa2\xa3\xa5\xa7\xa9\xab\xae\xb0\xb1\xb2\xb3\xb5\xb6\xb7\xb9\xbb\xbc\xbd\xbe\xbf\xd7\xf7"
)
SYMBOLS += (
    "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u2030\u20ac\u2116\u2122"
)
SYMBOL_SHARE = 3e-5
BESIDE_SYMBOLS = {" ": 0.7, "0": 0.3}

# So many of the marks that keyboards have are set as these.
TYPESET = 0.25
OPENING = {"'": "\u2018", '"': "\u201c"}
CLOSING = {"'": "\u2019", '"': "\u201d"}
DASH = "\u2013"

# The letters that Romanian has in cp1250 and ISO-8859-2, and those it has in ISO-8859-16.
CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")
COMMA = str.maketrans("şţŞŢ", "șțȘȚ")
# cp1258 writes the tones of Vietnamese as characters of their own.
TONES = "\u0300\u0301\u0303\u0309\u0323"


def language_model(source: Callable[[str], str]) -> bytes:
    """Build the file."""
    groups: dict[str, list[tuple[str, Followers]]] = defaultdict(list)
    for tag, group, followers in _read(source("language-pairs.txt.xz")):
        groups[group] += [
            (tag, _with_symbols(_typeset(lane))) for lane in _variants(tag, followers)
        ]
    rarity = {row.tag: row.rarity for row in languages(source("languages.tsv"))}
    heads, sections = [], []
    for group, lanes in groups.items():
        data = _section(group, lanes)
        tags = [tag for tag, _ in lanes]
        rare = [round(rarity[tag] * UNITS) for tag in tags]
        heads.append({"group": group, "tags": tags, "rarity": rare, "length": len(data)})
        sections.append(data)
    return _line(heads) + b"".join(sections)


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _read(text: str) -> Iterator[tuple[str, str, Followers]]:
    tag = group = ""
    followers: Followers = {}
    for line in text.split("\n"):
        if line.startswith("\t"):
            if tag:
                yield tag, group, followers
            _, tag, group = line.split("\t")
            followers = {}
        elif line:
            first, characters, counts = line.split("\t")
            followers[first] = dict(zip(characters, map(float, counts.split()), strict=True))
    yield tag, group, followers


def _variants(tag: str, followers: Followers) -> list[Followers]:
    if tag == "ro":
        return [
            _spelt(followers, lambda c: c.translate(COMMA)),
            _spelt(followers, lambda c: c.translate(CEDILLA)),
        ]
    if tag == "vi":
        return [followers, _spelt(followers, tone_apart)]
    return [followers]


def tone_apart(character: str) -> str:
    """Write a letter of Vietnamese as cp1258 does: the tone behind it."""
    whole = unicodedata.normalize("NFD", character)
    for tone in TONES:
        if tone in whole:
            return unicodedata.normalize("NFC", whole.replace(tone, "")) + tone
    return character


def _typeset(followers: Followers) -> Followers:
    """Let some of the marks that keyboards have be those that typesetters use."""
    out: Followers = defaultdict(lambda: defaultdict(float))
    for first, row in followers.items():
        for second, count in row.items():
            out[first][second] += count
            for left, right in _as_typeset(first, second):
                out[left][right] += count * TYPESET
    return out


def _as_typeset(first: str, second: str) -> Iterator[tuple[str, str]]:
    if first == " " and second in OPENING:
        yield first, OPENING[second]
    if first in OPENING and second.isalnum():
        yield OPENING[first], second
    if second in CLOSING and first != " ":
        yield first, CLOSING[second]
    if first in CLOSING and (first == "'" or not second.isalnum()):
        yield CLOSING[first], second
    if (first, second) in {(" ", "-"), ("-", " ")}:
        yield first.replace("-", DASH), second.replace("-", DASH)


def _with_symbols(followers: Followers) -> Followers:
    count = SYMBOL_SHARE * sum(sum(row.values()) for row in followers.values())
    out = {first: dict(row) for first, row in followers.items()}
    for symbol in SYMBOLS:
        row = out.setdefault(symbol, {})
        for beside, share in BESIDE_SYMBOLS.items():
            before = out.setdefault(beside, {})
            before[symbol] = before.get(symbol, 0.0) + count * share
            row[beside] = row.get(beside, 0.0) + count * share
    return out


def _spelt(followers: Followers, spell: Callable[[str], str]) -> Followers:
    out: Followers = defaultdict(lambda: defaultdict(float))
    for first, row in followers.items():
        last = spell(first)[-1]
        for second, count in row.items():
            for character in spell(second):
                out[last][character] += count
                last = character
            last = spell(first)[-1]
    return out


def _folded(group: str, followers: Followers) -> Followers:
    """Write all Latin letters as one where another script is at home."""
    if group == "Latn":
        return followers
    out: Followers = defaultdict(lambda: defaultdict(float))
    for first, row in followers.items():
        for second, count in row.items():
            out[_fold(first)][_fold(second)] += count
    return out


def _fold(character: str) -> str:
    return "a" if character.isascii() and character.isalpha() else character


def _with_latin_words(lanes: list[Followers]) -> list[Followers]:
    """Let every language have Latin words like the one of its script that has the most.

    Languages that only word lists were counted of would seem to have Latin letters inside words.
    """
    giver = max(lanes, key=lambda lane: sum(lane.get("a", {}).values()))
    whole = sum(giver.get("a", {}).values())
    if whole < LATIN_LETTERS:
        return lanes
    return [_lent(giver, lane, LATIN_LETTERS / whole) for lane in lanes]


def _lent(giver: Followers, lane: Followers, share: float) -> Followers:
    if sum(lane.get("a", {}).values()) >= LATIN_LETTERS:
        return lane
    out = {first: dict(row) for first, row in lane.items()}
    out["a"] = {c: n * share for c, n in giver["a"].items() if c.isascii()}
    out[" "]["a"] = out[" "].get("a", 0.0) + giver[" "]["a"] * share
    return out


class _Lane:
    """The statistics of one language."""

    def __init__(self, followers: Followers) -> None:
        self.followers = followers
        self.whole = sum(sum(row.values()) for row in followers.values())
        self.singles: dict[str, float] = defaultdict(float)
        for row in followers.values():
            for second, count in row.items():
                self.singles[second] += count
        self.counts = {first: sum(row.values()) for first, row in followers.items()}
        self.chance: dict[str, float] = {}

    def backing(self, first: str) -> float:
        """How much weight the characters apart have after this one."""
        count = self.counts.get(first, 0.0)
        few = FEW + PER_FOLLOWER * len(self.followers.get(first, ())) + PER_COUNT * count
        return few / (count + few)

    def after(self, first: str, second: str) -> float:
        """Return the probability of a known pair's second character."""
        backing = self.backing(first)
        count = self.counts.get(first, 0.0)
        own = self.followers[first].get(second, 0.0) / count if count else 0.0
        return (1 - backing) * own + backing * self.chance[second]


def _units(chance: float, beyond: float = 0.0) -> int:
    return max(0, min(255, round((beyond - math.log(chance)) * UNITS)))


def _beyond(group: str, character: str) -> float:
    if character == "0":
        return WHICH_DIGIT
    return WHICH_LETTER if character == "a" and group != "Latn" else 0.0


def _section(group: str, tagged: list[tuple[str, Followers]]) -> bytes:
    folded = [_folded(group, followers) for _, followers in tagged]
    lanes = [_Lane(followers) for followers in _with_latin_words(folded)]
    singles = sorted({c for lane in lanes for c, n in lane.singles.items() if n >= LEAST_SINGLE})
    for character in singles:
        shares = [lane.singles[character] / lane.whole for lane in lanes]
        mean = sum(shares) / len(shares)
        for lane, share in zip(lanes, shares, strict=True):
            lane.chance[character] = (1 - OF_NEIGHBOURS) * share + OF_NEIGHBOURS * mean
    rows = [bytes(_units(lane.chance[c], _beyond(group, c)) for lane in lanes) for c in singles]
    contexts, parts = _contexts(group, lanes, set(singles))
    parts = ["".join(singles).encode(), b"".join(rows), "".join(contexts).encode(), *parts]
    parts += [_words(lanes), _ascii(lanes)] if group == "Latn" else [b"", b""]
    return _line([len(part) for part in parts]) + b"".join(parts)


def _contexts(group: str, lanes: list[_Lane], known: set[str]) -> tuple[list[str], list[bytes]]:
    """Contexts, their rows, their numbers of followers, the followers, their rows."""
    contexts = sorted({first for lane in lanes for first in lane.followers} & known)
    backings, numbers, followers, rows = bytearray(), bytearray(), [], bytearray()
    for first in contexts:
        backings += bytes(_units(lane.backing(first)) for lane in lanes)
        kept = 0
        for second in sorted(_kept(group, lanes, first, known)):
            followers.append(second)
            beyond = _beyond(group, second)
            rows += bytes(_units(lane.after(first, second), beyond) for lane in lanes)
            kept += 1
        numbers += kept.to_bytes(2, "little")
    return contexts, [bytes(backings), bytes(numbers), "".join(followers).encode(), bytes(rows)]


def _kept(group: str, lanes: list[_Lane], first: str, known: set[str]) -> set[str]:
    least = LEAST_PAIR_OF_IDEOGRAPHS if group == "Hani" else LEAST_PAIR
    kept = set()
    for lane in lanes:
        enough = least * lane.whole / 1e6
        apart = lane.backing(first)
        for second, count in lane.followers.get(first, {}).items():
            if second not in known or (first + second).isascii():
                continue
            gain = math.log(lane.after(first, second) / (apart * lane.chance[second]))
            if count >= enough and gain >= LEAST_GAIN:
                kept.add(second)
    return kept


def _words(lanes: list[_Lane]) -> bytes:
    """How ASCII letters follow each other, whatever their case."""
    out = bytearray()
    tables = [_word_table(lane) for lane in lanes]
    for first in WORD_ALPHABET:
        for second in WORD_ALPHABET:
            for table in tables:
                row = table[first]
                share = (row[second] + 1) / (sum(row.values()) + len(WORD_ALPHABET))
                out.append(_units(share))
    return bytes(out)


def _ascii(lanes: list[_Lane]) -> bytes:
    """How ASCII characters follow each other in the languages together, each weighing the same."""
    pairs: dict[str, float] = defaultdict(float)
    for lane in lanes:
        for first, row in lane.followers.items():
            for second, count in row.items():
                if first in ASCII and second in ASCII:
                    pairs[first + second] += count * 1e6 / lane.whole
    whole = sum(pairs.values())
    singles = dict.fromkeys(ASCII, whole * LEAST_ASCII)
    contexts = dict.fromkeys(ASCII, 0.0)
    for pair, count in pairs.items():
        contexts[pair[0]] += count
        singles[pair[1]] += count
    out = bytearray()
    for first in ASCII:
        few = ASCII_FEW * len(lanes) + 0.01 * contexts[first]
        for second in ASCII:
            count = pairs[first + second] + few * singles[second] / whole
            out.append(_units(count / (contexts[first] + few), _beyond("Latn", second)))
    return bytes(out)


def _word_table(lane: _Lane) -> Followers:
    table: Followers = {letter: dict.fromkeys(WORD_ALPHABET, 0.0) for letter in WORD_ALPHABET}
    for first, row in lane.followers.items():
        for second, count in row.items():
            if (first + second).isascii():
                table[_letter(first)][_letter(second)] += count
    return table


def _letter(character: str) -> str:
    return character.lower() if character.isalpha() else " "
