"""The fields that each kind of record takes from a file: limits, accepted words, and the names they often have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from analytics.vocabulary import CHANNELS, STATUSES
from etl.importing.vocabulary.ticket_fields import TICKET_FIELDS, FieldKind, TicketField

TICKETS: Final = "tickets"


@dataclass(frozen=True, slots=True)
class KindFields:
    """The fields of one kind of record.

    Attributes:
        slug: Name of the kind.
        fields: Name -> field, in the order in which a guess gives them their columns.
        needed: Fields without which a record means nothing; each has to have a column.
        key: Field that is a record's key where the file has no key column; "" where its content is.
        filled: Fields that have to hold something in every record, given or implied; besides those needed.
        implied: (field, other field, value): the field's value where it is blank and the other field is not.
        timed: Fields that need a time of day: a message at midnight would falsify every reply time.
        days: Fields that hold a calendar date.
        any_of: Fields of which a record has to hold at least one.
        copied: (field, other field): the field holds the other's cell as it stands.
        scaled: (field, other field): the field is a rating, and the other says on which scale; empty for none.
        dated: (field, its date, slug): the notice about records that have the field and not its date.
        names: Field -> what files call it, the likeliest first.
        words: Field -> words of its own: word -> value.
    """

    slug: str
    fields: Mapping[str, TicketField]
    needed: tuple[str, ...]
    key: str = ""
    filled: tuple[str, ...] = ()
    implied: tuple[tuple[str, str, str], ...] = ()
    timed: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    any_of: tuple[str, ...] = ()
    copied: tuple[tuple[str, str], ...] = ()
    scaled: tuple[str, str] | None = None
    dated: tuple[tuple[str, str, str], ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def strict(self) -> frozenset[str]:
        """Return the fields of which a cell that cannot be read keeps its row out."""
        return frozenset({*self.needed, *self.filled, "is_public", "is_automatic", *(self.scaled or ())})


def _named(*fields: TicketField) -> Mapping[str, TicketField]:
    return MappingProxyType({each.name: each for each in fields})


def _names(**texts: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(text.split(", ")) for name, text in texts.items()})


def _words(**groups: str) -> Mapping[str, str]:
    return MappingProxyType({word: value for value, words in groups.items() for word in words.split(", ")})


_EMAIL: Final = "email, e mail, email address, customer email, contact email, user email, mail, correo, adresse e mail"
_TICKET: Final = (
    "ticket, ticket id, ticket key, ticket number, ticket no, case number, case id, case, issue key, issue id, issue, "
    "conversation id, incident number, incident, request id, parent id, ticketnummer"
)
_KEY: Final = "id, comment id, message id, event id, interaction id, entry id, rating id"
_TIME: Final = "created at, created, timestamp, date, time, when, at, datum"
_MACHINE: Final = "is automatic, automatic, automated, is automated, bot, is bot, machine"

_CUSTOMERS: Final = KindFields(
    "customers",
    _named(
        TicketField("customer_email", FieldKind.ADDRESS, 255),
        TicketField("customer_name", FieldKind.PERSON, 500),
        TicketField("customer_type", FieldKind.NAME, 50),
        TicketField("organisation", FieldKind.NAME, 200),
        TicketField("joined_at", FieldKind.INSTANT),
        TicketField("churned_at", FieldKind.INSTANT),
    ),
    needed=("customer_email",),
    key="customer_email",
    names=_names(
        customer_email=_EMAIL,
        customer_name="customer name, name, full name, contact name, customer, kunde, nom, nombre, nome",
        customer_type="customer type, type, segment, customer segment, account type, tier, plan, kundentyp",
        organisation="organisation, organization, company, account, company name, account name, firma, empresa",
        joined_at="customer since, joined, joined at, created at, signed up, signup date, start date, since, "
        "joined on, registered at, registration date, kunde seit, kundin seit, vertragsbeginn, client depuis, "
        "date d'inscription, cliente desde, fecha de alta, data de cadastro",
        churned_at="churned at, churned, churn date, leaving date, left, left at, left on, cancelled at, canceled at, "
        "cancellation date, end date, ended at, terminated at, closed at, cancelled on, canceled on, cancelled, "
        "canceled, churned on, terminated on, terminated, ended on, closed on, gekündigt am, gekündigt, "
        "kündigungsdatum, kündigung am, vertragsende, austrittsdatum, résilié le, date de résiliation, parti le, "
        "cancelado el, fecha de cancelación, fecha de baja, dado de baja el, cancelado em, "
        "data de cancelamento, data de saída",
    ),
)
_AGENTS: Final = KindFields(
    "agents",
    _named(
        TicketField("agent_name", FieldKind.AGENT, 100),
        TicketField("email", FieldKind.ADDRESS, 255),
        TicketField("team", FieldKind.NAME, 100),
        TicketField("hired_on", FieldKind.INSTANT),
        TicketField("left_on", FieldKind.INSTANT),
    ),
    needed=("agent_name",),
    key="agent_name",
    days=frozenset({"hired_on", "left_on"}),
    names=_names(
        agent_name="agent name, agent, name, full name, user name, assignee, display name, mitarbeiter, nom",
        email=f"{_EMAIL}, agent email",
        team="team, group, department, queue, gruppe, equipe",
        hired_on="hired on, hired, hire date, hired at, hiring date, start date, joined, started on, eintritt, "
        "eintrittsdatum, eingestellt am, date d'embauche, embauché le, fecha de contratación, contratado el, "
        "data de contratação, data de admissão, contratado em",
        left_on="left on, left, leaving date, end date, terminated on, termination date, austritt, "
        "austrittsdatum, ausgeschieden am, left at, date de départ, parti le, fecha de baja, fecha de salida, "
        "data de saída, data de desligamento",
    ),
)
_INTERACTIONS: Final = KindFields(
    "interactions",
    _named(
        TicketField("ticket", FieldKind.TEXT, 200),
        TicketField("external_id", FieldKind.TEXT, 200),
        TicketField("happened_at", FieldKind.INSTANT),
        TicketField("direction", FieldKind.WORD, 20, None, ("inbound", "outbound")),
        TicketField("is_public", FieldKind.FLAG, 0, "t"),
        TicketField("is_automatic", FieldKind.FLAG, 0, "f"),
        TicketField("agent_name", FieldKind.AGENT, 100),
        TicketField("channel", FieldKind.WORD, 50, None, CHANNELS),
        TicketField("handle_time", FieldKind.DURATION, column="handle_seconds"),
        TicketField("content", FieldKind.TEXT, 1_000_000),
    ),
    needed=("ticket", "happened_at"),
    filled=("direction",),
    implied=(("direction", "agent_name", "outbound"),),
    timed=frozenset({"happened_at"}),
    names=_names(
        ticket=_TICKET,
        external_id=_KEY,
        happened_at=f"happened at, sent at, {_TIME}",
        direction="direction, author type, sender type, role, from",
        is_public="is public, public, visibility",
        is_automatic=_MACHINE,
        agent_name="agent, agent name, assignee, handled by, staff",
        channel="channel, via, interaction type, type, medium, source",
        handle_time="minutes, duration minutes, duration, handle time, handle minutes, time spent, minutes spent, "
        "duration seconds, seconds, time spent seconds, hours, work time, aht, time worked, dauer",
        content="text, body, content, message, comment, notes, note, description",
    ),
    words={
        "direction": _words(
            inbound="inbound, incoming, in, received, customer, requester, end user, user, contact, client",
            outbound="outbound, outgoing, out, sent, agent, staff, support, admin",
        ),
        "is_public": _words(t="public, reply, comment", f="private, internal, note, internal note"),
    },
)
_STATUSES: Final = KindFields(
    "statuses",
    _named(
        TicketField("ticket", FieldKind.TEXT, 200),
        TicketField("external_id", FieldKind.TEXT, 200),
        TicketField("status", FieldKind.WORD, 50, None, STATUSES),
        TicketField("changed_at", FieldKind.INSTANT),
        TicketField("changed_by", FieldKind.PERSON, 100),
        TicketField("is_automatic", FieldKind.FLAG, 0, "f"),
    ),
    needed=("ticket", "status", "changed_at"),
    timed=frozenset({"changed_at"}),
    names=_names(
        ticket=_TICKET,
        external_id=_KEY,
        status="status, new status, to status, new value, to, state, value",
        changed_at=f"changed at, changed, {_TIME}",
        changed_by="changed by, author, user, actor, agent, by, agent name",
        is_automatic=_MACHINE,
    ),
)
_RATINGS: Final = KindFields(
    "ratings",
    _named(
        TicketField("ticket", FieldKind.TEXT, 200),
        TicketField("external_id", FieldKind.TEXT, 200),
        TicketField("prompt", FieldKind.NAME, 200),
        TicketField("offered_at", FieldKind.INSTANT),
        TicketField("rated_at", FieldKind.INSTANT),
        TicketField("score", FieldKind.RATING, 0, None, ("1", "2", "3", "4", "5")),
        TicketField("source_score", FieldKind.TEXT, 200),
        TicketField("scale", FieldKind.NAME, 50),
        TicketField("comment", FieldKind.TEXT, 1_000_000),
    ),
    needed=("ticket",),
    any_of=("offered_at", "score"),
    copied=(("source_score", "score"),),
    scaled=("score", "scale"),
    dated=(("score", "rated_at", "answers_without_date"),),
    names=_names(
        ticket=_TICKET,
        external_id=f"survey id, response id, {_KEY}",
        prompt="prompt, survey, survey name, question, survey type",
        offered_at="offered at, offered, sent at, survey sent at, asked at",
        rated_at=f"rated at, rated, answered at, responded at, submitted at, completed at, {_TIME}",
        score="score, rating, csat, satisfaction, answer, response, stars, result, bewertung, nota, note",
        source_score="source score",
        scale="scale, rating scale",
        comment="comment, comments, feedback, text, reason, remarks",
    ),
)

FIELDS_OF: Final[Mapping[str, KindFields]] = MappingProxyType(
    {
        kind.slug: kind
        for kind in (
            KindFields(TICKETS, TICKET_FIELDS, ("created_at",)),
            _CUSTOMERS,
            _AGENTS,
            _INTERACTIONS,
            _STATUSES,
            _RATINGS,
        )
    }
)
"""Kind -> its fields."""
