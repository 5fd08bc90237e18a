"""Holidays, moved deadlines and waivers: what the preview says is what happens, and coverage follows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from dasbor.agregasi import proses_kotor
from dasbor.models import Ringkasan
from pelaporan.models import Kotor, Laporan, Libur, Pembebasan, Pemberitahuan, Periode, PerubahanTenggat
from pelaporan.services_bulan import putuskan_bulan
from pelaporan.services_periode import buka_periode
from pelaporan.tenggat import services
from pelaporan.tenggat.services import Pemindahan
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, akhir_hari, zona_dari
from tests import dunia as pembuat
from tests.dunia import JANUARI
from tests.pelaporan.tenggat.bantu import cakupan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

FEBRUARI, MARET = Bulan(2026, 2), Bulan(2026, 3)


def _hari(laporan: Laporan) -> date:
    return laporan.tenggat.astimezone(zona_dari(laporan.upt.zona)).date()


@pytest.fixture
def pusat(dunia: Any) -> Any:
    """The reviewer's scope around the whole test."""
    with terpasang(cakupan(dunia.peninjau)):
        yield dunia


# ---------------------------------------------------------------- holidays


def test_libur_nasional_memindahkan_tenggat(pusat: Any) -> None:
    lama = {u.pk: _hari(pusat.laporan(u)) for u in pusat.upt.values()}
    assert set(lama.values()) == {date(2026, 2, 6)}  # the fifth working day
    andai = services.dampak_libur(date(2026, 2, 3), None)
    assert (andai.upt, andai.laporan) == (4, Laporan.objects.count())
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 6)  # a preview writes nothing
    nyata = services.tambah_libur(
        tanggal=date(2026, 2, 3), nama="Hari uji", kanwil_id=None, alasan="SK 1/2026", oleh=pusat.peninjau
    )
    assert nyata.kalimat == andai.kalimat
    assert {_hari(pusat.laporan(u)) for u in pusat.upt.values()} == {date(2026, 2, 9)}
    assert Pemberitahuan.objects.filter(jenis="tenggat").count() == 4
    libur = Libur.objects.get(nama="Hari uji")
    services.hapus_libur(libur_id=libur.pk, alasan="Dibatalkan", oleh=pusat.peninjau)
    assert {u: _hari(pusat.laporan(pusat.upt[k])) for k, u in [(x.kode, x.pk) for x in pusat.upt.values()]} == lama


def test_libur_daerah_hanya_kanwilnya(pusat: Any) -> None:
    dampak = services.tambah_libur(
        tanggal=date(2026, 2, 3), nama="Hari daerah", kanwil_id=pusat.kanwil["maluku"].pk, alasan="SK", oleh=pusat.admin
    )
    assert dampak.upt == 2
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 9)
    assert _hari(pusat.laporan(pusat.pekanbaru)) == date(2026, 2, 6)


@time_machine.travel(datetime(2026, 2, 20, 3, tzinfo=UTC))
def test_terkirim_tidak_lagi_terlambat_dan_rekap_menyusul(pusat: Any) -> None:
    pembuat.kirim(pusat.laporan(pusat.ambon), pusat.kepala_ambon)
    laporan = pusat.laporan(pusat.ambon)
    assert laporan.terlambat
    proses_kotor()
    with terpasang(SISTEM):
        tepat = Ringkasan.objects.get(kanwil__slug="maluku", bulan=JANUARI.awal, formulir_id="F06").n_tepat
    jauh = date(2026, 2, 27)
    dampak = services.pindahkan_tenggat(
        pemindahan=Pemindahan(JANUARI, "F06", None, jauh, jauh, jauh), alasan="Gangguan jaringan", oleh=pusat.peninjau
    )
    assert dampak.tidak_lagi_terlambat >= 1
    assert not pusat.laporan(pusat.ambon).terlambat
    assert Kotor.objects.filter(kanwil__slug="maluku", formulir_id="F06").exists()
    proses_kotor()
    with terpasang(SISTEM):
        baru = Ringkasan.objects.get(kanwil__slug="maluku", bulan=JANUARI.awal, formulir_id="F06").n_tepat
    assert baru == tepat + 1


def test_libur_ditolak(pusat: Any) -> None:
    umum: dict[str, Any] = {"nama": "X", "kanwil_id": None, "alasan": "SK", "oleh": pusat.peninjau}
    with pytest.raises(TidakSah):
        services.tambah_libur(tanggal=date(2026, 2, 7), **umum)  # a Saturday
    with pytest.raises(TidakSah):
        services.tambah_libur(tanggal=date(2026, 2, 3), **{**umum, "alasan": " "})
    services.tambah_libur(tanggal=date(2026, 2, 3), **umum)
    with pytest.raises(Bentrok):
        services.tambah_libur(tanggal=date(2026, 2, 3), **{**umum, "nama": "Y"})


def test_bukan_pengelola_ditolak(dunia: Any) -> None:
    with terpasang(cakupan(dunia.kepala_maluku)), pytest.raises(Ditolak):
        services.tambah_libur(tanggal=date(2026, 2, 3), nama="X", kanwil_id=None, alasan="SK", oleh=dunia.kepala_maluku)


