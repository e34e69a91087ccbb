"""Every example and every case, run many ways; and what must hold of all rules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from repair.config import Config
from repair.edits import apply, invert
from repair.engine import repair
from repair.kinds import kind_of
from repair.rules import RULES
from repair.types import Document, Edit, Example, Rule, Safety
from tests.case_files import FOLDER, NAME_OF_KIND, Case, read_cases

UNSAFE = Config(unsafe_fixes=True)
PACKAGE = Path(__file__).parent.parent / "repair" / "rules"

# Neighbours that belong to no damage: what stands before and behind must not matter.
PADDINGS = {
    "nothing": ("", ""),
    "ASCII": ("A plain line.\n", "\nThe next line.\n"),
    "Han": ("这是一行。\n", "\n下一行。\n"),
    "CRLF": ("A plain line.\r\n", "\r\nThe next line.\r\n"),
    "emoji": ("👍🏽 👩‍👩‍👧 🇫🇷\n", "\n🙂\n"),
}

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]
CASE_FILES = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "encodings")
CASES = [
    pytest.param(case, id=f"{stem}: {case.name}")
    for stem in CASE_FILES
    if stem != "known_failures"
    for case in read_cases(stem)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_alone(rule: Rule, example: Example) -> None:
    # Rules that share a search show what it does as a whole
    family = [r.code for r in RULES if (r.find, r.find_in) == (rule.find, rule.find_in)]
    config = Config(select=tuple(family), unsafe_fixes=True)
    result = repair(example.before, config=config, name=NAME_OF_KIND[example.kind])
    shown = [f for f in result.remaining if f.new is not None]
    if rule.safety is Safety.SHOW and example.before != example.after:
        assert result.remaining
        edits = [Edit(f.start, f.end, f.new or "") for f in shown]
        assert [e for e in edits if apply(example.before, [e]) == example.after] or not edits
    else:
        assert result.text == example.after
    if example.before == example.after and rule.safety is not Safety.SHOW:
        assert not result.remaining


@pytest.mark.parametrize("padding", PADDINGS.values(), ids=PADDINGS)
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_among_others(rule: Rule, example: Example, padding: tuple[str, str]) -> None:
    before, after = padding
    text = f"{before}{example.before}{after}"
    result = repair(text, config=UNSAFE, name=NAME_OF_KIND[example.kind])
    if rule.safety is not Safety.SHOW:
        assert result.text == f"{before}{example.after}{after}"
    assert_account(text, result.text, UNSAFE, NAME_OF_KIND[example.kind])


def assert_account(text: str, after: str, config: Config, name: str | None) -> None:
    """The account replays and can be undone, and a second run finds nothing to do."""
    result = repair(text, config=config, name=name)
    assert apply(text, result.edits) == after
    assert apply(after, invert(text, result.edits)) == text
    assert not repair(after, config=config, name=name).findings


@pytest.mark.parametrize("case", CASES)
def test_a_case(case: Case) -> None:
    result = repair(case.before, config=case.config, name=case.file)
    assert result.text == case.after
    if case.codes is not None:
        assert {f.code for f in (*result.findings, *result.remaining)} == case.codes
    assert_account(case.before, case.after, case.config, case.file)


@pytest.mark.parametrize("padding", PADDINGS.values(), ids=PADDINGS)
@pytest.mark.parametrize("case", [p for p in CASES if str(p.id).startswith("clean")])
def test_clean_text_is_left_alone_among_others(case: Case, padding: tuple[str, str]) -> None:
    text = f"{padding[0]}{case.before}{padding[1]}"
    result = repair(text, name=case.file)
    assert result.text is text
    assert not result.findings


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=pytest.mark.xfail(strict=True))
        for case in (read_cases("known_failures") if "known_failures" in CASE_FILES else [])
    ],
)
def test_a_known_failure(case: Case) -> None:
    assert repair(case.before, config=case.config, name=case.file).text == case.after


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert rule.name == rule.name.lower().replace(" ", "-").replace("_", "-")
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert any(e.before != e.after for e in rule.examples) or rule.safety is Safety.SHOW
    assert any(e.before == e.after for e in rule.examples)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_keeps_its_word(rule: Rule, example: Example) -> None:
    """No finding is safer than its rule says, and none lies outside the text."""
    document = Document(example.before, kind_of(NAME_OF_KIND[example.kind], ""))
    safety = {each.code: each.safety for each in RULES}
    for found in rule.found_in(document):
        assert found.safety <= safety[found.code]
        assert 0 <= found.start <= found.end <= len(example.before)
        assert 0 <= found.confidence <= 1


def test_codes_and_names_are_distinct() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_rule_module_is_listed() -> None:
    """A module that makes a Rule without a place in RULES is forgotten."""
    made = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rule":
                made |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
                }
    assert made <= {rule.code for rule in RULES}
