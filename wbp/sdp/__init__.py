"""Taking over an export of SDP: reading it, matching its columns, showing what would change, and only then saving."""
