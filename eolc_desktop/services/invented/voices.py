"""What people say, in plain words of their own: the sentences from which invented plans are made."""

from __future__ import annotations

MOST_IMPORTANT = (
    "My own bed, and the window open.",
    "To be at home with {close}. Nothing else comes near it.",
    "Not to be a burden on {close}.",
    "To see the garden through one more spring.",
    "That somebody tells me the truth, and does not talk over my head.",
    "My music on, and no fuss.",
    "To keep going to the mosque on Fridays for as long as I can.",
    "That {close} can stay the night with me if it comes to that.",
    "To be clean and dressed every day, even when I am poorly.",
    "The dog on the bed.",
    "To get to the wedding in the summer. After that I am ready.",
    "That the children are told in the right way, by us and not by a stranger.",
    "Peace and quiet. I have had enough of hospitals.",
    "To go on doing my own cooking for as long as I can stand.",
)
FEARS = (
    "Pain that nobody can settle, in the middle of the night.",
    "Fighting for breath.",
    "Going into hospital and not coming out again.",
    "Being left on a trolley in a corridor.",
    "That {close} cannot manage and does not say so.",
    "Losing my mind before my body.",
    "Strangers washing me.",
    "Dying on my own.",
    "I am not frightened. I have had a good life.",
)
STRENGTH = (
    "My faith.", "{close}.", "The grandchildren ringing on a Sunday.", "Talking to people who have been through it.",
    "The view of the moor from my chair.", "Prayer, five times a day.", "A good laugh.", "Old films.",
    "My stubbornness.",
)  # fmt: skip
CRITICAL = (
    "Knowing who my family are.", "Getting to the toilet by myself.", "Being able to talk.", "Reading.",
    "Swallowing my tea.",
    "Feeding the birds.",
)  # fmt: skip
TRADE_OFFS = (
    "I would have antibiotics at home. I would not go in for a drip.",
    "If it gives me a few good weeks, I will try it. If it only gives me time in bed, no.",
    "I have had my share of treatment. Comfort now, please.",
    "I want everything tried until the baby is born in March.",
    "I leave that to {close} and the doctor.",
)
GOOD_DAY = (
    "Up by nine, tea, the crossword, somebody popping in, an early night.",
    "Breathing easy enough to sit outside.",
    "The cricket on, and no appointments.",
    "When {close} cooks and we all eat together.",
    "No pain before dinner time.",
)
PLEASE_DO = (
    "Knock and come in, the door is open until eight.",
    "Speak up, on my left side.",
    "Tell {close} first.",
    "Take your shoes off, please.",
    "Put the kettle on for whoever is here.",
    "Call me by my proper name until I say otherwise.",
    "Let me finish my sentence. I get there.",
)
PLEASE_DONT = (
    "Call me love or dear.", "Talk about me over my head.", "Move my things.", "Ring before nine.",
    "Tell the neighbours anything.", "Open the curtains before I say.", "Bring a male carer to wash me.",
)  # fmt: skip
SPIRITUAL = (
    "A priest, when it is near. Father Michael knows me.",
    "Face me towards Mecca. {close} will say the words.",
    "No religion, but I should like some quiet.",
    "The minister from Chapel, and the old hymns.",
    "Someone of my own faith to wash me afterwards, and the burial within a day if it can be done.",
    "I want the window open when I go, so that my soul can leave.",
    "The Buddhist sutras played softly.",
)
AFFAIRS = (
    "Next door will take the cat.",
    "The will is with the solicitor on Station Road.",
    "{close} knows about the bank and the computer.",
    "I still have to write to my brother in Canada.",
    "The allotment goes to young Imran.",
)
BALANCE_WORDS = (
    "Comfort, every time.",
    "Somewhere in the middle.",
    "I have no view on that.",
    "As long as I can, please.",
)
GOALS = (
    "To be at my granddaughter’s graduation.", "To sort the photographs.", "To sit in the garden once more.",
    "To make it up with my son.", "To see Whitby again.", "To finish the patchwork.",
    "To fast on one day of Ramadan.",
    "To hear the choir at Christmas.",
)  # fmt: skip
HELPS = (
    "A wheelchair and somebody to push it.",
    "Somebody to ring for me.",
    "The pain under control.",
    "A lift there.",
)
STRENGTH_OF_PREFERENCE = (
    "It is the one thing I ask.", "I would like it, but I know it may not be possible.",
    "I do not mind much, as long as I am not alone.", "Very strongly. I have told everybody.",
)  # fmt: skip
WOULD_CHANGE = (
    "If {close} could not go on.", "If the pain could not be eased at home.", "Nothing would.",
    "If I did not know any more where I was.", "If there were nobody here at night.",
)  # fmt: skip
GLAD = (
    "You asked me properly, and you came back when you said.",
    "I know who to ring now. Before, I had five numbers.",
    "Yes. You talk to me, not to the computer.",
)
SORRY = ("It took three goes before anybody had my notes.", "Nobody had told {close}.")
"""What goes with a promise that was kept, and with one that was not."""
COMPACT_WORDS = {
    "q1": ("I get on with things. I know somebody would come.", "In the day, yes. At night I am not so sure."),
    "q2": ("We wrote it down together.", "There is a sheet somewhere. I have not read it."),
    "q3": ("One number, and they answer.", "I never know which line to ring."),
    "q4": ("It is nearly always {worker}.", "A different face each time lately."),
    "q5": ("{worker} rings on Friday about the bed.", "Not really, no."),
    "q6": ("Tuesday at ten.", "They said they would ring."),
    "q7": ("It is all in the yellow folder.", "Hospital have theirs, you have yours."),
}
"""For each question what somebody says who means yes, and who means no."""
Q2_PARTS = {
    "q2_well": ("Walk to the end of the road and back. Rest after dinner.", "Take my tablets when the alarm goes."),
    "q2_ill": ("Ring the hospice line. Not 999, unless I have fallen.", "Tell {close}, and use the fan."),
    "q2_team": (
        "{worker} comes on Tuesdays. The hospice ring on Fridays.",
        "See that there is enough in the house for a weekend.",
    ),
}
CARER_WORDS = (
    "I am all right as long as I get my sleep.",
    "I have not been out of the house for three weeks.",
    "My back is going. I cannot lift {them} any more.",
    "We manage. My sister comes on Saturdays.",
    "I lie awake listening for {their} breathing.",
)
IF_CARER_ILL = (
    "My brother would come, he is two hours away. Until then the hospice at home team.",
    "Ring the night service and ask for the emergency sitter.",
    "{They} would have to go into the hospice. We have talked about it.",
    "Nobody has thought about that yet.",
)
DISAGREEMENT = (
    "I do not want the hospital bed downstairs.",
    "I never said that I would go into the hospice.",
    "I want it written that my brother is not to decide.",
)
KEPT_BACK_WHY = ("It would only be a worry.", "That is between me and you.", "They have enough to carry.")

