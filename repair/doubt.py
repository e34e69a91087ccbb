"""Where the encoding of an input is a guess, mojibake in that very encoding is a second guess.

Bytes that were read as GBK and look like Russian read as GBK are one thing with two names: either
a Russian text was damaged on its way, or the input is Russian and GBK is wrong. The repair would
be the same text written in the wrong encoding, and both come from the judge, which cannot vouch
for itself. So such a repair is shown and not applied, if the whole input could be in the other
encoding: what stands in the middle of text that could not is damage, whatever that text is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from repair.decode import encode
from repair.detect.confirm import decodes
from repair.detect.encodings import NAMES
from repair.edits import apply
from repair.types import Decoded, Edit, Finding, Safety

# Of 1,752 answers of this confidence or more on whole files, 256 and 64 bytes and lines of the
# peers' test files none was wrong; of 64 between 0.8 and it one was (benchmarks/detection.py).
LEAST_SURE = 0.95

_MOJIBAKE = ("M101", "M102", "M103", "M104")


def is_sure(decoded: Decoded) -> bool:
    """Tell whether the encoding is no guess."""
    return decoded.confidence >= LEAST_SURE


def without_second_guesses(
    findings: Sequence[Finding], text: str, data: bytes, decoded: Decoded
) -> list[Finding]:
    """Return the findings, but only shown those that are what ``data`` is in another encoding.

    ``text`` is what some repairs have left of the text that ``data`` was decoded to.
    """
    if is_sure(decoded) or not any(map(_is_mojibake, findings)):
        return list(findings)
    names = [name for name in NAMES if decodes(data, name)]
    lines = groupby(findings, key=lambda finding: text.count("\n", 0, finding.start))
    return [each for _, line in lines for each in _in_line(list(line), text, names, decoded)]


def _in_line(
    findings: Sequence[Finding], text: str, names: Sequence[str], decoded: Decoded
) -> Iterator[Finding]:
    ours = [finding for finding in findings if _is_mojibake(finding)]
    as_one = bool(ours) and _is_other_reading(ours, text, names, decoded)
    for finding in findings:
        if finding in ours and (as_one or _is_other_reading([finding], text, names, decoded)):
            note = f"{finding.note}; or the input is not in {decoded.encoding}, which is not sure"
            yield replace(finding, safety=Safety.SHOW, note=note)
        else:
            yield finding


def _is_mojibake(finding: Finding) -> bool:
    return finding.code in _MOJIBAKE and finding.new is not None


def _is_other_reading(
    findings: Sequence[Finding], text: str, names: Sequence[str], decoded: Decoded
) -> bool:
    """Tell whether the bytes from the first to the last finding are the repaired text elsewhere."""
    start, end = findings[0].start, max(finding.end for finding in findings)
    span = text[start:end]
    try:
        data = encode(span, replace(decoded, bom=b""))
    except UnicodeEncodeError:
        return False
    repaired = apply(span, [Edit(f.start - start, f.end - start, f.new or "") for f in findings])
    return any(data.decode(name, "replace") == repaired for name in names)
