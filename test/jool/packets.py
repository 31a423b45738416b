#!/usr/bin/env python3
"""Writes the packets that a Jool is asked to translate: NAME.sent.pcap (raw IP) and NAME.steps.json for nat64 and siit.

A step is what is sent at once; its number is the second of the packets' time. Usage: packets.py DIRECTORY
"""
import ipaddress
import json
import struct
import sys

TCP, UDP, ICMP4, ICMP6, SCTP = 6, 17, 1, 58, 132
FIN, SYN, RST, ACK = 1, 2, 4, 16


def octets(address):
    return ipaddress.ip_address(address).packed


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def pseudo(src, dst, protocol, length):
    a, b = octets(src), octets(dst)
    if len(a) == 4:
        return a + b + struct.pack("!BBH", 0, protocol, length)
    return a + b + struct.pack("!II", length, protocol)


def filled(src, dst, protocol, body, at, base=None):
    """The transport part with its checksum at `at`; `base` are the addresses that the checksum is about."""
    summed = pseudo(*(base or (src, dst)), protocol, len(body))
    if protocol == ICMP4:
        summed = b""
    value = checksum(summed + body)
    if protocol == UDP and value == 0:
        value = 0xFFFF
    return body[:at] + struct.pack("!H", value) + body[at + 2 :]


def tcp(src, dst, sport, dport, flags, data=b"", seq=1000, ack=2000):
    body = struct.pack("!HHIIBBHHH", sport, dport, seq, ack, 0x50, flags, 4096, 0, 0) + data
    return filled(src, dst, TCP, body, 16)


def udp(src, dst, sport, dport, data=b"data"):
    body = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    return filled(src, dst, UDP, body, 6)


def echo(src, dst, kind, identifier, data=b"ping"):
    protocol = ICMP6 if ":" in src else ICMP4
    return filled(src, dst, protocol, struct.pack("!BBHHH", kind, 0, 0, identifier, 1) + data, 2)


def error(src, dst, kind, code, word, quoted):
    protocol = ICMP6 if ":" in src else ICMP4
    return filled(src, dst, protocol, struct.pack("!BBHI", kind, code, 0, word) + quoted, 2)


def ip4(src, dst, protocol, body, ttl=64, tos=0, ident=0x1234, df=True, mf=False, offset=0, options=b""):
    words = 5 + len(options) // 4
    flags = (0x4000 if df else 0) | (0x2000 if mf else 0) | offset // 8
    head = struct.pack("!BBHHHBBH", 0x40 | words, tos, 4 * words + len(body), ident, flags, ttl, protocol, 0)
    head += octets(src) + octets(dst) + options
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body


def ip6(src, dst, protocol, body, hops=64, tclass=0, extension=None):
    first = protocol
    if extension is not None:
        first, header = extension
        body = bytes([protocol]) + header + body
    head = struct.pack("!IHBB", 0x60000000 | tclass << 20, len(body), first, hops)
    return head + octets(src) + octets(dst) + body


def fragment6(more, offset, ident):
    return (44, struct.pack("!BHI", 0, offset | (1 if more else 0), ident))


DATA = bytes(range(256)) * 8


