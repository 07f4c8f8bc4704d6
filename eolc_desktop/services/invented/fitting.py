"""What invented people say and are said to be, made to fit: to their faith, their illness, their answer, and the time.

Each takes what the dice threw and gives it back, or what fits in its place: so no other throw changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from eolc_desktop.care_plan.fields import Value

_MUSLIM = frozenset({"Muslim"})
_CATHOLIC = frozenset({"Roman Catholic"})
_OF_FAITH: Mapping[str, tuple[frozenset[str], str]] = {
    "To keep going to the mosque on Fridays for as long as I can.": (
        _MUSLIM, "To keep going to the club on Fridays for as long as I can.",
    ),
    "Prayer, five times a day.": (_MUSLIM, "My sister’s voice on the telephone."),
    "A priest, when it is near. Father Michael knows me.": (_CATHOLIC, "Somebody to sit with me, when it is near."),
    "Face me towards Mecca. {close} will say the words.": (_MUSLIM, "{close} will say a few words."),
    "The minister from Chapel, and the old hymns.": (
        frozenset({"Methodist", "Chapel", "Church of England", "Church of Scotland", "Pentecostal"}),
        "The old songs, the ones we danced to.",
    ),
    "Someone of my own faith to wash me afterwards, and the burial within a day if it can be done.": (
        _MUSLIM, "Someone who knew me to wash me afterwards.",
    ),
    "The Buddhist sutras played softly.": (frozenset({"Buddhist"}), "Some music, played softly."),
    "To fast on one day of Ramadan.": (_MUSLIM, "To have one more day at the sea."),
    "To hear the choir at Christmas.": (
        frozenset({"Methodist", "Chapel", "Church of England", "Church of Scotland", "Pentecostal", "Roman Catholic",
                   "Quaker", "Christian", "Seventh-day Adventist", "No religion", ""}),
        "To hear the choir once more.",
    ),
    "My faith.": (frozenset({"Methodist", "Chapel", "Church of England", "Church of Scotland", "Pentecostal",
                             "Roman Catholic", "Quaker", "Christian", "Seventh-day Adventist", "Muslim", "Sikh",
                             "Hindu", "Jain", "Buddhist"}), "My friends."),
    "The chapel, and no black.": (
        frozenset({"Methodist", "Chapel", "Church of England", "Church of Scotland", "Pentecostal", "Christian",
                   "Seventh-day Adventist"}),
        "Family and friends, and no black.",
    ),
    "Buried within a day, and washed by family.": (_MUSLIM, "Not on a Sunday."),
}  # fmt: skip
"""Sentences of one faith: whose they may be, and what anybody else says instead."""
_NOT_OF_FAITH: Mapping[str, tuple[frozenset[str], str]] = {
    "Cremation, and the band playing.": (_MUSLIM, "Burial, with the prayers at the mosque."),
}
_BANDS = ("days", "weeks", "months", "about_a_year", "more_than_a_year")
_LIVED = (14, 90, 300, 450)
"""Whoever lived so many days after it was judged was not judged to have less: days, weeks, months, about a year."""
_BAND_OF_STAGE = {"red": "days", "amber": "weeks", "green": "months", "blue": "about_a_year"}


def of_faith(sentence: str, faith: str) -> str:
    """The sentence, or what somebody of this faith says in its place."""
    may_say, instead = _OF_FAITH.get(sentence, (frozenset({faith}), ""))
    never, other = _NOT_OF_FAITH.get(sentence, (frozenset(), ""))
    return instead if faith not in may_say else other if faith in never else sentence


def to_answer(answer: Value, glad: tuple[str, ...], sorry: tuple[str, ...], turn: int) -> str:
    """The words that go with an answer: glad ones with yes, sorry ones with no, and either with what lies between."""
    among = glad if answer == "yes" else sorry if answer == "no" else (*glad, *sorry)
    return among[turn % len(among)]


def band(thrown: str, stage: Value, lived: int, died: bool) -> str:
    """A prognosis that fits the stage at that time, and how long the person lived after it was judged (so far, unless
    they have died): somebody who was here months later was not judged to have days."""
    least = sum(lived > days for days in _LIVED)
    wanted = _BANDS.index(_BAND_OF_STAGE.get(str(stage), thrown))
    most = min(least + 1, len(_BANDS) - 1) if died else len(_BANDS) - 1
    return _BANDS[min(max(wanted, least), most)]
