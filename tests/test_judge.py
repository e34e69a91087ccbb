"""The judge: languages, readings and what margins are worth."""

from __future__ import annotations

import math
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repair.model import judge, probability, strangers
from repair.model.judge import UNIT, pairs_of
from repair.model.lanes import MOST

# The first article of the Universal Declaration of Human Rights, which no statistics come from.
ARTICLE = {
    "bg": "Всички хора се раждат свободни и равни по достойнство и права.",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "et": "Kõik inimesed sünnivad vabadena ja võrdsetena oma väärikuselt ja õigustelt.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van.",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "lb": "All Mënsch kënnt fräi a mat deer selwechter Dignitéit an dene selwechte Rechter.",
    "lv": "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "sq": "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet dhe në të drejta.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.",
    "zh-Hans": "人人生而自由，在尊严和权利上一律平等。",
    "zh-Hant": "人人生而自由，在尊嚴和權利上一律平等。",
}
CODECS = {
    "bg": ("cp1251", "mac_cyrillic"), "cs": ("cp1250", "cp852"), "de": ("cp1252", "cp437"),
    "el": ("cp1253", "cp737"), "et": ("cp1257",), "fr": ("cp1252", "mac_roman"),
    "hu": ("cp1250", "cp852"), "ja": ("cp932", "euc_jp"), "ko": ("cp949",), "lv": ("cp1257",),
    "pl": ("cp1250", "iso8859_2"), "ru": ("cp1251", "koi8_r", "cp866"), "sq": ("cp1252",),
    "th": ("cp874",), "tr": ("cp1254",), "uk": ("koi8_u",), "zh-Hans": ("gbk",),
    "zh-Hant": ("big5",),
}  # fmt: skip
EVERY_CODEC = sorted(
    {codec for codecs in CODECS.values() for codec in codecs} | {"cp1256", "cp850"}
)


@pytest.mark.parametrize("language", ARTICLE)
def test_the_language_is_known(language: str) -> None:
    assert judge().best(ARTICLE[language])[0] == language


@pytest.mark.parametrize(
    ("language", "codec"), [(tag, codec) for tag, codecs in CODECS.items() for codec in codecs]
)
def test_the_right_reading_wins(language: str, codec: str) -> None:
    text = ARTICLE[language]
    for other in EVERY_CODEC:
        reading = text.encode(codec).decode(other, "replace")
        assert reading == text or judge().margin(text, reading) > 0


def test_there_are_the_languages_that_detectors_claim() -> None:
    needed = (
        "af ar az be bg br bs ca cs cy da de el en eo es et eu fa fi fo fr ga gd gl he hi hr hu hy"
    )
    needed += (
        " id is it ja ka kk km ko lb lo lt lv mk mn ms mt my nl nb pl ps pt ro ru sk sl sq sr sv"
    )
    needed += " sw ta tg th tr uk ur uz vi yi zh-Hans zh-Hant bn ckb kmr fil"
    assert set(needed.split()) <= set(judge().languages)


def test_ascii_speaks_for_no_language() -> None:
    assert judge().scores("Nothing but ASCII.") == {}
    assert judge().best("Nothing but ASCII.")[0] is None
    assert judge().margin("plain words", "pl#in w|rds") > 10
    assert judge().margin("plain words", "pla\x01n words") > 10


def test_ascii_cancels_between_readings() -> None:
    context = "Some ASCII text that both readings have: "
    alone = judge().margin("\u00fcber", "\u0451ber")
    assert judge().margin(context + "\u00fcber", context + "\u0451ber") == pytest.approx(
        alone, abs=12
    )


def test_ascii_words_tell_languages_apart() -> None:
    judge_ = judge()
    evidence = judge_.evidence("für")
    with_words = judge_.evidence("für", words="und nicht das ist werden kann über diese")
    assert judge_.margin(with_words, evidence) <= 12
    assert judge_.best(with_words)[0] == "de"


def test_old_spellings_are_the_same_language() -> None:
    # ISO-8859-16 has the comma below, cp1250 the cedilla; cp1258 sets tones apart.
    text = "Toate ființele umane se nasc libere și egale în demnitate și în drepturi."
    assert judge().best(text)[0] == "ro"
    assert judge().best(text.replace("ț", "ţ").replace("ș", "ş"))[0] == "ro"
    apart = ARTICLE["vi"].translate({ord("ấ"): "â\u0301", ord("ả"): "a\u0309", ord("ọ"): "o\u0323"})
    assert judge().best(apart)[0] == "vi"


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("москва", "москв\u0061"),  # the last letter is Latin
        ("für", "fÜr"),
        ("été", "ét\u00a9"),
        ("été", "ét\x81"),
        ("été", "ét\ue000"),
        ("été", "ét\ud800"),
        ("été", "é\u0074я"),
    ],
)
def test_what_does_not_fit_costs(likely: str, unlikely: str) -> None:
    assert judge().margin(likely, unlikely) > 2


def test_unknown_language() -> None:
    with pytest.raises(KeyError):
        judge().log_likelihood("é", "tlh")


@given(st.text(), st.text())
def test_scores_are_log_probabilities(text: str, other: str) -> None:
    scores = judge().scores(text)
    assert all(math.isfinite(score) and score <= 0 for score in scores.values())
    language, best = judge().best(text)
    assert best == max(scores.values(), default=best)
    assert scores or language is None
    assert language is None or judge().log_likelihood(text, language) >= scores[language]
    assert judge().margin(text, other) == -judge().margin(other, text)


