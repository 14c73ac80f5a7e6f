"""What a chain or price server can do wrong."""

from enum import StrEnum


class Fault(StrEnum):
    """What a server can do wrong: first how it answers, then what."""

    CUT = "cut"  # the connection ends without an answer
    CUT_LATE = "cut_late"  # in the middle of the body
    HANG = "hang"
    ERROR = "error"  # 500
    HTML_502 = "html_502"
    HTML_429 = "html_429"
    WAIT = "wait"  # 429 with Retry-After
    HTML_200 = "html_200"
    SYNCING = "syncing"  # 503 in plain text
    GARBAGE = "garbage"
    WRONG_TYPES = "wrong_types"
    NULLS = "nulls"
    EMPTY = "empty"
    HUGE = "huge"
    LAGS = "lags"
    FROZEN = "frozen"
    AHEAD = "ahead"
    OTHER_CHAIN = "other_chain"
    WRONG_BITS = "wrong_bits"
    FUTURE = "future"
    NO_PRICE = "no_price"  # -1, an error with HTTP 200
    TENFOLD = "tenfold"
    OLD_PRICE = "old_price"


HTTP_FAULTS = tuple(Fault)[: tuple(Fault).index(Fault.LAGS)]
CHAIN_FAULTS = (Fault.LAGS, Fault.FROZEN, Fault.AHEAD, Fault.OTHER_CHAIN, Fault.WRONG_BITS, Fault.FUTURE)
PRICE_FAULTS = (Fault.NO_PRICE, Fault.TENFOLD)
LAG = 7
