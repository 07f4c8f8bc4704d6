"""What has been stored once can always be read: no key, kind or code changes after it was released.

`released_keys.txt` holds one line for each field and for each option. A new field adds lines; a line that changes or
goes would turn recorded values into something else. To add lines: `python -m tests.care_plan.test_released_keys`.
"""

from __future__ import annotations

from pathlib import Path

from eolc_desktop.care_plan.catalogue import built_in

RELEASED = Path(__file__).with_name("released_keys.txt")


def keys_now() -> list[str]:
    lines: list[str] = []
    for section in built_in():
        for field in section.fields:
            lines.append(f"{section.key}.{field.key} {field.standard} {field.kind.value}")
            for option in field.options:
                codes = " ".join(code.code for code in option.codes)
                lines.append(f"{section.key}.{field.key} = {option.key} {codes}".rstrip())
        lines += [f"{section.key} # {fixed.id} {fixed.title}" for fixed in section.fixed_entries]
    return sorted(lines)


def released() -> list[str]:
    return [line for line in RELEASED.read_text(encoding="utf-8").splitlines() if line]


def test_nothing_released_has_changed_or_gone() -> None:
    assert sorted(set(released()) - set(keys_now())) == []


def test_everything_new_is_written_down() -> None:
    assert sorted(set(keys_now()) - set(released())) == [], "run: python -m tests.care_plan.test_released_keys"


def test_no_key_is_there_twice() -> None:
    assert len(keys_now()) == len(set(keys_now()))


if __name__ == "__main__":
    RELEASED.write_text(
        "\n".join(sorted(set(keys_now()) | set(released() if RELEASED.exists() else []))) + "\n", encoding="utf-8"
    )
