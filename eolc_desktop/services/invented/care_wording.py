"""What is said about home, needs, arrangements and conversations in invented records."""

from __future__ import annotations

ACCOMMODATION = ("Owner occupier", "Tenant of a housing association", "Sheltered housing", "Nursing home")
HOMES = ("Terraced house, bathroom upstairs.", "Flat on the second floor, lift often out of order.", "Bungalow, level.")
SOCIAL = (
    "The neighbour opposite has looked in every day for years.",
    "No heating upstairs.",
    "Plays in the brass band.",
)
ENTRIES = (
    "Back door, through the yard; knock and come in.",
    "Ring, and wait two minutes.",
    "Side gate is on the latch.",
)
PARKING = ("Permit in the hall drawer.", "Park by the chapel; the lane is too narrow for an ambulance.")
ANIMALS = ("Two terriers, shut in the kitchen if you ring first.", "A parrot that bites.")
STAIRS = ("Steep stairs with a turn: no stretcher.", "Lift takes a stretcher upright only.")
SAFETY = ("Dark lane: visit in pairs after dusk.",)
ALERTS = (
    ("infection", "MRSA: gloves and apron."),
    ("lone_working", "A visitor to the house has been threatening: two together."),
    ("safeguarding", "Concern about money raised with the council; ask the safeguarding lead before speaking of it."),
)
ADJUSTMENTS = (
    ("Longer appointments", "Twice the usual time."),
    ("Written reminders", "A card for the fridge after each visit."),
    ("Quiet room", "No waiting in the main hall."),
)
STRENGTHS = ("Knows {their} own mind", "A family that takes turns", "Sings", "Used to pain, says when it is different")
NEEDS = (
    ("Pain in the back", "Worse at night and on turning.", "Pain reviewed on every visit", "Warmth, and time to turn"),
    ("Cannot get upstairs", "Sleeps in the chair.", "Bed downstairs", "Grandson moves the sideboard"),
    ("Worried about the nights", "Rings the bell every hour.", "Night sitter twice a week", "A lamp, the radio low"),
    ("Eating very little", "A spoonful at a time.", "Small plates, favourite things", "Nobody counts"),
    ("Sore mouth", "Thrush, treated once.", "Mouth care four times a day", "Ice and pineapple"),
)
CHANGES = (
    (
        "More breathless",
        "Sit up, fan on, window open. Ring the hospice line.",
        "Cannot finish a sentence",
        "No 999 first",
    ),
    ("Pain that does not settle", "Ring the hospice line at any hour.", "Groans on turning", None),
    ("Cannot swallow tablets", "Ring the district nurses the same day.", "Coughs on tea", "Do not crush tablets"),
    ("The carer falls ill", "Ring the hospice: a bed for a few days has been talked about.", "Joints swell", None),
)
TALKS = (
    ("What home means, and what would change it.", "How long: not today.", "Come back on Thursday with the form."),
    ("How the nights are.", None, "Ask about a sitter."),
    ("The CPR form and what it does not mean.", "The funeral: another day.", "Bring {close} in."),
    ("The garden, the dog, and who will have him.", "The illness. {They} talked about everything else.", None),
)
TASKS = (
    "Ring the equipment store about the mattress", "Send the plan to out of hours", "Ask the GP for a new chart",
    "Find a night sitter for Friday", "Ring {close} about the bed", "Order the hearing-aid batteries",
)  # fmt: skip
MEETINGS = ("Losing ground since the infection.", "Steady. The carer is tired.", "New on the list.")
DECIDED = ("Just-in-case box this week; who-to-call card read back.", "Carer’s assessment; review in a month.")
