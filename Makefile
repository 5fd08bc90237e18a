# Everything happens in pemasyarakatan/luncur; it needs nothing but Python 3.11+, make and git.
PYTHON ?= python3
LUNCUR = exec $(PYTHON) -m pemasyarakatan.luncur

.DEFAULT_GOAL := help
.PHONY: run test check fix bench manage reset kunci help

run check fix reset kunci help:
	@$(LUNCUR) $@

test bench manage:
	@$(LUNCUR) $@ $(ARGS)
