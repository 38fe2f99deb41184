use calendar::When;

rejections! {
    /// Why a visit is refused.
    pub enum VisitRejection {
        /// It would be recorded before it took place.
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
        /// It is dated after the person's death and is no condolence visit.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// Nobody is named who went.
        VisitorMissing = "visitor_missing",
            "nobody is named who made the visit: add at least one visitor",
            "未填写走访人，请至少填写一名走访人";
        /// The same record holds another visit.
        AlreadyRecorded = "already_recorded",
            "this visit is already recorded with other content: correct it instead of recording it again",
            "该走访已登记且内容不同，请使用更正，不要重复登记";
        /// There is nothing to correct or withdraw.
        NotRecorded = "visit_not_recorded",
            "this visit has not been recorded: record it first",
            "该走访尚未登记，请先登记";
        /// It was withdrawn for good.
        Withdrawn = "visit_withdrawn",
            "this visit was withdrawn: record it anew if it did take place",
            "该走访已撤销，如确有走访请另行登记";
    }
}
