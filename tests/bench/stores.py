"""Records of invented people, made once for each run, that the figures are measured on."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.clock import system_clock
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import open_store
from eolc_desktop.paths import Profile
from eolc_desktop.record import people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.users import User
from eolc_desktop.services import sign_in, tasks
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session

PASSPHRASE = "four walnuts beside the kettle"
SEED = 20261112
NURSE = sign_in.NewUser("Jo Okafor", "district nurse", "Airedale community team")


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed profile of so many people. `rows` are their lines of the caseload, in the order of their names."""

    profile: Profile
    place: StorePlace = field(repr=False)
    user: User
    rows: tuple[PersonRow, ...] = field(repr=False)
    seconds: float

    def copied_to(self, folder: Path) -> Kept:
        """A copy that may be written in, on the disk already: else the first save would wait for all of it."""
        shutil.copytree(self.profile.folder, folder)
        os.sync()
        profile = Profile(folder)
        place = StorePlace(profile.store, self.place.key, self.place.store_id)
        return Kept(profile, place, self.user, self.rows, self.seconds)

    def open(self) -> Session:
        """Open the record on this thread. Close `session.store` afterwards."""
        store = open_store(self.place.path, self.place.key, self.place.store_id)
        return Session(store, self.user, system_clock, built_in(), "bench", self.profile)


class Stores:
    """Makes each record when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[int, bool, int], Kept] = {}

    def of(self, count: int, *, histories: bool = True, years: int = 0) -> Kept:
        """The record of so many people, each with a history; or with one plan in forty whole, which is made sooner.

        With `years`, the caseload of a service over so many years, of whom most have died.
        """
        wanted = count, histories, years
        if wanted not in self._made:
            self._made[wanted] = self._make(*wanted)
        return self._made[wanted]

    def _make(self, count: int, histories: bool, years: int) -> Kept:
        began = time.monotonic()
        over = f"-over-{years}-years" if years else ""
        profile = Profile(self._folder / f"{count}-people{'' if histories else '-as-they-stand'}{over}")
        if not profile.store.exists():
            _fill(profile, count, histories, years)
        came_in = sign_in.unlock(profile, PASSPHRASE)
        try:
            session = begin_session(came_in.store, came_in.user_id, profile, system_clock)
            while tasks.get_ready(session):  # as on every day but that of an upgrade
                pass
            with came_in.store.reading() as connection:
                rows = people.listed(connection, limit=count).rows
        finally:
            came_in.store.close()
        return Kept(profile, came_in.store.place, session.user, rows, time.monotonic() - began)


def _fill(profile: Profile, count: int, histories: bool, years: int) -> None:
    """Make the record beside its place and move it there when it is whole: one that was broken off is never used."""
    making = Profile(profile.folder.with_name(f"{profile.folder.name}-being-made"))
    shutil.rmtree(making.folder, ignore_errors=True)
    first = make_record(making, NURSE, PASSPHRASE, system_clock, made_up=True)
    try:
        fill(begin_session(first.store, first.user_id, making, system_clock), count, SEED, histories, years)
    finally:
        first.store.close()
    making.folder.rename(profile.folder)
