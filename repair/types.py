"""The values that everything else takes and returns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum, IntEnum
from typing import NamedTuple

from repair.unified import Change, split_lines, unified_diff


class Safety(IntEnum):
    """What may be done with a finding without asking."""

    SHOW = 0
    """Report only."""
    LIKELY = 1
    """Applied on request: a reader could have meant the original, or detail is lost."""
    SAFE = 2
    """Applied by default: nobody meant the original."""


class Kind(Enum):
    """What a text is, where it matters for what belongs in it."""

    TEXT = "text"
    """Prose, tables, logs, or unknown: nothing in it is an escape unless a rule can tell."""
    MARKDOWN = "markdown"
    """Prose with light markup, in which the entities of HTML are right."""
    MARKUP = "markup"
    """HTML, XML and templates of them."""
    CODE = "code"
    """Source code, in any language but those of markup."""
    DATA = "data"
    """A format with escapes of its own: JSON, YAML, mail."""

    @property
    def is_prose(self) -> bool:
        """Whether people wrote it for people, with or without tags."""
        return self in (Kind.TEXT, Kind.MARKDOWN, Kind.MARKUP)


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known of it as a whole."""

    text: str
    kind: Kind = Kind.TEXT
    places: Sequence[tuple[int, int]] | None = field(default=None, compare=False)
    """The lines on which the trigger of a rule may match, in code points; ``None``: on all."""


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``; offsets in code points."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, init=False)
class Finding:
    """A place where text is damaged, and what stood there before, where that is known."""

    code: str
    start: int
    """In code points; in all public results of the original text."""
    end: int
    new: str | None
    """What to put there; ``""`` deletes, ``None`` means seen and no cure known."""
    safety: Safety
    confidence: float
    """Probability, 0 to 1, that ``new`` is what stood there before the damage."""
    note: str = ""
    """What a reader needs to judge it: the chain, the candidates, the evidence."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        code: str,
        start: int,
        end: int,
        new: str | None,
        safety: Safety,
        confidence: float,
        note: str = "",
    ) -> None:
        _set_code(self, code)  # in half the time that a frozen class takes by itself
        _set_start(self, start)
        _set_end(self, end)
        _set_new(self, new)
        _set_safety(self, safety)
        _set_confidence(self, confidence)
        _set_note(self, note)


_set_code, _set_start, _set_end, _set_new, _set_safety, _set_confidence, _set_note = (
    vars(Finding)[each.name].__set__ for each in fields(Finding)
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the input in one encoding; offsets in bytes."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Detection:
    """Which encoding bytes are in. ``encoding`` is ``None`` for binary data."""

    encoding: str | None
    confidence: float
    language: str | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    """Other encodings that decode the input, with their confidence, best first."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and all that is needed to get the same bytes back."""

    text: str
    """Without the byte order mark; undecodable bytes are U+DC80..U+DCFF (PEP 383)."""
    encoding: str
    confidence: float
    exact: bool
    """Encoding ``text`` gives back exactly the bytes it came from."""
    segments: tuple[Segment, ...]
    bom: bytes = b""


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's text before and after; equal texts show a near miss, left alone."""

    before: str
    after: str
    note: str = ""
    kind: Kind = Kind.TEXT


class Sight(NamedTuple):
    """What a rule that goes by line wants to see on one."""

    pattern: str
    """Where it matches, the line is wanted."""
    dense: str
    """So is one where this matches for one in ``each`` of its characters from U+0800 on."""
    each: int
    longest: int
    """In code points; longer lines are wanted however often it matches."""