CONCERNS = (
    ("family", "shareable", "The night doctor had not seen the plan, and we had to tell it all again.",
     "The plan was sent again, and a copy put by the door."),
    ("person", "central", "They talked to {close} over my head. It is my bed and my life.",
     "The nurse apologised. The next visit began with a question to the person alone."),
    ("family", "conversation", "Nobody told us the pump was coming. We thought it meant the end.",
     "The nurse sat down with the family and explained what it is for."),
    ("staff", "review", "Too sleepy for the tablets now, and the chart still says to give them.",
     "The chart was changed on the same day."),
    ("family", "review", "It says {they} can manage the stairs, and {they} last went up them in August.",
     "The home was looked at again, and the bed is downstairs."),
    ("person", "shared_decisions", "I said no more hospital in spring, and in July they took me all the same.",
     "What to do in an emergency was written anew and told to the ambulance service."),
)  # fmt: skip
"""Who speaks up, about which principle, what they said, and what was answered."""
DISAGREEMENTS = (
    (("person", "family"), "Whether to go into the hospice", "I am staying here.", "We cannot lift {them} any more.",
     "A family meeting with the hospice social worker on Friday."),
    (("family", "doctor"), "Another course of antibiotics", "I leave that to them.",
     "{close} wants everything tried once more.", "The GP visits with the nurse, and says what it would mean."),
    (("person", "nurse"), "Morphine in the house", "I do not want that in my kitchen.",
     "Without it there is nothing for the night.", "The specialist nurse explains; a locked box is offered."),
    (("family", "social_care"), "How many visits a day", "I manage.", "Four visits were promised, and three come.",
     "The care agency is asked for its times in writing."),
)  # fmt: skip
"""Between whom, about what, what the person says, what the others say, and how it is handled."""
