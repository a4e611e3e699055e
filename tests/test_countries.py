"""Which codes are countries."""

from __future__ import annotations

from generator.model.countries import countries


def test_all_countries_are_known_and_no_others() -> None:
    assert len(countries()) >= 250
    assert {"US", "GB", "MX", "CN", "SS", "TW", "XK"} <= countries()
    assert not countries() & {"XX", "UK", "EU", "ZZ", "UN", "SU", "us", ""}
    assert all(len(code) == 2 and code.isupper() for code in countries())
