"""All rules there are, loaded when somebody asks for one: most runs find nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from repair.types import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return all rules by code, in the order in which they own their places."""
    from repair.notices import NOTICES  # noqa: PLC0415
    from repair.rules import RULES  # noqa: PLC0415 (50 ms)

    return {rule.code: rule for rule in (*RULES, *NOTICES)}


def codes() -> list[str]:
    """All codes there are."""
    return list(all_rules())


class Catalogue(Mapping[str, Rule]):
    """The same rules, for who may never ask."""

    def __getitem__(self, code: str) -> Rule:
        return all_rules()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(all_rules())

    def __len__(self) -> int:
        return len(all_rules())
