"""Benchmarks: ratios against a plain baseline that is measured in the same run.

`make bench` gives this package empty servers of its own; `make bench ARGS=--kecil` tries everything on a
small instance. Processor time decides where one process and one database session do all the work, because
other programs on the machine hardly move it; waiting times (latency, p95) are by the clock.
"""
