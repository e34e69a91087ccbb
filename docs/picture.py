"""Draws ``docs/report.png``: what ``textrepair check`` prints in a terminal about two files.

Run ``python docs/picture.py`` with ``textrepair`` and ``chromium`` on the path; needs the package
``rich`` and the font Noto Sans Mono CJK.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

PICTURE = Path(__file__).parent / "report.png"
COLUMNS = 112
WIDTH, LINE_HEIGHT, MARGIN = 860, 19, 14
PAGE = f"""<meta charset="utf-8"><style>{{stylesheet}}
body {{{{ margin: 0; background: {{background}}; color: {{foreground}}; }}}}
pre {{{{ margin: {MARGIN}px; font: 14px/{LINE_HEIGHT}px "Noto Sans Mono CJK SC"; }}}}
</style><pre>{{code}}</pre>"""
COMMAND = ["textrepair", "check", "page.txt", "menu.md"]
FILES = {
    "page.txt": (
        "來(lái)源:北國(guó)網(wǎng)\n"
        "干部要不斷增強(qiáng)服務(wù)意識,在工作中勇挑重?fù)?dān),解決各種問(wèn)題。\n"
    ),
    "menu.md": "The cafÃ© on the corner serves crÃ¨me brÃ»lÃ©e.\n",
}


def printed(folder: str) -> str:
    """Return what the command prints to a terminal, colours and all."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        COMMAND, cwd=folder, stdout=slave, stderr=slave, stdin=slave, env=environment
    ):
        os.close(slave)
        parts = []
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
    os.close(master)
    return b"".join(parts).decode().replace("\r\n", "\n")


def shoot(page: str, height: int) -> None:
    """Take a picture of a page of HTML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{height}"]
        options += ["--force-device-scale-factor=2", f"--screenshot={PICTURE}", path.as_uri()]
        subprocess.run(["chromium", *options], check=True, capture_output=True)


def main() -> int:
    """Write the picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        text = printed(folder)
    console = Console(record=True, width=COLUMNS, file=sys.stderr, force_terminal=True)
    console.print(f"[bold]$[/bold] {' '.join(COMMAND)}", highlight=False)
    for line in AnsiDecoder().decode(text):
        console.print(line)
    lines = text.count("\n") + 1
    page = console.export_html(theme=DIMMED_MONOKAI, code_format=PAGE)
    shoot(page, height=lines * LINE_HEIGHT + 2 * MARGIN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
