"""What a search has found to be slow is repaired all the same, and accounted for."""

from __future__ import annotations

import pytest

from benchmarks.adversarial import FAMILIES, Recipe, finds, line_of
from repair import repair, repair_bytes
from repair.edits import apply, invert

FINDS = finds()


def test_each_family_has_been_searched() -> None:
    assert {recipe.family for recipe in FINDS} == set(FAMILIES)
    assert len({line_of(recipe) for recipe in FINDS}) == len(FINDS)


@pytest.mark.parametrize("recipe", FINDS, ids=lambda recipe: line_of(recipe)[:60])
def test_the_account_replays(recipe: Recipe) -> None:
    text = recipe.text(1_000)
    result = repair(text, name=recipe.file)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(text, result.edits)) == text
    assert not repair(result.text, name=recipe.file).findings


@pytest.mark.parametrize("recipe", FINDS, ids=lambda recipe: line_of(recipe)[:60])
def test_documents_are_of_the_size_that_is_asked_for(recipe: Recipe) -> None:
    size = len(recipe.text(5_000).encode("utf-8", "surrogatepass"))
    assert 5_000 <= size <= 5_000 + len(recipe.body.encode("utf-8", "surrogatepass"))
    assert repair_bytes(recipe.data(1_000), name=recipe.file).decoded is not None
