"""Limits that the register and those who compute from it share. Pure."""

TANPA_REMISI = 550
"""Who served more days has as a rule had a grant before: without one in the register, an ordinal may be wrong."""
