use crate::Fen;

rejections! {
    /// Why a command on a fund is refused.
    pub enum FundRejection {
        /// Nothing can be approved from a fund that has no money.
        NoBudget = "fund_without_budget",
            "no budget was set for this unit, year and source: set it first, or name another fund",
            "该单位、年度和资金来源尚未下达预算，请先设定预算，或另选资金";
        /// The year is closed.
        Closed = "fund_closed",
            "the fund's year is closed: use this year's fund",
            "该年度资金已关账，请使用本年度资金";
        /// Aid is approved from the money of the year it is approved in.
        AnotherYear { year: i16, today: i16 } = "fund_of_another_year",
            "the fund is of {year} and aid is approved in {today}: name the fund of this year, and carry over what is left of the last",
            "该资金属 {year} 年度，现为 {today} 年：请使用本年度资金，上年结余请按决定结转";
        /// An amount must be more than nothing.
        AmountZero = "amount_zero",
            "the amount is zero: enter what is approved or paid, or decline",
            "金额为零，请填写批准或发放的金额，不予救助的请选择不通过";
        /// More than is free.
        OverBudget { free: Fen } = "over_budget",
            "only {free} yuan of the fund are free: approve no more than that, or have the budget raised",
            "该资金可用额度仅余 {free} 元，请减少批准金额，或追加预算";
        /// A budget cannot be cut below what is reserved.
        BudgetBelowReserved { least: Fen } = "budget_below_reserved",
            "approvals and decisions bind the budget at {least} yuan: set no less, or close cases first",
            "已批准和已结转的金额要求预算不低于 {least} 元，请勿低于此数，或先结案释放额度";
        /// One approval of a case takes money once.
        AlreadyReserved = "already_reserved",
            "money is already reserved for an approval of this case: read the case again in a moment",
            "本案已有一笔审批占用额度，请稍后重新读取案件";
        /// The money of an approval that came to nothing was given back.
        ReservationTakenBack = "reservation_taken_back",
            "the money of this approval was given back: approve again by a new request",
            "该笔审批占用的额度已释放，请以新的请求重新审批";
        /// The fund knows no such approval.
        NoSuchReservation = "no_such_reservation",
            "the fund has reserved nothing for this approval: have the funds reconciled",
            "该资金没有为此审批占用额度，请核对资金台账";
        /// More than is reserved and unspent.
        OverReserved { left: Fen } = "over_reserved",
            "only {left} yuan are left of what was reserved: have the funds reconciled",
            "占用额度仅余 {left} 元，请核对资金台账";
        /// What was spent stays reserved.
        ReleaseBelowSpent { spent: Fen } = "release_below_spent",
            "{spent} yuan of this reservation are spent: have the funds reconciled",
            "该占用额度已支出 {spent} 元，请核对资金台账";
        /// Approved and not yet paid.
        Unspent { left: Fen } = "fund_unspent_reservations",
            "{left} yuan are approved and not yet paid: pay them or close those cases before closing the year",
            "尚有 {left} 元已批准未发放，请先发放或结案，再关账";
        /// No money to carry over.
        NothingCarried = "nothing_carried_over",
            "the amount to carry over is zero: enter how much goes into the next year",
            "结转金额为零，请填写结转至下年度的金额";
        /// The voucher stands for another payment.
        VoucherReused = "voucher_reused",
            "this voucher number already stands for another payment: check the number, or reverse that payment",
            "该凭证号已用于另一笔发放，请核对凭证号，或先冲销原发放";
        /// No payment has this voucher.
        NoSuchPayment = "no_such_payment",
            "no payment of this person on this ground has this voucher number: check the number",
            "此人该困难原因下没有此凭证号的发放，请核对凭证号";
    }
}
