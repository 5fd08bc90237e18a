"""scratch"""
from __future__ import annotations
from typing import Any
import uuid
import pytest
from django.urls import reverse
from datetime import date
from pangan import jenis as j
from pangan.models import *
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun, ditolak, ditanya
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from tests.pelaporan.bantu import sebagai_orang
pytestmark = pytest.mark.django_db

@pytest.fixture
def ambon(dunia: Dunia) -> Kebun:
    return Kebun(dunia.ambon, dunia.operator_ambon)

def test_q(ambon):
    petak, siklus = ambon.kebun_kangkung()
    lain = ambon.petak(300)
    with terpasang(SISTEM): m = Pemanfaatan.objects.get(petak=petak)
    print(ditolak(lambda: ambon.ubah(j.PEMANFAATAN, m, petak_id=str(lain.pk), luas="100")))

def test_shrink(ambon):
    petak = ambon.petak(1000); m = ambon.pakai(petak)
    ambon.tanam(petak, luas="500"); ambon.tanam(petak, "bayam", luas="500")
    print(ditolak(lambda: ambon.ubah(j.PEMANFAATAN, m, luas="600")))

def test_mutasi_petak(ambon):
    a, b = ambon.petak(100, wujud="kolam"), ambon.petak(200, wujud="kolam")
    for p in (a,b): ambon.pakai(p, "perikanan")
    s = ambon.tanam(a, "lele", ekor="100")
    mu = ambon.tulis(j.MUTASI, siklus_id=s.pk, tanggal="10 Januari 2026", jenis="mati", ekor="3", alasan="Sakit")
    ambon.ubah(j.SIKLUS, s, petak_id=str(b.pk))
    assert ambon.segar(mu).petak_id == b.pk

def test_hewan_jadi_tanaman(ambon):
    a = ambon.petak(100, wujud="kolam"); ambon.pakai(a, "perikanan")
    s = ambon.tanam(a, "lele", ekor="100")
    mu = ambon.tulis(j.MUTASI, siklus_id=s.pk, tanggal="10 Januari 2026", jenis="mati", ekor="3", alasan="Sakit")
    print(ditolak(lambda: ambon.ubah(j.SIKLUS, s, komoditas="kangkung", ekor="", setuju="klaster_lain")))

def test_kembar(ambon):
    p, s = ambon.kebun_kangkung()
    ambon.panen(s); 
    print(ditanya(lambda: ambon.panen(s)))

def test_kunci_asing(dunia, masuk):
    isi = {"jenis": "pnbp", "tanggal": "3/2/2026", "nilai": "1000", "nomor": "", "catatan": "", "kunci": str(uuid.uuid4())}
    def url(u): return reverse("pangan:baru", kwargs={"kode": u.kode, "jenis": "setoran"})
    r1 = masuk(dunia.operator_ambon).post(url(dunia.ambon), isi)
    assert r1.status_code == 302
    r = masuk(dunia.operator_masohi).post(url(dunia.masohi), isi)
    print(r.status_code, r.content.decode()[:300])
    assert r.status_code == 409

def test_tutup(dunia, ambon):
    p, s = ambon.kebun_kangkung()
    with terpasang(SISTEM): UPT.objects.filter(pk=dunia.ambon.pk).update(berlaku_sampai=date(2025,12,31))
    ambon.upt.berlaku_sampai = date(2025,12,31)
    print(ditolak(lambda: ambon.panen(s)))

def test_pulih(dunia, ambon, masuk):
    p, s = ambon.kebun_kangkung()
    pn = ambon.panen(s); ambon.hapus(j.PANEN, pn); ambon.hapus(j.SIKLUS, s)
    r = masuk(dunia.operator_ambon).post(reverse("pangan:pulihkan", kwargs={"kode": dunia.ambon.kode, "jenis": "panen", "pk": pn.pk}))
    print(r.status_code); assert r.status_code == 400
