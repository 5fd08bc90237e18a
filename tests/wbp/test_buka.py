"""Opening names: written down first, all or none, within scope, for a reason; and reports of who looked."""

from __future__ import annotations

import csv
import io
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from tests.conftest import sebagai
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import buka, sandi
from wbp.models import AksesWarga, DataWarga, KunciWarga
from wbp.sandi import GalatSandi


def _akses() -> list[AksesWarga]:
    with terpasang(SISTEM):
        return list(AksesWarga.objects.order_by("pk"))


def test_setiap_bacaan_satu_catatan(ambon: Register, dunia: Dunia) -> None:
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1)).pk
    ambon.buka(satu, dua)
    Register(dunia.ambon, dunia.kepala_ambon).buka(satu, alasan="LAIN", keterangan="Diminta jaksa", bidang=["nama"])
    terbuka = Register(dunia.ambon, dunia.verifikator_maluku).buka(satu, cara="BERKAS", alasan="KEPUTUSAN")
    assert terbuka[satu].nama == NAMA
    catatan = [(a.data_id, a.peran, a.alasan, a.bidang, a.cara) for a in _akses()]
    assert sorted(catatan[:2]) == [
        (satu, "operator_upt", "USULAN", ["nama", "nomor"], "HALAMAN"),
        (dua, "operator_upt", "USULAN", ["nama", "nomor"], "HALAMAN"),
    ]
    assert catatan[2:] == [
        (satu, "kepala_upt", "LAIN", ["nama"], "HALAMAN"),
        (satu, "verifikator_kanwil", "KEPUTUSAN", ["nama", "nomor"], "BERKAS"),
    ]


def test_hanya_bidang_yang_diminta(ambon: Register) -> None:
    pk = ambon.catat().pk
    assert ambon.buka(pk, bidang=["nomor"])[pk] == buka.Terbuka(pk, nomor=NOMOR)


def test_asing_dan_tanpa_hak_tidak_membaca_apa_pun(ambon: Register, pekanbaru: Register, dunia: Dunia) -> None:
    sendiri, asing = ambon.catat().pk, pekanbaru.catat().pk
    for ids in ([sendiri, asing], [asing], [sendiri, 10**12], [sendiri, 2**70]):
        with pytest.raises(TidakDitemukan):
            ambon.buka(*ids)
    for orang in (dunia.peninjau, dunia.pimpinan):
        with pytest.raises(Ditolak):
            Register(dunia.ambon, orang).buka(sendiri)
    with pytest.raises(TidakDitemukan):
        Register(dunia.ambon, dunia.verifikator_riau).buka(sendiri)
    assert not _akses()


@pytest.mark.parametrize(
    "isian",
    [{"alasan": ""}, {"alasan": "IKUT-IKUT"}, {"alasan": "LAIN"}, {"alasan": "SIDANG", "keterangan": "x" * 201}],
)
def test_alasan_wajib(ambon: Register, isian: dict[str, str]) -> None:
    pk = ambon.catat().pk
    with pytest.raises(TidakSah):
        ambon.buka(pk, **isian)
    assert not _akses()


def test_batas_sekali_buka(ambon: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ambon.banyak([{"nama": "Burung", "nomor": nomor_ke(n), "status": "TAHANAN"} for n in range(3)])
    monkeypatch.setitem(buka.BATAS, AksesWarga.Cara.HALAMAN, 2)
    with pytest.raises(TidakSah, match="paling banyak 2"):
        ambon.buka(*ids)
    assert len(ambon.buka(*ids, cara="BERKAS")) == 3


def test_yang_gagal_dibuka_tidak_tercatat_terbaca(ambon: Register) -> None:
    """A ciphertext of another row is refused; the transaction goes with it."""
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1), nama="Melati").pk
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=satu).update(rahasia=DataWarga.objects.get(pk=dua).rahasia)
        KunciWarga.objects.filter(data=satu).update(bungkus=KunciWarga.objects.get(data=dua).bungkus)
    with pytest.raises(GalatSandi) as galat:
        ambon.buka(satu)
    assert "Melati" not in str(galat.value)
    assert not _akses()


