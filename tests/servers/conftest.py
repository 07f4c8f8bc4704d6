"""Real servers for the tests of the exchange: one HAPI FHIR for all of them, one Medplum router."""

from __future__ import annotations

from tests.servers.running import hapi

__all__ = ["hapi"]
