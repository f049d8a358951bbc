"""Connections to public hosts, each before a deadline: what a foreign address may make this machine reach.

A name is resolved once. Each of its addresses must be public, and one of these is connected to, so no second
answer of the name server can lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import httpcore

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host and a port; OSError where there are none."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All that is given to anybody of IPv6 (IANA's registry of its address space)."""

_NOBODYS = (
    *(ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")),
    *(ipaddress.ip_network(one) for one in ("2001::/23", "2001:db8::/32", "3fff::/20")),
)
"""What not every Python's table has: protocols' own, relays that are gone, a cloud's inside, examples."""

_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""What stands before an IPv4 address in the interface's part of an IPv6 address (RFC 5214)."""


OTHER_PORTS = frozenset(
    (
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103),
        *(104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513),
        *(514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719),
        *(1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080),
    )
)
"""Ports of other protocols, which browsers ask nothing of, either (Fetch Standard, section 2.9)."""


class RefusedHostError(Exception):
    """A host that is not connected to, since it has an address that is not public; the sentence says so."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network, with whatever older address it stands for."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return _is_given(found)
    inner = tuple(_inner(found))
    return ((found in _UNICAST and _is_given(found)) or _is_spelling(found)) and all(map(_is_given, inner))


def _is_given(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Tell whether an address is given to somebody who can be reached from everywhere."""
    return found.is_global and not found.is_multicast and not any(found in one for one in _NOBODYS)


def _is_spelling(found: ipaddress.IPv6Address) -> bool:
    """Tell whether an address is but another spelling of one of IPv4."""
    return found.ipv4_mapped is not None or found in _NAT64


def _inner(found: ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses to which an IPv6 address may lead (RFC 4291, 3056, 4380, 5214 and 6052)."""
    for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())):
        if one is not None:
            yield one
    if found in _NAT64 or int(found) >> 32 & 0xFFFFFFFF in _ISATAP:
        yield ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, in the order in which this machine prefers them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """A moment of the monotonic clock before which something must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def has(self, seconds: float) -> bool:
        """Tell whether there are more seconds than these."""
        return self._end - time.monotonic() > seconds

    def left(self, most: float | None) -> float:
        """Return the seconds that there are, no more than `most`; TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)


class Connector(httpcore.NetworkBackend):
    """Connects to public hosts and to those of `private`; every operation ends before the deadline."""

    def __init__(
        self, deadline: Deadline, resolve: Resolve = resolved, private: Collection[str] = ()
    ) -> None:
        self._deadline, self._resolve, self._private = deadline, resolve, private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to one of the addresses of a host, all of which were checked."""
        addresses = self._checked(host, port, timeout)
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                found = self._plain.connect_tcp(
                    address, port, _left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not last:
                    raise
            else:
                return _Timed(found, self._deadline)
        raise httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        addresses = _within(_left(self._deadline, timeout), lambda: self._resolve(host, port))
        refused = [] if host in self._private else [one for one in addresses if not is_public(one)]
        if refused:
            raise RefusedHostError(f"{host} has the address {refused[0]}, which is not public")
        return addresses


def _left(deadline: Deadline, most: float | None) -> float:
    try:
        return deadline.left(most)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error


def _within(seconds: float, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Return what the system's resolver says, which knows no time limit of its own."""
    said: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def asked() -> None:
        try:
            said.put(ask())
        except (OSError, UnicodeError) as error:
            said.put(error if isinstance(error, OSError) else OSError("the name is no host's"))

    threading.Thread(target=asked, daemon=True).start()
    try:
        found = said.get(timeout=seconds)
    except queue.Empty as error:
        raise httpcore.ConnectTimeout from error
    if isinstance(found, OSError):
        raise httpcore.ConnectError(found.strerror or str(found)) from found
    return found


class _Timed(httpcore.NetworkStream):
    """A connection that no longer gives or takes anything once a deadline has passed."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def _left(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        try:
            return self._deadline.left(timeout)
        except TimeoutError as error:
            raise late from error

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
