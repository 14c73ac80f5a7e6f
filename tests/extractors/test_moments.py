from datetime import UTC, datetime

import pytest

from extractors.moments import read_date


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 09 Feb 2026 08:30:00 +0000", utc(2026, 2, 9, 8, 30)),
        ("Mon, 9 Feb 2026 08:30:00 EST", utc(2026, 2, 9, 13, 30)),
        ("Mon, 9 Feb 2026 08:30:00 PDT", utc(2026, 2, 9, 15, 30)),
        ("Mon, 9 Feb 2026 8:30 GMT+0200", utc(2026, 2, 9, 6, 30)),
        ("Mon, 9 Feb 2026 08:30:00 -0000 (UTC)", utc(2026, 2, 9, 8, 30)),
        ("Mon, 9 Feb 2026 08:30:60 GMT", utc(2026, 2, 9, 8, 30, 59)),
        ("Thurs, 12 Feb 2026 08:30:00 GMT", utc(2026, 2, 12, 8, 30)),
        ("Thur, 12 Feb 2026 08:30:00 GMT", utc(2026, 2, 12, 8, 30)),
        ("9 Feb 26 08:30:00 GMT", utc(2026, 2, 9, 8, 30)),
        ("Mon Feb  9 08:30:00 2026", utc(2026, 2, 9, 8, 30)),
        ("2026-02-09", utc(2026, 2, 9)),
        ("2026-02-09 08:30:00", utc(2026, 2, 9, 8, 30)),
        ("2026-02-09T08:30:00.123+01:00", utc(2026, 2, 9, 7, 30)),
        ("2026-02-09T08:30:00-0500", utc(2026, 2, 9, 13, 30)),
        ("2020-11-08T16:20:00-05:00Z", utc(2020, 11, 8, 21, 20)),
        ("20260209T083000Z", utc(2026, 2, 9, 8, 30)),
        ("20260209", utc(2026, 2, 9)),
        ("Nov. 16, 2020, 10:57 a.m.", utc(2020, 11, 16, 10, 57)),
        ("Nov. 16, 2020, 12:05 p.m. EST", utc(2020, 11, 16, 17, 5)),
        ("November 16, 2020 12:05 AM", utc(2020, 11, 16, 0, 5)),
        ("16th Nov 2020 0:00:00 EST", utc(2020, 11, 16, 5)),
        ("Nov. 2020", utc(2020, 11, 1)),
        ("Sun, 28 Oct 2018 13:48:00 America/Los_Angeles", utc(2018, 10, 28, 20, 48)),
        ("May 5, 2025 at 9:00 ET", utc(2025, 5, 5, 13)),
        ("1770625800", utc(2026, 2, 9, 8, 30)),
        ("1770625800000", utc(2026, 2, 9, 8, 30)),
        ("29 Mär 2018", utc(2018, 3, 29)),
        ("9 avr 2018 10:00", utc(2018, 4, 9, 10)),
        ("9 de febrero de 2026", utc(2026, 2, 9)),
        ("mar, 10 feb 2026", utc(2026, 2, 10)),
        ("9 февраля 2026, 10:00", utc(2026, 2, 9, 10)),
        ("2026年2月9日 08:30", utc(2026, 2, 9, 8, 30)),
        ("9.2.2026 08:30", utc(2026, 2, 9, 8, 30)),
        ("13/05/2026", utc(2026, 5, 13)),
        ("05/13/2026 10:00 AM", utc(2026, 5, 13, 10)),
    ],
)
def test_dates_are_read_as_utc(text: str, moment: datetime) -> None:
    assert read_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "04/05/2026",
        "Fri, 31 Feb 2026 10:00:00 GMT",
        "2026-13-45",
        "0001-01-01T00:00:00Z",
        "Feb 9",
        "99999999999999999",
        "9" * 500,
    ],
)
def test_a_date_that_cannot_be_read_or_can_be_read_two_ways_is_none(text: str) -> None:
    assert read_date(text) is None


def test_an_unknown_zone_counts_as_utc() -> None:
    assert read_date("Mon, 9 Feb 2026 08:30:00 Nowhere/Land") == utc(2026, 2, 9, 8, 30)
    assert read_date("Mon, 9 Feb 2026 08:30:00 XYZ") == utc(2026, 2, 9, 8, 30)
