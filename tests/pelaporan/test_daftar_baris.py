"""Rows of line lists in bulk: nothing is lost, nothing happens twice, one press takes it back."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from pelaporan.daftar.services import Tempelan, batal_tempel, kembalikan, salin_satu, tempel
from pelaporan.daftar.tempelan import Mulai, rencanakan
from pelaporan.isian import Baris, Isian, Sel
from pelaporan.models import Draf, Laporan, RiwayatIsian
from pelaporan.services_isian import Perubahan, hapus_baris, salin_bulan_lalu, simpan, tambah_baris, tandai_diperiksa
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia
from tests.pelaporan.bantu import alamat, sebagai_orang
from tests.pelaporan.test_isian_halaman import KEJADIAN, buka, isian
from upt.cakupan import SISTEM, terpasang

BLOK = "3/1/2026\t14.05\tPelarian\tBlok B\twbp\ttinggi\t1\n4/1/2026\t\tBencana\tDapur\tsistem\trendah\t0"


@pytest.fixture
def laporan(dunia: Dunia) -> Laporan:
    return dunia.laporan(dunia.ambon, "F04")


def isi(laporan: Laporan) -> dict[str, Any]:
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=laporan).first()
        return dict(draf.isi) if draf else {}


def baris(laporan: Laporan) -> list[dict[str, Any]]:
    return list(isi(laporan).get("daftar", {}).get("kejadian", []))


def nilai(laporan: Laporan, kode: str = "lokasi") -> list[Any]:
    return [b["sel"].get(kode, {}).get("nilai") for b in baris(laporan)]


def tambah(orang: Any, laporan: Laporan, **sel: str) -> str:
    return tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi=sel, **orang)[0]


def tempelkan(orang: Any, laporan: Laporan, teks: str = BLOK, mulai: Mulai = Mulai(), **lain: Any) -> dict[str, Any]:  # noqa: B008
    tempelan = Tempelan("kejadian", teks, mulai, {})
    cap = rencanakan(laporan.skema.daftar["kejadian"], teks, baris(laporan), mulai, {}).cap
    umum = {"laporan_id": laporan.pk, "tempelan": tempelan, "cap": cap, "kunci": uuid.uuid4().hex}
    return tempel(**{**umum, **orang, **lain})


# ---------------------------------------------------------------- paste


def test_tempelan_masuk_sekali_dan_dibatalkan_sekali_tekan(dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        tambah(orang, laporan, lokasi="Blok A")
        kunci = uuid.uuid4().hex
        hasil = tempelkan(orang, laporan, kunci=kunci)
        assert (hasil["baru"], hasil["sel"]) == (2, 13)
        assert tempelkan(orang, laporan, kunci=kunci)["ulangan"] is True
        assert nilai(laporan) == ["Blok A", "Blok B", "Dapur"]
        assert nilai(laporan, "tanggal")[1:] == ["2026-01-03", "2026-01-04"]
        with terpasang(SISTEM):
            assert RiwayatIsian.objects.filter(laporan=laporan, asal="tempel").count() == 1
        batal = batal_tempel(laporan_id=laporan.pk, tanda=hasil["id"], **orang)
        assert (batal.baris, batal.sel, batal.tertahan) == (2, 0, 0)
        assert nilai(laporan) == ["Blok A"]
        with pytest.raises(TidakSah, match="sudah dibatalkan"):
            batal_tempel(laporan_id=laporan.pk, tanda=hasil["id"], **orang)


def test_batal_mengembalikan_sel_lama_dan_membiarkan_yang_diubah_rekan(dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="Lama", jumlah_pelaku="0")
        hasil = tempelkan(orang, laporan, "Baru\twbp\nDua\twbp\nTiga\twbp", Mulai(satu, "lokasi"))
        assert nilai(laporan) == ["Baru", "Dua", "Tiga"]
        tiga = baris(laporan)[2]["id"]
    with sebagai_orang(dunia.kepala_ambon) as rekan:
        ubah = Perubahan("lokasi", "Tiga A", versi=1, daftar="kejadian", baris=tiga)
        assert not simpan(laporan_id=laporan.pk, perubahan=[ubah], **rekan).konflik
    with sebagai_orang(dunia.operator_ambon) as orang:
        batal = batal_tempel(laporan_id=laporan.pk, tanda=hasil["id"], **orang)
    assert (batal.baris, batal.sel, batal.tertahan) == (1, 2, 1)
    assert nilai(laporan) == ["Lama", "Tiga A"]
    assert nilai(laporan, "aktor") == [None, "wbp"]


def test_pratinjau_basi_atau_salah_tidak_menyimpan_apa_pun(dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="Lama")
        with pytest.raises(Bentrok, match="berubah sejak pratinjau"):
            tempelkan(orang, laporan, "Baru", Mulai(satu, "lokasi"), cap="basi")
        with pytest.raises(TidakSah, match="belum dapat dibaca"):
            tempelkan(orang, laporan, BLOK + "\n32/1/2026")
        with pytest.raises(TidakSah, match="sel"):
            tempelkan_langsung(orang, laporan, "x\n" * 10_000)
        assert nilai(laporan) == ["Lama"]
        assert "tempelan" not in isi(laporan)


def tempelkan_langsung(orang: Any, laporan: Laporan, teks: str) -> None:
    tempel(
        laporan_id=laporan.pk, tempelan=Tempelan("kejadian", teks, Mulai(), {}), cap="", kunci=uuid.uuid4().hex, **orang
    )


@pytest.mark.parametrize(("nama", "galat"), [("operator_masohi", TidakDitemukan), ("verifikator_maluku", Ditolak)])
def test_orang_lain_tidak_menempel_menyalin_atau_mengembalikan(
    dunia: Dunia, laporan: Laporan, nama: str, galat: type[Exception]
) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="Blok A")
        hasil = tempelkan(orang, laporan)
    sebelum = isi(laporan)
    with sebagai_orang(getattr(dunia, nama)) as lain:
        kunci = uuid.uuid4().hex
        with pytest.raises(galat):
            tempelkan_langsung(lain, laporan, BLOK)
        with pytest.raises(galat):
            batal_tempel(laporan_id=laporan.pk, tanda=hasil["id"], **lain)
        with pytest.raises(galat):
            salin_satu(laporan_id=laporan.pk, daftar="kejadian", baris=satu, kunci=kunci, **lain)
        with pytest.raises(galat):
            kembalikan(laporan_id=laporan.pk, daftar="kejadian", baris=satu, **lain)
    assert isi(laporan) == sebelum


# ---------------------------------------------------------------- copy, delete, bring back


def test_salinan_berdiri_di_bawah_asalnya_dan_ditandai(dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="Blok A", tanggal="3/1/2026", jumlah_pelaku="0")
        tambah(orang, laporan, lokasi="Blok B")
        kunci = uuid.uuid4().hex
        baru = salin_satu(laporan_id=laporan.pk, daftar="kejadian", baris=satu, kunci=kunci, **orang)
        assert salin_satu(laporan_id=laporan.pk, daftar="kejadian", baris=satu, kunci=kunci, **orang) == baru
    assert [b["id"] for b in baris(laporan)].index(baru) == 1
    assert nilai(laporan) == ["Blok A", "Blok A", "Blok B"]
    salinan = baris(laporan)[1]["sel"]
    assert {s["s"] for s in salinan.values()} == {"baris"}
    with sebagai_orang(dunia.operator_ambon) as orang:
        tandai_diperiksa(laporan_id=laporan.pk, kode=[f"kejadian/{baru}"], **orang)
    assert not any("s" in s for s in baris(laporan)[1]["sel"].values())
    assert (salinan["jumlah_pelaku"]["keadaan"], salinan["tanggal"]["nilai"]) == ("nihil", "2026-01-03")


def test_baris_yang_dihapus_kembali_ke_tempatnya_dengan_isinya(dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        for lokasi in ("A", "B", "C"):
            tambah(orang, laporan, lokasi=lokasi)
        sebelum = baris(laporan)
        umum = {"laporan_id": laporan.pk, "daftar": "kejadian", "baris": sebelum[1]["id"], **orang}
        hapus_baris(**umum)
        assert nilai(laporan) == ["A", "C"]
        kembalikan(**umum)
        kembalikan(**umum)
        assert baris(laporan) == sebelum


def test_ketikan_pada_baris_yang_dihapus_rekan_disebut_utuh(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="A")
        klien = masuk(dunia.operator_ambon)
        html = buka(klien, KEJADIAN)
    with sebagai_orang(dunia.kepala_ambon) as rekan:
        hapus_baris(laporan_id=laporan.pk, daftar="kejadian", baris=satu, **rekan)
    data = isian(html, **{f"kejadian/{satu}/lokasi": "Gudang timur"})
    jawab = klien.post(KEJADIAN, data)
    teks = jawab.content.decode()
    assert jawab.status_code == 400
    assert "sudah dihapus oleh Kepala Ambon" in teks
    assert "<dt>Lokasi</dt><dd>Gudang timur</dd>" in teks
    sel = klien.post(
        alamat(laporan, "simpan"), content_type="application/json",
        data={"bagian": "kejadian_bulan_ini", "baris": [satu], "perubahan": [
            {"kode": "lokasi", "daftar": "kejadian", "baris": satu, "teks": "Gudang", "versi": 1}]},
    ).json()["sel"]  # fmt: skip
    assert "sudah dihapus" in sel[f"kejadian/{satu}/lokasi"]["p"]


# ---------------------------------------------------------------- last month's rows


def test_baris_bulan_lalu_ditambahkan_sekali_juga_pada_daftar_yang_sudah_berisi(
    dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2026, 9))
    kini = dunia.laporan(dunia.ambon, "F10", Bulan(2026, 9))
    kolom = kini.skema.daftar["vendor"].per_kode
    isi_lalu = {"nama": "CV Lama", "kontrak": "K-1", "mulai": "2026-01-01"}
    lalu = [Baris(f"lama{n}", {k: Sel(v) for k, v in isi_lalu.items()}) for n in range(2)]
    for modul in ("services_isian", "selectors_isian"):
        monkeypatch.setattr(f"pelaporan.{modul}.isian_lalu", lambda *_: Isian({}, {"vendor": lalu}))
    bagian = kini.skema.bagian_dari["vendor"].kode
    klien, url = masuk(dunia.operator_ambon), alamat(kini, "bagian", bagian=bagian)
    with sebagai_orang(dunia.operator_ambon) as orang:
        tambah_baris(laporan_id=kini.pk, daftar="vendor", isi={"nama": "CV Baru"}, **orang)
        assert "Salin 2 baris dari Agu" in buka(klien, url)
        for _ in range(2):
            salin_bulan_lalu(laporan_id=kini.pk, bagian=bagian, kode="vendor", **orang)
    semua = isi(kini)["daftar"]["vendor"]
    assert [b["sel"]["nama"]["nilai"] for b in semua] == ["CV Baru", "CV Lama", "CV Lama"]
    assert [b.get("a") for b in semua] == [None, "lama0", "lama1"]
    assert {s["s"] for b in semua[1:] for s in b["sel"].values()} == {"2026-08"}
    assert set(semua[1]["sel"]) == {k for k in isi_lalu if kolom[k].stabil}
    html = buka(klien, url)
    assert "disalin dari Agu 2026, periksa" in html
    assert 'value="salin:vendor"' not in html


# ---------------------------------------------------------------- pages without a script


def test_halaman_tempel_tanpa_skrip_dari_teks_sampai_batal(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    html = buka(klien, KEJADIAN)
    teks = BLOK + "\n31/2/2026\t\t\tGudang"
    pratinjau = klien.post(KEJADIAN, isian(html, aksi="tempel:kejadian", **{"tempel|kejadian": teks}))
    isi_pratinjau = pratinjau.content.decode()
    assert pratinjau.status_code == 400
    assert "31 Februari" in isi_pratinjau
    assert 'value="31/2/2026"' in isi_pratinjau
    assert "Tambahkan" not in isi_pratinjau
    assert baris(laporan) == []
    url = alamat(laporan, "daftar_tempel", daftar="kejadian")
    diperbaiki = klien.post(
        url, {**_isian_pratinjau(isi_pratinjau), "teks": teks, "u-3-tanggal": "5/1/2026", "aksi": "periksa"}
    )
    segar = diperbaiki.content.decode()
    assert "Tambahkan 3 baris" in segar
    jawab = klien.post(url, {**_isian_pratinjau(segar), "teks": teks, "aksi": "tambahkan"})
    assert jawab.status_code == 302
    assert nilai(laporan, "tanggal") == ["2026-01-03", "2026-01-04", "2026-01-05"]
    halaman = buka(klien, jawab["Location"])
    batal = re.search(r'value="(bataltempel:kejadian/\w+)"', halaman)
    assert batal
    klien.post(KEJADIAN, isian(halaman, aksi=batal[1]))
    assert baris(laporan) == []


def _isian_pratinjau(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))


def test_teks_tempelan_tidak_hilang_saat_sel_lain_ditolak(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu = tambah(orang, laporan, lokasi="A")
    klien = masuk(dunia.operator_ambon)
    data = isian(buka(klien, KEJADIAN), aksi="tempel:kejadian", **{f"kejadian/{satu}/jumlah_pelaku": "banyak"})
    jawab = klien.post(KEJADIAN, {**data, "tempel|kejadian": BLOK})
    assert jawab.status_code == 400
    assert "Blok B\twbp" in jawab.content.decode()
    assert 'value="banyak"' in jawab.content.decode()


def test_enam_puluh_baris_dibagi_dan_tetap_ringan(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        tempelkan(orang, laporan, "\n".join(f"{n % 28 + 1}/1/2026\t\t\tBlok {n}" for n in range(60)))
    klien = masuk(dunia.operator_ambon)
    html = buka(klien, f"{KEJADIAN}?h-kejadian=3")
    assert "Baris 51–60 dari 60" in html
    assert html.count('<tr id="b-') == 10
    satu = buka(klien, KEJADIAN)
    assert satu.count('<tr id="b-') == 25
    assert len(re.findall(r"<[a-z]", satu)) <= 3000
    akhir = baris(laporan)[59]["id"]
    assert f'id="b-{akhir}"' in buka(klien, f"{KEJADIAN}?baris={akhir}")
    pindah = klien.post(
        KEJADIAN, isian(satu, aksi="hal:kejadian/2", **{f"kejadian/{baris(laporan)[0]['id']}/lokasi": "Aula"})
    )
    assert pindah["Location"].endswith("?h-kejadian=2#d-kejadian")
    assert nilai(laporan)[0] == "Aula"


def test_temuan_baris_dihitung_ditunjuk_dan_disaring(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        tempelkan(orang, laporan, "\n".join(f"{n % 28 + 1}/1/2026\t\t\tBlok {n}" for n in range(30)))
        salah = tambah(orang, laporan, tanggal="3/2/2026", lokasi="Luar bulan")
    klien = masuk(dunia.operator_ambon)
    satu = buka(klien, KEJADIAN)
    assert "1 baris perlu diperiksa, 1 di luar halaman ini" in satu
    saring = klien.post(KEJADIAN, isian(satu, aksi="hal:kejadian/1p"))["Location"]
    html = buka(klien, saring)
    assert html.count('<tr id="b-') == 1
    assert f'<tr id="b-{salah}" data-perlu>' in html
    assert "Tampilkan semua baris" in html


def test_hapus_lalu_kembalikan_lewat_halaman(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        tambah(orang, laporan, lokasi="A")
        satu = tambah(orang, laporan, lokasi="B")
    klien = masuk(dunia.operator_ambon)
    jawab = klien.post(alamat(laporan, "baris_hapus", daftar="kejadian", baris=satu), isian(buka(klien, KEJADIAN)))
    html = buka(klien, jawab["Location"])
    assert "Baris 2 dihapus." in html
    klien.post(KEJADIAN, isian(html, aksi=f"bariskembali:kejadian/{satu}"))
    assert nilai(laporan) == ["A", "B"]


def test_baris_penuh_ditolak_dengan_kalimat(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    with sebagai_orang(dunia.operator_ambon) as orang:
        tempelkan(orang, laporan, "\n".join(f"1/1/2026\t\t\tBlok {n}" for n in range(200)))
        umum = {"laporan_id": laporan.pk, "daftar": "kejadian", **orang}
        with pytest.raises(TidakSah, match="paling banyak 200 baris"):
            salin_satu(baris=baris(laporan)[0]["id"], kunci=uuid.uuid4().hex, **umum)
    klien = masuk(dunia.operator_ambon)
    data = {"kunci": uuid.uuid4().hex}
    jawab = klien.post(alamat(laporan, "baris_tambah", daftar="kejadian"), data, headers={"accept": "application/json"})
    assert jawab.status_code == 400
    assert "paling banyak 200 baris" in jawab.json()["pesan"]


def test_dua_orang_menambah_baris_keduanya_tinggal(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    url, kunci = alamat(laporan, "baris_tambah", daftar="kejadian"), uuid.uuid4().hex
    for orang in (dunia.operator_ambon, dunia.kepala_ambon):
        klien = masuk(orang)
        for _ in range(2):
            jawab = klien.post(url, {"kunci": kunci}, headers={"accept": "application/json"}).json()
            assert f'<tr id="b-{jawab["baris"]}"' in jawab["html"]
    assert len(baris(laporan)) == 2


def test_pesan_daftar_ikut_disegarkan_saat_menyimpan(dunia: Dunia, laporan: Laporan, masuk: Any) -> None:
    """What the checks say about the list comes with every save; a save that took nothing says so."""
    klien = masuk(dunia.operator_ambon)

    def simpan_json(*perubahan: dict[str, Any]) -> dict[str, Any]:
        badan = {"bagian": laporan.skema.bagian_dari["kejadian"].kode, "perubahan": list(perubahan)}
        return dict(klien.post(alamat(laporan, "simpan"), badan, content_type="application/json").json())

    umum = {"versi": 0, "keadaan": "isi", "alasan": ""}
    kosong = simpan_json()
    assert set(kosong["pesan_daftar"]) == {"kejadian"}
    with sebagai_orang(dunia.operator_ambon) as orang:
        satu, _ = tambah_baris(laporan_id=laporan.pk, daftar="kejadian", kunci=uuid.uuid4().hex, **orang)
    kolom = next(k for k in laporan.skema.daftar["kejadian"].kolom if k.jenis == "pilihan")
    salah = simpan_json({"kode": kolom.kode, "daftar": "kejadian", "baris": satu, "teks": "tidak dikenal", **umum})
    assert salah["pesan"] == "Belum tersimpan"
    assert "Pilih salah satu" in salah["ditolak"][f"kejadian/{satu}/{kolom.kode}"]["pesan"]
    betul = simpan_json({"kode": kolom.kode, "daftar": "kejadian", "baris": satu, "teks": kolom.pilihan[0][1], **umum})
    assert betul["pesan"].startswith("Tersimpan di server pukul")
