"""H103: a half-width mark that a content farm made of a full-width one."""

from __future__ import annotations

from repair.rules.farm.account import find
from repair.rules.farm.letters import TRIGGER
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="H103",
    name="farm-half-width-mark",
    summary="A content farm made a Chinese punctuation mark half-width.",
    why=(
        "Many farms replace ， ： ； ！ ？ by their ASCII look-alikes. Between Chinese characters "
        "they read as full-width marks did before; but some authors write so themselves, so this "
        "is only applied on request, and only to marks that a farm's page never has full-width."
    ),
    safety=Safety.LIKELY,
    trigger=TRIGGER,
    find=find,
    examples=(
        Example(
            "國(guó)家要發(fā)展,經(jīng)濟(jì)要穩(wěn)定",
            "国家要发展，经济要稳定",
        ),
        Example(
            "國(guó)家要發(fā)展,經(jīng)濟(jì)，要穩(wěn)定",
            "国家要发展,经济，要稳定",
            "the page has full-width commas: this one is the author's",
        ),
        Example(
            "國(guó)家要發(fā)展3,000個(gè)經(jīng)濟(jì)區(qū)",
            "国家要发展3,000个经济区",
            "a comma between digits",
        ),
        Example(
            "他说,这是他自己的标点。",
            "他说,这是他自己的标点。",
            "no farm was here",
        ),
    ),
)
