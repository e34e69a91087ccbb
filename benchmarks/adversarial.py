"""Documents made to be slow: how long the worst that a search has found take, and how that grows.

    python -m benchmarks.adversarial [--families LETTERS] [--sizes BYTES ...]
    python -m benchmarks.adversarial --search SECONDS [--families LETTERS] [--seed N]

A recipe is a text that is repeated until a size is reached, each time as it is or each time with
its characters in another order, with something before and something behind. Those found so far
are in ``adversarial.jsonl``. The search starts from them and from pieces of examples and cases,
and climbs: it changes a recipe at random, and keeps what takes longer for a byte. It prints what
it ends with as lines of that file.

Families are first letters of codes, measured with their rules alone, by ``repair``; S is S and H,
which share a search; ``*`` is ``repair_bytes`` with all rules, which also detects the encoding.
Times are those of the processor, so that other work on the machine is no find.
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from random import Random
from types import FrameType

import repair
from benchmarks.kernel import cut, texts
from repair.rules import RULES
from repair.rules.mojibake.ordinary import is_sound
from repair.rules.mojibake.pilot import weighed_alone
from repair.types import Rule
from tests.case_files import FOLDER, NAME_OF_KIND, read_cases

FINDS = Path(__file__).with_name("adversarial.jsonl")
ALL = "*"
FAMILIES = "BMSXIFE*"
CLEAN = ("English", "Chinese", "mixed")
SIZES = (10_000, 100_000, 1_000_000)
CODECS = ("utf-8", "cp1252", "cp1251", "gb18030", "shift_jis", "utf-16", "koi8-r", "iso2022_jp")

# The search: the sizes at which a recipe is tried, until one takes so many seconds.
STEPS = (500, 2_000, 8_000, 32_000, 128_000)
ENOUGH = 0.05
# What takes longer is bad enough to be kept.
LONGEST = 20
POPULATION = 12
MOST_LENGTH = 2_000

ODD = (
    *"\n \t\r\0:;=&\\%+?()<>@\"'`_-.,0aA",
    *"\u00e9\u00c3\u00a9\u00e2\u20ac\u0153\u0430\u0391\u0663\u4e2d\u570b\u3002\uff0c",
    *"\u0301\u0345\u200b\u200d\u200e\u202e\u2066\u00ad\ufe0f\ufeff\ufffd\ue000\U000e0061\udc80",
    *("\u01ce\u0300", "(gu\u00f3)", "\u570b(gu\u00f3)", "?f\u00f9)", "&amp;amp;", "&#x", "\\u00"),
    *("%C3%A9", "=C3=", "=?utf-8?Q?", "?=", "+AOk-", "\r\n\r\r\n", "textrepair: ignore"),
    *("x" * 200, "\u6f22" * 50),
)


@dataclass(frozen=True)
class Recipe:
    """A document of any size."""

    family: str
    body: str
    head: str = ""
    tail: str = ""
    file: str = "a.txt"
    codec: str = "utf-8"
    shuffled: bool = False
    """Each time the characters of the body come in another order: nothing of it is remembered."""

    def text(self, size: int) -> str:
        """Return about ``size`` bytes of UTF-8."""
        ends = len((self.head + self.tail).encode("utf-8", "surrogatepass"))
        times = (size - ends) // len(self.body.encode("utf-8", "surrogatepass")) + 1
        if not self.shuffled:
            return self.head + self.body * times + self.tail
        random = Random(0)
        bodies = ["".join(random.sample(self.body, len(self.body))) for _ in range(times)]
        return self.head + "".join(bodies) + self.tail

    def data(self, size: int) -> bytes:
        """Return the same in its encoding, as far as it can be written in that."""
        text = self.text(size)
        if self.codec != "utf-8":
            return text.encode(self.codec, "ignore")
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")

    def run(self, size: int) -> Callable[[], object]:
        """Return what is to be timed."""
        if self.family == ALL:
            data = self.data(size)
            return lambda: repair.repair_bytes(data, name=self.file)
        text = self.text(size)
        return lambda: repair.repair(text, rules=rules_of(self.family), name=self.file)


class TooLongError(Exception):
    """It took longer than was allowed."""


@cache
def rules_of(family: str) -> tuple[Rule, ...]:
    letters = "SH" if family == "S" else family
    return tuple(rule for rule in RULES if rule.code[0] in letters)


def finds() -> list[Recipe]:
    """Return the recipes that are kept."""
    lines = FINDS.read_text(encoding="ascii").splitlines() if FINDS.exists() else []
    return [Recipe(**json.loads(line)) for line in lines]


def line_of(recipe: Recipe) -> str:
    usual = Recipe("", "")
    row = {k: v for k, v in asdict(recipe).items() if v != getattr(usual, k)}
    return json.dumps(row)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds_of(run: Callable[[], object]) -> float:
    for kept in (is_sound, weighed_alone):  # each run meets its lines for the first time
        kept.cache_clear()
    start = time.process_time()
    run()
    return time.process_time() - start


def limited(run: Callable[[], object], seconds: float) -> float:
    """Return the seconds that it takes; infinity if more than so many."""
    try:
        with at_most(seconds):
            return seconds_of(run)
    except TooLongError:
        return math.inf


def cost(recipe: Recipe) -> float:
    """Return microseconds a byte at the first size that takes long enough to be measured."""
    for size in STEPS:
        took = limited(recipe.run(size), LONGEST)
        if took >= ENOUGH:
            break
    if took < LONGEST / 10:  # a pause of the machine is no find
        took = min(took, seconds_of(recipe.run(size)))
    return min(took, LONGEST) / len(recipe.data(size)) * 1e6


@cache
def blocks() -> tuple[tuple[str, str], ...]:
    """Return texts of examples and cases, damaged and not, with names of files for them."""
    found = [(odd, "a.txt") for odd in ODD]
    for rule in RULES:
        for example in rule.examples:
            found += [
                (text, NAME_OF_KIND[example.kind]) for text in (example.before, example.after)
            ]
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem != "encodings":
            found += [(case.before, case.file or "a.txt") for case in read_cases(path.stem)]
    return tuple(dict.fromkeys((text[:MOST_LENGTH], name) for text, name in found if text))


class Search:
    """Climbs to what is slow, for one family."""

    def __init__(self, family: str, seed: str) -> None:
        self._family = family
        self._random = Random(f"{seed}-{family}")
        own = {e.before for rule in rules_of(family) for e in rule.examples}
        self._own = [block for block in blocks() if block[0] in own] or list(blocks())
        self.best: list[tuple[float, Recipe]] = []

    def climb(self, seconds: float) -> None:
        """Try starts for a third of the time, changes of the worst for the rest."""
        for recipe in (Recipe(self._family, text) for text, _ in self._own):
            recipe.run(STEPS[0])()  # tables are loaded with the first text that needs them
        begun = time.perf_counter()
        starts = [recipe for recipe in finds() if recipe.family == self._family]
        starts += [Recipe(self._family, text, file=name) for text, name in self._own]
        while (spent := time.perf_counter() - begun) < seconds:
            if starts:
                recipe = starts.pop(0)
            elif spent < seconds / 3:
                recipe = Recipe(self._family, self._block()[0], file=self._block()[1])
            else:
                recipe = self._changed(self._random.choice(self.best)[1])
            self._keep(recipe)

    def _keep(self, recipe: Recipe) -> None:
        if any(recipe == known for _, known in self.best):
            return
        self.best.append((cost(recipe), recipe))
        self.best.sort(key=lambda pair: -pair[0])
        del self.best[POPULATION:]

    def _block(self) -> tuple[str, str]:
        return self._random.choice(self._own if self._random.random() < 0.6 else blocks())

    def _changed(self, recipe: Recipe) -> Recipe:
        random = self._random
        for _ in range(random.choice((1, 1, 2, 4))):
            what = random.random()
            if what < 0.75:
                recipe = replace(recipe, body=self._edited(recipe.body))
            elif what < 0.8:
                recipe = replace(recipe, shuffled=not recipe.shuffled)
            elif what < 0.86:
                recipe = replace(recipe, head=self._edited(recipe.head))
            elif what < 0.92:
                recipe = replace(recipe, tail=self._edited(recipe.tail))
            elif what < 0.97 or self._family != ALL:
                recipe = replace(recipe, file=random.choice(list(NAME_OF_KIND.values())))
            else:
                recipe = replace(recipe, codec=random.choice(CODECS))
        return recipe

    def _edited(self, text: str) -> str:
        random = self._random
        low, high = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        part, block = text[low:high], self._block()[0]
        return (
            random.choice(
                (
                    text[:low] + text[high:],
                    text[:low] + part * random.choice((2, 2, 5, 20)) + text[high:],
                    text[:low] + block + text[low:],
                    text[:low] + block + text[high:],
                    text[:low] + random.choice(ODD) + text[low:],
                    text[:low] + random.choice(ODD) + text[low + 1 :],
                    text[:low] + random.choice(block) * random.choice((1, 3, 30)) + text[low:],
                    text[:low] + part[::-1] + text[high:],
                    part or block,
                    text.replace("\n", ""),
                    text.replace("\n", "").replace(" ", ""),
                    text.replace(" ", "\n"),
                )
            )[:MOST_LENGTH]
            or block
        )


def search(families: str, seconds: float, seed: str) -> None:
    for family in families:
        climb = Search(family, seed)
        climb.climb(seconds)
        for found, recipe in climb.best[:4]:
            print(f"# {found:.2f} us a byte")
            print(line_of(recipe), flush=True)


def clean(size: int) -> dict[str, float]:
    """Return the seconds that clean texts take, by what they are."""
    took = {}
    for name, file, text in texts(size):
        if name in CLEAN:
            run = partial(repair.repair_bytes, cut(text, size).encode(), name=file)
            took[name] = min(seconds_of(run) for _ in range(3))
    return took


def growing(recipe: Recipe, sizes: Sequence[int], patience: float) -> Iterator[tuple[int, float]]:
    """Yield sizes and seconds, as far as they are within the patience."""
    for size in sizes:
        took = limited(recipe.run(size), patience)
        yield size, took
        if took == math.inf:
            return


def table(families: str, sizes: Sequence[int], patience: float) -> None:
    """Print seconds by size, as multiples of clean text, and how time grows beyond the size."""
    base = {size: clean(size) for size in sizes}
    for size in sizes:
        told = ", ".join(f"{name} {took * 1e3:.1f} ms" for name, took in base[size].items())
        print(f"clean, {size:,} bytes: {told}")
    for recipe in finds():
        if recipe.family not in families:
            continue
        print(f"{recipe.family}  {line_of(recipe)[:110]}")
        last: tuple[int, float] | None = None
        for size, took in growing(recipe, sizes, patience):
            times = " ".join(f"{took / clean:7.0f} x {name}" for name, clean in base[size].items())
            growth = f"  growth {took / last[1] / size * last[0]:.2f}" if last and last[1] else ""
            if took == math.inf:
                print(f"{size:12,} more than {patience:.0f} s", flush=True)
                break
            each = took / size * 1e6
            print(f"{size:12,} {took:8.3f} s {each:8.2f} us a byte {times}{growth}", flush=True)
            last = size, took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", default=FAMILIES)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--patience", type=float, default=60.0, help="seconds for a document")
    parser.add_argument("--search", type=float, metavar="SECONDS", help="for each family")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    if options.search:
        search(options.families, options.search, options.seed)
    else:
        table(options.families, options.sizes, options.patience)


if __name__ == "__main__":
    main()
