"""Starts a server on an empty bureau, runs the Python client's tests against it, and ends it; then
those of documents once more, against a server that keeps them in an S3-compatible store.

    python tests/python/run.py target/debug/sangyu
"""

import logging
import os
import re
import subprocess
import sys
import tempfile
import unittest
from contextlib import contextmanager
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

import witness

BUCKET = "papers"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "sangyu", "AWS_SECRET_ACCESS_KEY": "secret"}


@contextmanager
def server(config: str = ""):
    """A server on an empty bureau; its address is in the environment while it runs."""
    with tempfile.TemporaryDirectory() as data:
        (Path(data) / "sangyu.toml").write_text(config)
        process = subprocess.Popen(
            [sys.argv[1], "serve", "--data", data, "--listen", "127.0.0.1:0"],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | CREDENTIALS,
        )
        try:
            started = process.stderr.readline()
            address = re.search(r"http://(\S+)", started)
            if address is None:
                sys.exit(f"the server did not start: {started}{process.stderr.read()}")
            os.environ["SANGYU_SERVER"] = address[1]
            yield
        finally:
            process.terminate()
            if process.wait(timeout=30) != 0:
                sys.exit("the server did not end well")


@contextmanager
def s3_store():
    """An S3-compatible store with an empty bucket."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    store = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    store.start()
    try:
        host, port = store.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        )
        client.create_bucket(Bucket=BUCKET)
        yield client, endpoint
    finally:
        store.stop()


def passed(pattern: str) -> bool:
    tests = unittest.defaultTestLoader.discover(str(Path(__file__).parent), pattern)
    return unittest.TextTestRunner(verbosity=2).run(tests).wasSuccessful()


with server(witness.CONFIG):
    all_passed = passed("test_*.py")

with s3_store() as (store, endpoint):
    config = f'[attachments.s3]\nendpoint = "{endpoint}"\nbucket = "{BUCKET}"\nallow_http = true\n'
    with server(config):
        all_passed &= passed("test_documents.py")
    kept = [item["Key"] for item in store.list_objects_v2(Bucket=BUCKET)["Contents"]]
    # Three different files were attached; the one that was refused is not there.
    all_passed &= len(kept) == 3 and all(re.fullmatch(r"sha256/../[0-9a-f]{64}", k) for k in kept)
    print("in the store:", *kept, sep="\n  ")
sys.exit(0 if all_passed else 1)
