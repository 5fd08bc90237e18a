"""manage.py tulis_alur [--periksa]: write the status table of the code into docs/alur-laporan.md."""

from __future__ import annotations

from pelaporan.alur import tabel_markdown
from pemasyarakatan.inti.tabel_dokumen import PerintahTabel


class Command(PerintahTabel):
    help = "Menulis tabel status laporan ke dokumen; --periksa hanya membandingkan."
    berkas = "alur-laporan.md"
    awal, akhir = "<!-- tabel: ditulis oleh manage.py tulis_alur -->\n", "<!-- akhir tabel -->"
    tabel = staticmethod(tabel_markdown)
