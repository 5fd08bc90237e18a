"""When a sentence ends and when early release can begin; JSON lines in and out (docs/remisi.md)."""

from __future__ import annotations

from remisi.hitung.masukan import jawab_pidana
from remisi.perintah import PerintahBaris


class Command(PerintahBaris):
    help = "Hitung ekspirasi, bagian pidana, PB, CB, dan CMB: satu objek JSON per baris."
    jawab = staticmethod(jawab_pidana)
