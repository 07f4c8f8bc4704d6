"""The address of this laptop, and the laptops that files were made for or came from."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from eolc_desktop.errors import InvalidValue
from eolc_desktop.models import carried_file
from eolc_desktop.models.carried_file import Address
from eolc_desktop.record import users
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.restoring import CARRYING_KEY
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

MET = "laptops_met"
"""The fact that holds the laptops that files were made for or came from, as JSON."""
ADDRESS_NAME = "laptop-address.txt"


@needs(Right.SHARE)
def my_address(session: Session) -> Address:
    """The address of this laptop, for a file that only it can open. It is made when it is first asked for."""
    return carried_file.address_of(private_key(session), called(session))


@needs(Right.SHARE)
def laptops_met(session: Session) -> tuple[Address, ...]:
    """The laptops that files were made for, or came from, the latest first."""
    with session.store.reading() as connection:
        kept = json.loads(users.known(connection, MET) or "[]")
    return tuple(Address(base64.b64decode(one["key"]), str(one["name"])) for one in kept)


@needs(Right.SHARE)
def save_address(session: Session, path: Path) -> None:
    """Write this laptop's address into a file, for the other laptop to read. Raises PrintFailed."""
    mine = my_address(session)
    write_private(session, path, f"{mine.text}\n{mine.name}\n".encode())


@needs(Right.SHARE)
def read_address(_session: Session, path: Path) -> Address:
    """The address in a file that another laptop wrote. Raises InvalidValue."""
    try:
        lines = path.read_bytes()[:2000].decode("utf-8", "replace").splitlines()
    except OSError:
        raise InvalidValue("This file cannot be read.", "Nothing was made.", "", "address") from None
    name = "".join(letter for letter in (lines[1] if len(lines) > 1 else "") if letter.isprintable())
    return carried_file.address_in(lines[0] if lines else "", name[:120])


@needs(Right.SHARE)
def called(session: Session) -> str:
    """What another laptop is told that this one is called."""
    return ", ".join(part for part in (session.user.name, session.user.organisation) if part)


@needs(Right.SHARE)
def private_key(session: Session) -> bytes:
    """This laptop's private key for files from others; made when it is first asked for."""
    with session.store.writing() as connection:
        kept = users.known(connection, CARRYING_KEY)
        if not kept:
            kept = base64.b64encode(carried_file.new_key()).decode()
            users.know(connection, CARRYING_KEY, kept)
    return base64.b64decode(kept)


@needs(Right.SHARE)
def meet(session: Session, laptop: Address) -> None:
    """Keep that a file was made for a laptop, or came from it."""
    others = [one for one in laptops_met(session) if one.key != laptop.key]
    named = [{"key": base64.b64encode(one.key).decode(), "name": one.name} for one in (laptop, *others)]
    with session.store.writing() as connection:
        users.know(connection, MET, json.dumps(named[:50]))
