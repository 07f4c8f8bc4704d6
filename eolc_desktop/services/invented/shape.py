"""The outline of one invented person's life and plan, drawn before anything is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from random import Random

from eolc_desktop.care_plan.plan import Author
from eolc_desktop.services.invented.names import Name, invent_name, invent_relative
from eolc_desktop.services.invented.numbers import CARE_HOMES, HOSPICES, HOSPITALS, address
from eolc_desktop.services.invented.telling import COORDINATOR, NURSE, SECOND_NURSE, SPECIALIST


class Depth(IntEnum):
    """How far a plan has come."""

    BEGUN = 1  # somebody was there once
    TALKED = 2  # what matters has been asked
    DECIDED = 3  # decisions are recorded, and whom to call
    REVIEWED = 4  # looked at again, with changes
    OVER = 5  # the person has died


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything that the parts of a record have to agree on."""

    name: Name
    born: str
    home: str
    postcode: str
    depth: Depth
    days_known: int
    lives_alone: bool
    close: str
    close_relationship: str
    close_is_woman: bool
    hospice: str
    hospital: str
    care_home: str
    key_worker: Author

    @property
    def close_first(self) -> str:
        """The first name of the person closest to them."""
        return self.close.split()[0]

    @property
    def died_days_ago(self) -> int:
        """How long before the end of the record the person died, where they have."""
        return self.days_known // 10 + 1

    @property
    def named(self) -> dict[str, str]:
        """What sentences of the record leave a place for: who is close, who comes, and what is read at home."""
        language, code = self.name.language
        return {
            "{close}": self.close_first,
            "{worker}": self.key_worker.name.split()[0],
            "{language}": "large print" if code == "en" else language,
        }


def draw_shape(dice: Random, today: date) -> Shape:
    """Draw one person's outline."""
    name = invent_name(dice)
    depth = dice.choices(list(Depth), (12, 22, 26, 30, 10))[0]
    home, postcode = address(dice)
    relationship, close_is_woman = _closest(dice, name)
    kin = relationship not in ("neighbour", "friend")
    return Shape(
        name=name,
        born=_born(dice, today),
        home=home,
        postcode=postcode,
        depth=depth,
        days_known=dice.randrange(20, 60) + 30 * int(depth) * dice.randrange(1, 4),
        lives_alone=relationship not in ("wife", "husband", "partner") and dice.random() < 0.6,
        close=invent_relative(dice, name, close_is_woman, kin and dice.random() < 0.7),
        close_relationship=relationship,
        close_is_woman=close_is_woman,
        hospice=dice.choice(HOSPICES),
        hospital=dice.choice(HOSPITALS),
        care_home=dice.choice(CARE_HOMES),
        key_worker=dice.choice((NURSE, NURSE, SECOND_NURSE, SPECIALIST, COORDINATOR)),
    )


def _born(dice: Random, today: date) -> str:
    years = dice.choices((dice.randrange(19, 45), dice.randrange(45, 70), dice.randrange(70, 101)), (4, 22, 74))[0]
    born = today - timedelta(days=years * 365 + dice.randrange(1, 365))
    exactness = dice.random()
    if exactness < 0.012:
        return f"{born:%Y}"
    return f"{born:%Y-%m}" if exactness < 0.02 else born.isoformat()


def _closest(dice: Random, name: Name) -> tuple[str, bool]:
    drawn = dice.random()
    if drawn < 0.42:
        return (
            ("partner", dice.random() < 0.5)
            if drawn < 0.03
            else ("husband", False)
            if name.is_woman
            else ("wife", True)
        )
    relationship = dice.choice(("daughter", "daughter", "son", "niece", "sister", "brother", "neighbour", "friend"))
    if relationship in ("neighbour", "friend"):
        return relationship, dice.random() < 0.6
    return relationship, relationship in ("daughter", "niece", "sister")
