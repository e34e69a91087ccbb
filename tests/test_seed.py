"""The founding example, from the bytes as received to the text as it was written."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from repair.cli._toml import loads
from repair.edits import apply, invert
from repair.engine import repair_bytes
from repair.rules.farm.letters import simplified_only
from repair.tables import hanzi
from repair.types import Repaired, Safety

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = SEEDS / "000_6fa7b4a9b9ab65cf.txt"


@pytest.fixture(scope="module")
def result() -> Repaired:
    return repair_bytes(SEED.read_bytes(), name=SEED.name)


def test_every_seed_is_recorded_and_as_received() -> None:
    recorded = loads((SEEDS / "SOURCES.toml").read_text("utf-8"))
    assert recorded.keys() == {path.name for path in SEEDS.iterdir()} - {"SOURCES.toml"}
    for name, entry in recorded.items():
        data = (SEEDS / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])


def test_nothing_of_the_damage_is_left(result: Repaired) -> None:
    assert not re.search(r"\([a-zà-ǜ]+\)|[?？]", result.text)
    assert not re.search("[！!]", result.text)
    assert "打好能力牌,增强机关干部的服务意识。要全心全意为人民服务" in result.text


def test_it_is_simplified_throughout(result: Repaired) -> None:
    traditional = {c for c in result.text if c in hanzi() and c not in hanzi()[c].simplified}
    assert not traditional
    assert len(simplified_only() & set(result.text)) > 80


def test_what_no_converter_restores_is_right(result: Repaired) -> None:
    for right in ("着力解决", "勇挑重担", "”中挑重担", "要打造模范机关", "干部的实干意识"):
        assert right in result.text


def test_the_lost_character_is_open_and_its_candidates_are_named(result: Repaired) -> None:
    (found,) = (f for f in result.findings if f.code == "S102")
    assert found.new in ("\ufffd”中挑重担", "保”中挑重担")
    candidates = re.findall(r"(.) [\d.]+%", found.note)
    assert "保" in candidates[:10]


def test_marks_are_only_offered(result: Repaired) -> None:
    marks = [f for f in result.remaining if f.code == "H103"]
    assert marks
    assert {f.safety for f in result.remaining} == {Safety.LIKELY}


def test_it_can_be_undone(result: Repaired) -> None:
    back = apply(result.text, invert(result.original, result.edits))
    assert back.encode() == SEED.read_bytes()
    assert result.data == result.text.encode()
