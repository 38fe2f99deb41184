//! What can be wrong with a file, and with a cell.

use calendar::When;
use domain::Rejection;

domain::rejections! {
    /// Why a whole file is refused.
    pub enum FileFault {
        /// Not a byte in it.
        Empty = "file_empty",
            "the file is empty: choose the file with the ledger",
            "文件是空的，请选择台账文件";
        /// Too large to be a ledger.
        TooLarge { limit: &'static str } = "file_too_large",
            "the file is too large, at most {limit} are taken: split it",
            "文件过大（上限 {limit}），请拆分后导入";
        /// Neither a workbook nor a table in text.
        NotASpreadsheet = "not_a_spreadsheet",
            "the file is not a spreadsheet, whatever its name says: save it as .xlsx or .csv",
            "文件不是表格（与扩展名无关），请另存为 .xlsx 或 .csv";
        /// Nobody can read it without its password.
        PasswordProtected = "password_protected",
            "the workbook is protected by a password: save it without one",
            "工作簿设有密码，请取消密码后另存";
        /// A spreadsheet, but broken.
        Damaged = "file_damaged",
            "the workbook is damaged: open it in a spreadsheet program and save it anew",
            "工作簿已损坏，请用表格软件打开后重新保存";
        /// Neither UTF-8 nor GB18030.
        UnknownEncoding = "unknown_encoding",
            "the text is neither UTF-8 nor GB18030: save it as CSV UTF-8",
            "文本编码既非 UTF-8 也非 GB18030，请另存为 CSV UTF-8";
        /// No row names the columns.
        HeaderNotFound { columns: String } = "header_not_found",
            "no row names the columns, looked for were {columns}: add a header row",
            "未找到表头，应有的列为：{columns}，请补上表头行";
        /// A column that cannot be missed is not there.
        ColumnMissing { columns: String } = "column_missing",
            "these columns are missing: {columns}; add them, or correct their headers",
            "缺少以下列：{columns}，请补上或更正表头";
        /// Amounts in another unit would be read wrong by a factor.
        NotInYuan { column: String } = "not_in_yuan",
            "column {column} is not in yuan: convert it to yuan",
            "“{column}”列的单位不是元，请换算成元";
        /// It is not clear which sheet is meant.
        SeveralSheets { sheets: usize } = "several_sheets",
            "{sheets} sheets of the workbook hold such a ledger: save each as a file of its own",
            "工作簿中有 {sheets} 张这样的表，请分别另存为单独的文件";
    }
}

domain::rejections! {
    /// What is wrong with a cell, or with the row it stands in.
    pub enum Fault {
        /// 姓名 is blank.
        NameMissing = "name_missing",
            "the name is missing: fill it in",
            "未填写姓名，请补填";
        /// The ID number is blank.
        IdMissing = "id_missing",
            "the ID number is missing: fill it in",
            "未填写身份证号码，请补填";
        /// Not 18 characters.
        IdLength { found: usize } = "id_length",
            "an ID number has 18 characters, here there are {found}: check it against the identity card",
            "身份证号码应为 18 位，此处为 {found} 位，请核对身份证";
        /// Something other than digits.
        IdCharacter { at: usize } = "id_character",
            "character {at} of the ID number must be a digit (the last may be X): check it against the identity card",
            "身份证号码第 {at} 位应为数字（末位可为 X），请核对身份证";
        /// One character is mistyped.
        IdCheckDigit = "id_check_digit",
            "the last character of the ID number does not fit the others, one is mistyped: check it against the identity card",
            "身份证号码校验位不符，有一位输错，请核对身份证";
        /// Characters 7 to 14 are no date.
        IdBirthDate = "id_birth_date",
            "characters 7 to 14 of the ID number are no date: check it against the identity card",
            "身份证号码第 7 至 14 位不是日期，请核对身份证";
        /// Stored as a quantity, which keeps fifteen digits.
        IdAsNumber = "id_as_number",
            "the ID number is stored as a quantity and has lost its last digits: format the column as text and enter it again",
            "身份证号码被存成数值，末几位已丢失，请将该列设为文本格式后重新录入";
        /// 日期 is blank.
        DateMissing = "date_missing",
            "the date is missing: fill it in",
            "未填写日期，请补填";
        /// Well-formed, but not in the calendar.
        NoSuchDate = "no_such_date",
            "there is no such date: correct it",
            "没有这一天，请更正日期";
        /// No date at all.
        NotADate = "not_a_date",
            "this is not a date: write year, month and day, such as 2024-10-07",
            "不是日期，请写明年月日，如 2024-10-07";
        /// After today.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// No amount of money.
        NotANumber = "not_a_number",
            "this is not an amount: write yuan in digits, at most two decimals, such as 1000 or 300.50",
            "不是金额，请用数字写明元，最多两位小数，如 1000 或 300.50";
        /// An amount below zero.
        NegativeMoney = "negative_money",
            "an amount cannot be negative: correct it",
            "金额不能为负，请更正";
        /// 金额 is blank.
        AmountMissing = "amount_missing",
            "the amount is missing: fill it in",
            "未填写金额，请补填";
        /// Not four digits.
        NotAYear = "not_a_year",
            "this is not a year: write it like 2025",
            "不是年度，请写如 2025";
        /// None of the words that are understood.
        UnknownChoice { accepted: &'static str } = "unknown_choice",
            "this word is not known here: use one of {accepted}",
            "不能识别该词，请使用：{accepted}";
        /// 离休 without the date it rests on.
        RevolutionDateMissing = "revolution_date_missing",
            "a retired veteran (离休) needs the date of joining the revolution: fill it in",
            "离休干部须有参加革命时间，请补填";
        /// 转正时间 without 入党时间.
        PartyDateMissing = "party_date_missing",
            "full membership is dated but admission to the Party is not: fill in the date of admission",
            "有转正时间而无入党时间，请补填入党时间";
        /// Nobody is named who went.
        VisitorMissing = "visitor_missing",
            "nobody is named who made the visit: add at least one visitor",
            "未填写走访人，请至少填写一名走访人";
        /// 方式 is blank.
        ModeMissing = "mode_missing",
            "the mode of the visit is missing: fill it in",
            "未填写走访方式，请补填";
        /// 事由 is blank.
        PurposeMissing = "purpose_missing",
            "the purpose of the visit is missing: fill it in",
            "未填写走访事由，请补填";
        /// 困难原因 is blank.
        GroundMissing = "ground_missing",
            "the ground of the hardship is missing: fill it in",
            "未填写困难原因，请补填";
        /// A text that cannot be missed is blank.
        TextMissing = "text_missing",
            "this is blank: fill it in",
            "此项为空，请补填";
        /// More than can be stored.
        TextTooLong { limit: usize } = "text_too_long",
            "the text is too long, at most {limit} characters are taken: shorten it",
            "文字过长（上限 {limit} 字），请缩短";
        /// The time of a reply without its text.
        ReplyTextMissing = "reply_text_missing",
            "the reply is dated but has no text: fill in the reply, or clear its date",
            "有答复时间而无答复意见，请补填答复意见或清除答复时间";
        /// The text of a reply without its time.
        ReplyTimeMissing = "reply_time_missing",
            "there is a reply without the time it was given: fill in the time",
            "有答复意见而无答复时间，请补填答复时间";
        /// `#REF!` and the like.
        CellError = "cell_error",
            "the cell shows an error of the spreadsheet: correct its formula, or enter the value",
            "单元格显示错误值，请更正公式或直接填写";
        /// A formula that was never calculated.
        NotCalculated = "formula_not_calculated",
            "the file does not hold the value of this formula: open it in a spreadsheet program and save it anew",
            "文件中没有该公式的计算结果，请用表格软件打开后重新保存";
        /// Nobody in the register is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// Several people in the register have this name.
        AmbiguousPerson = "ambiguous_person",
            "several people in the register have this name: fill in the ID number",
            "册内有同名人员，请填写身份证号码";
        /// The register knows the person with this ID number under another name.
        NameMismatch = "name_mismatch",
            "the register has another name for this ID number: correct the name or the ID number",
            "姓名与该身份证号码在册的姓名不符，请更正姓名或身份证号码";
    }
}

/// One fault of one row, where it is and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The column's header as the file has it.
    pub(crate) column: String,
    /// The stable code.
    pub(crate) code: &'static str,
    /// What is wrong and what to do, in both languages.
    pub(crate) message: String,
}

impl Finding {
    pub(crate) fn new(column: String, fault: &Fault) -> Self {
        Finding {
            column,
            code: fault.code(),
            message: both(&fault.zh(), &fault.to_string()),
        }
    }

    pub(crate) fn refused(column: String, error: &app::Error) -> Self {
        Finding {
            column,
            code: error.code(),
            message: both(&error.zh(), &error.to_string()),
        }
    }
}

fn both(zh: &str, en: &str) -> String {
    format!("{zh} / {en}")
}