def nat64():
    client, other, server, router4, router6 = "2001:db8:1::5", "2001:db8:1::6", "198.51.100.7", "198.51.100.254", "2001:db8:1::fe"
    server6 = "2001:db8:64::198.51.100.7"
    pool = "192.0.2.1"
    pool6 = "2001:db8:64::192.0.2.1"
    port = 40000

    def out(body, protocol=TCP, **more):
        return ip6(client, server6, protocol, body, **more)

    def back(body, protocol=TCP, **more):
        return ip4(server, pool, protocol, body, **more)

    ours4 = ip4(pool, server, TCP, tcp(pool, server, port, 80, ACK, b"12345678"))
    ours6 = ip6(server6, client, TCP, tcp(server6, client, 80, 4000, ACK, b"12345678"))
    big = tcp(server, pool, 80, port, ACK, DATA[:1460])
    split6 = udp(client, server6, 5000, 53, DATA[:1200])
    split4 = udp(server, pool, 53, port, DATA[:1200])
    yield "SYN", [out(tcp(client, server6, 4000, 80, SYN))]
    yield "SYN and ACK", [back(tcp(server, pool, 80, port, SYN | ACK))]
    yield "data with a traffic class", [out(tcp(client, server6, 4000, 80, ACK, b"hello"), tclass=0x28)]
    yield "data without DF", [back(tcp(server, pool, 80, port, ACK, b"hello"), tos=0x10, df=False)]
    yield "data with DF", [back(tcp(server, pool, 80, port, ACK, b"hello"))]
    yield "a packet of more than 1260 octets", [out(tcp(client, server6, 4000, 80, ACK, DATA[:1300]))]
    yield "hop limit 1", [out(tcp(client, server6, 4000, 80, ACK), hops=1)]
    yield "TTL 1", [back(tcp(server, pool, 80, port, ACK), ttl=1)]
    yield "port unreachable from the server", [back(error(server, pool, 3, 3, 0, ours4), ICMP4)]
    yield "port unreachable that quotes 28 octets", [back(error(server, pool, 3, 3, 0, ours4[:28]), ICMP4)]
    yield "host unreachable from a router", [ip4(router4, pool, ICMP4, error(router4, pool, 3, 1, 0, ours4))]
    yield "administratively prohibited from a router", [ip4(router4, pool, ICMP4, error(router4, pool, 3, 13, 0, ours4))]
    yield "protocol unreachable", [back(error(server, pool, 3, 2, 0, ours4), ICMP4)]
    yield "fragmentation needed, MTU 1400", [ip4(router4, pool, ICMP4, error(router4, pool, 3, 4, 1400, ours4))]
    yield "fragmentation needed without an MTU", [ip4(router4, pool, ICMP4, error(router4, pool, 3, 4, 0, ours4))]
    yield "time exceeded from a router", [ip4(router4, pool, ICMP4, error(router4, pool, 11, 0, 0, ours4))]
    yield "parameter problem, pointer 8", [ip4(router4, pool, ICMP4, error(router4, pool, 12, 0, 8 << 24, ours4))]
    yield "parameter problem, pointer 4", [ip4(router4, pool, ICMP4, error(router4, pool, 12, 0, 4 << 24, ours4))]
    yield "source quench", [ip4(router4, pool, ICMP4, error(router4, pool, 4, 0, 0, ours4))]
    yield "redirect", [ip4(router4, pool, ICMP4, error(router4, pool, 5, 1, 0x0A000001, ours4))]
    yield "port unreachable from the client", [out(error(client, server6, 1, 4, 0, ours6), ICMP6)]
    yield "no route from a router of the IPv6 side", [ip6(router6, server6, ICMP6, error(router6, server6, 1, 0, 0, ours6))]
    yield "packet too big, MTU 1280", [ip6(router6, server6, ICMP6, error(router6, server6, 2, 0, 1280, ours6))]
    yield "unknown next header", [out(error(client, server6, 4, 1, 6, ours6), ICMP6)]
    yield "UDP", [out(udp(client, server6, 5000, 53), UDP)]
    yield "UDP, the answer", [back(udp(server, pool, 53, port), UDP)]
    yield "UDP from IPv4 without a checksum", [back(struct.pack("!HHHH", 53, port, 12, 0) + b"data", UDP)]
    yield "echo request", [out(echo(client, server6, 128, 77), ICMP6)]
    yield "echo reply", [back(echo(server, pool, 0, port), ICMP4)]
    yield "UDP to a port that nobody has", [back(udp(server, pool, 53, 40001), UDP)]
    yield "UDP to a port outside pool4", [back(udp(server, pool, 53, 39999), UDP)]
    yield "SYN to a static entry", [back(tcp(server, pool, 5555, 40001, SYN))]
    yield "the answer of the static entry", [out(tcp(client, server6, 8080, 5555, SYN | ACK))]
    yield "hairpin, SYN", [ip6(other, pool6, TCP, tcp(other, pool6, 9000, 40001, SYN))]
    yield "hairpin, SYN and ACK", [ip6(client, "2001:db8:64::192.0.2.1", TCP, tcp(client, pool6, 8080, 40002, SYN | ACK))]
    yield "two fragments from IPv6", [
        out(split6[:800], UDP, extension=fragment6(True, 0, 7)),
        out(split6[800:], UDP, extension=fragment6(False, 800, 7)),
    ]
    yield "two fragments from IPv4", [
        back(split4[:800], UDP, df=False, mf=True),
        back(split4[800:], UDP, df=False, offset=800),
    ]
    yield "1500 octets from IPv4 without DF", [back(big, df=False)]
    yield "1500 octets from IPv4 with DF", [back(big)]
    yield "IPv4 options", [back(tcp(server, pool, 80, port, ACK), options=b"\x94\x04\0\0")]
    yield "a source route that is not done", [back(tcp(server, pool, 80, port, ACK), options=b"\x83\x07\x04\x0a\0\0\x01\0")]
    yield "a source route that is done", [back(tcp(server, pool, 80, port, ACK), options=b"\x83\x07\x08\x0a\0\0\x01\0")]
    yield "a destination options header", [out(tcp(client, server6, 4000, 80, ACK), extension=(60, b"\0\x01\x04\0\0\0\0"))]
    yield "a routing header with segments left", [
        out(tcp(client, server6, 4000, 80, ACK), extension=(43, b"\x02\0\x01\0\0\0\0" + octets(client)))
    ]
    yield "SCTP", [out(struct.pack("!HHII", 1, 2, 3, 4), SCTP)]
    yield "ICMPv6 of an unknown type", [out(echo(client, server6, 200, 77), ICMP6)]
    yield "ICMPv4 timestamp", [back(echo(server, pool, 13, port, b"\0" * 12), ICMP4)]
    yield "FIN of the client", [out(tcp(client, server6, 4000, 80, FIN | ACK))]
    yield "FIN of the server", [back(tcp(server, pool, 80, port, FIN | ACK))]


