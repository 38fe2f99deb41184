rejections! {
    /// Why a command on a list of recipients is refused. Lines are counted from 1.
    pub enum PaymentBatchRejection {
        /// There is none.
        NotDrafted = "payment_batch_not_drafted",
            "there is no such list of recipients: draft it first",
            "没有该发放名单，请先拟定";
        /// The same id holds another list.
        AlreadyDrafted = "payment_batch_already_drafted",
            "this list of recipients is drafted otherwise: revise it, or draft another one",
            "该发放名单已拟定且内容不同，请修改名单或另行拟定";
        /// Nobody is on it.
        Empty = "payment_batch_empty",
            "nobody is on the list of recipients: add at least one line",
            "发放名单为空，请至少填写一行";
        /// More lines than one list holds.
        TooLong { lines: usize, limit: usize } = "payment_batch_too_long",
            "the list of recipients has {lines} lines, and one list holds {limit}: make several lists of it",
            "发放名单共 {lines} 行，每份名单最多 {limit} 行，请分成几份";
        /// A person is listed once for each ground.
        ListedTwice { line: usize } = "payment_batch_listed_twice",
            "line {line} names a person and ground that are on the list already: leave one of the two lines",
            "名单第 {line} 行与前面的行是同一人同一困难原因，请只保留一行";
        /// A line pays more than nothing.
        LineAmountZero { line: usize } = "payment_batch_line_amount_zero",
            "the amount of line {line} is zero: enter what is to be paid, or take the line off",
            "名单第 {line} 行金额为零，请填写发放金额，或删去该行";
        /// An approved list is frozen.
        Frozen = "payment_batch_frozen",
            "the list of recipients is approved and frozen: strike a line with a reason, and draft another list for anyone else",
            "发放名单已审批，名单不再更改：可说明原因划去某行，其他人员请另拟名单";
        /// It was given up.
        Discarded = "payment_batch_discarded",
            "this list of recipients was given up: draft another one",
            "该发放名单已作废，请另行拟定";
        /// It is approved already, by another document or someone else.
        AlreadyApproved = "payment_batch_already_approved",
            "the list of recipients is approved and the decision stands: go on to pay its lines",
            "该发放名单已审批，决定不再更改，请继续发放";
        /// Whoever drafted it cannot approve it.
        ApproverIsDrafter = "approver_is_drafter",
            "whoever drafted or revised a list of recipients cannot approve it: let someone else approve",
            "名单拟定人和修改人不得审批，请由他人审批";
        /// The case of a line would refuse the payment.
        LineNotPayable { line: usize, code: &'static str } = "payment_batch_line_not_payable",
            "the case of line {line} cannot take its payment ({code}): put the case in order, or take the line off the list",
            "名单第 {line} 行的案件不能发放该金额（{code}），请先处理该案件，或从名单中删去该行";
        /// Someone revised it while it was approved.
        Changed = "payment_batch_changed",
            "the list of recipients was changed in between: read it again, then approve",
            "发放名单刚被修改，请重新核对后再审批";
        /// Only an approved list is paid.
        NotApproved = "payment_batch_not_approved",
            "the list of recipients is not approved: have it approved before its lines are paid or struck",
            "发放名单尚未审批，请先审批再发放或划去";
        /// No line names this person on this ground.
        NotListed = "not_on_payment_list",
            "this person is not on the list of recipients on this ground: check the list, or pay the case by itself",
            "名单中没有此人该困难原因的发放，请核对名单，或单独发放";
        /// Whoever approved the list cannot pay it.
        PayerIsListApprover = "payer_is_list_approver",
            "whoever approved the list of recipients cannot pay its lines: let someone else disburse",
            "名单审批人不得发放，请由他人发放";
    }
}
