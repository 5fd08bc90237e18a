"""Attacks on talk, evidence, deadlines, notices and acts on many reports: foreign ids, forged keys, injected text."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from dasbor.invarian import _BERKAS, _TEMPAT, waktu
from pelaporan.alur import Aksi
from pelaporan.antrean.services import Pilihan
from pelaporan.catatan.services import tulis_komentar
from pelaporan.models import (
    Berkas,
    FormulirVersi,
    KalenderUnit,
    Komentar,
    Lampiran,
    Laporan,
    Libur,
    Pembebasan,
    Pemberitahuan,
    RancanganFormulir,
    SuratKeluar,
    Tagihan,
    TindakanMassal,
    Tinjauan,
    Unggahan,
    Utas,
)
from pelaporan.pengiriman.pulih import pulihkan
from pelaporan.services import Perintah
from pelaporan.services_periode import tenggat_untuk, tutup_periode
from pelaporan.tenggat.langkah import langkah_pada, tangga_pada
from pelaporan.tenggat.services_kabar import tagih
from pelaporan.tenggat.surat import kirim_surat
from pemasyarakatan.inti import ramai
from pemasyarakatan.inti.galat import GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import JANUARI, Dunia, isi_penuh, kirim, lakukan
from tests.pelaporan.bantu import alamat, sebagai_orang, segar
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

JAHAT = "\"><svg onload=alert(1)>{{7*7}}{% load x %}'</script>"
PDF = b"%PDF-1.4\n%%EOF\n"


def _komentar(laporan: Laporan, oleh: Any, teks: str = "Periksa.", **lain: Any) -> Komentar:
    with sebagai_orang(oleh) as diri:
        return tulis_komentar(laporan_id=laporan.pk, kode="", teks=teks, **lain, **diri)


@pytest.fixture
def isi(dunia: Dunia, masuk: Any) -> dict[str, Any]:
    """Something of every kind in Ambon (Maluku): a pending and a sent remark, evidence, waiver, note, calendar."""
    d = dunia
    laporan = d.laporan(d.ambon)
    operator = masuk(d.operator_ambon)
    operator.post(alamat(laporan, "lampiran"), {"berkas": SimpleUploadedFile("bukti.pdf", PDF), "keterangan": "Bukti"})
    kirim(laporan, d.kepala_ambon)
    tertunda = _komentar(laporan, d.verifikator_maluku)
    operator.post(reverse("pelaporan:kalender", args=[d.ambon.kode]))
    kini = Bulan.kini(d.ambon.zona)
    masuk(d.kepala_maluku).post(
        reverse("pelaporan:bebas"),
        {"upt": d.ambon.kode, "formulir": "F01", "dari": kini.kode, "sampai": (kini + 1).kode, "alasan": "Uji"},
    )
    masuk(d.verifikator_maluku).post(
        f"{reverse('pelaporan:tagih', args=[d.ambon.kode])}?bulan={JANUARI}", {"saluran": "telepon", "catatan": "ok"}
    )
    with terpasang(SISTEM):
        SuratKeluar.objects.create(
            upt=d.ambon, kanwil=d.ambon.kanwil, bulan=JANUARI.awal, untuk="a@b.id", perihal="x", isi="x",
            dedup="uji", dibuat_pada=sekarang(),
        )  # fmt: skip
        lampiran = Lampiran.objects.get(laporan=laporan)
        Unggahan.objects.create(
            jenis="upt", upt=d.ambon, kanwil=d.ambon.kanwil, bulan=JANUARI.awal, berkas=lampiran.berkas,
            oleh=d.operator_ambon, pada=sekarang(),
        )  # fmt: skip
        Tinjauan.objects.create(laporan=laporan, upt=d.ambon, kanwil=d.ambon.kanwil, versi=1)
        return {
            "laporan": laporan,
            "komentar": tertunda,
            "utas": tertunda.utas,
            "lampiran": lampiran,
            "bebas": Pembebasan.objects.get(upt=d.ambon),
        }


# ---------------------------------------------------------------- other people's rows


def _jalan(i: dict[str, Any]) -> list[tuple[str, str]]:
    lap = i["laporan"]
    return [
        ("get", alamat(lap, "catatan")),
        ("post", alamat(lap, "catatan")),
        ("post", alamat(lap, "catatan_hapus", komentar=i["komentar"].pk)),
        ("post", alamat(lap, "usulan_terapkan", komentar=i["komentar"].pk)),
        ("post", alamat(lap, "usulan_tolak", komentar=i["komentar"].pk)),
        ("post", alamat(lap, "catatan_selesai", utas=i["utas"].pk)),
        ("get", alamat(lap, "rincian", sel="lahan_tidur")),
        ("get", alamat(lap, "lampiran")),
        ("post", alamat(lap, "lampiran")),
        ("get", alamat(lap, "lampiran_berkas", lampiran=i["lampiran"].pk)),
        ("post", alamat(lap, "lampiran_hapus", lampiran=i["lampiran"].pk)),
        ("post", alamat(lap, "pegang")),
        ("post", alamat(lap, "batal_verifikasi")),
        ("post", alamat(lap, "buka")),
        ("get", alamat(lap, "tanda_pdf", versi=1)),
        ("get", reverse("pelaporan:kirim_bulan", args=[lap.upt.kode, JANUARI])),
        ("post", reverse("pelaporan:kirim_bulan", args=[lap.upt.kode, JANUARI])),
        ("get", reverse("pelaporan:tanda_bulan", args=[lap.upt.kode, JANUARI])),
        ("get", reverse("pelaporan:tanda_bulan_pdf", args=[lap.upt.kode, JANUARI])),
        ("get", reverse("pelaporan:kalender", args=[lap.upt.kode])),
        ("post", reverse("pelaporan:kalender", args=[lap.upt.kode])),
    ]


@pytest.mark.parametrize("siapa", ["operator_pekanbaru", "kepala_pekanbaru", "verifikator_riau", "kepala_masohi"])
def test_setiap_alamat_baru_asing_404(dunia: Dunia, masuk: Any, isi: dict[str, Any], siapa: str) -> None:
    klien = masuk(dunia.orang[siapa])
    sebelum = _hitung()
    for cara, url in _jalan(isi):
        assert getattr(klien, cara)(url, {"kunci": uuid.uuid4().hex}).status_code == 404, (cara, url)
    assert _hitung() == sebelum


def test_anak_dari_laporan_lain_404(dunia: Dunia, masuk: Any, isi: dict[str, Any]) -> None:
    """The id of a foreign remark, file or waiver under an address of one's own."""
    d = dunia
    sendiri = d.laporan(d.pekanbaru)
    sebelum = _hitung()
    for siapa in (d.operator_pekanbaru, d.verifikator_riau):
        klien = masuk(siapa)
        for nama, kunci, nilai in (
            ("usulan_terapkan", "komentar", isi["komentar"].pk),
            ("usulan_tolak", "komentar", isi["komentar"].pk),
            ("catatan_hapus", "komentar", isi["komentar"].pk),
            ("catatan_selesai", "utas", isi["utas"].pk),
            ("lampiran_hapus", "lampiran", isi["lampiran"].pk),
        ):
            kode = klien.post(alamat(sendiri, nama, **{kunci: nilai})).status_code
            assert kode in (302, 403, 404), nama
        berkas = alamat(sendiri, "lampiran_berkas", lampiran=isi["lampiran"].pk)
        assert klien.get(berkas).status_code == 404
    cabut = reverse("pelaporan:bebas_cabut", args=[isi["bebas"].pk])
    assert masuk(d.verifikator_riau).post(cabut).status_code == 404
    tagihan = f"{reverse('pelaporan:tagih', args=[d.ambon.kode])}?bulan={JANUARI}"
    assert masuk(d.verifikator_riau).post(tagihan, {"saluran": "telepon", "catatan": "x"}).status_code == 404
    assert masuk(d.verifikator_riau).get(reverse("dasbor:rekap_wilayah", args=["maluku", JANUARI])).status_code == 404
    assert _hitung() == sebelum


