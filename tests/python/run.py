"""Starts a server on an empty bureau, runs the Python client's tests against it, and ends it.

    python tests/python/run.py target/debug/sangyu
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

with tempfile.TemporaryDirectory() as data:
    server = subprocess.Popen(
        [sys.argv[1], "serve", "--data", data, "--listen", "127.0.0.1:0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        started = server.stderr.readline()
        address = re.search(r"http://(\S+)", started)
        if address is None:
            sys.exit(f"the server did not start: {started}{server.stderr.read()}")
        os.environ["SANGYU_SERVER"] = address[1]
        tests = unittest.defaultTestLoader.discover(str(Path(__file__).parent), "test_*.py")
        passed = unittest.TextTestRunner(verbosity=2).run(tests).wasSuccessful()
    finally:
        server.terminate()
        ended = server.wait(timeout=30)
sys.exit(0 if passed and ended == 0 else 1)
