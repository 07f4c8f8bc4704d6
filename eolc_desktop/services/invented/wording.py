"""What professionals write, briefly and plainly, in invented records. Nothing here is advice: no doses, no scores."""

from __future__ import annotations

ALLERGENS = (
    ("Penicillin", "764146007", "rash"), ("Codeine", "387494007", "sick, and confused"),
    ("Latex", "111088007", "hives"),
    ("Elastoplast", "", "skin comes up in blisters"), ("Morphine", "373529000", "itching"),
    ("Nuts", "13577000", "swollen face"),
    ("Trimethoprim", "387170002", ""), ("Iodine", "44588005", "rash"), ("Eggs", "102263004", "stomach cramps"),
)  # fmt: skip
EVIDENCE = {
    "1": (
        "Talked at the kitchen table for an hour. Did not want to talk about dates.",
        "Asked what they knew already, and told the rest.",
    ),
    "2": (
        "Gave the hospice leaflet in large print and went through it.",
        "Explained what CPR is, and what it is not.",
    ),
    "3": ("Read the plan back and changed two things.", "Plan written together, copy in the yellow folder."),
    "4": (
        "Sent to the out-of-hours service, and rang to hear that it had arrived.",
        "Told the ambulance service of the plan.",
    ),
    "5": (
        "Met with {close} present, as {they} had asked.",
        "Asked how much the family should know: the outline only.",
    ),
    "6": ("Card put on the fridge and read back.", "Rang the number together, to see who answers."),
}
EVIDENCE_CODES = {
    "1": "acp_discussed", "2": "written_information", "3": "has_plan", "4": "shared_with_out_of_hours",
    "5": "acp_discussed_with_family", "6": "copy_given",
}  # fmt: skip
NEXT_ACTION = {
    "1": "Come back to it when {close} is here.", "2": "Bring the leaflet in {language}.",
    "3": "Finish the plan at the next visit.", "4": "Ask the GP practice to confirm that it has the plan.",
    "5": "Ask who should be there next time.", "6": "Put the card up and read it back.",
}  # fmt: skip
REASONS_AGAINST_CPR = (
    "Advanced {illness}: CPR would not work, and would not be what {they} would want.",
    "Frailty and {illness}. The burdens would be greater than any benefit.",
)
OWN_REASONS_AGAINST_CPR = (
    "{Their} own wish, after a full conversation. CPR would be unlikely to work.",
    "Advanced {illness}; {they} said clearly that CPR is not wanted.",
)
REASON_FOR_CPR = "Reversed at {their} request after treatment went well; the earlier decision no longer stands."
FORM_PLACES = (
    "Yellow folder on the hall table", "Kitchen drawer under the kettle", "On the back of the bedroom door",
    "Message in a bottle, fridge door", "With {close}", "Green folder by the bed",
)  # fmt: skip
SITUATIONS = (
    ("Pain that does not settle", ("night", "weekend")), ("Fighting for breath", ()),
    ("A fall, without a broken bone", ()),
    ("Worried, and it can wait until morning", ("weekday",)), ("The syringe driver is alarming", ()),
    ("Carer taken ill", ()), ("Nobody came who should have come", ("weekday",)),
)  # fmt: skip
PLACE_NEEDS = (
    "Hospital bed downstairs", "Night sitter, four nights a week", "Somebody with a key", "Pads and a commode",
    "Medicines in the house for a weekend", "A fan and a riser chair", "Rails on the stairs",
)  # fmt: skip
NEXT_STEPS = (
    "Ask about a night sitter", "Order the bed", "Ring the GP about the swallowing", "Ask the chaplain to visit",
    "Carer’s assessment", "Take the second copy of the plan to the day centre",
    "Check the smoke alarm with the fire service",
)  # fmt: skip
ESCALATION = (
    ("Chest infection", "oral_antibiotics", "do", "By mouth at home."),
    ("Chest infection", "hospital", "avoid", "Stay at home unless comfort cannot be kept."),
    ("A fall with a suspected fracture", "hospital", "do", "Go in, be treated, come home."),
    ("Sudden breathlessness", "ventilation", "avoid", ""),
    ("Cannot drink", "iv_fluids", "only_if", "Only if thirst troubles {them}."),
    ("Kidney failure", "dialysis", "avoid", "Has decided against it."),
)
AVOID_HOSPITAL = (
    "Avoid hospital, unless there is a fracture or bleeding that cannot be stopped at home.",
    "Home first. Hospital only for something that can be put right and sent home again.",
)
GO_TO_HOSPITAL = ("A broken hip, or anything that hurts and can be mended.", "Sepsis, while treatment is going on.")
ADMISSION_REASONS = (
    "Breathless at night, carer rang 999.", "Fall in the bathroom, no fracture.", "Chest infection.",
    "Pain not settled.",
)  # fmt: skip
ADJUSTMENTS = (
    "Letters in large print, and ring instead of writing.",
    "Book a double appointment and an interpreter; family should not interpret.",
    "Let the phone ring for two minutes.",
    "Ground floor only.",
)
HOW_I_COMMUNICATE = (
    "I read lips. Stand where I can see your face.",
    "Short sentences, one thing at a time. I squeeze your hand for yes.",
    "I understand English well and answer in my own language when I am tired.",
    "I wear two hearing aids. The left one is the better.",
)
IN_ENGLISH = {
    ADJUSTMENTS[1]: "Book a double appointment.",
    HOW_I_COMMUNICATE[2]: "I tire towards evening. Ask me what matters before dinner.",
}
"""What is said in place of these for somebody at home in English."""
REFUSED = (
    ("To be put on a breathing machine.", "If I can no longer recognise my family.", ["ventilation"]),
    ("CPR, and feeding through a tube.", "If I have had another stroke and cannot swallow.", ["cpr", "tube_feeding"]),
    ("Hospital admission.", "In the last weeks of my life.", ["hospital"]),
)  # fmt: skip
STATEMENTS = (
    "I should like Radio 3 on, a window open, and no television in the room.",
    "If I go into a home, please let me keep my own chair.",
)
CAPACITY_DECISIONS = ("Whether to have CPR", "Where to be cared for", "Who may see this plan")
BEST_INTERESTS = (
    "Cannot weigh the question. {close} and the key worker were asked; sharing lets the night team act on what "
    "{they} always said."
)
RECALL = "Ask the care home and the out-of-hours service to destroy their copies."
DEATHS = {
    True: (
        "Peaceful, {close} with {them}.",
        "In {their} own bed, as {they} had wished.",
        "Quiet, at dawn. The hospice nurse was there.",
    ),
    False: (
        "Went in with an infection and did not recover.",
        "The package of care could not begin in time.",
        "Symptoms that could not be eased at home; moved with agreement.",
        "Collapsed while shopping.",
    ),
}
