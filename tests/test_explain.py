"""The pages about rules say everything, show what is invisible, and are up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repair.cli.docs import pages
from repair.explain import explain, index
from repair.rules import RULES
from repair.types import Example, Rule, Safety

DOCS = Path(__file__).parent.parent / "docs" / "rules"

RULE = Rule(
    code="I999",
    name="zero-width-space",
    summary="A zero width space splits a word.",
    why="Pages insert it to allow a line break.",
    safety=Safety.LIKELY,
    trigger="\u200b",
    find=lambda _: iter(()),
    examples=(
        Example("a\u200bb", "ab"),
        Example("one\n\ntwo\u200b\n", "one\n\ntwo\n", "over several lines"),
        Example("```\u200b", "```", "a fence inside"),
        Example("\u0e20\u200b\u0e2a", "\u0e20\u200b\u0e2a", "Thai needs it"),
    ),
)

PAGE = """\
# I999: zero-width-space

A zero width space splits a word.

**Repair:** applied by `--fix --unsafe-fixes` (LIKELY).

## Why

Pages insert it to allow a line break.

## Repaired

```diff
- a‹U+200B›b
+ ab
```

Over several lines:

```diff
- one
-
- two‹U+200B›
+ one
+
+ two
```

A fence inside:

````diff
- ```‹U+200B›
+ ```
````

## Left alone

Thai needs it:

```text
\u0e20‹U+200B›\u0e2a
```

## Leave it out

`--ignore I999`, or in `pyproject.toml`:

```toml
[tool.textrepair]
ignore = ["I999"]
```
"""


def test_a_page() -> None:
    assert explain(RULE) == PAGE


def test_the_index_links_to_the_page_of_each_rule() -> None:
    expected = (
        "| [I999](I999.md) | zero-width-space | LIKELY | A zero width space splits a word. |\n"
    )
    assert expected in index([RULE])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_page_that_shows_all_its_examples(rule: Rule) -> None:
    page = explain(rule)
    blocks = re.findall(r"^(`{3,})(diff|text)\n.*?^\1$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == len(rule.examples)
    assert page.startswith(f"# {rule.code}: {rule.name}\n")


def test_the_committed_pages_are_current() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert committed == pages(), "run: python -m repair.cli.docs"
