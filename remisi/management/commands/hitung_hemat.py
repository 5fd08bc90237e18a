"""The food money that a release of remission saves; JSON lines in and out (docs/remisi.md)."""

from __future__ import annotations

from remisi.hitung.masukan import jawab_hemat
from remisi.perintah import PerintahBaris


class Command(PerintahBaris):
    help = "Hitung penghematan biaya makan dan cocokkan dengan yang tercetak: satu objek JSON per baris."
    jawab = staticmethod(jawab_hemat)
