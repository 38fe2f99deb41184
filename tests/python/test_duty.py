"""Nobody is forgotten: what another department records raises a duty, and a visit closes it.

    SANGYU_SERVER=127.0.0.1:7300 python tests/python/test_duty.py
"""

import time

from client import TIMEOUT, Case, actor, code, main, request_id
from sangyu.v1 import (
    cadre_pb2,
    cadre_service_pb2,
    cadre_service_pb2_grpc,
    duty_pb2,
    duty_service_pb2 as service,
    duty_service_pb2_grpc,
    health_pb2,
    health_service_pb2,
    health_service_pb2_grpc,
    visit_pb2,
    visit_service_pb2,
    visit_service_pb2_grpc,
)

CLERK = actor("wang.fang", "王芳", "老干部局")
HEAD = actor("liu.yang", "刘洋", "老干部局", "head")


class Duties(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cadres = cadre_service_pb2_grpc.CadreServiceStub(cls.channel)
        cls.health = health_service_pb2_grpc.HealthServiceStub(cls.channel)
        cls.visits = visit_service_pb2_grpc.VisitServiceStub(cls.channel)
        cls.duties = duty_service_pb2_grpc.DutyServiceStub(cls.channel)

    def admitted(self):
        """Someone in hospital, as the bureau has known since 2 March 2026."""
        asked = cadre_service_pb2.RegisterCadreRequest(
            request_id=request_id(),
            unit="老干部局",
            retirement=cadre_pb2.Retirement(tuixiu=cadre_pb2.Tuixiu()),
            profile=cadre_pb2.Profile(name="钱学芳"),
        )
        person = self.call(self.cadres.RegisterCadre, asked, CLERK).answer.id
        admission = health_service_pb2.RecordAdmissionRequest(
            request_id=request_id(),
            person=person,
            bed=health_pb2.Bed(hospital="市立医院"),
            admitted=health_pb2.Learnt(happened="2026-03-01", known="2026-03-02"),
        )
        self.call(self.health.RecordAdmission, admission, CLERK)
        return person

    def until(self, person, holds):
        """The duty to visit this person in hospital, once this holds of it. The server raises and
        closes duties by itself, within moments."""
        asked = service.ListDutiesOfPersonRequest(person=person)
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            found = self.call(self.duties.ListDutiesOfPerson, asked, CLERK).items
            for duty in found:
                if duty.rule == "hospital_visit" and holds(duty):
                    return duty
            time.sleep(0.1)
        raise AssertionError("it never came to that")

    def test_an_admission_raises_a_duty_and_a_visit_closes_it(self):
        person = self.admitted()
        duty = self.until(person, lambda _: True)
        self.assertEqual((duty.name, duty.due_rolled), ("住院必访", "2026-03-05"))

        visit = visit_pb2.Visit(
            person=person,
            visited="2026-03-04",
            visitors=[visit_pb2.Visitor(name="王芳")],
            mode=visit_pb2.MODE_HOSPITAL,
            purpose=visit_pb2.Purpose(kind=visit_pb2.PURPOSE_KIND_HOSPITALISATION),
        )
        asked = visit_service_pb2.RecordVisitRequest(request_id=request_id(), visit=visit)
        visited = self.call(self.visits.RecordVisit, asked, CLERK).answer.id
        done = self.until(person, lambda duty: duty.state == duty_pb2.DUTY_STATE_FULFILLED)
        self.assertEqual(done.done_on, "2026-03-04")
        asked = service.GetDutyRequest(duty=done.duty)
        self.assertEqual(self.call(self.duties.GetDuty, asked, CLERK).done_by, visited)

    def test_a_waiver_needs_somebody_else(self):
        duty = self.until(self.admitted(), lambda _: True).duty
        asked = service.RequestDutyWaiverRequest(
            request_id=request_id(), id=duty, reason="家属谢绝探视"
        )
        asked_at = self.call(self.duties.RequestDutyWaiver, asked, CLERK).answer.position
        digest = service.GetDutyDigestRequest(unit="老干部局", position=asked_at)
        to_decide = self.call(self.duties.GetDutyDigest, digest, HEAD).to_decide
        self.assertIn(duty, [row.duty for row in to_decide.items])

        approval = service.ApproveDutyWaiverRequest(request_id=request_id(), id=duty)
        refused = self.refused(self.duties.ApproveDutyWaiver, approval, CLERK)
        self.assertEqual(code(refused), "waiver_approver_is_requester")
        approval.request_id = request_id()
        position = self.call(self.duties.ApproveDutyWaiver, approval, HEAD).answer.position
        asked = service.GetDutyRequest(duty=duty, position=position)
        row = self.call(self.duties.GetDuty, asked, CLERK).row
        self.assertEqual(row.state, duty_pb2.DUTY_STATE_WAIVED)


if __name__ == "__main__":
    main()
