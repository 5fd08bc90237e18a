"""Entry point of `python3 -m pemasyarakatan.luncur`; its syntax must parse on old Pythons too."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  the sentence below is for exactly those Pythons
    sys.exit("Perlu Python 3.11 atau lebih baru; yang dipakai: " + sys.version.split()[0] + ".")

from pemasyarakatan.luncur.perintah import utama

if __name__ == "__main__":
    sys.exit(utama(sys.argv[1:]))
