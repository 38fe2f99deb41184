"""Another department's program, in another language: generates its client from proto/ and calls a
running server.

    pip install -r tests/python/requirements.txt
    sangyu serve --listen 127.0.0.1:7300
    SANGYU_SERVER=127.0.0.1:7300 python tests/python/test_client.py
"""

import uuid

import grpc
from client import ACTOR, TIMEOUT, Case, details, main, request_id
from google.rpc import error_details_pb2
from sangyu.v1 import (
    cadre_pb2,
    cadre_service_pb2,
    cadre_service_pb2_grpc,
    calendar_service_pb2,
    calendar_service_pb2_grpc,
    common_pb2,
    import_service_pb2,
    import_service_pb2_grpc,
    register_service_pb2,
    register_service_pb2_grpc,
    visit_pb2,
    visit_service_pb2,
    visit_service_pb2_grpc,
)


class Client(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadres = cadre_service_pb2_grpc.CadreServiceStub(cls.channel)
        cls.visits = visit_service_pb2_grpc.VisitServiceStub(cls.channel)
        cls.register = register_service_pb2_grpc.RegisterServiceStub(cls.channel)
        cls.calendar = calendar_service_pb2_grpc.CalendarServiceStub(cls.channel)
        cls.imports = import_service_pb2_grpc.ImportServiceStub(cls.channel)

    def new_person(self, name="钱学芳", request=None):
        asked = cadre_service_pb2.RegisterCadreRequest(
            request_id=request or request_id(),
            unit="市老干部局",
            retirement=cadre_pb2.Retirement(tuixiu=cadre_pb2.Tuixiu()),
            profile=cadre_pb2.Profile(name=name, sex=cadre_pb2.SEX_FEMALE),
        )
        return self.call(self.cadres.RegisterCadre, asked).answer

    def test_a_visit_is_recorded_and_read_back(self):
        person = self.new_person()
        visit = visit_pb2.Visit(
            person=person.id,
            visited="2026-02-16",
            visitors=[visit_pb2.Visitor(name="赵敏", unit="市民政局")],
            mode=visit_pb2.MODE_HOME,
            purpose=visit_pb2.Purpose(kind=visit_pb2.PURPOSE_KIND_SPRING_FESTIVAL),
            money=50_000,
            findings="身体硬朗",
        )
        asked = visit_service_pb2.RecordVisitRequest(request_id=request_id(), visit=visit)
        recorded = self.call(self.visits.RecordVisit, asked).answer
        self.assertEqual(recorded.outcome, common_pb2.OUTCOME_RECORDED)

        asked = register_service_pb2.GetHistoryRequest(
            person=person.id, position=recorded.position
        )
        history = self.call(self.register.GetHistory, asked)
        events = [entry.event for entry in history.items]
        self.assertCountEqual(events, ["visit.recorded", "cadre.registered"])
        visit = next(entry for entry in history.items if entry.event == "visit.recorded")
        self.assertEqual(visit.occurred, "2026-02-16")
        self.assertEqual(visit.recorded, recorded.recorded)
        self.assertEqual((visit.actor.name, visit.actor.unit), ("赵敏", "市民政局"))

    def test_the_same_request_again_gets_the_first_answer(self):
        request = request_id()
        first = self.new_person(request=request)
        again = self.new_person(request=request)
        self.assertEqual(again.outcome, common_pb2.OUTCOME_REPEATED)
        self.assertEqual((again.id, again.revision), (first.id, first.revision))
        self.assertEqual(again.recorded, first.recorded)

    def test_a_list_is_read_page_by_page(self):
        name = "分页" + "".join(chr(0x4E00 + byte) for byte in uuid.uuid4().bytes[:3])
        for _ in range(3):
            position = self.new_person(name).position
        asked = register_service_pb2.FindPeopleRequest(q=name, page_size=2, position=position)
        found = []
        while True:
            page = self.call(self.register.FindPeople, asked)
            found += [row.person for row in page.items]
            if not page.next_page_token:
                break
            asked.page_token = page.next_page_token
        self.assertEqual(len(set(found)), 3)

    def test_every_fault_is_told_at_once(self):
        asked = visit_service_pb2.RecordVisitRequest(
            request_id="7", visit=visit_pb2.Visit(person="nobody", visited="昨天")
        )
        error = self.refused(self.visits.RecordVisit, asked)
        self.assertEqual(error.code(), grpc.StatusCode.INVALID_ARGUMENT)
        [bad] = details(error, error_details_pb2.BadRequest)
        self.assertEqual(
            [fault.field for fault in bad.field_violations],
            [
                "request_id",
                "visit.person",
                "visit.visited",
                "visit.visitors",
                "visit.mode",
                "visit.purpose",
            ],
        )
        locales = {text.locale for text in details(error, error_details_pb2.LocalizedMessage)}
        self.assertEqual(locales, {"en", "zh-CN"})

    def test_who_has_read_an_older_revision_is_told_so(self):
        person = self.new_person()
        asked = cadre_service_pb2.RecordDeathRequest(
            request_id=request_id(),
            expected_revision=person.revision + 4,
            id=person.id,
            died_on="2026-01-01",
        )
        error = self.refused(self.cadres.RecordDeath, asked)
        self.assertEqual(error.code(), grpc.StatusCode.ABORTED)
        [info] = details(error, error_details_pb2.ErrorInfo)
        self.assertEqual((info.domain, info.reason), ("sangyu", "conflict"))
        self.assertEqual(info.metadata["actual_revision"], str(person.revision))

    def test_a_call_says_who_acts(self):
        asked = register_service_pb2.GetCountsRequest()
        error = self.refused(self.register.GetCounts, asked, metadata=ACTOR[1:])
        self.assertEqual(error.code(), grpc.StatusCode.UNAUTHENTICATED)
        [info] = details(error, error_details_pb2.ErrorInfo)
        self.assertEqual(info.metadata["header"], "sangyu-actor-id")

    def test_a_person_not_in_the_register_is_not_found(self):
        asked = register_service_pb2.GetPersonRequest(person=request_id())
        error = self.refused(self.register.GetPerson, asked)
        self.assertEqual(error.code(), grpc.StatusCode.NOT_FOUND)

    def test_an_import_is_rehearsed_and_gives_bad_rows_back(self):
        file = "姓名,性别,身份证号,出生日期\n孙兰英,女,,1950-03-01\n李国强,男,123,1948-01-02\n"

        def parts():
            header = import_service_pb2.ImportHeader(
                request_id=request_id(),
                kind=import_service_pb2.IMPORT_KIND_ROSTER,
                file_name="花名册.csv",
                dry_run=True,
                want_rejects=True,
            )
            yield import_service_pb2.ImportRequest(header=header)
            yield import_service_pb2.ImportRequest(chunk=file.encode())

        answers = list(self.imports.Import(parts(), metadata=ACTOR, timeout=TIMEOUT))
        [report] = [part.report for part in answers if part.HasField("report")]
        self.assertEqual(report.rows, 2)
        self.assertIn(3, [fault.row for fault in report.rejected])
        workbook = b"".join(part.rejects_chunk for part in answers)
        self.assertTrue(workbook.startswith(b"PK"))

    def test_a_deadline_explains_itself(self):
        asked = calendar_service_pb2.GetDeadlineRequest(
            start="2025-01-22", term=calendar_service_pb2.Term(working_days=5)
        )
        due = self.call(self.calendar.GetDeadline, asked)
        self.assertEqual(due.rolled, "2025-02-05")
        self.assertTrue(due.skipped)


if __name__ == "__main__":
    main()
