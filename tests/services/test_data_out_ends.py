"""Data out that does not come to its end, whatever ended it, leaves nothing of a file with plans in the clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.errors import Cancelled, PrintFailed, StoreFull, UserError
from eolc_desktop.record import audit
from eolc_desktop.services import data_out, exporting
from eolc_desktop.services.data_out import Job
from eolc_desktop.services.data_out_kinds import Kind
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.session import Session


@pytest.fixture
def crowd(session: Session) -> Session:
    made_up = replace(session, made_up=True)
    fill(made_up, 45, 7, years=2)
    return made_up


def half_written(session: Session, kind: Kind, folder: Path) -> Job:
    job = data_out.begin(session, kind, folder / kind.file_name)
    data_out.go_on(session, job)
    assert job.part.exists()
    assert job.part.stat().st_size > 1000
    return job


def to_its_end(session: Session, job: Job) -> None:
    while not job.is_done:
        data_out.go_on(session, job)


def actions(session: Session) -> list[str]:
    with session.store.reading() as connection:
        return [line.action for line in audit.lines(connection)]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "error",
    [
        UserError("Somebody is in doubt."),
        StoreFull("The disk is full."),
        OSError(28, "No space left on device"),
        ValueError(),
        MemoryError(),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_of_any_kind_leaves_nothing(
    crowd: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, error: BaseException
) -> None:
    job = half_written(crowd, kind, tmp_path)

    def fails(*_given: object) -> None:
        raise error

    monkeypatch.setattr(data_out, "_note_whose", fails)
    with pytest.raises(PrintFailed if isinstance(error, OSError) else type(error)):
        data_out.go_on(crowd, job)
    assert [path.name for path in tmp_path.iterdir() if "plans" in path.name or "extract" in path.name] == []
    assert actions(crowd)[-1] == "data out stopped"
    monkeypatch.undo()
    with pytest.raises(Cancelled):
        data_out.go_on(crowd, job)
    assert not job.part.exists(), "nor is it begun again by a step that was asked for before"


@pytest.mark.parametrize("fails_in", ["_what_leaves", "document_bundle"])
def test_a_plan_that_cannot_be_made_into_fhir_leaves_nothing(
    crowd: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_in: str
) -> None:
    job = half_written(crowd, Kind.FHIR, tmp_path)
    real: Callable[..., object] = getattr(exporting, fails_in)
    asked: list[object] = []

    def fails_at_the_third(*given: object) -> object:
        asked.append(given)
        if len(asked) == 3:
            raise UserError("This plan cannot be read.", "Nothing was changed.")
        return real(*given)

    monkeypatch.setattr(exporting, fails_in, fails_at_the_third)
    with pytest.raises(UserError, match="cannot be read"):
        to_its_end(crowd, job)
    assert not job.part.exists()
    assert not job.path.exists()


def test_a_disk_that_takes_no_note_either_leaves_nothing(
    crowd: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = half_written(crowd, Kind.CSV, tmp_path)

    def full(*_given: object, **_named: object) -> None:
        raise StoreFull("The disk is full.")

    monkeypatch.setattr(audit, "note", full)
    with pytest.raises(StoreFull):
        data_out.go_on(crowd, job)
    assert not job.part.exists()


def test_a_file_that_is_whole_is_not_taken_away_by_stopping_too_late(crowd: Session, tmp_path: Path) -> None:
    job = half_written(crowd, Kind.CSV, tmp_path)
    while not job.is_over:
        data_out.go_on(crowd, job)
    data_out.stop(crowd, job)
    assert job.path.exists()
    assert actions(crowd)[-1] == "data out"


def test_beginning_writes_nothing_yet(crowd: Session, tmp_path: Path) -> None:
    job = data_out.begin(crowd, Kind.CSV, tmp_path / "all.csv")
    assert not job.part.exists(), "whoever leaves the page at this moment leaves nothing behind"
