"""What illness and medicines are called in invented records. Names only: no dose here is advice."""

from __future__ import annotations

from random import Random

DIAGNOSES = (
    ("Cancer of the lung", "363358000", "Spread to the bones. No more chemotherapy."),
    ("Heart failure", "84114007", "Three stays in hospital since last winter."),
    ("Chronic obstructive pulmonary disease", "13645005", "Oxygen at home since spring."),
    ("Dementia", "52448006", "Needs help with everything; eats less each month."),
    ("Motor neurone disease", "37340000", "Speech goes in the evening."),
    ("Cancer of the pancreas", "363418001", "Found in summer; comfort from the start."),
    ("Chronic kidney disease", "709044004", "Has decided against dialysis."),
    ("Cancer of the breast", "254837009", "In the liver since last year."),
)
_OF_MEN = ("Cancer of the prostate", "399068003", "In the bones since last year.")
PROBLEMS = (
    ("Diabetes", "73211009"), ("High blood pressure", "38341003"), ("Osteoarthritis", "396275006"),
    ("Pressure sore", "399912005"), ("Depression", "35489007"), ("Stroke", "230690007"), ("MRSA carrier", ""),
)  # fmt: skip
PROBLEM_COMMENTS = ("Dressed twice a week.", "Tablets stopped; sugars no longer measured.", "Pain on moving only.")
DEVICES = (
    ("icd", "Implanted defibrillator, left side"), ("pacemaker", "Pacemaker"),
    ("urinary_catheter", "Long-term catheter"),    ("stoma", "Colostomy"), ("feeding_tube", "PEG"),
)  # fmt: skip
_OF_CANCER = "It has come back and there is no more treatment for it. I know what that means."
_OF_THE_HEART = "My heart is worn out. The tablets only keep it going."
_OF_THE_REST = "It will not get better now. Nobody has said so, but I can tell."
_OF_ALL = ("They said months. I stopped listening after that.", "I ask when I want to know. So far I have not asked.")
FAMILY_UNDERSTANDING = (
    "{close} knows that it cannot be cured and hopes for the summer.",
    "{close} was there when the doctor explained it.",
)
NOT_TALKED_ABOUT = ("No talk of how long. Today is enough.", "Not in front of the grandchildren.")
WHY_ON_REGISTER = ("Two emergency stays and losing weight.", "Named at the practice meeting by the district nurse.")
AKPS = ("Needs two to stand.", "Up for dinner, then back to bed.")
CONCERNS = ("Breathless on the stairs; worried about the nights.", "Pain in the back, and what will become of the dog.")
MEDICINE_WORDS = ("Blister pack, filled on Mondays.", "Takes them with yoghurt.")
MEDICINES = (
    ("Paracetamol", "tablet", "by mouth", "As on the label", "As on the label", "Pain"),
    ("Morphine sulfate modified release", "capsule", "by mouth", "As on the chart", "Morning and evening", "Pain"),
    ("Furosemide", "tablet", "by mouth", "As on the label", "In the morning", "Heart failure"),
    ("Senna", "tablet", "by mouth", "As on the label", "At night", "Constipation"),
    ("Levothyroxine", "tablet", "by mouth", "As on the label", "In the morning", "Thyroid"),
)
STOPPED = (
    ("Simvastatin", "No longer of use"), ("Ramipril", "Low blood pressure"), ("Apixaban", "Bleeding"),
)  # fmt: skip
STATEMENT = "Medicines for pain, sickness, restlessness and a rattling chest are in the house, with the chart."
WHERE_KEPT = (
    "Top of the wardrobe, back bedroom", "Blue tin on the fridge", "Locked box under the stairs",
)  # fmt: skip
WHO_HAS_KEY = ("No lock", "Key on the hook by the door", "The district nurses have the code")
JUST_IN_CASE = (
    ("Morphine sulfate", "10 mg in 1 ml"), ("Midazolam", "10 mg in 2 ml"), ("Levomepromazine", "25 mg in 1 ml"),
    ("Glycopyrronium bromide", "200 micrograms in 1 ml"),
)  # fmt: skip
PHARMACIES = ("Wharfe Pharmacy", "Bridge Street Chemist", "Moor View Pharmacy")


def diagnosis(dice: Random, *, is_woman: bool) -> tuple[str, str, str]:
    """An illness that this person may have: its name, its code, and how it has been."""
    thrown = dice.choice(DIAGNOSES)
    return _OF_MEN if thrown[0] == "Cancer of the breast" and not is_woman else thrown


def understanding(illness: str) -> tuple[str, ...]:
    """What somebody with this illness may say of it."""
    own = _OF_CANCER if "Cancer" in illness else _OF_THE_HEART if "eart" in illness else _OF_THE_REST
    return (own, *_OF_ALL)
