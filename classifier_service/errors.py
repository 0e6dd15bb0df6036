"""The classifier's errors that a person or a caller sees.

ClassifierError
├── RegistryError              the store of models and rules
│   ├── ArtefactRefusedError   damaged, tampered with, unsigned, or made by another version
│   ├── UnknownVersionError    no such model or rules document
│   └── NothingPublishedError  an empty registry: train and promote first
├── EncoderMissingError        an `accurate` model without the extra that it needs
├── InvalidRulesError          a rules document that cannot be used; names the entry
├── TrainingDataError          too few tickets, categories or rows to learn from
├── InvalidTicketError         a ticket outside the stated limits; names the field
├── MalformedRequestError      bytes that are not a message of the contract
├── UnknownCallerError         a call without a token or certificate that the service knows
└── ServiceError               raised by the client when a call failed
    ├── ServiceUnavailableError    no server answered, or nothing is published yet; worth trying again later
    ├── ServiceTimeoutError        no answer within the deadline
    ├── ServiceAccessError         the service does not know the caller
    └── ServiceFailedError         the service failed, and trying again does not help
"""

from analytics.errors import SupportAnalyticsError


class ClassifierError(SupportAnalyticsError):
    """Base of the classifier's errors."""


class RegistryError(ClassifierError):
    """The store of models and rules cannot read or write what was asked for."""


class ArtefactRefusedError(RegistryError):
    """An artefact failed its hash, signature or version check and was not opened."""


class UnknownVersionError(RegistryError):
    """A version that the registry does not have."""


class NothingPublishedError(RegistryError):
    """The registry has no champion or no rules yet."""


class InvalidRulesError(ClassifierError):
    """A rules document cannot be used: an entry has the wrong type, is outside its limits or contradicts another."""


class EncoderMissingError(ClassifierError):
    """The sentence encoder of an `accurate` model is not installed, or cannot be prepared."""


class TrainingDataError(ClassifierError):
    """The labelled tickets cannot be used for training or evaluation."""


class InvalidTicketError(ClassifierError):
    """A ticket outside the stated limits.

    Attributes:
        field: Name of the field, as the caller wrote it, for example `tickets[3].content`.
    """

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        """Name the field and what is wrong with it; the message never repeats the field's value."""
        super().__init__(message, hint)
        self.field = field


class MalformedRequestError(ClassifierError):
    """The bytes of a request are not a message of the contract, for example because a text is not UTF-8."""


class UnknownCallerError(ClassifierError):
    """A call came without a token or certificate that the service knows."""


class ServiceError(ClassifierError):
    """A call of the classifier service failed."""


class ServiceUnavailableError(ServiceError):
    """No server answered, or the service has no model yet; trying again later may help."""


class ServiceTimeoutError(ServiceError):
    """There was no answer within the deadline."""


class ServiceAccessError(ServiceError):
    """The service does not know the caller."""


class ServiceFailedError(ServiceError):
    """The service failed, and trying again does not help."""
