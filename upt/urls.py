from __future__ import annotations

app_name = "upt"
urlpatterns: list = []
