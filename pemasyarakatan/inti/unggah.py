"""The first gate of every upload: more bytes than anybody needs are not even kept in a temporary file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_TANDA = "portal.unggahan_terlalu_besar"


class BatasUnggahan(FileUploadHandler):
    """Counts what really arrives, whatever Content-Length says; a file beyond the limit is dropped, the request
    goes on, and the page says so (`terlalu_besar`)."""

    _bita = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._bita += len(raw_data)
        if self._bita > settings.UNGGAHAN_MAKS:
            if self.request is not None:
                self.request.META[_TANDA] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None


def terlalu_besar(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    return bool(request.META.get(_TANDA))
