"""Runs a program on a terminal of its own and types answers into it.

usage: terminal.py FOLDER PROGRAM ARGUMENTS... < lines
Input: one answer a line, typed once the program asks, that is once it has said
something that ends without a line end. Output: all that stood on the terminal.
Ends as the program does.
"""

import os
import pty
import select
import sys
import time

folder, program, *arguments = sys.argv[1:]
answers = sys.stdin.buffer.read().split(b"\n")[:-1]
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.execv(program, [program, *arguments])
said = b""
end = time.monotonic() + 60
while time.monotonic() < end:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    elif said.endswith(b": ") and answers:
        os.write(terminal, answers.pop(0) + b"\n")
sys.stdout.buffer.write(said)
sys.stdout.flush()
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