_BARU: tuple[type[Model], ...] = (
    Utas, Komentar, Tinjauan, Lampiran, Berkas, Unggahan, SuratKeluar, Tagihan, KalenderUnit, Pembebasan,
)  # fmt: skip


def _hitung() -> dict[str, int]:
    with terpasang(SISTEM):
        return {m.__name__: m._default_manager.count() for m in _BARU}


@pytest.mark.parametrize("siapa", ["operator_pekanbaru", "verifikator_riau", "operator_masohi", "asing"])
def test_sql_mentah_di_cakupan_orang_lain(dunia: Dunia, isi: dict[str, Any], siapa: str) -> None:
    """As the web role in somebody else's scope: nothing is seen, nothing is changed, whatever is asked."""
    assert min(_hitung().values()) >= 1
    with sebagai_orang(dunia.orang[siapa]), connection.cursor() as kursor:
        for model in (*_BARU, RancanganFormulir, TindakanMassal):
            tabel = model._meta.db_table
            kursor.execute(f'SELECT count(*) FROM "{tabel}"')
            assert kursor.fetchone() == (0,), tabel
            for perintah in (f'UPDATE "{tabel}" SET {_kolom(model)} = {_kolom(model)}', f'DELETE FROM "{tabel}"'):
                _coba_sql(perintah)
    assert min(_hitung().values()) >= 1


