"""Plan snapshots to FHIR R4 JSON and back, pure functions."""
