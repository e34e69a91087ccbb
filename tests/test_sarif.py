"""SARIF as its own tool reads it: ``@microsoft/sarif-multitool``, which ``.ci/run`` installs."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from repair.reports import FORMATS
from repair.reports.outcomes import Checked, View
from repair.reports.records import records
from tests.report_samples import OUTCOMES, RULES, checked

VIEW = View({rule.code: rule for rule in RULES}, version="1.2.3", folder="/home/me/a project")
MULTITOOL = os.environ.get("SARIF_MULTITOOL")


def log(view: View = VIEW) -> Any:
    return json.loads("".join(FORMATS["sarif"](OUTCOMES, view)))


def complaints(document: Any, folder: Path) -> list[dict[str, Any]]:
    """What the tool has against a log, but for advice."""
    assert MULTITOOL is not None
    path, out = folder / "log.sarif", folder / "out.sarif"
    path.write_text(json.dumps(document))
    command = [MULTITOOL, "validate", str(path), "--output", str(out), "--rule-kind", "Sarif;Ghas"]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    (run,) = json.loads(out.read_text())["runs"]
    return [r for r in run["results"] if r.get("level", "warning") == "error"]


@pytest.mark.sarif
@pytest.mark.skipif(MULTITOOL is None, reason="SARIF_MULTITOOL does not name the tool")
def test_the_tool_has_nothing_against_it(tmp_path: Path) -> None:
    assert complaints(log(), tmp_path) == []


@pytest.mark.sarif
@pytest.mark.skipif(MULTITOOL is None, reason="SARIF_MULTITOOL does not name the tool")
def test_the_tool_would_say_so(tmp_path: Path) -> None:
    document = log()
    document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["endLine"] = 0
    assert complaints(document, tmp_path) != []


def test_what_is_left_is_in_it_once() -> None:
    left = [
        (record.finding.code, record.fingerprint)
        for outcome in OUTCOMES
        if isinstance(outcome, Checked)
        for record in records(outcome, VIEW)
        if not record.fixed
    ]
    results = log()["runs"][0]["results"]
    told = [(r["ruleId"], r["partialFingerprints"]["textrepair/v1"]) for r in results]
    assert told == left
    assert len(set(told)) == len(told)


def test_a_fix_replaces_what_is_found() -> None:
    results = {r["ruleId"]: r for r in reversed(log()["runs"][0]["results"])}
    (change,) = results["M901"]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    region = results["M901"]["locations"][0]["physicalLocation"]["region"]
    assert replacement["deletedRegion"] == region
    assert "fixes" not in results["B901"]


def test_a_fingerprint_stays_while_lines_move() -> None:
    def prints(text: str) -> list[str]:
        return [r.fingerprint for r in records(checked("a", text.encode()), VIEW)]

    bad = "a\u200bb a\u200bb\n"
    assert prints("new line\n" + bad) == prints(bad)
    assert len(set(prints(bad * 2))) == 4
    assert prints(bad) != [r.fingerprint for r in records(checked("other", bad.encode()), VIEW)]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c%.txt", "a%20b/c%25.txt"),
        ("\u6c49\udcff", "%E6%B1%89%FF"),
        ("/elsewhere/a#b", "file:///elsewhere/a%23b"),
        ("/home/me/a project/x", "x"),
    ],
)
def test_paths_are_addresses(path: str, uri: str) -> None:
    outcome = replace(checked("a", b"##T"), path=path)
    document = json.loads("".join(FORMATS["sarif"]([outcome], VIEW)))
    (result,) = document["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    base = document["runs"][0]["originalUriBaseIds"]["SRCROOT"]["uri"]
    assert base == "file:///home/me/a%20project/"