def siit():
    a6, a4, server, router4, router6 = "2001:db8:1::5", "192.0.2.5", "198.51.100.7", "198.51.100.254", "2001:db8:9::fe"
    server6 = "2001:db8:64::198.51.100.7"

    def out(body, protocol=TCP, **more):
        return ip6(a6, server6, protocol, body, **more)

    def back(body, protocol=TCP, **more):
        return ip4(server, a4, protocol, body, **more)

    ours4 = ip4(a4, server, TCP, tcp(a4, server, 4000, 80, ACK, b"12345678"))
    ours6 = ip6(server6, a6, TCP, tcp(server6, a6, 80, 4000, ACK, b"12345678"))
    big = tcp(server, a4, 80, 4000, ACK, DATA[:1460])
    split6 = udp(a6, server6, 5000, 53, DATA[:1200])
    split4 = udp(server, a4, 53, 5000, DATA[:1200])
    yield "SYN", [out(tcp(a6, server6, 4000, 80, SYN), tclass=0x28)]
    yield "SYN and ACK", [back(tcp(server, a4, 80, 4000, SYN | ACK), tos=0x10)]
    yield "data without DF", [back(tcp(server, a4, 80, 4000, ACK, b"hello"), df=False)]
    yield "a packet of more than 1260 octets", [out(tcp(a6, server6, 4000, 80, ACK, DATA[:1300]))]
    yield "hop limit 1", [out(tcp(a6, server6, 4000, 80, ACK), hops=1)]
    yield "TTL 1", [back(tcp(server, a4, 80, 4000, ACK), ttl=1)]
    yield "a single mapping", [ip6("2001:db8:2::9", server6, UDP, udp("2001:db8:2::9", server6, 1, 2))]
    yield "a single mapping, back", [ip4(server, "203.0.113.9", UDP, udp(server, "203.0.113.9", 2, 1))]
    yield "an IPv6 source without a mapping", [ip6("2001:db8:9::5", server6, UDP, udp("2001:db8:9::5", server6, 1, 2))]
    yield "an IPv4 destination without a mapping", [ip4(a4, server, UDP, udp(a4, server, 1, 2))]
    yield "an IPv6 destination of the denylist", [
        ip6(a6, "2001:db8:64::198.51.100.200", UDP, udp(a6, "2001:db8:64::198.51.100.200", 1, 2))
    ]
    yield "an IPv4 source of the denylist", [ip4("198.51.100.200", a4, UDP, udp("198.51.100.200", a4, 1, 2))]
    yield "time exceeded from a router without a mapping", [
        ip6(router6, server6, ICMP6, error(router6, server6, 3, 0, 0, ours6))
    ]
    yield "packet too big from a router without a mapping", [
        ip6(router6, server6, ICMP6, error(router6, server6, 2, 0, 1400, ours6))
    ]
    yield "port unreachable from the client", [out(error(a6, server6, 1, 4, 0, ours6), ICMP6)]
    yield "port unreachable from the server", [back(error(server, a4, 3, 3, 0, ours4), ICMP4)]
    yield "fragmentation needed, MTU 1400", [ip4(router4, a4, ICMP4, error(router4, a4, 3, 4, 1400, ours4))]
    yield "time exceeded from a router", [ip4(router4, a4, ICMP4, error(router4, a4, 11, 0, 0, ours4))]
    yield "echo request from IPv6", [out(echo(a6, server6, 128, 77), ICMP6)]
    yield "echo reply from IPv4", [back(echo(server, a4, 0, 77), ICMP4)]
    yield "UDP from IPv4 without a checksum", [back(struct.pack("!HHHH", 53, 5000, 12, 0) + b"data", UDP)]
    yield "two fragments from IPv6", [
        out(split6[:800], UDP, extension=fragment6(True, 0, 7)),
        out(split6[800:], UDP, extension=fragment6(False, 800, 7)),
    ]
    yield "two fragments from IPv4", [
        back(split4[:800], UDP, df=False, mf=True),
        back(split4[800:], UDP, df=False, offset=800),
    ]
    yield "1500 octets from IPv4 without DF", [back(big, df=False)]
    yield "1500 octets from IPv4 with DF", [back(big)]
    yield "IPv4 options", [back(tcp(server, a4, 80, 4000, ACK), options=b"\x94\x04\0\0")]
    yield "a source route that is not done", [back(tcp(server, a4, 80, 4000, ACK), options=b"\x83\x07\x04\x0a\0\0\x01\0")]
    yield "a destination options header", [out(tcp(a6, server6, 4000, 80, ACK), extension=(60, b"\0\x01\x04\0\0\0\0"))]
    yield "SCTP", [out(struct.pack("!HHII", 1, 2, 3, 4), SCTP)]
    yield "ICMPv6 of an unknown type", [out(echo(a6, server6, 200, 77), ICMP6)]
    yield "hairpin between two mappings", [ip6(a6, "2001:db8:64::203.0.113.9", UDP, udp(a6, "2001:db8:64::203.0.113.9", 1, 2))]


def write(directory, name, steps):
    names = []
    with open(f"{directory}/{name}.sent.pcap", "wb") as capture:
        capture.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
        for number, (text, packets) in enumerate(steps):
            names.append(text)
            for packet in packets:
                capture.write(struct.pack("<IIII", number, 0, len(packet), len(packet)) + packet)
    with open(f"{directory}/{name}.steps.json", "w", encoding="utf-8") as file:
        json.dump(names, file, indent=2)
        file.write("\n")


for each in (nat64, siit):
    write(sys.argv[1], each.__name__, each())
