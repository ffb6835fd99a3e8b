# Unpacks a UPX-packed Go program: UPX_OUT=FILE gdb -q -batch -x unpack.py --args PROGRAM --version
# The packer writes the whole program to memory and jumps into it; a static Go program's first system call is arch_prctl. What its program
# headers map from the file is written out there, and runs as it did before it was packed.
import os
import struct

import gdb

gdb.execute("set pagination off")
gdb.execute("set startup-with-shell off")
gdb.execute("catch syscall arch_prctl")
gdb.execute("run")
memory = gdb.selected_inferior()
pc = int(gdb.selected_frame().pc())

# The mapping that the program counter is in begins with the program's ELF header.
maps = [line.split() for line in open(f"/proc/{memory.pid}/maps")]
ranges = [tuple(int(end, 16) for end in line[0].split("-")) for line in maps]
base = next(start for start, end in ranges if start <= pc < end)
header = bytes(memory.read_memory(base, 64))
assert header[:4] == b"\x7fELF", "no program begins there"
offset, size, count = struct.unpack_from("<Q", header, 32)[0], *struct.unpack_from("<HH", header, 54)

image = bytearray()
for number in range(count):
    kind, _, at, address, _, length = struct.unpack_from("<IIQQQQ", bytes(memory.read_memory(base + offset + number * size, size)))
    if kind == 1 and length > 0:
        image.extend(bytes(max(0, at + length - len(image))))
        image[at:at + length] = bytes(memory.read_memory(address, length))
image[40:48] = bytes(8)  # sections are not in memory
image[58:64] = bytes(6)
with open(os.environ["UPX_OUT"], "wb") as out:
    out.write(image)
os.chmod(os.environ["UPX_OUT"], 0o755)
gdb.execute("kill")
