"""Bringing in a FHIR file: choosing it, reading what would come in, deciding, and then all of it or nothing."""
