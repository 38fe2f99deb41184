"""What the ledger gives is checked by a program that is not Sangyu's: aics-tlog knows only C2SP and the RFC.

The server's configuration has to name the witness, as run.py does it.
"""

import base64
import hashlib
import io
import json
import time
import zipfile

import grpc
from aics_tlog import (
    Note,
    VKey,
    cosignature_vkey,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    sign_cosignature,
    tree_root_from_tiles,
    verify_checkpoint,
    verify_consistency,
    verify_leaf_inclusion,
)
from client import ACTOR, TIMEOUT, Case, main, request_id
from sangyu.v1 import (
    cadre_pb2,
    cadre_service_pb2,
    cadre_service_pb2_grpc,
    inspection_service_pb2 as inspection_pb2,
    inspection_service_pb2_grpc,
    ledger_service_pb2 as pb,
    ledger_service_pb2_grpc,
)

import witness

WIDTH = 256


class Tiles:
    """The tiles of the server, as aics-tlog reads them."""

    def __init__(self, case):
        self.case = case

    def read_tile(self, level, index, width):
        asked = pb.GetTileRequest(level=level, index=index, width=width or WIDTH)
        try:
            return self.case.call(self.case.ledger.GetTile, asked).tile
        except grpc.RpcError as refused:
            if refused.code() == grpc.StatusCode.NOT_FOUND:
                return None
            raise


