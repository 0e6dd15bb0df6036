"""Services start in order, come back when they die, and stop in the reverse order."""

from dataclasses import dataclass, field

import pytest

from standalone.supervisor import ServiceFailedError, Supervisor


@dataclass(slots=True)
class FakeService:
    """A service that lives in memory and writes down what happens to it."""

    name: str
    events: list[str]
    starts: bool = True
    alive: bool = field(default=False, init=False)

    def start(self) -> None:
        self.events.append(f"start {self.name}")
        self.alive = self.starts

    def stop(self) -> None:
        self.events.append(f"stop {self.name}")
        self.alive = False

    def is_alive(self) -> bool:
        return self.alive

    def is_ready(self) -> bool:
        return self.alive

    def why_not(self) -> str:
        return f"See {self.name}.log."


@dataclass(slots=True)
class FakeClock:
    """Time that moves only when somebody sleeps."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def supervisor_of(*services: FakeService) -> tuple[Supervisor, FakeClock, list[str]]:
    """Return a supervisor on a fake clock, and what it says."""
    clock, said = FakeClock(), list[str]()
    return Supervisor(services, said.append, clock=clock, sleep=clock.sleep), clock, said


def test_services_start_in_order_and_stop_in_reverse() -> None:
    """The database, first, is the last to go."""
    events: list[str] = []
    supervisor, _, _ = supervisor_of(FakeService("database", events), FakeService("portal", events))
    supervisor.start()
    supervisor.stop()
    supervisor.stop()
    assert events == ["start database", "start portal", "stop portal", "stop database"]


def test_services_become_ready_side_by_side() -> None:
    """One that takes its time holds up only the end of the start, not the start of the others."""
    events: list[str] = []

    class Slow(FakeService):
        asked = 0

        def is_ready(self) -> bool:
            self.asked += 1
            return self.asked > 3

    supervisor, _, _ = supervisor_of(Slow("classifier", events), FakeService("portal", events))
    supervisor.start()
    assert events == ["start classifier", "start portal"]


def test_what_nobody_waits_for_starts_when_the_others_are_ready_and_stops_first() -> None:
    """Work in the background does not hold up what a person waits for."""
    events: list[str] = []
    clock = FakeClock()
    portal, scorer = FakeService("portal", events), FakeService("scorer", events, starts=False)
    supervisor = Supervisor([portal], list[str]().append, clock=clock, sleep=clock.sleep, background=[scorer])
    supervisor.start()
    supervisor.stop()
    assert events == ["start portal", "start scorer", "stop scorer", "stop portal"]


def test_a_service_that_does_not_start_names_its_log_and_the_rest_can_be_stopped() -> None:
    """A failed start is one sentence, and whatever ran is stopped by `stop`."""
    events: list[str] = []
    supervisor, _, _ = supervisor_of(FakeService("database", events), FakeService("portal", events, starts=False))
    with pytest.raises(ServiceFailedError, match=r"The portal did not start. See portal.log."):
        supervisor.start()
    supervisor.stop()
    assert events[-2:] == ["stop portal", "stop database"]


def test_a_service_that_never_becomes_ready_is_given_up() -> None:
    """Waiting for readiness ends."""

    class Hesitant(FakeService):
        def is_ready(self) -> bool:
            return False

    supervisor, clock, _ = supervisor_of(Hesitant("portal", []))
    with pytest.raises(ServiceFailedError):
        supervisor.start()
    assert clock.now == pytest.approx(supervisor.ready_seconds, abs=1)


def test_a_dead_service_is_restarted_after_a_backoff_that_doubles() -> None:
    """Restarts come after 1, 2, 4 ... seconds, never more than 30 apart."""
    service = FakeService("portal", [])
    supervisor, clock, said = supervisor_of(service)
    supervisor.start()
    waits = []
    for _ in range(7):
        service.alive = False
        died_at = clock.now
        while not service.alive:
            supervisor.watch_once()
            clock.sleep(0.5)
        waits.append(round(clock.now - died_at - 0.5))
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert said[0] == "The portal stopped; restarting it in 1 s."


def test_a_service_that_has_settled_starts_from_the_first_backoff_again() -> None:
    """One crash a day is not a crash loop."""
    service = FakeService("portal", [])
    supervisor, clock, said = supervisor_of(service)
    supervisor.start()
    for _ in range(2):
        service.alive = False
        for _ in range(3):
            supervisor.watch_once()
            clock.sleep(1)
        clock.sleep(60)
        supervisor.watch_once()
    assert said == ["The portal stopped; restarting it in 1 s."] * 2


def test_a_restart_that_fails_is_tried_again() -> None:
    """A program that is missing for a moment does not end the group."""

    class Missing(FakeService):
        def start(self) -> None:
            self.events.append("start")
            if len(self.events) == 2:
                raise FileNotFoundError(2, "No such file or directory", "portal")
            self.alive = True

    service = Missing("portal", [])
    supervisor, clock, said = supervisor_of(service)
    supervisor.start()
    service.alive = False
    while not service.alive:
        supervisor.watch_once()
        clock.sleep(0.5)
    assert any("cannot be restarted" in line for line in said)
    assert len(service.events) == 3
