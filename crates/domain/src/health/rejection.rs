use calendar::{Date, When};

rejections! {
    /// Why a command on a person's health record is refused.
    pub enum HealthRejection {
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The record was decided to be a duplicate of another.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// It is dated after the person's death.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// It would lie after now.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// Nobody knows of a thing before it happens.
        KnownBeforeItHappened { happened: When, known: When } = "known_before_it_happened",
            "known on {known}, before it happened on {happened}: correct one of the two",
            "知悉时间 {known} 早于发生时间 {happened}，请更正其中之一";
        /// They lie in a hospital already.
        AlreadyInHospital { since: Date } = "already_in_hospital",
            "the person is in hospital since {since}: record the move or the discharge, or withdraw that stay",
            "此人自 {since} 起已在住院，请登记转院转床或出院，或撤销该次住院";
        /// They lie in none.
        NotInHospital = "not_in_hospital",
            "no stay in hospital goes on: record the admission first",
            "目前没有住院登记，请先登记住院";
        /// The new stay would begin before the last one ended, or a stay would end before it began.
        StayOverlaps { date: Date } = "stay_overlaps",
            "the stay in hospital before it reaches to {date}: choose a later day, or correct that stay",
            "此前的住院时间至 {date}，请填写更晚的日期，或更正该次住院";
        /// A stay cannot end, or change, before it began.
        BeforeAdmission { admitted: Date } = "before_admission",
            "the stay began on {admitted}: choose that day or a later one",
            "该次住院始于 {admitted}，请填写当日或之后的日期";
        /// There is no stay with this number.
        NoSuchStay { stay: u32 } = "no_such_stay",
            "no stay in hospital has the number {stay}: read the record again",
            "没有第 {stay} 次住院，请重新查询";
    }
}
