"""A broadcast whose process is killed again and again at random moments: what is lost, what is told twice.

The stand-in takes the time to answer that is given; what is between request and answer when the process dies may be told twice, so
that longer answers mean more of it. Nothing may ever be lost.

Usage: python -m benchmarks.killed [CHATS [KILLS [MILLISECONDS]]]
"""

from __future__ import annotations

import random
import sys

from tests.support.killing import broadcast

CHATS, KILLS = 200, 10


def main(chats: int = CHATS, kills: int = KILLS, milliseconds: int = 0) -> None:
    draw = random.Random(3)
    found = broadcast(chats, kills, latency=lambda: draw.uniform(0, 2 * milliseconds / 1000))
    print(f"{chats} chats, {kills} kills, answers after {milliseconds} ms on average:", end=" ")
    print(f"{found.lost} lost, {found.repeated} told twice (at most {found.worst} a kill), at most {found.most} in any second")
    if found.lost:
        sys.exit("a message was lost")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
