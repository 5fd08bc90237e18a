"""Canaries: persons with unmistakable names and numbers go the whole way, from an export of SDP to a printed decree and
the national total. Afterwards they are looked for everywhere: pages, addresses, headers, logs, the database as it lies
on the disk, sessions, Redis, mails, temporary files. They may be in two answers alone: the file with names and the
page that opened one, both of which were asked for with a reason."""

from __future__ import annotations

import base64
import io
import itertools
import logging
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from pemasyarakatan.inti.waktu import hari_ini
from remisi.models import Usulan
from tests.conftest import AKUN
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import kesempatan
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from wbp.models import AksesWarga, DataWarga
from wbp.services_catatan import Perilaku

KATA = ("kenariwangi", "cendrawasihku", "rajawalinta")
NOMOR = ("7391846205", "8264059137")
NAMA = ("Kenariwangi Cendrawasihku", "Rajawalinta Cendrawasihku")
UNIT = "lapas-kelas-iia-ambon"


def jarum() -> list[str]:
    """The canaries as text, as hexadecimal (how COPY writes bytea) and as Base64 in its three alignments."""
    semua = []
    for kata in (*KATA, *NOMOR):
        for bentuk in {kata, kata.upper(), kata.capitalize()}:
            semua += [bentuk, bentuk.encode().hex()]
            for geser in range(3):
                isi = base64.b64encode(b" " * geser + bentuk.encode()).decode()
                semua.append(isi[4 if geser else 0 : len(isi) - 4])
    return sorted({j.lower() for j in semua if len(j) >= 8})


JARUM = jarum()


def bocor(teks: str) -> list[str]:
    kecil = teks.lower()
    return [j for j in JARUM if j in kecil]


@dataclass
class Perjalanan:
    """Every answer that anybody got: who, address, headers, body. `boleh` are the two that may name somebody."""

    jawaban: list[tuple[str, str, str, str]] = field(default_factory=list)

    def klien(self, nama: str, orang: Any) -> Pejalan:
        klien = Client()
        klien.force_login(orang)
        return Pejalan(self, nama, klien)


@dataclass
class Pejalan:
    buku: Perjalanan
    nama: str
    klien: Client

    def get(self, alamat: str, kode: int = 200) -> str:
        return self._catat("GET", alamat, self.klien.get(alamat), kode)

    def post(self, alamat: str, data: dict[str, Any], kode: int = 302, *, bernama: bool = False) -> Any:
        jawaban = self.klien.post(alamat, data)
        self._catat("POST", alamat, jawaban, kode, bernama=bernama)
        return jawaban

    def _catat(self, cara: str, alamat: str, jawaban: Any, kode: int, *, bernama: bool = False) -> str:
        isi = jawaban.content.decode("utf-8", "replace")
        assert jawaban.status_code == kode, (cara, alamat, jawaban.status_code, re.sub(r"<[^>]+>|\s+", " ", isi)[:900])
        kepala = "\n".join(f"{k}: {v}" for k, v in jawaban.headers.items())
        kue = "\n".join(str(k) for k in jawaban.cookies.values())
        self.buku.jawaban.append((f"{self.nama} {cara}", alamat, f"{kepala}\n{kue}", "" if bernama else isi))
        return isi


