"""The contract of all adapters: what goes in comes out, repaired, with its account beside it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

import repair
from repair.adapters import ADAPTERS, NotInstalledError, load
from repair.adapters.arrow import NoSuchColumnError
from repair.adapters.beside import NameTakenError
from repair.rules import RULES
from repair.types import Rule
from tests.engines import failing, killing, library

# What other libraries say of themselves is not about us
pytestmark = pytest.mark.filterwarnings(*(f"default:::{name}" for name in ("ray", "pyspark")))

BAD = "caf\u00c3\u00a9"
TEXTS: tuple[str | None, ...] = (
    "plain",
    BAD,
    None,
    "",
    f"\U0001f600 {BAD}: {BAD}",
    "poison, naïve",  # fails, or kills, if a rule says so
    "exam\u200bple",
    "日本語の文",
    "bad \ufffd here",  # found, and no cure known
    None,
)
# More than one batch and partition of each engine
COPIES = 30
KEYS = [f"k{number}" for number in range(COPIES * len(TEXTS))]
VALUES = [*TEXTS] * COPIES


class Outcome(NamedTuple):
    rows: pa.Table
    findings: list[dict[str, Any]]
    failures: list[dict[str, Any]]
    counts: dict[tuple[str, bool], int]


def table() -> pa.Table:
    whole = pa.table(
        {
            "id": pa.array(KEYS),
            "text": pa.array(VALUES, pa.string()),
            "number": pa.array(range(len(KEYS)), pa.int32()),
        }
    )
    return pa.Table.from_batches(whole.to_batches(max_chunksize=64))


class Expected(NamedTuple):
    text: dict[str, str | None]
    findings: list[tuple[Any, ...]]
    counts: dict[tuple[str, bool], int]


def expected(config: repair.Config) -> Expected:
    """What must come out, by the way of strings."""
    texts: dict[str, str | None] = {}
    findings: list[tuple[Any, ...]] = []
    for key, value in zip(KEYS, VALUES, strict=True):
        texts[key] = value
        if value is not None:
            result = repair.repair(value, config=config)
            texts[key] = result.text
            findings += _expected_findings(key, result)
    return Expected(texts, sorted(findings, key=repr), Counter((f[1], f[-1]) for f in findings))


def _expected_findings(key: str, result: repair.Repaired) -> Iterator[tuple[Any, ...]]:
    for several, applied in ((result.findings, True), (result.remaining, False)):
        for f in several:
            before = result.original[f.start : f.end]
            byte = len(result.original[: f.start].encode())
            yield key, f.code, f.start, f.end, byte, before, f.new, applied


def as_tuples(findings: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("key", "code", "start", "end", "start_byte", "before", "after", "applied")
    return sorted((tuple(one[name] for name in names) for one in findings), key=repr)


Run = Callable[[repair.Config, "tuple[Rule, ...]"], Outcome]


def run_arrow(config: repair.Config, rules: tuple[Rule, ...]) -> Outcome:
    from repair.adapters.table import repair_table

    look = repair_table(table(), config=config, rules=rules, columns=["text"], key="id")
    counts = {(code, applied): count for (_, code, applied), count in look.counts.items()}
    failures = [error._asdict() for error in look.errors]
    return Outcome(look.result, look.findings.to_pylist(), failures, counts)


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    return DRIVERS[request.param](request)


def arrow(_: pytest.FixtureRequest) -> Run:
    return run_arrow


def ray(request: pytest.FixtureRequest) -> Run:
    module = request.getfixturevalue("ray")

    def run(config: repair.Config, rules: tuple[Rule, ...]) -> Outcome:
        from repair.adapters.ray import annotate, split

        dataset = module.data.from_arrow([table().slice(at, 100) for at in (0, 100, 200)])
        notes = annotate(dataset, config=config, rules=rules, columns=["text"], key="id")
        parts = split(notes.materialize())
        rows = pa.concat_tables(module.get(parts.rows.to_arrow_refs())).sort_by("number")
        findings = parts.findings.take_all()
        counts = Counter((finding["code"], finding["applied"]) for finding in findings)
        return Outcome(rows, findings, parts.failures.take_all(), counts)

    return run


def spark(request: pytest.FixtureRequest) -> Run:
    session = request.getfixturevalue("spark")

    def run(config: repair.Config, rules: tuple[Rule, ...]) -> Outcome:
        from repair.adapters.spark import annotate, split

        frame = session.createDataFrame(table()).repartition(3)
        notes = annotate(frame, config=config, rules=rules, columns=["text"], key="id").persist()
        parts = split(notes)
        assert parts.rows.schema == frame.schema
        rows = parts.rows.toArrow().sort_by("number")
        grouped = parts.findings.groupBy("code", "applied").count().collect()
        counts = {(row["code"], row["applied"]): row["count"] for row in grouped}
        findings, failures = parts.findings.toArrow(), parts.failures.toArrow()
        notes.unpersist()
        return Outcome(rows, findings.to_pylist(), failures.to_pylist(), counts)

    return run


def datatrove(_: pytest.FixtureRequest) -> Run:
    library("datatrove")

    def run(config: repair.Config, rules: tuple[Rule, ...]) -> Outcome:
        from datatrove.data import Document

        from repair.adapters.datatrove import TextRepair

        step = TextRepair(config, rules=rules)
        given = table()
        documents = [
            Document(row["text"], row["id"], metadata={"number": row["number"]})
            for row in given.to_pylist()
        ]
        out = list(step.run(iter(documents)))
        rows = pa.Table.from_pylist(
            [{"id": d.id, "text": d.text, "number": d.metadata["number"]} for d in out],
            given.schema,
        )
        notes = [d.metadata["textrepair"] for d in out if "textrepair" in d.metadata]
        counts = {
            (label.split()[0], label.endswith("applied")): int(stat.total)
            for label, stat in step.stats.stats.items()
            if label.endswith((" applied", " remaining"))
        }
        findings = [finding for note in notes for finding in note["findings"]]
        failures = [failure for note in notes for failure in note["failures"]]
        return Outcome(rows, findings, failures, counts)

    return run


DRIVERS = {"arrow": arrow, "ray": ray, "spark": spark, "datatrove": datatrove}


def test_every_adapter_is_held_to_the_contract() -> None:
    assert DRIVERS.keys() == ADAPTERS.keys()


@pytest.mark.parametrize("run", DRIVERS, indirect=True)
@pytest.mark.parametrize("config", [repair.Config(), repair.Config(report_only=True)])
def test_contract(run: Run, config: repair.Config) -> None:
    given, want = table(), expected(config)
    out = run(config, RULES)
    assert out.rows.schema.equals(given.schema)
    assert out.rows.column("id").to_pylist() == KEYS
    assert out.rows.column("number").to_pylist() == list(range(len(KEYS)))
    assert dict(zip(KEYS, out.rows.column("text").to_pylist(), strict=True)) == want.text
    assert as_tuples(out.findings) == want.findings
    assert out.counts == want.counts
    assert out.failures == []


@pytest.mark.parametrize("run", DRIVERS, indirect=True)
def test_a_row_that_fails_passes_unchanged_and_is_counted(run: Run) -> None:
    want = expected(repair.Config())
    out = run(repair.Config(), (failing(), *RULES))
    assert dict(zip(KEYS, out.rows.column("text").to_pylist(), strict=True)) == want.text
    poisoned = {key for key, text in zip(KEYS, VALUES, strict=True) if text and "poison" in text}
    assert {(f["key"], f["column"], f["problem"]) for f in out.failures} == {
        (key, "text", "ValueError: cannot digest poison") for key in poisoned
    }
    assert len(out.failures) == len(poisoned)
    assert out.counts == want.counts


@pytest.mark.parametrize("run", ["ray", "spark"], indirect=True)
def test_a_killed_worker_changes_nothing(run: Run, tmp_path: Path) -> None:
    once = tmp_path / "killed"
    out = run(repair.Config(), (killing(str(once)), *RULES))
    assert once.exists()
    want = expected(repair.Config())
    assert dict(zip(KEYS, out.rows.column("text").to_pylist(), strict=True)) == want.text
    assert as_tuples(out.findings) == want.findings
    assert out.failures == []


@pytest.mark.parametrize("name", ["ray", "spark"])
def test_a_column_that_is_not_there(name: str, request: pytest.FixtureRequest) -> None:
    cluster = request.getfixturevalue(name)
    frame = cluster.data.from_arrow(table()) if name == "ray" else cluster.createDataFrame(table())
    annotate = load(name).annotate
    known = "'nope' is not there; there are 'id', 'text', 'number'"
    for named in ({"columns": ["text", "nope"]}, {"key": "nope"}):
        with pytest.raises(NoSuchColumnError, match=known):
            annotate(frame, **named)
    with pytest.raises(NameTakenError, match=r"column 'text' already; give `notes` another"):
        annotate(frame, notes="text")
    columns = annotate(frame, notes="said").columns
    assert [*(columns() if name == "ray" else columns)] == ["id", "text", "number", "said"]


def test_of_no_rows_there_is_no_finding(ray: Any) -> None:
    dataset = ray.data.from_arrow(table()).filter(lambda _: False)
    for part in load("ray").repair_dataset(dataset, columns=["text"], key="id"):
        assert part.take_all() == []


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "repair.adapters.ray", raising=False)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(NotInstalledError, match=r"^ray is not installed.*'textrepair\[ray\]'"):
        load("ray")
