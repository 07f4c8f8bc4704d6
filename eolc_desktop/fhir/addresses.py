"""The addresses under which this program's own forms, codes and extensions are known in FHIR."""

from __future__ import annotations

BASE = "https://eolc-desktop.github.io/fhir"
"""What every address of ours begins with. An address is a name: nothing is fetched from it."""

QUESTIONNAIRE = f"{BASE}/Questionnaire"
ENTRY_SYSTEM = f"{BASE}/entry"
"""The identifier system of entries of a plan."""
USER_SYSTEM = f"{BASE}/user"
"""The identifier system of the users who record."""

EXTENSION = f"{BASE}/StructureDefinition"
ENVELOPE = f"{EXTENSION}/item-envelope"
"""Who recorded an item and when, who told it, and who last confirmed it (decision 4)."""
EXACT_VALUE = f"{EXTENSION}/exact-value"
"""A value as the plan holds it, as JSON, where no FHIR type says quite the same."""
ENTRY = f"{EXTENSION}/plan-entry"
"""What an entry is besides its answers: whether it stands and why not, and the entry that it belongs to."""
STANDARD_CODE = f"{EXTENSION}/standard-code"
"""A code of a published system that means the same as an option of ours."""

DATA_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def questionnaire_address(section_key: str) -> str:
    """The address of a section's Questionnaire, without its version."""
    return f"{QUESTIONNAIRE}/{section_key}"


def section_of_address(canonical: str) -> str:
    """The key of the section that a canonical address (with or without version) names; "" when it is not ours."""
    address = canonical.split("|", 1)[0]
    return address[len(QUESTIONNAIRE) + 1 :] if address.startswith(f"{QUESTIONNAIRE}/") else ""


def options_system(section_key: str, field_key: str) -> str:
    """The code system whose codes are the options of a field."""
    return f"{BASE}/CodeSystem/{section_key}.{field_key}"
