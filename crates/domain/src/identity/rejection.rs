rejections! {
    /// Why an ID number is refused.
    pub enum IdentityRejection {
        /// It belongs to someone else in the register.
        Taken = "duplicate_person",
            "a person with this ID number is already in the register: amend that record instead",
            "该身份证号已在册，请修改已有档案，不要重复建档";
        /// Only the person it belongs to can give it up.
        NotHeld = "identity_not_held",
            "this ID number does not belong to that person: read the record again",
            "该身份证号不属于此人，请重新查询档案";
    }
}
