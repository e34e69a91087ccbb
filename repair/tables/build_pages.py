"""The table of what single-byte pages make of the bytes beyond ASCII."""

from __future__ import annotations

import json
from collections.abc import Callable

# Those that UTF-8 is met read as: see ``rules/mojibake/chains.py``.
PAGES = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp775 cp850 cp852 cp855 "
    "cp857 cp858 cp860 cp861 cp862 cp863 cp865 cp866 cp874 iso8859-10 iso8859-11 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 iso8859-2 iso8859-4 iso8859-5 iso8859-7 iso8859-8 iso8859-9 "
    "koi8-r koi8-u mac_croatian mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman "
    "mac_romanian mac_turkish"
)


def page_table(_source: Callable[[str], str]) -> bytes:
    """A JSON object: the characters of the bytes 80 to FF by page, U+FFFD where there is none."""
    upper = bytes(range(0x80, 0x100))
    halves = {page: upper.decode(page, "replace") for page in PAGES.split()}
    return json.dumps(halves, separators=(",", ":")).encode("ascii")
