"""How much one grant of remission is, and why; JSON lines in and out (docs/remisi.md)."""

from __future__ import annotations

from remisi.hitung.masukan import jawab_remisi
from remisi.perintah import PerintahBaris


class Command(PerintahBaris):
    help = "Hitung besaran satu pemberian remisi: satu objek JSON per baris."
    jawab = staticmethod(jawab_remisi)
