"""Two people, two tabs, two clicks: exactly one wins, nobody's typing is lost."""

from __future__ import annotations

from pelaporan.alur import Status
from pelaporan.models import Kejadian, Laporan, LaporanVersi, RiwayatIsian
from pelaporan.services_isian import Perubahan, simpan
from pelaporan.services_periode import tutup_periode
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.jejak.selectors import periksa_rantai
from tests.dunia import JANUARI, Dunia, isi_penuh, kirim, lakukan
from tests.konkurensi.alat import serentak
from upt.cakupan import SISTEM, Cakupan, terpasang


def test_klik_ganda_satu_versi(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)
    with terpasang(SISTEM):
        revisi = Laporan.objects.get(pk=laporan.pk).revisi

    def klik() -> dict[str, object]:
        return lakukan(laporan, "kirim", d.kepala_ambon, kunci="klik-yang-sama", revisi=revisi, disahkan=True)

    hasil = serentak([klik] * 6)
    assert {h["nomor"] for h in hasil} == {"LB-F06-2026-01-LAPAS-KELAS-IIA-AMBON-v1"}
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan=laporan).count() == 1
        assert Kejadian.objects.filter(laporan=laporan, aksi="kirim").count() == 1
        assert periksa_rantai() == []


def test_dua_tab_dua_kunci_satu_menang(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)
    with terpasang(SISTEM):
        revisi = Laporan.objects.get(pk=laporan.pk).revisi
    hasil = serentak(
        [lambda n=n: lakukan(laporan, "kirim", d.kepala_ambon, kunci=f"tab-nomor-{n}", revisi=revisi, disahkan=True)
         for n in range(4)]
    )  # fmt: skip
    assert sum(isinstance(h, dict) for h in hasil) == 1
    assert sum(isinstance(h, Bentrok) for h in hasil) == 3
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan=laporan).count() == 1


def test_verifikasi_lawan_kembalikan(dunia_nyata: Dunia) -> None:
    """Two reviewers decide at once, many times over: one decision, one event, the other one is told."""
    d = dunia_nyata
    for formulir in ("F01", "F02", "F04", "F06"):
        laporan = d.laporan(d.ambon, formulir)
        kirim(laporan, d.kepala_ambon)
        with terpasang(SISTEM):
            revisi = Laporan.objects.get(pk=laporan.pk).revisi
        hasil = serentak(
            [
                lambda lap=laporan, r=revisi: lakukan(lap, "verifikasi", d.verifikator_maluku, revisi=r),
                lambda lap=laporan, r=revisi: lakukan(
                    lap, "kembalikan", d.kepala_maluku, revisi=r, alasan="lainnya", teks="Periksa lagi."
                ),
            ]
        )
        menang = [h for h in hasil if isinstance(h, dict)]
        kalah = [h for h in hasil if isinstance(h, Bentrok)]
        assert len(menang) == len(kalah) == 1, hasil
        assert "sudah berubah" in kalah[0].pesan
        with terpasang(SISTEM):
            assert Laporan.objects.get(pk=laporan.pk).status == menang[0]["status"]


def test_tarik_lawan_verifikasi(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    with terpasang(SISTEM):
        revisi = Laporan.objects.get(pk=laporan.pk).revisi
    hasil = serentak(
        [
            lambda: lakukan(laporan, "tarik", d.kepala_ambon, revisi=revisi),
            lambda: lakukan(laporan, "verifikasi", d.verifikator_maluku, revisi=revisi),
        ]
    )
    assert sum(isinstance(h, dict) for h in hasil) == 1
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
        assert (segar.status, segar.versi_masuk) in ((Status.DRAF, None), (Status.TERVERIFIKASI, 1))


def test_dua_operator_satu_sel(dunia_nyata: Dunia) -> None:
    """Both saw the empty cell; one value is stored, the other one is shown as a conflict with name and value."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)

    def ketik(orang: Pengguna, teks: str) -> object:
        segar = Pengguna.objects.get(pk=orang.pk)
        with terpasang(Cakupan(pengguna_id=segar.pk)):
            cakupan = Cakupan.dari(segar)
        with terpasang(cakupan):
            return simpan(
                laporan_id=laporan.pk, perubahan=[Perubahan("lahan_tidur", teks)], oleh=segar, cakupan=cakupan
            )

    hasil = serentak([lambda: ketik(d.operator_ambon, "40"), lambda: ketik(d.kepala_ambon, "55")])
    simpanan = [h for h in hasil if h.tersimpan]
    konflik = [h.konflik["lahan_tidur"] for h in hasil if h.konflik]
    assert len(simpanan) == len(konflik) == 1
    assert {konflik[0]["nilai"], konflik[0]["isian_anda"]} == {"40", "55"}
    assert konflik[0]["oleh"] in (d.operator_ambon.nama, d.kepala_ambon.nama)
    with terpasang(SISTEM):
        assert RiwayatIsian.objects.filter(laporan=laporan).count() == 1


def test_banyak_sel_bersamaan_tidak_ada_yang_hilang(dunia_nyata: Dunia) -> None:
    """Eight tabs save different cells of one report at the same moment: every acknowledged cell is there."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kode = [
        f"klaster_{k}_{u}" for k in ("pertanian", "hortikultura", "perikanan", "peternakan") for u in ("lahan", "wbp")
    ]

    def ketik(satu: str) -> object:
        segar = Pengguna.objects.get(pk=d.operator_ambon.pk)
        with terpasang(Cakupan(pengguna_id=segar.pk)):
            cakupan = Cakupan.dari(segar)
        with terpasang(cakupan):
            return simpan(laporan_id=laporan.pk, perubahan=[Perubahan(satu, "7")], oleh=segar, cakupan=cakupan)

    hasil = serentak([lambda s=s: ketik(s) for s in kode])
    assert all(satu in h.tersimpan for satu, h in zip(kode, hasil, strict=True)), hasil
    with terpasang(SISTEM):
        draf = Laporan.objects.get(pk=laporan.pk).draf.isi["sel"]
        assert {k: draf[k]["nilai"] for k in kode} == dict.fromkeys(kode, 7)
        assert Kejadian.objects.filter(laporan=laporan, aksi="isi").count() == 1


def test_kirim_lawan_tutup_bulan(dunia_nyata: Dunia) -> None:
    """Either the sender was in time, or the month was closed; never a report sent into a closed month."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)

    def tutup() -> int:
        segar = Pengguna.objects.get(pk=d.peninjau.pk)
        with terpasang(Cakupan(pengguna_id=segar.pk)):
            cakupan = Cakupan.dari(segar)
        with terpasang(cakupan):
            return tutup_periode(bulan=JANUARI, oleh=segar, cakupan=cakupan)

    kiriman, _ = serentak([lambda: lakukan(laporan, "kirim", d.kepala_ambon, disahkan=True), tutup])
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
    assert isinstance(kiriman, GalatPortal) == (segar.versi_masuk is None)
