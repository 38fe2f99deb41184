use calendar::{Date, When};

use super::RuleId;

rejections! {
    /// Why a command on a duty is refused.
    pub enum DutyRejection {
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// There is no such duty.
        NotOpened = "duty_not_opened",
            "there is no such duty: read the work list again",
            "没有该责任事项，请重新查询工作清单";
        /// The rules of the day know no such duty for this trigger.
        NoSuchRule { rule: RuleId, on: Date } = "duty_rule_missing",
            "the rules of {on} have no duty {rule} for this trigger: add it to the rule profile of that day",
            "{on} 适用的规则中没有与此对应的责任事项 {rule}，请在当日规则中补充";
        /// It is done, waived or cancelled.
        AlreadyClosed = "duty_closed",
            "the duty is fulfilled, waived or cancelled already: read the work list again",
            "该责任事项已完成、免除或取消，请重新查询工作清单";
        /// What was done does not match the rule.
        DoesNotMatch = "visit_does_not_match",
            "what was done does not match the rule of this duty: record a visit of the purpose and mode it asks for",
            "所办事项与该责任事项的规则不符，请按规则要求的事由和方式走访并登记";
        /// It lies before the trigger.
        BeforeTrigger { on: Date } = "before_trigger",
            "only what is done on {on} or later counts for this duty: record a later visit",
            "只有 {on} 及以后的走访才能完成该责任事项，请另行走访";
        /// It would lie after now.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// It was not closed by anything that could be withdrawn.
        NotFulfilled = "duty_not_fulfilled",
            "the duty was not fulfilled: read the work list again",
            "该责任事项尚未完成，请重新查询工作清单";
        /// Someone asked already, for another reason.
        WaiverPending = "waiver_pending",
            "a waiver of this duty awaits its approval: wait for the answer",
            "该责任事项的免除申请正在审批，请等待答复";
        /// Nobody asked.
        NoWaiverPending = "no_waiver_pending",
            "no waiver of this duty awaits an answer: request it first",
            "没有待审批的免除申请，请先提出申请";
        /// Whoever asks does not decide.
        ApproverIsRequester = "waiver_approver_is_requester",
            "who asked for the waiver does not decide on it: let someone else decide",
            "免除申请人不得自行审批，请由他人审批";
        /// The last day would lie after year 9999.
        TermTooLong = "term_too_long",
            "a time limit of the rule profile ends after the year 9999: correct the profile",
            "规则中的期限超出9999年，请更正规则文件";
    }
}
