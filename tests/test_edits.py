from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.edits import apply, compose, invert, lift, select
from repair.types import Edit, Finding, Safety

# Few letters, so that edits often put what was there before or beside.
TEXTS = st.text("ab\n\u4e2d\U0001f600", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Edits in order and disjoint: insertions, deletions, replacements, touching ones, no-ops."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(Edit(start, end, draw(TEXTS)) for start, end in pairs)


@st.composite
def chains(draw: st.DrawFn, length: int) -> tuple[str, list[tuple[Edit, ...]]]:
    """A text, and rounds of edits, each made on the text that the one before left."""
    text = current = draw(TEXTS)
    rounds = []
    for _ in range(length):
        rounds.append(draw(edits_of(current)))
        current = apply(current, rounds[-1])
    return text, rounds


def applied_in_turn(text: str, rounds: Sequence[Sequence[Edit]]) -> str:
    for edits in rounds:
        text = apply(text, edits)
    return text


def is_an_account(edits: Sequence[Edit], text: str) -> bool:
    ends = [0, *(edit.end for edit in edits)]
    starts = [*(edit.start for edit in edits), len(text)]
    return all(end <= start for end, start in zip(ends, starts, strict=True)) and all(
        edit.start <= edit.end for edit in edits
    )


def test_apply() -> None:
    edits = [Edit(0, 0, "<"), Edit(1, 2, ""), Edit(2, 2, "+"), Edit(3, 4, "dd")]
    assert apply("abcd", edits) == "<a+cdd"


def test_nothing_to_apply_gives_the_same_object() -> None:
    text = "".join(["clean", " text"])
    assert apply(text, ()) is text


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 5, "")],
        [Edit(-1, 0, "")],
        [Edit(2, 1, "")],
        [Edit(0, 2, ""), Edit(1, 3, "")],
        [Edit(2, 3, ""), Edit(0, 1, "")],
    ],
)
def test_edits_that_are_no_account_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order or outside a text of 4"):
        apply("abcd", edits)


@given(chains(1))
def test_undo(chain: tuple[str, list[tuple[Edit, ...]]]) -> None:
    text, [edits] = chain
    assert apply(apply(text, edits), invert(text, edits)) == text


@given(chains(1))
def test_undoing_twice_is_doing(chain: tuple[str, list[tuple[Edit, ...]]]) -> None:
    text, [edits] = chain
    back = invert(text, edits)
    assert invert(apply(text, edits), back) == edits


@given(chains(4))
def test_composed_edits_do_what_they_did_in_turn(
    chain: tuple[str, list[tuple[Edit, ...]]],
) -> None:
    text, rounds = chain
    whole: tuple[Edit, ...] = ()
    current = text
    for edits in rounds:
        whole = compose(whole, edits, current)
        current = apply(current, edits)
        assert is_an_account(whole, text)
        assert apply(text, whole) == current


@given(chains(3))
def test_composing_is_associative_in_effect(chain: tuple[str, list[tuple[Edit, ...]]]) -> None:
    text, [first, second, third] = chain
    middle = apply(text, first)
    last = apply(middle, second)
    left = compose(compose(first, second, middle), third, last)
    right = compose(first, compose(second, third, last), middle)
    assert apply(text, left) == apply(text, right)


def test_edits_apart_stay_apart() -> None:
    first = (Edit(0, 1, "AA"), Edit(6, 7, ""))
    middle = apply("abcdefgh", first)
    assert compose(first, (Edit(4, 5, "D"),), middle) == (
        Edit(0, 1, "AA"),
        Edit(3, 4, "D"),
        Edit(6, 7, ""),
    )


@given(chains(1), st.data())
def test_a_lifted_finding_covers_what_it_spoke_about(
    chain: tuple[str, list[tuple[Edit, ...]]], data: st.DataObject
) -> None:
    text, [first] = chain
    middle = apply(text, first)
    start, end = data.draw(spans(len(middle)).filter(lambda span: span[0] < span[1]))
    new = data.draw(TEXTS)
    lifted = lift(Finding("A1", start, end, new, Safety.SAFE, 1.0), first, middle)
    assert 0 <= lifted.start <= lifted.end <= len(text)
    assert lifted.new is not None
    # Made instead of the edits that it shares characters with, it gives what both gave in turn.
    before = [edit for edit, low, high in placed(first) if high <= start]
    behind = [edit for edit, low, _ in placed(first) if low >= end]
    own = Edit(lifted.start, lifted.end, lifted.new)
    assert apply(text, [*before, own, *behind]) == apply(middle, [Edit(start, end, new)])


