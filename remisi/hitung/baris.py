"""One JSON object a line in, one a line out: same order, one answer for every line that is not blank. Pure.

A line that cannot be read answers {"id", "galat"} and the next one is read. Lines are cut at line feeds alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Protocol

from remisi.hitung.dasar import AturanTiada, MasukanSalah
from remisi.ketentuan import Himpunan

PANJANG_MAKS = 1_000_000
DIGIT_MAKS = 40
Id = str | int | None


class Jawaban(Protocol):
    def sebagai_json(self) -> dict[str, Any]: ...


Jawab = Callable[[Mapping[str, Any], Himpunan], Jawaban]


class _Ganda(dict[str, Any]):
    """An object in which a key was written twice: nobody knows which one was meant."""


def jawab_semua(masuk: BinaryIO, jawab: Jawab, himpunan: Himpunan) -> Iterator[bytes]:
    """The answers, each a compact line in UTF-8; blank lines are skipped."""
    for baris in _baris(masuk):
        if baris is not None and not baris.strip():
            continue
        yield json.dumps(_satu(baris, jawab, himpunan), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _baris(masuk: BinaryIO) -> Iterator[bytes | None]:
    """Lines without their end; None in place of one that is too long, of which no more than that is kept in memory."""
    pertama = True
    while baris := masuk.readline(PANJANG_MAKS + 1):
        if len(baris) > PANJANG_MAKS and not baris.endswith(b"\n"):
            while (sisa := masuk.readline(PANJANG_MAKS)) and not sisa.endswith(b"\n"):
                pass
            yield None
        else:
            yield baris.removeprefix(b"\xef\xbb\xbf") if pertama else baris
        pertama = False


def _satu(baris: bytes | None, jawab: Jawab, himpunan: Himpunan) -> dict[str, Any]:
    id_: Id = None
    try:
        if baris is None:
            raise MasukanSalah(f"Baris lebih panjang dari {PANJANG_MAKS} byte.")
        isi = _urai(baris)
        id_ = baca_id(isi)
        _periksa(isi)
        return {"id": id_, **jawab(isi, himpunan).sebagai_json()}
    except MasukanSalah as salah:
        return {"id": id_, "galat": str(salah)}
    except AturanTiada as tiada:
        return {"id": id_, "galat": f"Tidak dapat dihitung: {tiada} tidak ada."}
    except Exception:
        # A line may never stop the others; what was computed of it is not to be trusted.
        return {"id": id_, "galat": "Baris ini tidak dapat dihitung. Periksa isinya."}


def _urai(baris: bytes) -> dict[str, Any]:
    try:
        isi = json.loads(
            baris.decode("utf-8"), object_pairs_hook=_pasangan, parse_constant=_bukan_angka, parse_int=_bulat
        )
    except UnicodeDecodeError as galat:
        raise MasukanSalah("Baris ini bukan teks UTF-8.") from galat
    except RecursionError as galat:
        raise MasukanSalah("Isi baris ini bersarang terlalu dalam.") from galat
    except MasukanSalah:
        raise
    except ValueError as galat:
        raise MasukanSalah("Baris ini bukan JSON yang lengkap. Tulis satu objek {...} dalam satu baris.") from galat
    if not isinstance(isi, dict):
        raise MasukanSalah("Tulis satu objek JSON {...} dalam satu baris.")
    return isi


def _pasangan(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    isi = dict(pasangan)
    return isi if len(isi) == len(pasangan) else _Ganda(isi, **{_GANDA: [n for n, _ in pasangan]})


_GANDA = "\x00ganda"


class _TakTerbaca:
    """In place of NaN, Infinity, or a number of too many digits: no field takes it."""


def _bukan_angka(_: str) -> Any:
    return _TakTerbaca()


def _bulat(teks: str) -> Any:
    return int(teks) if len(teks) <= DIGIT_MAKS else _TakTerbaca()


def baca_id(isi: Mapping[str, Any]) -> Id:
    """The id as it came; None when there is none, or when it was written twice."""
    nilai = isi.get("id")
    if isinstance(isi, _Ganda) and isi[_GANDA].count("id") > 1:
        return None
    if nilai is None or type(nilai) is int:
        return nilai
    if isinstance(nilai, str) and "\x00" not in nilai and _tertulis(nilai):
        return nilai
    raise MasukanSalah("id: harus teks atau bilangan bulat.")


def _tertulis(teks: str) -> bool:
    """Whether it can be written as UTF-8: JSON can name half a character."""
    try:
        teks.encode()
    except UnicodeEncodeError:
        return False
    return True


def _periksa(isi: Any) -> None:
    """No key twice, no NUL, no unreadable number, at any depth; walks without recursion."""
    tumpuk = [isi]
    while tumpuk:
        satu = tumpuk.pop()
        if isinstance(satu, _Ganda):
            raise MasukanSalah("Ada nama yang ditulis dua kali dalam satu objek.")
        if isinstance(satu, dict):
            tumpuk.extend(satu.keys())
            tumpuk.extend(satu.values())
        elif isinstance(satu, list):
            tumpuk.extend(satu)
        elif isinstance(satu, _TakTerbaca):
            raise MasukanSalah("Ada bilangan yang tidak terbaca: tulis bilangan bulat biasa.")
        elif isinstance(satu, str) and "\x00" in satu:
            raise MasukanSalah("Ada karakter NUL dalam teks.")
