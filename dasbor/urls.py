from __future__ import annotations

app_name = "dasbor"
urlpatterns: list = []
