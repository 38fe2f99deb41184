"""A client generated from proto/, and what every test with it needs."""

import os
import sys
import tempfile
import unittest
import uuid
from pathlib import Path

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from grpc_tools import protoc

PROTO = Path(__file__).resolve().parents[2] / "proto"
TIMEOUT = 20


def generate(out: Path) -> None:
    """Generates the client, as any department would."""
    files = sorted(str(file) for file in PROTO.glob("sangyu/v1/*.proto"))
    arguments = ["protoc", f"-I{PROTO}", f"--python_out={out}", f"--grpc_python_out={out}", *files]
    if protoc.main(arguments) != 0:
        raise SystemExit("the client could not be generated from proto/")


GENERATED = tempfile.TemporaryDirectory()
generate(Path(GENERATED.name))
sys.path.insert(0, GENERATED.name)


def actor(account: str, name: str, unit: str, role: str = "clerk"):
    """The headers that say who acts."""
    return (
        ("sangyu-actor-id", account),
        ("sangyu-actor-name-bin", name.encode()),
        ("sangyu-actor-role", role),
        ("sangyu-actor-unit-bin", unit.encode()),
    )


ACTOR = actor("zhao.min", "赵敏", "市民政局")


def request_id() -> str:
    return str(uuid.uuid4())


def details(error: grpc.RpcError, kind):
    """The details of one kind that came with a failure."""
    found = []
    for detail in rpc_status.from_call(error).details:
        if detail.Is(kind.DESCRIPTOR):
            message = kind()
            detail.Unpack(message)
            found.append(message)
    return found


def code(error: grpc.RpcError) -> str:
    """The stable code of a failure."""
    [info] = details(error, error_details_pb2.ErrorInfo)
    return info.reason


class Case(unittest.TestCase):
    """Calls a running server."""

    @classmethod
    def setUpClass(cls):
        address = os.environ["SANGYU_SERVER"].removeprefix("http://")
        cls.channel = grpc.insecure_channel(address)
        grpc.channel_ready_future(cls.channel).result(timeout=TIMEOUT)

    @classmethod
    def tearDownClass(cls):
        cls.channel.close()

    def call(self, method, request, metadata=ACTOR):
        return method(request, metadata=metadata, timeout=TIMEOUT)

    def refused(self, method, request, metadata=ACTOR) -> grpc.RpcError:
        with self.assertRaises(grpc.RpcError) as caught:
            self.call(method, request, metadata)
        return caught.exception


def main() -> None:
    """Runs the tests of the file that was called."""
    if "SANGYU_SERVER" not in os.environ:
        raise SystemExit("set SANGYU_SERVER to the address of a server, such as 127.0.0.1:7300")
    unittest.main(verbosity=2)
