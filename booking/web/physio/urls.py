"""The addresses of the physio's pages, all under /physio/."""

from typing import Any

app_name = "physio"
urlpatterns: list[Any] = []
