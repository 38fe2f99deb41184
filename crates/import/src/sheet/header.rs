use super::{REASON, RawSheet, Row, Sheet, trailer};
use crate::{
    cell::{half_width, is_space, squeezed},
    fault::FileFault,
};

/// A header stands among the first rows that hold anything.
const SEARCHED: usize = 50;

/// No header has more bytes; a longer cell need not be looked at.
const LONGEST: usize = 200;

macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident = $zh:literal),+ $(,)?) => {
        /// What a column of a ledger holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Column { $($(#[$meta])* #[doc = $zh] $name),+ }

        impl Column {
            /// Its usual header.
            pub(crate) fn zh(self) -> &'static str {
                match self { $(Column::$name => $zh),+ }
            }
        }
    };
}

columns! {
    Name = "姓名", IdNumber = "身份证号码", FormerName = "曾用名", Sex = "性别", Ethnicity = "民族",
    NativePlace = "籍贯", BornOn = "出生年月日", WorkUnit = "原工作单位", Post = "原职务",
    Rank = "职级", Retirement = "离休/退休", JoinedRevolution = "参加革命时间",
    JoinedRevolutionOrWork = "参加革命(工作)时间", JoinedWork = "参加工作时间",
    RetiredOn = "离退休时间", JoinedParty = "入党时间", FullMember = "转正时间", Branch = "所在支部",
    Residence = "住址", Community = "所在社区", Phone = "联系电话", EmergencyContact = "紧急联系人",
    Living = "居住情况", MedicalInsurance = "医保待遇", SpecialConditions = "特殊情况",
    Visited = "日期", Visitors = "走访人", Mode = "方式", Place = "地点", Purpose = "事由",
    Money = "慰问金", Goods = "慰问品", Findings = "了解到的情况", Needs = "需要解决的问题",
    Year = "年度", Ground = "困难原因", Amount = "帮扶金额", PaidOn = "发放日期", Voucher = "凭证号",
    Remark = "备注",
    Number = "留言编号", Petitioner = "留言用户", Subject = "留言主题", Received = "留言时间",
    Text = "留言详情", Reply = "答复意见", Replied = "答复时间",
}

/// How the columns of one kind of ledger are named, and which of them it needs.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Each column with its headers: in half width, without spaces, in small letters.
    pub(crate) columns: &'static [(Column, &'static [&'static str])],
    /// Of each group the ledger must have one.
    pub(crate) required: &'static [&'static [Column]],
    /// A row that holds one of these is data, whatever else it looks like.
    pub(crate) identifying: &'static [Column],
    /// Where the name stands.
    pub(crate) naming: Option<Column>,
    /// Amounts, which must be in yuan.
    pub(crate) in_yuan: &'static [Column],
}

/// Which column stands where.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Vec<(Column, usize)>);

impl Columns {
    pub(super) fn index(&self, column: Column) -> Option<usize> {
        self.0
            .iter()
            .find(|(c, _)| *c == column)
            .map(|(_, index)| *index)
    }

    pub(super) fn indices(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(_, index)| *index)
    }

    fn add(&mut self, row: &Row, layout: &Layout) {
        for (index, cell) in row.cells.iter().enumerate() {
            let taken = self.0.iter().any(|(_, at)| *at == index);
            if let Some(column) = layout.column(&cell.shown())
                && self.index(column).is_none()
                && !taken
            {
                self.0.push((column, index));
            }
        }
    }

    fn missing(&self, layout: &Layout) -> Vec<&'static [Column]> {
        let has = |group: &&[Column]| group.iter().any(|column| self.index(*column).is_some());
        layout
            .required
            .iter()
            .filter(|group| !has(group))
            .copied()
            .collect()
    }
}

impl Layout {
    /// The column with this header, whose spaces and notes in brackets do not count.
    fn column(&self, header: &str) -> Option<Column> {
        if header.len() > LONGEST {
            return None;
        }
        let plain = key(header);
        let bare = without_brackets(&plain);
        let named = |name: &str| {
            self.columns
                .iter()
                .find(|(_, names)| names.contains(&name))
                .map(|(column, _)| *column)
        };
        named(&plain).or_else(|| named(&bare))
    }

    /// Every column that is needed, for a message.
    fn needed(groups: &[&[Column]]) -> String {
        let group = |g: &&[Column]| g.iter().map(|c| c.zh()).collect::<Vec<_>>().join("或");
        groups.iter().map(group).collect::<Vec<_>>().join("、")
    }
}

