"""Laptops, a network and a server, driven by one seed: the same seed is the same history, on every computer."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch
from uuid import UUID

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Op
from eolc_desktop.care_plan.said import Place, content
from eolc_desktop.sync.effects import JSON, Draw, NoAnswer, RenewSignIn, Request, Response, Transaction
from eolc_desktop.sync.ports import ServerAbilities
from tests.sync.simulator import papers, plain_codec, quick
from tests.sync.simulator.laptop import CONSENT, KEPT, PLACES, Laptop
from tests.sync.simulator.oracle import Oracle, Violation, tables
from tests.sync.simulator.profile import Profile
from tests.sync.simulator.server import LONGEST, Server

LISTS_CHANGES = 0.5
"""So often a history has a server that is asked in one question for everything that changed."""
TORN = 3
"""Of so many histories one has a server that answers the entries of a batch one by one, while others write."""


@dataclass(eq=False)
class Message:
    """One request on its way: in the network, at the server, or its answer on the way back."""

    request: Request
    laptop: Laptop
    born: int
    token: int
    ghost: dict[str, Any] | None
    state: str = "sent"
    stamped: int = 0
    answer: Response | None = None
    first: Response | None = None  # of a batch that is answered in two parts
    cut: int = 0


@dataclass
class World:
    """One run."""

    seed: int
    profile: Profile | None = None
    papers: bool = False  # the PDF of each plan, files attached to it and Questionnaires are exchanged too
    stats: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        # From a chance of its own, so that what is not torn is the history that it was.
        self.tears = random.Random(f"torn {self.seed}")
        lists_changes = random.Random(f"lists changes {self.seed}").random() < LISTS_CHANGES
        torn = self.seed % TORN == TORN - 1
        self.profile = self.profile or Profile.of(self.chance, torn=torn, lists_changes=lists_changes)
        self.now = [0]
        self.server = Server(self.profile.habits, self.chance, self._commit)
        abilities = ServerAbilities(
            most_entries=self.profile.most_entries,
            create_guard=self.profile.habits.create_guard,
            begins_at_0=self.profile.habits.if_match_on_nothing_creates,
            etags_in_transactions=self.profile.habits.etags,
            lists_changes="_history" if self.profile.habits.lists_changes else "",
        )
        self.laptops = [
            Laptop(
                f"d{n}",
                self.chance,
                self.chance.randint(-600, 600),
                self.now,
                abilities,
                self.chance.choice([3, 20, 50]),
                self.papers,
            )
            for n in range(self.profile.laptops)
        ]
        self.oracle = Oracle(self.server, self.laptops)
        self.messages: list[Message] = []
        self.waiting: dict[str, Message] = {}
        self.quiet = False
        self.backup: Any = None

    def uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def run(self) -> World:
        """Everything: faults, then peace, then the reckoning. Raises Violation."""
        assert self.profile is not None
        quick.begin()
        plain_codec.begin()
        with (
            patch("eolc_desktop.sync.sealing.uuid4", self.uuid),
            patch("eolc_desktop.sync.reconciling.uuid4", self.uuid),
            patch("eolc_desktop.sync.beginning.uuid4", self.uuid),
            patch("eolc_desktop.sync.papers.uuid4", self.uuid),
            patch("eolc_desktop.sync.questionnaires.questionnaire", papers.questionnaire_once),
            patch("eolc_desktop.sync.receiving.urlencode", quick.urlencode),
            patch("eolc_desktop.sync.reconciling.conflict_in", quick.conflict_in),
            patch("eolc_desktop.sync.reconciling.stamps_in", quick.stamps_in),
            patch("eolc_desktop.sync.sealing.stamps_in", quick.stamps_in),
            patch("eolc_desktop.sync.papers.stamps_in", quick.stamps_in),
            patch("eolc_desktop.sync.questionnaires._name", quick.name_of_all_asked),
        ):
            self._begin_together()
            for tick in range(self.profile.steps):
                self._restore(tick)
                self._tick()
            self._settle_all()
        self.oracle.settled()
        self.stats["edits"] = sum(len(laptop.edits) for laptop in self.laptops)
        self.stats["conflicts"] = len({c for one in self.laptops for p in tables(one).open.values() for c in p})
        return self

    def _begin_together(self) -> None:
        """Two people whom every laptop knows from the beginning: most of what goes wrong needs two who meet."""
        self.quiet = self.server.is_quiet = True
        for _ in range(2):
            self._new_person(self.laptops[0], PLACES)
        for laptop in self.laptops:
            self._exchange(laptop)
        self.quiet = self.server.is_quiet = False

    def _new_person(self, laptop: Laptop, places: tuple[Place, ...]) -> None:
        person_id = self.uuid().hex
        laptop.record(person_id, ("person", MAIN, "family_name"), f"v:{laptop.new_id()}")
        laptop.record(person_id, CONSENT, "given")
        for place in places:
            laptop.record(person_id, place, f"v:{laptop.new_id()}")

    # Faults

    def _happens(self, likelihood: float) -> bool:
        return not self.quiet and self.chance.random() < likelihood

    def _restore(self, tick: int) -> None:
        assert self.profile is not None
        if not self.profile.restores:
            return
        if tick == self.profile.steps // 3:
            self.backup = self.server.snapshot()
        if tick == 2 * self.profile.steps // 3:
            self.server.restore(self.backup)
            self.oracle.was_restored = True
            self.oracle.restored_at = self.now[0]
            self.stats["restored"] += 1

    def _crash(self, laptop: Laptop) -> None:
        laptop.crash()
        self.waiting.pop(laptop.name, None)
        self.stats["crashes"] += 1

    def _step(self, laptop: Laptop, answer: Any) -> None:
        """Let the exchange of a laptop run until it waits for the network, ends, or the laptop crashes."""
        assert self.profile is not None
        effect = laptop.advance(answer)
        while effect is not None:
            if self._happens(self.profile.crashes):
                return self._crash(laptop)
            if isinstance(effect, Transaction):
                done = laptop.run(effect)
                self.stats["commits"] += 1
                if self._happens(self.profile.crashes):
                    return self._crash(laptop)
                effect = laptop.advance(done)
            elif isinstance(effect, RenewSignIn):
                laptop.token = self.server.token
                effect = laptop.advance(not self._happens(0.2))
            elif isinstance(effect, Draw):
                self.stats["drawn"] += 1
                content = papers.drawn(effect.plan)
                if self._happens(0.1):
                    self._user(laptop)  # drawing takes a while, and work goes on
                effect = laptop.advance(None if self._happens(0.1) else content)
            else:
                assert isinstance(effect, Request)
                if effect.meanwhile is not None:
                    laptop.run(effect.meanwhile)
                message = Message(effect, laptop, self.now[0], laptop.token, self._ghost(laptop, effect))
                self.messages.append(message)
                self.waiting[laptop.name] = message
                self.stats["requests"] += 1
                if self._happens(self.profile.crashes):
                    self._crash(laptop)
                return None
        return None

    def _ghost(self, laptop: Laptop, request: Request) -> dict[str, Any] | None:
        if request.method == "POST" and request.body is not None and request.body["type"] == "transaction":
            return self.oracle.leaving(laptop, request.body)
        return None

    def _commit(self, bundle: JSON, message: Message) -> None:
        assert message.ghost is not None
        self.oracle.commit(bundle, message.ghost)

    def _move(self, message: Message) -> None:
        """Bring a message one step on: to the server, through its commit, back to the laptop; or lose it."""
        assert self.profile is not None
        if self.now[0] - message.born > LONGEST:
            self.messages.remove(message)
        elif message.state == "sent":
            if self._happens(self.profile.lost):
                self.messages.remove(message)
                self.stats["requests lost"] += 1
                return
            message.state = "there"
            message.stamped = self.server.stamp()
        elif message.state == "there":
            self.server.now = self.now[0]
            message.answer = self._answered(message)
            if message.answer is None:
                return
            message.state = "answered"
            if message.answer.status in (404, 409, 412):
                self.stats["refused for a version"] += message.request.method == "POST"
            if self._happens(self.profile.repeated):
                again = Message(message.request, message.laptop, message.born, message.token, message.ghost)
                self.messages.append(again)
                self.stats["requests repeated"] += 1
        else:
            self.messages.remove(message)
            if self._happens(self.profile.lost):
                self.stats["answers lost"] += 1
            elif self.waiting.get(message.laptop.name) is message:
                del self.waiting[message.laptop.name]
                self._step(message.laptop, message.answer)
            else:
                self.stats["answers late"] += 1

    def _answered(self, message: Message) -> Response | None:
        """What the server answers; None while it has answered only the first part of a batch."""
        assert self.profile is not None
        body = message.request.body or {}
        entries = body.get("entry", [])
        is_read = body.get("type") == "batch" and all(e["request"]["method"] == "GET" for e in entries)
        if message.first is None and self.profile.torn and not self.quiet and is_read and len(entries) > 1:
            message.cut = self.tears.randrange(len(entries))  # 0: not torn
            if message.cut:
                message.first = self._answer_part(message, slice(message.cut))
                return None if message.first.status == 200 else message.first
        if message.first is None:
            return self.server.answer(message.request, message.token, message.stamped, message)
        rest = self._answer_part(message, slice(message.cut, None))
        if rest.status == 200 and rest.body is not None and message.first.body is not None:
            rest.body["entry"] = message.first.body["entry"] + rest.body["entry"]
        return rest

    def _answer_part(self, message: Message, part: slice) -> Response:
        body = message.request.body or {}
        asked = replace(message.request, body={**body, "entry": body["entry"][part]})
        return self.server.answer(asked, message.token, message.stamped, message)

    # Time

    def _tick(self) -> None:
        assert self.profile is not None
        self.now[0] += self.chance.random() < self.profile.speed
        self.server.now = self.now[0]
        if self.profile.habits.loses_token and self._happens(0.02):
            self.server.token += 1
        laptop = self.chance.choice(self.laptops)
        drawn = self.chance.random()
        pace = self.profile.pace
        if drawn < pace and self.messages:
            self._move(self.chance.choice(self.messages))
        elif laptop.name in self.waiting:
            if drawn < pace + self.profile.timeouts:
                del self.waiting[laptop.name]
                self.stats["time-outs"] += 1
                self._step(laptop, NoAnswer("No answer came in time."))
            elif drawn < pace + self.profile.timeouts + 0.1:
                self._user(laptop)
        elif laptop.steps is None:
            if drawn < pace + self.profile.edits:
                self._user(laptop)
            else:
                laptop.begin()
                self._step(laptop, None)

    def _settle_all(self) -> None:
        """The faults stop. Whatever was on its way arrives or dies; everybody exchanges and settles in turn."""
        self.quiet = self.server.is_quiet = True
        for message in list(self.messages):
            while message in self.messages:
                self._move(message)
        for laptop in self.laptops:
            self.waiting.pop(laptop.name, None)
            laptop.crash()
        for turn in range(12):
            for laptop in self.laptops:
                self.now[0] += LONGEST + 1
                self._exchange(laptop)
                # Whoever settles has just looked: what two settle at once is a conflict again, without end.
                if self._settle_conflicts(laptop):
                    self._exchange(laptop)
            if turn > 0 and self._at_rest():
                return
        # What has not come to rest by now is for the oracle to say.

    def _at_rest(self) -> bool:
        for laptop in self.laptops:
            ledger = tables(laptop)
            if any(p.waiting_since or p.staged for p in ledger.shared.values()) or ledger.change_sets("sent"):
                return False
            if any(c.is_open for p in ledger.open.values() for c in p.values()):
                return False
        try:
            self.oracle.settled()
        except Violation:
            return False
        return True

    def _exchange(self, laptop: Laptop) -> None:
        laptop.begin()
        self._step(laptop, None)
        moves = 0
        while laptop.steps is not None:
            moves += 1
            if moves > 4000:
                raise Violation(f"ENDLESS {laptop.name}")
            message = self.waiting[laptop.name]
            if message in self.messages:
                self._move(message)
            else:
                del self.waiting[laptop.name]
                self._step(laptop, NoAnswer("lost"))

    # Users

    def _settle_conflicts(self, laptop: Laptop) -> bool:
        settled = False
        for person_id in laptop.known_people():
            for conflict in list(laptop.ledger.conflicts(person_id)):
                if conflict.is_open:
                    laptop.settle(conflict, self.chance.choice(list(Choice)))
                    settled = True
        return settled

    def _user(self, laptop: Laptop) -> None:
        """What a user does at a moment of their choice, also while an exchange is under way."""
        assert self.profile is not None
        known = laptop.known_people()
        if not known or self.chance.random() < 0.04:
            self._new_person(laptop, PLACES if self.chance.random() < 0.3 else PLACES[:1])
            return
        # Most of what happens concerns a few people whom everybody looks after.
        person_id = self.chance.choice(sorted(known)[:2] if self.chance.random() < 0.7 else known)
        locked = laptop.locked(person_id)
        standing = laptop.ledger.version(person_id)
        if self.papers and self.chance.random() < 0.05:
            laptop.attach(person_id)
            return
        drawn = self.chance.random()
        if drawn < self.profile.consent_changes:
            if CONSENT not in locked:
                laptop.record(person_id, CONSENT, self.chance.choice(["withdrawn", "given", "best_interests"]))
        elif drawn < self.profile.consent_changes + self.profile.kept_back:
            entry = laptop.new_id()
            laptop.record(person_id, ("kept_back", entry, "what"), [self.chance.choice(list(KEPT))])
        elif drawn < 0.15:
            opened = [c for c in laptop.ledger.conflicts(person_id) if c.is_open]
            if opened:
                laptop.settle(self.chance.choice(opened), self.chance.choice(list(Choice)))
        elif drawn < 0.3:
            section, key = self.chance.choice(
                [("next_steps", "what"), ("allergy", "reaction"), ("admissions", "reason")]
            )
            laptop.record(person_id, (section, laptop.new_id(), key), f"v:{laptop.new_id()}")
        elif drawn < 0.4:
            places = [p for p in standing if p not in locked and content(standing[p], p) and p[0] != "kept_back"]
            if places:
                place = self.chance.choice(sorted(places))
                laptop.record(person_id, place, content(standing[place], place), Op.CONFIRM)
        elif drawn < 0.47:
            entries = sorted({p[:2] for p in standing if p[1] != MAIN and p[0] != "kept_back"})
            if entries:
                section, entry = self.chance.choice(entries)
                place = (section, entry, ENTRY_ITSELF)
                if not any(p[:2] == (section, entry) for p in locked) and (section != "escalation" or not locked):
                    now = content(standing.get(place), place)
                    laptop.record(
                        person_id, place, "current" if now else self.chance.choice(["withdrawn", "entered_in_error"])
                    )
        else:
            extra = [p for p in standing if p[0] in ("next_steps", "allergy", "admissions") and p[2]]
            place = self.chance.choice([*PLACES, *sorted(extra)])
            if place not in locked:
                laptop.record(person_id, place, f"v:{laptop.new_id()}")


def run(seed: int, profile: Profile | None = None, *, papers: bool = False) -> World:
    """One schedule. Raises Violation."""
    return World(seed, profile, papers).run()