@pytest.fixture
def tempat_sementara(tmp_path: Path, monkeypatch: Any) -> Iterator[Path]:
    """All temporary files of the journey are below one folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def ekspor() -> SimpleUploadedFile:
    kepala = "no_reg;nama;status;lama_pidana;tgl_penahanan;tgl_putusan;tgl_lahir;jenis_kelamin;agama;jenis_kejahatan"
    baris = [
        f"B.I {nomor}/2025;{nama};narapidana;5 Tahun 0 Bulan;03/02/2024;01/08/2024;05/05/1985;L;Islam;pencurian"
        for nomor, nama in zip(NOMOR, NAMA, strict=True)
    ]
    return SimpleUploadedFile("ekspor.csv", "\r\n".join([kepala, *baris]).encode(), "text/csv")


def impor(op: Pejalan) -> None:
    op.get(f"/warga/{UNIT}/impor/")
    kirim = op.post(f"/warga/{UNIT}/impor/", {"berkas": ekspor(), "tanggal_data": hari_ini("WIT").isoformat()})
    halaman = op.get(kirim.url)
    isian = dict(re.findall(r'<input type="hidden" name="(pengirim|sidik)" value="([^"]*)"', halaman))
    op.post(kirim.url, {**isian, "aksi": "simpan"})
    op.get(kirim.url)


def lengkapi(dunia: Dunia) -> list[int]:
    """What an export does not say, noted by the unit, so that nothing is missing."""
    with terpasang(SISTEM):
        ids = list(DataWarga.objects.order_by("pk").values_list("pk", flat=True))
    register, kini = Register(dunia.ambon, dunia.operator_ambon), hari_ini("WIT")
    isi = {
        "salinan_putusan": True, "risiko_turun": True, "register_f_diperiksa": kini, "kelompok": "umum",
        "jenis_kelamin": "L", "agama": "ISLAM", "tahun_lahir": 1985,
    }  # fmt: skip
    for pk in ids:
        register.ubah(pk, revisi=register.baca(pk).revisi, setuju=("agama_berubah",), **isi)
    register.perilaku(*(Perilaku(pk, "SPPN", kini - timedelta(days=20), "BAIK") for pk in ids))
    return ids


def pilihan(**saring: Any) -> list[str]:
    with terpasang(SISTEM):
        return [f"{pk}:{revisi}" for pk, revisi in Usulan.objects.filter(**saring).values_list("pk", "revisi")]


def tindak(siapa: Pejalan, aksi: str, **isi: str) -> None:
    """The page that asks first, then the act."""
    semua = pilihan()
    siapa.post("/remisi/tindakan/", {"aksi": aksi, "pilih": semua}, 200)
    siapa.post("/remisi/tindakan/", {"aksi": aksi, "isi": " ".join(semua), "setuju": "1", **isi})


def jalani(dunia: Dunia, buku: Perjalanan) -> None:
    op, ka = buku.klien("operator", dunia.operator_ambon), buku.klien("kepala", dunia.kepala_ambon)
    vk, pp = buku.klien("verifikator", dunia.verifikator_maluku), buku.klien("peninjau", dunia.peninjau)
    k = kesempatan(tanggal=hari_ini() + timedelta(days=30), slug="ru-canary", jenis="RU")
    impor(op)
    ids = lengkapi(dunia)
    unit = f"/remisi/upt/{UNIT}/{k.slug}/"
    op.post(f"{unit}hitung/", {})
    tanya = op.post(f"{unit}usulkan/", {"semua": "1"}, 200)
    isi = re.findall(r'name="isi" value="([^"]*)"', tanya.content.decode())[0]
    op.post(f"{unit}usulkan/", {"setuju": "1", "isi": isi})
    assert len(pilihan()) == 2, "both are proposed, else the walk proves nothing"
    tindak(op, "sidangkan", tanggal=hari_ini().isoformat(), nomor="BA-1")
    tindak(ka, "ajukan")
    tindak(vk, "verifikasi")
    tindak(pp, "verifikasi")
    tindak(pp, "terbitkan", nomor="CONTOH-1", tanggal=hari_ini().isoformat())
    bernama(op, unit)
    buka = op.post(f"/warga/{UNIT}/buka/", {"orang": ids[:1], "alasan": "PERMINTAAN"}, 200, bernama=True)
    assert NAMA[0] in buka.content.decode(), "the page that opens names does name"
    baca_semua(dunia, buku, unit, ids)


def bernama(op: Pejalan, unit: str) -> None:
    for bentuk in ("pdf", "xlsx"):
        isi = {"daftar": "usulan", "bentuk": bentuk, "alasan": "KEPUTUSAN", "keterangan": ""}
        berkas = op.post(f"{unit}nominatif/", isi, 200, bernama=True)
        assert len(berkas.content) > 4_000


def baca_semua(dunia: Dunia, buku: Perjalanan, unit: str, ids: list[int]) -> None:
    """Every page of the way, by everybody who reads it and by their neighbours."""
    with terpasang(SISTEM):
        usulan = [str(pk) for pk in Usulan.objects.values_list("pk", flat=True)]
    nasional = ("/remisi/nasional/?kesempatan=ru-canary", "/remisi/nasional/rincian/?kesempatan=ru-canary")
    umum = ["/remisi/", unit, f"{unit}nominatif/", f"{unit}nominatif/usulan.pdf", f"{unit}nominatif/usulan.xlsx"]
    umum += [f"{unit}{pk}/" for pk in ids] + [f"/remisi/usulan/{u}/" for u in usulan]
    register = [
        f"/warga/{UNIT}/",
        *(f"/warga/{UNIT}/{pk}/" for pk in ids),
        *(f"/warga/{UNIT}/{pk}/akses/" for pk in ids),
    ]
    semua = [*umum, *register, *nasional, f"/remisi/upt/{UNIT}/", f"/remisi/upt/{UNIT}/integrasi/", "/remisi/antrean/"]
    semua += [
        f"{nasional[1]}&upt={UNIT}",
        "/remisi/kanwil/maluku/?kesempatan=ru-canary",
        "/kabar/",
        "/jejak/",
        "/warga/",
    ]
    orang = ("operator_ambon", "kepala_ambon", "operator_masohi", "verifikator_maluku", "verifikator_riau", "peninjau")
    for nama, alamat in itertools.product((*orang, "pimpinan", "auditor", "admin"), semua):
        klien = Client()
        klien.force_login(getattr(dunia, nama))
        jawaban = klien.get(alamat, follow=True)
        assert jawaban.status_code in (200, 403, 404), (nama, alamat, jawaban.status_code)
        lewat = [u for u, _ in jawaban.redirect_chain]
        kepala = "\n".join(f"{k}: {v}" for k, v in jawaban.headers.items())
        buku.jawaban.append((nama, " ".join([alamat, *lewat]), kepala, jawaban.content.decode("utf-8", "replace")))


# ---------------------------------------------------------------- where they must not be


def isi_basis_data() -> dict[str, str]:
    """Every table as COPY writes it: what a dump holds, as the owner of the database sees it."""
    akun, sini = AKUN["pemilik"], connection.settings_dict
    pg = psycopg2.connect(
        dbname=sini["NAME"], host=sini["HOST"], port=sini["PORT"], user=akun["USER"], password=akun["PASSWORD"]
    )
    hasil = {}
    with closing(pg), pg.cursor() as kursor:
        kursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (tabel,) in kursor.fetchall():
            wadah = io.BytesIO()
            kursor.copy_expert(f'COPY "{tabel}" TO STDOUT', wadah)
            hasil[tabel] = wadah.getvalue().decode()
    return hasil


def isi_redis() -> Iterator[tuple[str, str]]:
    gudang = redis.from_url(settings.REDIS_URL)
    baca: dict[bytes, Any] = {
        b"string": gudang.get, b"hash": gudang.hgetall, b"set": gudang.smembers,
        b"list": lambda k: gudang.lrange(k, 0, -1), b"zset": lambda k: gudang.zrange(k, 0, -1, withscores=True),
    }  # fmt: skip
    for kunci in gudang.scan_iter(count=1000):
        jenis = gudang.type(kunci)
        yield kunci.decode("utf-8", "replace"), str(baca[jenis](kunci)) if jenis in baca else ""


def test_canary_tidak_ada_di_mana_pun(
    dunia_nyata: Dunia, tempat_sementara: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    buku = Perjalanan()
    connection.force_debug_cursor = True  # every statement with its values goes to the log
    try:
        jalani(dunia_nyata, buku)
    finally:
        connection.force_debug_cursor = False
    halaman = {f"{siapa} {alamat}" for siapa, alamat, _, isi in buku.jawaban if bocor(isi)}
    assert not halaman
    alamat = {a for _, a, kepala, _ in buku.jawaban if bocor(a) or bocor(kepala)}
    assert not alamat, "addresses, file names, headers, cookies"
    catatan = [r.getMessage() + str(r.exc_text or "") + str(r.args) for r in caplog.records]
    assert not [c for c in catatan if bocor(c)]
    assert any("wbp_datawarga" in c for c in catatan), "statements were logged at all"
    tabel = isi_basis_data()
    assert not {nama: bocor(isi) for nama, isi in tabel.items() if bocor(isi)}
    assert "K.C." in tabel["wbp_datawarga"], "initials are there, so the dump is the journey's"
    assert {"wbp_datawarga", "jejak_jejak", "pekerjaan_pekerjaan", "remisi_usulan"} <= set(tabel)
    assert not {k: bocor(f"{k} {isi}") for k, isi in isi_redis() if bocor(f"{k} {isi}")}
    sesi = [str(s.get_decoded()) for s in Session.objects.all()]
    assert sesi
    assert not [s for s in sesi if bocor(s)]
    assert not [m for m in mail.outbox if bocor(f"{m.subject} {m.body} {m.to}")]
    berkas = [
        p for p in tempat_sementara.rglob("*") if p.is_file() and bocor(p.name + p.read_bytes().decode("latin-1"))
    ]
    assert not berkas
    with terpasang(SISTEM):
        akses = list(AksesWarga.objects.order_by("pk").values_list("cara", "alasan"))
    assert akses == [("BERKAS", "KEPUTUSAN")] * 4 + [("HALAMAN", "PERMINTAAN")], "one row a person and reading"


def test_jarum_mengenali_bentuk_tersembunyi() -> None:
    """The search itself finds what it must find."""
    rahasia = f"nama: {NAMA[0]}, nomor: B.I {NOMOR[0]}/2025"
    for bentuk in (rahasia, rahasia.encode().hex(), base64.b64encode(rahasia.encode()).decode(), rahasia.upper()):
        assert bocor(bentuk), bentuk
    assert not bocor("K.C. •••025")
