"""From the note to the mended report: what is pending, what is sent once, what the reviewer sees of it afterwards."""

from __future__ import annotations

from typing import Any

from pelaporan.banding import banding_daftar
from pelaporan.catatan.services import terapkan_usulan, tulis_komentar
from pelaporan.models import Komentar, Laporan, Pemberitahuan, RiwayatIsian
from pelaporan.sajian import KOSONG
from pelaporan.services_isian import Perubahan, simpan
from pelaporan.tinjauan import saji
from tests.dunia import Dunia, isi_penuh, kirim, lakukan, skema
from tests.pelaporan.bantu import alamat, kueri, sebagai_orang, segar, tindakan
from upt.cakupan import SISTEM, terpasang

SEL = "lahan_tidur"


def _terkirim(dunia: Dunia, **ubah: str) -> Laporan:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon, ubah)
    return laporan


def _tulis(klien: Any, laporan: Laporan, **lain: str) -> Any:
    """What the form in a row posts."""
    dari = f"{alamat(laporan, 'tinjau')}?tampil=semua#b-{SEL}"
    isi = {"sel": SEL, "tertunda": "1", "lanjut": dari, "teks": "Ukur ulang.", "usulan": "750", **lain}
    return klien.post(alamat(laporan, "catatan"), tindakan(laporan, **isi))


