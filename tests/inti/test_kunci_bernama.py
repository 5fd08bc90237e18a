"""Keys by name in the environment: the first one writes, all of them read; a weak or doubled one stops the start."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from pemasyarakatan.inti.lingkungan import kunci_bernama

SATU, DUA = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def test_kunci_dibaca_menurut_urutan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUNCI_UJI", f"2:{DUA}, 1:{SATU}")
    assert list(kunci_bernama("KUNCI_UJI", "").items()) == [("2", b"\x02" * 32), ("1", b"\x01" * 32)]


@pytest.mark.parametrize(
    "isi", ["", SATU, f":{SATU}", "1:", "1:pendek", f"1:{SATU[:-4]}", f"1:{SATU},1:{DUA}", f"1:{SATU},"]
)
def test_kunci_buruk_menghentikan_mulai(monkeypatch: pytest.MonkeyPatch, isi: str) -> None:
    monkeypatch.setenv("KUNCI_UJI", isi)
    with pytest.raises(ImproperlyConfigured, match="KUNCI_UJI") as galat:
        kunci_bernama("KUNCI_UJI", "kunci untuk uji")
    assert SATU not in str(galat.value)  # the message never repeats a key
