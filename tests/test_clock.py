"""The clock: elapsed hours in every zone, against a calculation that shares nothing with ours.

The other calculation is the library ``whenever``: its own reader of the zones' files and its own
arithmetic, in Rust.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import PlainDateTime, RepeatedTime, SkippedTime

from generator.intake.clock import (
    NoSuchTime,
    before,
    clock_change,
    day_before,
    elapsed,
    is_shown_twice,
    placed,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001  # of no zone yet
MINUTES = st.integers(0, 60 * 24 * 40)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return placed(datetime.fromisoformat(text), zone)


def test_eight_hours_on_the_night_the_clocks_go_forward() -> None:
    assert before(at("2027-03-14T07:30"), timedelta(hours=8)).isoformat() == (
        "2027-03-13T22:30:00-05:00"
    )


def test_eight_hours_on_the_night_the_clocks_go_back() -> None:
    assert before(at("2026-11-01T07:30"), timedelta(hours=8)).isoformat() == (
        "2026-11-01T00:30:00-04:00"
    )


@pytest.mark.parametrize(
    ("anchor", "hours", "shown"),
    [
        ("2026-12-09T07:30", 8, "2026-12-08T23:30"),
        ("2026-12-09T08:00", 8, "2026-12-09T00:00"),
        ("2027-01-01T06:00", 8, "2026-12-31T22:00"),
        ("2028-03-01T06:00", 8, "2028-02-29T22:00"),
        ("2027-03-01T06:00", 8, "2027-02-28T22:00"),
    ],
)
def test_over_midnight_months_and_leap_days(anchor: str, hours: int, shown: str) -> None:
    assert f"{before(at(anchor), timedelta(hours=hours)):%Y-%m-%dT%H:%M}" == shown


def test_days_are_the_calendars() -> None:
    assert day_before(at("2028-03-01T06:00"), 1) == date(2028, 2, 29)
    assert day_before(at("2027-03-15T00:30"), 2) == date(2027, 3, 13)


def test_a_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="2027-03-14T02:30 does not exist: the clocks are put f"):
        at("2027-03-14T02:30")


def test_a_time_that_comes_twice_wants_its_offset() -> None:
    with pytest.raises(NoSuchTime) as raised:
        at("2026-11-01T01:30")
    first, second = "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"
    assert f"write {first} for the first, {second} for the second" in str(raised.value)
    assert elapsed(at(first), at(second)) == timedelta(hours=1)
    assert at(first).isoformat(timespec="minutes") == first
    assert at(second).isoformat(timespec="minutes") == second


def test_an_offset_of_another_zone_is_the_same_instant() -> None:
    assert at("2027-03-16T11:30Z") == at("2027-03-16T07:30")
    assert f"{at('2027-03-16T12:30+01:00'):%H:%M}" == "07:30"


def test_the_change_of_the_clocks_is_found() -> None:
    forward = clock_change(at("2027-03-13T23:30"), at("2027-03-14T07:30"))
    assert forward == (date(2027, 3, 14), timedelta(hours=1))
    back = clock_change(at("2026-10-31T23:30"), at("2026-11-01T07:30"))
    assert back == (date(2026, 11, 1), timedelta(hours=-1))
    assert clock_change(at("2027-03-15T23:30"), at("2027-03-16T07:30")) is None


@settings(max_examples=2000, deadline=None)
@given(ZONES, TIMES, MINUTES)
def test_elapsed_time_in_every_zone(name: str, wall: datetime, minutes: int) -> None:
    wall = wall.replace(second=0, microsecond=0)
    anchor = PlainDateTime(wall.isoformat()).assume_tz(name, disambiguation="later")
    wanted = anchor.subtract(minutes=minutes).to_stdlib()
    ours = before(placed(anchor.to_stdlib(), ZoneInfo(name)), timedelta(minutes=minutes))
    assert ours.isoformat() == wanted.isoformat()
    assert elapsed(ours, anchor.to_stdlib()) == timedelta(minutes=minutes)


@settings(max_examples=2000, deadline=None)
@given(ZONES, TIMES)
def test_which_wall_clock_times_exist(name: str, wall: datetime) -> None:
    wall = wall.replace(microsecond=0)
    if _exists_once(name, wall):
        found = placed(wall, ZoneInfo(name))
        assert (
            found.isoformat()
            == PlainDateTime(wall.isoformat()).assume_tz(name).to_stdlib().isoformat()
        )
    else:
        with pytest.raises(NoSuchTime):
            placed(wall, ZoneInfo(name))


@settings(max_examples=150, deadline=None)
@given(ZONES, st.integers(1990, 2036))
def test_what_is_shown_twice(name: str, year: int) -> None:
    """Around every change of a year's clocks, minute by minute, both ways of saying it agree."""
    zone, moment = ZoneInfo(name), datetime(year, 1, 1, tzinfo=UTC)
    for _ in range(8760):
        moment += timedelta(hours=1)
        local = moment.astimezone(zone)
        if local.utcoffset() == (moment - timedelta(hours=1)).astimezone(zone).utcoffset():
            continue
        for minute in range(-150, 150, 10):
            near = (moment + timedelta(minutes=minute)).astimezone(zone)
            assert is_shown_twice(near) is not _exists_once(name, near.replace(tzinfo=None, fold=0))


def _exists_once(name: str, wall: datetime) -> bool:
    try:
        PlainDateTime(wall.isoformat()).assume_tz(name, disambiguation="raise")
    except (RepeatedTime, SkippedTime):
        return False
    return True
