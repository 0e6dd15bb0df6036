import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Abstention(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ABSTENTION_UNSPECIFIED: _ClassVar[Abstention]
    ABSTENTION_UNSURE: _ClassVar[Abstention]
    ABSTENTION_UNLIKE: _ClassVar[Abstention]
    ABSTENTION_NO_WORDS: _ClassVar[Abstention]

class Decider(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECIDER_UNSPECIFIED: _ClassVar[Decider]
    DECIDER_RULES: _ClassVar[Decider]
    DECIDER_MODEL: _ClassVar[Decider]
    DECIDER_BOTH: _ClassVar[Decider]
    DECIDER_NEITHER: _ClassVar[Decider]

class Priority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRIORITY_UNSPECIFIED: _ClassVar[Priority]
    PRIORITY_LOW: _ClassVar[Priority]
    PRIORITY_MEDIUM: _ClassVar[Priority]
    PRIORITY_HIGH: _ClassVar[Priority]
    PRIORITY_URGENT: _ClassVar[Priority]

class Urgency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    URGENCY_UNSPECIFIED: _ClassVar[Urgency]
    URGENCY_LOW: _ClassVar[Urgency]
    URGENCY_NORMAL: _ClassVar[Urgency]
    URGENCY_HIGH: _ClassVar[Urgency]
    URGENCY_URGENT: _ClassVar[Urgency]

class Sentiment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SENTIMENT_UNSPECIFIED: _ClassVar[Sentiment]
    SENTIMENT_FRUSTRATED: _ClassVar[Sentiment]
    SENTIMENT_NEUTRAL: _ClassVar[Sentiment]
    SENTIMENT_PLEASED: _ClassVar[Sentiment]

class TermSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TERM_SOURCE_UNSPECIFIED: _ClassVar[TermSource]
    TERM_SOURCE_KEYWORD: _ClassVar[TermSource]
    TERM_SOURCE_MODEL: _ClassVar[TermSource]
    TERM_SOURCE_URGENCY: _ClassVar[TermSource]
    TERM_SOURCE_SENTIMENT: _ClassVar[TermSource]
    TERM_SOURCE_PRIORITY_RULE: _ClassVar[TermSource]

class ModelFlavour(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODEL_FLAVOUR_UNSPECIFIED: _ClassVar[ModelFlavour]
    MODEL_FLAVOUR_FAST: _ClassVar[ModelFlavour]
    MODEL_FLAVOUR_ACCURATE: _ClassVar[ModelFlavour]
ABSTENTION_UNSPECIFIED: Abstention
ABSTENTION_UNSURE: Abstention
ABSTENTION_UNLIKE: Abstention
ABSTENTION_NO_WORDS: Abstention
DECIDER_UNSPECIFIED: Decider
DECIDER_RULES: Decider
DECIDER_MODEL: Decider
DECIDER_BOTH: Decider
DECIDER_NEITHER: Decider
PRIORITY_UNSPECIFIED: Priority
PRIORITY_LOW: Priority
PRIORITY_MEDIUM: Priority
PRIORITY_HIGH: Priority
PRIORITY_URGENT: Priority
URGENCY_UNSPECIFIED: Urgency
URGENCY_LOW: Urgency
URGENCY_NORMAL: Urgency
URGENCY_HIGH: Urgency
URGENCY_URGENT: Urgency
SENTIMENT_UNSPECIFIED: Sentiment
SENTIMENT_FRUSTRATED: Sentiment
SENTIMENT_NEUTRAL: Sentiment
SENTIMENT_PLEASED: Sentiment
TERM_SOURCE_UNSPECIFIED: TermSource
TERM_SOURCE_KEYWORD: TermSource
TERM_SOURCE_MODEL: TermSource
TERM_SOURCE_URGENCY: TermSource
TERM_SOURCE_SENTIMENT: TermSource
TERM_SOURCE_PRIORITY_RULE: TermSource
MODEL_FLAVOUR_UNSPECIFIED: ModelFlavour
MODEL_FLAVOUR_FAST: ModelFlavour
MODEL_FLAVOUR_ACCURATE: ModelFlavour

class Ticket(_message.Message):
    __slots__ = ("subject", "content", "customer_type")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_TYPE_FIELD_NUMBER: _ClassVar[int]
    subject: str
    content: str
    customer_type: str
    def __init__(self, subject: _Optional[str] = ..., content: _Optional[str] = ..., customer_type: _Optional[str] = ...) -> None: ...

class Classification(_message.Message):
    __slots__ = ("category", "priority", "urgency", "sentiment", "language", "model_version", "rules_version")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    URGENCY_FIELD_NUMBER: _ClassVar[int]
    SENTIMENT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    category: CategoryAnswer
    priority: PriorityAnswer
    urgency: Urgency
    sentiment: SentimentAnswer
    language: LanguageAnswer
    model_version: str
    rules_version: str
    def __init__(self, category: _Optional[_Union[CategoryAnswer, _Mapping]] = ..., priority: _Optional[_Union[PriorityAnswer, _Mapping]] = ..., urgency: _Optional[_Union[Urgency, str]] = ..., sentiment: _Optional[_Union[SentimentAnswer, _Mapping]] = ..., language: _Optional[_Union[LanguageAnswer, _Mapping]] = ..., model_version: _Optional[str] = ..., rules_version: _Optional[str] = ...) -> None: ...

class CategoryAnswer(_message.Message):
    __slots__ = ("category", "confidence", "decider", "is_abstention", "alternatives", "abstention")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    DECIDER_FIELD_NUMBER: _ClassVar[int]
    IS_ABSTENTION_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    ABSTENTION_FIELD_NUMBER: _ClassVar[int]
    category: str
    confidence: float
    decider: Decider
    is_abstention: bool
    alternatives: _containers.RepeatedCompositeFieldContainer[CategoryScore]
    abstention: Abstention
    def __init__(self, category: _Optional[str] = ..., confidence: _Optional[float] = ..., decider: _Optional[_Union[Decider, str]] = ..., is_abstention: _Optional[bool] = ..., alternatives: _Optional[_Iterable[_Union[CategoryScore, _Mapping]]] = ..., abstention: _Optional[_Union[Abstention, str]] = ...) -> None: ...

class CategoryScore(_message.Message):
    __slots__ = ("category", "probability")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    category: str
    probability: float
    def __init__(self, category: _Optional[str] = ..., probability: _Optional[float] = ...) -> None: ...

class PriorityAnswer(_message.Message):
    __slots__ = ("priority", "reason")
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    priority: Priority
    reason: str
    def __init__(self, priority: _Optional[_Union[Priority, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class SentimentAnswer(_message.Message):
    __slots__ = ("sentiment", "score")
    SENTIMENT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    sentiment: Sentiment
    score: float
    def __init__(self, sentiment: _Optional[_Union[Sentiment, str]] = ..., score: _Optional[float] = ...) -> None: ...

class LanguageAnswer(_message.Message):
    __slots__ = ("language", "confidence", "second_language")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    SECOND_LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    language: str
    confidence: float
    second_language: str
    def __init__(self, language: _Optional[str] = ..., confidence: _Optional[float] = ..., second_language: _Optional[str] = ...) -> None: ...

class ClassifyTicketRequest(_message.Message):
    __slots__ = ("ticket",)
    TICKET_FIELD_NUMBER: _ClassVar[int]
    ticket: Ticket
    def __init__(self, ticket: _Optional[_Union[Ticket, _Mapping]] = ...) -> None: ...

class ClassifyTicketResponse(_message.Message):
    __slots__ = ("classification",)
    CLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    classification: Classification
    def __init__(self, classification: _Optional[_Union[Classification, _Mapping]] = ...) -> None: ...

class BatchClassifyTicketsRequest(_message.Message):
    __slots__ = ("tickets",)
    TICKETS_FIELD_NUMBER: _ClassVar[int]
    tickets: _containers.RepeatedCompositeFieldContainer[Ticket]
    def __init__(self, tickets: _Optional[_Iterable[_Union[Ticket, _Mapping]]] = ...) -> None: ...

class BatchClassifyTicketsResponse(_message.Message):
    __slots__ = ("classifications",)
    CLASSIFICATIONS_FIELD_NUMBER: _ClassVar[int]
    classifications: _containers.RepeatedCompositeFieldContainer[Classification]
    def __init__(self, classifications: _Optional[_Iterable[_Union[Classification, _Mapping]]] = ...) -> None: ...

class StreamClassifyTicketsRequest(_message.Message):
    __slots__ = ("id", "ticket")
    ID_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    id: str
    ticket: Ticket
    def __init__(self, id: _Optional[str] = ..., ticket: _Optional[_Union[Ticket, _Mapping]] = ...) -> None: ...

class StreamClassifyTicketsResponse(_message.Message):
    __slots__ = ("id", "classification", "error")
    ID_FIELD_NUMBER: _ClassVar[int]
    CLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    id: str
    classification: Classification
    error: TicketError
    def __init__(self, id: _Optional[str] = ..., classification: _Optional[_Union[Classification, _Mapping]] = ..., error: _Optional[_Union[TicketError, _Mapping]] = ...) -> None: ...

class TicketError(_message.Message):
    __slots__ = ("field", "description")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    field: str
    description: str
    def __init__(self, field: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...

class ExplainTicketRequest(_message.Message):
    __slots__ = ("ticket",)
    TICKET_FIELD_NUMBER: _ClassVar[int]
    ticket: Ticket
    def __init__(self, ticket: _Optional[_Union[Ticket, _Mapping]] = ...) -> None: ...

class ExplainTicketResponse(_message.Message):
    __slots__ = ("classification", "terms")
    CLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    classification: Classification
    terms: _containers.RepeatedCompositeFieldContainer[Term]
    def __init__(self, classification: _Optional[_Union[Classification, _Mapping]] = ..., terms: _Optional[_Iterable[_Union[Term, _Mapping]]] = ...) -> None: ...

class Term(_message.Message):
    __slots__ = ("text", "weight", "source")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    text: str
    weight: float
    source: TermSource
    def __init__(self, text: _Optional[str] = ..., weight: _Optional[float] = ..., source: _Optional[_Union[TermSource, str]] = ...) -> None: ...

class ListCategoriesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListCategoriesResponse(_message.Message):
    __slots__ = ("categories", "rules_version")
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    categories: _containers.RepeatedCompositeFieldContainer[Category]
    rules_version: str
    def __init__(self, categories: _Optional[_Iterable[_Union[Category, _Mapping]]] = ..., rules_version: _Optional[str] = ...) -> None: ...

class Category(_message.Message):
    __slots__ = ("slug", "name", "description", "is_learnt", "is_suggested")
    SLUG_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    IS_LEARNT_FIELD_NUMBER: _ClassVar[int]
    IS_SUGGESTED_FIELD_NUMBER: _ClassVar[int]
    slug: str
    name: str
    description: str
    is_learnt: bool
    is_suggested: bool
    def __init__(self, slug: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., is_learnt: _Optional[bool] = ..., is_suggested: _Optional[bool] = ...) -> None: ...

class GetModelRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetModelResponse(_message.Message):
    __slots__ = ("model", "rules_version")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    model: Model
    rules_version: str
    def __init__(self, model: _Optional[_Union[Model, _Mapping]] = ..., rules_version: _Optional[str] = ...) -> None: ...

class Model(_message.Message):
    __slots__ = ("version", "flavour", "trained_at", "data_from", "data_to", "metrics")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FLAVOUR_FIELD_NUMBER: _ClassVar[int]
    TRAINED_AT_FIELD_NUMBER: _ClassVar[int]
    DATA_FROM_FIELD_NUMBER: _ClassVar[int]
    DATA_TO_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    version: str
    flavour: ModelFlavour
    trained_at: _timestamp_pb2.Timestamp
    data_from: _timestamp_pb2.Timestamp
    data_to: _timestamp_pb2.Timestamp
    metrics: _containers.RepeatedCompositeFieldContainer[ModelMetric]
    def __init__(self, version: _Optional[str] = ..., flavour: _Optional[_Union[ModelFlavour, str]] = ..., trained_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., data_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., data_to: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., metrics: _Optional[_Iterable[_Union[ModelMetric, _Mapping]]] = ...) -> None: ...

class ModelMetric(_message.Message):
    __slots__ = ("name", "value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: float
    def __init__(self, name: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
