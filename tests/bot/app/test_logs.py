"""What the log says is said once a minute, however often it happens."""

import logging

from bot.app.logs import AGAIN_AFTER, Repeated


def line(words: str, at: float, *, name: str = "bot.jobs") -> logging.LogRecord:
    record = logging.makeLogRecord({"name": name, "levelno": logging.WARNING, "msg": "%s", "args": (words,)})
    record.created = at
    return record


def test_a_line_that_comes_over_and_over_is_said_once_a_minute_with_how_often_it_came() -> None:
    repeated = Repeated()
    assert [repeated.filter(line("out of reach", second)) for second in range(5)] == [True, False, False, False, False]
    later = line("out of reach", AGAIN_AFTER)
    assert repeated.filter(later)
    assert later.getMessage() == "out of reach (4 more times since it was last said)"
    last = line("out of reach", 3 * AGAIN_AFTER)
    assert repeated.filter(last)
    assert last.getMessage() == "out of reach"


def test_other_words_and_other_speakers_are_heard() -> None:
    repeated = Repeated()
    lines = [line("one", 0), line("two", 0.1), line("one", 0.2, name="bot.edges"), line("one", 0.3)]
    assert [repeated.filter(each) for each in lines] == [True, True, True, False]


def test_another_error_under_the_same_words_is_told() -> None:
    repeated = Repeated()
    errors = [ValueError("one"), ValueError("one"), ValueError("two")]
    lines = [line("it failed", second) for second in range(3)]
    for record, error in zip(lines, errors, strict=True):
        record.exc_info = (ValueError, error, None)
    assert [repeated.filter(each) for each in lines] == [True, False, True]


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    repeated = Repeated()
    assert repeated.filter(line("out of reach", 7200))
    assert repeated.filter(line("out of reach", 3600))


def test_what_was_said_long_ago_is_forgotten() -> None:
    repeated = Repeated()
    for number in range(5000):
        assert repeated.filter(line(f"line {number}", number))
    assert len(repeated._told) <= 500
