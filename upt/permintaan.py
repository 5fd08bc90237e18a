"""The type of a request that the scope middleware has seen: a person and what that person may see."""

from __future__ import annotations

from pemasyarakatan.akun.permintaan import PermintaanMasuk
from upt.cakupan import Cakupan


class Permintaan(PermintaanMasuk):
    cakupan: Cakupan
