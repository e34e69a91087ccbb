"""Uses textrepair as installed: ``python -I try_wheel.py "compiled"`` or ``"not compiled"``.

It must be of that form, hold all tables, find and repair what the examples of all rules say, and
leave clean text as it is. This tries the wheel, not the rules: nothing else is installed.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import repair
from repair.config import Config
from repair.rules import RULES
from repair.types import Kind, Rule, Safety

NAMES = {
    Kind.TEXT: "a.txt",
    Kind.MARKDOWN: "a.md",
    Kind.MARKUP: "a.html",
    Kind.CODE: "a.py",
    Kind.DATA: "a.json",
}
DAMAGED = "The cafÃ© is open, and the bar\u200bber, too.\n"
REPAIRED = "The café is open, and the barber, too.\n"


def expect(found: object, wanted: object, where: str) -> None:
    """End with a message unless what was found is what was wanted."""
    if found != wanted:
        sys.exit(f"{where}: found {found!a}, wanted {wanted!a}")


def command(*words: str) -> tuple[int, str]:
    """Run ``textrepair`` as a user does; return its exit status and what it prints."""
    program = Path(sysconfig.get_path("scripts")) / "textrepair"
    done = subprocess.run(  # noqa: S603 (the program that was installed)
        [program, *words], capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout


def try_examples(rule: Rule) -> None:
    """Repair what the rule says that it repairs."""
    family = tuple(r.code for r in RULES if (r.find, r.find_in) == (rule.find, rule.find_in))
    config = Config(select=family, unsafe_fixes=True)
    for example in rule.examples:
        text = repair.repair(example.before, config=config, name=NAMES[example.kind]).text
        expect(text, example.after, f"example of {rule.code}")


def try_command(form: str) -> None:
    """Ask for the version, and check, repair and detect a file."""
    status, printed = command("--version")
    expect((status, printed.partition(" (")[2]), (0, f"{form})\n"), "textrepair --version")
    page = Path("page.txt")
    page.write_bytes(DAMAGED.encode())
    expect(command("check", "--quiet", "page.txt")[0], 1, "textrepair check")
    expect(command("fix", "--quiet", "page.txt")[0], 0, "textrepair fix")
    expect(page.read_text("utf-8"), REPAIRED, "what textrepair fix wrote")
    page.write_bytes("„Größe“ und Länge – so groß wie möglich\n".encode("cp1252"))
    expect("1252" in command("detect", "page.txt")[1], True, "textrepair detect")


def main() -> None:
    """Try everything."""
    try_command(sys.argv[1])
    for rule in RULES:
        if rule.safety is not Safety.SHOW:
            try_examples(rule)
    expect(repair.repair(REPAIRED).text is REPAIRED, True, "the same object of clean text")


if __name__ == "__main__":
    main()
