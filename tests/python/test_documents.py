"""Documents among a petition's papers: uploaded in parts, and downloaded as they were.

The store is a folder, or an S3-compatible store: `run.py` tests both.
"""

import hashlib
import unittest

import grpc

from client import ACTOR, TIMEOUT, Case, actor, code, main, request_id
from sangyu.v1 import (
    petition_documents_pb2 as documents,
    petition_pb2 as petition,
    petition_procedure_pb2 as procedure,
    petition_service_pb2 as service,
    petition_service_pb2_grpc,
)

CHUNK = 512 * 1024
# Larger than what travels to an S3-compatible store in one part.
SCAN = b"%PDF-1.7\n" + bytes(n % 251 for n in range(6_000_000))
OUTSIDER = actor("qian.li", "钱丽", "财务处")


class Documents(Case):
    def setUp(self):
        self.petitions = petition_service_pb2_grpc.PetitionServiceStub(self.channel)

    def registered(self, **more) -> str:
        asked = service.RegisterPetitionRequest(
            request_id=request_id(),
            petition=petition.Petition(
                channel=petition.CHANNEL_LETTER,
                petitioner=petition.Petitioner(name="钱学芳"),
                subject="请求补发取暖补贴",
                text="2023年冬季取暖补贴至今未发，请核实补发。",
                received="2025-03-03",
            ),
            **more,
        )
        return self.call(self.petitions.RegisterPetition, asked).answer.id

    def attach(self, petition_id: str, content: bytes, asked: str | None = None):
        def parts():
            header = documents.AttachDocumentHeader(
                request_id=asked or request_id(),
                id=petition_id,
                kind=documents.DOCUMENT_KIND_LETTER_SCAN,
                step=documents.DOCUMENT_STEP_INTAKE,
                file_name="钱学芳来信.pdf",
            )
            yield documents.AttachDocumentRequest(header=header)
            for at in range(0, len(content), CHUNK):
                yield documents.AttachDocumentRequest(chunk=content[at : at + CHUNK])

        return self.petitions.AttachDocument(parts(), metadata=ACTOR, timeout=TIMEOUT)

    def download(self, petition_id: str, sha256: str, position="", metadata=ACTOR):
        asked = documents.GetDocumentRequest(petition=petition_id, hash=sha256, position=position)
        answers = self.petitions.GetDocument(asked, metadata=metadata, timeout=TIMEOUT)
        first = next(answers).document
        return first, b"".join(answer.chunk for answer in answers)

    def test_a_scan_comes_back_as_it_was_sent(self):
        petition_id, asked = self.registered(), request_id()
        attached = self.attach(petition_id, SCAN, asked)
        self.assertEqual(attached.hash, hashlib.sha256(SCAN).hexdigest())
        document, content = self.download(petition_id, attached.hash, attached.answer.position)
        self.assertEqual(content, SCAN)
        self.assertEqual(document.media_type, "application/pdf")
        self.assertEqual(document.attached.name, "赵敏")
        again = self.attach(petition_id, SCAN, asked)
        self.assertEqual(again.answer.position, attached.answer.position)
        known = self.call(
            self.petitions.GetPetition, service.GetPetitionRequest(petition=petition_id)
        )
        self.assertEqual([d.hash for d in known.details.documents], [attached.hash])

    def test_a_withdrawn_document_stays_and_says_why(self):
        petition_id = self.registered()
        attached = self.attach(petition_id, SCAN[:1000])
        asked = documents.WithdrawDocumentRequest(
            request_id=request_id(), id=petition_id, hash=attached.hash, reason="误传"
        )
        position = self.call(self.petitions.WithdrawDocument, asked).answer.position
        document, content = self.download(petition_id, attached.hash, position)
        self.assertEqual(document.withdrawn.reason, "误传")
        self.assertEqual(content, SCAN[:1000])

    def test_what_is_no_scan_is_refused(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.attach(self.registered(), b"MZ\x90\x00" + SCAN)
        self.assertEqual(code(caught.exception), "attachment_type_refused")

    def test_an_outsider_finds_no_document_of_a_sealed_petition(self):
        accused = [procedure.Accused(unit="物业管理处")]
        petition_id = self.registered(accused=accused)
        attached = self.attach(petition_id, SCAN[:2000])
        self.download(petition_id, attached.hash, attached.answer.position)
        with self.assertRaises(grpc.RpcError) as caught:
            self.download(petition_id, attached.hash, metadata=OUTSIDER)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)


if __name__ == "__main__":
    main()
