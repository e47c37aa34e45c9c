"""Editions: the KPI extracts as published for one board meeting. Immutable; published whole or not at all."""