/// A header as headers are compared.
pub(super) fn key(header: &str) -> String {
    squeezed(header)
        .trim_matches(['*', ':', '★', '※'])
        .replace(['、', '\\', '|'], "/")
        .replace(['[', '【', '〔', '{', '<', '〈'], "(")
        .replace([']', '】', '〕', '}', '>', '〉'], ")")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A row that names columns, in one line or two.
struct Header {
    columns: Columns,
    first: usize,
    lines: usize,
}

/// Finds the one ledger of this kind in a file.
pub(crate) fn ledger(sheets: Vec<RawSheet>, layout: &Layout) -> Result<Sheet, FileFault> {
    let mut complete: Vec<(bool, Sheet)> = Vec::new();
    let mut partial: Option<Header> = None;
    for sheet in sheets {
        let Some(header) = find(&sheet.rows, layout) else {
            continue;
        };
        if header.columns.missing(layout).is_empty() {
            let visible = sheet.visible;
            complete.push((visible, cut(sheet, header, layout)?));
        } else if partial
            .as_ref()
            .is_none_or(|p| p.columns.0.len() < header.columns.0.len())
        {
            partial = Some(header);
        }
    }
    // A hidden sheet counts only where no visible one holds the ledger, an empty form only where
    // no filled one does.
    if complete.iter().any(|(visible, _)| *visible) {
        complete.retain(|(visible, _)| *visible);
    }
    if complete.iter().any(|(_, sheet)| !sheet.rows.is_empty()) {
        complete.retain(|(_, sheet)| !sheet.rows.is_empty());
    }
    let sheets = complete.len();
    match (complete.pop(), partial) {
        (Some(_), _) if sheets > 1 => Err(FileFault::SeveralSheets { sheets }),
        (Some((_, sheet)), _) => Ok(sheet),
        (None, Some(header)) => Err(FileFault::ColumnMissing {
            columns: Layout::needed(&header.columns.missing(layout)),
        }),
        (None, None) => Err(FileFault::HeaderNotFound {
            columns: Layout::needed(layout.required),
        }),
    }
}

/// The row that names most columns, at least two; the line below may name more under merged cells.
fn find(rows: &[Row], layout: &Layout) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (first, row) in rows.iter().enumerate().take(SEARCHED) {
        let mut columns = Columns::default();
        columns.add(row, layout);
        let mut lines = 1;
        if let Some(below) = rows.get(first + 1)
            && !columns.0.is_empty()
            && names_only(below, layout)
        {
            columns.add(below, layout);
            lines = 2;
        }
        let better = best
            .as_ref()
            .is_none_or(|b| b.columns.0.len() < columns.0.len());
        if columns.0.len() >= 2 && better {
            best = Some(Header {
                columns,
                first,
                lines,
            });
        }
    }
    best
}

fn names_only(row: &Row, layout: &Layout) -> bool {
    row.cells
        .iter()
        .filter(|c| !c.is_blank())
        .all(|c| layout.column(&c.shown()).is_some())
}

/// Takes the ledger out of its sheet.
fn cut(sheet: RawSheet, header: Header, layout: &Layout) -> Result<Sheet, FileFault> {
    let RawSheet { name, rows, .. } = sheet;
    let Header {
        mut columns,
        first,
        lines,
    } = header;
    let titles = rows[..first]
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| !cell.is_blank())
        .map(|cell| cell.shown().into_owned())
        .collect();
    let head = &rows[first..first + lines];
    let width = rows[first..]
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or_default();
    let typed: Vec<String> = (0..width)
        .map(|index| typed(head, index, &columns))
        .collect();
    for column in layout.in_yuan {
        if let Some(header) = columns.index(*column).and_then(|index| typed.get(index))
            && header
                .chars()
                .map(half_width)
                .any(|c| matches!(c, '万' | '千' | '百' | '$'))
        {
            return Err(FileFault::NotInYuan {
                column: column.zh().to_owned(),
            });
        }
    }
    columns.0.sort_by_key(|(_, index)| *index);
    let repeats = |row: &Row| {
        let named = |(column, index): &&(Column, usize)| {
            layout.column(&row.cell(*index).shown()) == Some(*column)
        };
        columns.0.iter().filter(named).count() >= 2
    };
    let rows = rows
        .into_iter()
        .skip(first + lines)
        .filter(|row| !trailer::is_no_data(row, &columns, layout) && !repeats(row))
        .collect();
    Ok(Sheet {
        name,
        titles,
        header: typed,
        columns: columns.0,
        rows,
    })
}

/// The header of a column as typed: the lower line where it names the column.
fn typed(head: &[Row], index: usize, columns: &Columns) -> String {
    let lines: Vec<String> = head
        .iter()
        .map(|row| row.cell(index).shown().into_owned())
        .filter(|text| !text.chars().all(is_space))
        .collect();
    if columns.indices().any(|at| at == index) {
        lines.last().cloned().unwrap_or_default()
    } else {
        lines.join(" ")
    }
}

/// Whether this is the reason column of an earlier rejects workbook.
pub(crate) fn is_reason(header: &str) -> bool {
    squeezed(header) == squeezed(REASON)
}