class Ledger(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadres = cadre_service_pb2_grpc.CadreServiceStub(cls.channel)
        cls.inspection = inspection_service_pb2_grpc.InspectionServiceStub(cls.channel)
        cls.ledger = ledger_service_pb2_grpc.LedgerServiceStub(cls.channel)

    def register(self):
        asked = cadre_service_pb2.RegisterCadreRequest(
            request_id=request_id(),
            unit="市老干部局",
            retirement=cadre_pb2.Retirement(tuixiu=cadre_pb2.Tuixiu()),
            profile=cadre_pb2.Profile(name="钱学芳", sex=cadre_pb2.SEX_FEMALE),
        )
        return self.call(self.cadres.RegisterCadre, asked).answer

    def parts(self, text):
        """Of a proof: the leaf, its number, the hashes, and the note."""
        head, _, note = text.partition("\n\n")
        first, extra, index, *hashes = head.split("\n")
        self.assertEqual(first, "c2sp.org/tlog-proof@v1")
        leaf = base64.b64decode(extra.removeprefix("extra "), validate=True)
        hashes = [base64.b64decode(line, validate=True) for line in hashes]
        return leaf, int(index.removeprefix("index ")), hashes, note

    def prove(self, person):
        """The proof of a person's first event, once it is signed; how long that took is in docs/ledger.md."""
        asked = pb.ProveRequest(stream=f"cadre-{person.id}", revision=0)
        for _ in range(100):
            try:
                return self.call(self.ledger.Prove, asked).proof
            except grpc.RpcError as refused:
                not_yet = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.NOT_FOUND)
                if refused.code() not in not_yet:
                    raise
                time.sleep(0.1)
        self.fail("the event was not signed")

    def key(self) -> VKey:
        return parse_vkey(self.call(self.ledger.ListKeys, pb.ListKeysRequest()).keys[-1])

    def checked(self, text):
        """The checkpoint in a note that the ledger has signed, with its own word for the time."""
        note, key = parse_note(text), self.key()
        own = cosignature_vkey(key.name, key.public_key)
        result = verify_checkpoint(note, key, [own], quorum=1, max_age_seconds=60)
        self.assertTrue(result.ok, result.error)
        return parse_checkpoint(note.text)

    def test_an_event_is_in_the_checkpoint_and_the_next_extends_it(self):
        leaf, index, hashes, note = self.parts(self.prove(self.register()))
        old = self.checked(note)
        self.assertTrue(verify_leaf_inclusion(leaf, index, old.size, hashes, old.root))
        self.assertFalse(verify_leaf_inclusion(leaf + b" ", index, old.size, hashes, old.root))

        # The leaf is made again from what it says.
        said = json.loads(leaf)
        self.assertEqual(said["type"], "cadre.registered")
        again = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.assertEqual(again.encode(), leaf)
        self.assertNotIn("赵敏", again)

        self.prove(self.register())
        new = self.checked(self.call(self.ledger.GetCheckpoint, pb.GetCheckpointRequest()).note)
        asked = pb.GetConsistencyProofRequest(old_size=old.size, size=new.size)
        answer = self.call(self.ledger.GetConsistencyProof, asked)
        between = [base64.b64decode(line, validate=True) for line in answer.hashes]
        self.assertGreater(new.size, old.size)
        self.assertTrue(verify_consistency(old.size, new.size, old.root, new.root, between))
        forged = leaf_hash(b"forged")
        self.assertFalse(verify_consistency(old.size, new.size, forged, new.root, between))

    def test_a_bundle_is_checked_without_sangyu(self):
        person = self.register()
        asked = inspection_pb2.GetBundleRequest(
            subject=inspection_pb2.Subject(person=person.id),
            without_pdf=True,
            position=person.position,
        )
        parts = list(self.inspection.GetBundle(asked, metadata=ACTOR, timeout=TIMEOUT))
        summary, chunks = parts[0].summary, [part.chunk for part in parts[1:]]
        bundle = zipfile.ZipFile(io.BytesIO(b"".join(chunks)))
        manifest, seal = bundle.read("manifest.json"), bundle.read("signature.txt").decode()
        self.assertIn(f"manifest {hashlib.sha256(manifest).hexdigest()}\n", seal)
        listed = json.loads(manifest)["files"]
        for file in listed:
            found = hashlib.sha256(bundle.read(file["name"])).hexdigest()
            self.assertEqual(found, file["sha256"], file["name"])
        names = {file["name"] for file in listed} | {"manifest.json", "signature.txt"}
        self.assertEqual(set(bundle.namelist()), names)

        lines = bundle.read("events.jsonl").decode().splitlines()
        self.assertEqual(len(lines), summary.events)
        proofs = sorted(
            (self.parts(bundle.read(name).decode()) for name in names if name.startswith("proofs/")),
            key=lambda proof: proof[1],
        )
        for line, (leaf, index, hashes, note) in zip(lines, proofs, strict=True):
            checkpoint = self.checked(note)
            self.assertTrue(
                verify_leaf_inclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)
            )
            # The leaf is that of this line: it holds the hashes of what was stored.
            said, event = json.loads(leaf), json.loads(line)
            self.assertEqual((said["id"], said["stream"]), (event["id"], event["stream"]))
            metadata, _, data = line.partition('"metadata":')[2].partition(',"data":')
            for part, stored in (("metadata", metadata), ("data", data.removesuffix("}"))):
                self.assertEqual(hashlib.sha256(stored.encode()).hexdigest(), said[part])
        state = bundle.read("state.json")
        self.assertEqual(hashlib.sha256(state).hexdigest(), summary.state)
        self.assertIn("钱学芳", bundle.read("report.html").decode())

    def test_the_tiles_are_the_tree(self):
        self.prove(self.register())
        note = self.call(self.ledger.GetCheckpoint, pb.GetCheckpointRequest()).note
        checkpoint = self.checked(note)
        self.assertEqual(tree_root_from_tiles(Tiles(self), checkpoint.size), checkpoint.root)

    def test_a_witness_cosigns(self):
        self.prove(self.register())
        text = self.call(self.ledger.GetCheckpoint, pb.GetCheckpointRequest()).note
        note, checkpoint = parse_note(text), self.checked(text)
        now = int(time.time())
        _, line = sign_cosignature(
            witness.KEY, witness.NAME, now, checkpoint.origin, checkpoint.size, checkpoint.root
        )
        cosigned = Note(text=note.text, signatures=(*note.signatures, line))
        asked = pb.CosignRequest(note=cosigned.to_bytes().decode())
        kept = self.call(self.ledger.Cosign, asked).cosigned
        self.assertEqual([by.witness for by in kept.by], [witness.NAME])
        result = verify_checkpoint(parse_note(kept.note), self.key(), [witness.VKEY], quorum=1)
        self.assertTrue(result.ok, result.error)

        listed = self.call(self.ledger.ListCosigned, pb.ListCosignedRequest()).items
        self.assertIn(checkpoint.size, [item.size for item in listed])
        refused = self.refused(self.ledger.Cosign, pb.CosignRequest(note=text))
        self.assertEqual(refused.code(), grpc.StatusCode.INVALID_ARGUMENT)


if __name__ == "__main__":
    main()
