"""Sharing that nobody asks for: after unlocking, after saving, on a timer, and when the network comes back."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from eolc_desktop.views.sharing.exchanging import Exchanging
from tests.sync.team_record import TeamRecord
from tests.views.conftest import Office

ONLINE = QNetworkInformation.Reachability.Online
AWAY = QNetworkInformation.Reachability.Disconnected


class Network(QObject):
    """What the computer knows of its network."""

    reachabilityChanged = Signal(object)
    reachable = AWAY

    def reachability(self) -> QNetworkInformation.Reachability:
        return self.reachable


def soon(office: Office) -> float:
    """Seconds until the next exchange by itself; it is made to come now."""
    timer = office.desk.sharing._next
    assert timer.isActive()
    waits = timer.remainingTime() / 1000
    with office.qtbot.waitSignal(office.desk.sharing.ended, timeout=20_000):
        timer.start(0)
    office.settle()
    return waits


def test_it_shares_after_unlocking_after_saving_and_then_in_a_rhythm(
    set_up: Office, record: TeamRecord, peggy: str
) -> None:
    office, sharing = set_up, set_up.desk.sharing
    assert not sharing._next.isActive(), "nobody has unlocked yet"
    sharing.begin()
    office.settle()
    assert soon(office) < 10, "at unlock"
    assert "She wishes it" in json.dumps(record.held)
    assert 200 < sharing._next.remainingTime() / 1000 < 400, "then every five minutes or so"
    office.write(peggy, "about_me", {"matters_most": "Her garden in the rain"})
    assert soon(office) < 10, "soon after something was saved"
    assert "in the rain" in json.dumps(record.held)
    office.desk.sharing.close()
    assert not sharing._next.isActive(), "never after locking"


def test_what_is_said_meanwhile_is_counted_from_what_was_done(set_up: Office, peggy: str) -> None:
    said: list[str] = []
    set_up.desk.sharing.went_on.connect(said.append)
    with set_up.qtbot.waitSignal(set_up.desk.sharing.ended, timeout=20_000):
        set_up.desk.sharing.share_now()
    assert (said[0], said[-1]) == ("Sharing…", "")
    assert any("sent 1" in words for words in said) or "Sharing: received 0 records; sent all…" in said
    assert all(words.startswith(("Sharing", "Example", "The clock")) for words in said[:-1]), said


def test_it_shares_when_the_network_comes_back(
    set_up: Office, record: TeamRecord, peggy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, sharing = set_up, set_up.desk.sharing
    network = Network()
    monkeypatch.setattr(QNetworkInformation, "loadBackendByFeatures", lambda _wanted: True)
    monkeypatch.setattr(QNetworkInformation, "instance", lambda: network)
    sharing.begin()
    office.settle()
    record.is_away = True
    for _ in range(8):
        soon(office)
    assert sharing._rhythm.failures == 8
    sharing._next.start(300_000)
    network.reachabilityChanged.emit(AWAY)
    assert sharing._next.remainingTime() > 200_000, "it is not there yet"
    network.reachable, record.is_away = ONLINE, False
    network.reachabilityChanged.emit(ONLINE)
    assert sharing._rhythm.failures == 0
    assert soon(office) < 10
    assert "She wishes it" in json.dumps(record.held)


def test_the_computer_is_asked_to_say_when_its_network_comes_back(
    set_up: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the computer can say so (a backend of Qt's is there); else the rhythm alone finds out."""
    heard: list[str] = []
    monkeypatch.setattr(Exchanging, "_on_network", lambda _self: heard.append("changed"))
    sharing = set_up.desk.sharing
    sharing.begin()
    set_up.settle()
    there = QNetworkInformation.instance()
    assert (sharing._network is not None) == (there is not None)
    if there is not None:
        there.reachabilityChanged.emit(ONLINE)
        assert heard == ["changed"]
