"""Invented names as they are in an English city: several languages and scripts, hyphens, apostrophes, accents."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together, with what else often does: languages, faiths and how ethnicity is recorded.

    `scripts` gives some given names as the person would write them.
    """

    weight: int
    female: tuple[str, ...]
    male: tuple[str, ...]
    families: tuple[str, ...]
    ethnic: tuple[str, ...]
    language: tuple[str, str]
    faiths: tuple[str, ...]
    scripts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One invented person's name and what is recorded beside it."""

    community: Community
    is_woman: bool
    title: str
    given: str
    family: str
    preferred: str
    language: tuple[str, str]
    faith: str


_ENGLISH = ("English", "en")
COMMUNITIES = (
    Community(
        52,
        ("Margaret", "Dorothy", "Joan", "Patricia", "Maureen", "Brenda", "Sheila", "Doreen", "Beryl", "Audrey", "Jean",
         "Hilda", "Elsie", "Winifred", "Edna", "Marjorie", "Christine", "Susan", "Janet", "Linda", "Carol",
         "Lorraine"),
        ("Kenneth", "Ronald", "Derek", "Raymond", "Dennis", "Frank", "Stanley", "Albert", "Harold", "Geoffrey",
         "Walter", "Norman", "Alan", "Roy", "Peter", "Brian", "Keith", "Trevor", "Clive", "Graham", "Stephen",
         "Malcolm"),
        ("Smith", "Taylor", "Wilson", "Wood", "Walker", "Robinson", "Thompson", "White", "Hughes", "Green", "Hall",
         "Clarke", "Harrison", "Shaw", "Barraclough", "Sutcliffe", "Ackroyd", "Holdsworth", "Greenwood",
         "Illingworth",
         "Smyth", "Smithson", "Birkinshaw", "Hainsworth", "Fairfax-Blakeborough", "Ellis-Whitaker", "Lister"),
        ("white_british",), _ENGLISH, ("Church of England", "Methodist", "No religion", "No religion", "Quaker", ""),
    ),
    Community(
        4,
        ("Siân", "Gwenllian", "Eirlys", "Mair", "Nerys", "Bronwen", "Angharad"),
        ("Gwilym", "Emrys", "Llŷr", "Dafydd", "Ifor", "Hywel"),
        ("Jones", "Parry-Jones", "Llewelyn", "ap Rhys", "Pryce", "Morgan", "Bowen"),
        ("white_british",), ("Welsh", "cy"), ("Methodist", "Chapel", "No religion"),
    ),
    Community(
        6,
        ("Bridget", "Kathleen", "Nuala", "Sinéad", "Philomena", "Moira"),
        ("Seán", "Patrick", "Brendan", "Declan", "Fergus", "Hamish"),
        ("O'Brien", "O’Connor", "McGrath", "Ní Bhriain", "MacDonald", "Kavanagh", "O'Sullivan-Beare"),
        ("white_irish", "white_british"), _ENGLISH, ("Roman Catholic", "Roman Catholic", "Church of Scotland"),
    ),
    Community(
        7,
        ("Ewa", "Zofia", "Grażyna", "Małgorzata", "Jadwiga", "Halina", "Świętosława"),
        ("Stanisław", "Zbigniew", "Łukasz", "Józef", "Wiesław", "Tadeusz"),
        ("Nowak", "Wiśniewska", "Dąbrowski", "Żółkiewski", "Kowalczyk", "Szczęsny", "Wójcik-Brown"),
        ("white_other",), ("Polish", "pl"), ("Roman Catholic",),
    ),
    Community(
        13,
        ("Nasreen", "Zainab", "Rashida", "Fatima", "Shahida", "Parveen", "Khadija", "Rukhsana"),
        ("Mohammed", "Ghulam", "Abdul", "Khalid", "Tariq", "Iftikhar", "Yaqub", "Rehmat"),
        ("Khan", "Hussain", "Begum", "Bibi", "Mahmood", "Akhtar", "Qureshi", "ul-Haq", "Mirza-Ahmed"),
        ("pakistani", "pakistani", "bangladeshi"), ("Urdu", "ur"), ("Muslim",),
        (("Nasreen", "نسرین"), ("Zainab", "زینب"), ("Fatima", "فاطمہ"), ("Mohammed", "محمد"), ("Khalid", "خالد"),
         ("Tariq", "طارق"), ("Ghulam", "غلام"), ("Khadija", "خدیجہ"), ("Rashida", "راشدہ")),
    ),
    Community(
        3,
        ("Samira", "Layla", "Huda", "Mariam", "Nadia"),
        ("Ibrahim", "Yusuf", "Hassan", "Omar", "Salim"),
        ("al-Rashid", "Haddad", "Abd al-Karim", "Mansour", "al-Basri"),
        ("other", "african"), ("Arabic", "ar"), ("Muslim", "Muslim", "Christian"),
        (("Samira", "سميرة"), ("Layla", "ليلى"), ("Huda", "هدى"), ("Mariam", "مريم"), ("Ibrahim", "إبراهيم"),
         ("Yusuf", "يوسف"), ("Hassan", "حسن"), ("Omar", "عمر")),
    ),
    Community(
        6,
        ("Harbhajan", "Surinder", "Kamla", "Pushpa", "Nirmala", "Hansa"),
        ("Gurdev", "Harjit", "Ramesh", "Mohan", "Kantilal", "Balwant"),
        ("Kaur", "Singh", "Patel", "Shah", "Sharma", "D'Souza", "Mistry", "Kaur Gill"),
        ("indian",), ("Punjabi", "pa"), ("Sikh", "Hindu", "Hindu", "Jain"),
    ),
    Community(
        3,
        ("Mei-Ling", "Siu Fong", "Lai Kuen", "Xiuying"),
        ("Siu Ming", "Wai-Man", "Kwok Keung", "Jianguo"),
        ("Wong", "Chan", "Cheung", "Li", "Ng", "Lam"),
        ("chinese",), ("Cantonese", "yue"), ("Buddhist", "No religion", "Christian"),
        (("Mei-Ling", "美玲"), ("Siu Fong", "小芳"), ("Siu Ming", "小明"), ("Wai-Man", "偉文"), ("Jianguo", "建国")),
    ),
    Community(
        6,
        ("Icilda", "Merlene", "Precious", "Hyacinth", "Adwoa", "Ngozi"),
        ("Winston", "Desmond", "Leroy", "Kwame", "Emeka", "Clifton"),
        ("Campbell", "Grant", "Clarke-Mensah", "Okafor", "Boateng", "Nkemelu", "St. Hilaire"),
        ("caribbean", "african"), _ENGLISH, ("Pentecostal", "Church of England", "Seventh-day Adventist"),
    ),
)  # fmt: skip
_WEIGHTS = [community.weight for community in COMMUNITIES]
_SHORT = {
    "Margaret": "Peg", "Dorothy": "Dot", "Patricia": "Pat", "Winifred": "Win", "Kenneth": "Ken", "Ronald": "Ron",
    "Raymond": "Ray", "Albert": "Bert", "Stanisław": "Staszek", "Józef": "Joe", "Gwenllian": "Gwen",
    "Philomena": "Phil", "Harbhajan": "Mrs Kaur", "Mohammed": "Haji Sahib", "Desmond": "Des", "Kathleen": "Kath",
    "Małgorzata": "Gosia",
}  # fmt: skip
_TITLES_OF_WOMEN = ("Mrs", "Mrs", "Mrs", "Mrs", "Miss", "Ms", "Dr", "Sister")
_TITLES_OF_MEN = ("Mr", "Mr", "Mr", "Mr", "Mr", "Mr", "Dr", "Revd")


