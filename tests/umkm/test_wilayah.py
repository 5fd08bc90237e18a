"""Nation and Kanwil: numbers that were counted by hand, lists behind them, and nothing of other regions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pemasyarakatan.inti.waktu import Bulan, hari_ini, sekarang
from tests.dunia import Dunia
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis, services
from umkm.legalitas import Surat, Tahap, corong, tahap
from umkm.models import JenisProduk, Legalitas, Produk
from umkm.wilayah import selectors as baca
from umkm.wilayah.selectors import Lingkup
from upt.cakupan import SISTEM, Cakupan, terpasang

JUN, JAN = Bulan(2025, 6), Bulan(2026, 1)
NASIONAL = "/umkm/nasional/"


@pytest.fixture
def isi(ambon: Unit, pekanbaru: Unit) -> dict[str, Any]:
    """Five products of two units: four kinds in June 2025, and one kind after a merge less in both months."""
    semua = {
        "keripik": ambon.produk("Keripik pisang", mulai=date(2025, 1, 1), label_pada=date(2025, 3, 1)),
        "tikar": ambon.produk("Tikar pandan", golongan="kerajinan", mulai=date(2025, 6, 30)),
        "keripik2": pekanbaru.produk("KRIPIK PISANG 250 gr", mulai=date(2025, 2, 1)),
        "batik": pekanbaru.produk("Batik tulis", golongan="tekstil", mulai=date(2025, 7, 1)),
        "vas": pekanbaru.produk(
            "Vas bunga", golongan="kerajinan", mulai=date(2024, 1, 1), berhenti=date(2025, 6, 29), status="berhenti"
        ),
    }
    for unit, kunci in ((ambon, "keripik"), (pekanbaru, "keripik2"), (pekanbaru, "batik")):
        unit.harga(semua[kunci], 10_000)
        unit.buat(semua[kunci], 500, tanggal=date(2025, 8, 1))
    return semua


def buka(klien: Any, alamat: str, **data: str) -> Any:
    jawaban = klien.get(alamat, data)
    assert jawaban.status_code == 200, jawaban.content.decode()[:2000]
    return jawaban


# ---------------------------------------------------------------- positions


def test_products_kinds_and_units_of_a_day(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    juni = buka(klien, NASIONAL, bulan="2025-06").context["h"]
    assert (juni.unit, juni.jenis, juni.produk, juni.dapat) == (2, 2, 3, 4), (
        "vas ended a day before, batik begins after"
    )
    mei = buka(klien, NASIONAL, bulan="2025-05").context["h"]
    assert (mei.unit, mei.jenis, mei.produk) == (2, 2, 3), "keripik twice and vas; tikar begins on 30 June"
    juli = buka(klien, NASIONAL, bulan="2025-07").context["h"]
    assert (juli.unit, juli.jenis, juli.produk) == (2, 3, 4)
    assert buka(klien, NASIONAL, bulan="2023-01").context["h"].produk == 0


def test_by_kind_of_unit_and_kanwil(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    halaman = buka(masuk(dunia.pimpinan), NASIONAL, bulan="2025-07")
    per = {b["label"]: b["h"] for b in halaman.context["per_upt"]}
    assert (per["Lapas"].unit, per["Lapas"].dapat, per["Lapas"].jenis) == (2, 2, 3)
    assert (per["Rutan"].unit, per["Rutan"].dapat, per["Rutan"].produk) == (0, 2, 0)
    peta = {k.slug: h for k, _, h in halaman.context["peta"]["baris"]}
    assert (peta["maluku"].unit, peta["maluku"].jenis, peta["riau"].produk) == (1, 2, 2)
    lapas = buka(masuk(dunia.pimpinan), NASIONAL, bulan="2025-07", upt="RUTAN").context["h"]
    assert (lapas.unit, lapas.dapat) == (0, 2)


def test_a_merge_counts_at_once_and_products_open(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        JenisProduk.objects.filter(pk=isi["tikar"].jenis_id).update(induk=isi["keripik"].jenis_id)
    klien = masuk(dunia.peninjau)
    assert buka(klien, NASIONAL, bulan="2025-06").context["h"].jenis == 1
    daftar = buka(klien, "/umkm/jenis/", bulan="2025-06").context["halaman"].object_list
    assert [(b.jenis.pk, b.produk, b.unit) for b, _ in daftar] == [(isi["keripik"].jenis_id, 3, 2)]
    rinci = buka(klien, daftar[0][1])
    assert {p.nama for p, _, _ in rinci.context["baris"]} == {"Keripik pisang", "Tikar pandan", "KRIPIK PISANG 250 gr"}
    lama = klien.get(f"/umkm/jenis/{isi['tikar'].jenis_id}/?bulan=2025-06")
    assert lama.status_code == 302
    assert lama["Location"] == f"/umkm/jenis/{isi['keripik'].jenis_id}/?bulan=2025-06"


def test_units_with_and_without_products(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)

    def unit(**data: str) -> dict[str, int]:
        halaman = buka(klien, "/umkm/wilayah/unit/", bulan="2025-07", **data).context["halaman"]
        return {b.upt.nama: b.produk for b, _ in halaman.object_list}

    assert unit(tampil="ada") == {"Lapas Kelas IIA Ambon": 2, "Lapas Kelas IIA Pekanbaru": 2}
    assert unit(tampil="belum") == {"Rutan Kelas IIB Masohi": 0, "Rutan Kelas I Pekanbaru": 0}
    assert len(unit()) == 4
    produk = buka(klien, "/umkm/wilayah/produk/", bulan="2025-07", unit=dunia.ambon.kode).context["baris"]
    assert [p.nama for p, _, _ in produk] == ["Keripik pisang", "Tikar pandan"]


# ---------------------------------------------------------------- papers and branding


def surat(unit: Unit, jenis_surat: str, produk: Any = None, **lain: Any) -> Legalitas:
    """Written past the questions about old papers: what is counted is asked here, not how it is typed."""
    with terpasang(SISTEM):
        return Legalitas.objects.create(
            upt=unit.upt, kanwil=unit.upt.kanwil, produk=produk, jenis=jenis_surat, nomor=f"{jenis_surat}-{lain}"[:60],
            dibuat_oleh=unit.operator, diubah_oleh=unit.operator, dibuat_pada=sekarang(), diubah_pada=sekarang(),
            **lain,
        )  # fmt: skip


def test_the_funnel_is_the_pure_rule_in_sql(isi: dict[str, Any], ambon: Unit, pekanbaru: Unit, dunia: Dunia) -> None:
    hari = JUN.akhir
    surat(ambon, "nib")
    surat(ambon, "halal", isi["keripik"], berakhir=hari)
    surat(pekanbaru, "pirt", isi["keripik2"], terbit=hari + timedelta(days=1))
    surat(pekanbaru, "merek", isi["keripik2"], berakhir=hari - timedelta(days=1))
    surat(pekanbaru, "bpom", isi["keripik2"])
    lingkup = Lingkup(SISTEM, JUN)
    with terpasang(SISTEM):
        hasil = baca.corong(lingkup)
        benar = []
        for p in Produk.objects.filter(pk__in=[isi[k].pk for k in ("keripik", "tikar", "keripik2")]):
            milik = Legalitas.objects.filter(upt_id=p.upt_id)
            benar.append(tahap(p.pk, [Surat(s.jenis, s.produk_id, s.terbit, s.berakhir) for s in milik], hari))
        per_produk = {p.pk: p.tahap for p in baca.daftar_produk(lingkup)}
    assert hasil == corong(benar)
    assert hasil == {Tahap.BELUM: 1, Tahap.NIB: 2, Tahap.PIRT: 1, Tahap.HALAL: 1, Tahap.MEREK: 0}
    assert per_produk == {isi["keripik"].pk: 3, isi["tikar"].pk: 1, isi["keripik2"].pk: 0}


def test_papers_that_lapse(isi: dict[str, Any], ambon: Unit, pekanbaru: Unit, dunia: Dunia, masuk: Any) -> None:
    hari = hari_ini()
    for n in (-1, 0, 7, 8, 30, 31, 90, 91):
        surat(ambon, "pirt", isi["keripik"] if n == -1 else None, berakhir=hari + timedelta(days=n), penerbit=str(n))
    with terpasang(SISTEM):
        Legalitas.objects.filter(produk=None).update(jenis="sni")
        for n, satu in enumerate(Legalitas.objects.filter(produk=None).order_by("pk")):
            satu.jenis, satu.produk = list(Legalitas.Jenis.values)[n % 7], isi["tikar"] if n < 7 else None
            satu.save()
    surat(pekanbaru, "halal", isi["keripik2"], berakhir=hari - timedelta(days=3))
    surat(pekanbaru, "halal", isi["keripik2"], berakhir=hari + timedelta(days=300))
    surat(pekanbaru, "merek", isi["vas"], berakhir=hari - timedelta(days=3))
    klien = masuk(dunia.peninjau)
    habis = [n for _, n, _ in buka(klien, NASIONAL).context["habis"]]
    assert habis == [1, 2, 2, 2], "renewed papers and those of products no longer made are not counted"
    for (_, n, url), masa in zip(buka(klien, NASIONAL).context["habis"], ("habis", "7", "30", "90"), strict=True):
        assert f"masa={masa}" in url
        assert buka(klien, url).context["halaman"].paginator.count == n


def test_branding(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    langkah = {label: n for label, n, _, _ in buka(masuk(dunia.peninjau), NASIONAL, bulan="2025-06").context["langkah"]}
    assert langkah == {"Berlabel": 1, "Kemasan layak": 0, "Bermerek": 0}
    sebelum = buka(masuk(dunia.peninjau), NASIONAL, bulan="2025-02").context["langkah"]
    assert [n for _, n, _, _ in sebelum] == [0, 0, 0]


# ---------------------------------------------------------------- money


@pytest.fixture
def uang(isi: dict[str, Any], ambon: Unit, pekanbaru: Unit) -> None:
    ambon.jual(isi["keripik"], 10, tanggal=date(2026, 1, 5), nilai=100_000)
    ambon.jual(isi["keripik"], 5, tanggal=date(2025, 8, 9), kanal="marketplace", nilai=50_000)
    pekanbaru.jual(isi["batik"], 3, tanggal=date(2026, 1, 7), nilai=30_000)
    ambon.catat(jenis.BAGI_HASIL, bulan="Januari 2026", biaya=40_000, premi=21_000, pnbp=9_000, operasional=20_000,
                setuju="belum_dibagi sisa belum nomor premi pnbp")  # fmt: skip


@pytest.mark.usefixtures("uang")
def test_turnover_by_month_group_and_channel(dunia: Dunia, masuk: Any) -> None:
    u = buka(masuk(dunia.peninjau), NASIONAL, bulan="2026-01").context["uang"]
    assert (u["kini"], u["lalu"], u["premi_kini"]) == (180_000, 0, 21_000)
    per_bulan = {b.kode: jual for b, jual, *_ in u["baris"]}
    assert (per_bulan["2026-01"], per_bulan["2025-08"], per_bulan["2025-09"]) == (130_000, 50_000, None)
    assert [(k, n) for k, n, _ in u["golongan"]["baris"]] == [("Makanan", 150_000), ("Tekstil dan batik", 30_000)]
    assert {k: n for k, n, _ in u["kanal"]["baris"]} == {"Galeri atau koperasi": 130_000, "Lokapasar": 50_000}
    kemudian = buka(masuk(dunia.peninjau), NASIONAL, bulan="2026-08").context["uang"]
    assert (kemudian["kini"], kemudian["lalu"]) == (130_000, 50_000), "August 2025 is now last year"


@pytest.mark.usefixtures("uang")
def test_the_split_adds_up(dunia: Dunia, masuk: Any) -> None:
    b = buka(masuk(dunia.peninjau), NASIONAL, bulan="2026-01").context["bagi_hasil"]
    assert (b.omzet, b.biaya, b.untung, b.premi, b.pnbp, b.operasional) == (
        100_000,
        40_000,
        60_000,
        21_000,
        9_000,
        20_000,
    )
    assert b.belum == 10_000
    assert b.premi + b.pnbp + b.operasional + b.belum == b.untung
    assert b.omzet_lain == 80_000, "Pekanbaru, and Ambon's August, have no shares yet"


def test_exhibitions(isi: dict[str, Any], ambon: Unit, pekanbaru: Unit, dunia: Dunia, masuk: Any) -> None:
    with sebagai_orang(dunia.peninjau) as (oleh, _):
        acara = services.IsiPameran("IPPAFest", "Jakarta", date(2025, 8, 8), date(2025, 8, 10))
        p = services.buat_pameran(acara, oleh=oleh)
        kembar = services.buat_pameran(
            services.IsiPameran("IPPA Fest Karya", "Jakarta", date(2025, 8, 8), date(2025, 8, 10)),
            oleh=oleh,
            bukan_mirip=True,
        )
        services.gabung_pameran(kembar.pk, ke=p.pk, oleh=oleh)
    ambon.catat(jenis.PESERTA, pameran_id=p.pk, ditampilkan=40, tindak_lanjut="Pesanan hotel")
    ambon.jual(isi["keripik"], 12, tanggal=date(2025, 8, 9), kanal="pameran", pameran_id=p.pk, nilai=120_000)
    nasional = buka(masuk(dunia.peninjau), "/umkm/pameran/").context["hasil"]
    assert [(h.pameran.pk, h.unit, h.ditampilkan, h.terjual, h.omzet, h.tindak_lanjut) for h in nasional] == [
        (p.pk, 1, 40, 12, 120_000, 1)
    ]
    riau = buka(masuk(dunia.verifikator_riau), "/umkm/pameran/")
    assert [(h.unit, h.ditampilkan, h.omzet) for h in riau.context["hasil"]] == [(0, 0, 0)], (
        "the event, not Ambon's sales"
    )
    assert "Pesanan hotel" not in masuk(dunia.verifikator_riau).get(f"/umkm/pameran/{p.pk}/").content.decode()
    assert "Pesanan hotel" in masuk(dunia.verifikator_maluku).get(f"/umkm/pameran/{p.pk}/").content.decode()
    assert masuk(dunia.peninjau).get(f"/umkm/pameran/{kembar.pk}/").status_code == 302


# ---------------------------------------------------------------- scope


def test_a_region_sees_its_own(isi: dict[str, Any], uang: None, dunia: Dunia, masuk: Any) -> None:
    maluku = masuk(dunia.verifikator_maluku)
    assert maluku.get(NASIONAL)["Location"] == "/umkm/kanwil/maluku/"
    assert maluku.get("/umkm/kanwil/riau/").status_code == 404
    assert maluku.get("/umkm/jenis/?kanwil=riau").status_code == 404
    halaman = buka(maluku, "/umkm/kanwil/maluku/", bulan="2026-01")
    assert (halaman.context["h"].produk, halaman.context["h"].dapat, halaman.context["uang"]["kini"]) == (2, 2, 150_000)
    for alamat in ("/umkm/wilayah/produk/", "/umkm/wilayah/unit/", "/umkm/jenis/", "/umkm/wilayah/sertifikat/"):
        teks = buka(maluku, alamat, bulan="2026-01").content.decode()
        assert "Batik" not in teks
        assert "Pekanbaru" not in teks
    assert maluku.get(f"/umkm/jenis/{isi['batik'].jenis_id}/?bulan=2026-01").context["baris"] == []
    asal = buka(maluku, "/umkm/wilayah/produk/", bulan="2026-01", unit=dunia.pekanbaru.kode)
    assert asal.context["baris"] == []


def test_a_nation_s_reader_opens_a_region(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.auditor)
    assert klien.get(f"{NASIONAL}?kanwil=riau&bulan=2025-07")["Location"] == "/umkm/kanwil/riau/?bulan=2025-07"
    assert buka(klien, "/umkm/kanwil/riau/", bulan="2025-07").context["h"].produk == 2
    assert klien.get("/umkm/kanwil/atlantis/").status_code == 404


@pytest.mark.parametrize("alamat", [NASIONAL, "/umkm/wilayah/produk/", "/umkm/jenis/", "/umkm/wilayah/unit/"])
def test_units_and_admins_stay_out(dunia: Dunia, masuk: Any, alamat: str) -> None:
    for orang in (dunia.admin, dunia.asing):
        assert masuk(orang).get(alamat).status_code == 403
    assert masuk(dunia.operator_ambon).get(alamat).status_code == (302 if alamat == NASIONAL else 403)


@pytest.mark.parametrize(
    "salah", ["bulan=2025-13", "bulan=x", "bulan=1200-01", "upt=BAPAS", "upt='", "bulan=2099-01", "unduh=exe"]
)
def test_a_wrong_address_is_said(dunia: Dunia, masuk: Any, salah: str) -> None:
    assert masuk(dunia.peninjau).get(f"{NASIONAL}?{salah}").status_code == 400


def test_the_database_guards_when_a_filter_is_forgotten(isi: dict[str, Any], dunia: Dunia) -> None:
    with sebagai_orang(dunia.verifikator_riau) as (_, cakupan):
        longgar = Lingkup(Cakupan(lingkup="nasional"), Bulan(2025, 7))
        assert baca.hitungan(longgar).produk == baca.hitungan(Lingkup(cakupan, Bulan(2025, 7))).produk == 2


# ---------------------------------------------------------------- files


def test_lists_leave_as_files(isi: dict[str, Any], uang: None, dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    for alamat, kata in (
        ("/umkm/wilayah/produk/", "Batik tulis"), ("/umkm/jenis/", "Tikar pandan"),
        ("/umkm/wilayah/unit/", "Rutan Kelas IIB Masohi"), (NASIONAL, "2026-01;130000"), ("/umkm/pameran/", "Pameran"),
        ("/umkm/wilayah/sertifikat/", "Berlaku sampai"),
    ):  # fmt: skip
        jawaban = buka(klien, alamat, bulan="2026-01", unduh="excel")
        assert jawaban["Content-Type"].startswith("text/csv"), alamat
        assert kata in jawaban.content.decode("utf-8-sig"), alamat
        assert "F07 adalah angka resmi" in jawaban.content.decode("utf-8-sig")
