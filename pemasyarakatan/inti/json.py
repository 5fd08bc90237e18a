"""JSON columns that keep numbers numbers: Decimal goes in as a JSON number and comes back as Decimal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class EncoderAngka(DjangoJSONEncoder):
    """Numbers have at most 15 digits (`angka`), so their shortest float text is exact."""

    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return super().default(o)


class DecoderAngka(json.JSONDecoder):
    def __init__(self, **opsi: Any) -> None:
        super().__init__(**{**opsi, "parse_float": Decimal})
