"""The column that names an inmate in other registers: by number or from the list, never the wrong one."""

from __future__ import annotations

import pytest
from django import forms

from pemasyarakatan.inti.waktu import sekarang
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import Register
from wbp.bidang import BidangWarga
from wbp.models import WargaBinaan


def test_angka_yang_mendua_ditanyakan(ambon: Register) -> None:
    """A register number of figures alone that is also the id of another person of the unit: a file would name the
    wrong one."""
    with sebagai_orang(ambon.orang):
        WargaBinaan.objects.create(
            pk=48213, upt=ambon.upt, kanwil_id=ambon.upt.kanwil_id, indeks="lain", ujung="999",
            dibuat_oleh=ambon.orang, dibuat_pada=sekarang(),
        )  # fmt: skip
        assert BidangWarga(upt=ambon.upt).clean("48213") == 48213, "chosen from the list"
    satu = ambon.catat(nomor="48213")
    with sebagai_orang(ambon.orang):
        bidang = BidangWarga(upt=ambon.upt)
        with pytest.raises(forms.ValidationError) as galat:
            bidang.clean("48213")
        assert bidang.clean(str(satu.warga_id)) == satu.warga_id
    assert galat.value.code == "tanya"
    assert "48213" not in str(galat.value)
