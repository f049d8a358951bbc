"""Only public hosts are connected to: at the address that was checked, and before the deadline."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import httpcore
import pytest

from lwnindex.hosts import Connector, Deadline, RefusedHostError, is_public, resolved
from tests.misbehaving import deaf

REFUSED = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *(
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
    ),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:0a00:1::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:0:a00:1::1", "localhost", ""),
)
PUBLIC = ("1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_told(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket on loopback that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        yield found


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_host_is_refused_for_any_of_its_addresses(addresses: list[str], listener: socket.socket) -> None:
    connector = Connector(Deadline(60), lambda *_: addresses)

    with pytest.raises(RefusedHostError, match=r"feed\.example has the address .*, which is not public"):
        connector.connect_tcp("feed.example", port_of(listener), 60)
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "127.0.0.1"])
def test_no_spelling_of_loopback_is_connected_to(host: str, listener: socket.socket) -> None:
    # Without a network the resolver may know none but numbers; those are the ones that lead here.
    with pytest.raises((RefusedHostError, httpcore.ConnectError)):
        Connector(Deadline(60)).connect_tcp(host, port_of(listener), 60)


def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_used(listener: socket.socket) -> None:
    said = [["127.0.0.1"], ["192.0.2.1"]]
    connector = Connector(Deadline(60), lambda *_: said.pop(0), {"feed.example"})

    with closing(connector.connect_tcp("feed.example", port_of(listener), 60)) as stream:
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port_of(listener))
    assert len(said) == 1


def test_of_several_addresses_the_first_that_answers_is_used(listener: socket.socket) -> None:
    connector = Connector(Deadline(60), lambda *_: ["127.0.0.2", "127.0.0.1"], {"feed.example"})

    with closing(connector.connect_tcp("feed.example", port_of(listener), 60)) as stream:
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"


def test_where_none_answers_the_last_ones_reason_is_told() -> None:
    with deaf() as port:
        with pytest.raises(httpcore.ConnectError, match="refused"):
            Connector(Deadline(60), lambda *_: ["127.0.0.1"], {"a.example"}).connect_tcp(
                "a.example", port, 60
            )
        with pytest.raises(httpcore.ConnectError, match="no address"):
            Connector(Deadline(60), lambda *_: []).connect_tcp("a.example", port, 60)


def test_a_name_server_that_hangs_ends_with_the_time() -> None:
    over = threading.Event()

    def hanging(*_: object) -> list[str]:
        over.wait()
        return ["8.8.8.8"]

    with pytest.raises(httpcore.ConnectTimeout):
        Connector(Deadline(60), hanging).connect_tcp("feed.example", 80, 0.05)
    over.set()


@pytest.mark.parametrize("host", ["a..example", "x" * 70 + ".example"])
def test_a_name_that_is_none_is_no_connection(host: str) -> None:
    with pytest.raises(httpcore.ConnectError):
        Connector(Deadline(60)).connect_tcp(host, 80, 60)


def test_after_the_deadline_nothing_is_done_any_more(listener: socket.socket) -> None:
    deadline = Deadline(0)
    with pytest.raises(httpcore.ConnectTimeout):
        Connector(deadline, lambda *_: ["127.0.0.1"], {"a.example"}).connect_tcp("a.example", 80)
    stream = Connector(Deadline(60), lambda *_: ["127.0.0.1"], {"a.example"}).connect_tcp(
        "a.example", port_of(listener), 60
    )
    with closing(stream):
        stream._deadline = deadline  # type: ignore[attr-defined]
        with pytest.raises(httpcore.ReadTimeout):
            stream.read(1, 1)
        with pytest.raises(httpcore.WriteTimeout):
            stream.write(b"x", 1)


def test_numbers_are_resolved_without_a_network() -> None:
    assert resolved("127.0.0.1", 80) == ("127.0.0.1",)
    assert resolved("::1", 80) in (("::1",), ())


@pytest.mark.parametrize(
    "address",
    [
        *("192.0.0.8", "192.0.0.192", "192.88.99.1", "168.63.129.16", "fec0::1", "64:ff9b:1::808:808"),
        *("::ffff:0:7f00:1", "::ffff:0:808:808", "3fff::1", "5f00::1", "4000::1", "2002:c0a8:101::1"),
        *(
            "2a00::5efe:7f00:1",
            "2a00::200:5efe:a00:1",
            "64:ff9b::a9fe:a9fe",
            "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        ),
    ],
)
def test_what_only_newer_tables_know_is_refused_too(address: str) -> None:
    assert not is_public(address)