@dataclass(frozen=True, slots=True)
class Rule:
    """All there is to say about one kind of damage."""

    code: str
    name: str
    """The defect, never the cure."""
    summary: str
    why: str
    safety: Safety
    """The highest safety its findings may have."""
    trigger: str
    """A regular expression; where it does not match there is nothing to find."""
    find: Callable[[str], Iterator[Finding]] | None = None
    """Pure. Rules that compete share one ``find``, which yields findings of all their codes."""
    examples: tuple[Example, ...] = ()
    find_in: Callable[[Document], Iterator[Finding]] | None = field(default=None, kw_only=True)
    """In place of ``find``, for rules that must know what kind of text it is."""
    kinds: tuple[Kind, ...] = field(default=tuple(Kind), kw_only=True)
    """In texts of other kinds there is nothing to find."""
    by_line: bool = field(default=False, kw_only=True)
    """``find_in`` wants to know on which lines its trigger may match: ``Document.places``."""
    is_ordinary: Callable[[str], bool] | None = field(default=None, kw_only=True)
    """Tells of a line, for rules that go by line, that it shows nothing by itself: where all lines
    on which the trigger may match are ordinary, there is nothing to find."""
    is_quick: bool = field(default=False, kw_only=True)
    """Its search takes no longer than one for its trigger, which is not looked for then."""
    sight: Callable[[], str | Sight] | None = field(default=None, kw_only=True)
    """Makes a narrower pattern than the trigger for the table in ``triggers``: where it does not
    match there is nothing to find, either. May take its time."""

    def __post_init__(self) -> None:
        if (self.find is None) == (self.find_in is None):
            msg = f"{self.code} needs either find or find_in"
            raise ValueError(msg)

    def found_in(self, document: Document) -> Iterator[Finding]:
        """Yield what the rule, or the search it shares, finds in ``document``."""
        if self.find_in is not None:
            return self.find_in(document)
        return iter(()) if self.find is None else self.find(document.text)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text, what became of it, and the account of every change."""

    original: str
    text: str
    edits: tuple[Edit, ...]
    """From ``original`` to ``text``: in order, disjoint, offsets in ``original``."""
    findings: tuple[Finding, ...]
    """What was applied, by place; offsets in ``original``."""
    remaining: tuple[Finding, ...]
    """What was found and not applied, by place; offsets in ``original``."""
    data: bytes | None = field(default=None, kw_only=True)
    """The repaired bytes; ``None`` for text, or where ``text`` cannot be encoded."""
    encoding: str | None = field(default=None, kw_only=True)
    """That of ``data``: another one than that of ``decoded`` where it was converted, and then
    without a byte order mark that the encoding does not write by itself."""
    decoded: Decoded | None = field(default=None, kw_only=True)

    def diff(self, name: str = "text") -> str:
        """Return the unified diff of the change; empty if there is none."""
        return unified_diff(self.original, list(self.changed_lines()), name)

    def changed_lines(self) -> Iterator[Change]:
        """Whole lines that the edits touch, neighbours joined, with what replaces them."""
        starts = [0]
        for line in split_lines(self.original):
            starts.append(starts[-1] + len(line))
        last_line = max(len(starts) - 2, 0)
        groups: list[tuple[int, int, list[Edit]]] = []
        for edit in self.edits:
            first = min(bisect_right(starts, edit.start) - 1, last_line)
            last = min(bisect_right(starts, edit.end) - 1, last_line)
            if groups and first <= groups[-1][1]:
                groups[-1] = (groups[-1][0], max(last, groups[-1][1]), [*groups[-1][2], edit])
            else:
                groups.append((first, last, [edit]))
        for first, last, edits in groups:
            yield from self._change(first, last, starts, edits)

    def _change(
        self, first: int, last: int, starts: list[int], edits: list[Edit]
    ) -> Iterator[Change]:
        """Yield lines first..last as they were and are, without what both share at the ends."""
        start, end = starts[first], starts[last + 1] if last + 1 < len(starts) else 0
        pieces, at = [], start
        for edit in edits:
            pieces += [self.original[at : edit.start], edit.new]
            at = edit.end
        old = split_lines(self.original[start:end])
        new = split_lines("".join(pieces) + self.original[at:end])
        while old and new and old[-1] == new[-1]:
            old.pop()
            new.pop()
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        if old[same:] or new[same:]:
            yield first + same, first + len(old), new[same:]
