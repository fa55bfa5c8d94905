"""Offline: from then on this process, and its children that are ours, reach this machine only.

Python's sockets are closed to every address that is not loopback, and no name but localhost is looked
up. It holds for code that uses Python's socket module, which is all that this program and the libraries
that it loads do; it is no sandbox against native code that opens sockets by itself.
"""

from __future__ import annotations

import os
import socket
from ipaddress import IPv6Address, ip_address
from typing import Any

VARIABLE = "COACH_ASSIST_OFFLINE"
_NO = {"", "0", "no", "off", "false"}


class OfflineRefused(OSError):
    """A connection that `--offline` does not allow."""


def offline_wanted() -> bool:
    """Say whether the environment asks for it. Any value but a clear no counts as a yes."""
    return os.environ.get(VARIABLE, "").strip().lower() not in _NO


def is_offline() -> bool:
    """Say whether this process has gone offline."""
    return hasattr(socket.socket, "_coach_assist_offline")


def go_offline() -> None:
    """Close this process, and children that inherit its environment, to the network, for good."""
    os.environ[VARIABLE] = "yes"
    os.environ["PIP_NO_INDEX"] = "1"  # pip, which fetches the weights, is a child that is not ours
    if is_offline():
        return
    _guard_sockets()
    _guard_lookups()


def is_local(host: object) -> bool:
    """Say whether an address or name means this machine."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _refuse(what: object) -> OfflineRefused:
    return OfflineRefused(f"offline: no connection to {what}")


def _guard_sockets() -> None:
    real: Any = socket.socket

    def checked(own: Any, address: Any) -> Any:
        inner = getattr(socket, "AF_UNIX", None)
        if own.family == inner:
            return address
        if (
            own.family in (socket.AF_INET, socket.AF_INET6)
            and isinstance(address, tuple)
            and is_local(address[0])
        ):
            return address
        raise _refuse(address)

    connect, connect_ex, sendto = real.connect, real.connect_ex, real.sendto
    sendmsg = getattr(real, "sendmsg", None)

    def guarded_connect(own: Any, address: Any) -> Any:
        return connect(own, checked(own, address))

    def guarded_connect_ex(own: Any, address: Any) -> Any:
        return connect_ex(own, checked(own, address))

    def guarded_sendto(own: Any, data: Any, *rest: Any) -> Any:
        checked(own, rest[-1])
        return sendto(own, data, *rest)

    def guarded_sendmsg(own: Any, buffers: Any, *rest: Any) -> Any:
        if len(rest) == 3 and rest[2] is not None:
            checked(own, rest[2])
        return sendmsg(own, buffers, *rest) if sendmsg is not None else 0

    real.connect, real.connect_ex, real.sendto = guarded_connect, guarded_connect_ex, guarded_sendto
    if sendmsg is not None:
        real.sendmsg = guarded_sendmsg
    real._coach_assist_offline = True


def _guard_lookups() -> None:
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, name, _local_lookup(getattr(socket, name)))


def _local_lookup(look_up: Any) -> Any:
    def guarded(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None and not (isinstance(host, str | bytes) and (not host or is_local(host))):
            raise _refuse(host)
        return look_up(host, *rest, **named)

    return guarded
