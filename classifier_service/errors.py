"""What can go wrong in the classifier and is told to a person or a caller.

ClassifierError
├── RegistryError              the store of models and rules
│   ├── ArtefactRefusedError   damaged, tampered with, unsigned, or made by another version
│   ├── UnknownVersionError    no such model or rules document
│   └── NothingPublishedError  an empty registry: train and promote first
├── EncoderMissingError        an `accurate` model without the extra that it needs
├── InvalidRulesError          a rules document that breaks a rule of its own; names the entry
├── TrainingDataError          too few tickets, categories or rows to learn from
├── InvalidTicketError         a ticket outside the stated limits; names the field
├── MalformedRequestError      bytes that are no message of the contract
├── UnknownCallerError         a call without a token or certificate that the service knows
└── ServiceError               what a client says when a call failed
    ├── ServiceUnavailableError    nobody answered, or nothing is published yet; worth trying again later
    ├── ServiceTimeoutError        no answer within the deadline
    ├── ServiceAccessError         the service does not know the caller
    └── ServiceFailedError         the service failed in a way that trying again does not mend
"""

from analytics.errors import SupportAnalyticsError


class ClassifierError(SupportAnalyticsError):
    """Base of the classifier's errors."""


class RegistryError(ClassifierError):
    """The store of models and rules cannot give or take what was asked."""


class ArtefactRefusedError(RegistryError):
    """An artefact failed its hash, signature or version check and was not opened."""


class UnknownVersionError(RegistryError):
    """A version that the registry does not have."""


class NothingPublishedError(RegistryError):
    """The registry has no champion or no rules yet."""


class InvalidRulesError(ClassifierError):
    """A rules document cannot be used: an entry is of the wrong kind, out of its limits or contradicts another."""


class EncoderMissingError(ClassifierError):
    """The sentence encoder of an `accurate` model is not installed, or cannot be prepared."""


class TrainingDataError(ClassifierError):
    """The labelled tickets cannot be trained or evaluated on."""


class InvalidTicketError(ClassifierError):
    """A ticket outside the stated limits.

    Attributes:
        field: Which field, as the caller wrote it, for example `tickets[3].content`.
    """

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        """Name the field and what is wrong with it; never repeats its value."""
        super().__init__(message, hint)
        self.field = field


class MalformedRequestError(ClassifierError):
    """The bytes of a request are no message of the contract, for example because a text is not UTF-8."""


class UnknownCallerError(ClassifierError):
    """A call came without a token or certificate that the service knows."""


class ServiceError(ClassifierError):
    """A call of the classifier service failed."""


class ServiceUnavailableError(ServiceError):
    """Nobody answered, or the service has nothing to answer with yet; trying again later may help."""


class ServiceTimeoutError(ServiceError):
    """There was no answer within the deadline."""


class ServiceAccessError(ServiceError):
    """The service does not know the caller."""


class ServiceFailedError(ServiceError):
    """The service failed in a way that trying again does not mend."""
