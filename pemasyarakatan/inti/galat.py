"""Errors that a person reads. `pesan` is an Indonesian sentence that says what to do; the status is the HTTP answer."""

from __future__ import annotations

from typing import Any


class GalatPortal(Exception):
    """Base of all refusals that the portal explains. Nothing has been written when it is raised."""

    status = 400

    def __init__(self, pesan: str, **rincian: Any) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.rincian = rincian


class Ditolak(GalatPortal):
    """The row is yours to see, the act is not yours to do."""

    status = 403


class TidakDitemukan(GalatPortal):
    """Missing and foreign look the same."""

    status = 404


class Bentrok(GalatPortal):
    """Somebody was faster, or the state does not allow it (any more)."""

    status = 409


class KunciTerpakai(GalatPortal):
    """An idempotency key came back with another content."""

    status = 422


class TidakSah(GalatPortal):
    """The content itself is refused; `rincian` names the places."""

    status = 400
