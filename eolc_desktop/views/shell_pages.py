"""The pages of the signed-in window: made when they are gone to, their modules loaded then; and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from eolc_desktop.views.caseload.page import CaseloadPage
from eolc_desktop.views.today import TodayPage

if TYPE_CHECKING:
    from eolc_desktop.desktop.background import Work
    from eolc_desktop.desktop.settings import Settings
    from eolc_desktop.models.key_file import Costs
    from eolc_desktop.models.keys import Unlocked
    from eolc_desktop.views.desk import Desk
    from eolc_desktop.views.places import Place
    from eolc_desktop.views.settings_page import SettingsPage
    from eolc_desktop.views.shell import Shell


@dataclass(frozen=True, slots=True)
class PageMakers:
    """How the pages that belong to one person, and the import, are made; the composition root fills it."""

    person: Callable[[Desk, str], QWidget]
    printing: Callable[[Desk, str, str], QWidget]
    importing: Callable[[Desk], QWidget]
    others: Mapping[str, Callable[[Desk, Place], QWidget]]
    """Every other page by its kind; a view that wants one says `desk.place_wanted` with its `Place`."""


class ShellPages:
    """Makes the page of a place, and connects what is asked for there with the window."""

    def __init__(self, shell: Shell, desk: Desk, makers: PageMakers, costs: Costs) -> None:
        self._shell = shell
        self._desk = desk
        self._makers = makers
        self._costs = costs
        self._settings: SettingsPage | None = None
        self._today_page: TodayPage | None = None

    def make(self, place: Place) -> QWidget:
        """The page of a place, made anew."""
        desk = self._desk
        match place.kind:
            case "person":
                return self._makers.person(desk, place.person_id)
            case "printing":
                return self._makers.printing(desk, place.person_id, place.document)
            case "importing":
                return self._makers.importing(desk)
            case "caseload":
                return self._caseload()
            case "settings":
                return self._settings_page()
            case "add_person":
                return self._add_person()
            case other if other in self._makers.others:
                return self._makers.others[other](desk, place)
        return self._today()

    def read_today(self) -> Work:
        """Have Today read before it is shown for the first time."""
        assert self._today_page is not None
        return self._today_page.read_first()

    def _today(self) -> QWidget:
        today = self._today_page = TodayPage(self._desk)
        today.person_chosen.connect(self._shell.open_person)
        today.continue_chosen.connect(self._shell.go_on_with)
        today.settings_wanted.connect(self._shell.show_settings)
        return today

    def _caseload(self) -> QWidget:
        caseload = CaseloadPage(self._desk)
        caseload.person_chosen.connect(self._shell.open_person)
        caseload.print_chosen.connect(self._shell.open_printing)
        return caseload

    def _settings_page(self) -> QWidget:
        from eolc_desktop.views.settings_page import SettingsPage  # noqa: PLC0415  few days need it

        settings = self._settings = SettingsPage(self._desk, self._costs)
        settings.settings_chosen.connect(self._shell.settings_chosen)
        settings.user_changed.connect(self._shell.take_user)
        settings.print_code_wanted.connect(self._shell.print_code_wanted)
        settings.save_code_wanted.connect(self._shell.save_code_wanted)
        return settings

    def _add_person(self) -> QWidget:
        from eolc_desktop.views.add_person import AddPersonPage  # noqa: PLC0415  with everything a form needs

        adding = AddPersonPage(self._desk)
        adding.person_added.connect(self._shell.open_added)
        adding.person_chosen.connect(self._shell.open_person)
        return adding

    # Settings stay once they are made: what is put into force elsewhere is shown there

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were put into force, where their page was made."""
        if self._settings is not None:
            self._settings.show_settings(settings)

    def choose_new_passphrase(self, proof: Unlocked) -> None:
        """Begin the choice of a new passphrase on the settings page, which is shown."""
        if self._settings is not None:
            self._settings.choose_new_passphrase(proof)
