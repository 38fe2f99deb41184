"""Petitions as other departments work on them: one from its letter to its final review, refused at
each wrong turn, and some that end otherwise.

    SANGYU_SERVER=127.0.0.1:7300 python tests/python/test_petition.py
"""

import grpc
from client import Case, actor, code, details, main, request_id
from google.rpc import error_details_pb2
from sangyu.v1 import (
    common_pb2,
    petition_commands_pb2 as commands,
    petition_pb2,
    petition_procedure_pb2 as procedure,
    petition_service_pb2 as service,
    petition_service_pb2_grpc,
)

CLERK = actor("zhou.lan", "周岚", "老干部局")
HANDLER = actor("wang.fang", "王芳", "服务科")
HEAD = actor("liu.yang", "刘洋", "服务科", "head")
CITY = actor("he.jing", "何静", "市信访局")
PROVINCE = actor("tang.bo", "唐博", "省信访局")

REVIEW, FINAL = procedure.REVIEW_LEVEL_REVIEW, procedure.REVIEW_LEVEL_FINAL_REVIEW
INVESTIGATION = procedure.CATEGORY_DEMAND_INVESTIGATION


def letter(received="2025-03-03", **fields):
    """A petition as the post brings it."""
    given = {
        "channel": petition_pb2.CHANNEL_LETTER,
        "petitioner": petition_pb2.Petitioner(name="钱学芳"),
        "subject": "请求补发取暖补贴",
        "text": "2023年冬季取暖补贴至今未发，请核实补发。",
        "received": received,
    }
    return petition_pb2.Petition(**{**given, **fields})


def posted(day, means=procedure.MEANS_POST):
    return procedure.Delivery(means=means, delivered=day, received_by="钱学芳")


def told(day, **content):
    return procedure.Notice(means=procedure.MEANS_PHONE, told=day, **content)


def look(level, reviewer, received):
    return procedure.ReviewRequest(
        level=level, reviewer=reviewer, reasons="补贴标准认定有误。", received=received
    )


def decided(level, day):
    return procedure.ReviewDecision(
        level=level, result=procedure.REVIEW_RESULT_UPHELD, text="维持原处理意见。", decided=day
    )


