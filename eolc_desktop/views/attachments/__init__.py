"""Scans and photographs."""
