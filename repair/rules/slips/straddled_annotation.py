"""S101: an annotation that a content farm made of bytes of two characters."""

from __future__ import annotations

from repair.rules.farm.account import find
from repair.rules.farm.letters import TRIGGER
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="S101",
    name="straddled-annotation",
    summary="A byte-wise annotation hit bytes of two neighbouring characters.",
    why=(
        "Farms annotate by replacing bytes in GBK: the two bytes of 負 also occur across 重擔 "
        "(D6 D8 93 FA). The annotation then splits the second character, its lead byte swallows "
        "the opening bracket and becomes a question mark, and what follows is read one byte "
        "late until an ASCII byte. No byte is lost, so the original can be computed; a search "
        "over the bytes finds it, and it must give exactly this damage when replayed."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    find=find,
    examples=(
        Example(
            "擔(dān)負(fù)責(zé)任，勇挑重?fù)?dān)",
            "担负责任，勇挑重担",
        ),
        Example(
            "當(dāng)?shù)氐慕?jīng)濟(jì)數(shù)據(jù)很重要",
            "当地的经济数据很重要",
            "the run 氐慕 is read one byte late",
        ),
        Example(
            "國(guó)家要發(fā)展經(jīng)濟(jì)，為什么？因為要發(fā)展?",
            "国家要发展经济，为什么？因为要发展?",
            "a question mark is left alone",
        ),
        Example(
            "谁来挑重?fù)?dān)，谁就是好干部。",
            "谁来挑重?fù)?dān)，谁就是好干部。",
            "nothing else says that a farm was here",
        ),
    ),
)
