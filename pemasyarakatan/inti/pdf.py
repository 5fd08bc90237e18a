"""A sheet of Typst and its data into a tagged PDF (PDF/UA-1, where its letters allow it)."""

from __future__ import annotations

import functools
import json
from datetime import datetime
from pathlib import Path
from typing import Any

TIPE = "application/pdf"
_TANPA_HURUF = "could not be displayed"


def susun_pdf(lembar: Path, isi: dict[str, Any], pada: datetime) -> bytes:
    """The PDF's bytes. The sheet reads `isi` as JSON and shows it as text; nothing but the sheet's own folder and the
    fonts inside the compiler is read, nothing is fetched. `pada` becomes the file's date.

    Where people wrote what the fonts have no letter for (an emoji, another script), PDF/UA-1 would be a false promise:
    the same tagged sheet is written without it, with a box in that place and the text itself underneath.
    """
    import typst  # heavy, and only a few requests need it

    susun = functools.partial(
        typst.compile,
        lembar,
        root=lembar.parent,
        sys_inputs={"data": json.dumps(isi, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=pada.replace(microsecond=0),
    )
    try:
        hasil = susun(pdf_standards="ua-1")
    except typst.TypstError as galat:
        if _TANPA_HURUF not in str(galat):
            raise
        hasil = susun()
    if not isinstance(hasil, bytes):
        raise TypeError("the compiler gave several files for one document")
    return hasil