# ---------------------------------------------------------------- moved deadlines


def test_pindah_satu_formulir_satu_kanwil(pusat: Any) -> None:
    p = Pemindahan(JANUARI, "F06", pusat.kanwil["maluku"].pk, upt=date(2026, 2, 10))
    with pytest.raises(TidakSah, match="tidak berurutan"):
        services.dampak_pemindahan(Pemindahan(JANUARI, "F06", p.kanwil_id, upt=date(2026, 2, 27)))
    dampak = services.pindahkan_tenggat(pemindahan=p, alasan="Banjir", oleh=pusat.peninjau)
    assert (dampak.upt, dampak.laporan) == (2, 2)
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 10)
    assert _hari(pusat.laporan(pusat.ambon, "F01")) == date(2026, 2, 6)
    assert _hari(pusat.laporan(pusat.pekanbaru)) == date(2026, 2, 6)


def test_keputusan_terbaru_yang_berlaku(pusat: Any) -> None:
    for hari in (10, 9):
        services.pindahkan_tenggat(
            pemindahan=Pemindahan(JANUARI, upt=date(2026, 2, hari)), alasan="x", oleh=pusat.peninjau
        )
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 9)
    # a later decision about another date leaves this one as it is
    services.pindahkan_tenggat(pemindahan=Pemindahan(JANUARI, pusat=date(2026, 2, 27)), alasan="x", oleh=pusat.peninjau)
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 9)


def test_berlaku_bagi_bulan_yang_dibuka_kemudian(pusat: Any) -> None:
    services.pindahkan_tenggat(
        pemindahan=Pemindahan(FEBRUARI, upt=date(2026, 3, 9)), alasan="Lebaran", oleh=pusat.peninjau
    )
    buka_periode(bulan=FEBRUARI, oleh=pusat.peninjau)
    assert _hari(pusat.laporan(pusat.ambon, bulan=FEBRUARI)) == date(2026, 3, 9)


def test_bulan_yang_dibuka_lagi_dihitung_lagi(pusat: Any) -> None:
    cak = cakupan(pusat.peninjau)
    putuskan_bulan(aksi="tutup", bulan=JANUARI, oleh=pusat.peninjau, cakupan=cak, kunci="tutup-uji-1")
    assert services.dampak_libur(date(2026, 2, 3), None).laporan == 0
    services.tambah_libur(tanggal=date(2026, 2, 3), nama="Hari uji", kanwil_id=None, alasan="SK", oleh=pusat.peninjau)
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 6)
    putuskan_bulan(aksi="buka_lagi", bulan=JANUARI, oleh=pusat.peninjau, cakupan=cak, kunci="buka-uji-1")
    assert _hari(pusat.laporan(pusat.ambon)) == date(2026, 2, 9)


def test_unit_membaca_alasannya(pusat: Any, masuk: Any) -> None:
    services.pindahkan_tenggat(
        pemindahan=Pemindahan(JANUARI, upt=date(2026, 2, 9)), alasan="gangguan jaringan", oleh=pusat.peninjau
    )
    teks = masuk(pusat.operator_ambon).get(f"/upt/{pusat.ambon.kode}/?bulan=2026-01").content.decode()
    assert "kirim dari 6 Februari 2026 ke 9 Februari 2026" in teks
    assert "karena gangguan jaringan" in teks


def test_halaman_pindah_menyebut_akibat_lalu_melakukan(dunia: Any, masuk: Any) -> None:
    klien, isi = masuk(dunia.peninjau), {"bulan": "2026-01", "upt": "9/2/2026", "alasan": "Gangguan"}
    teks = klien.post("/periode/tenggat/", isi).content.decode()
    assert "Memindahkan tenggat Januari 2026 pada 4 UPT" in teks
    assert "<strong>9 Februari 2026</strong>" in teks  # the date itself is read once more before it holds
    assert "Semua formulir, Semua Kanwil" in teks
    assert PerubahanTenggat.objects.count() == 0
    assert klien.post("/periode/tenggat/", {**isi, "setuju": "ya"}).status_code == 302
    assert PerubahanTenggat.objects.count() == 1


# ---------------------------------------------------------------- waivers


def _bebas(dunia: Any, **lain: Any) -> Pembebasan:
    oleh = lain.pop("oleh", dunia.kepala_maluku)
    isi = {"kode": dunia.ambon.kode, "formulir": "F06", "dari": JANUARI, "sampai": MARET, "alasan": "Renovasi", **lain}
    with terpasang(cakupan(oleh)):
        return services.bebaskan(**isi, oleh=oleh, cakupan=cakupan(oleh))


def _liputan() -> tuple[int, int]:
    with terpasang(SISTEM):
        proses_kotor()
        r = Ringkasan.objects.get(kanwil__slug="maluku", bulan=JANUARI.awal, formulir_id="F06")
        return r.n_wajib, r.n_masuk


