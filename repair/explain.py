"""A rule as a page of Markdown, for ``textrepair explain`` and ``docs/rules/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from repair.types import Example, Rule, Safety
from repair.visible import visible

SAFETY = {
    Safety.SAFE: "applied by `--fix`",
    Safety.LIKELY: "applied by `--fix --unsafe-fixes`",
    Safety.SHOW: "reported, never applied",
}


def explain(rule: Rule) -> str:
    """Return the page of one rule, ending in a newline."""
    repaired = [e for e in rule.examples if e.before != e.after]
    near_misses = [e for e in rule.examples if e.before == e.after]
    parts = [
        f"# {rule.code}: {rule.name}",
        rule.summary,
        f"**Repair:** {SAFETY[rule.safety]} ({rule.safety.name}).",
        "## Why",
        rule.why,
        *_section("Repaired", repaired),
        *_section("Left alone", near_misses),
        "## Leave it out",
        f"`--ignore {rule.code}`, or in `pyproject.toml`:",
        _fenced("toml", ["[tool.textrepair]", f'ignore = ["{rule.code}"]']),
    ]
    return "\n\n".join(parts) + "\n"


def index(rules: Iterable[Rule]) -> str:
    """Return the page that lists all rules, in the order in which they own their places."""
    rows = (
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.safety.name} | {rule.summary} |"
        for rule in rules
    )
    legend = (f"- {safety.name}: {meaning}" for safety, meaning in SAFETY.items())
    table = ["| code | name | repair | what is damaged |", "|---|---|---|---|", *rows]
    return "\n\n".join(["# Rules", "\n".join(table), "\n".join(legend)]) + "\n"


def _section(title: str, examples: list[Example]) -> Iterator[str]:
    if examples:
        yield f"## {title}"
    for example in examples:
        if example.note:
            yield f"{example.note[0].upper()}{example.note[1:]}:"
        yield _shown(example)


def _shown(example: Example) -> str:
    if example.before == example.after:
        return _fenced("text", _lines(example.before))
    before = [f"- {line}".rstrip() for line in _lines(example.before)]
    return _fenced("diff", [*before, *(f"+ {line}".rstrip() for line in _lines(example.after))])


def _lines(text: str) -> list[str]:
    return [visible(line) for line in text.removesuffix("\n").split("\n")]


def _fenced(language: str, lines: list[str]) -> str:
    ticks = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, ticks + 1)
    return "\n".join([fence + language, *lines, fence])
