"""The log: what it may hold, and that nothing else gets into it, whoever writes."""

from __future__ import annotations

import ast
import logging
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop import logs
from eolc_desktop.errors import UserError
from eolc_desktop.logs import Plain, PrivateFormatter, describe, frames, shown
from eolc_desktop.paths import Profile

PACKAGE = Path(logs.__file__).parent
CANARIES = ("ZQXCANARY", "999 000 0018", "9990000018", "ZQXCANARY, Margaret Rose", "14 Mill Lane", "päärynä ŵ")


def formatted(message: str, *arguments: object, name: str = "eolc_desktop.record.journal") -> str:
    record = logging.LogRecord(name, logging.INFO, __file__, 1, message, arguments or None, None, "test")
    return PrivateFormatter().format(record)


@given(st.text(min_size=1) | st.sampled_from(CANARIES))
def test_no_text_is_written_whatever_it_is(text: str) -> None:
    canary = f"ZQX{text}ZQX"
    for message, value in (
        ("saved %s", canary),
        ("saved %r", canary),
        ("saved %s", [canary]),
        ("saved %s", {canary: canary}),
        ("saved %s", ValueError(canary)),
        ("saved %s", canary.encode()),
        ("saved %-20s", canary),
    ):
        assert "ZQX" not in formatted(message, value)


@given(st.integers(min_value=10_000_000))
def test_no_number_as_long_as_an_nhs_number_is_written(number: int) -> None:
    assert str(number) not in formatted("number %d", number)
    assert str(number) not in formatted("number %s", -number)


def test_what_helps_support_is_written() -> None:
    assert formatted("%d people in %s ms", 2000, 12.5).endswith("2000 people in 12.5 ms")
    assert formatted("%s failed: %s", Plain("a save"), type(KeyError())).endswith("a save failed: KeyError")
    entry = uuid.uuid4()
    assert entry.hex in formatted("entry %s", entry.hex)
    assert str(entry) in formatted("entry %s", str(entry))
    assert formatted("named %(count)d", {"count": 3}).endswith("named 3")


def test_a_user_error_shows_its_words_and_another_error_its_type() -> None:
    assert (
        shown(UserError("The disk is full.", "Nothing was lost.")) == "UserError: The disk is full. Nothing was lost."
    )
    assert shown(ValueError("ZQXCANARY")) == "ValueError"


def test_other_libraries_do_not_get_their_words_in() -> None:
    line = formatted("INSERT INTO person VALUES ('ZQXCANARY')", name="sqlalchemy.engine.Engine")
    assert "ZQXCANARY" not in line
    assert "sqlalchemy.engine.Engine" in line
    assert "test_logs.py" in line
    assert "ZQX" not in formatted("eolc_desktop_%s ZQX", "ZQX", name="eolc_desktop_other")


def test_a_wrong_number_of_values_writes_none_of_them() -> None:
    line = formatted("%s and %s", "ZQXCANARY")
    assert "ZQXCANARY" not in line
    assert "test_logs.py:1" in line


def deep(name: str, depth: int) -> None:
    if depth:
        deep(name, depth - 1)
    try:
        int(name)
    except ValueError as error:
        raise KeyError(name) from error


def test_an_exception_is_types_and_places() -> None:
    with pytest.raises(KeyError) as caught:
        deep("ZQXCANARY", 0)
    report = describe(caught.value)
    assert "ZQXCANARY" not in report
    assert report.splitlines()[0] == "KeyError"
    assert "caused by ValueError" in report
    assert "in deep" in report
    assert str(Path.home()) not in report
    assert str(PACKAGE.parent) not in report


def test_a_long_exception_is_cut_in_the_middle() -> None:
    with pytest.raises(KeyError) as caught:
        deep("x", 200)
    places = frames(caught.value.__traceback__)
    assert len(places) == logs.FRAMES_SHOWN + 1
    assert "more frames" in places[len(places) // 2]


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert describe(first).splitlines() == ["ValueError", "caused by KeyError"]


def test_a_group_names_what_it_holds() -> None:
    group = ExceptionGroup("ZQXCANARY", [ValueError("ZQXCANARY"), OSError("ZQXCANARY")])
    assert describe(group).splitlines() == ["ExceptionGroup", "  holding ValueError, OSError"]


@pytest.fixture
def log_file(profile: Profile) -> Iterator[Path]:
    handler = logs.start(profile.logs)
    yield profile.logs / logs.LOG_NAME
    logs.stop(handler)
    logging.raiseExceptions = True


def test_the_file_is_this_users_alone(log_file: Path) -> None:
    log = logging.getLogger("eolc_desktop.services.people")
    log.info("%d people", 12)
    try:
        raise ValueError("ZQXCANARY")
    except ValueError:
        log.info("reading failed", exc_info=True)
    text = log_file.read_text(encoding="utf-8")
    assert "12 people" in text
    assert "ValueError" in text
    assert "ZQXCANARY" not in text
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600


def test_the_files_stay_few_and_private(log_file: Path) -> None:
    log = logging.getLogger("eolc_desktop.services.people")
    handler = next(
        each for each in logging.getLogger().handlers if isinstance(each, logging.handlers.RotatingFileHandler)
    )
    handler.maxBytes = 2000
    for number in range(500):
        log.info("%d people", number)
    files = sorted(log_file.parent.glob(f"{logs.LOG_NAME}*"))
    assert len(files) == logs.OLD_FILES_KEPT + 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def log_calls() -> Iterator[tuple[Path, ast.Call]]:
    levels = {"debug", "info", "warning", "error", "critical", "exception", "log"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in levels
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in {"log", "logger", "logging"}
            ):
                yield path, node


def test_every_message_in_the_program_is_a_constant() -> None:
    """What is worked into the message itself, such as an f-string, is out of the formatter's sight."""
    wrong, seen = [], 0
    for path, call in log_calls():
        seen += 1
        message = call.args[1 if isinstance(call.func, ast.Attribute) and call.func.attr == "log" else 0]
        if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
            wrong.append(f"{path.relative_to(PACKAGE)}:{call.lineno}")
    assert seen > 3
    assert wrong == []


def test_nothing_in_the_program_vouches_for_what_it_reads() -> None:
    """`Plain` is for words of the program: a constant, the name of a piece of work, a report without values."""
    vouched = {
        f"{path.relative_to(PACKAGE)}: {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Plain"
        if not isinstance(node.args[0], ast.Constant)
    }
    assert vouched <= {
        "desktop/background.py: Plain(self.name)",
        "desktop/crash.py: Plain(category)",
        "desktop/crash.py: Plain(place[0] if place else 'an unnamed place')",
        "desktop/crash.py: Plain(report)",
        "desktop/restart.py: Plain('lock' if arguments else 'restart')",
        # The verb of a request, and the kind of resource it is for: letters alone, no id and no parameter.
        "sync/http.py: Plain(method)",
        "sync/http.py: Plain(request.kind)",
    }
