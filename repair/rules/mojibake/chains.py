"""The wrong readings that are known: each row says what was written, and as what it was read.

A row has the code of its finding, the encoding in which the text was written, those in which it
is met read, and a text that shows it: ``tests/test_mojibake.py`` damages the text in each of
these ways and has it repaired.
"""

from __future__ import annotations

from typing import NamedTuple


class Chain(NamedTuple):
    """What was written in one encoding and read as others."""

    code: str
    written_as: str
    read_as: tuple[str, ...]
    example: str


def _row(code: str, written_as: str, read_as: str, example: str) -> Chain:
    return Chain(code, written_as, tuple(read_as.split()), example)


CHAINS: tuple[Chain, ...] = (
    # UTF-8 read as a single-byte page
    _row("M101", "utf-8", "cp1252 cp1250 cp1254 cp1257 mac_roman cp437 cp850",
         "Tous les élèves ont reçu leur clé à Noël."),
    _row("M101", "utf-8", "cp1251 koi8-r koi8-u cp866 iso8859-5 mac_cyrillic cp855",
         "Все люди рождаются свободными и равными."),
    _row("M101", "utf-8", "cp1253 iso8859-7 mac_greek", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι."),
    _row("M101", "utf-8", "cp1255 cp862 iso8859-8", "כל בני האדם נולדו בני חורין."),
    _row("M101", "utf-8", "cp1256", "يولد جميع الناس أحرارًا متساوين في الكرامة."),
    _row("M101", "utf-8", "cp874 iso8859-11", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน"),
    _row("M101", "utf-8", "cp1258", "Tất cả mọi người sinh ra đều được tự do."),
    _row("M101", "utf-8", "iso8859-2 cp852 mac_latin2 iso8859-16 mac_croatian mac_romanian",
         "Všichni lidé rodí se svobodní a sobě rovní."),
    _row("M101", "utf-8", "iso8859-9 cp857 mac_turkish",
         "Bütün insanlar hür, eşit ve özgür doğarlar."),
    _row("M101", "utf-8", "iso8859-4 iso8859-10 iso8859-13 cp775",
         "Visi cilvēki piedzimst brīvi un vienlīdzīgi."),
    _row("M101", "utf-8", "iso8859-15 iso8859-14 cp858 cp860 cp861 cp863 cp865 mac_iceland",
         "Hver maður er borinn frjáls og jafn öðrum."),
    # UTF-8 read as a double-byte encoding: these texts happen to lose nothing, most do (M901)
    _row("M102", "utf-8", "gbk gb18030", "今天网络名称平等"),
    _row("M102", "utf-8", "big5", "reçus clé les âge même après été"),
    _row("M102", "utf-8", "cp932", "で平等しをて私たち学校"),
    _row("M102", "utf-8", "cp949", "Noël tous après très à même reçus"),
    # double-byte encodings read as a single-byte page, and as one another
    _row("M103", "gbk", "cp1252 cp1250 cp1251 cp437 mac_roman iso8859-2 koi8-r",
         "人人生而自由，在尊严和权利上一律平等。"),
    _row("M103", "gbk", "big5", "，不我们系统设置他们信息"),
    _row("M103", "gbk", "cp949", "我们的不连接错误打开网络"),
    _row("M103", "gbk", "cp932", "系统保存人人学习平等，北京"),
    _row("M103", "big5", "cp1252 cp1250 cp1251 cp437 mac_roman iso8859-2 koi8-r",
         "人人生而自由，在尊嚴和權利上一律平等。"),
    _row("M103", "big5", "gbk", "關閉錯誤語言今天學習平等系統"),
    _row("M103", "big5", "cp949", "密碼今天的關閉名稱。文字"),
    _row("M103", "big5", "cp932", "使用者今天開啟他們的和學習"),
    _row("M103", "cp932", "cp1252 mac_roman cp437 cp1251 iso8859-2",
         "すべての人間は、生まれながらにして自由である。"),
    _row("M103", "cp932", "gbk", "日本語は名前人間を閉じるに"),
    _row("M103", "cp932", "cp949", "人間た、閉じる私たち名前が"),
    _row("M103", "euc_jp", "cp1252 mac_roman cp437 cp1251",
         "すべての人間は、生まれながらにして自由である。"),
    _row("M103", "euc_jp", "gbk", "印刷設定を保存して終了"),
    _row("M103", "cp949", "cp932", "인간은 태어날 때부터 자유 학교"),
    _row("M103", "euc_jp", "cp932", "名前はすべて人間行く開く学校"),
    _row("M103", "euc_jp", "cp949", "です、閉じるファイル名前し天気"),
    _row("M103", "cp949", "cp1252 mac_roman cp437 cp1251 iso8859-2 koi8-r",
         "모든 인간은 태어날 때부터 자유로우며 평등하다."),
    _row("M103", "cp949", "gbk", "문자 좋은 모든 자유 학교 저장 설정"),
    _row("M103", "cp949", "big5", "자유 이름 닫기 평등 날씨 의 한국어"),
    _row("M103", "cp949", "euc_jp", "을 서버 닫기 열기 저장 오늘 가"),
    # single-byte pages read as one another
    _row("M104", "cp1251", "gbk", "духе братства должны люди наделены"),
    _row("M104", "cp1251", "big5", "наделены друг братства люди должны свободными"),
    _row("M104", "cp1251", "cp949", "братства люди друг свободными правах наделены"),
    _row("M104", "koi8-r", "gbk", "духе свободными братства правах люди должны"),
    _row("M104", "cp1251", "cp1252 mac_roman cp437 cp850 cp1250 iso8859-2 koi8-r cp866 iso8859-5 "
         "mac_cyrillic cp1254 cp1257 cp852",
         "Все люди рождаются свободными и равными в своём достоинстве."),
    _row("M104", "koi8-r", "cp1252 mac_roman cp850 cp1250 iso8859-2 cp1251 iso8859-5 "
         "mac_cyrillic cp866 cp437",
         "Все люди рождаются свободными и равными в своём достоинстве."),
    _row("M104", "koi8-u", "cp1252 cp1251", "Всі люди народжуються вільними і рівними."),
    _row("M104", "cp866", "cp1252 mac_roman cp437 cp850 cp1250 cp1251 koi8-r iso8859-5 "
         "mac_cyrillic", "Все люди рождаются свободными и равными в своём достоинстве."),
    _row("M104", "iso8859-5", "cp1252 cp1250 cp1251 koi8-r cp866 mac_cyrillic",
         "Все люди рождаются свободными и равными в своём достоинстве."),
    _row("M104", "mac_cyrillic", "cp1252 mac_roman cp1251 koi8-r cp866",
         "ВСЕ ЛЮДИ РОЖДАЮТСЯ СВОБОДНЫМИ и равными в своём достоинстве."),
    _row("M104", "cp1253", "cp1252 cp1250 mac_roman cp437 cp850 iso8859-2 cp737 mac_greek "
         "cp1254", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι."),
    _row("M104", "iso8859-7", "cp1252 mac_roman", "Άλλοι άνθρωποι γεννιούνται ελεύθεροι."),
    _row("M104", "cp737", "cp1252 cp1253 cp437 cp850",
         "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι."),
    _row("M104", "mac_greek", "cp1252 mac_roman",
         "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι."),
    _row("M104", "cp1255", "cp1252 cp1256 mac_roman cp437 cp850",
         "כל בני האדם נולדו בני חורין ושווים בערכם"),
    _row("M104", "cp862", "cp1252 cp1255 cp437 cp850", "כל בני האדם נולדו בני חורין ושווים בערכם"),
    _row("M104", "cp1256", "cp1252 cp1251 mac_roman cp437 cp850",
         "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق"),
    _row("M104", "iso8859-6", "cp1252 cp1256", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق"),
    _row("M104", "cp874", "cp1252 mac_roman cp850 cp1251",
         "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน"),
    _row("M104", "cp1250", "cp1252 iso8859-2 cp852 cp437 cp850 mac_roman mac_latin2 cp1251 cp1254 "
         "cp1257", "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    _row("M104", "iso8859-2", "cp1252 cp1250 cp852 cp437 cp850 mac_roman",
         "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    _row("M104", "cp852", "cp1252 cp1250 iso8859-2 cp437 cp850",
         "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    _row("M104", "mac_latin2", "cp1252 cp1250 mac_roman",
         "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    _row("M104", "cp1254", "cp1252 cp437 cp850 mac_roman cp1250",
         "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar."),
    _row("M104", "cp857", "cp1252 cp1254 cp437 cp850",
         "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar."),
    _row("M104", "cp1257", "cp1252 cp1250 cp775 cp437 cp850",
         "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās."),
    _row("M104", "cp775", "cp1252 cp1257 cp437 cp850",
         "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās."),
    _row("M104", "cp1258", "cp1252", "Tôi biê\u0301t ngươ\u0300i đàn ông này."),
    _row("M104", "cp1252", "latin-1 cp437 cp850 mac_roman cp1250 cp1251 cp1253 cp1255 "
         "iso8859-2 koi8-r cp866 cp874", "Tous les élèves ont été reçus à Noël, où l’âge compte."),
    _row("M104", "cp437", "cp1252 cp1250 cp1251 mac_roman",
         "Tous les élèves français ont été à la fête."),
    _row("M104", "cp850", "cp1252 cp1250 cp1251 mac_roman cp437",
         "Não há razão para não estar à disposição de todos."),
    _row("M104", "mac_roman", "cp1252 cp437 cp850 cp1250 cp1251 latin-1",
         "Tous les élèves ont été reçus à Noël, où l’âge compte."),
)  # fmt: skip