def test_catatan_ditulis_sebelum_dibuka(ambon: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = ambon.catat().pk
    asli, urutan = sandi.buka_warga, []

    def mengintip(*isi: Any) -> Any:
        urutan.append(AksesWarga.objects.filter(data=pk).count())
        return asli(*isi)

    monkeypatch.setattr(sandi, "buka_warga", mengintip)
    ambon.buka(pk)
    assert urutan == [1]


# ---------------------------------------------------------------- reports


def _csv(perintah: str, *arg: str) -> list[dict[str, str]]:
    keluar = io.StringIO()
    call_command(perintah, *arg, stdout=keluar, stderr=io.StringIO())
    return list(csv.DictReader(io.StringIO(keluar.getvalue())))


def test_laporan_akses_satu_orang(ambon: Register) -> None:
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1)).pk
    ambon.buka(satu, dua)
    ambon.buka(satu, alasan="LAIN", keterangan="=1+1")
    baris = _csv("laporan_akses", "--data", str(satu))
    assert [(b["orang"], b["oleh"], b["bidang"]) for b in baris] == [(str(satu), "operator_ambon", "nama nomor")] * 2
    assert baris[1]["keterangan"] == "'=1+1"
    assert not any(rahasia in str(baris) for rahasia in ("Kenari", "48213"))
    with pytest.raises(CommandError):
        _csv("laporan_akses", "--data", "999999")


def test_laporan_insiden_menurut_waktu_dan_akun(ambon: Register, dunia: Dunia) -> None:
    pk = ambon.catat().pk
    ambon.buka(pk)
    Register(dunia.ambon, dunia.kepala_ambon).buka(pk)
    rentang = ("--sejak", "2026-01-01", "--sampai", "2099-01-01")
    assert [b["oleh"] for b in _csv("laporan_insiden", *rentang)] == ["operator_ambon", "kepala_ambon"]
    assert [b["oleh"] for b in _csv("laporan_insiden", *rentang, "--aktor", "kepala_ambon")] == ["kepala_ambon"]
    assert _csv("laporan_insiden", "--sejak", "2020-01-01", "--sampai", "2021-01-01") == []
    for salah in (("--sejak", "kemarin", "--sampai", "2021-01-01"), (*rentang, "--aktor", "tak.ada")):
        with pytest.raises(CommandError):
            _csv("laporan_insiden", *salah)


def test_laporan_insiden_sejuta_baris(dunia_nyata: Dunia) -> None:
    """Within a minute, also on a busy machine."""
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    pk = ambon.catat().pk
    with sebagai("pemilik"), terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "INSERT INTO wbp_akseswarga "
            "(upt_id, kanwil_id, data_id, oleh_id, peran, pada, alasan, keterangan, bidang, cara) "
            "SELECT %s, %s, %s, %s, 'operator_upt', %s + n * interval '1 second', 'USULAN', '', '{nama}', 'HALAMAN' "
            "FROM generate_series(1, 1000000) n",
            [ambon.upt.pk, ambon.upt.kanwil_id, pk, ambon.orang.pk, datetime(2026, 1, 1, tzinfo=UTC)],
        )
    connections.close_all()
    keluar, mulai = io.StringIO(), time.perf_counter()
    sampai = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=20)).isoformat()
    call_command(
        "laporan_insiden",
        "--sejak",
        "2026-01-01T00:00:00+00:00",
        "--sampai",
        sampai,
        stdout=keluar,
        stderr=io.StringIO(),
    )
    lama = time.perf_counter() - mulai
    assert keluar.getvalue().count("\n") == 1_000_001
    assert lama < 60, f"{lama:.1f} s"


def test_dari_cakupan_orangnya_saja(ambon: Register, dunia: Dunia) -> None:
    """Row-level security holds for the log too."""
    pk = ambon.catat().pk
    ambon.buka(pk)
    with sebagai_orang(dunia.operator_pekanbaru):
        assert not AksesWarga.objects.exists()


def test_baris_dan_kuncinya_dari_satu_saat(ambon: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erased or moved between the look and the reading: what was seen is read, and it was written down."""
    pk = ambon.catat().pk
    asli = buka.catat_akses

    def lalu_musnah(semua: Any, **isi: Any) -> None:
        asli(semua, **isi)
        with terpasang(SISTEM):
            KunciWarga.objects.filter(data=pk).delete()

    monkeypatch.setattr(buka, "catat_akses", lalu_musnah)
    assert ambon.buka(pk)[pk].nama == NAMA
    assert len(_akses()) == 1


def test_kunci_yang_tidak_terpasang_disebut_dengan_kalimat(
    ambon: Register, dunia: Dunia, masuk: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """No crash page: a sentence that says whom to ask, in the log which row and key, in the access log nothing."""
    pk = ambon.catat().pk
    lama = next(iter(settings.KUNCI_DATA_WBP))
    settings.KUNCI_DATA_WBP = {"lain": b"n" * 32}
    jawab = masuk(dunia.operator_ambon).post(f"/warga/{dunia.ambon.kode}/buka/", {"orang": pk, "alasan": "USULAN"})
    assert jawab.status_code == 503
    assert "kunci sandi di server tidak lengkap" in jawab.content.decode()
    assert f"'{lama}' that wraps warga {pk} is not in KUNCI_DATA_WBP" in caplog.text
    assert not any(rahasia in caplog.text for rahasia in ("Kenari", "48213"))
    assert not _akses()
