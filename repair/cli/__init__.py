"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path

import click

from repair.adapters.files import reason
from repair.cli.app import app
from repair.cli.streams import complain


def main() -> int:
    """Run the command line and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know the letter
    # Leave in the ordinary way, so that no temporary file stays behind
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        Path.cwd()
    except OSError as error:
        complain("the current folder", reason(error))
        return 2
    try:
        status = app.main(prog_name="textrepair", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 128 + signal.SIGINT
    return int(status or 0)
