"""Connections to public addresses only: the address that was checked is the one that is connected to."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence

import httpcore

from rag.errors import UnreadableError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Resolve = Callable[[str, int], Sequence[str]]


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system finds them. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """True for an address of the public internet, also when it is written inside an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class PublicNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only, and until a point in time only."""

    def __init__(self, until: float, resolve: Resolve, private: bool) -> None:
        self._until = until
        self._resolve = resolve
        self._private = private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the host's first address that answers, if all of its addresses may be used."""
        addresses = self._addresses(host, port)
        if not self._private and not all(is_public(address) for address in addresses):
            raise UnreadableError(
                f"{host[:100]} is an address of this machine or of a private network",
                "Set BRIEFINGS_ALLOW_PRIVATE_URLS=true to allow such URLs.",
            )
        failure: Exception = OSError("the host has no address")
        for address in addresses[:4]:
            try:
                stream = self._plain.connect_tcp(address, port, _left(self._until), None, socket_options)
                return _Stream(stream, self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host; a name server is not waited for longer than there is time."""
        found: list[Sequence[str]] = []
        failures: list[Exception] = []

        def look() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        thread.join(_left(self._until))
        if failures:
            raise OSError("there is no such host") from failures[0]
        if not found:
            raise TimeoutError
        return found[0]


class _Stream(httpcore.NetworkStream):
    """A connection that is given up at a point in time, however slowly its other side goes on."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self._stream.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send these bytes."""
        self._stream.write(buffer, _left(self._until))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(self._until)), self._until)

    def get_extra_info(self, info: str) -> object:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