def test_catatan_tertunda_tetap_dan_terkirim_sekali(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    terbuka = klien.get(url, {"tulis": SEL, "tampil": "berubah"})
    assert 'name="usulan"' in terbuka.content.decode(), "the form opens without a script, in every view"
    assert _tulis(klien, laporan)["Location"].endswith(f"?tampil=semua#b-{SEL}")
    for tampil in ("semua", "berubah", "bendera"):
        isi = klien.get(url, {"tampil": tampil}).content.decode()
        assert "Catatan yang belum dikirim: 1" in isi
        assert "Usulan 750" in isi
    assert "Ukur ulang." not in masuk(dunia.kepala_maluku).get(url).content.decode(), "somebody else's draft"
    klien.post(url, tindakan(laporan, "kembalikan", alasan="lainnya"))
    with terpasang(SISTEM):
        assert Komentar.objects.filter(laporan=laporan, terkirim_pada=None).count() == 0
        assert Pemberitahuan.objects.filter(laporan=laporan, untuk="upt").count() == 1
    hasil = klien.get(url).content.decode()
    assert "Menunggu UPT mengirim ulang" in hasil
    assert "1 catatan terkirim dalam satu kabar" in hasil


def test_catatan_dihapus_sebelum_dikirim(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    _tulis(klien, laporan)
    with terpasang(SISTEM):
        satu = Komentar.objects.get(laporan=laporan)
    data = {"sel": SEL, "lanjut": f"{url}#tertunda"}
    assert klien.post(alamat(laporan, "catatan_hapus", komentar=satu.pk), data)["Location"] == f"{url}#tertunda"
    assert "Catatan yang belum dikirim: 0" in klien.get(url).content.decode()


def test_usulan_keliru_tidak_hilang(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    jawab = _tulis(masuk(dunia.verifikator_maluku), laporan, usulan="tujuh ratus")
    assert jawab.status_code == 400
    assert "tujuh ratus" in jawab.content.decode()


def test_kiriman_ulang_menyebut_apa_yang_ditanggapi(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    _tulis(klien, laporan)
    _tulis(klien, laporan, sel="wbp", teks="Cocokkan daftar nama.", usulan="")
    klien.post(url, tindakan(laporan, "kembalikan", alasan="lainnya"))
    with terpasang(SISTEM):
        usul = Komentar.objects.get(laporan=laporan, usulan="750")
    with sebagai_orang(dunia.kepala_ambon) as umum:
        terapkan_usulan(komentar_id=usul.pk, **umum)
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    jawab = klien.get(url)
    per_kode = {p.kode: p for p in jawab.context["perbaikan"]}
    lahan, wbp = per_kode[SEL], per_kode["wbp"]
    assert (lahan.lalu.teks, lahan.kini.teks, lahan.nasib, lahan.ditanggapi) == ("500", "750", "diterapkan", True)
    assert not wbp.ditanggapi
    isi = jawab.content.decode()
    assert isi.index("Apa yang berubah sejak dikembalikan") < isi.index("Bandingkan dengan")
    assert "belum ditanggapi" in isi
    assert "Versi 1 yang dikembalikan" in isi


def test_berikutnya_menurut_saringan_dan_batal(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    lain, tanpa = dunia.laporan(dunia.masohi), dunia.laporan(dunia.masohi, "F04")
    kirim(lain, dunia.kepala_masohi)
    kirim(tanpa, dunia.kepala_masohi)
    klien = masuk(dunia.verifikator_maluku)
    antre = klien.get("/verifikasi/", {"formulir": "F06"}).content.decode()
    assert f"{alamat(laporan, 'tinjau')}?antrean=formulir%3DF06" in antre
    url = f"{alamat(laporan, 'tinjau')}?antrean=formulir%3DF06"
    lewati = klien.get(f"{alamat(laporan, 'tinjau_berikut')}?antrean=formulir%3DF06")
    assert lewati["Location"] == f"{alamat(lain, 'tinjau')}?antrean=formulir%3DF06"
    jawab = klien.post(url, tindakan(laporan, "verifikasi"), follow=True)
    isi = jawab.content.decode()
    assert f"{alamat(lain, 'tinjau')}?antrean=formulir%3DF06" in isi
    assert "Batalkan verifikasi (sampai" in isi
    klien.post(alamat(laporan, "batal_verifikasi"), tindakan(laporan))
    assert segar(laporan).status == "DIKIRIM"
    klien.post(url, tindakan(laporan, "verifikasi"))
    habis = klien.post(f"{alamat(lain, 'tinjau')}?antrean=formulir%3DF06", tindakan(lain, "verifikasi"), follow=True)
    assert "Tidak ada lagi yang menunggu di saringan ini" in habis.content.decode()


def test_asing_404_dan_unit_sendiri_403(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    for nama in ("tinjau", "tinjau_berikut"):
        assert masuk(dunia.verifikator_riau).get(alamat(laporan, nama)).status_code == 404
        assert masuk(dunia.kepala_ambon).get(alamat(laporan, nama)).status_code == 403
    for nama in ("tinjau_bagian", "tinjau_wajar"):
        assert masuk(dunia.verifikator_riau).post(alamat(laporan, nama), {}).status_code == 404
        assert masuk(dunia.kepala_ambon).post(alamat(laporan, nama), {}).status_code == 403


def test_diisi_kanwil_berlabel_dan_tanpa_lampiran(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        RiwayatIsian.objects.create(
            laporan=laporan, upt=laporan.upt, kanwil=laporan.kanwil, oleh=dunia.kepala_maluku,
            pada=laporan.diubah_pada, asal="kanwil", perubahan={},
        )  # fmt: skip
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    isi = masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau")).content.decode()
    assert "Diisi Kanwil atas nama UPT" in isi
    assert "Tidak ada lampiran." in isi


def test_sudah_terverifikasi_hanya_dibaca(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    assert "buka kembali dari ringkasan" in masuk(dunia.kepala_maluku).get(alamat(laporan, "tinjau")).content.decode()
    lain = dunia.laporan(dunia.masohi)
    kirim(lain, dunia.kepala_masohi)
    lakukan(lain, "verifikasi", dunia.kepala_maluku)
    isi = masuk(dunia.verifikator_maluku).get(alamat(lain, "tinjau")).content.decode()
    assert "UPT meminta laporan dibuka kembali" in isi
    assert 'value="verifikasi"' not in isi
    assert "data-tulis" not in isi


def test_bagian_yang_tidak_berlaku(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    with sebagai_orang(dunia.kepala_ambon) as umum:
        simpan(laporan_id=laporan.pk, perubahan=[Perubahan("ada_kegiatan", "tidak")], **umum)
        simpan(laporan_id=laporan.pk, perubahan=[Perubahan("sebab_tanpa", "lahan")], **umum)
        simpan(laporan_id=laporan.pk, perubahan=[Perubahan("lahan_tidur", "0")], **umum)
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    jawab = masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    assert "tidak berlaku bagi UPT ini" in jawab.content.decode()
    assert len(jawab.context["dihitung"]) < len(jawab.context["bagian"])


def test_catatan_pada_daftar_dan_satu_barisnya(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    kirim(laporan, dunia.kepala_ambon)
    isi = masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"), {"tulis": "kejadian"}).content.decode()
    assert 'name="sel" value="kejadian"' in isi
    f04 = skema("F04")
    baris = {"id": "satu", "isi": {"tanggal": "2026-01-03"}}
    kini = {**KOSONG, "daftar": {"kejadian": [baris]}}
    alamat_baris = "kejadian/satu/tanggal"
    bahan = saji.Bahan(f04, kini, KOSONG, {}, [], {}, {}, alamat_baris, lintas_bulan=True)
    semua = saji.susun_bagian(bahan, saji.susun_baris(bahan), "berubah", [], [])
    (daftar,) = [d for b in semua for d in b.daftar]
    assert [(b.alamat, b.tulis) for b in daftar.baris] == [(alamat_baris, True)], "dated events are all new: all stay"
    assert banding_daftar(f04, kini, KOSONG, lintas_bulan=True) == []


def test_baris_lintas_bulan_dicocokkan_menurut_isinya() -> None:
    f07 = skema("F07")
    daftar = next(d for d in f07.daftar.values() if d.kolom[0].jenis != "tanggal")
    pertama, kedua = daftar.kolom[0].kode, next(k.kode for k in daftar.kolom[1:] if k.angka)

    def isi(*baris: tuple[str, str, int]) -> dict[str, Any]:
        return {**KOSONG, "daftar": {daftar.kode: [{"id": i, "isi": {pertama: a, kedua: n}} for i, a, n in baris]}}

    lalu = isi(("x1", "Kopi", 5), ("x2", "Roti", 6), ("x3", "Sabun", 1))
    kini = isi(("y1", "Kopi", 5), ("y2", "Roti", 9), ("y3", "Tempe", 2))
    beda = banding_daftar(f07, kini, lalu, lintas_bulan=True)
    assert [(b.jenis, b.id) for b in beda if b.kode == daftar.kode] == [
        ("berubah", "y2"), ("baru", "y3"), ("dihapus", ""),
    ]  # fmt: skip
    per_id = banding_daftar(f07, kini, lalu)
    assert [b.jenis for b in per_id] == ["baru"] * 3 + ["dihapus"] * 3


def test_jumlah_kueri_tidak_tumbuh(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), f"{alamat(laporan, 'tinjau')}?tampil=semua"
    klien.get(url)
    sedikit = len(kueri(klien, url))
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        for kode in ("lahan_tidur", "wbp", "petugas", "jual_bama"):
            tulis_komentar(laporan_id=laporan.pk, kode=kode, teks="Ukur ulang.", **umum)
    assert len(kueri(klien, url)) <= sedikit


def test_ambil_alih_dan_laci_pulang_ke_tampilan_semula(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    rekan = masuk(dunia.kepala_maluku)
    sini = f"{alamat(laporan, 'tinjau')}?tampil=semua&antrean=formulir%3DF06"
    assert f'name="lanjut" value="{sini.replace("&", "&amp;")}"' in rekan.get(sini).content.decode()
    ambil = rekan.post(alamat(laporan, "pegang"), {"aksi": "ambil_alih", "lanjut": sini})
    assert ambil["Location"] == sini
    laci = rekan.get(
        alamat(laporan, "rincian", sel="lahan_tidur"),
        {"potongan": "1"},
        headers={"referer": f"http://testserver{sini}"},
    )
    assert laci.context["lanjut"] == sini
    lepas = rekan.post(alamat(laporan, "pegang"), {"aksi": "lepas", "lanjut": sini})
    assert lepas["Location"] == "/verifikasi/?formulir=F06"
    jahat = rekan.post(
        alamat(laporan, "pegang"), {"aksi": "ambil_alih", "lanjut": "https://lain.example/?tampil=semua"}
    )
    assert jahat["Location"] == f"{alamat(laporan, 'tinjau')}?tampil=semua", "only ever to this report"


def test_ringkasan_menyebut_kanwil_yang_mengetik(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kalimat = "Sebagian isian diketik Kanwil Maluku atas nama UPT"
    assert kalimat not in masuk(dunia.operator_ambon).get(alamat(laporan)).content.decode()
    with terpasang(SISTEM):
        for _ in range(2):
            RiwayatIsian.objects.create(
                laporan=laporan, upt=laporan.upt, kanwil=laporan.kanwil, oleh=dunia.verifikator_maluku,
                pada=laporan.tenggat, asal="kanwil", sebagai="Kanwil Maluku, atas nama UPT", perubahan={},
            )  # fmt: skip
    for orang in (dunia.operator_ambon, dunia.kepala_maluku, dunia.peninjau):
        isi = masuk(orang).get(alamat(laporan)).content.decode()
        assert kalimat in isi
        assert isi.count("Verifikator Maluku, ") == 1, "one person once, with the last time"