def _kolom(model: type[Model]) -> str:
    return next(f.column for f in model._meta.concrete_fields if not f.primary_key)


def _coba_sql(perintah: str) -> None:
    """Either forbidden, or it touches no row."""
    ditolak = ""
    try:
        with transaction.atomic(), connection.cursor() as kursor:
            kursor.execute(perintah)
            assert kursor.rowcount == 0, perintah
    except DatabaseError as galat:
        ditolak = str(galat)
    assert not ditolak or "permission denied" in ditolak


def test_catatan_tertunda_hanya_milik_penulisnya(dunia: Dunia, masuk: Any, isi: dict[str, Any]) -> None:
    for siapa in ("operator_ambon", "kepala_ambon", "kepala_maluku", "peninjau", "auditor"):
        with sebagai_orang(dunia.orang[siapa]):
            assert not Komentar.objects.filter(pk=isi["komentar"].pk).exists(), siapa


def test_lampiran_yang_dihapus_sebelum_dikirim_tidak_pernah_keluar_dari_unit(dunia: Dunia, masuk: Any) -> None:
    """A file attached by mistake and taken away before sending stays the unit's own business."""
    d = dunia
    laporan = d.laporan(d.ambon)
    operator = masuk(d.operator_ambon)
    operator.post(alamat(laporan, "lampiran"), {"berkas": SimpleUploadedFile("salah.pdf", PDF)})
    with terpasang(SISTEM):
        salah = Lampiran.objects.get(laporan=laporan).pk
    operator.post(alamat(laporan, "lampiran_hapus", lampiran=salah))
    operator.post(alamat(laporan, "lampiran"), {"berkas": SimpleUploadedFile("benar.pdf", PDF + b" ")})
    kirim(laporan, d.kepala_ambon)
    with terpasang(SISTEM):
        benar = Lampiran.objects.get(laporan=laporan, dihapus_pada=None).pk
    for siapa in (d.verifikator_maluku, d.peninjau):
        klien = masuk(siapa)
        assert klien.get(alamat(laporan, "lampiran_berkas", lampiran=benar)).status_code == 200
        assert klien.get(alamat(laporan, "lampiran_berkas", lampiran=salah)).status_code == 404
    assert operator.get(alamat(laporan, "lampiran_berkas", lampiran=salah)).status_code == 200


def test_penugasan_yang_berakhir_kemarin_tidak_berlaku(dunia: Dunia, masuk: Any, isi: dict[str, Any]) -> None:
    d = dunia
    kemarin = date.today() - timedelta(days=1)
    with terpasang(SISTEM):
        assert Penugasan.objects.filter(pengguna=d.verifikator_maluku).update(sampai=kemarin) == 1
    klien = masuk(d.verifikator_maluku)
    for cara, url in _jalan(isi):
        assert getattr(klien, cara)(url, {"kunci": uuid.uuid4().hex}).status_code in (403, 404), (cara, url)
    assert segar(isi["laporan"]).status == "DIKIRIM"


