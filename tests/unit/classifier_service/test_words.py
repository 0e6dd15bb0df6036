"""A text is cleaned before it is read, and what is left is what its writer wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.words import (
    MAX_CHARACTERS,
    clean_text,
    has_capitals,
    without_ends,
    words_and_ends,
    words_of,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\x00b\x07c", "abc"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("it\u2019s", "it's"),
        ("a < b and <3 you", "a < b and <3 you"),
        ("<p>Hello <b>there</b></p><p>Fish &amp; chips</p>", "Hello  there \n\nFish & chips"),
        ("<style>p { color: red }</style><p>Hi</p>", "Hi"),
        ("<div>unclosed <script>alert(1)", "unclosed"),
        ("half \ud800 pair", "half  pair"),
    ],
)
def test_what_is_no_text_is_taken_out(written: str, read: str) -> None:
    """Control characters, markup and broken characters go; what looks like markup and is none stays."""
    assert clean_text(written) == read


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nOn Mon, 3 March 2025 at 10:12, Shop <shop@shop.example> wrote:\n> Dear customer\n> bye",
        "\n\n-----Original Message-----\nFrom: Shop\nDear customer",
        "\n\nFrom: Shop\nSent: Monday\nTo: Me\nDear customer",
        "\n> Dear customer\n> bye",
    ],
)
def test_the_quoted_mail_is_not_read(tail: str) -> None:
    """Only what the writer added counts, not what is answered."""
    assert clean_text("My answer." + tail) == "My answer."


def test_a_mail_of_nothing_but_quotes_is_read() -> None:
    """Something is better than nothing."""
    assert clean_text("> all of it") == "> all of it"


def test_a_long_text_is_cut() -> None:
    """What comes after twenty thousand characters is not read."""
    assert len(clean_text("word " * 100_000)) <= MAX_CHARACTERS


def test_words_keep_their_hyphens_and_apostrophes() -> None:
    """An e-book is no book, and a school's is one word."""
    assert words_of("An E-book, the school's; 'quoted' - 12% snake_case Setšhaba") == [
        *("an", "e-book", "the", "school's", "quoted", "12", "snake", "case", "setšhaba")
    ]


@given(st.text(max_size=400) | st.text(alphabet="<>/! apbr\n-&;#x0>", max_size=400))
def test_a_cleaned_text_is_whole_unicode_without_control_characters(text: str) -> None:
    """Whatever comes in, what is read can be encoded, is composed before markup is taken out, and has no controls."""
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not [ch for ch in cleaned if unicodedata.category(ch) == "Cc" and ch not in "\n\t"]
    assert len(cleaned) <= len(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_are_cut_as_in_any_other_text(text: str) -> None:
    """The quick pattern for ASCII finds the words that the one for all letters finds."""
    assert words_and_ends(text) == words_and_ends(text + " é")[:-1]
    assert words_of(text) == words_of(text + " é")[:-1]


@given(st.text())
def test_words_with_the_ends_of_sentences_are_the_words(text: str) -> None:
    """Without the ends the same words are left."""
    assert without_ends(words_and_ends(text)) == words_of(text)


def test_the_ends_of_sentences_stand_among_the_words() -> None:
    """Marks that follow one another are one end; a comma is none."""
    assert words_and_ends("Well, is it?! Yes") == ["well", "is", "it", "?!", "yes"]


@pytest.mark.parametrize(("text", "has"), [("so BAD", True), ("é ÉÉÉ", False), ("NO, no", False), ("", False)])
def test_capitals_in_a_row(text: str, has: bool) -> None:
    """Three plain capital letters count, two do not."""
    assert has_capitals(text) == has
