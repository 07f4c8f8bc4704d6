"""NHS numbers, telephone numbers and addresses that nobody has: of the ranges kept for testing and for drama."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from random import Random

from eolc_desktop.care_plan.nhs_number import with_check_digit

KEPT_FREE = 100
"""The first numbers of the range (999 000 0000 to 999 000 0999) belong to the stories and the tests."""
_RANGE = 1_000_000 - KEPT_FREE
_STEP = 7919  # prime, and no divisor of the range: every number of it comes once
_NEVER_IN_A_POSTCODE = "CIKMOV"  # letters that end no postcode of the Royal Mail

TOWNS = (
    ("Otley", "LS21"), ("Guiseley", "LS20"), ("Ilkley", "LS29"), ("Keighley", "BD21"), ("Bingley", "BD16"),
    ("Shipley", "BD17"), ("Skipton", "BD23"), ("Bradford", "BD8"), ("Manningham", "BD9"), ("Headingley", "LS6"),
    ("Chapeltown", "LS7"), ("Harehills", "LS8"), ("Yeadon", "LS19"), ("Silsden", "BD20"),
)  # fmt: skip
_STREETS = (
    "Mill Lane", "Weir Close", "Chapel Row", "Station Road", "Bridge Street", "Victoria Terrace", "Back Fold",
    "Orchard Way", "Canal Side", "Moor View", "Beck Lane", "School Street", "Ash Grove", "Quarry Hill", "Tanner’s Yard",
    "Spring Gardens",
)  # fmt: skip
HOSPICES = ("Hill Hospice", "St Wilfrid’s Hospice", "Riverside Hospice")
HOSPITALS = ("Dale General Hospital", "Moorside Infirmary")
CARE_HOMES = ("Beckside Nursing Home", "The Laurels", "Wharfe View Care Home")
PRACTICES = (
    ("Bridge Street Surgery", "Y99001"), ("Beck Lane Medical Centre", "Y99002"), ("Moor View Practice", "Y99003"),
    ("Canal Road Health Centre", "Y99004"),
)  # fmt: skip


def nhs_numbers(dice: Random, taken: Collection[str] = ()) -> Iterator[str]:
    """Valid NHS numbers from the range that is never given to a real person, none twice and none that is taken."""
    start = dice.randrange(_RANGE)
    for place in range(_RANGE):
        number = with_check_digit(f"999{KEPT_FREE + (start + place * _STEP) % _RANGE:06d}")
        if number is not None and number not in taken:
            yield number


def landline(dice: Random) -> str:
    """A telephone number in Leeds of the range that Ofcom keeps for drama (0113 496 0000 to 0999)."""
    return f"0113 496 0{dice.randrange(1000):03d}"


def mobile(dice: Random) -> str:
    """A mobile number of the range that Ofcom keeps for drama (07700 900000 to 900999)."""
    return f"07700 900{dice.randrange(1000):03d}"


def address(dice: Random) -> tuple[str, str]:
    """An address without its postcode, and the postcode."""
    town, district = dice.choice(TOWNS)
    ending = dice.choice(_NEVER_IN_A_POSTCODE) + dice.choice(_NEVER_IN_A_POSTCODE)
    return f"{dice.randrange(1, 180)} {dice.choice(_STREETS)}\n{town}", f"{district} {dice.randrange(1, 10)}{ending}"