# ---------------------------------------------------------------- many at once, forged


def _massal(klien: Client, pilihan: list[str], kunci: str = "") -> Any:
    isi = {"pilih": pilihan, "saringan": "", "kunci": kunci or uuid.uuid4().hex}
    return klien.post(reverse("pelaporan:massal"), isi)


def test_massal_dengan_id_asing_dan_revisi_palsu(dunia: Dunia, masuk: Any) -> None:
    d = dunia
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    kirim(d.laporan(d.pekanbaru), d.kepala_pekanbaru)
    ambon, riau = segar(d.laporan(d.ambon)), segar(d.laporan(d.pekanbaru))
    klien = masuk(d.verifikator_maluku)
    palsu = [
        str(Pilihan(ambon.pk, ambon.revisi + 1)),
        str(Pilihan(riau.pk, riau.revisi)),
        str(Pilihan(uuid.uuid4(), 1)),
    ]
    _massal(klien, palsu)
    assert (segar(ambon).status, segar(riau).status) == ("DIKIRIM", "DIKIRIM")
    for rusak in ("x", "::", f"{ambon.pk}:", f"{ambon.pk}:-1", f"{ambon.pk}:{10**30}", f"{ambon.pk}:" + "9" * 5000):
        assert _massal(klien, [rusak]).status_code in (302, 400)
    assert segar(ambon).status == "DIKIRIM"
    assert _massal(klien, [str(Pilihan(riau.pk, riau.revisi))]).status_code == 404


def test_massal_orang_lain_tidak_dapat_dibatalkan(dunia: Dunia, masuk: Any) -> None:
    d = dunia
    laporan = d.laporan(d.ambon)
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=laporan.pk).update(tenggat=sekarang() + timedelta(days=1))
    kirim(laporan, d.kepala_ambon)
    satu = segar(laporan)
    jawab = _massal(masuk(d.verifikator_maluku), [str(Pilihan(satu.pk, satu.revisi))])
    assert segar(laporan).status == "TERVERIFIKASI", jawab
    with terpasang(SISTEM):
        nomor = TindakanMassal.objects.get().pk
    for siapa in (d.kepala_maluku, d.verifikator_riau):
        batal = masuk(siapa).post(reverse("pelaporan:massal_batal", args=[nomor]), {"kunci": uuid.uuid4().hex})
        assert batal.status_code == 404
        assert masuk(siapa).get(reverse("pelaporan:massal_hasil", args=[nomor])).status_code == 404
    assert segar(laporan).status == "TERVERIFIKASI"


def test_kunci_yang_sama_untuk_pilihan_lain_tidak_berpura_pura_terkirim(dunia: Dunia, masuk: Any) -> None:
    """Back button, other forms ticked, sent again with the old key: the page says that nothing was sent."""
    d = dunia
    for formulir in ("F02", "F06"):
        isi_penuh(d.laporan(d.ambon, formulir), d.operator_ambon)
    klien, kunci = masuk(d.kepala_ambon), uuid.uuid4().hex
    url = reverse("pelaporan:kirim_bulan", args=[d.ambon.kode, JANUARI])

    def tekan(formulir: str) -> Any:
        revisi = segar(d.laporan(d.ambon, formulir)).revisi
        return klien.post(
            url, {"aksi": "kirim", "disahkan": "on", "kunci": kunci, "pilih": formulir, f"revisi-{formulir}": revisi}
        )

    assert tekan("F06").status_code == 302
    lain = tekan("F02")
    assert lain.status_code == 422
    assert "sudah dipakai untuk isi yang lain" in lain.content.decode()
    assert segar(d.laporan(d.ambon, "F02")).status == "DRAF"


def test_dua_orang_dengan_kunci_yang_sama_tidak_saling_meminjam(dunia: Dunia) -> None:
    d = dunia
    kirim(d.laporan(d.ambon), d.kepala_ambon, kunci="kunci-yang-sama")
    kirim(d.laporan(d.masohi), d.kepala_masohi, kunci="kunci-yang-sama")
    assert segar(d.laporan(d.masohi)).status == "DIKIRIM"


