"""Compiles the modules below with mypyc where a C compiler is present, and does without elsewhere.

``TEXTREPAIR_COMPILE=0`` asks to do without, ``=1`` makes it an error if it cannot be done.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig

from setuptools import Extension, setup

KERNEL = ["costs", "lenses", "letters", "members", "misread", "rows", "runs", "scan"]
KERNEL += ["sequences", "spoken", "strangers", "texts", "words"]
FARM = ["account", "candidates", "channel", "irregular", "lattice", "lost", "restore"]
FARM += ["search", "states"]
COMPILED = [f"repair/kernel/{name}.py" for name in KERNEL]
COMPILED += [f"repair/rules/farm/{name}.py" for name in FARM]
# What compiled modules take from their runtime: small wheels, which there are for all platforms
# that have compiled wheels of mypy.
RUNTIME = ["librt>=0.17", "mypy_extensions>=1.0"]
DEPENDENCIES = [
    "chardet>=7.7",
    "click>=8.1",
    "ftfy>=6.3",
    "rich>=13",
    "tomli>=2; python_version < '3.11'",
]

# Metadata alone is asked for more often.
BUILDING = {"bdist_wheel", "build", "build_ext", "editable_wheel"}


def can_compile() -> bool:
    """Tell whether a compiler is present, and asked for."""
    asked = os.environ.get("TEXTREPAIR_COMPILE", "")
    if asked == "0" or sys.implementation.name != "cpython":
        return False
    command = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    return bool(asked == "1" or os.name == "nt" or shutil.which(command.split()[0]))


def extensions() -> list[Extension]:
    """Return the modules in C; a failure of the compiler is no failure of the installation."""
    try:
        from mypyc.build import mypycify  # noqa: PLC0415
    except ImportError:
        return []
    # It reads what the modules import, and what that does: an isolated build has none of it.
    flags = ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent"]
    try:
        made: list[Extension] = mypycify(
            [*flags, *COMPILED], opt_level="3", debug_level="0", group_name="repair.kernel.kernel"
        )
    except SystemExit:  # how it says that it cannot, after it has said why
        if os.environ.get("TEXTREPAIR_COMPILE") == "1":
            raise
        return []
    for extension in made:
        extension.optional = os.environ.get("TEXTREPAIR_COMPILE") != "1"
        if os.name != "nt":  # so that functions are put in line
            extension.extra_compile_args.append("-fno-semantic-interposition")
    return made


compiles = can_compile()
setup(
    setup_requires=["mypy>=2.4,<3"] if compiles else [],
    install_requires=DEPENDENCIES + (RUNTIME if compiles else []),
    ext_modules=extensions() if compiles and BUILDING & set(sys.argv) else [],
)
