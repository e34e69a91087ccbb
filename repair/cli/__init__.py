"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import io
import signal
import sys

import click

from repair.cli.app import app


def main() -> int:
    """Run the command line and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know the letter
    # Leave in the ordinary way, so that no temporary file stays behind
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        status = app.main(prog_name="textrepair", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 128 + signal.SIGINT
    return int(status or 0)
