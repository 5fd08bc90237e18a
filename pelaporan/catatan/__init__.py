"""Conversations at the cells of a report: remarks, proposed values, what became of them."""
