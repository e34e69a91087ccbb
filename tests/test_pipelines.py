"""Runs the code of docs/pipelines.md, as its readers would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines import library

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PAGE = Path(__file__).parent.parent / "docs" / "pipelines.md"
# What other libraries say of themselves is not about us
pytestmark = pytest.mark.filterwarnings("default")

GIVEN: dict[str, list[Any]] = {
    "id": [1, 2, 3, 4, 5],
    "text": ["plain", "caf\u00c3\u00a9", None, "", "exam\u200bple"],
    "lang": ["en", "fr", None, "en", "en"],
}
TEXTS = ["plain", "café", None, "", "example"]
FOUND = [("2", "text", "M101", 3, 5, "é", True), ("5", "text", "I101", 4, 5, "", True)]


RATES = [("text", "I101", 1, 1, 20.0), ("text", "M101", 1, 1, 20.0)]
BLOCK = re.compile(r"^## ([^\n]+)$|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """The heading above each block, and its code."""
    heading = ""
    for match in BLOCK.finditer(PAGE.read_text("utf-8")):
        if match[1]:
            heading = match[1]
        elif match[2] == language:
            yield heading, match[3]


PYTHON = list(blocks("python"))
SQL = list(blocks("sql"))


def as_rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a table of any of the libraries."""
    for name in ("to_pylist", "to_dicts", "take_all", "to_list"):  # Daft, Polars, Ray, datasets
        if hasattr(table, name):
            return list(getattr(table, name)())
    for name in ("to_arrow_table", "toArrow"):  # DuckDB, Spark
        if hasattr(table, name):
            return list(getattr(table, name)().to_pylist())
    return list(table.astype(object).where(table.notna(), None).to_dict("records"))  # pandas


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pq.write_table(pa.table(GIVEN), tmp_path / "pages.parquet")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("DAFT_RUNNER", "native")  # it would use the Ray that other tests started
    return tmp_path


# What a recipe needs beside its imports
CLUSTERS = {"Ray Data": "ray", "Spark": "spark", "Batch jobs on a cluster": "ray"}
LIBRARIES = {
    "pandas": "pandas",
    "Polars": "polars",
    "DuckDB": "duckdb",
    "Daft": "daft",
    "Hugging Face datasets": "datasets",
    "datatrove": "datatrove",
    "A check with pandera": "pandera",
}


def run(heading: str, code: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    if heading in CLUSTERS:
        request.getfixturevalue(CLUSTERS[heading])
    else:
        library(LIBRARIES[heading])
    if heading in ("Ray Data", "Spark"):  # started elsewhere, and paths are those of their workers
        code = code.replace('"pages.parquet"', f'"{Path.cwd()}/pages.parquet"')
    names: dict[str, Any] = {"__name__": "recipe"}
    exec(compile(code, f"{PAGE.name}: {heading}", "exec"), names)  # noqa: S102 (our own page)
    return names


def test_the_page_has_a_recipe_for_each() -> None:
    assert {heading for heading, _ in PYTHON} == {*CLUSTERS, *LIBRARIES}


@pytest.mark.parametrize(
    ("heading", "code"),
    [block for block in PYTHON if "repaired" in block[1]],
    ids=lambda value: value if "\n" not in value else "",
)
def test_recipe(heading: str, code: str, pages: Path, request: pytest.FixtureRequest) -> None:
    assert pages == Path.cwd()
    names = run(heading, code, request)
    rows = sorted(as_rows(names["repaired"]), key=lambda row: row["id"])
    assert rows == [
        {"id": key, "text": text, "lang": lang}
        for key, text, lang in zip(GIVEN["id"], TEXTS, GIVEN["lang"], strict=True)
    ]
    if "findings" in code:
        columns = ("key", "column", "code", "start", "end", "after", "applied")
        found = [tuple(one[name] for name in columns) for one in as_rows(names["findings"])]
        assert sorted(found) == FOUND
    if "failures" in names:
        assert as_rows(names["failures"]) == []


def test_datatrove(pages: Path, request: pytest.FixtureRequest) -> None:
    library("orjson")
    ((heading, code),) = [block for block in PYTHON if block[0] == "datatrove"]
    run(heading, code, request)
    import orjson

    (file,) = (pages / "out").iterdir()
    documents = [orjson.loads(line) for line in file.read_bytes().splitlines()]
    # Its reader passes over documents without text
    assert [document["text"] for document in documents] == [text for text in TEXTS if text]
    notes = [document["metadata"].get("textrepair") for document in documents]
    assert notes[0] is None
    spans = [(n["findings"][0]["code"], n["findings"][0]["start"]) for n in notes[1:]]
    assert spans == [("M101", 3), ("I101", 4)]
    stats = orjson.loads((pages / "logs" / "stats.json").read_bytes())
    assert stats[1]["stats"]["repaired"] == 2


def test_batch_jobs(pages: Path, request: pytest.FixtureRequest) -> None:
    ((heading, code),) = [block for block in PYTHON if block[0].startswith("Batch jobs")]
    done = run(heading, code, request)["done"]
    assert done.broken == []
    assert pq.read_table(pages / "clean" / "pages.parquet").column("text").to_pylist() == TEXTS
    # The first query of the page, on what the job has written
    db = library("duckdb").connect()
    db.sql("CREATE VIEW pages AS FROM 'pages.parquet'")
    db.sql("CREATE VIEW findings AS FROM 'clean/findings.parquet'")
    assert db.sql(SQL[0][1]).fetchall() == RATES


def test_pandera(pages: Path, request: pytest.FixtureRequest) -> None:
    assert pages.exists()
    ((heading, code),) = [block for block in PYTHON if "pandera" in block[0]]
    cases = run(heading, code, request)["failures"]
    assert cases["index"].tolist() == [1, 4]
    assert set(cases["check"]) == {"damaged text"}


def test_sql(pages: Path) -> None:
    duckdb = library("duckdb")
    from repair.adapters.table import repair_table

    db = duckdb.connect()
    db.register("pages", pq.read_table(pages / "pages.parquet"))
    db.register("findings", repair_table(pa.table(GIVEN), columns=["text"], key="id").findings)
    rates, rows, *tests = [re.sub(r"\{\{.*'(\w+)'\) \}\}", r"\1", code) for _, code in SQL]
    assert db.sql(rates).fetchall() == RATES
    assert [(row[0], row[3], row[-1]) for row in db.sql(rows).fetchall()] == [
        (2, "M101", "é"),
        (5, "I101", ""),
    ]
    assert [sorted(db.sql(test).fetchall()) for test in tests] == [[("I101", 1), ("M101", 1)], []]


def test_the_columns_of_findings_are_all_told() -> None:
    from repair.adapters.arrow import FINDINGS

    table = PAGE.read_text("utf-8").partition("| column | type |")[2].partition("\n\n")[0]
    told = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines()[2:]]
    assert [name for names in told for name in names] == FINDINGS.names
