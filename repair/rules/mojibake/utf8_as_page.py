"""M101: UTF-8 that was read as a single-byte page."""

from __future__ import annotations

from repair.rules.mojibake.find import find
from repair.rules.mojibake.ordinary import is_sound_line
from repair.rules.mojibake.suspects import TRIGGER, sight
from repair.types import Example, Rule, Safety

RULE = Rule(
    code="M101",
    name="mojibake",
    summary="Text in UTF-8 was read as if it were in a single-byte encoding.",
    why=(
        "A program that takes UTF-8 for Windows-1252, MacRoman, KOI8-R or the like makes two or "
        "more wrong characters of each one beyond ASCII; saved and read again, of each of those "
        "two more. All readings whose damage gives exactly what is there are weighed against each "
        "other and against the line as it stands, by how likely its characters follow each other "
        "in any of a hundred languages. A repair is applied by itself only where it wins clearly, "
        "and where nothing of the run is left over."
    ),
    safety=Safety.SAFE,
    trigger=TRIGGER,
    by_line=True,
    is_ordinary=is_sound_line,
    sight=sight,
    find_in=find,
    examples=(
        Example("The cafÃ© is open.", "The café is open."),
        Example("L'humanitÃƒÂ©", "L'humanité", "one wrong reading upon another"),
        Example("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир", "read as cp1251"),
        Example(
            "п╓п╟п╧п╩ п╫п╣ п╫п╟п╧п╢п╣п╫: п©я─п╬п╡п╣я─я▄я┌п╣ п©я┐я┌я▄",
            "Файл не найден: проверьте путь",
            "read as KOI8-R",
        ),
        Example("Ungefähr â‚¬ 5", "Ungefähr € 5", "a damaged word in a line that is right"),
        Example("IL Y MARQUÉ…", "IL Y MARQUÉ…", "accents and marks side by side"),
        Example("PÃO e MAÇÃ", "PÃO e MAÇÃ", "Portuguese capitals"),
        Example("The letter Ã has a tilde", "The letter Ã has a tilde", "a letter by itself"),
        Example("“+” and “×” curves", "“+” and “×” curves", "a symbol in quotes"),
        Example(
            "AHÅ™, the new sofa", "AHÅ™, the new sofa", "a letter before a mark that may be right"
        ),
        Example("├──┬──┐ ä", "├──┬──┐ ä", "lines that somebody drew"),
    ),
)
