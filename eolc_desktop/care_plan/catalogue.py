"""The catalogue: every section of the plan in the order shown, an organisation's own forms beside the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pkgutil import iter_modules

from eolc_desktop.care_plan import sections as section_files
from eolc_desktop.care_plan.fields import Field, Part, Section


@dataclass(frozen=True)
class Catalogue:
    """The sections that a plan is read with, handed round so that an organisation's own forms stand beside ours."""

    sections: tuple[Section, ...]

    @cached_property
    def _by_key(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def _fields(self) -> dict[tuple[str, str], Field]:
        return {(section.key, field.key): field for section in self.sections for field in section.fields}

    def __getitem__(self, key: str) -> Section:
        """The section with this key. Raises KeyError where there is none."""
        return self._by_key[key]

    def find(self, key: str) -> Section | None:
        """The section with this key, or None when only a newer version of the program knows it."""
        return self._by_key.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    def field(self, section_key: str, field_key: str) -> Field | None:
        """The field, or None when a newer version of the program recorded something that this one does not know."""
        return self._fields.get((section_key, field_key))

    def in_part(self, part: Part) -> tuple[Section, ...]:
        """The sections of one part of the plan, in the order shown."""
        return tuple(section for section in self.sections if section.part is part)

    def children_of(self, section_key: str) -> tuple[Section, ...]:
        """The sections whose entries belong to the entries of this one."""
        return tuple(section for section in self.sections if section.parent == section_key)

    def in_coherence_group(self, group: str) -> tuple[tuple[Section, Field], ...]:
        """The fields that change, and conflict, as one (decision 4)."""
        return tuple((s, f) for s in self.sections for f in s.fields if f.coherence_group == group)

    def with_sections(self, extra: Sequence[Section]) -> Catalogue:
        """A catalogue with further sections at the end. Raises ValueError when a key is taken."""
        for section in extra:
            if section.key in self:
                raise ValueError(f"there is already a section called {section.key}")
        return Catalogue((*self.sections, *extra))


@lru_cache(maxsize=1)
def built_in() -> Catalogue:
    """The sections that ship with the program.

    A section is one file in `care_plan/sections`: it is found by being there. Each file holds `SECTIONS`, a tuple,
    and `ORDER`, its place within its part.
    """
    found: list[tuple[int, int, Section]] = []
    parts = list(Part)
    for module_information in iter_modules(section_files.__path__):
        module = import_module(f"{section_files.__name__}.{module_information.name}")
        found += [(parts.index(section.part), module.ORDER, section) for section in module.SECTIONS]
    found.sort(key=lambda row: row[:2])
    return Catalogue(tuple(section for _part, _order, section in found))
