"""H101: a reading in brackets that a content farm put behind a character."""

from __future__ import annotations

from repair.rules.farm.account import find
from repair.rules.farm.letters import TRIGGER
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="H101",
    name="farm-reading-annotation",
    summary="A content farm put a reading behind a character.",
    why=(
        "Farms disguise copied pages: they turn simplified Chinese into traditional forms and "
        "put pinyin behind many of them, byte by byte, wherever the bytes occur. Search, "
        "tokenizers and models then see other words. The whole document decides whether that "
        "happened: at least three characters, common ones whose traditional form differs, are "
        "annotated with their first reading nearly wherever they stand, and hardly anything "
        "else is. Teaching texts and dictionaries are left alone."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    find=find,
    examples=(
        Example(
            "中國(guó)經(jīng)濟(jì)發(fā)展的問(wèn)題，要靠發(fā)展來(lái)解決。",
            "中国经济发展的问题，要靠发展来解决。",
        ),
        Example(
            "學(xué)習(xí)的第一課：學(xué)、習(xí)二字，學是學校的學，習是練習的習。",
            "學(xué)習(xí)的第一課：學(xué)、習(xí)二字，學是學校的學，習是練習的習。",
            "a teaching text writes most of them without a reading",
        ),
        Example(
            "他在渦(guō)陽和譙(qiáo)城住過，也到過亳(bó)州。",
            "他在渦(guō)陽和譙(qiáo)城住過，也到過亳(bó)州。",
            "glosses of rare characters are the author's",
        ),
        Example(
            "中国(guó)的经(jīng)济(jì)发(fā)展",
            "中国(guó)的经(jīng)济(jì)发(fā)展",
            "simplified characters: no farm made these",
        ),
        Example(
            "人(rén)民(mín)的國(guó)家(jiā)會(huì)發(fā)展(zhǎn)。",
            "人(rén)民(mín)的國(guó)家(jiā)會(huì)發(fā)展(zhǎn)。",
            "readings behind characters that both scripts share",
        ),
        Example(
            "國(ㄍㄨㄛˊ)家會(ㄏㄨㄟˋ)發(ㄈㄚ)展",
            "國(ㄍㄨㄛˊ)家會(ㄏㄨㄟˋ)發(ㄈㄚ)展",
            "no farm writes bopomofo",
        ),
    ),
)