def test_pembebasan_mengurangi_penyebut_lalu_dicabut(dunia: Any) -> None:
    with terpasang(SISTEM):
        Kotor.objects.create(kanwil=dunia.kanwil["maluku"], bulan=JANUARI.awal, formulir_id="F06")
    assert _liputan() == (2, 0)
    bebas = _bebas(dunia)
    assert dunia.laporan(dunia.ambon).dibebaskan == "Renovasi"
    assert _liputan() == (1, 0)
    with terpasang(cakupan(dunia.kepala_maluku)):
        services.cabut_pembebasan(
            pembebasan_id=bebas.pk, oleh=dunia.kepala_maluku, cakupan=cakupan(dunia.kepala_maluku)
        )
    assert dunia.laporan(dunia.ambon).dibebaskan == ""
    assert _liputan() == (2, 0)


def test_yang_tetap_dikirim_tetap_dihitung(dunia: Any) -> None:
    _bebas(dunia)
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    assert _liputan() == (2, 1)
    pembuat.lakukan(dunia.laporan(dunia.ambon), "tarik", dunia.kepala_ambon)
    assert dunia.laporan(dunia.ambon).dibebaskan == "Renovasi"
    assert _liputan() == (1, 0)


def test_yang_sudah_terkirim_tidak_disentuh(dunia: Any) -> None:
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    _bebas(dunia)
    assert dunia.laporan(dunia.ambon).dibebaskan == ""
    assert _liputan() == (2, 1)


def test_bulan_kemudian_ikut_bebas_sampai_akhirnya(dunia: Any) -> None:
    _bebas(dunia, sampai=FEBRUARI)
    with terpasang(SISTEM):
        buka_periode(bulan=FEBRUARI)
        buka_periode(bulan=MARET)
    assert dunia.laporan(dunia.ambon, bulan=FEBRUARI).dibebaskan == "Renovasi"
    assert dunia.laporan(dunia.ambon, bulan=MARET).dibebaskan == ""
    assert dunia.laporan(dunia.masohi, bulan=FEBRUARI).dibebaskan == ""


def test_pembebasan_ditolak(dunia: Any) -> None:
    with pytest.raises(TidakSah):
        _bebas(dunia, sampai=JANUARI + 12)
    with pytest.raises(TidakSah):
        _bebas(dunia, dari=MARET, sampai=JANUARI)
    with pytest.raises(TidakSah):
        _bebas(dunia, alasan="")
    with pytest.raises(TidakDitemukan):
        _bebas(dunia, kode=dunia.pekanbaru.kode)
    with pytest.raises(Ditolak):
        _bebas(dunia, oleh=dunia.verifikator_maluku)
    _bebas(dunia)
    with pytest.raises(Bentrok):
        _bebas(dunia, dari=MARET, sampai=MARET + 2, oleh=dunia.peninjau)


def test_bulan_tertutup_tidak_berubah(dunia: Any) -> None:
    Periode.objects.filter(bulan=JANUARI.awal).update(status=Periode.Status.DITUTUP)
    with pytest.raises(TidakSah, match="sudah ditutup"):
        _bebas(dunia)


def test_halaman_pembebasan(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.kepala_maluku)
    kini = Bulan.kini()
    isi = {"upt": dunia.ambon.kode, "formulir": "F06", "dari": kini.kode, "sampai": kini.kode, "alasan": "Renovasi"}
    assert klien.post("/periode/pembebasan/", isi).status_code == 302
    teks = klien.get("/periode/pembebasan/?keadaan=berlaku").content.decode()
    assert "Renovasi" in teks
    assert dunia.pekanbaru.nama not in teks
    assert "Renovasi" not in klien.get("/periode/pembebasan/?keadaan=dicabut").content.decode()
    assert "Renovasi" not in masuk(dunia.verifikator_riau).get("/periode/pembebasan/").content.decode()
    with terpasang(SISTEM):
        pk = Pembebasan.objects.get().pk
    assert masuk(dunia.verifikator_riau).post(f"/periode/pembebasan/{pk}/cabut/").status_code == 404
    assert masuk(dunia.verifikator_maluku).post(f"/periode/pembebasan/{pk}/cabut/").status_code == 403
    assert klien.post(f"/periode/pembebasan/{pk}/cabut/").status_code == 302
    with terpasang(SISTEM):
        assert Pembebasan.objects.get().dicabut_oleh_id == dunia.kepala_maluku.pk


def test_tenggat_per_zona(dunia: Any) -> None:
    """23.59 in the unit's own zone, also after a move."""
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.masohi.pk).update(zona="WITA")

    with terpasang(cakupan(dunia.peninjau)):
        services.pindahkan_tenggat(
            pemindahan=Pemindahan(JANUARI, upt=date(2026, 2, 9)), alasan="x", oleh=dunia.peninjau
        )
    for upt, zona in ((dunia.ambon, "WIT"), (dunia.masohi, "WITA"), (dunia.pekanbaru, "WIB")):
        assert dunia.laporan(upt).tenggat == akhir_hari(date(2026, 2, 9), zona)
