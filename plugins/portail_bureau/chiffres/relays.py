"""Whose addresses a log has: those of readers, or of what stands between them and the host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from msgspec import Struct, field

# Where no reader of a public site comes from: RFC 1918, 6598, 3927, 4193, 4291, and this machine.
_INNER = tuple(
    ip_network(text)
    for text in """10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 169.254.0.0/16 127.0.0.0/8
    0.0.0.0/8 fc00::/7 fe80::/10 ::1/128""".split()
)
_TOKEN = re.compile(rb"[0-9A-Fa-f:.\[\]]{3,}")
# Of a week: its pages, from which on it is judged; the share that one address, or some, must have.
_JUDGED = 40
_SHARE = 0.9
# Of an address in a day: browsers, or pages, above which it is that of several readers.
_BROWSERS = 5
_PAGES = 40


class Asked(Struct):
    """The pages that each address asked for in a week, and those of addresses that, on the day,
    were several readers'. An address is a number of the week: see ``audience``."""

    addresses: Counter[bytes] = field(default_factory=Counter)
    shared: Counter[bytes] = field(default_factory=Counter)

    def note(self, pages: Mapping[tuple[bytes, bytes], int], inner: set[bytes]) -> None:
        """Add the pages of a day, by address and reader; those of ``inner`` addresses are of no
        reader."""
        day: Counter[bytes] = Counter()
        readers: Counter[bytes] = Counter()
        for (address, _), number in pages.items():
            day[address] += number
            readers[address] += 1
        self.addresses += day
        for address, number in day.items():
            if address in inner or readers[address] >= _BROWSERS or number > _PAGES:
                self.shared[address] += number

    def relays(self) -> int:
        """How many addresses, of what stands before the host, made nearly all requests; 0 where
        they are those of readers, or too few to tell."""
        total = self.addresses.total()
        if total < _JUDGED:
            return 0
        if max(self.addresses.values()) >= _SHARE * total:
            return 1
        if self.shared.total() >= _SHARE * total:
            return len(self.shared)
        return 0


@lru_cache(1 << 14)
def is_inner(address: bytes) -> bool:
    """Whether no reader has ``address``, or it is none.

    >>> [is_inner(text) for text in (b"10.0.0.1", b"fd00::1", b"::ffff:192.168.0.1", b"-")]
    [True, True, True, True]
    >>> is_inner(b"203.0.113.9"), is_inner(b"2001:db8::1")
    (False, False)
    """
    found = _parsed(address.decode("latin-1"))
    return found is None or any(found in network for network in _INNER)


@lru_cache(1 << 14)
def reader_of(address: bytes, told: bytes) -> bytes:
    """The address of who reads: the first public one of ``told``, the rest of the line where some
    hosts write whom the intermediary answered (X-Forwarded-For), else ``address``.

    >>> reader_of(b"10.0.0.1", b'"203.0.113.9, 10.0.0.7" 0.004')
    b'203.0.113.9'
    >>> reader_of(b"203.0.113.1,", b'"-"'), reader_of(b"10.0.0.1", b' 1.5 "10.0.0.9:80"')
    (b'203.0.113.1', b'10.0.0.1')
    """
    for token in _TOKEN.findall(told):
        if not is_inner(token):
            return bytes(token)
    return address.strip(b",")


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    # With a port too: « 203.0.113.9:443 », « [2001:db8::1]:443 ».
    if text.count(":") == 1 or text.startswith("["):
        text = text.rpartition(":")[0].strip("[]")
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
