"""check, repair, repair_bytes: one computation, from text to the account of its repair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from repair.config import Config
from repair.decode import decode, encode
from repair.edits import apply, compose, lift_all, select
from repair.kinds import kind_of
from repair.rules import RULES
from repair.types import Document, Edit, Finding, Repaired, Rule

# Triggers that one character decides, a plain one or a class: they are looked up among the
# different characters of a text. With 44 rules a megabyte of ASCII takes 67 ms so, not 525.
_OF_ONE_CHARACTER = re.compile(r"\[[^\[\]\\]+\]|[^\\\[\]().^$*+?|{}]")


class RulesDisagreeError(RuntimeError):
    """Rules undo each other's repairs: an error in the rules, never in the text."""


def check(
    text: str, *, config: Config | None = None, name: str | None = None
) -> tuple[Finding, ...]:
    """Return all that is found in ``text``, by place; offsets in code points."""
    result = repair(text, config=config, name=name)
    return tuple(sorted((*result.findings, *result.remaining), key=_place))


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
    rank = {rule.code: number for number, rule in enumerate(rules)}
    kind = kind_of(name, text)
    current = text
    edits: tuple[Edit, ...] = ()
    applied: list[Finding] = []
    remaining: dict[tuple[str, int, int, str | None], Finding] = {}
    passes: list[set[str]] = []
    seen = {text: 0}
    while True:
        found = [f for f in _find(Document(current, kind), rules) if config.wants(f.code)]
        chosen, left = select(found, rank, config.floor)
        for lifted in lift_all(left, edits, current):
            key = (lifted.code, lifted.start, lifted.end, lifted.new)
            remaining.setdefault(key, lifted)
        if not chosen:
            break
        applied += lift_all(chosen, edits, current)
        step = tuple(Edit(f.start, f.end, f.new) for f in chosen if f.new is not None)
        edits = compose(edits, step, current)
        current = apply(current, step)
        passes.append({finding.code for finding in chosen})
        if current in seen:
            codes = ", ".join(sorted(set().union(*passes[seen[current] :])))
            msg = f"the rules {codes} undo each other's repairs"
            raise RulesDisagreeError(msg)
        seen[current] = len(passes)
    return Repaired(
        original=text,
        text=current,
        edits=edits,
        findings=tuple(sorted(applied, key=_place)),
        remaining=tuple(sorted(remaining.values(), key=_place)),
    )


def repair_bytes(data: bytes, *, config: Config | None = None, name: str | None = None) -> Repaired:
    """Decode, repair and encode again in the same encoding.

    ``data`` of the result is ``None`` where the repaired text cannot be written in the
    encoding of the input, or the input would not come back exactly: then nothing may be
    written. Binary data should be kept away by the caller: see ``detect``.
    """
    decoded = decode(data)
    result = repair(decoded.text, config=config, name=name)
    if result.text is decoded.text:
        return replace(result, data=data, decoded=decoded)
    out: bytes | None = None
    if decoded.exact:
        try:
            out = encode(result.text, decoded)
        except UnicodeEncodeError:
            out = None
    return replace(result, data=out, decoded=decoded)


def _find(document: Document, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Run each distinct search once, where a trigger of its rules is present."""
    done: set[object] = set()
    alphabet = "".join(set(document.text))
    for rule in rules:
        search = rule.find or rule.find_in
        text = alphabet if _OF_ONE_CHARACTER.fullmatch(rule.trigger) else document.text
        if search not in done and _trigger(rule.trigger).search(text):
            done.add(search)
            yield from rule.found_in(document)


@cache
def _trigger(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, finding.end, finding.code
