"""M101: text in one encoding that was read in another, where ftfy's heuristics see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from repair.rules.mojibake.layers import Step, in_words, readings, replay, rivals
from repair.rules.mojibake.runs import Run, changed_runs
from repair.rules.mojibake.verdict import (
    HALF,
    LOSSY,
    PIECES,
    SEVERAL_WORDS,
    SPACES,
    WORD,
    Verdict,
    is_half,
    judge,
)
from repair.types import Example, Finding, Rule, Safety

# Whatever ftfy takes for damage has a C1 control, an œ, an Ã or Â before a space, or two
# neighbours of which the first and the second are among these; test_mojibake.py tries all pairs
# of the 430 characters that its heuristics know.
_SYMBOLS = "\u2030-\u22ff\u2310\u2500-\u25ff\uf8ff\ufb01\ufb02\ufffd"
_FIRST = f"\x80-\x9f\xa1-\u0491\u2018-\u2022{_SYMBOLS}"
_SECOND = f"\xa0-\u0385\u0402\u0490\u0491\u2013-\u2026{_SYMBOLS}"
SUSPECT = re.compile(f"[{_FIRST}](?:(?<=[\x80-\x9f\u0152\u0153])|(?<=[\xc2\xc3]) |[{_SECOND}])")


def find(text: str) -> Iterator[Finding]:
    """Yield a finding for each run that is damaged; lines are judged one by one."""
    start = 0
    while match := SUSPECT.search(text, start):
        start = text.rfind("\n", start, match.start()) + 1 or start
        end = text.find("\n", match.end()) + 1 or len(text)
        yield from _in_line(text[start:end], start)
        start = end


def _in_line(line: str, at: int) -> Iterator[Finding]:
    from ftfy import fix_encoding_and_explain  # noqa: PLC0415 (81 ms)

    after, steps = fix_encoding_and_explain(line)
    runs = list(changed_runs(line, after))
    if not runs:
        return
    verdict, note = _verdict(line, after, [(step[0], step[1]) for step in steps or ()], runs)
    if verdict in (PIECES, SPACES) and all(_is_lone_letter(line, *run[:2]) for run in runs):
        return
    for start, end, new in runs:
        confidence = 0.0 if "\ufffd" in new else verdict.confidence
        yield Finding("M101", at + start, at + end, new, verdict.safety, confidence, note)


def _is_lone_letter(line: str, start: int, end: int) -> bool:
    """An Ã or Â between spaces may be what it seems: the names of these letters."""
    return line[start:end].strip(" ") in ("\xc3", "\xc2") and not line[:start][-1:].isalpha()


def _verdict(
    line: str, after: str, steps: Sequence[Step], runs: Sequence[Run]
) -> tuple[Verdict, str]:
    layers = replay(line, steps)
    note = in_words(layers) if layers else "UTF-8 read wrongly"
    if is_half(after):
        return HALF, f"{note}; what comes out looks damaged still"
    verdict = judge(layers, steps)
    if verdict is PIECES:
        return _of_words(line, after, runs)
    if verdict is LOSSY:
        note += "; bytes were lost, U+FFFD stands for them"
    elif "restore_byte_a0" in {what for _, what in steps}:
        note += "; spaces stand for the byte A0"
    elif verdict.safety < Safety.SAFE:
        note += "; other code pages are possible"
    return verdict, note


def _of_words(line: str, after: str, runs: Sequence[Run]) -> tuple[Verdict, str]:
    """Judge runs in a line whose other characters are right, each by itself."""
    words = [(line[start:end], new) for start, end, new in runs]
    read_as = {readings(bad).get(new, "") for bad, new in words}
    if "" in read_as:
        return PIECES, "UTF-8 read wrongly, in pieces"
    note = f"UTF-8 read as {' and '.join(sorted(read_as))}"
    if SUSPECT.search(after) or any(rivals(bad, new) for bad, new in words):
        return SEVERAL_WORDS, f"{note}; the line may hold other damage"
    return WORD, note


RULE = Rule(
    code="M101",
    name="mojibake",
    summary="Text in one encoding was read as if it were in another.",
    why=(
        "A program that takes UTF-8 for a single-byte encoding makes two or more wrong characters "
        "of each one beyond ASCII; saved and read again, of each of those two more. Others take "
        "Windows text for Latin-1, and make controls of its quotes and dashes. Which sequences "
        "are damage is for ftfy to say, line by line. A repair is applied by itself only where "
        "all of the line decodes, no other code page gives another reading, and what comes out "
        "looks healthy; a repair by halves is shown and never applied."
    ),
    safety=Safety.SAFE,
    trigger=SUSPECT.pattern,
    find=find,
    examples=(
        Example("The cafÃ© is open.", "The café is open."),
        Example("L'humanitÃƒÂ©", "L'humanité", "one wrong reading upon another"),
        Example("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир", "read as cp1251"),
        Example("It\x92s \x93fine\x94", "It’s “fine”", "Windows marks that became controls"),
        Example("Ungefähr â‚¬ 5", "Ungefähr € 5", "a damaged word in a line that is right"),
        Example("IL Y MARQUÉ…", "IL Y MARQUÉ…", "accents and marks side by side"),
        Example("PÃO e MAÇÃ", "PÃO e MAÇÃ", "Portuguese capitals"),
        Example("The letter Ã has a tilde", "The letter Ã has a tilde", "a letter by itself"),
        Example("“+” and “×” curves", "“+” and “×” curves", "a symbol in quotes"),
        Example("浣犲ソ", "浣犲ソ", "UTF-8 read as GBK is not for this rule"),
        Example("Äåñêðèïòîð", "Äåñêðèïòîð", "nor is cp1251 read as cp1252"),
    ),
)
