"""The table of contents: all rules, in the order in which they own their places."""

from __future__ import annotations

from repair.rules.bytes import undecodable
from repair.rules.hanzi import farm_form, farm_mark, reading_annotation
from repair.rules.mojibake import (
    double_byte,
    gone,
    lossy,
    other_page,
    utf8_as_double_byte,
    utf8_as_page,
)
from repair.rules.slips import shifted_run, straddled_annotation
from repair.types import Rule

RULES: tuple[Rule, ...] = (
    undecodable.RULE,
    utf8_as_page.RULE,
    utf8_as_double_byte.RULE,
    double_byte.RULE,
    other_page.RULE,
    lossy.RULE,
    gone.RULE,
    straddled_annotation.RULE,
    shifted_run.RULE,
    reading_annotation.RULE,
    farm_form.RULE,
    farm_mark.RULE,
)
