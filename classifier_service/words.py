"""A ticket's text as the classifier reads it: cleaned once, then cut into words."""

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from string import ascii_uppercase
from typing import Final

MAX_CHARACTERS: Final = 20_000
"""Text after this many characters is not read: a customer says early what a ticket is about."""

SENTENCE_ENDS: Final = ".!?;\n"
"""Each of these marks ends a sentence."""

_WORD: Final = re.compile(r"[^\W_]++(?:['-][^\W_]++)*+")
_WORD_OR_END: Final = re.compile(rf"{_WORD.pattern}|[{SENTENCE_ENDS}]++")
# The same for lower-case ASCII, which most texts are in: a third less time.
_ASCII_WORD: Final = re.compile(r"[a-z0-9]++(?:['-][a-z0-9]++)*+")
_ASCII_WORD_OR_END: Final = re.compile(rf"{_ASCII_WORD.pattern}|[{SENTENCE_ENDS}]++")
# A tag has a letter, a slash or an exclamation mark after its bracket: "a < b" and "<3" are not tags.
_TAG: Final = re.compile(r"(<[a-zA-Z/!][^<>]{0,1000}>)")
_HTML: Final = re.compile(
    r"<(?:!doctype|html|body|div|p|br|table|span|a|b|i|font|style|head)\b[^<>]{0,1000}>", re.IGNORECASE
)
_CAPITALS_ALIKE: Final = bytes(ord("A") if chr(code) in ascii_uppercase else 0 for code in range(256))
_UNREAD: Final = frozenset({"style", "script", "head", "title"})
_BREAKING: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_CONTROL: Final = {
    code: " " if chr(code) in "\x0b\x0c\x1c\x1d\x1e\x1f\x85" else None
    for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF)
    if chr(code) not in "\t\n"
} | {0x2019: "'", 0x2018: "'", 0x2028: "\n", 0x2029: "\n"}
_QUOTED_TAIL: Final = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|forwarded message)\b.*|On .{4,200}\bwrote:|_{20,})[ \t]*$"
    r"|^[ \t]*From:[ \t].{1,300}\n(?:[ \t]*(?:Sent|Date|To|Cc|Subject):.*\n){2}",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE: Final = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case: letters and digits, with hyphens and apostrophes inside a word."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text.lower())


def words_and_ends(text: str) -> list[str]:
    """Return the words of a text in lower case and, among them, each run of the marks that end a sentence."""
    return (_ASCII_WORD_OR_END if text.isascii() else _WORD_OR_END).findall(text.lower())


def tokens_around(text: str, places: Sequence[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """Return the `words_and_ends` of a text, and those outside some places, at whose ends no word goes on."""
    if not places:
        tokens = words_and_ends(text)
        return tokens, tokens
    everything, outside, last = list[str](), list[str](), 0
    for start, end in places:
        before = words_and_ends(text[last:start])
        outside += before
        everything += before
        everything += words_and_ends(text[start:end])
        last = end
    after = words_and_ends(text[last:])
    return everything + after, outside + after


def without_ends(tokens: Sequence[str]) -> list[str]:
    """Return only the words of what `words_and_ends` returned."""
    # No end comes after the letter a, and most words begin with a letter.
    return [each for each in tokens if each >= "a" or each[0] not in SENTENCE_ENDS]


def has_capitals(text: str) -> bool:
    """Say quickly whether a text has three capital letters in a row; patterns for words in capitals take long."""
    return b"AAA" in text.encode("utf-8", "replace").translate(_CAPITALS_ALIKE)


def clean_text(text: str) -> str:
    """Return a text as every part of the classifier reads it.

    Unicode is in composed form (NFC), and control characters are removed. Of HTML only the words stay. The quoted part
    at the end of an e-mail is removed, unless there is nothing else. The text is cut to `MAX_CHARACTERS`.
    """
    # Twice the length is looked at, because removals would otherwise leave too little.
    text = text[: 2 * MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    if not _is_plain(text):
        # Half of a surrogate pair is not a character and cannot be encoded.
        encodable = text.translate(_CONTROL).encode("utf-8", "ignore").decode("utf-8")
        text = unicodedata.normalize("NFC", encodable)
    if _HTML.search(text):
        text = unescape(_text_of_html(text)).translate(_CONTROL)
    return (_without_quotes(text) or text.strip())[:MAX_CHARACTERS]


def _is_plain(text: str) -> bool:
    """Say whether a text has only characters that stay as they are; most texts do, and replacing takes long."""
    return text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()


def _text_of_html(text: str) -> str:
    """Return about the text that a browser would show; one pass is enough, even where tags are not closed."""
    shown, unread = [], None
    for number, part in enumerate(_TAG.split(text)):
        if number % 2 == 0:
            shown.append("" if unread else part)
            continue
        name = part[1:].lstrip("/").partition(" ")[0].rstrip("/>").lower()
        if unread is None and name in _UNREAD and part[1] != "/":
            unread = name
        elif unread == name and part[1] == "/":
            unread = None
        shown.append("\n" if name in _BREAKING else " ")
    return "".join(shown)


def _without_quotes(text: str) -> str:
    """Return the part of an e-mail that its writer added, without the quoted e-mail."""
    if ">" in text:
        text = _QUOTED_LINE.sub("", text)
    tail = _QUOTED_TAIL.search(text)
    return (text[: tail.start()] if tail else text).strip()
