"""The hot loops, in Python that mypyc compiles where there is a C compiler: see ``setup.py``."""

from __future__ import annotations

from repair.kernel import scan

COMPILED = not (scan.__file__ or "").endswith(".py")
"""Whether it was compiled when this package was installed."""
