"""A bookshop's messages with their categories, made up from a seed, for models that have to learn something."""

import random
from typing import Final

_SENTENCES: Final = {
    "book_order": ("my order of {thing} has not arrived", "when will {thing} be delivered", "I want to buy {thing}"),
    "return_refund": ("please refund {thing}", "I want to send {thing} back", "how do I return {thing}"),
    "account_issue": ("I cannot log in to order {thing}", "my password fails", "close my account about {thing}"),
    "technical_support": ("the website shows an error for {thing}", "the page of {thing} is broken", "a bug in search"),
}
_THINGS: Final = ("a novel", "two maths books", "the school atlas", "dikwalo tsa me", "Harry Potter", "an e-book")
_SYLLABLES: Final = ("ka", "bo", "le", "mo", "tsi", "ra", "ne", "go", "sa", "pe")
_ENDINGS: Final = ("", "!", " please", " today?", " thank you", " - order 4711")


def labelled_texts(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Return texts and their categories; a twentieth of the labels are wrong, as people's are."""
    chance = random.Random(seed)
    texts, labels = [], []
    for _ in range(count):
        label = chance.choice(tuple(_SENTENCES))
        sentence = chance.choice(_SENTENCES[label]).format(thing=chance.choice(_THINGS))
        name = "".join(chance.choices(_SYLLABLES, k=3))
        texts.append(f"{sentence}{chance.choice(_ENDINGS)} {name} {chance.randrange(10_000)}")
        labels.append(chance.choice(tuple(_SENTENCES)) if chance.random() < 0.05 else label)
    return texts, labels
