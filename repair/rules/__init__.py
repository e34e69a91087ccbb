"""The table of contents: all rules, in the order in which they own their places."""

from __future__ import annotations

from repair.rules.bytes import undecodable
from repair.rules.escapes import (
    backslash,
    doubled_escape,
    encoded_word,
    escaped_quote,
    html_entity,
    percent,
    quoted_printable,
    utf7,
)
from repair.rules.hanzi import (
    farm_form,
    farm_mark,
    reading_annotation,
    simplified_outlier,
    traditional_outlier,
)
from repair.rules.mojibake import by_ftfy
from repair.rules.scripts import homoglyph, identifier, mixed_digits, whole_word
from repair.rules.slips import shifted_run, straddled_annotation
from repair.types import Rule

RULES: tuple[Rule, ...] = (
    undecodable.RULE,
    by_ftfy.RULE,
    html_entity.RULE,
    backslash.RULE,
    encoded_word.RULE,
    quoted_printable.RULE,
    percent.RULE,
    utf7.RULE,
    doubled_escape.RULE,
    escaped_quote.RULE,
    straddled_annotation.RULE,
    shifted_run.RULE,
    reading_annotation.RULE,
    farm_form.RULE,
    farm_mark.RULE,
    simplified_outlier.RULE,
    traditional_outlier.RULE,
    homoglyph.RULE,
    whole_word.RULE,
    identifier.RULE,
    mixed_digits.RULE,
)
