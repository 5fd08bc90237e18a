"""Plainly invented persons for demonstrations, benchmarks and an example SDP export. Nobody real is among them."""
