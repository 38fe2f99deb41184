use calendar::{Date, When};

use crate::Fen;

rejections! {
    /// Why a command on a hardship case is refused.
    pub enum HardshipRejection {
        /// It would be recorded before it happened.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The record was decided to be a duplicate of another.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// Aid to a person ends with their death; only their survivors can be aided.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// One case of a person on one ground is open at most.
        AlreadyOpen = "hardship_already_open",
            "a case of this person on this ground is already open: go on with it, or close it first",
            "此人同一困难原因已有未结案件，请在该案件中办理，或先结案";
        /// There is no case to go on with.
        NotOpened = "hardship_not_opened",
            "no case of this person on this ground was ever opened: open one first",
            "此人未因该困难原因立案，请先立案";
        /// The case is closed.
        Closed = "hardship_closed",
            "the case is closed: reopen it with a reason, or open the next one",
            "案件已结案，请说明理由重新启动，或另立新案";
        /// A decision needs an assessment before it.
        NotAssessed = "hardship_not_assessed",
            "the case has not been assessed: assess it before deciding on aid",
            "案件尚未评估，请先评估再审批";
        /// Aid was approved and stands.
        AlreadyApproved = "hardship_already_approved",
            "aid has been approved and the decision stands: for more aid close this case and open the next one",
            "该案件已审批通过，决定不再更改；如需追加，请结案后另立新案";
        /// Aid was declined.
        AlreadyDeclined = "hardship_already_declined",
            "aid was declined: assess the case again before a new decision",
            "该案件审批未通过，请重新评估后再审批";
        /// The money that was reserved for it went back to the fund.
        ApprovalLapsed = "approval_lapsed",
            "this approval came to nothing and its money went back to the fund: approve again by a new request",
            "该笔审批未能完成，额度已退回资金，请以新的请求重新审批";
        /// Aid is paid on or after the day it was approved.
        PaidBeforeApproval { approved_on: Date } = "paid_before_approval",
            "aid was approved on {approved_on} and cannot be paid before: correct the day of payment",
            "帮扶于 {approved_on} 批准，发放日期不得早于该日，请更正发放日期";
        /// A survivor is aided in a case on the ground of survivors.
        RecipientNotOnThisGround = "recipient_not_on_this_ground",
            "only a case on the ground of survivors has another recipient than the person: leave the recipient out, or choose that ground",
            "只有“遗属”案件可以另列受助人，请去掉受助人，或选择“遗属”原因";
        /// The recipient is no registered survivor of the person.
        NotASurvivor = "not_a_registered_survivor",
            "the recipient is not registered as a survivor of this person: record the death and the survivor first",
            "受助人未登记为此人的遗属，请先登记去世和遗属";
        /// Whoever assessed cannot decide.
        ApproverIsAssessor = "approver_is_assessor",
            "whoever assessed a case cannot decide on it: let someone else approve or decline",
            "评估人不得审批本案，请由他人审批";
        /// Whoever assessed cannot pay.
        PayerIsAssessor = "payer_is_assessor",
            "whoever assessed a case cannot pay it: let someone else disburse",
            "评估人不得发放本案款项，请由他人发放";
        /// Whoever approved cannot pay.
        PayerIsApprover = "payer_is_approver",
            "whoever approved a case cannot pay it: let someone else disburse",
            "审批人不得发放本案款项，请由他人发放";
        /// Money is paid only on approval.
        NotApproved = "hardship_not_approved",
            "no aid has been approved in this case: have it approved before paying",
            "案件尚未审批通过，请先审批再发放";
        /// An amount must be more than nothing.
        AmountZero = "amount_zero",
            "the amount is zero: enter what is approved or paid, or decline",
            "金额为零，请填写批准或发放的金额，不予救助的请选择不通过";
        /// More than is left of what was approved.
        OverApproved { left: Fen } = "over_approved",
            "only {left} yuan are left of what was approved: pay no more than that",
            "已批准金额仅余 {left} 元，发放金额不得超出";
        /// The list of recipients is paid from another fund.
        ApprovedFromAnotherFund = "approved_from_another_fund",
            "aid was not approved from the fund of this list: put the case on a list of its own fund, or pay it by itself",
            "该案件不是从本名单的资金批准的，请列入其资金的名单，或单独发放";
        /// A line is paid once.
        LinePaid = "payment_line_paid",
            "this line of the list is paid already: reverse that payment first if it was made in error",
            "名单中的该行已发放；如发放有误，请先冲销";
        /// A struck line is not paid.
        LineStruck = "payment_line_struck",
            "this line was struck from the list: put the case on another list, or pay it by itself",
            "该行已从名单中划去，请列入其他名单，或单独发放";
        /// The voucher stands for another payment.
        VoucherReused = "voucher_reused",
            "this voucher number already stands for another payment: check the number, or reverse that payment",
            "该凭证号已用于另一笔发放，请核对凭证号，或先冲销原发放";
        /// The voucher's payment was undone.
        PaymentReversed = "payment_reversed",
            "the payment of this voucher was reversed: pay under a new voucher number",
            "该凭证号的发放已冲销，请使用新的凭证号发放";
        /// No payment has this voucher.
        NoSuchPayment = "no_such_payment",
            "no payment of this person on this ground has this voucher number: check the number",
            "此人该困难原因下没有此凭证号的发放，请核对凭证号";
    }
}
