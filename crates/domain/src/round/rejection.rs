use calendar::Date;

rejections! {
    /// Why a command on a round is refused.
    pub enum RoundRejection {
        /// It would end before it begins.
        DaysReversed { from: Date, until: Date } = "round_days_reversed",
            "the round would end on {until}, before it begins on {from}: correct the days",
            "活动结束日 {until} 早于开始日 {from}，请更正";
        /// Its last day is past.
        Over { until: Date } = "round_over",
            "the round's last day, {until}, is past: plan another one",
            "活动已于 {until} 结束，请另行制定方案";
        /// There is none.
        NotPlanned = "round_not_planned",
            "no such round was planned: plan it first",
            "该活动尚未制定方案，请先制定";
        /// The same id holds another plan.
        AlreadyPlanned = "round_already_planned",
            "this round is planned otherwise: cancel it and plan another one",
            "该活动已有不同方案，请取消后另行制定";
        /// It has not begun.
        NotStarted = "round_not_started",
            "the round has not been started: start it first, which freezes whom it is for",
            "该活动尚未启动，请先启动以确定走访名单";
        /// Nobody meets its rule.
        AudienceEmpty = "round_audience_empty",
            "nobody in the register meets the round's rule: cancel it and plan it with another rule",
            "没有人符合该活动的对象条件，请取消后以其他条件另行制定";
        /// Some of those named are not of the audience.
        NotInAudience { people: usize } = "round_not_in_audience",
            "{people} of those named are not on the round's frozen list: leave them out; who came later is listed apart",
            "所列人员中有 {people} 人不在该活动的走访名单内，请去除；后来符合条件者另行列出";
        /// Nobody is named.
        NobodyNamed = "round_nobody_named",
            "nobody is named to be assigned: name at least one person",
            "未填写分派对象，请至少填写一人";
        /// The register knows of no death.
        PersonLiving = "round_person_living",
            "no death of this person is recorded: record it first, or choose another reason",
            "此人没有去世登记，请先登记，或另选原因";
        /// Its days are not over.
        StillRunning { until: Date } = "round_still_running",
            "the round goes on until {until}: close it after that day, or cancel it",
            "活动至 {until} 结束，请在此日之后办结，或取消活动";
        /// It is closed.
        Closed = "round_closed",
            "the round is closed: visits can still be recorded and count for its days, all else is settled",
            "该活动已办结：走访仍可补登并计入，其他事项不再变更";
        /// It was called off.
        Cancelled = "round_cancelled",
            "the round was cancelled: plan another one",
            "该活动已取消，请另行制定方案";
    }
}
