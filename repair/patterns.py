"""Regular expressions that are compiled at first use: a run needs few of all that there are."""

from __future__ import annotations

import re
from typing import AnyStr, cast


class _Late:
    """Stands for a pattern, and becomes nearly as quick as one: what it is asked for is kept."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        found: object = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
