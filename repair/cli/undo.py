"""``textrepair undo``."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from repair.adapters import files, journal
from repair.adapters.journal import Change
from repair.cli.settings import home
from repair.cli.streams import complain
from repair.visible import visible


@click.command(short_help="Take back what fix has written.")
@click.argument("run", required=False, metavar="[RUN]")
@click.option("--list", "list_", is_flag=True, help="List the runs that can be undone.")
@click.option("--force", is_flag=True, help="Undo even where a file has changed since.")
@click.pass_context
def undo(ctx: click.Context, run: str | None, *, list_: bool, force: bool) -> None:
    """Restore the files that a RUN of fix has changed, to the byte; by default the last one's.

    Files that have changed since are left and named, unless --force is given.
    """
    folder = str(home())
    known = journal.runs(folder)
    if list_:
        for name in known:
            click.echo(f"{name}  {_many(sum(1 for _ in journal.changes(folder, name)), 'file')}")
        return
    chosen = run or (known[-1] if known else None)
    if chosen not in known:
        where = f"in {visible(str(Path(folder, journal.FOLDER)))}"
        complain(run or "undo", f"no such run is recorded {where}" if run else f"nothing {where}")
        ctx.exit(2)
    ctx.exit(_undo(folder, chosen, force=force))


def _undo(folder: str, run: str, *, force: bool) -> int:
    restored = left = 0
    for change in list(journal.changes(folder, run)):
        path = Path(folder, change.path)
        try:
            problem = _restored(folder, path, change, force=force)
        except OSError as error:
            problem = f"not restored: {files.reason(error)}"
        if problem:
            complain(str(path), problem)
            left += 1
        else:
            restored += 1
    click.echo(f"{_many(restored, 'file')} restored" + (f", {left} left." if left else "."))
    if left:
        return 2
    journal.forget(folder, run)
    return 0


def _restored(folder: str, path: Path, change: Change, *, force: bool) -> str:
    """Restore a file; return what keeps it from being restored."""
    if change.renamed_from is not None:
        return _name_restored(path, Path(folder, change.renamed_from))
    if not path.exists():
        if not force:
            return "it is gone (--force makes it anew)"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    now = path.read_bytes()
    if now == change.before:
        return ""
    if sha256(now).hexdigest() != change.after_sha256 and not force:
        return "it has changed since (--force restores it all the same)"
    files.write(str(path), change.before, old=now)
    return ""


def _name_restored(path: Path, old: Path) -> str:
    if old.exists() and not path.exists():
        return ""
    if not path.exists():
        return "it is gone"
    try:
        files.rename(str(path), str(old))
    except FileExistsError:
        return f"there is another {visible(str(old))}"
    return ""


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
