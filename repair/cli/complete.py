"""What a shell is told to complete where an option or argument has no list of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def names_of_files(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Have the shell complete names of files and folders."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    return [CompletionItem(incomplete, type="file")]


def codes_of_rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes that begin so, with what they find."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    from repair.cli.catalogue import all_rules  # noqa: PLC0415 (100 ms)

    begin = incomplete.upper()
    rules = [rule for rule in all_rules().values() if rule.code.startswith(begin)]
    return [CompletionItem(rule.code, help=rule.summary) for rule in rules]
