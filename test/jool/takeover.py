#!/usr/bin/env python3
"""Connections that go on while their translator changes, and tables of two translators beside each other.

  serve                 answers on TCP and UDP port 7
  connect               opens and uses connections as lines of standard input say: open, more, ask
  heard JOOL OWN        says how many sessions of the table JOOL the table OWN has
  equal WANTED THERE    fails unless THERE has every session of WANTED, with all its fields

A table is what `jool session display --csv --numeric` prints (NAME.csv) or `isthmus sessions --json` (NAME.json).
"""
import ipaddress
import json
import os
import socket
import sys
import threading

# A node also has sessions by which it probes itself: those of this client count.
CLIENT = "2001:db8:1::100"
SERVER = "64:ff9b::11.4.0.100"
PORT = 7
TCP, UDP, PINGS, MORE = 20, 40, 5, 10
TRIES = 20
STATES = {
    "established": "ESTABLISHED", "v6Init": "V6_INIT", "v4Init": "V4_INIT", "v4Fin": "V4_FIN_RCV",
    "v6Fin": "V6_FIN_RCV", "bothFin": "V4_FIN_V6_FIN_RCV", "trans": "TRANS",
}


def serve():
    listener = socket.create_server(("", PORT), backlog=100)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("", PORT))

    def echo_datagrams():
        while True:
            data, peer = datagrams.recvfrom(2000)
            datagrams.sendto(data, peer)

    def echo(connection):
        while data := connection.recv(2000):
            connection.sendall(data)

    threading.Thread(target=echo_datagrams, daemon=True).start()
    while True:
        threading.Thread(target=echo, args=(listener.accept()[0],), daemon=True).start()


def answered(one, request, expected):
    for _ in range(TRIES):
        one.send(request)
        try:
            if expected in one.recv(2000):
                return True
        except TimeoutError:
            continue
    return False


class Tcp:
    def __init__(self):
        self.socket = socket.create_connection((SERVER, PORT), 20)
        self.socket.settimeout(20)
        self.number = 0

    def ask(self):
        self.number += 1
        word = b"%d\n" % self.number
        self.socket.sendall(word)
        heard = b""
        while not heard.endswith(word):
            data = self.socket.recv(2000)
            if not data:
                return False
            heard += data
        return True


class Datagram:
    def __init__(self, kind, protocol):
        self.socket = socket.socket(socket.AF_INET6, kind, protocol)
        self.socket.connect((SERVER, PORT))
        self.socket.settimeout(1)


class Udp(Datagram):
    def __init__(self):
        super().__init__(socket.SOCK_DGRAM, 0)

    def ask(self):
        return answered(self.socket, b"datagram", b"datagram")


class Ping(Datagram):
    """Echo requests with an identifier of the kernel's choice, from a socket that needs no raw access."""

    def __init__(self):
        super().__init__(socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6)

    def ask(self):
        return answered(self.socket, b"\x80\0\0\0\0\0\0\1ping", b"ping")


def connect():
    flows = []
    for line in sys.stdin:
        word = line.strip()
        if word == "open":
            flows += [Tcp() for _ in range(TCP)] + [Udp() for _ in range(UDP)] + [Ping() for _ in range(PINGS)]
        elif word == "more":
            flows += [Tcp() for _ in range(MORE)]
        broken = []
        for number, flow in enumerate(flows):
            try:
                if not flow.ask():
                    broken.append(number)
            except OSError as error:
                broken.append(f"{number} {error}")
        print(f"{word}: all" if not broken else f"{word}: broken: {broken}", flush=True)


def of_jool(line):
    protocol, src6, port6, _, _, src4, port4, dst4, dst_port, _, *state = line.strip().split(",")
    return protocol, src6, int(port6), src4, int(port4), dst4, int(dst_port), (state or [""])[0]


def of_own(line):
    row = json.loads(line)
    icmp = row["protocol"] == "icmp"
    port = row["pool4Port"] if icmp else row["remotePort"]
    state = STATES.get(row["state"], "")
    return (
        row["protocol"].upper(), row["client"], row["clientPort"], row["pool4"], row["pool4Port"], row["remote"], port, state,
    )


def table(path):
    with open(path) as file:
        lines = [line for line in file if line.strip()]
    rows = map(of_jool, lines) if path.endswith(".csv") else map(of_own, (line for line in lines if line[0] == "{"))
    found = {(row[0], str(ipaddress.ip_address(row[1])), *row[2:]) for row in rows}
    return {row for row in found if row[1] == CLIENT}


def heard(jool, own):
    wanted, there = table(jool), table(own)
    print(f"heard {len(wanted & there)} of the {len(wanted)} sessions of Jool; {len(there - wanted)} that it does not have")
    if not wanted & there or there - wanted:
        sys.exit(f"wrong: {sorted(there - wanted)}")


def equal(wanted_file, there_file):
    wanted, there = table(wanted_file), table(there_file)
    missing = sorted(wanted - there)
    print(f"{len(wanted)} sessions in {wanted_file}, {len(missing)} of them not in {there_file}", *missing[:3])
    if missing or len(wanted) < TCP:
        sys.exit(1)


if sys.argv[1] == "connect":
    with open("/proc/sys/net/ipv4/ping_group_range", "w") as file:
        file.write("0 2147483647")
os.umask(0o077)
{"serve": serve, "connect": connect, "heard": heard, "equal": equal}[sys.argv[1]](*sys.argv[2:])