@given(st.text())
def test_evidence_is_the_text(text: str) -> None:
    assert judge().scores(judge().evidence(text)) == judge().scores(text)


MIXED = st.text(
    st.one_of(
        st.sampled_from("ab Kz\n\t19\xe9\xdf\xc3\u0130\u212a\u0436\u03a9\u2500\ufffd\xa0"),
        st.sampled_from("\u4e2d\u56fd\u4eba\u3042\ud55c\uff0c"),
        st.characters(),
    ),
    max_size=80,
)


@given(MIXED)
def test_texts_are_weighed_as_their_evidence_is(text: str) -> None:
    judge_ = judge()
    assert judge_.best(text) == judge_.best(judge_.evidence(text))
    assert judge_.weight(text).pairs == sum(judge_.evidence(text).pairs.values())


@given(MIXED, st.sampled_from(["de", "ru", "zh-Hans", "th"]))
def test_texts_are_as_likely_as_their_evidence_in_a_language(text: str, language: str) -> None:
    judge_ = judge()
    evidence = judge_.evidence(text)
    assert judge_.log_likelihood(text, language) == judge_.log_likelihood(evidence, language)


@given(MIXED)
def test_pairs_cost_the_same_where_nothing_is_compiled(text: str) -> None:
    compiled = judge().by_pair(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["repair.model.judge"], "COMPILED", False)
        assert judge().by_pair(text) == compiled
    assert len(compiled) == len(text) + 1
    assert sum(units != -1 for units in compiled) == judge().weight(text).pairs


@given(st.lists(MIXED, max_size=3), MIXED)
def test_texts_are_weighed_beside_the_words_of_another(texts: list[str], words: str) -> None:
    judge_ = judge()
    told = [judge_.best(judge_.evidence(text, words=words))[1] for text in texts]
    assert judge_.best_beside(texts, words) == told
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["repair.model.judge"], "COMPILED", False)
        assert judge_.best_beside(texts, words) == told


@pytest.mark.parametrize("text", ["größer " * 3000, "中国人民\n" * 2000, "Привет, мир " * 900])
def test_long_texts_are_weighed_as_their_evidence_is(text: str) -> None:
    assert judge().best(text) == judge().best(judge().evidence(text))


LIMITS = st.dictionaries(
    st.sampled_from(["Latn", "Cyrl", "Hani", "Thai", "ideographs"]), st.floats(0, 12)
)


@given(MIXED, st.floats(0, 12), LIMITS)
def test_what_is_below_costs_less(text: str, others: float, nats: dict[str, float]) -> None:
    weight = judge().weight(text)
    beyond = [character for character in text if not character.isascii()]
    most = others
    for script in ("Latn", "Cyrl", "Hani", "Thai"):
        if 2 * sum(strangers.script(character) == script for character in beyond) > len(beyond):
            most = nats.get(script, others)
    if 2 * sum("\u3400" <= character <= "\u9fff" for character in beyond) > len(beyond):
        most = nats.get("ideographs", others)
    below = weight.units / max(1, weight.pairs) < most / UNIT
    limits = judge().limits({"": others, **nats})
    assert judge().is_below(text, limits) == below
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["repair.model.judge"], "COMPILED", False)
        assert judge().is_below(text, limits) == below


@given(st.text())
def test_pairs_are_all_of_the_text(text: str) -> None:
    pairs = pairs_of(text)
    assert all(len(pair) == 2 for pair in pairs)
    assert sum(pairs.values()) == len(text) + 1


def test_long_texts_do_not_overflow() -> None:
    judge_ = judge()
    once = judge_.evidence("ÿÿ", words="")._replace(ascii=0)
    many = once._replace(pairs={pair: n * 3 * MOST for pair, n in once.pairs.items()})
    one = judge_.log_likelihood(once, "de")
    assert judge_.log_likelihood(many, "de") == pytest.approx(one * 3 * MOST)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_probabilities_grow_with_the_margin(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= probability(low) <= probability(high) <= 1
    assert probability(one) + probability(-one) == pytest.approx(1)
    assert probability(0) == 0.5


@pytest.mark.parametrize("language", ARTICLE)
def test_what_is_known(language: str) -> None:
    text = ARTICLE[language]
    assert judge().knows(text)
    if not text.isascii():
        assert not judge().knows(text.encode().decode("latin-1"))
        assert not judge().knows(text.encode().decode("cp437"))


def test_ascii_is_not_known() -> None:
    assert not judge().knows("plain")
    assert not judge().knows("")


@pytest.mark.parametrize(
    ("language", "before", "scripts"),
    [
        ("ru", "в", "\u0020-\u007f\u0400-\u04ff\u2010-\u2030"),
        ("el", "α", "\u0020-\u007f\u0370-\u03ff\u2010-\u2030"),
        ("th", "\u0e01", "\u0020-\u007f\u0e00-\u0e7f\u2010-\u2030"),
        ("ja", "の", "\u0020-\u007f\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"),
        ("zh-Hans", "的", "\u0020-\u007f\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"),
    ],
)
def test_probabilities_add_up(language: str, before: str, scripts: str) -> None:
    ends = scripts.split("-")
    ranges = (range(ord(low[-1]), ord(high[0]) + 1) for low, high in pairwise(ends))
    characters = [chr(point) for points in ranges for point in points]
    nothing = judge().evidence("")._replace(ascii=0)
    chances = (
        math.exp(judge().log_likelihood(nothing._replace(pairs={before + c: 1}), language))
        for c in characters
    )
    assert 0.85 < sum(chances) < 1.1
