"""A rule as a page of Markdown, for ``textrepair explain`` and ``docs/rules/``."""

from __future__ import annotations

from repair.types import Example, Rule, Safety
from repair.visible import visible

_SAFETY = {
    Safety.SAFE: "applied by default (SAFE)",
    Safety.LIKELY: "applied with `--unsafe-fixes` (LIKELY)",
    Safety.SHOW: "reported, never applied (SHOW)",
}


def explain(rule: Rule) -> str:
    """Return the page of one rule, ending in a newline."""
    parts = [
        f"# {rule.code}: {rule.name}\n",
        rule.summary + "\n",
        f"**Fix:** {_SAFETY[rule.safety]}.\n",
        f"## Why\n\n{rule.why}\n",
        "## Examples\n",
        *(_example(example) for example in rule.examples),
    ]
    return "\n".join(parts)


def _example(example: Example) -> str:
    lines = [f"    {line}" for line in _lines(example.before)]
    if example.before == example.after:
        head = "Left alone"
    else:
        head = "Repaired"
        lines += ["", "becomes", "", *(f"    {line}" for line in _lines(example.after))]
    note = f" ({example.note})" if example.note else ""
    return "\n".join([f"{head}{note}:", "", *lines, ""])


def _lines(text: str) -> list[str]:
    return [visible(line) for line in text.split("\n")]
