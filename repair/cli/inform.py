"""``textrepair detect``, ``rules`` and ``explain``."""

from __future__ import annotations

from difflib import get_close_matches

import click

from repair.adapters import files
from repair.adapters.folders import walk
from repair.cli.catalogue import all_rules
from repair.cli.look import read
from repair.cli.streams import complain
from repair.explain import explain as page_of
from repair.types import Detection
from repair.visible import visible

MOST_ALTERNATIVES = 3


@click.command(short_help="Say which encoding files are in.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.pass_context
def detect(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Say which encoding each file is in, and what else it could be."""
    from repair.detect import detect as detect_encoding  # noqa: PLC0415

    status = 0
    for found in walk(paths):
        path, problem = (found, "") if isinstance(found, str) else (found.path, found.reason)
        try:
            data = b"" if problem else read(path)
        except (OSError, ValueError) as error:
            problem = files.reason(error)
        if problem:
            complain(path, problem)
            status = 2
        else:
            click.echo(f"{visible(path)}: {_described(detect_encoding(data), data)}")
    ctx.exit(status)


def _described(detection: Detection, data: bytes) -> str:
    if not data:
        return "empty"
    if detection.encoding is None:
        return "binary"
    said = f"{detection.encoding} ({detection.confidence:.0%})".replace("%", " %")
    if detection.language:
        said += f", {detection.language}"
    others = [name for name, _ in detection.alternatives[:MOST_ALTERNATIVES]]
    return said + (f"; or {', '.join(others)}" if others else "")


@click.command(short_help="List the rules.")
def rules() -> None:
    """List the rules: code, name, how safe a repair is, and what is damaged."""
    names = max(len(rule.name) for rule in all_rules().values())
    for rule in all_rules().values():
        safety = rule.safety.name.lower()
        click.echo(f"{rule.code}  {rule.name:{names}}  {safety:6}  {rule.summary}")


@click.command(short_help="Explain a rule, with examples.")
@click.argument("code")
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
