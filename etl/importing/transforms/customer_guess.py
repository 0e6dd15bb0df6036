"""Tells columns with customers' names and with their addresses apart by their cells."""

from typing import Final

from etl.importing.transforms.agent_names import name_and_address
from etl.importing.transforms.column_guess import ColumnGuess
from etl.importing.transforms.questions import NOT_USED, Answers, Question
from etl.importing.transforms.sample import Sample
from etl.importing.vocabulary.vocabulary import CUSTOMER, CUSTOMER_ID

_HALF: Final = 0.5


def choose_customer(guess: ColumnGuess, sample: Sample, answers: Answers) -> dict[str, str]:
    """Return the columns of the customer's address and name.

    The address is what tells customers apart: a column with addresses, else one with numbers, else the names.
    """
    if answered := _answered(sample, answers):
        return answered
    emails = [column for column, _ in guess.candidates("customer_email")]
    either = [column for column, _ in guess.candidates(CUSTOMER)]
    names = [column for column, _ in guess.candidates("customer_name")]
    numbers = [column for column, _ in guess.candidates(CUSTOMER_ID)]
    addresses = [column for column in dict.fromkeys((*emails, *either, *names)) if _has_addresses(sample, column)]
    others = [
        column for column in dict.fromkeys((*names, *either)) if column not in addresses and sample.filled(column)
    ]
    filled = [column for column in numbers if sample.filled(column)]
    blank = [column for column in emails if not sample.filled(column)]
    identity = next(iter((*addresses, *filled, *others, *blank)), None)
    found = {} if identity is None else {"customer_email": identity}
    name = next(iter(others), identity if addresses and _has_names(sample, addresses[0]) else None)
    if name is not None and (name != identity or name in {*addresses, *others}):
        found["customer_name"] = name
    return found


def _answered(sample: Sample, answers: Answers) -> dict[str, str]:
    found = {}
    for field in ("customer_email", "customer_name"):
        answer = answers.chosen(Question(f"column:{field}", "", (*sample.header, NOT_USED)))
        if answer is not None and answer != NOT_USED:
            found[field] = answer
    return found


def _has_addresses(sample: Sample, column: str) -> bool:
    return sample.share(column, lambda text: bool(name_and_address(text.split(",")[0].split(";")[0])[1])) >= _HALF


def _has_names(sample: Sample, column: str) -> bool:
    return sample.share(column, lambda text: bool(name_and_address(text)[0])) >= _HALF
