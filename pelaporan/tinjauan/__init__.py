"""The review of a sent report: comparison, flags that explain themselves, notes, ticks, the decision."""
