"""Tests of what FHIR files become."""
