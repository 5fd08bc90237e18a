"""The verifier's inbox: who holds which report, acts on many reports at once, undoing them, and how fast it goes."""
