#!/usr/bin/env python3
"""Sends the packets of NAME.sent.pcap to a translator and writes what comes out, in NAME.out.pcap (raw IP).

A step's answers have the second of its packets. Usage: record.py DIRECTORY NAME IF6 MAC6 IF4 MAC4, where IF is the
interface of each side and MAC the translator's address there.
"""
import select
import socket
import struct
import sys
import time

ETH_P_ALL, ETH_P_IP, ETH_P_IPV6 = 3, 0x0800, 0x86DD
PACKET_OUTGOING = 4
QUIET_S = 1.0
LIMIT_S = 6.0
NEIGHBOUR = range(130, 138)
MLD2 = 143


def steps(path):
    with open(path, "rb") as file:
        data = file.read()
    found, at = {}, 24
    while at < len(data):
        second, _, length, _ = struct.unpack_from("<IIII", data, at)
        found.setdefault(second, []).append(data[at + 16 : at + 16 + length])
        at += 16 + length
    return found


def opened(name):
    one = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    one.bind((name, 0))
    return one


def is_neighbour_discovery(packet):
    return packet[0] >> 4 == 6 and (
        (packet[6] == 58 and packet[40] in NEIGHBOUR) or (packet[6] == 0 and packet[40] == 58 and packet[48] == MLD2)
    )


def answers(sockets):
    end = time.monotonic() + LIMIT_S
    got, quiet = [], time.monotonic() + QUIET_S
    while time.monotonic() < min(end, quiet):
        ready, _, _ = select.select(sockets, [], [], 0.1)
        for one in ready:
            frame, address = one.recvfrom(65535)
            kind = struct.unpack_from("!H", frame, 12)[0]
            if address[2] == PACKET_OUTGOING or kind not in (ETH_P_IP, ETH_P_IPV6):
                continue
            packet = frame[14:]
            total = struct.unpack_from("!H", packet, 2)[0] if kind == ETH_P_IP else 40 + struct.unpack_from("!H", packet, 4)[0]
            packet = packet[:total]
            if is_neighbour_discovery(packet):
                continue
            got.append(packet)
            quiet = time.monotonic() + QUIET_S
    return got


def main(directory, name, if6, mac6, if4, mac4):
    sides = {6: (opened(if6), mac6, ETH_P_IPV6), 4: (opened(if4), mac4, ETH_P_IP)}
    sockets = [one for one, _, _ in sides.values()]
    answers(sockets)
    with open(f"{directory}/{name}.out.pcap", "wb") as capture:
        capture.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
        for number, packets in steps(f"{directory}/{name}.sent.pcap").items():
            for packet in packets:
                one, mac, kind = sides[packet[0] >> 4]
                own = one.getsockname()[4]
                one.send(bytes.fromhex(mac.replace(":", "")) + own + struct.pack("!H", kind) + packet)
            for packet in answers(sockets):
                capture.write(struct.pack("<IIII", number, 0, len(packet), len(packet)) + packet)


main(*sys.argv[1:])
