"""Pages about the service and about nobody in particular, as scenes play them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.services import our_service
from eolc_desktop.views.person.rail import SERVICES
from eolc_desktop.views.places import Place as Place_
from tests.screens import person_scenes
from tests.screens.stage import Stage

NEAR_HERE: tuple[dict[str, Value], ...] = (
    {
        "name": "Airedale night sitters", "kind": "nursing", "what": "A sitter from ten at night until seven.",
        "for_whom": "Anybody at home in the last weeks", "area": "LS20, LS21 and LS29", "hours": "Every night",
        "phone": "0113 496 0177", "refer": "Ring before four in the afternoon.", "checked_on": "2026-11-02",
    },
    {"name": "Young carers’ club", "kind": "children", "what": "Thursdays after school.", "phone": "0113 496 0188"},
)  # fmt: skip


def directory(stage: Stage) -> QWidget:
    """Services near here, with two of them."""
    if not _of_service(stage, "services"):
        for number, values in enumerate(NEAR_HERE):
            stage.on_store(our_service.save, "services", f"service{number}", values)
    shell = stage.shell()
    shell.places.go(Place_("entries", document="services"))
    stage.settle()
    return shell


def services_for_one(stage: Stage) -> QWidget:
    """The same, from one person's plan."""
    directory(stage)
    stage.clear()
    return person_scenes.plan(SERVICES)(stage)


def review(stage: Stage) -> QWidget:
    """The service looking at itself, with a colour that changed and a risk."""
    if not _of_service(stage, "risks"):
        colour: dict[str, Value] = {"colour": "amber", "action": "Ask every carer about nights.", "owner": "Jo Okafor"}
        stage.on_store(our_service.save, "ambitions", "a1", colour | {"colour": "red"})
        stage.on_store(our_service.save, "ambitions", "a1", colour | {"due": "2027-01-31"})
        risk: dict[str, Value] = {"what": "No night cover in LS29", "impact": "4", "likelihood": "3"}
        stage.on_store(our_service.save, "risks", "r1", risk | {"mitigation": "Sitters asked to extend."})
    return at("review")(stage)


def _of_service(stage: Stage, section: str) -> object:
    kept = stage.on_store(our_service.read)
    return isinstance(kept, Plan) and kept.entries(section)


def at(kind: str) -> Callable[[Stage], QWidget]:
    """A page of the window that is about nobody in particular."""

    def play(stage: Stage) -> QWidget:
        shell = stage.shell()
        shell.places.go(Place_(kind))
        stage.settle()
        return shell

    return play
