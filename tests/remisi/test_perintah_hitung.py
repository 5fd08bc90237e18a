"""The three commands as people run them: a process of its own, also where nothing of the portal runs."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from remisi.ketentuan import bawaan
from remisi.models import Aturan
from remisi.selectors_aturan import himpunan, himpunan_perintah
from upt.cakupan import SISTEM, terpasang

AKAR = Path(__file__).resolve().parents[2]
KOSONG = {"PATH": os.environ["PATH"], "HOME": "/tmp", "LANG": "C"}


def jalankan(perintah: str, masuk: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", perintah],
        **{"cwd": AKAR, "input": masuk, "env": env or KOSONG, "capture_output": True, "encoding": "utf-8"},
        timeout=60,
        check=True,
    )


def baris(*semua: dict[str, Any]) -> str:
    return "".join(json.dumps(isi, ensure_ascii=False) + "\n" for isi in semua)


def test_pidana_tanpa_lingkungan_sama_sekali() -> None:
    isi = {"tanggal_tahan": "2016-01-30", "pidana": {"tahun": 20, "bulan": 0, "hari": 0}}
    hasil = jalankan(
        "hitung_pidana", baris({"id": "é", **isi, "remisi": [{"bulan": 58, "hari": 30}]}) + "rusak\n" + baris({"id": 3})
    )
    jawaban = [json.loads(x) for x in hasil.stdout.splitlines()]
    assert [j["id"] for j in jawaban] == ["é", None, 3]
    assert jawaban[0]["pb"]["akhir_bimbingan"] == "2032-03-27"
    assert list(jawaban[0]) == [
        *("id", "ekspirasi_awal", "ekspirasi_akhir", "sepertiga", "setengah", "dua_pertiga"),
        *("pb", "cb", "cmb", "langkah", "kurang"),
    ]
    assert list(jawaban[0]["cmb"]) == ["layak", "jatuh_tempo", "mulai", "akhir", "hari"]
    assert set(jawaban[1]) == {"id", "galat"}
    assert "aturan bawaan" in hasil.stderr


def test_remisi_dan_hemat() -> None:
    remisi = {"id": 1, "jenis": "RU", "tanggal": "2025-08-17", "tanggal_tahan": "2024-08-22", "urutan": 1}
    (jawaban,) = map(json.loads, jalankan("hitung_remisi", baris(remisi)).stdout.splitlines())
    assert (jawaban["layak"], jawaban["bulan"], jawaban["hari"], jawaban["total_hari"]) == (True, 2, 0, 60)
    pita = [{"hari": 15, "orang": 12}, {"hari": 30, "orang": 25}, {"hari": 45, "orang": 3}, {"hari": 60, "orang": 4}]
    hemat = {"id": 1, "tanggal": "2026-02-17", "pita": pita, "rupiah_tercetak": 25_447_500}
    (jawaban,) = map(json.loads, jalankan("hitung_hemat", baris(hemat)).stdout.splitlines())
    assert (jawaban["total_hari"], jawaban["biaya_per_hari"], jawaban["cocok"]) == (1305, 19_500, True)


def _prosesor() -> float:
    """Seconds of processor that children took: what the command costs, whatever else the machine does meanwhile."""
    terpakai = resource.getrusage(resource.RUSAGE_CHILDREN)
    return terpakai.ru_utime + terpakai.ru_stime


@pytest.mark.parametrize("perintah", ["hitung_pidana", "hitung_remisi", "hitung_hemat"])
def test_seribu_baris_dalam_tiga_detik(perintah: str) -> None:
    semua = [
        {
            **{"id": n, "tanggal_tahan": f"20{10 + n % 14}-0{1 + n % 9}-1{n % 9}", "jenis": "RU", "urutan": n % 9 + 1},
            **{"tanggal": f"20{n % 6 + 20}-08-17", "pidana": {"tahun": n % 20 + 1, "bulan": n % 11, "hari": n % 29}},
            **{"remisi": [{"bulan": 1, "hari": 15}] * (n % 12), "subsider": {"bulan": n % 6, "hari": 0}},
            **{"pita": [{"hari": 30, "orang": n}] * 6, "kategori": ["umum", "korupsi", "anak"][n % 3]},
        }
        for n in range(1000)
    ]
    mulai = _prosesor()
    hasil = jalankan(perintah, baris(*semua))
    lama = _prosesor() - mulai
    jawaban = [json.loads(x) for x in hasil.stdout.splitlines()]
    assert [j["id"] for j in jawaban] == list(range(1000))
    assert not any("galat" in j for j in jawaban)
    assert lama < 3, lama


def test_setiap_baris_dijawab_seketika_dan_pembaca_boleh_berhenti() -> None:
    proses = subprocess.Popen(
        [sys.executable, "manage.py", "hitung_pidana"],
        **{"cwd": AKAR, "env": KOSONG, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE},
    )
    assert proses.stdin
    assert proses.stdout
    assert proses.stderr
    proses.stdin.write(b'{"id": 1}\n')
    proses.stdin.flush()
    assert json.loads(proses.stdout.readline())["id"] == 1, "answered while the input is still open"
    proses.stdout.close()
    proses.stdin.write(b'{"id": 2}\n' * 5000)
    proses.stdin.close()
    assert proses.wait(30) == 0
    assert b"Traceback" not in proses.stderr.read()


@pytest.mark.django_db
def test_dengan_basis_data_yang_ada() -> None:
    nyata = connection.settings_dict
    url = f"postgresql://{nyata['USER']}:{nyata['PASSWORD']}@{nyata['HOST']}:{nyata['PORT']}/{nyata['NAME']}"
    env = {**KOSONG, "DATABASE_URL": url, "PERAN_DB": "pemilik"}
    isi = baris({"id": 1, "tanggal": "2025-12-25", "pita": [{"hari": 10, "orang": 1}]})
    hasil = jalankan("hitung_hemat", isi, env)
    assert "tidak dapat dihubungi" not in hasil.stderr
    assert json.loads(hasil.stdout)["rupiah"] == 195_000


@pytest.fixture
def sistem(db: None) -> Iterator[None]:
    """Rules are written by who works for the nation."""
    with terpasang(SISTEM):
        yield


def _tulis(kode: str, rupiah: int, status: str = Aturan.Status.BERLAKU) -> Aturan:
    return Aturan.objects.create(
        **{"tabel": "biaya_makan", "kode": kode, "berlaku_dari": date(2025, 12, 1), "sumber": "uji"},
        nilai={"tingkat": "nasional", "rupiah": rupiah},
        status=status,
        dibuat_pada=timezone.now(),
    )


@pytest.mark.usefixtures("sistem")
def test_aturan_basis_data_menang_dan_perubahannya_langsung_dipakai() -> None:
    """Shipped rules until the database has any; then those, and every change of them at the next question."""
    hari = date(2025, 12, 25)
    Aturan.objects.update(status=Aturan.Status.DICABUT)
    assert himpunan_perintah() == (bawaan(), "belum ada aturan di basis data")
    assert himpunan() is bawaan()
    satu = _tulis("NASIONAL", 20_000)
    assert himpunan_perintah()[1] == ""
    assert himpunan().biaya("nasional", hari).rupiah == 20_000
    assert himpunan() is himpunan(), "kept while nothing changes"
    Aturan.objects.filter(pk=satu.pk).update(nilai={"tingkat": "nasional", "rupiah": 21_000})
    assert himpunan().biaya("nasional", hari).rupiah == 21_000
    rancangan = _tulis("NASIONAL", 25_000, Aturan.Status.RANCANGAN)
    assert himpunan().biaya("nasional", hari).rupiah == 21_000
    assert himpunan(dengan_rancangan=True).biaya("nasional", hari).rupiah == 25_000
    assert himpunan(dengan_rancangan=[rancangan.pk]).biaya("nasional", hari).rupiah == 25_000
    assert himpunan(dengan_rancangan=[]).biaya("nasional", hari).rupiah == 21_000
    Aturan.objects.filter(pk=satu.pk).update(status=Aturan.Status.DICABUT)
    assert himpunan() is bawaan()


@pytest.mark.usefixtures("sistem")
def test_aturan_yang_tidak_terbaca_tidak_dipakai_perintah() -> None:
    satu = _tulis("UJI", 1)
    Aturan.objects.filter(pk=satu.pk).update(nilai={"tingkat": "nasional", "rupiah": "mahal"})
    ada, sebab = himpunan_perintah()
    assert ada is bawaan()
    assert "Rupiah sehari tidak terbaca" in sebab
