"""manage.py tulis_alur_usulan [--periksa]: write the table of cases of the code into docs/remisi.md."""

from __future__ import annotations

from pemasyarakatan.inti.tabel_dokumen import PerintahTabel
from remisi.usulan.alur import tabel_markdown


class Command(PerintahTabel):
    help = "Menulis tabel alur usulan ke dokumen; --periksa hanya membandingkan."
    berkas = "remisi.md"
    awal = "<!-- tabel usulan: ditulis oleh manage.py tulis_alur_usulan -->\n"
    akhir = "<!-- akhir tabel usulan -->"
    tabel = staticmethod(tabel_markdown)
