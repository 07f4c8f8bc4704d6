"""The settings file: whatever it holds, the program starts, and it locks."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.desktop.settings import LARGEST_FILE, Settings, ThemeName, load, save
from eolc_desktop.paths import Profile


def test_no_file_means_the_defaults(profile: Profile) -> None:
    loaded = load(profile.settings)
    assert loaded.settings == Settings()
    assert loaded.notice is None
    assert loaded.settings.idle_minutes == 5


settings = st.builds(
    Settings,
    theme=st.sampled_from(get_args(ThemeName)),
    text_percent=st.integers(-1000, 1000),
    idle_minutes=st.integers(-1000, 1000),
    has_large_targets=st.booleans(),
    has_custom_shortcuts=st.booleans(),
    window_geometry=st.sampled_from(["", "AdnQywADAAA="]),
)


@given(settings)
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, chosen: Settings) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    save(chosen, path)
    assert load(path).settings == chosen


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
numbers = st.integers(-1000, 100_000) | st.floats()
likely = st.fixed_dictionaries(
    {"idle_minutes": numbers | json_values, "text_percent": numbers | json_values},
    optional=dict.fromkeys(set(Settings.__slots__) - {"idle_minutes", "text_percent"}, json_values),
)


@given(
    likely.map(lambda found: json.dumps(found).encode())
    | json_values.map(lambda v: json.dumps(v).encode())
    | st.binary()
)
def test_whatever_the_file_holds_the_program_starts_and_locks(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(raw)
    loaded = load(path)
    found = loaded.settings
    assert 1 <= found.idle_minutes <= 15
    assert 100 <= found.text_percent <= 200
    assert type(found.idle_minutes) is type(found.text_percent) is int
    assert found.theme in get_args(ThemeName)
    assert type(found.has_large_targets) is type(found.has_custom_shortcuts) is bool
    assert isinstance(found.window_geometry, str)
    if loaded.notice is not None:
        assert not path.exists()
        assert path.with_name("settings.json.bad").read_bytes() == raw
        assert found == Settings()


def test_locking_cannot_be_turned_off_in_the_file(profile: Profile) -> None:
    profile.settings.write_text('{"idle_minutes": 99999, "text_percent": 20}')
    assert load(profile.settings).settings == Settings(idle_minutes=15, text_percent=100)


def test_true_is_not_a_number_of_minutes(profile: Profile) -> None:
    profile.settings.write_text('{"idle_minutes": true, "theme": "dark"}')
    assert load(profile.settings).settings == Settings(idle_minutes=5, theme="dark")


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[]", b'"x"', b"[" * 100_000, b" " * (LARGEST_FILE + 1)])
def test_a_bad_file_is_kept_aside_and_told(profile: Profile, raw: bytes) -> None:
    profile.settings.write_bytes(raw)
    loaded = load(profile.settings)
    assert loaded.settings == Settings()
    assert loaded.notice is not None
    assert "put aside" in loaded.notice.happened
    assert profile.settings.with_name("settings.json.bad").read_bytes() == raw
    assert load(profile.settings).notice is None, "it is told once"


def test_a_folder_in_its_place_does_not_stop_the_program(profile: Profile) -> None:
    profile.settings.mkdir()
    loaded = load(profile.settings)
    assert loaded.settings == Settings()
    assert loaded.notice is not None


def test_only_this_user_can_read_it(profile: Profile) -> None:
    save(Settings(theme="dark"), profile.settings)
    assert stat.S_IMODE(profile.settings.stat().st_mode) == 0o600
    assert sorted(path.name for path in profile.folder.iterdir() if path.is_file()) == ["settings.json"]


def test_a_save_that_fails_leaves_the_file_of_before(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Settings(theme="dark"), profile.settings)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(Settings(theme="light"), profile.settings)
    assert load(profile.settings).settings.theme == "dark"


def test_changing_keeps_the_limits() -> None:
    assert Settings().changed(text_percent=500).text_percent == 200
    assert Settings(theme="dark").changed(idle_minutes=0) == Settings(theme="dark", idle_minutes=1)


def test_a_path_is_all_it_needs(tmp_path: Path) -> None:
    save(Settings(), tmp_path / "anything.json")
    assert json.loads((tmp_path / "anything.json").read_text())["format"] == 1
