use calendar::{Date, When};

rejections! {
    /// Why a command on a person's plans is refused.
    pub enum PlanRejection {
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The record was decided to be a duplicate of another.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// A plan is for the living.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// It would lie after today.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// There is no plan yet.
        NotAdopted = "plan_not_adopted",
            "there is no plan for this person: adopt one first",
            "此人尚无一人一策方案，请先制定方案";
        /// A person has one plan at a time.
        AlreadyAdopted { plan: u32 } = "plan_already_adopted",
            "plan {plan} is in force for this person: add to it or revise it, or close it first",
            "此人的第 {plan} 份方案正在执行，请补充或修订该方案，或先行终止";
        /// The plan is closed.
        Closed { plan: u32 } = "plan_closed",
            "plan {plan} of this person is closed: adopt a new one",
            "此人的第 {plan} 份方案已终止，请另行制定方案";
        /// A plan answers to needs.
        NoNeeds = "plan_without_needs",
            "a plan names at least one need: say what the person needs",
            "方案至少须写明一项需求，请补充需求";
        /// No need of the plan has this number.
        NoSuchNeed { number: u32 } = "no_such_need",
            "the plan has no need of the number {number}: read the plan again",
            "方案中没有第 {number} 项需求，请重新查询方案";
        /// No measure of the plan has this number.
        NoSuchMeasure { number: u32 } = "no_such_measure",
            "the plan has no measure of the number {number}: read the plan again",
            "方案中没有第 {number} 项措施，请重新查询方案";
        /// The measure is done or dropped.
        MeasureSettled { number: u32 } = "measure_settled",
            "measure {number} is done or dropped already: reopen it first",
            "第 {number} 项措施已落实或取消，请先恢复该措施";
        /// It lies before the plan.
        BeforePlan { adopted_on: Date } = "before_plan",
            "the plan holds from {adopted_on}: choose that day or a later one",
            "方案自 {adopted_on} 起执行，请填写当日或之后的日期";
        /// A review follows the one before.
        ReviewTooEarly { after: Date } = "plan_review_too_early",
            "the plan was adopted or last reviewed on {after}: a review is of a later day",
            "方案于 {after} 制定或最近一次复核，复核日期须晚于该日";
        /// The next review follows this one.
        NextReviewTooEarly { after: Date } = "next_review_too_early",
            "the next review is of a day after {after}: choose a later one",
            "下次复核日期须晚于 {after}，请更正日期";
        /// No review of the plan has this number.
        NoSuchReview { number: u32 } = "no_such_plan_review",
            "the plan has no review of the number {number}: read the plan again",
            "方案没有第 {number} 次复核，请重新查询方案";
        /// Only the latest review can be withdrawn.
        LaterReview { number: u32 } = "later_plan_review",
            "review {number} is later: withdraw that one first",
            "其后还有第 {number} 次复核，请先撤销该次复核";
    }
}
