"""The measure that other tests hold hostile input to: work in proportion passes, work that grows with the square does not."""

import pytest

from tests.support.effort import assert_in_proportion


def test_work_in_proportion_passes() -> None:
    assert_in_proportion(lambda numbers: sorted(numbers, key=str), lambda size: [*range(size)], 100_000)


def test_work_that_grows_with_the_square_fails() -> None:
    with pytest.raises(AssertionError, match="10 times the input"):
        assert_in_proportion(lambda numbers: sum(number in numbers for number in numbers), lambda size: [*range(size)], 8_000)


def test_what_is_remembered_of_an_input_is_not_taken_for_speed() -> None:
    seen: set[int] = set()

    def work(numbers: list[int]) -> None:
        if len(numbers) not in seen:
            seen.add(len(numbers))
            sum(number in numbers for number in numbers)

    with pytest.raises(AssertionError, match="10 times the input"):
        assert_in_proportion(work, lambda size: [*range(size)], 8_000)
