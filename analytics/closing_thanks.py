"""Tells a customer's closing thanks, which need no answer, from a message that waits for one.

The rule is careful in one direction: whoever may wait is taken to wait. So every part of a sentence has to be a thanks,
a word that all is well, or a name; one doubtful word anywhere, or one part about anything else, and somebody waits.
"""

import re
from itertools import takewhile
from typing import Final

_MOST_WORDS: Final = 40
_QUOTED: Final = re.compile(
    r"^\s*(>|-{2,}\s*$|_{3,}|on .{5,200} wrote:|sent from |get outlook for |from: )", re.IGNORECASE
)
_FAREWELL: Final = re.compile(
    r"^\s*((kind|best|warm|warmest|many) )*(regards|wishes|yours sincerely|yours faithfully|sincerely|groete)\W*\s*$",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^\s*(dear|hi|hello|hey|good (morning|day|afternoon)|dumela|dumelang|hallo|beste)\b[^.!?\n]{0,40}$"
)
_PART: Final = re.compile(r"[.,!;:\n…]+|\s[-\u2013\u2014]\s|\band\b")
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_HAPPY: Final = frozenset("👍👌🙏😊🙂😀😃😄😁❤💙💚💛🎉👏🤝✅💯🥰😍🤗🌟⭐💐🌹")
_BESIDE: Final = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
_DOUBT: Final = frozenset(
    """
    but still however although not never no cannot can't don't doesn't didn't won't isn't wasn't haven't hasn't nothing
    neither nor yet when where why how what which who whom please kindly could would can i'd need needs want waiting
    wait wish advance again until unless except only missing wrong broken error fails failed failing fail empty torn
    damaged refuse complaint complain disappointed useless another more instead also too locked unfortunately problem
    issue question once yesterday if number mme fela ga ise leng jang mang kae eng sa emetse tlhoka tswee batla bothata
    maar nie waar wanneer hoekom asseblief nog
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_ALL_IS_WELL: Final = re.compile(
    r"\bno (problem|worries)\b|\b(works?|working|worked) again\b|\bthank(s| you) again\b|\b(problem|issue) (is )?"
    r"(now )?(solved|fixed|sorted|resolved)\b|\byou can close\b|\bonce again\b|\b(thanks?|tanki|leboga) once more\b"
)
_CLOSING: Final = frozenset(
    """
    thanks thank thankyou thx thnx ty cheers tanki leboga lebogile lebogela dankie baie appreciate appreciated grateful
    solved sorted fixed resolved works worked working helped great perfect brilliant awesome super superb excellent
    wonderful lovely fantastic amazing good fine okay ok noted received arrived got siame sentle itumetse itumela
    bye goodbye goodnight star pleased happy welcome alliswell
    """.split()  # noqa: SIM905 - as above
)
_MOST_NAMES: Final = 3


def is_closing_thanks(text: str) -> bool:
    """Tell whether a message only thanks, or says that all is well, so that nobody waits for an answer.

    Args:
        text: The customer's message, with whatever signature and quoted mail it came with.
    """
    said = _said(text)
    if "?" in said:
        return False
    smiles = [each for each in said if not each.isalnum() and ord(each) > 0x2000 and _is_picture(each)]  # noqa: PLR2004
    if any(each not in _HAPPY for each in smiles):
        return False
    words = _WORD.findall(_settled(said))
    if not words:
        return bool(smiles)
    if len(words) > _MOST_WORDS or any(word.replace("\u2019", "'") in _DOUBT for word in words):
        return False
    parts = [each for each in _PART.split(said) if _WORD.search(each)]
    return any(_closes(each) for each in parts) and all(_closes(each) or _is_name(each) for each in parts)


def _said(text: str) -> str:
    """Return what was written itself: without greeting, signature and the mail it answers."""
    lines = _BESIDE.sub("", text).strip().splitlines()
    kept = list(takewhile(lambda line: not _QUOTED.match(line) and not _FAREWELL.match(line), lines))
    if len(kept) > 1 and _GREETING.match(kept[0].lower()):
        kept = kept[1:]
    return "\n".join(kept)


def _settled(said: str) -> str:
    return _ALL_IS_WELL.sub("alliswell", said.lower())


def _closes(part: str) -> bool:
    return any(word in _CLOSING for word in _WORD.findall(_settled(part)))


def _is_name(part: str) -> bool:
    """Tell whether a part is somebody's name or a short yes, as a signature or an address within a sentence."""
    words = _WORD.findall(part)
    return len(words) <= _MOST_NAMES and all(
        word[0].isupper() or word.lower() in {"yes", "ee", "rra", "mma", "have", "a", "great", "day"} for word in words
    )


def _is_picture(character: str) -> bool:
    return character in _HAPPY or ord(character) >= 0x1F300 or 0x2600 <= ord(character) < 0x27C0  # noqa: PLR2004