def invent_name(dice: Random) -> Name:
    """Draw a person's name."""
    (community,) = dice.choices(COMMUNITIES, _WEIGHTS)
    is_woman = dice.random() < 0.55
    givens = community.female if is_woman else community.male
    first = dice.choice(givens)
    second = dice.choice(givens)
    given = f"{first} {second}" if second != first and dice.random() < 0.4 else first
    return Name(
        community,
        is_woman,
        dice.choice(_TITLES_OF_WOMEN if is_woman else _TITLES_OF_MEN),
        given,
        dice.choice(community.families),
        _preferred(dice, community, first),
        community.language if dice.random() < 0.6 else _ENGLISH,
        dice.choice(community.faiths),
    )


def invent_relative(dice: Random, name: Name, is_woman: bool, shares_family_name: bool) -> str:
    """Draw the name of somebody close to a person, in one piece."""
    givens = name.community.female if is_woman else name.community.male
    family = name.family if shares_family_name else dice.choice(name.community.families)
    return f"{dice.choice([other for other in givens if other not in name.given.split()])} {family}"


def _preferred(dice: Random, community: Community, first: str) -> str:
    written = dict(community.scripts).get(first)
    if written and dice.random() < 0.6:
        return written
    if first in _SHORT and dice.random() < 0.7:
        return _SHORT[first]
    return first if dice.random() < 0.3 else ""
