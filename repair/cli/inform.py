"""``textrepair detect``, ``rules`` and ``explain``."""

from __future__ import annotations

import json
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

import click

from repair.adapters import files
from repair.adapters.folders import walk
from repair.cli.catalogue import all_rules
from repair.cli.complete import codes_of_rules, names_of_files
from repair.cli.look import read
from repair.cli.streams import complain
from repair.explain import explain as page_of
from repair.visible import visible

MOST_ALTERNATIVES = 3


@click.command(short_help="Say which encoding files are in.")
@click.argument("paths", nargs=-1, metavar="PATH...", shell_complete=names_of_files)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--list", "names", is_flag=True, help="List the encodings that can be told, and exit."
)
@click.pass_context
def detect(ctx: click.Context, paths: tuple[str, ...], form: str, *, names: bool) -> None:
    """Say which encoding each file is in, and what else it could be.

    Where parts of a file are in other encodings, these follow with their places, in bytes.
    """
    from repair.detect.encodings import NAMES  # noqa: PLC0415

    if names:
        click.echo("\n".join(NAMES))
        return
    if not paths:
        msg = "Missing argument 'PATH...'."
        raise click.UsageError(msg)
    rows: list[dict[str, Any]] = []
    for found in walk(paths):
        row = _row(found)
        rows.append(row)
        if "error" in row:
            complain(row["path"], row["error"])
        elif form == "text":
            click.echo(f"{visible(row['path'])}: {_described(row)}")
            if len(row["segments"]) > 1:
                for segment in row["segments"]:
                    click.echo(f"  {segment['start']}-{segment['end']}: {segment['encoding']}")
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=True))
    ctx.exit(2 if any("error" in row for row in rows) else 0)


def _row(found: str | files.Unreadable) -> dict[str, Any]:
    """What is known of a file; offsets of segments are in bytes."""
    from repair.decode import decode  # noqa: PLC0415
    from repair.detect import detect as detect_encoding  # noqa: PLC0415

    path, problem = (found, "") if isinstance(found, str) else (found.path, found.reason)
    try:
        data = b"" if problem else read(path)
    except (OSError, ValueError) as error:
        problem = files.reason(error)
    if problem:
        return {"path": path, "error": problem}
    detection = detect_encoding(data)
    decoded = decode(data, detection=detection)
    return {
        "path": path,
        "size": len(data),
        "encoding": detection.encoding,
        "confidence": round(detection.confidence, 4),
        "language": detection.language,
        "alternatives": [
            {"encoding": name, "confidence": round(share, 4)}
            for name, share in detection.alternatives
        ],
        "byte_order_mark": bool(decoded.bom),
        "segments": [asdict(each) for each in decoded.segments if detection.encoding],
    }


def _described(row: dict[str, Any]) -> str:
    if not row["size"]:
        return "empty"
    if row["encoding"] is None:
        return "binary"
    said = f"{row['encoding']} ({row['confidence']:.0%})".replace("%", " %")
    if row["language"]:
        said += f", {row['language']}"
    others = [each["encoding"] for each in row["alternatives"][:MOST_ALTERNATIVES]]
    return said + (f"; or {', '.join(others)}" if others else "")


@click.command(short_help="List the rules.")
def rules() -> None:
    """List the rules: code, name, how safe a repair is, and what is damaged."""
    names = max(len(rule.name) for rule in all_rules().values())
    for rule in all_rules().values():
        safety = rule.safety.name.lower()
        click.echo(f"{rule.code}  {rule.name:{names}}  {safety:6}  {rule.summary}")


@click.command(short_help="Explain a rule, with examples.")
@click.argument("code", shell_complete=codes_of_rules)
@click.pass_context
def explain(ctx: click.Context, code: str) -> None:
    """Explain the rule CODE: what is damaged, why, and what is done about it."""
    known = {name: rule for rule in all_rules().values() for name in (rule.code, rule.name)}
    rule = known.get(code.upper()) or known.get(code.lower())
    if rule is None:
        near = get_close_matches(code.upper(), known, n=1) or get_close_matches(code, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        complain(code, f"there is no such rule{hint} (see `textrepair rules`)")
        ctx.exit(2)
    click.echo(page_of(rule), nl=False)
