"""Which addresses may be fetched from: public ones, and those that the operator allowed.

A name is resolved here, once, and the connection goes to the very address that was checked, so that a second DNS answer
cannot lead elsewhere. Addresses that carry another within (IPv4 in IPv6 by mapping, 6to4, Teredo or NAT64) are judged by what they carry.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bot.errors import FetchError, ForbiddenHostError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")  # the old "IPv4-compatible" form, with ::1 and :: in it
_CLOSED = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"), IPv6Network("100::/64"))


async def system_resolve(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives for a name, in its order. OSError if it gives none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Gives the addresses of a host that may be connected to."""

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolve = system_resolve) -> None:
        """`allowed`: host names, addresses and networks (`10.0.0.0/8`) that may be fetched from although they are not public."""
        self._names = frozenset(entry.lower().rstrip(".") for entry in allowed)
        self._networks = tuple(network for entry in allowed if (network := _network(entry)))
        self._resolve = resolve

    async def addresses(self, host: str, port: int) -> list[str]:
        """The permitted addresses of `host`, in the resolver's order.

        FetchError if the name is unknown, ForbiddenHostError if every address is closed to us.
        """
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise FetchError(f"{host} is not known to the name service") from None
        permitted = [address for address in found if self.permits(host, address)]
        if not permitted:
            raise ForbiddenHostError(f"{host} is not a public address; ASSAY_ALLOW_PRIVATE_HOSTS can allow it")
        return permitted

    def permits(self, host: str, address: str) -> bool:
        """Whether a connection to `address`, found for `host`, may be made."""
        if host.lower().rstrip(".") in self._names:
            return True
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return is_public(parsed) or any(parsed in network for network in self._networks)


def is_public(address: Address) -> bool:
    """Whether `address`, or each address that it carries within, belongs to the public internet."""
    return all(_is_plainly_public(inner) for inner in _carried(address) or (address,))


def _is_plainly_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and any(address in network for network in _CLOSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _carried(address: Address) -> tuple[IPv4Address, ...]:
    if isinstance(address, IPv4Address):
        return ()
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return None
