"""The key worker, the GP and the rest of the care team (D-07.6 to D-07.8)."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Kind, Need, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.item_classes import MAY_BE_UNKNOWN, fact
from eolc_desktop.care_plan.value_sets import code, value_set

ORDER = 20
YES = OnFamilyCopy.YES
FRESH_DAYS = 60  # K32

KEY_PEOPLE = Section(
    key="key_people",
    title="Key worker and GP",
    family_title="My key worker and my GP",
    part=Part.PEOPLE,
    fields=(
        fact(
            key="key_worker_name",
            label="Key worker",
            standard="D-07.6",
            family=YES,
            need=Need.READY,
            max_length=150,
            codes=(code("snomed", "719240009"),),
            family_label="My key worker",
        ),
        fact(key="key_worker_role", label="Key worker's role", standard="D-07.6", family=YES, max_length=150),
        fact(
            key="key_worker_phone",
            label="Key worker's telephone",
            standard="D-07.6",
            kind=Kind.PHONE,
            family=YES,
            need=Need.READY,
            age_limit_days=FRESH_DAYS,
        ),
        fact(
            key="key_worker_hours",
            label="When the key worker can be reached",
            standard="D-07.6",
            family=YES,
            need=Need.RECOMMENDED,
            max_length=150,
        ),
        fact(
            key="key_worker_deputy",
            label="Who stands in for the key worker",
            standard="D-07.6",
            family=YES,
            max_length=200,
            help="Name and telephone.",
        ),
        fact(
            key="gp_name",
            label="GP",
            standard="D-07.7",
            family=YES,
            need=Need.READY,
            max_length=150,
            may_be=MAY_BE_UNKNOWN,
            family_label="My GP",
        ),
        fact(
            key="gp_practice",
            label="GP practice",
            standard="D-07.7",
            family=YES,
            need=Need.READY,
            max_length=200,
            may_be=MAY_BE_UNKNOWN,
        ),
        fact(
            key="gp_practice_ods",
            label="Practice code (ODS)",
            standard="D-07.7",
            family=YES,
            max_length=12,
            help="For example: B83620.",
        ),
        fact(
            key="gp_practice_phone",
            label="Practice telephone",
            standard="D-07.7",
            kind=Kind.PHONE,
            family=YES,
            need=Need.RECOMMENDED,
        ),
    ),
)


CARE_TEAM = Section(
    key="care_team",
    title="Care team",
    family_title="The people who look after me",
    part=Part.PEOPLE,
    repeats=True,
    entry_name="member of the care team",
    entry_title=("name", "group", "organisation"),
    fields=(
        fact(key="name", label="Name", standard="D-07.8", family=YES, need=Need.RECOMMENDED, max_length=150),
        fact(
            key="group",
            label="Role",
            standard="D-07.8",
            kind=Kind.CHOICE,
            family=YES,
            need=Need.RECOMMENDED,
            options=value_set("care_group"),
        ),
        fact(key="organisation", label="Organisation", standard="D-07.8", family=YES, max_length=200),
        fact(
            key="phone_day",
            label="Telephone by day",
            standard="D-07.8",
            kind=Kind.PHONE,
            family=YES,
            need=Need.RECOMMENDED,
            age_limit_days=FRESH_DAYS,
        ),
        fact(
            key="phone_night", label="Telephone at night and weekends", standard="D-07.8", kind=Kind.PHONE, family=YES
        ),
        fact(key="key_worker", label="Is the key worker", standard="D-07.8", kind=Kind.YES_NO, family=YES),
        fact(key="speciality", label="Speciality", standard="D-07.8", kind=Kind.CODED),
        fact(key="team", label="Team", standard="D-07.8", family=YES, max_length=150),
        fact(key="grade", label="Grade", standard="D-07.8", max_length=150),
        fact(
            key="number",
            label="Registration number",
            standard="D-07.8",
            max_length=35,
            help="GMC, NMC or HCPC number.",
        ),
        fact(key="email", label="E-mail", standard="D-07.8", family=YES, max_length=254),
        fact(key="from_date", label="Involved since", standard="D-07.8", kind=Kind.DATE, family=YES),
        fact(key="until_date", label="Involved until", standard="D-07.8", kind=Kind.DATE, family=YES),
    ),
)

SECTIONS = (KEY_PEOPLE, CARE_TEAM)
