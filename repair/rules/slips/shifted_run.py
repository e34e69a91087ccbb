"""S102: a run read one byte late because the text was cut inside a character."""

from __future__ import annotations

from repair.rules.farm.account import find
from repair.rules.farm.letters import TRIGGER
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="S102",
    name="shifted-run",
    summary="A byte-wise cut at a mark hit two characters; what follows is read one byte late.",
    why=(
        "Some farms cut pages at the bytes of full-width marks, also where those bytes belong to "
        "two other characters: ！ is A3 A1, and 。“ is A1 A3 A1 B0. The first byte is then left "
        "alone and shows as a question mark, and everything up to the next ASCII byte is read "
        "one byte late. The run is realigned; of the character before it one byte is lost, and "
        "it is filled in only where the word model is sure. Otherwise U+FFFD stands there, and "
        "the note lists the candidates."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    find=find,
    examples=(
        Example(
            "經(jīng)濟(jì)數(shù)據(jù)說(shuō)明了短板?!拔鍌€(gè)振興”",
            "经济数据说明了短板。“五个振兴”",
        ),
        Example(
            "擔(dān)負(fù)責(zé)任，服務(wù)“六穩(wěn)”“六?！敝刑糁?fù)?dān)",
            "担负责任，服务“六稳”“六\ufffd”中挑重担",
            "realigned, but no model can tell which character was lost",
        ),
        Example(
            "國(guó)家要發(fā)展經(jīng)濟(jì)，為什么?！大家都問(wèn)。",
            "国家要发展经济，为什么?！大家都问。",
            "two marks that the author wrote",
        ),
        Example(
            "服务“六?！敝刑糁兀大家都问。",
            "服务“六?！敝刑糁兀大家都问。",
            "nothing else says that a farm was here",
        ),
    ),
)
