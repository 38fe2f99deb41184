use calendar::When;

rejections! {
    /// Why a command on a medal is refused.
    pub enum MedalRejection {
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The record was decided to be a duplicate of another.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// A medal is not replaced after death.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// Only after a death is there something to decide.
        PersonLiving = "person_living",
            "no death is recorded for the person: record the death first",
            "此人未登记去世，请先登记去世";
        /// It would lie after today.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// Standing is too short by 1 July of that year, or there was no medal then.
        NotYetEligible { first_year: i16 } = "medal_not_yet_eligible",
            "the person can be given the medal from {first_year} on: nominate them for that year",
            "此人最早可在 {first_year} 年获颁纪念章，请在该年度推荐";
        /// Nominations are for this year or the next.
        YearTooLate { latest: i16 } = "medal_year_too_late",
            "nominations are taken up to the year {latest}: correct the year",
            "目前只受理至 {latest} 年度的推荐，请更正年度";
        /// The first day of standing is open.
        StandingDoubtful = "standing_doubtful",
            "the first day of Party standing is not settled: record it with the document that settles it",
            "党龄起算日期尚未确定，请先依据组织材料补录";
        /// No Party standing is recorded.
        NotAMember = "not_a_member",
            "no Party standing is recorded for the person: record it first",
            "此人无入党信息，请先登记入党和转正时间";
        /// The medal is for those who live on 1 July.
        DiedBeforeCutOff = "died_before_cut_off",
            "the person died on 1 July of that year or before, and the medal is for the living: decline the nomination; if the death was recorded in error, withdraw it first",
            "此人在当年7月1日（含）前去世，不符合颁发条件，请终止推荐；如去世登记有误，请先撤销该登记";
        /// One live award per person.
        AlreadyLive { year: i16 } = "medal_already_live",
            "the person is already put forward for the medal of {year}, or holds it: there is one for each person",
            "此人已被推荐或已获颁 {year} 年度纪念章，每人只颁发一枚";
        /// Nobody put the person forward, or the nomination was declined.
        NotNominated = "medal_not_nominated",
            "the person is not put forward for the medal: nominate them first",
            "此人尚未被推荐，请先推荐";
        /// The branch has attested in other words.
        AlreadyAttested = "medal_already_attested",
            "the branch has already attested: go on with the approval, or decline and nominate anew",
            "支部已完成审核，请继续审批，或终止后重新推荐";
        /// Approval needs the branch's attestation.
        NotAttested = "medal_not_attested",
            "the branch has not attested the person's record: have it attested first",
            "支部尚未审核，请先完成支部审核";
        /// Whoever attested cannot approve.
        ApproverIsAttester = "approver_is_attester",
            "whoever attested for the branch cannot approve: let someone else approve",
            "支部审核人不得审批，请由他人审批";
        /// It was approved by another document.
        AlreadyApproved = "medal_already_approved",
            "the medal is already approved: go on with the award, or decline and nominate anew",
            "纪念章已审批，请继续颁发，或终止后重新推荐";
        /// Only what is approved is awarded.
        NotApproved = "medal_not_approved",
            "the medal is not approved: have it approved first",
            "纪念章尚未审批，请先审批";
        /// It has been made over for presentation.
        AlreadyAwarded = "medal_already_awarded",
            "the medal is already awarded: present it, or revoke it",
            "纪念章已颁发，请继续送达，或办理收回";
        /// It has not been made over for presentation.
        NotAwarded = "medal_not_awarded",
            "the medal is not awarded: award it first; before the award a nomination is declined, not revoked",
            "纪念章尚未颁发，请先颁发；颁发前如需终止，请办理不予通过";
        /// It was handed over on another day or by someone else.
        AlreadyPresented = "medal_already_presented",
            "the medal is already handed over: read the record again",
            "纪念章已送达，请重新查询档案";
        /// It has not been handed over.
        NotPresented = "medal_not_presented",
            "the medal has not been handed over: present it first",
            "纪念章尚未送达，请先送达";
        /// The person died before it was handed over.
        DecisionNeeded = "decision_needed",
            "the person died before the medal was handed over: decide first whether the family receives it",
            "此人在纪念章送达前去世，请先决定由家属代领或不再颁发";
        /// It was decided to withhold it.
        Withheld = "medal_withheld",
            "it was decided after the person's death to withhold the medal: decide again before going on",
            "已决定不再颁发该纪念章，如需继续请先重新决定";
        /// It was taken back for good.
        Revoked = "medal_revoked",
            "the medal was revoked, and a revocation is final",
            "纪念章已被收回，不再办理";
    }
}
