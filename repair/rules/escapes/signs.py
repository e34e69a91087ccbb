"""Signs of code, of markup and of talk about escapes, and where in a text they begin.

Patterns begin with a set of characters, which ``re`` passes over ten times faster than anything
else: so what depends on a line or on what stands before is looked for by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from repair.patterns import pattern

# No sign looks further than this, but tags, which may be longer; and no other beyond its line.
LONGEST = 300
# How much is searched at once: for tags, of which the end of so much cuts few; and for others.
BLOCK_OF_TAGS, BLOCK = 4_096, 256

_HTML = (
    "a|abbr|article|b|big|blockquote|body|br|button|caption|center|cite|code|dd|del|details|div|"
    "dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|"
    "link|main|meta|nav|ol|option|p|pre|q|s|samp|script|section|select|small|span|strike|strong|"
    "style|sub|summary|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video"
)
TAG = pattern(rf"(?i)<(?:{_HTML})(?:\s[^<>]*)?/?>|</[a-z][\w:.-]*\s*>|<!--|<!doctype|<\?xml|<\?php")

# What prose hardly has in it: marks, of which all but braces are two characters at least;
_MARK = pattern(
    r"""(?mx)
      \{ | \} | ;(?=[ \t]*$) | =(?=[=>]|[ \t]*(?:["'\\]|&[A-Za-z])) | !(?==) | <(?==) | >(?==)
    | -(?=>) | :(?=:) | &(?=&) | \|(?=\|) | \$(?=[A-Za-z_(]) | /(?=\*) | \*(?=/)
    | "(?=[ \t]*[:+%]) | '(?=[ \t]*[:+%])
    """
)
# quotes of strings with a prefix, and with a backslash, one or two characters behind their
# beginning;
_STRING = pattern(
    r"""["'](?:(?<=\b[BbUu].)|(?<=\b[BbUu][Rr].))(?=[^"'\n]{0,80}\\)""",
)
# calls with a string, one behind;
_CALL = pattern(r"""\((?<=\w.)(?=["'\\&])""")
# and beginnings of lines, by a word or by an assignment.
_KEYWORD = (
    r"[ \t]*(?://|\$ |# ?include|# ?define|import \w|from \w+ import|def \w|class \w+[:(]"
    r"|return\b|function\b|s/|msg(?:id|str)\b|(?:print|printf|echo|sed|grep)\b|[.'][A-Z][A-Za-z] )"
)
_STATEMENT = pattern(_KEYWORD)
_ASSIGNMENT = pattern(
    rf"(?m){_KEYWORD}|[ \t]*[\w.\[\]-]+[ \t]*=(?![0-9A-F]{{2}}|[ \t]*\r?$|\?)",
)

# What ``re`` takes for the same, but for the capital of a letter.
_ALSO = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


def _cases(letter: str) -> str:
    """Return all that matches ``letter`` in any case."""
    return "".join(dict.fromkeys(letter + letter.upper() + _ALSO.get(letter, "")))


def _any_of(words: tuple[str, ...], before: str = "") -> str:
    """Return a pattern for words in any case, which begin with two characters as they are."""
    first = "".join(_cases(word[0]) for word in words)
    # Begun by a set each, as those are passed over that do not match.
    each = (f"[{_cases(word[1])}](?<=[{_cases(word[0])}].)(?i:{word[2:]})" for word in words)
    return f"[{first}]{before}(?:{'|'.join(each)})"


_ENDINGS = "(?:e[sdr]?|ers?|ings?)"
# Words of texts about escapes, and what they have in them.
WORDS = (
    *("xhtml", "html", "xml", "sgml", "entit(?:y|ies|é|és|ät)", "unicode", "utf-?(?:7|8|16|32)"),
    *("escap(?:e[sd]?|ing)", "unescap(?:e[sd]?|ing)", "ascii", "code ?points?", "charsets?"),
    *(f"encod{_ENDINGS}", f"decod{_ENDINGS}", "mime", r"rfc ?\d+", "quoted[- ]printable"),
    *("mojibake", "backslash(?:es)?", "base64"),
)
PARTS = (
    *("кодиров", "экранир", "échapp", "encodage", "kodierung", "codificaci", "转义", "實體"),
    *("实体", "编码", "編碼", "エスケープ", "文字コード", "이스케이프", "인코딩"),
)
_WORD, _PART = pattern(_any_of(WORDS, r"(?<!\w.)") + r"\b"), pattern(_any_of(PARTS))

Places = Iterator[tuple[int, int]]


def tags(text: str, low: int, high: int) -> Places:
    """Yield where tags stand that begin from ``low`` on and before ``high``."""
    return _matches(TAG, text, low, high, high + LONGEST)


def code(text: str, low: int, high: int) -> Places:
    """Yield where signs of code stand that begin there."""
    end = _end_of_line(text, high)
    for at, _ in _matches(_MARK, text, low, high, end):
        yield at, at + 1 if text[at] in "{}" else at + 2
    if text.find("\\", low, end) >= 0:
        for at, last in _matches(_STRING, text, low + 1, high + 2, end):
            start = at - 1 if text[at - 1] in "BbUu" else at - 2
            if low <= start < high:
                yield start, last
    for at, last in _matches(_CALL, text, low + 1, high + 1, end):
        yield at - 1, last
    has_equals = text.find("=", low, end) >= 0
    statement = _ASSIGNMENT if has_equals else _STATEMENT
    for at in _lines(text, low, high):
        match = statement.match(text, at)
        if match:
            yield match.span()


def _lines(text: str, low: int, high: int) -> Iterator[int]:
    """Yield where lines begin, from ``low`` on and before ``high``."""
    if not low:
        yield 0
    at = text.find("\n", max(low - 1, 0), high - 1) + 1
    while at:
        yield at
        at = text.find("\n", at, high - 1) + 1


def talk(text: str, low: int, high: int) -> Places:
    """Yield where words about escapes stand that begin there."""
    end = _end_of_line(text, high)
    yield from _matches(_WORD, text, low, high, end)
    yield from _matches(_PART, text, low, high, end)


def _end_of_line(text: str, at: int) -> int:
    """Return where the line ends that ``at`` is on, or as much of it as a sign is long."""
    newline = text.find("\n", at, at + LONGEST)
    return at + LONGEST if newline < 0 else newline + 1


def _matches(pattern: re.Pattern[str], text: str, low: int, high: int, end: int) -> Places:
    """Yield what of ``text[:end]`` matches from ``low`` on, and begins before ``high``."""
    for match in pattern.finditer(text, low, end):
        if match.start() >= high:
            return
        yield match.span()


class Signs:
    """Where signs begin, looked up by blocks, and only in those that are asked about."""

    def __init__(
        self,
        text: str,
        find: Callable[[str, int, int], Places],
        block: int,
        is_sign: Callable[[int, int], bool],
    ) -> None:
        self._text = text
        self._find = find
        self._block = block
        self._is_sign = is_sign
        self._places: dict[int, list[int]] = {}
        # A stretch that has none: mostly, what is asked about next overlaps with it.
        self._without = 0, 0

    def any_between(self, low: int, high: int) -> bool:
        """Whether a sign begins at or behind ``low`` and before ``high``."""
        low, high = max(low, 0), min(high, len(self._text))
        start, end = self._without
        if not start <= low <= end:
            start = end = low
        if end < high:
            sign = self._first(end, high)
            self._without = start, high if sign is None else sign
            return sign is not None
        return False

    def _first(self, low: int, high: int) -> int | None:
        """Return where the first sign begins there."""
        for number in range(low // self._block, -(-high // self._block)):
            places = self._in_block(number)
            at = bisect_left(places, low)
            if at < len(places):
                return places[at] if places[at] < high else None
        return None

    def _in_block(self, number: int) -> list[int]:
        if number not in self._places:
            start = number * self._block
            found = self._find(self._text, start, start + self._block)
            self._places[number] = sorted(low for low, high in found if self._is_sign(low, high))
        return self._places[number]
