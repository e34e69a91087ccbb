"""The encoding of an input as a whole, and what the input says of it: B001, B002 and N102.

A conversion changes bytes and not text, so it is a finding that stands before the text. The names
of encodings that the text gives of itself are edits like any other, and go with it: a page that
says ``iso-8859-1`` and is in UTF-8 would be worse than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor

from repair.config import Config
from repair.decode import decode, encode
from repair.detect.confirm import decodes
from repair.detect.encodings import NARROWER
from repair.detect.governing import Place, governing, is_multipart, transfer, usual_name
from repair.doubt import is_sure
from repair.edits import apply, compose, lift_all
from repair.inline import Ignores
from repair.notices import NOT_UTF_8, OTHER_ENCODING, WRONG_DECLARATION
from repair.types import Decoded, Edit, Finding, Repaired, Safety

# A guess (see ``doubt``) is not converted, whatever is asked for: undoing would be the least of the
# work. And nothing is converted without being asked twice where it is less than this sure.
SURE = 0.97

# Known by a mark to every program: what is written on Windows, and must stay so.
_WIDE = ("utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class _Conversion:
    """What would be done, or why it cannot be."""

    code: str
    target: str
    safety: Safety
    note: str
    edits: tuple[Edit, ...] = ()
    """In the repaired text."""
    data: bytes = b""

    def findings(self, confidence: float, ours: Sequence[Edit]) -> Iterator[Finding]:
        """Yield findings for the declarations that are right now, else one before the text."""
        new = None if self.safety is Safety.SHOW else ""
        for start, end, name in ours:
            yield Finding(self.code, start, end, name, self.safety, confidence, self.note)
        if not ours:
            yield Finding(self.code, 0, 0, new, self.safety, confidence, self.note)


def settle(
    result: Repaired, data: bytes, decoded: Decoded, config: Config, ignores: Ignores
) -> Repaired:
    """Return ``result`` with its bytes, and what is to be said of their encoding.

    ``decoded`` is what ``data`` was read as, before it was repaired.
    """
    kept = _kept(result, data, decoded)
    result = replace(result, data=kept, decoded=decoded, encoding=decoded.encoding)
    places = list(governing(result.text))
    if not places and config.target_encoding in (None, "utf-8") and decoded.encoding == "utf-8":
        return result
    wrong = [place for place in places if not _is_right(place, data, decoded)]
    wrong = wrong if config.wants(WRONG_DECLARATION.code) else []
    conversion = _conversion(result, decoded, config, places)
    if conversion is not None:
        named = _seen(_misnamed(data, decoded, wrong, conversion), result, ignores)
        others = {(finding.start, finding.end) for finding in named}
        ours = [edit for edit in conversion.edits if edit[:2] not in others]
        found = list(conversion.findings(decoded.confidence, ours))
        if len(_seen(found, result, ignores)) == len(found):
            return _applied(result, (*found, *named), conversion, config.floor)
    named = _seen(_misnamed(data, decoded, wrong, None), result, ignores)
    return _applied(result, named, None, config.floor)


def _kept(result: Repaired, data: bytes, decoded: Decoded) -> bytes | None:
    """The repaired text in the encoding of the input, unless it cannot be written so."""
    if not result.edits:
        return data
    if not decoded.exact:
        return None
    try:
        return encode(result.text, decoded)
    except UnicodeEncodeError:
        return None


def _conversion(
    result: Repaired, decoded: Decoded, config: Config, places: Sequence[Place]
) -> _Conversion | None:
    """Return what to do about the encoding; ``None`` if it is the one that is wanted."""
    wanted = config.target_encoding
    code, target = (OTHER_ENCODING.code, wanted) if wanted else (NOT_UTF_8.code, "utf-8")
    if not config.wants(code) or decoded.encoding == target or not result.original:
        return None
    if not wanted and decoded.bom and decoded.encoding.startswith(_WIDE):
        return None
    edits = tuple(_renamings(result.text, places, target))
    obstacle, out = _written(apply(result.text, edits), target)
    obstacle = _doubt(result, decoded, asked=bool(wanted)) or obstacle
    what = f"it is in {decoded.encoding} and "
    if obstacle:
        what += f"cannot be converted to {target}: {obstacle}"
        return _Conversion(code, target, Safety.SHOW, what)
    if result.text.encode(target) == result.data:  # as all of ASCII is in most
        return None
    safety = Safety.SAFE if wanted and decoded.confidence >= SURE else Safety.LIKELY
    return _Conversion(code, target, safety, f"{what}is converted to {target}", edits, out)


def _doubt(result: Repaired, decoded: Decoded, *, asked: bool) -> str:
    """Return why nothing should be converted, whatever to; empty if it may be."""
    if not is_sure(decoded):
        return f"that is not sure ({floor(100 * decoded.confidence)} %)"
    if is_multipart(result.text):
        return "it is a message of parts that each have an encoding"
    if not decoded.exact and ("\ufffd" in result.text or not asked):
        return "not all of its bytes are what that makes of its text"
    return ""


def _written(text: str, target: str) -> tuple[str, bytes]:
    """Return why ``text`` cannot be written in ``target``, and what it is there."""
    try:
        return "", text.encode(target)
    except UnicodeEncodeError as error:
        value = ord(error.object[error.start])
    if 0xDC80 <= value <= 0xDCFF:
        return f"the byte {value - 0xDC00:02X} does not belong to it", b""
    return f"that has no U+{value:04X}", b""


def _renamings(text: str, places: Sequence[Place], target: str) -> Iterator[Edit]:
    edits = [
        Edit(place.start, place.end, usual_name(target, place.name))
        for place in places
        if place.encoding != target
    ]
    if target == "utf-8" and not text.isascii():
        edits += [Edit(start, end, "8bit") for start, end in transfer(text)]
    yield from sorted(edits)


def _is_right(place: Place, data: bytes, decoded: Decoded) -> bool:
    """Whether the encoding named, or the wider one that browsers take for it, reads the same."""
    named = place.encoding or ""
    wider = [wide for wide, narrow in NARROWER.items() if named in narrow]
    return decoded.encoding in (named, *wider) or any(
        decode(data, encoding=name).text == decoded.text for name in (named, *wider)
    )


def _misnamed(
    data: bytes, decoded: Decoded, wrong: Sequence[Place], conversion: _Conversion | None
) -> Iterator[Finding]:
    """Yield the declarations that the bytes speak against.

    Where it is not sure what the bytes are, only those that cannot be are worth a word.
    """
    if conversion is not None and conversion.safety is Safety.SHOW:
        conversion = None
    target = conversion.target if conversion else decoded.encoding
    safety = conversion.safety if conversion else Safety.LIKELY
    for place in wrong:
        name = usual_name(target, place.name)
        note = f"it is in {decoded.encoding}"
        at = (WRONG_DECLARATION.code, place.start, place.end)
        if not is_sure(decoded):
            if not decodes(data, place.encoding or ""):
                yield Finding(*at, None, Safety.SHOW, 1.0, "its bytes are not in that encoding")
        elif conversion or _would_be_right(name, place, data, decoded):
            yield Finding(*at, name, safety, decoded.confidence, note)
        else:
            yield Finding(*at, None, Safety.SHOW, decoded.confidence, note)


def _would_be_right(name: str, place: Place, data: bytes, decoded: Decoded) -> bool:
    renamed = place._replace(name=name)
    return renamed.encoding is not None and _is_right(renamed, data, decoded)


def _seen(found: Iterable[Finding], result: Repaired, ignores: Ignores) -> list[Finding]:
    return ignores.without_ignored(list(found), result.edits, result.text)


def _applied(
    result: Repaired, found: Sequence[Finding], conversion: _Conversion | None, least: int
) -> Repaired:
    """Apply what may be, all of a conversion or none of it, and account for it."""
    may = [finding.new is not None and finding.safety >= least for finding in found]
    lifted = list(lift_all(found, result.edits, result.text))
    applied = [finding for finding, so in zip(lifted, may, strict=True) if so]
    left = [finding for finding, so in zip(lifted, may, strict=True) if not so]
    done = [finding for finding, so in zip(found, may, strict=True) if so]
    converts = conversion is not None and conversion.code in {finding.code for finding in done}
    edits = tuple(sorted(Edit(f.start, f.end, f.new or "") for f in done if f.end))
    if edits:
        text = apply(result.text, edits)
        edits = compose(result.edits, edits, result.text)
        result = replace(result, text=text, edits=edits)
        if not converts and result.decoded is not None:
            result = replace(result, data=_kept(result, b"", result.decoded))
    if conversion is not None and converts:
        result = replace(result, data=conversion.data, encoding=conversion.target)
    return replace(
        result,
        findings=_by_place((*result.findings, *applied)),
        remaining=_by_place((*result.remaining, *left)),
    )


def _by_place(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.start, f.end, f.code)))
