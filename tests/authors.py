"""Invented authors and the moment at which the tests take place."""

from __future__ import annotations

from datetime import UTC, datetime

from eolc_desktop.care_plan.plan import Author

NURSE = Author("nurse-1", "Jo Okafor", "district nurse", "Airedale community team")
DOCTOR = Author("doctor-1", "Dr A Khan", "consultant", "Hill Hospice")
AT = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)
