"""What an uploaded workbook may be. Pure; read by the gate, the reader, the pages and the documentation."""

from __future__ import annotations

BERKAS_MAKS = 25 * 1024 * 1024
"""Bytes of the file itself."""
ENTRI_MAKS = 600
"""Parts in the zip. A sheet has up to four (itself, its relations, printer settings, comments), a template of all forms
some ninety sheets."""
DIREKTORI_MAKS = 64 * 1024
"""Bytes of the zip's directory: read before anything else, so a directory of 100,000 names costs nothing."""
BONGKAR_MAKS = 60 * 1024 * 1024
BONGKAR_ENTRI_MAKS = 40 * 1024 * 1024
RASIO_MAKS = 150
RASIO_MULAI = 1024 * 1024
"""Entries that unpack to less than this are not asked for their ratio: small XML shrinks a lot."""

LEMBAR_MAKS = 160
BARIS_MAKS = 6000
KOLOM_MAKS = 400
SEL_MAKS = 60_000
"""Most rows, columns and filled cells that are read of one sheet; the largest template stays far below."""

GALAT_TAMPIL = 100
BARIS_KOSONG = 50
"""Empty rows that a template offers in every line list."""
TEMPLAT = 1
"""Version of the template's layout. Raise it when older workbooks can no longer be read."""

TIPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
