"""H102: a traditional form that a content farm made of a simplified one."""

from __future__ import annotations

from repair.rules.farm.account import find
from repair.rules.farm.letters import TRIGGER
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="H102",
    name="farm-traditional-form",
    summary="A content farm turned simplified characters into traditional ones.",
    why=(
        "Before they annotate a page, farms convert it by a table of single characters, which "
        "makes forms no writer of traditional Chinese would choose (著力, 幹部 beside 于). The "
        "conversion is undone by inverting that table; where a form may stand for several "
        "(著 for 着 and 著, 覆 for 覆 and 复) the word model decides. Only lines of a document "
        "that also shows a farm's annotations (H101) are touched."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    find=find,
    examples=(
        Example(
            "著力解決機(jī)關(guān)黨建的問(wèn)題，開(kāi)展學(xué)習(xí)，讀一部著名的著作。",
            "着力解决机关党建的问题，开展学习，读一部著名的著作。",
            "著 stands for 着 and for itself",
        ),
        Example(
            "反覆強(qiáng)調(diào)：現(xiàn)在要覆蓋農(nóng)村，發(fā)展經(jīng)濟(jì)。",
            "反复强调：现在要覆盖农村，发展经济。",
            "覆 stands for 复 and for itself",
        ),
        Example(
            "著力解決機關黨建的問題，開展學習，讀一部著名的著作。",
            "著力解決機關黨建的問題，開展學習，讀一部著名的著作。",
            "traditional Chinese without a farm's annotations",
        ),
    ),
)
