"""One window for one profile, with real processes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.single_instance import LONGEST_SOCKET_PATH, SingleInstance, addresses
from eolc_desktop.paths import Profile

ROOT = Path(__file__).resolve().parents[2]

SECOND = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from eolc_desktop.desktop.single_instance import SingleInstance
    app = QCoreApplication([])
    instance = SingleInstance(Path(sys.argv[1]))
    if instance.claim():
        if "hold" not in sys.argv:
            print("claimed", flush=True)
        else:
            from eolc_desktop.desktop.crash import refuse_memory_dumps
            refuse_memory_dumps()
            instance.listen()
            instance.raise_asked.connect(lambda: print("raise", flush=True))
            print("claimed", flush=True)
            app.exec()
    else:
        print("asked" if instance.ask_first_to_show() else "no answer", flush=True)
    """
)


@pytest.fixture
def first(profile: Profile, qapp: QApplication) -> Iterator[SingleInstance]:
    made = SingleInstance(profile.lock)
    assert made.claim()
    made.listen()
    yield made
    made.release()


def start(profile: Profile, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(profile.lock), *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def other(profile: Profile) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the profile and listens."""
    running = start(profile, "hold")
    assert running.stdout is not None
    assert running.stdout.readline() == "claimed\n"
    yield running
    running.kill()
    running.communicate()


def test_a_second_start_raises_the_first_and_ends(profile: Profile, first: SingleInstance, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.raise_asked, timeout=30_000):
        second = start(profile)
    out, _ = second.communicate(timeout=30)
    assert out == "asked\n"


def test_the_first_can_be_another_process(profile: Profile, other: subprocess.Popen[str], qapp: QApplication) -> None:
    second = SingleInstance(profile.lock)
    assert not second.claim()
    assert second.ask_first_to_show()
    assert other.stdout is not None
    assert other.stdout.readline() == "raise\n"


def test_a_killed_first_leaves_nothing_in_the_way(profile: Profile, other: subprocess.Popen[str], qtbot: QtBot) -> None:
    other.kill()
    other.wait(30)
    later = SingleInstance(profile.lock)
    assert later.claim(), "the lock of a dead process stands in the way"
    later.listen()
    with qtbot.waitSignal(later.raise_asked, timeout=30_000):
        second = start(profile)
    assert second.communicate(timeout=30)[0] == "asked\n"
    later.release()


def test_a_laptop_that_slept_for_weeks_keeps_its_lock(profile: Profile, first: SingleInstance, qtbot: QtBot) -> None:
    weeks_ago = profile.lock.stat().st_mtime - 30 * 24 * 3600
    os.utime(profile.lock, (weeks_ago, weeks_ago))
    with qtbot.waitSignal(first.raise_asked, timeout=30_000):
        second = start(profile)
    assert second.communicate(timeout=30)[0] == "asked\n"


def test_after_release_the_profile_is_free(profile: Profile, first: SingleInstance) -> None:
    first.release()
    assert start(profile).communicate(timeout=30)[0] == "claimed\n"


def test_a_first_that_hangs_is_told_apart(profile: Profile, qapp: QApplication) -> None:
    silent = SingleInstance(profile.lock)
    assert silent.claim()
    second = start(profile)
    assert second.communicate(timeout=30)[0] == "no answer\n"
    silent.release()


def test_the_socket_is_this_users_alone(profile: Profile, first: SingleInstance) -> None:
    path = Path(addresses(profile.lock)[0])
    assert stat.S_ISSOCK(path.stat().st_mode)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("words", [b"", b"x", b"raise the dead", b"\0" * 100_000])
def test_other_words_are_not_obeyed(first: SingleInstance, profile: Profile, qtbot: QtBot, words: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(addresses(profile.lock)[0])
    assert socket.waitForConnected(2000)
    if words.startswith(b"raise"):
        words = words[1:]
    with qtbot.assertNotEmitted(first.raise_asked, wait=50):
        socket.write(QByteArray(words))
        socket.flush()
    socket.abort()
    # It still listens.
    with qtbot.waitSignal(first.raise_asked, timeout=30_000):
        second = start(profile)
    assert second.communicate(timeout=30)[0] == "asked\n"


def test_a_deep_profile_folder_has_a_socket_that_fits(tmp_path: Path, qtbot: QtBot) -> None:
    deep = Profile(tmp_path / ("long-" * 20) / "profile")
    deep.make_private()
    assert len(os.fsencode(addresses(deep.lock)[0])) <= LONGEST_SOCKET_PATH
    made = SingleInstance(deep.lock)
    assert made.claim()
    made.listen()
    with qtbot.waitSignal(made.raise_asked, timeout=30_000):
        second = start(deep)
    assert second.communicate(timeout=30)[0] == "asked\n"
    made.release()


def test_a_folder_someone_else_can_enter_is_not_used(tmp_path: Path) -> None:
    deep = tmp_path / ("long-" * 20) / "in-use.lock"
    private = Path(addresses(deep)[0]).parent
    private.chmod(0o755)
    try:
        assert addresses(deep) == (str(deep.with_name("raise.socket")),)
    finally:
        private.chmod(0o700)


def test_two_profiles_do_not_meet(tmp_path: Path, first: SingleInstance) -> None:
    other = Profile(tmp_path / "other")
    other.make_private()
    assert start(other).communicate(timeout=30)[0] == "claimed\n"
