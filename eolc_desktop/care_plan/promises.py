"""The wording of the six commitments and of the seven questions of the compact, and which evidence belongs to which.

The six lines are those of the Government's response to the Choice review, "Our Commitment to you for end of life
care" (gov.uk, 5 July 2016, Open Government Licence v3). The seven questions are the Swedish Patientkontrakt's (SKR,
2022) in the English of this project's client, who says "caregiver" for whoever provides the care: that wording is
kept, and a plain British one stands beside it, because to a British family a caregiver is themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.care_plan.fields import Option
from eolc_desktop.care_plan.value_sets import value_set

COMMITMENTS_HEADING = "Our commitment to you"
COMMITMENTS_LEAD = "To support people approaching the end of their lives to:"
COMMITMENTS_SOURCE = (
    "From “Our Commitment to you for end of life care”, the Government’s response to the Review of Choice, July 2016. "
    "Contains public sector information licensed under the Open Government Licence v3.0."
)


@dataclass(frozen=True, slots=True)
class Commitment:
    """One of the six commitments: its short name, the published line, and what it means in plain words."""

    number: int
    title: str
    wording: str
    plain: str

    @property
    def id(self) -> str:
        """The id of its entry in the section `commitments`."""
        return str(self.number)

    @property
    def evidence(self) -> tuple[Option, ...]:
        """The kinds of evidence that belong to this commitment."""
        return value_set(f"evidence_{self.number}")


COMMITMENTS = (
    Commitment(
        1,
        "Honest conversations",
        "have honest discussions with care professionals about their needs and preferences",
        "We talk with you openly about what you need and what you would prefer.",
    ),
    Commitment(
        2,
        "Informed decisions",
        "make informed choices about their care",
        "You have what you need to know, in a form that suits you, to choose your care.",
    ),
    Commitment(
        3,
        "Developing a personalised care plan",
        "develop and document a personalised care plan",
        "You and we make a plan that is yours, and write it down.",
    ),
    Commitment(
        4,
        "Sharing the plan with professionals",
        "discuss their personalised care plans with care professionals",
        "The people who care for you know your plan and have talked about it with you.",
    ),
    Commitment(
        5,
        "Involving family as much as you wish",
        "involve their family, carers and those important to them in all aspects of their care as much as they want",
        "Those close to you take part as much as you want, and no more.",
    ),
    Commitment(
        6,
        "Knowing who to contact",
        "know who to contact for help and advice at any time",
        "You know whom to ring for help and advice, day or night.",
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven questions: the wording that is kept, a plain British one, and the same asked of the team."""

    number: int
    wording: str
    plain: str
    asked_of_team: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The key of its answer in the section `compact`."""
        return f"q{self.number}"


QUESTIONS = (
    Question(
        1,
        "Can you live your life fully – trusting that if you need healthcare, you know it will be easy to get help?",
        "Can you get on with living, trusting that help will be easy to get when you need it?",
        "Do we know whether the person trusts that help will be easy to get?",
    ),
    Question(
        2,
        "Do you have an agreement with your caregiver from the perspective of what matters to you, where you know: "
        "what to do to feel healthy; what to do if you are sick; what your caregiver will be doing to support you?",
        "Do you and your care team have an agreement that starts from what matters to you?",
        "Do we have an agreement with the person that starts from what matters to them?",
        (
            ("q2_well", "What I do to feel as well as I can"),
            ("q2_ill", "What I do if I become ill"),
            ("q2_team", "What my care team will do"),
        ),
    ),
    Question(
        3,
        "Is it easy for you to have access to your caregiver?",
        "Is it easy for you to reach your care team?",
        "Does the person have easy ways to reach us?",
    ),
    Question(
        4,
        "Do you have continuity with your caregiver (when it is needed)?",
        "Do you see the same people from your care team, when that matters to you?",
        "Do we offer the person a named contact, when it is needed?",
    ),
    Question(
        5,
        "Do you know your next step?",
        "Do you know what happens next?",
        "Does the person always know their next step?",
    ),
    Question(
        6,
        "Do you and your caregiver have an agreement on your next appointment?",
        "Have you and your care team agreed when you will next be in touch?",
        "Have we agreed the next contact together with the person?",
    ),
    Question(
        7,
        "Do you have an overview of your different plans in healthcare and support with coordination "
        "when it is needed?",
        "Can you see all your plans in one place, and does someone help to join them up when you need it?",
        "Does the person have an overview of their plans, and help with joining them up?",
    ),
)


def evidence_options() -> tuple[Option, ...]:
    """The kinds of evidence for all six commitments, in their order."""
    return tuple(option for commitment in COMMITMENTS for option in commitment.evidence)
