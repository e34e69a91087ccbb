"""Writes ``docs/rules/``: ``python -m repair.cli.docs [FOLDER]``."""

from __future__ import annotations

from pathlib import Path

import click

from repair.cli.catalogue import all_rules
from repair.explain import explain, index


def pages() -> dict[str, str]:
    """The pages by file name: one for each rule, and the list of all."""
    rules = all_rules().values()
    return {"README.md": index(rules)} | {f"{rule.code}.md": explain(rule) for rule in rules}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="docs/rules")
def main(folder: Path) -> None:
    """Write a page for each rule into FOLDER, and remove pages of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for name, page in wanted.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
            click.echo(f"removed {path}")
    click.echo(f"wrote {len(wanted)} pages to {folder}")


if __name__ == "__main__":
    main()
