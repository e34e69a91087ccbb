"""What ftfy's heuristics make of a line: one more reading to weigh, and a second opinion."""

from __future__ import annotations

from repair.rules.mojibake.layers import Layer
from repair.rules.mojibake.readings import DAILY, PRICE, RARE, Reading, leaves_controls

Step = tuple[str, str]
"""What ftfy did (``encode``, ``decode``, ``transcode``, ``apply``), and with what."""


def proposal(line: str) -> Reading | None:
    """Return the line as ftfy repairs it; ``None`` if it changes nothing."""
    from ftfy import fix_encoding_and_explain  # noqa: PLC0415 (81 ms)
    from ftfy.badness import is_bad  # noqa: PLC0415

    text, steps = fix_encoding_and_explain(line)
    if text == line:
        return None
    layers = _layers([(step[0], step[1]) for step in steps or ()])
    lossy = text.count("\ufffd") > line.count("\ufffd") or (
        "\ufffd" in line and "replace_lossy_sequences" in {step[1] for step in steps or ()}
    )
    code = "M901" if lossy else "M104" if layers and layers[0].written_as != "utf-8" else "M101"
    price = sum(PRICE.get(layer.read_as, RARE) for layer in layers) or DAILY
    return Reading(text, layers, code, price, is_bad(text) or leaves_controls(text))


def _layers(steps: list[Step]) -> tuple[Layer, ...]:
    """Name the layers that ftfy took off, the one that was put on first in front."""
    layers: list[Layer] = []
    read_as = ""
    for what, how in steps:
        if what == "encode":
            read_as = _name(how)
        elif what == "decode":
            layers.insert(0, Layer("utf-8" if how.startswith("utf-8") else _name(how), read_as))
        elif how == "fix_c1_controls":
            layers.insert(0, Layer("cp1252", "latin-1"))
    return tuple(layers)


def _name(codec: str) -> str:
    names = {"macroman": "mac_roman", "iso-8859-2": "iso8859-2"}
    return names.get(codec) or codec.replace("sloppy-", "").replace("windows-", "cp")
