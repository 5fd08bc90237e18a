"""Charts and components: right numbers at the right place, safe text, small sizes, no style attributes."""

from __future__ import annotations

import gzip
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import SafeString

from pemasyarakatan.inti import bagan
from pemasyarakatan.inti.bagan import Batang, Kendali, Petak, Titik
from pemasyarakatan.inti.skala import alas, tingkat_sumbu
from pemasyarakatan.inti.templatetags.bagan import STATUS

AKAR = Path(__file__).resolve().parents[2]
JAHAT = '<script>alert("x")</script>&'


def pohon(svg: str) -> ElementTree.Element:
    """Parse one chart; a tag left open or a stray & fails here."""
    return ElementTree.fromstring(svg)


def semua(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(pohon(svg).iter(tag))


def teks(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in semua(svg, "text")]


def dua_tahun(**ganti: object) -> list[Titik]:
    deret = [Titik(f"Bulan {i}", 1000 + 10 * i) for i in range(24)]
    deret[-1] = deret[-1]._replace(**ganti)
    return deret


def petak(nilai: float | None = 96.4, kelas: int | None = 4, **lain: str) -> Petak:
    isi = {"kode": "81", "singkatan": "MAL", "url": "/kanwil/81/", "nama": "Maluku"} | lain
    return Petak(isi["kode"], isi["singkatan"], 1, 2, nilai, "96,4%", isi["url"], kelas, isi["nama"])


# ---------------------------------------------------------------- classes, axes, limits


def test_classes_are_quantiles_and_carry_their_ranges() -> None:
    batas, kelas = bagan.bagi_kelas([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert kelas == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert batas == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]


def test_equal_values_share_a_class_and_missing_has_none() -> None:
    batas, kelas = bagan.bagi_kelas([5, None, 5, 5, 5, Decimal("9.5")])
    assert kelas == [0, None, 0, 0, 0, 1]
    assert batas == [(5, 5), (9.5, 9.5)]


def test_classes_of_nothing() -> None:
    assert bagan.bagi_kelas([None, None]) == ([], [None, None])


@pytest.mark.parametrize(
    ("bawah", "atas"),
    [
        (0, 1),
        (0, 7),
        (0, 1234567),
        (268000, 276000),
        (-120, 1240),
        (0.1, 0.13),
        (5, 5),
        (0, 0),
        (-7, -7),
        (99.2, 103),
    ],
)
@pytest.mark.parametrize("bulat", [True, False])
def test_axis_encloses_the_data_with_three_to_six_even_steps(bawah: float, atas: float, bulat: bool) -> None:
    sumbu = tingkat_sumbu(bawah, atas, bulat=bulat)
    assert 3 <= len(sumbu) <= 6
    assert sumbu[0] <= bawah
    assert sumbu[-1] >= atas
    jarak = {round(b - a, 6) for a, b in pairwise(sumbu)}
    assert len(jarak) == 1
    assert not bulat or all(float(n).is_integer() for n in sumbu)


def test_axis_starts_at_zero_unless_that_would_flatten_the_line() -> None:
    assert alas([400, 1000]) == 0
    assert alas([900, 1000]) == 900
    assert alas([-5, 10]) == -5


def test_natural_limits_follow_the_moving_range() -> None:
    # Mean 11, every step is 2: limits 11 ± 2.66 × 2.
    batas = bagan.batas_xmr([10, 12] * 5)
    assert batas == pytest.approx((5.68, 11, 16.32))
    assert bagan.batas_xmr([1, 2, None, 3]) is None


# ---------------------------------------------------------------- trend


def test_trend_prints_the_last_value_and_lies_inside_its_frame() -> None:
    svg = bagan.tren(dua_tahun(), judul="Penghuni", satuan="orang")
    assert "1.230 orang" in teks(svg)
    letak = [float(c.attrib["cy"].rstrip("%")) for c in semua(svg, "circle")]
    assert len(letak) == 24
    assert all(0 <= y <= 100 for y in letak)
    assert letak == sorted(letak, reverse=True), "a rising figure must rise on the screen"
    assert pohon(svg).attrib["role"] == "img"


def test_trend_marks_a_provisional_end_by_dots_ring_and_word() -> None:
    svg = bagan.tren(dua_tahun(sementara=True), judul="Penghuni")
    padat, titik = semua(svg, "path")
    assert titik.attrib["stroke-dasharray"] == "1 6"
    assert titik.attrib["d"].count("L") == 1
    assert padat.attrib["d"].count("L") == 22
    assert semua(svg, "circle")[-1].attrib["fill"] == "#fff"
    assert "1.230 sementara" in teks(svg)


def test_trend_leaves_a_gap_where_data_is_missing() -> None:
    deret = dua_tahun()
    deret[10] = deret[10]._replace(nilai=None)
    svg = bagan.tren(deret, judul="Penghuni")
    assert semua(svg, "path")[0].attrib["d"].count("M") == 2
    assert len(semua(svg, "circle")) == 23
    assert "1 dari 24 bulan tanpa data" in (pohon(svg).findtext("desc") or "")


def test_trend_shows_points_outside_the_natural_limits_as_diamonds() -> None:
    deret = [Titik(str(i), 100) for i in range(10)] + [Titik("10", 140)]
    tanpa, dengan = (bagan.tren(deret, judul="Isi", kendali=k) for k in (None, Kendali(80, 100, 120)))
    assert len(semua(tanpa, "circle")) == 11
    assert len(semua(dengan, "circle")) == 10
    assert len(semua(dengan, "path")) == len(semua(tanpa, "path")) + 1


def test_tren_tahun_lalu_taksiran_dan_kejadian() -> None:
    deret = [Titik("Jan", 10), Titik("Feb", 20, sementara=True, kejadian="2 siklus gagal")]
    polos = bagan.tren(deret, judul="Panen")
    svg = bagan.tren(deret, judul="Panen", lalu=[None, 90], kata="taksiran")
    assert polos.count("#9aa6b1") == 0
    assert svg.count("#9aa6b1") == 1, "the year before is one grey line"
    assert ">100<" in svg, "and it widens the axis"
    assert ">100<" not in polos
    assert "Feb: 2 siklus gagal" in svg
    assert "20 taksiran" in svg
    assert "sementara" not in svg


def test_trend_gives_its_axis_room_and_names_its_target() -> None:
    rupiah = bagan.tren([Titik("a", 1_200_000_000), Titik("b", 3_400_000_000)], judul="x", jenis="rupiah", target=4)
    assert pohon(rupiah).attrib["class"] == "bagan sumbu-88"
    assert "target Rp4" in teks(rupiah)
    assert pohon(bagan.tren(dua_tahun(), judul="x", jenis="persen")).attrib["class"] == "bagan sumbu-60"


@pytest.mark.parametrize("deret", [[], [Titik("Jan", None)]])
def test_trend_without_data_says_so(deret: list[Titik]) -> None:
    assert teks(bagan.tren(deret, judul="Penghuni")) == ["Belum ada data."]


# ---------------------------------------------------------------- bars, bullets, parts, sparkline, coverage


def lebar(svg: str) -> list[float]:
    return [float(r.attrib["width"].rstrip("%")) for r in semua(svg, "rect") if r.attrib["width"].endswith("%")]


def test_bars_start_at_zero_and_print_every_value() -> None:
    svg = bagan.batang([Batang("A", 50), Batang("B", 200), Batang("C", None)], judul="Panen")
    assert lebar(svg)[2::3] == [25, 100, 0]
    assert teks(svg) == ["A", "50", "B", "200", "C", "–"]
    assert pohon(svg).attrib["role"] == "img"


def test_bars_with_negatives_share_one_zero_line() -> None:
    svg = bagan.batang([Batang("A", 75), Batang("B", -25)], judul="Selisih")
    assert {g.attrib["x1"] for g in semua(svg, "line")} == {"25%"}
    assert "−25" in teks(svg)


def test_bars_with_links_are_a_group_with_named_links() -> None:
    svg = bagan.batang([Batang("Maluku", 50, "/kanwil/81/")], judul="Panen")
    (tautan,) = semua(svg, "a")
    assert pohon(svg).attrib["role"] == "group"
    assert tautan.attrib == {"href": "/kanwil/81/", "aria-label": "Maluku 50"}


def test_bullet_states_share_and_keeps_an_excess_inside_the_frame() -> None:
    svg = bagan.peluru(512, judul="Hunian", target=385, kata_target="kapasitas", satuan="orang")
    assert teks(svg) == ["512 orang", "133% dari kapasitas 385"]
    assert max(lebar(svg)) <= 100


def test_bullet_marks_what_is_due_by_now_and_survives_missing_values() -> None:
    assert "seharusnya kini 900" in teks(bagan.peluru(910, judul="x", target=1200, seharusnya=900))
    assert teks(bagan.peluru(None, judul="x")) == ["–", ""]
    assert teks(bagan.peluru(0, judul="x", target=0)) == ["0", "target 0"]


def test_parts_fill_the_bar_and_are_tied_by_digits() -> None:
    svg = bagan.klaster([("Narapidana", 60), ("Tahanan", 38), ("Anak", 2), ("Tamu", None)], judul="Susunan")
    bagian = [float(r.attrib["width"][:-1]) for r in semua(svg, "rect") if "x" in r.attrib]
    assert bagian == [60, 38, 2, 0]
    # Too narrow for a digit inside, yet every part has its numbered line below.
    assert teks(svg)[:5] == ["1", "1", "Narapidana", "60 (60%)", "2"]
    assert [t for t in teks(svg) if t.isdigit()].count("3") == 1


@pytest.mark.parametrize("bagian", [[("a", 1)] * 6, [("a", -1)]])
def test_parts_refuse_what_one_bar_cannot_show(bagian: list[tuple[str, int]]) -> None:
    with pytest.raises(ValueError, match="at most five parts"):
        bagan.klaster(bagian, judul="x")


def test_sparkline_breaks_at_gaps_and_names_its_ends() -> None:
    svg = bagan.garis_kecil([1, None, 3, 4], "Panen")
    assert semua(svg, "path")[0].attrib["d"].startswith("M4 24h0M")
    assert pohon(svg).findtext("title") == "Panen: dari 1 ke 4"
    assert "tidak ada data" in bagan.garis_kecil([None])


def test_coverage_strip_shows_received_and_verified() -> None:
    assert lebar(bagan.pita_cakupan(24, 27, 30)) == [100, 90, 80]
    assert lebar(bagan.pita_cakupan(0, 0, 0)) == [100, 0, 0]


# ---------------------------------------------------------------- tile map


def test_tile_map_links_each_tile_and_prints_its_value() -> None:
    svg = bagan.peta_petak([petak()], "Keterisian")
    (tautan,) = semua(svg, "a")
    assert tautan.attrib == {"href": "/kanwil/81/", "aria-label": "MAL 96,4%, Maluku", "data-kode": "81"}
    assert teks(svg) == ["MAL", "96,4%"]
    assert pohon(svg).attrib["role"] == "group"


def test_tiles_come_in_reading_order() -> None:
    acak = [
        petak(singkatan="C")._replace(baris=2),
        petak(singkatan="B")._replace(kolom=9),
        petak(singkatan="A"),
    ]
    assert teks(bagan.peta_petak(acak, "x"))[::2] == ["A", "B", "C"]


@pytest.mark.parametrize("kosong", [petak(nilai=None), petak(kelas=None)])
def test_tile_without_data_is_hatched_inside_its_box(kosong: Petak) -> None:
    svg = bagan.peta_petak([kosong], "x")
    (arsir,) = semua(svg, "path")
    (kotak,) = semua(svg, "rect")
    x, y, w, h = (float(kotak.attrib[k]) for k in ("x", "y", "width", "height"))
    angka = [float(n) for n in re.findall(r"[\d.]+", arsir.attrib["d"])]
    assert all(x <= n <= x + w for n in angka[::2])
    assert all(y <= n <= y + h for n in angka[1::2])


def test_legend_writes_the_ranges_of_the_classes() -> None:
    html = bagan.legenda_kelas([(1, 1), (2.5, 1000)], "desimal")
    assert re.findall(r"</svg>([^<]+)", html) == ["1", "2,5 sampai 1.000", "belum cukup data"]


# ---------------------------------------------------------------- all charts


BAGAN = {
    "tren": lambda t: bagan.tren([Titik(t, 1), Titik(t, 2, True)], judul=t, satuan=t, target=2),
    "batang": lambda t: bagan.batang([Batang(t, 1, f"/?q={t}"), Batang(t, None)], judul=t, satuan=t),
    "peluru": lambda t: bagan.peluru(1, judul=t, target=2, seharusnya=1, kata_target=t, satuan=t),
    "klaster": lambda t: bagan.klaster([(t, 1)], judul=t),
    "peta": lambda t: bagan.peta_petak([petak(singkatan=t, url=t, kode=t, nama=t), petak(None)], t),
    "garis": lambda t: bagan.garis_kecil([1, 2], t),
}


@pytest.mark.parametrize("nama", BAGAN)
def test_every_text_is_escaped(nama: str) -> None:
    svg = BAGAN[nama](JAHAT)
    assert isinstance(svg, SafeString)
    assert "<script" not in svg
    assert JAHAT in (pohon(svg).findtext("title") or "")


@pytest.mark.parametrize("nama", BAGAN)
def test_every_chart_is_named_and_carries_no_style(nama: str) -> None:
    svg = BAGAN[nama]("Judul")
    assert pohon(svg).attrib["role"] in {"img", "group"}
    assert (pohon(svg).findtext("title") or "").startswith("Judul")
    assert not re.search(r"style=|<style|on\w+=| id=", svg)


def test_charts_stay_small() -> None:
    peta = bagan.peta_petak([petak(kelas=i % 5)._replace(kolom=i % 12, baris=i // 12) for i in range(33)], "x")
    ukuran = [len(gzip.compress(s.encode())) for s in (bagan.tren(dua_tahun(), judul="x"), peta)]
    assert max(ukuran) < 3000


# ---------------------------------------------------------------- tags and components


def tampilkan(sumber: str, **konteks: object) -> str:
    return Template("{% load bagan %}" + sumber).render(Context(konteks))


@pytest.mark.parametrize("kode", STATUS)
def test_status_is_shape_and_word(kode: str) -> None:
    html = render_to_string("_komponen/status.html", {"kode": kode})
    simbol = re.search(r'ikon\S*\.svg#([\w-]+)"', html)
    assert simbol is not None
    assert f'<symbol id="{simbol[1]}"' in (AKAR / "static/img/ikon.svg").read_text()
    assert STATUS[kode].kata in html


def test_lateness_is_added_to_the_status() -> None:
    html = render_to_string("_komponen/status.html", {"kode": "DRAF", "terlambat": True, "hari": 2})
    assert "Draf" in html
    assert "Lewat 2 hari" in html
    assert "#terlambat" in html


def test_unknown_status_is_not_drawn() -> None:
    with pytest.raises(KeyError):
        render_to_string("_komponen/status.html", {"kode": "ASAL"})


def test_wrappers_keep_markup_and_escape_names() -> None:
    html = tampilkan("{% gulir judul=j %}<table></table>{% endgulir %}", j=JAHAT)
    assert "<table></table>" in html
    assert "<script" not in html
    assert 'tabindex="0"' in html
    html = tampilkan('{% kotak "terlambat" judul=j %}<p>{{ j }}</p>{% endkotak %}', j=JAHAT)
    assert 'class="kotak kotak-terlambat"' in html
    assert "<script" not in html


def test_pages_keep_the_filters_of_the_address() -> None:
    permintaan = RequestFactory().get("/laporan/?kanwil=81&halaman=2")
    konteks = {"halaman": Paginator(range(100), 10).page(2), "benda": "laporan"}
    html = render_to_string("_komponen/paginasi.html", konteks, request=permintaan)
    assert "?kanwil=81&amp;halaman=3" in html
    assert "11–20 dari 100 laporan" in html
    assert html.count("aria-current") == 1


class Borang(forms.Form):
    nip = forms.CharField(label="NIP", help_text="18 angka.")
    jenis = forms.ChoiceField(label="Jenis", choices=[("l", "Lapas")], widget=forms.RadioSelect)
    setuju = forms.BooleanField(label="Setuju")


def test_error_summary_links_to_fields_that_exist_and_repeats_their_messages() -> None:
    borang = Borang({})
    html = "".join(render_to_string("_komponen/isian.html", {"field": f}) for f in borang)
    ringkasan = render_to_string("_komponen/ringkasan_galat.html", {"form": borang})
    sasaran = re.findall(r'href="#([^"]+)"', ringkasan)
    assert len(sasaran) == 3
    assert all(f'id="{s}"' in html for s in sasaran)
    for acuan in re.findall(r'aria-describedby="([^"]+)"', html):
        assert all(f'id="{s}"' in html for s in acuan.split())


def test_figure_states_coverage_and_opens_its_origin() -> None:
    angka = {"label": "Penghuni", "nilai": "274.318", "url": "/asal/", "masuk": 27, "sah": 24, "total": 31}
    angka |= {"persen_penghuni": "96%", "sementara": True}
    html = re.sub(r"<[^>]+>", "", render_to_string("_komponen/angka_utama.html", {"a": angka}))
    assert "27 dari 31 UPT, 96% penghuni; 24 terverifikasi — sementara" in html


@pytest.mark.parametrize("kode", ["400", "403", "404", "409", "429", "500", "503"])
def test_error_pages_need_no_context(kode: str) -> None:
    html = render_to_string(f"{kode}.html")
    assert html.count("<h1>") == 1
    assert "Portal Laporan Pemasyarakatan</title>" in html
    assert 'lang="id"' in html


def test_templates_carry_no_inline_style_or_script() -> None:
    for berkas in (AKAR / "templates").rglob("*.html"):
        isi = berkas.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", isi), berkas
        assert not re.search(r"<script(?![^>]*\bsrc=)", isi), berkas


def test_assets_stay_within_their_budget() -> None:
    def kb(nama: str) -> float:
        return len(gzip.compress((AKAR / "static" / nama).read_bytes(), 9)) / 1024

    assert kb("css/portal.css") <= 10.5  # what a page weighs in all is held in tests/peramban/test_anggaran.py
    assert kb("js/inti.js") <= 2
    assert kb("js/pekerjaan.js") <= 2
    assert kb("img/ikon.svg") <= 3


def test_shell_answers_even_a_request_with_a_foreign_host() -> None:
    permintaan = RequestFactory().get("/dasbor/?bulan=2025-09", headers={"host": "asing.contoh"})
    html = render_to_string("400.html", {"pesan": "Alamat tidak dikenal."}, request=permintaan)
    assert "dari /dasbor/?bulan=2025-09" in html
    assert "Alamat tidak dikenal." in html
