"""check, repair, repair_bytes: one computation, from text to the account of its repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from repair.config import Config
from repair.decode import decode
from repair.doubt import without_second_guesses
from repair.edits import apply, by_place, compose, lift_all, select
from repair.inline import Ignores, read_ignores
from repair.kinds import kind_of
from repair.notices import NOTICES, UNUSED_IGNORE, WORD
from repair.reencode import settle
from repair.rules import RULES
from repair.triggers import NOTHING, Look, compiled, look
from repair.types import Decoded, Document, Edit, Finding, Kind, Repaired, Rule

_edit = partial(tuple.__new__, Edit)  # in a third of the time of its own


class RulesDisagreeError(RuntimeError):
    """Rules undo each other's repairs: an error in the rules, never in the text."""


def check(
    text: str, *, config: Config | None = None, name: str | None = None
) -> tuple[Finding, ...]:
    """Return all that is found in ``text``, by place; offsets in code points."""
    result = repair(text, config=config, name=name)
    return tuple(by_place((*result.findings, *result.remaining)))


def repair(
    text: str,
    *,
    config: Config | None = None,
    rules: Sequence[Rule] = RULES,
    name: str | None = None,
) -> Repaired:
    """Repair ``text`` and account for every change.

    Finds, selects and applies until nothing is left to apply. Where there is nothing to
    change, the text of the result is the object that was given. ``name`` is that of the file
    the text comes from: its ending says what belongs in such a text (see ``kinds``).

    Raises:
        RulesDisagreeError: two rules undo each other.
    """
    config = config or Config()
    seen = look(rules, text)
    is_obeyed = config.inline_ignores and WORD in text  # else nothing is said of comments
    if seen is NOTHING and not is_obeyed:
        return Repaired(text, text, (), (), ())
    kind = kind_of(name, text)
    if not is_obeyed and _is_ordinary(text, seen, seen.rules_for(kind)):
        return Repaired(text, text, (), (), ())
    return _repair(text, config, rules, kind, seen)


def _repair(  # noqa: PLR0913, PLR0917
    text: str,
    config: Config,
    rules: Sequence[Rule],
    kind: Kind,
    seen_there: Look | None,
    source: tuple[bytes, Decoded] | None = None,
) -> Repaired:
    """Do what ``repair`` says for a text that may have been decoded from ``source``."""
    ignores = read_ignores(text) if config.inline_ignores else Ignores()
    current = text
    edits: tuple[Edit, ...] = ()
    applied: list[Finding] = []
    remaining: dict[tuple[str, int, int, str | None], Finding] = {}
    passes: list[set[str]] = []
    rank = {rule.code: number for number, rule in enumerate(rules)}
    seen: dict[str, int] = {}
    while True:
        seen_there = seen_there or look(rules, current, kind=kind)
        found = _find(current, kind, seen_there, rank, config)
        seen_there = None
        found = ignores.without_ignored(found, edits, current)
        found = without_second_guesses(found, current, *source) if source else found
        if not found:  # of most texts that are looked at
            break
        chosen, left = select(found, rank, config.floor)
        for lifted in lift_all(left, edits, current):
            key = (lifted.code, lifted.start, lifted.end, lifted.new)
            remaining.setdefault(key, lifted)
        if not chosen:
            break
        seen[current] = len(passes)
        applied += lift_all(chosen, edits, current)
        step = tuple([_edit((f.start, f.end, f.new)) for f in chosen])
        edits = compose(edits, step, current)
        current = apply(current, step)
        passes.append({finding.code for finding in chosen})
        if current in seen:
            codes = ", ".join(sorted(set().union(*passes[seen[current] :])))
            msg = f"the rules {codes} undo each other's repairs"
            raise RulesDisagreeError(msg)
    result = Repaired(
        original=text,
        text=current,
        edits=edits,
        findings=tuple(by_place(applied)),
        remaining=tuple(by_place(remaining.values())),
    )
    if source:
        result = settle(result, *source, config, ignores)
    if ignores.found and config.wants(UNUSED_IGNORE.code):
        codes_known = (rule.code for rule in (*rules, *NOTICES))
        unused = ignores.unused(codes_known, config)
        remains = tuple(by_place((*result.remaining, *unused)))
        result = replace(result, remaining=remains)
    return result


def repair_bytes(data: bytes, *, config: Config | None = None, name: str | None = None) -> Repaired:
    """Decode, repair and encode again in the same encoding.

    ``data`` of the result is ``None`` where the repaired text cannot be written in the
    encoding of the input, or the input would not come back exactly: then nothing may be
    written. Binary data should be kept away by the caller: see ``detect``.
    """
    return repair_decoded(data, decode(data), config=config, name=name)


def repair_decoded(
    data: bytes, decoded: Decoded, *, config: Config | None = None, name: str | None = None
) -> Repaired:
    """The same for ``data`` that has been decoded."""
    config = config or Config()
    is_utf8 = decoded.encoding == "utf-8" and not decoded.bom
    kind = kind_of(name, decoded.text)
    seen = look(RULES, decoded.text, data if is_utf8 else None, kind)
    return _repair(decoded.text, config, RULES, kind, seen, (data, decoded))


def _is_ordinary(text: str, seen: Look, rules: Sequence[Rule]) -> bool:
    """Tell whether no rule could find anything, from the lines on which they might."""
    tests = dict.fromkeys(rule.is_ordinary for rule in rules)
    return all(
        is_ordinary is not None and all(is_ordinary(text[start:end]) for start, end in seen.lines)
        for is_ordinary in tests
    )


def _find(
    text: str, kind: Kind, seen: Look, rank: Mapping[str, int], config: Config
) -> list[Finding]:
    """Run each distinct search once, where a trigger of its rules is present.

    Searches are shared, also with rules that nobody asked for: what is found by these is not kept.
    """
    done: set[object] = set()
    absent: set[str] = set()
    kept: list[Finding] = []
    document, by_line = Document(text, kind), Document(text, kind, seen.lines)
    for rule in seen.rules_for(kind):
        search = rule.find or rule.find_in
        if search in done or rule.trigger in absent:
            continue
        is_sure = rule.by_line or rule.is_quick
        if not is_sure and not compiled(rule.trigger).search(text):
            absent.add(rule.trigger)
            continue
        done.add(search)
        found = list(rule.found_in(by_line if rule.by_line else document))
        codes = {finding.code for finding in found}
        wanted = {code for code in codes if code in rank and config.wants(code)}
        kept += [finding for finding in found if finding.code in wanted]
    return kept
