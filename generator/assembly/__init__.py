"""Makes what is printed: fragments that are laid out once, and packets made of them."""

from generator.assembly.alone import Shape
from generator.assembly.fragments import Fragments
from generator.assembly.packets import PacketMaker
from generator.assembly.wanted import Packet, Wanted

__all__ = ["Fragments", "Packet", "PacketMaker", "Shape", "Wanted"]