class Petitions(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stub = petition_service_pb2_grpc.PetitionServiceStub(cls.channel)

    def request(self, name, **fields):
        kind = getattr(service, f"{name}Request", None) or getattr(commands, f"{name}Request")
        return kind(request_id=request_id(), **fields)

    def ask(self, who, name, **fields):
        """Something is recorded."""
        answer = self.call(getattr(self.stub, name), self.request(name, **fields), who).answer
        self.assertEqual(answer.outcome, common_pb2.OUTCOME_RECORDED)
        return answer

    def forbidden(self, who, name, **fields):
        """A rule forbids it; the code says which."""
        error = self.refused(getattr(self.stub, name), self.request(name, **fields), who)
        self.assertEqual(error.code(), grpc.StatusCode.FAILED_PRECONDITION)
        return code(error)

    def registered(self, petition=None, **fields):
        return self.ask(
            CLERK, "RegisterPetition", petition=petition or letter(), **fields
        ).id

    def stage(self, position, petition):
        asked = service.GetPetitionRequest(petition=petition, position=position)
        return self.call(self.stub.GetPetition, asked, CLERK).row.stage

    def test_a_petition_from_its_letter_to_its_final_review(self):
        id = self.registered(category=INVESTIGATION)
        # 告知、受理、交办.
        ours = told("2025-03-06", plain=procedure.PLAIN_NOTICE_OURS)
        self.ask(CLERK, "NotifyPetitioner", id=id, notice=ours)
        early = self.forbidden(CLERK, "AcceptPetition", id=id, accepted="2025-03-01")
        self.assertEqual(early, "accepted_before_received")
        self.ask(CLERK, "AcceptPetition", id=id, accepted="2025-03-10")
        alone = procedure.Assignment(lead="服务科", handler="wang.fang", head="wang.fang")
        why = self.forbidden(CLERK, "AssignPetition", id=id, assignment=alone)
        self.assertEqual(why, "handler_is_head")
        given = procedure.Assignment(
            lead="服务科", supporting=["办公室"], handler="wang.fang", head="liu.yang"
        )
        self.ask(CLERK, "AssignPetition", id=id, assignment=given)
        self.ask(HANDLER, "NoteFinding", id=id, on="2025-03-20", text="已向原单位调取发放清册。")

        # 延期: the 60 days of R34 end on 2025-05-09.
        def longer(days, approved="2025-05-06"):
            return {
                "id": id,
                "days": days,
                "reasons": "原单位改制，账册须向档案馆调取。",
                "approved": approved,
                "told": "2025-05-07",
            }

        why = self.forbidden(HANDLER, "ExtendHandling", **longer(20))
        self.assertEqual(why, "approver_is_handler")
        why = self.forbidden(CITY, "ExtendHandling", **longer(20))
        self.assertEqual(why, "approver_is_not_head")
        why = self.forbidden(HEAD, "ExtendHandling", **longer(31))
        self.assertEqual(why, "extension_too_long")
        why = self.forbidden(HEAD, "ExtendHandling", **longer(20, approved="2025-05-12"))
        self.assertEqual(why, "extension_too_late")
        self.ask(HEAD, "ExtendHandling", **longer(20))
        why = self.forbidden(HEAD, "ExtendHandling", **longer(11))
        self.assertEqual(why, "extension_too_long")

        # 处理意见书, 送达: no rating, no review and no close before the opinion is delivered.
        why = self.forbidden(HANDLER, "DeliverDocument", id=id, delivery=posted("2025-05-28"))
        self.assertEqual(why, "nothing_to_deliver")
        opinion = procedure.Opinion(
            claim="补发2023年冬季取暖补贴。",
            facts_and_reasons="发放清册载明已按季发放，信访人账户有入账记录。",
            decision="已足额发放，不再补发。",
            legal_basis="《信访工作条例》第三十二条",
            outcome=procedure.OPINION_OUTCOME_EXPLAINED,
        )
        self.ask(HANDLER, "IssueOpinion", id=id, opinion=opinion, issued="2025-05-26")
        why = self.forbidden(
            HANDLER, "RateHandling", id=id, rating=procedure.RATING_DISSATISFIED
        )
        self.assertEqual(why, "reply_missing")
        why = self.forbidden(CLERK, "ClosePetition", id=id)
        self.assertEqual(why, "reply_missing")
        request = look(REVIEW, "市信访局", "2025-06-10")
        why = self.forbidden(CITY, "RequestReview", id=id, request=request)
        self.assertEqual(why, "reply_missing")
        why = self.forbidden(HANDLER, "DeliverDocument", id=id, delivery=posted("2025-05-20"))
        self.assertEqual(why, "delivered_before_issued")
        self.ask(HANDLER, "DeliverDocument", id=id, delivery=posted("2025-05-28"))
        self.ask(HANDLER, "RateHandling", id=id, rating=procedure.RATING_DISSATISFIED)
        why = self.forbidden(HANDLER, "RateHandling", id=id, rating=procedure.RATING_SATISFIED)
        self.assertEqual(why, "already_rated")
        closed = self.ask(CLERK, "ClosePetition", id=id)
        self.assertEqual(
            self.stage(closed.position, id), petition_pb2.PETITION_STAGE_CLOSED
        )

        # 复查: within 30 days of the delivery, by a unit that has not decided.
        late = look(REVIEW, "市信访局", "2025-07-01")
        why = self.forbidden(CITY, "RequestReview", id=id, request=late)
        self.assertEqual(why, "review_window_over")
        self_review = look(REVIEW, "服务科", "2025-06-10")
        why = self.forbidden(CITY, "RequestReview", id=id, request=self_review)
        self.assertEqual(why, "reviewer_decided_before")
        skipping = look(FINAL, "省信访局", "2025-06-10")
        why = self.forbidden(PROVINCE, "RequestReview", id=id, request=skipping)
        self.assertEqual(why, "no_review_yet")
        asked = self.ask(CITY, "RequestReview", id=id, request=request)
        self.assertEqual(
            self.stage(asked.position, id), petition_pb2.PETITION_STAGE_UNDER_REVIEW
        )
        why = self.forbidden(CLERK, "ClosePetition", id=id)
        self.assertEqual(why, "review_pending")
        self.ask(CITY, "DecideReview", id=id, decision=decided(REVIEW, "2025-07-08"))
        self.ask(CITY, "DeliverDocument", id=id, delivery=posted("2025-07-10"))

        # 复核, with a hearing whose days do not count; its decision ends the matter.
        self.assertEqual(
            self.forbidden(
                PROVINCE, "RequestReview", id=id, request=look(FINAL, "市信访局", "2025-07-21")
            ),
            "reviewer_decided_before",
        )
        last = look(FINAL, "省信访局", "2025-07-21")
        self.ask(PROVINCE, "RequestReview", id=id, request=last)
        self.ask(PROVINCE, "OpenHearing", id=id, on="2025-08-04")
        final = decided(FINAL, "2025-08-20")
        why = self.forbidden(PROVINCE, "DecideReview", id=id, decision=final)
        self.assertEqual(why, "hearing_goes_on")
        self.ask(PROVINCE, "HoldHearing", id=id, on="2025-08-06", record="听证笔录。")
        self.ask(PROVINCE, "DecideReview", id=id, decision=final)
        self.ask(PROVINCE, "DeliverDocument", id=id, delivery=posted("2025-08-22"))
        once_more = look(FINAL, "国家信访局", "2025-09-01")
        why = self.forbidden(PROVINCE, "RequestReview", id=id, request=once_more)
        self.assertEqual(why, "finally_decided")
        self.ask(CLERK, "ClosePetition", id=id)

        self.the_same_matter_is_not_taken_up_again(id)

    def the_same_matter_is_not_taken_up_again(self, reviewed):
        again, another = self.registered(letter("2025-10-09")), self.registered()
        why = self.forbidden(CLERK, "RefuseFinal", id=again, reviewed=another)
        self.assertEqual(why, "not_finally_reviewed")
        self.ask(CLERK, "RefuseFinal", id=again, reviewed=reviewed)
        why = self.forbidden(CLERK, "AcceptPetition", id=again, accepted="2025-10-13")
        self.assertEqual(why, "petition_not_taken_up")
        why = self.forbidden(CLERK, "ClosePetition", id=again)
        self.assertEqual(why, "exemption_missing")
        ground = procedure.EXEMPTION_GROUND_REFUSED_AS_FINAL
        why = self.forbidden(CLERK, "ClosePetition", id=again, exemption=ground)
        self.assertEqual(why, "petitioner_not_told")
        notice = told("2025-10-14", plain=procedure.PLAIN_NOTICE_NOT_TAKEN_UP)
        self.ask(CLERK, "NotifyPetitioner", id=again, notice=notice)
        self.ask(CLERK, "ClosePetition", id=again, exemption=ground)

    def test_a_joint_visit_sends_at_most_five_representatives(self):
        names = ["孙兰英", "李国强", "何志强", "郑美玲", "周文华", "吴桂香"]
        joint = procedure.Joint(representatives=names, co_signers=40)
        intake = procedure.Intake(joint=joint)
        visit = letter(channel=petition_pb2.CHANNEL_VISIT, intake=intake)
        why = self.forbidden(CLERK, "RegisterPetition", petition=visit)
        self.assertEqual(why, "too_many_representatives")
        self.registered(letter(intake=intake))

    def test_papers_transferred_in_go_back_only_when_the_sender_agrees(self):
        sender = procedure.TransferredIn(sender="市信访局", document="信转〔2025〕8号")
        intake = procedure.Intake(transferred_in=sender)
        id = self.registered(letter(intake=intake))
        why = self.forbidden(CLERK, "ReturnPetition", id=id, returned="2025-03-05")
        self.assertEqual(why, "return_not_agreed")
        reasons = "补贴由市人社局核发，不属本局职责。"
        why = self.forbidden(
            CLERK, "ObjectToPetition", id=id, reasons=reasons, raised="2025-03-11"
        )
        self.assertEqual(why, "objection_too_late")
        self.ask(CLERK, "ObjectToPetition", id=id, reasons=reasons, raised="2025-03-05")
        why = self.forbidden(CLERK, "AcceptPetition", id=id, accepted="2025-03-05")
        self.assertEqual(why, "objection_pending")
        self.ask(CITY, "SenderAgrees", id=id, agreed="2025-03-07")
        self.ask(CLERK, "ReturnPetition", id=id, returned="2025-03-07")
        ground = procedure.EXEMPTION_GROUND_RETURNED
        self.ask(CLERK, "ClosePetition", id=id, exemption=ground)

    def test_a_demand_for_another_procedure_is_routed_and_not_accepted(self):
        id = self.registered(category=procedure.CATEGORY_DEMAND_ARBITRATION)
        why = self.forbidden(CLERK, "AcceptPetition", id=id, accepted="2025-03-10")
        self.assertEqual(why, "track_diverted")
        self.ask(CLERK, "RouteOnward", id=id, to="市仲裁委", routed="2025-03-10")
        notice = told("2025-03-10", not_ours="向市仲裁委申请仲裁")
        self.ask(CLERK, "NotifyPetitioner", id=id, notice=notice)
        ground = procedure.EXEMPTION_GROUND_ROUTED_ONWARD
        self.ask(CLERK, "ClosePetition", id=id, exemption=ground)

    def test_a_supervised_petition_is_not_closed_without_feedback(self):
        id = self.registered()
        self.ask(CLERK, "AcceptPetition", id=id, accepted="2025-03-10")
        ground = procedure.SUPERVISION_GROUND_SHIRKING
        self.ask(CITY, "SupervisePetition", id=id, ground=ground, recommendation="限期答复。")
        self.ask(HANDLER, "ReplyToPetition", id=id, text="已补发。", delivered="2025-04-01")
        why = self.forbidden(CLERK, "ClosePetition", id=id)
        self.assertEqual(why, "feedback_missing")
        why = self.forbidden(HANDLER, "GiveFeedback", id=id, number=2, feedback="已整改。")
        self.assertEqual(why, "no_such_supervision")
        self.ask(HANDLER, "GiveFeedback", id=id, number=1, feedback="已整改。")
        self.ask(CLERK, "ClosePetition", id=id)

    def test_who_stood_back_does_not_act_any_more(self):
        id = self.registered()
        self.ask(CLERK, "RecuseStaff", id=id, staff="wang.fang", interest="系信访人亲属")
        why = self.forbidden(HANDLER, "AcceptPetition", id=id, accepted="2025-03-10")
        self.assertEqual(why, "actor_recused")

    def test_a_report_is_shown_to_the_unit_that_keeps_it_and_is_not_there_for_anybody_else(self):
        accused = procedure.AccusedPerson(name="王芳", staff="wang.fang")
        answer = self.ask(
            CLERK,
            "RegisterPetition",
            petition=letter(number="密2025-7", subject="反映王芳违纪"),
            category=procedure.CATEGORY_REPORT,
            accused=[procedure.Accused(person=accused)],
        )
        id, position = answer.id, answer.position
        search = service.ListPetitionsRequest(q="密2025-7", position=position)
        [found] = self.call(self.stub.ListPetitions, search, CLERK).items
        self.assertEqual(found.petition, id)
        for who in (CITY, HANDLER):
            for method, asked in (
                (self.stub.GetPetition, service.GetPetitionRequest),
                (self.stub.GetPetitionHistory, service.GetPetitionHistoryRequest),
            ):
                error = self.refused(method, asked(petition=id, position=position), who)
                self.assertEqual(error.code(), grpc.StatusCode.NOT_FOUND)
            self.assertFalse(self.call(self.stub.ListPetitions, search, who).items)
        finding = {"on": "2025-03-05", "text": "约谈。"}
        guessed = self.request("NoteFinding", id=id, expected_revision=answer.revision, **finding)
        error = self.refused(self.stub.NoteFinding, guessed, HANDLER)
        [info] = details(error, error_details_pb2.ErrorInfo)
        self.assertEqual((info.reason, "actual_revision" in info.metadata), ("conflict", False))
        why = self.forbidden(HANDLER, "NoteFinding", id=id, **finding)
        never = self.forbidden(HANDLER, "NoteFinding", id=request_id(), **finding)
        self.assertEqual((why, never), ("petition_not_registered", "petition_not_registered"))
        self.ask(CLERK, "NoteFinding", id=id, **finding)


if __name__ == "__main__":
    main()
