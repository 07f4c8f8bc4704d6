"""A plan of an invented person in blocks, and the same words in many scripts, for the tests of the print engine."""

from __future__ import annotations

from eolc_desktop.documents.blocks import (
    Block,
    BulletList,
    CallEntry,
    CallFirst,
    Fact,
    Facts,
    Heading,
    NoteBox,
    OwnWords,
    Paragraph,
    Span,
    TableBlock,
    Tick,
    TickList,
)
from eolc_desktop.documents.page import PageIdentity

IDENTITY = PageIdentity(
    person_line="PATIENT, Margaret Elizabeth (Mrs)",
    born="5 April 1941",
    nhs_number="999 000 0018",
    plan_version="7",
    printed="12 November 2026 at 2:32pm",
    printed_by="Amina Yusuf, Wharfedale Community Nursing",
    check_code="K7Q2-9F",
    to_check_call="01943 000111",
)

SENTENCE = (
    "I would like to stay at home, in my own bed, with the window open so that I can hear the garden. "
    "If I become less well and cannot speak for myself, please ask my daughter Anna. "
)

IN_MANY_SCRIPTS: dict[str, str] = {
    "ar": "أهم شيء بالنسبة لي هو أن أكون في المنزل مع عائلتي.",
    "ur": "میرے لیے سب سے اہم بات یہ ہے کہ میں گھر پر اپنے خاندان کے ساتھ رہوں۔",
    "he": "הכי חשוב לי להיות בבית עם המשפחה.",
    "bn": "আমার কাছে সবচেয়ে গুরুত্বপূর্ণ হলো পরিবারের সাথে বাড়িতে থাকা। চিকিৎসা, স্ত্রী, কর্ম, ক্ষমা, জ্ঞান।",
    "pa": "ਮੇਰੇ ਲਈ ਸਭ ਤੋਂ ਮਹੱਤਵਪੂਰਨ ਗੱਲ ਆਪਣੇ ਪਰਿਵਾਰ ਨਾਲ ਘਰ ਵਿੱਚ ਰਹਿਣਾ ਹੈ। ਪ੍ਰਵਾਰ, ਸ੍ਰੀ।",
    "hi": "मेरे लिए सबसे महत्वपूर्ण बात अपने परिवार के साथ घर पर रहना है। चिकित्सा, स्त्री, शक्ति, कर्म।",
    "gu": "મારા માટે સૌથી મહત્વનું મારા પરિવાર સાથે ઘરે રહેવું છે. ચિકિત્સા, સ્ત્રી.",
    "ta": "எனக்கு மிக முக்கியமானது என் குடும்பத்துடன் வீட்டில் இருப்பது. கொ, கோ, ஸ்ரீ.",
    "zh": "我希望在家里，和家人在一起。如果我的情况变差，请先打电话给社区护士。",
    "ko": "저는 집에서 가족과 함께 있고 싶습니다.",
    "pl": "Najważniejsze dla mnie jest to, żeby być w domu z rodziną. Zażółć gęślą jaźń.",
    "cy": "Yr hyn sydd bwysicaf i mi yw bod gartref gyda fy nheulu. Dŵr, tŷ, Ŵyn, ŷd.",
    "vi": "Điều quan trọng nhất với tôi là được ở nhà với gia đình.",
    "uk": "Найважливіше для мене — бути вдома зі своєю родиною. Їжак, ґанок.",
    "th": "ฉันอยากอยู่ที่บ้านกับครอบครัว",
    "am": "ከቤተሰቤ ጋር በቤቴ መሆን እፈልጋለሁ።",
}

FACTS = (
    Fact("Likes to be called", "Peggy"),
    Fact("Preferred place of care", "Home, in her own bed", note="Margaret said so on 10 November 2026"),
    Fact("Glasses, hearing aids", "Hearing aid in the left ear. Batteries are in the kitchen drawer."),
)


def plan() -> list[Block]:
    """A plan of about six pages at 14 points, with every kind of block."""
    medicine = ("morphine sulfate – injection – 10 mg in 1 mL", "Pain or breathlessness", "Kitchen cupboard, top shelf")
    return [
        Heading("My plan for care", 1),
        Paragraph("This plan belongs to Margaret. Please show it to anyone who comes to help."),
        CallFirst(
            "Who to call first",
            (
                CallEntry("Community nurses", "01943 000111", "Day or night", "Say that Margaret has a care plan."),
                CallEntry("Anna Patient (daughter)", "07700 900123", "Any time"),
                CallEntry("NHS 111", "111", "If nobody else answers"),
            ),
        ),
        Heading("What matters to me"),
        OwnWords("I want to stay in my own bed. Don’t let them take the dog away.", "Margaret, 10 November 2026"),
        Paragraph(SENTENCE * 3),
        Heading("About me"),
        Facts(FACTS),
        Heading("What has been decided"),
        TickList(
            (
                Tick("Resuscitation has been talked about", True, "10 November 2026, with Dr Singh"),
                Tick("I have been given the leaflet", False),
                Tick("My family knows where this plan is kept", None),
            )
        ),
        NoteBox(
            "Resuscitation (CPR)", (Paragraph("The signed form is in the yellow folder in the hall."),), thick=True
        ),
        Heading("Medicines in the house"),
        TableBlock(
            ("Medicine", "What it is for", "Where it is"), (medicine,) * 11, (4, 3, 3), "Just-in-case medicines"
        ),
        Heading("If I become less well"),
        BulletList(("Sit me up, open the window.", ("If it is ", Span("pain", bold=True), ", call the nurses."))),
        *(Paragraph(SENTENCE * 3) for _ in range(4)),
        Heading("A smaller heading", 3),
        *(Paragraph(SENTENCE * 4) for _ in range(7)),
    ]