# ---------------------------------------------------------------- taking back, reopening


def test_versi_yang_ditarik_tidak_meninggalkan_bekas_pada_yang_dihitung(dunia: Dunia) -> None:
    """Version 2 is sent and withdrawn: flags, gaps and the time of sending are those of version 1 again."""
    d = dunia
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    pertama = segar(laporan)
    lakukan(laporan, Aksi.KEMBALIKAN, d.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(laporan, d.kepala_ambon, {"lahan_tidur": "900000"})
    assert segar(laporan).bendera != pertama.bendera
    lakukan(laporan, Aksi.TARIK, d.kepala_ambon)
    kini = segar(laporan)
    assert (kini.versi_masuk, kini.dikirim_pada) == (1, pertama.dikirim_pada)
    assert kini.sel_kosong == pertama.sel_kosong
    assert not [b for b in kini.bendera if "900.000" in b["teks"]]
    with terpasang(SISTEM):
        assert waktu(None) == []


def test_pulihkan_pada_bulan_tertutup_tidak_membuka_kunci(dunia: Dunia) -> None:
    """A Kanwil that takes back a reopening of the directorate cannot thereby unlock the report for itself."""
    d = dunia
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    lakukan(laporan, Aksi.VERIFIKASI, d.verifikator_maluku)
    with sebagai_orang(d.peninjau) as diri:
        tutup_periode(bulan=JANUARI, **diri)
    lakukan(laporan, Aksi.BUKA, d.peninjau, teks="Uji.")
    with sebagai_orang(d.kepala_maluku) as diri:
        perintah = Perintah(laporan.pk, Aksi.PULIHKAN, segar(laporan).revisi, "pulihkan-uji", teks="Tidak jadi.")
        pulihkan(perintah, **diri)
        pulihkan(perintah, **diri)  # pressed twice
    assert segar(laporan).status == "TERKUNCI"
    with pytest.raises(GalatPortal):
        lakukan(laporan, Aksi.BUKA, d.kepala_maluku, teks="Buka.")


# ---------------------------------------------------------------- time


def test_bulan_tanpa_hari_kerja_tetap_bertenggat_dan_mengingatkan(dunia: Dunia) -> None:
    """A whole month of holidays moves deadlines into the next one; nobody's page or reminder breaks over it."""
    februari = Bulan(2026, 2)
    libur = frozenset(februari.awal + timedelta(days=n) for n in range(28))
    with terpasang(SISTEM):
        versi = FormulirVersi.objects.filter(formulir_id="F06").order_by("berlaku_dari")[0]
        hari = tenggat_untuk(versi, dunia.ambon, JANUARI, libur)
    assert hari is not None
    assert date(2026, 3, 1) <= hari.upt < hari.kanwil < hari.pusat
    setahun = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert langkah_pada(date(2027, 1, 4), date(2026, 11, 6), setahun, tangga_pada(date(2026, 1, 1))) is None


@pytest.mark.parametrize(
    "cap", ["t=0", "t=nan", "t=inf", "t=-1", "t=1e400", "t=", "x" * 9000, "t=99999999999", "t=1,5"]
)
@override_settings(PERCAYA_PROKSI=True)
def test_cap_waktu_palsu_tidak_dipercaya(cap: str) -> None:
    awal = sekarang()
    assert awal <= ramai._diterima(RequestFactory().get("/", headers={"X-Request-Start": cap})) <= sekarang()


@override_settings(PERCAYA_PROKSI=False)
def test_cap_waktu_tanpa_proksi_tidak_dibaca() -> None:
    lama = f"t={(sekarang() - timedelta(minutes=5)).timestamp()}"
    awal = sekarang()
    assert ramai._diterima(RequestFactory().get("/", headers={"X-Request-Start": lama})) >= awal


# ---------------------------------------------------------------- load shedding


def test_tempat_halaman_berat_tidak_bocor(settings: Any) -> None:
    """Whatever a heavy page does, its place is free again: fails, is refused, is asked for its head only."""
    settings.HALAMAN_BERAT_SEKALIGUS = 1

    @ramai.berat
    def meledak(request: Any) -> Any:
        raise RuntimeError

    def jalankan(request: Any) -> Any:
        assert tengah.process_view(request, meledak, (), {}) is None
        return meledak(request)

    tengah = ramai.RamaiMiddleware(jalankan)
    for cara in ("get", "head", "post") * 3:
        with pytest.raises(RuntimeError):
            tengah(getattr(RequestFactory(), cara)("/"))
    assert tengah.tempat.acquire(blocking=False)


# ---------------------------------------------------------------- letters


@override_settings(SUREL_AKTIF=True)
def test_kotak_keluar_tidak_dapat_dibanjiri(dunia: Dunia) -> None:
    d = dunia
    with terpasang(SISTEM):
        d.ambon.surel = "unit@contoh.go.id"
        d.ambon.save(update_fields=["surel"])
    isi = {"kode": d.ambon.kode, "bulan": JANUARI, "saluran": "surel", "teks": "", "portal": "https://x"}
    with sebagai_orang(d.verifikator_maluku) as diri:
        satu, _ = tagih(**isi, catatan="", **diri)
        dua, _ = tagih(**isi, catatan="", **diri)
        assert satu.pk == dua.pk
        with pytest.raises(TidakSah, match="hari ini"):
            tagih(**isi, catatan="lagi", **diri)
    with sebagai_orang(d.kepala_maluku) as diri, pytest.raises(TidakSah, match="hari ini"):
        tagih(**isi, catatan="", **diri)
    with terpasang(SISTEM):
        assert SuratKeluar.objects.filter(upt=d.ambon).count() == 1


# ---------------------------------------------------------------- text


class _Unsur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.jahat: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.jahat += [f"{tag} {k}" for k, _ in attrs if k.startswith("on")]
        self.jahat += [
            str(v) for k, v in attrs if k in ("href", "src", "action") and re.match(r"\s*(javascript|data):", v or "")
        ]


def test_teks_jahat_di_setiap_tempat_baru_tetap_teks(dunia: Dunia, masuk: Any) -> None:
    d = dunia
    laporan = d.laporan(d.ambon)
    operator, kepala = masuk(d.operator_ambon), masuk(d.kepala_maluku)
    berkas = SimpleUploadedFile(f"{JAHAT}.pdf", PDF)
    operator.post(alamat(laporan, "lampiran"), {"berkas": berkas, "keterangan": JAHAT})
    kirim(laporan, d.kepala_ambon)
    _komentar(laporan, d.verifikator_maluku, JAHAT)
    lakukan(laporan, Aksi.KEMBALIKAN, d.verifikator_maluku, alasan="lainnya", teks=JAHAT)
    kini = Bulan.kini(d.ambon.zona).kode
    kepala.post(
        reverse("pelaporan:bebas"),
        {"upt": d.ambon.kode, "formulir": "F01", "dari": kini, "sampai": kini, "alasan": JAHAT},
    )
    with terpasang(SISTEM):
        Libur.objects.create(tanggal=date(2026, 12, 1), nama=JAHAT[:120])
        Pemberitahuan.objects.create(untuk="upt", upt=d.ambon, kanwil=d.ambon.kanwil, dedup="jahat", teks=JAHAT)
    halaman = [
        (operator, alamat(laporan, "lampiran")),
        (operator, alamat(laporan, "catatan")),
        (operator, alamat(laporan)),
        (operator, reverse("pelaporan:kabar")),
        (kepala, reverse("pelaporan:bebas")),
        (kepala, alamat(laporan, "tinjau")),
        (masuk(d.peninjau), f"{reverse('pelaporan:libur')}?tahun=2026"),
    ]
    for klien, url in halaman:
        jawab = klien.get(url)
        assert jawab.status_code == 200, url
        teks = jawab.content.decode()
        baca = _Unsur()
        baca.feed(teks)
        assert not baca.jahat, (url, baca.jahat)
        assert "<svg onload" not in teks, url
        assert "49" not in re.findall(r"alert\(1\)&gt;(\d+)", teks), url


@pytest.mark.parametrize(
    "lanjut", ["//jahat.id", "https://jahat.id", "/\\jahat.id", "javascript:alert(1)", "/\r\nX: y"]
)
def test_lanjut_tidak_keluar_dari_portal(dunia: Dunia, masuk: Any, lanjut: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi = {"teks": "Uji", "sel": "", "lanjut": lanjut, "kunci": uuid.uuid4().hex}
    jawab = masuk(dunia.operator_ambon).post(alamat(laporan, "catatan"), isi)
    assert jawab.status_code == 302
    assert jawab["Location"].startswith("/")
    assert not jawab["Location"].startswith(("//", "/\\"))
    assert "X" not in jawab.headers


def test_kalender_tidak_disisipi_baris_baru(dunia: Dunia, masuk: Any) -> None:
    d = dunia
    masuk(d.operator_ambon).post(reverse("pelaporan:kalender", args=[d.ambon.kode]))
    with terpasang(SISTEM):
        d.ambon.nama = "Lapas\r\nBEGIN:VALARM\r\nATTACH:http://jahat.id;,\\" + "é" * 60
        d.ambon.save(update_fields=["nama"])
        kal = KalenderUnit.objects.get(upt=d.ambon)
    isi = Client().get(f"/kalender/{kal.upt_id}-{kal.rahasia}.ics").content
    baris = isi.split(b"\r\n")
    assert not [b for b in baris if b.startswith((b"BEGIN:VALARM", b"ATTACH"))]
    assert all(len(b) <= 75 for b in baris)
    for palsu in (f"{kal.upt_id}-", f"{kal.upt_id}-{kal.rahasia}x", f"{d.masohi.pk}-{kal.rahasia}", "9" * 30 + "-x"):
        assert Client().get(f"/kalender/{palsu}.ics").status_code == 404


def test_bukti_tidak_menjawab_tebakan(dunia: Dunia) -> None:
    """The public page: without the right hash, a true number looks like a wrong one; no crash on odd input."""
    d = dunia
    hasil = kirim(d.laporan(d.ambon), d.kepala_ambon)
    for nomor, cap in (
        (hasil["nomor"], "0" * 16),
        (hasil["nomor"], "%"),
        (hasil["nomor"], "_" * 16),
        ("LB-X", "0" * 16),
    ):
        jawab = Client().get(reverse("pelaporan:cari_bukti"), {"nomor": nomor, "sidik": cap})
        assert jawab.status_code == 404
        assert "Ambon" not in jawab.content.decode().replace(nomor, "")


def test_berkas_dan_tempat_utuh_sesudah_semua(dunia: Dunia, isi: dict[str, Any]) -> None:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(_BERKAS.replace("%%", "%"))
        assert kursor.fetchall() == []
        kursor.execute(_TEMPAT.replace("{tabel}", "lampiran").replace("%%", "%"))
        assert kursor.fetchall() == []
        satu = Berkas.objects.get()
        assert hashlib.sha256(bytes(satu.isi)).hexdigest() == satu.sidik


@override_settings(SUREL_AKTIF=True)
def test_pekerja_yang_mati_saat_mengirim_tidak_mengulang_tanpa_akhir(dunia: Dunia, monkeypatch: Any) -> None:
    """A worker that dies between the mail server's yes and the note of it: the attempt counts, the letter waits."""
    with terpasang(SISTEM):
        SuratKeluar.objects.create(
            untuk="a@b.id", perihal="x", isi="x", dedup="mati", dibuat_pada=sekarang() - timedelta(hours=1)
        )

    def mati(_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pelaporan.tenggat.surat.EmailMessage.send", mati)
    with pytest.raises(KeyboardInterrupt):
        kirim_surat()
    assert kirim_surat() == 0  # put off; nobody tries again at once
    with terpasang(SISTEM):
        surat = SuratKeluar.objects.get(dedup="mati")
    assert surat.percobaan == 1
    assert surat.coba_lagi_pada is not None
    assert surat.terkirim_pada is None