@given(chains(1), st.data())
def test_a_finding_that_shares_nothing_with_edits_keeps_its_characters(
    chain: tuple[str, list[tuple[Edit, ...]]], data: st.DataObject
) -> None:
    text, [first] = chain
    start, end = data.draw(spans(len(text)).filter(lambda span: span[0] < span[1]))
    apart = all(edit.end <= start or edit.start >= end for edit in first)
    shift = sum(len(e.new) - (e.end - e.start) for e in first if e.end <= start)
    finding = Finding("A1", start + shift, end + shift, "", Safety.SAFE, 1.0)
    if apart:
        lifted = lift(finding, first, apply(text, first))
        assert (lifted.start, lifted.end, lifted.new) == (start, end, "")


def placed(edits: Sequence[Edit]) -> Iterator[tuple[Edit, int, int]]:
    """Edits, and where what they put there stands in the text after them."""
    shift = 0
    for edit in edits:
        yield edit, edit.start + shift, edit.start + shift + len(edit.new)
        shift += len(edit.new) - (edit.end - edit.start)


def test_a_finding_without_a_cure_is_lifted_without_one() -> None:
    lifted = lift(Finding("A1", 3, 4, None, Safety.SHOW, 1.0), [Edit(0, 1, "bb")], "bbcd")
    assert (lifted.start, lifted.end, lifted.new) == (2, 3, None)


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    pairs = st.tuples(st.integers(0, length), st.integers(0, length))
    return pairs.map(lambda pair: (min(pair), max(pair)))


FINDINGS = st.lists(
    st.builds(
        lambda code, span, new, safety: Finding(code, span[0], span[1], new, safety, 1.0),
        st.sampled_from(["A1", "B1", "C1"]),
        spans(12),
        st.none() | st.text("xy", max_size=2),
        st.sampled_from(Safety),
    ),
    max_size=12,
)
RANK = {"A1": 0, "B1": 1, "C1": 2}


def clash(one: Finding, other: Finding) -> bool:
    """The rule in the simplest words: a character in common, or the same place."""
    same = (one.start, one.end) == (other.start, other.end)
    return same or max(one.start, other.start) < min(one.end, other.end) or _inside(one, other)


def _inside(one: Finding, other: Finding) -> bool:
    """An insertion within the other's characters."""
    return one.start < other.start == other.end < one.end or (
        other.start < one.start == one.end < other.end
    )


@given(FINDINGS, st.sampled_from(Safety))
def test_what_is_chosen_is_disjoint_and_allowed(findings: list[Finding], floor: Safety) -> None:
    chosen, _ = select(findings, RANK, floor)
    apply("." * 12, [Edit(f.start, f.end, f.new or "") for f in chosen])
    for number, finding in enumerate(chosen):
        assert finding.new is not None
        assert finding.safety >= floor
        assert not any(clash(finding, other) for other in chosen[number + 1 :])


@given(FINDINGS, st.sampled_from(Safety))
def test_nothing_is_lost_in_selecting(findings: list[Finding], floor: Safety) -> None:
    chosen, left = select(findings, RANK, floor)
    for finding in findings:
        superseded = any(
            clash(finding, other) and RANK[other.code] <= RANK[finding.code] for other in chosen
        )
        assert finding in chosen or finding in left or superseded


@given(FINDINGS, st.sampled_from(Safety))
def test_the_first_rule_owns_its_place_applied_or_not(
    findings: list[Finding], floor: Safety
) -> None:
    chosen, _ = select(findings, RANK, floor)
    of_first = [finding for finding in findings if finding.code == "A1"]
    for finding in of_first:
        alone = sum(clash(finding, other) for other in of_first) == 1
        if alone and finding.safety < floor:
            assert not any(clash(finding, other) for other in chosen if other.code != "A1")


@given(FINDINGS, st.sampled_from(Safety))
def test_the_order_of_findings_does_not_matter(findings: list[Finding], floor: Safety) -> None:
    places = {(f.code, f.start, f.end): f for f in findings}
    unique = list(places.values())
    shuffled = unique[::-1]
    assert select(unique, RANK, floor) == select(shuffled, RANK, floor)


def select_one_by_one(
    findings: list[Finding], floor: Safety
) -> tuple[list[Finding], list[Finding]]:
    """The oracle: each finding against all that own a place."""
    owners: list[Finding] = []
    chosen: list[Finding] = []
    left: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (RANK[f.code], f.start, f.end)):
        rivals = [owner for owner in owners if clash(finding, owner)]
        if any(rival in chosen for rival in rivals):
            continue
        applied = not rivals and finding.new is not None and finding.safety >= floor
        if not rivals:
            owners.append(finding)
        (chosen if applied else left).append(finding)
    place = attrgetter("start", "end")
    return sorted(chosen, key=place), sorted(left, key=place)


@given(FINDINGS, st.sampled_from(Safety))
def test_selecting_by_clusters_is_as_one_by_one(findings: list[Finding], floor: Safety) -> None:
    unique = list(dict.fromkeys(findings))
    assert select(unique, RANK, floor) == select_one_by_one(unique, floor)
