"""The commands of the exchange without a server: this laptop's address, people for another laptop, people from one."""

from __future__ import annotations

import argparse
import sys

from eolc_desktop.errors import InvalidValue
from eolc_desktop.services import carrying, laptops, people
from eolc_desktop.services.session import Session


def show_address(session: Session, given: argparse.Namespace) -> int:
    """Say this laptop's address, and write it into a file where one is named. Raises PrintFailed."""
    mine = laptops.my_address(session)
    print(f"The address of this laptop: {mine.text}")
    print(f"Its check words, to compare by voice: {mine.check_words}")
    if given.out is not None:
        laptops.save_address(session, given.out)
        print(f"It was saved as {given.out}.")
    return 0


def take_to(session: Session, given: argparse.Namespace) -> int:
    """Write people into a file that only one other laptop can open. Raises InvalidValue, NotAllowed, PrintFailed."""
    to = laptops.read_address(session, given.to)
    chosen = None
    if given.person:
        found = people.with_nhs_number(session, given.person)
        if len(found) != 1:
            many = f"{len(found)} people on this computer have that NHS number." if found else "Nobody here has it."
            raise InvalidValue(many, "Nothing was made.", "Please look for the person in the window.")
        chosen = [found[0].id]
    print(carrying.FILE_WORDS)
    print(f"It is made for the laptop with the check words {to.check_words}{f' ({to.name})' if to.name else ''}.")
    writing = carrying.begin_carrying(session, to, chosen, given.out)
    try:
        while (carried := carrying.carry_on(session, writing)) is None:
            pass
    finally:
        writing.give_up()
    for name, why in carried.not_among:
        print(f"  Not in the file: {name}. {why}")
    for name, why in carried.kept_here:
        print(f"  Stays on this computer: {name}. {why}")
    if not carried.people:
        print("There is nobody to take, and no file was made.", file=sys.stderr)
        return 1
    print(f"{_people(carried.people)} in {given.out}.")
    return 0


def bring_from(session: Session, given: argparse.Namespace) -> int:
    """Show who is in a file from another laptop, ask, and merge. Raises ImportRefused."""
    shown = carrying.look_into(session, given.file)
    met = "a laptop that you met before" if shown.is_met else "a laptop that this one has not met: compare by voice"
    print(f"From {shown.sender.name or 'another laptop'}, check words {shown.sender.check_words} ({met}).")
    for person in shown.people:
        print(f"  {person.name}{'' if person.is_new else ' (here already)'}")
        for words in (person.why_not, person.note):
            if words:
                print(f"    {words}")
    if not given.yes and not _agreed():
        print("Nothing was taken over.")
        return 1
    taken = carrying.take_over(session, shown)
    print(f"New here: {_people(taken.new_people)}. With something new: {_people(taken.changed_people)}.")
    print(f"Conflicts that wait for a person: {taken.conflicts}.")
    return 0


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("To take it over without being asked, add --yes.", file=sys.stderr)
        return False
    return input("Take this over? Type yes or no: ").strip().casefold() in ("yes", "y")
