"""Which servers are believed about the chain, by comparison alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.agreement import Agreement, Ground, agree
from bot.decisions.remarks import told
from bot.model import BlockHeader, Report
from tests.support.remarks import said

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
TIP = 935_820
BITS = 0x17023C7E
EMPTY = Ground(NOW, {})


def chain(tip: int = TIP, size: int = 10, branch: str = "a", fork: int = 10**9, bits: int = BITS) -> tuple[BlockHeader, ...]:
    """Blocks up to `tip`, ten minutes apart and the tip of height TIP now; from height `fork` on of another branch."""
    return tuple(
        BlockHeader(height, f"{branch if height >= fork else 'a'}{height}", NOW - timedelta(minutes=10) * (TIP - height), bits)
        for height in range(tip - size + 1, tip + 1)
    )


def stored(tip: int = TIP, age: timedelta = timedelta(0)) -> Ground:
    blocks = {block.height: block for block in chain(tip, 40)}
    return Ground(NOW + age, {464: BITS, 463: 0x1701FCA1}, {463: NOW - timedelta(days=18)}, frozenset(), blocks)


def report(name: str, blocks: tuple[BlockHeader, ...], *, own: bool = False) -> Report:
    return Report(name, blocks, own=own)


def tip_of(found: Agreement) -> BlockHeader:
    return found.blocks[-1]


def test_servers_on_one_chain_agree() -> None:
    found = agree([report("one", chain()), report("two", chain(size=15)), report("three", chain(TIP - 1))], EMPTY)
    assert set(found.agreeing) == {"one", "two", "three"}
    assert not found.faults
    assert tip_of(found).height == TIP


def test_the_highest_of_one_chain_is_told() -> None:
    found = agree([report("slow", chain(TIP - 1)), report("fast", chain())], EMPTY)
    assert tip_of(found).height in {TIP, TIP - 1}
    assert not found.faults


@pytest.mark.parametrize(("behind", "fault"), [(2, None), (3, "3 blocks behind"), (9, "9 blocks behind"), (500, "500 blocks behind")])
def test_a_laggard_is_named_with_its_distance(behind: int, fault: str | None) -> None:
    found = agree([report("good", chain()), report("other", chain()), report("slow", chain(TIP - behind))], EMPTY)
    assert said(found.faults).get("slow") == fault
    assert tip_of(found).height == TIP


def test_the_majority_decides_between_chains() -> None:
    found = agree([report("liar", chain(branch="x", fork=0)), report("one", chain()), report("two", chain())], EMPTY)
    assert found.agreeing == ("one", "two")
    assert said(found.faults) == {"liar": f"on another chain: its block {TIP:,} is not the others'"}


def test_between_two_the_one_that_continues_what_is_stored_is_believed() -> None:
    found = agree([report("liar", chain(branch="x", fork=0)), report("good", chain())], stored(TIP - 2))
    assert found.agreeing == ("good",)


def test_between_two_with_nothing_stored_the_own_node_is_believed_then_the_order() -> None:
    one, two = report("one", chain(branch="x", fork=0)), report("two", chain())
    assert agree([one, two], EMPTY).agreeing == ("one",)
    assert agree([one, replace(two, own=True)], EMPTY).agreeing == ("two",)


def test_the_own_node_does_not_lead_when_it_is_behind() -> None:
    found = agree([report("own node", chain(TIP - 5), own=True), report("one", chain())], EMPTY)
    assert tip_of(found).height == TIP
    assert said(found.faults) == {"own node": "5 blocks behind"}


def test_two_branches_of_one_block_are_told_and_no_fault() -> None:
    found = agree([report("one", chain()), report("two", chain(branch="b", fork=TIP))], EMPTY)
    assert said(found.remarks) == {"two": f"has another block {TIP:,}"}


def test_deeper_branches_are_a_fault_of_the_fewer() -> None:
    reports = [report("one", chain(branch="b", fork=TIP - 3)), report("two", chain()), report("three", chain())]
    assert said(agree(reports, EMPTY).faults) == {"one": f"on another branch since block {TIP - 3:,}"}


def test_one_that_gives_other_bits_to_the_same_hash_lies() -> None:
    found = agree([report("liar", chain(bits=BITS - 1)), report("one", chain()), report("two", chain())], EMPTY)
    assert said(found.faults) == {"liar": f"tells another time or other bits of block {TIP:,}"}


def test_bits_that_the_shipped_history_contradicts_are_refused() -> None:
    ground = Ground(NOW, {464: BITS}, certain=frozenset({464}))
    found = agree([report("liar", chain(bits=BITS - 1))], ground)
    assert found.blocks == ()
    assert "this epoch's are 17023c7e" in told(found.faults["liar"])


def test_bits_that_no_retarget_leads_to_are_refused() -> None:
    found = agree([report("liar", chain(bits=0x18023C7E))], Ground(NOW, {463: 0x1701FCA1}))
    assert "more than a retarget can" in told(found.faults["liar"])


def test_bits_that_change_within_an_epoch_are_refused() -> None:
    blocks = chain()
    found = agree([report("liar", (*blocks[:-1], replace(blocks[-1], bits=BITS - 1)))], EMPTY)
    assert "within an epoch" in told(found.faults["liar"])


def test_of_two_new_difficulties_the_one_that_follows_from_the_epochs_length_is_believed() -> None:
    start = 464 * 2016

    def boundary(name: str, bits: int) -> Report:
        old = [BlockHeader(start - 1, "old", NOW - timedelta(minutes=10), 0x1701FCA1)]
        return report(name, (*old, BlockHeader(start, name, NOW, bits)))

    ground = Ground(NOW, {463: 0x1701FCA1}, {463: NOW - timedelta(days=15, hours=18)})
    found = agree([boundary("liar", 0x1701E000), boundary("good", BITS)], ground)
    assert found.agreeing == ("good",)
    assert said(found.faults) == {"liar": "gives other bits to block 935,424"}


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=40)])
def test_blocks_from_the_future_are_refused(ahead: timedelta) -> None:
    blocks = tuple(replace(block, time=block.time + ahead) for block in chain())
    assert "in the future" in told(agree([report("liar", blocks)], EMPTY).faults["liar"])


def test_more_blocks_than_time_allows_are_refused() -> None:
    blocks = tuple(replace(block, time=NOW) for block in chain(TIP + 500))
    found = agree([report("liar", blocks)], stored())
    assert "far more than can have followed" in told(found.faults["liar"])


def test_a_single_server_is_not_believed_against_what_is_stored_until_that_is_old() -> None:
    other = [report("one", chain(branch="x", fork=0))]
    assert agree(other, stored()).blocks == ()
    assert agree(other, stored(age=timedelta(hours=3))).agreeing == ("one",)
    assert agree([*other, report("two", chain(branch="x", fork=0))], stored()).agreeing == ("one", "two")


def test_a_single_server_that_falls_back_is_named() -> None:
    assert said(agree([report("one", chain(TIP - 5))], stored()).faults) == {"one": "5 blocks behind what is known"}
    assert said(agree([report("one", chain(TIP - 500))], stored()).faults) == {"one": "500 blocks behind what is known"}
    assert not agree([report("one", chain(TIP - 2))], stored()).faults


def test_a_reorganisation_of_a_block_or_two_is_believed() -> None:
    found = agree([report("one", chain(TIP + 1, branch="b", fork=TIP - 1))], stored())
    assert tip_of(found).hash == f"b{TIP + 1}"


def test_an_old_tip_is_told() -> None:
    after_hours = agree([report("one", chain())], replace(EMPTY, now=NOW + timedelta(hours=5)))
    assert said(after_hours.remarks) == {"one": "its newest block is 5 hours old"}
    after_days = agree([report("one", chain())], replace(EMPTY, now=NOW + timedelta(days=5)))
    assert said(after_days.remarks) == {"one": "its newest block is 5 days old"}


def test_silence_and_errors_are_named() -> None:
    found = agree([Report("one", error="no answer in time"), Report("two")], EMPTY)
    assert said(found.faults) == {"one": "no answer in time", "two": "sent no blocks"}
    assert agree([], EMPTY) == Agreement()


def test_fees_come_from_whoever_tells_them() -> None:
    with_fees = tuple(replace(block, fees=7) for block in chain())
    found = agree([report("own node", chain(), own=True), report("mempool", with_fees)], EMPTY)
    assert {block.fees for block in found.blocks} == {7}


branches = st.lists(
    st.builds(
        lambda tip, size, branch, fork, bits: chain(TIP - tip, size, branch, TIP - fork, bits),
        st.integers(0, 30),
        st.integers(1, 15),
        st.sampled_from("abc"),
        st.integers(-5, 20),
        st.sampled_from([BITS, BITS - 1, 0x18023C7E, 0]),
    ),
    max_size=5,
)


@given(branches, st.booleans())
def test_every_source_is_either_agreeing_or_at_fault_and_blocks_come_from_one_that_agrees(found_chains, known: bool) -> None:
    reports = [report(str(number), blocks) for number, blocks in enumerate(found_chains)]
    found = agree(reports, stored() if known else EMPTY)
    assert set(found.agreeing) | set(found.faults) == {each.source for each in reports}
    assert not set(found.agreeing) & set(found.faults)
    assert bool(found.blocks) == bool(found.agreeing)
    assert all(after.height == before.height + 1 for before, after in zip(found.blocks, found.blocks[1:], strict=False))
    if found.blocks:
        assert any(each.blocks == found.blocks for each in reports if each.source in found.agreeing)
