"""What became of the targets of SLA policies."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Kind, Metric, count

_SLA_TARGETS = (("first_reply", "first reply"), ("next_reply", "next reply"), ("resolution", "resolution"))

_OF_STARTED = "Of the SLA targets of the tickets created in the period"
_STARTED = (
    (
        "",
        "SLA targets started",
        f"{_OF_STARTED}, all whose clock has started: each is met, missed, running, overdue or ended unanswered.",
        Better.NEITHER,
    ),
    ("_met", "Started targets met", f"{_OF_STARTED}, those met by now.", Better.HIGHER),
    ("_missed", "Started targets missed", f"{_OF_STARTED}, those missed by now.", Better.LOWER),
    (
        "_running",
        "Started targets running",
        f"{_OF_STARTED}, those neither done nor due at the latest refresh; a clock that stands still is running.",
        Better.NEITHER,
    ),
    (
        "_overdue",
        "Started targets overdue",
        f"{_OF_STARTED}, those due and not done at the latest refresh.",
        Better.LOWER,
    ),
    (
        "_ended_unanswered",
        "Started targets ended unanswered",
        f"{_OF_STARTED}, next replies that ended before they were due, because the ticket was solved.",
        Better.NEITHER,
    ),
)

SLA: Final[tuple[Metric, ...]] = (
    Metric(
        "sla_tickets_met",
        "SLA met",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Tickets with at least one SLA target met and none missed ÷ tickets with at least one met or missed. A ticket "
        "counts once, on the day its last target ended; a target that ends later, after a reopening, moves it.",
        "sla_tickets_met",
        "sla_tickets_judged",
        better=Better.HIGHER,
        pitfall="Lower than the share of targets met, as one missed target is enough. A target that still runs or is "
        "overdue does not count yet. Tickets marked as needing no answer have no reply targets.",
    ),
    count(
        "sla_tickets_missed",
        "Tickets with an SLA target missed",
        "tickets",
        "Tickets with at least one SLA target missed, on the day the ticket's last target ended.",
        better=Better.LOWER,
    ),
    Metric(
        "sla_attainment",
        "SLA targets met",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Targets met ÷ (met + missed), over first reply, next reply and resolution targets that ended in the period. A "
        "first reply that never came is missed, however early the ticket was solved; a next reply that never came is "
        "missed when the ticket was solved after it was due.",
        "sla_met",
        "sla_completed",
        better=Better.HIGHER,
        pitfall="Targets still running, overdue or ended unanswered are in neither, and are shown apart.",
    ),
    *(
        Metric(
            f"sla_{target}_attainment",
            f"SLA met, {label}",
            "share",
            Kind.SHARE,
            Anchor.HAPPENED,
            f"{label.capitalize()} targets met ÷ (met + missed), completed in the period.",
            f"sla_{target}_met",
            f"sla_{target}_completed",
            better=Better.HIGHER,
        )
        for target, label in _SLA_TARGETS
    ),
    count(
        "sla_breaches",
        "SLA targets missed",
        "targets",
        "Targets that ended in the period and were missed: done late, or never.",
        better=Better.LOWER,
    ),
    count(
        "ended_unanswered",
        "Ended unanswered",
        "targets",
        "Next replies that never came, because the ticket was solved before they were due. They are neither met nor "
        "missed.",
    ),
    *(
        count(f"sla_started{suffix}", label, "targets", definition, anchor=Anchor.CREATED, better=better)
        for suffix, label, definition, better in _STARTED
    ),
    Metric(
        "sla_source_met",
        "SLA met, says the source",
        "share",
        Kind.SHARE,
        Anchor.CREATED,
        "Of the tickets created in the period: those whose source says that its own SLA was met ÷ those of which it "
        "says that it was met or missed.",
        "sla_source_met",
        "sla_source_judged",
        better=Better.HIGHER,
        pitfall="The source's targets, clocks and calendars are not this desk's: see where the two agree.",
    ),
    Metric(
        "sla_source_agreement",
        "SLA verdicts that agree",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Tickets of which the source and this desk's policies say the same, met or missed ÷ tickets that both have "
        "judged.",
        "sla_both_agree",
        "sla_both_judged",
    ),
    *(
        count(slug, label, "tickets", f"Tickets that both have judged: {verdict}.")
        for slug, label, verdict in (
            ("sla_met_by_both", "SLA met by both readings", "met by the desk's policies, and by the source"),
            ("sla_missed_by_both", "SLA missed by both readings", "missed by the desk's policies, and by the source"),
            ("sla_missed_here_only", "SLA missed by ours alone", "missed by the desk's policies, met by the source"),
            ("sla_missed_there_only", "SLA missed by theirs alone", "met by the desk's policies, missed by the source"),
        )
    ),
)
