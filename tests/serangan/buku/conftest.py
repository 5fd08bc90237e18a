"""A unit's template and the press that uploads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.dunia import Dunia
from tests.pelaporan import test_buku as bantu


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    return masuk(dunia.operator_ambon)


@pytest.fixture
def templat(dunia: Dunia, klien: Client) -> bytes:
    return klien.get(bantu.alamat(dunia, "buku_templat")).content


@pytest.fixture
def unggah(dunia: Dunia, klien: Client) -> Callable[..., Any]:
    def kirim(isi: bytes, nama: str = "isian.xlsx") -> Any:
        return klien.post(bantu.alamat(dunia), {"berkas": SimpleUploadedFile(nama, isi)})

    return kirim
