"""A sheet of Typst and its data into a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

TIPE = "application/pdf"


def susun_pdf(lembar: Path, isi: dict[str, Any], pada: datetime) -> bytes:
    """The PDF's bytes. The sheet reads `isi` as JSON and shows it as text; nothing but the sheet's own folder and the
    fonts inside the compiler is read, nothing is fetched. `pada` becomes the file's date.
    """
    import typst  # heavy, and only a few requests need it

    hasil = typst.compile(
        lembar,
        root=lembar.parent,
        sys_inputs={"data": json.dumps(isi, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=pada.replace(microsecond=0),
    )
    if not isinstance(hasil, bytes):
        raise TypeError("the compiler gave several files for one document")
    return hasil
