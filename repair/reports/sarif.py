"""The report as SARIF 2.1.0, which code scanning reads (docs.oasis-open.org/sarif)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from repair.notices import NOT_UTF_8, OTHER_ENCODING, WRONG_DECLARATION
from repair.reports.outcomes import Checked, Outcome, Skipped, View
from repair.reports.places import Place
from repair.reports.records import Record, message, records
from repair.types import Rule, Safety
from repair.visible import visible

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
BASE = "SRCROOT"

# A reader that applies a fix changes the text and leaves the bytes around it in their encoding.
_OF_BYTES = frozenset({NOT_UTF_8.code, WRONG_DECLARATION.code, OTHER_ENCODING.code})

_LEVEL = {Safety.SAFE: "error", Safety.LIKELY: "warning", Safety.SHOW: "note"}
_UNQUOTED = frozenset(
    b"/-._~" + bytes(range(48, 58)) + bytes(range(65, 91)) + bytes(range(97, 123))
)


def render(outcomes: Iterable[Outcome], view: View) -> Iterator[str]:
    """Yield a log of one run: a piece for each finding that is left, then what went wrong."""
    index = {code: number for number, code in enumerate(view.rules)}
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {json.dumps(_tool(view))},\n"columnKind": "unicodeCodePoints",\n'
    if view.folder:
        base = {"uri": f"file://{_uri(view.folder)}/", "description": {"text": "Where it was run."}}
        yield f'"originalUriBaseIds": {json.dumps({BASE: base})},\n'
    yield '"results": ['
    separator = "\n"
    unread = []
    for outcome in outcomes:
        if isinstance(outcome, Checked):
            for record in records(outcome, view):
                if not record.fixed:
                    yield separator + json.dumps(_result(record, view, index))
                    separator = ",\n"
        elif isinstance(outcome, Skipped) and outcome.why == "unreadable":
            unread.append(_notification(outcome, view))
    invocation = {"executionSuccessful": not unread, "toolExecutionNotifications": unread}
    yield f'\n],\n"invocations": [{json.dumps(invocation)}]}}]}}\n'


def _tool(view: View) -> dict[str, object]:
    driver = {
        "name": "textrepair",
        **({"version": view.version, "semanticVersion": view.version} if view.version else {}),
        "rules": [_rule(rule) for rule in view.rules.values()],
    }
    return {"driver": driver}


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} See `textrepair explain {rule.code}`."},
        "defaultConfiguration": {"level": _LEVEL[rule.safety]},
    }


def _result(record: Record, view: View, index: dict[str, int]) -> dict[str, object]:
    finding = record.finding
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVEL[finding.safety],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": f"{message(record, view)}."},
        "locations": [{"physicalLocation": _location(record, view)}],
        "partialFingerprints": {"textrepair/v1": record.fingerprint},
    }
    if finding.code not in _OF_BYTES and not record.of_name and _is_text(finding.new):
        result["fixes"] = [_fix(record, view)]
    return result


def _location(record: Record, view: View) -> dict[str, object]:
    artifact = _artifact(record.path, view)
    # A name has no place in the content, and readers want one
    region = {"startLine": 1} if record.of_name else _region(record)
    return {"artifactLocation": artifact, "region": region}


def _artifact(path: str, view: View) -> dict[str, object]:
    if path.startswith("/"):
        return {"uri": f"file://{_uri(path)}"}
    return {"uri": _uri(path), **({"uriBaseId": BASE} if view.folder else {})}


def _region(record: Record) -> dict[str, object]:
    finding = record.finding
    region: dict[str, object] = {
        **_ends(record.start, record.end),
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    if record.start.byte is not None and record.end.byte is not None:
        region["byteOffset"] = record.start.byte
        region["byteLength"] = record.end.byte - record.start.byte
    return region


def _ends(start: Place, end: Place) -> dict[str, object]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(record: Record, view: View) -> dict[str, object]:
    replacement = {
        "deletedRegion": _region(record),
        "insertedContent": {"text": record.finding.new},
    }
    change = {"artifactLocation": _artifact(record.path, view), "replacements": [replacement]}
    return {"description": {"text": "Repair it."}, "artifactChanges": [change]}


def _notification(skipped: Skipped, view: View) -> dict[str, object]:
    artifact = _artifact(view.seen_from_here(skipped.path), view)
    return {
        "level": "error",
        "message": {"text": f"{visible(skipped.path)} could not be read."},
        "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
    }


def _is_text(text: str | None) -> bool:
    """Whether JSON readers take it: lone surrogates are none of Unicode's characters."""
    return text is not None and not any("\ud800" <= character <= "\udfff" for character in text)


def _uri(path: str) -> str:
    data = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _UNQUOTED else f"%{byte:02X}" for byte in data)
