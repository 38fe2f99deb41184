use calendar::{Date, When};

rejections! {
    /// Why a command on a person's record is refused.
    pub enum CadreRejection {
        /// There is no record yet.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The id already names a record with other content.
        AlreadyRegistered = "already_registered",
            "the person is already in the register with other particulars: amend that record instead",
            "此人已在册且内容不同，请修改已有档案，不要重复建档";
        /// After death only what closes or corrects the record remains.
        PersonDied = "person_died",
            "the person had died by then: only funeral, survivor, award-closing and correction matters remain; if the death was recorded in error, withdraw it first",
            "此人届时已去世，只能办理丧葬、遗属、荣誉收尾和更正事项；如去世登记有误，请先撤销该登记";
        /// It was decided that this record is a duplicate.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// It would lie after today.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// It would lie before the person was born.
        BeforeBirth { date: Date } = "before_birth",
            "{date} lies before the recognised date of birth: correct one of the two",
            "{date} 早于认定的出生日期，请更正其中之一";
        /// Retired before the first day of work.
        RetiredBeforeWork { retired_on: Date, joined_work_on: Date } = "retired_before_work",
            "retired on {retired_on}, before starting work on {joined_work_on}: correct one of the two",
            "离退休时间 {retired_on} 早于参加工作时间 {joined_work_on}，请更正其中之一";
        /// No calendar has such a day.
        NoSuchBirthday { month: i8, day: i8 } = "no_such_birthday",
            "there is no birthday on day {day} of month {month}: correct the birthday",
            "没有 {month} 月 {day} 日这个生日，请更正生日";
        /// Joined after the founding of the republic: not 离休.
        JoinedRevolutionTooLate { joined_on: Date, until: Date } = "joined_revolution_too_late",
            "joined the revolution on {joined_on}, but 离休 is for those who joined by {until}: correct the date, or record 退休",
            "参加革命时间 {joined_on} 晚于 {until}，不符合离休条件，请更正日期或登记为退休";
        /// No benefit can rest on a 离休 status without its approval.
        LixiuApprovalMissing = "lixiu_approval_missing",
            "the 离休 status has no approval: record its number and date first",
            "离休审批文号和日期缺失，请先补登离休审批信息";
        /// Full membership before admission.
        FullMemberBeforeJoined { joined_on: Date, full_member_on: Date } = "full_member_before_joined",
            "full member on {full_member_on}, before admission on {joined_on}: correct one of the two",
            "转正时间 {full_member_on} 早于入党时间 {joined_on}，请更正其中之一";
        /// The last day before the first.
        PeriodReversed { from: Date, until: Date } = "period_reversed",
            "the period would end on {until}, before it starts on {from}: correct one of the two",
            "结束日期 {until} 早于开始日期 {from}，请更正其中之一";
        /// The same treatment is already granted for some of these days.
        TreatmentOverlaps { from: Date } = "treatment_overlaps",
            "the same treatment is already granted from {from}: end that grant first, or choose days outside it",
            "同一待遇自 {from} 起已在享受，请先终止，或选择不重叠的期间";
        /// It is not granted on that day.
        TreatmentNotInForce { on: Date } = "treatment_not_in_force",
            "this treatment is not in force on {on}: correct the treatment or the day",
            "该待遇在 {on} 不在有效期内，请更正待遇名称或日期";
        /// The unit asked is the one that already looks after the person.
        TransferToOwnUnit = "transfer_to_own_unit",
            "this unit already looks after the person: name another unit",
            "此人已由该单位服务管理，请填写其他单位";
        /// Another unit has been asked and has not answered.
        TransferPending = "transfer_pending",
            "another unit has been asked to take over and has not answered: wait for its answer",
            "已向其他单位提出转接且尚未答复，请等待对方答复";
        /// Nobody was asked.
        NoTransferPending = "no_transfer_pending",
            "no transfer awaits an answer: read the record again",
            "没有待答复的转接申请，请重新查询档案";
        /// Only the unit asked can answer.
        NotTheReceiver = "not_the_receiver",
            "only the unit that was asked to take over can answer: sign in for that unit",
            "只有被申请的接收单位可以答复，请以接收单位身份办理";
        /// There is a contact already.
        ContactAlreadyAssigned = "contact_already_assigned",
            "the person already has a primary contact: hand over instead",
            "此人已有联系人，请办理联系人交接";
        /// There is nobody to hand over from.
        ContactMissing = "contact_missing",
            "the person has no primary contact yet: assign one first",
            "此人尚无联系人，请先确定联系人";
        /// The present contact would have had no day.
        HandOverTooEarly { since: Date } = "hand_over_too_early",
            "the present contact started on {since}: hand over on a later day",
            "现任联系人自 {since} 起联系，交接日期须晚于该日";
        /// It is the same staff member.
        AlreadyTheContact = "already_the_contact",
            "this staff member already is the primary contact: name another",
            "该工作人员已是联系人，请填写其他人员";
        /// A death is recorded with another day or document.
        DeathAlreadyRecorded { died_on: Date } = "death_already_recorded",
            "the death is already recorded for {died_on}, with that day's document: to change it, withdraw it first",
            "去世日期已登记为 {died_on}；如需更改日期或依据，请先撤销去世登记";
        /// Only someone who has died has survivors.
        PersonLiving = "person_living",
            "no death is recorded for the person: record the death first",
            "此人未登记去世，请先登记去世";
        /// A record cannot be its own duplicate.
        DuplicateOfItself = "duplicate_of_itself",
            "a record cannot be a duplicate of itself: name the other record",
            "档案不能与自身重复，请填写另一份档案";
        /// Two records cannot each be kept as the other.
        DuplicateCircular = "duplicate_circular",
            "the other record is itself kept as this one: take that decision back first",
            "另一份档案已并入本档案，请先撤销该决定";
    }
}
