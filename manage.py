#!/usr/bin/env python3
"""Management commands. In a checkout they find the servers of the running portal by themselves."""

import os
import sys

from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.lingkungan import lengkapi_manage
from pemasyarakatan.luncur.tempat import tempat_checkout


def utama() -> None:
    """Complete the environment, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")
    try:
        lengkapi_manage(os.environ, sys.argv, tempat_checkout())
    except Gagal as galat:
        sys.exit(str(galat))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    utama()
