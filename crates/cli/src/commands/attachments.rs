use app::AttachmentsCheck;

use super::demo::progress_bar;
use crate::{
    args,
    config::Config,
    desk::Desk,
    failure::{Exit, Failure},
    output,
};

/// Compares every attached file with its hash. A file that is damaged or missing is a failure, a file
/// that nothing names is none.
pub(crate) async fn run(args: &args::Attachments, config: &Config) -> Result<(), Failure> {
    let args::Attachments::Check = args;
    let desk = Desk::open(config).await?;
    let bar = progress_bar();
    let check = desk.client.check_attachments(|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    let check = check.await?;
    bar.finish_and_clear();
    output::print(config.format, &check, text)?;
    if check.is_whole() {
        return Ok(());
    }
    let (damaged, missing) = (check.damaged.len(), check.missing.len());
    Err(Failure::new(
        Exit::Failed,
        "attachments_not_whole",
        format!(
            "{damaged} files are damaged and {missing} are missing: put them back from the backup, or attach them again"
        ),
        format!("{damaged} 个附件损坏，{missing} 个缺失：请从备份恢复或重新添加"),
    ))
}

fn text(check: &AttachmentsCheck) -> String {
    let AttachmentsCheck {
        named,
        damaged,
        missing,
        orphans,
    } = check;
    let mut lines = vec![format!(
        "附件 {named} 个：损坏 {}，缺失 {}；未被引用 {}（无害）",
        damaged.len(),
        missing.len(),
        orphans.len()
    )];
    lines.extend(damaged.iter().map(|hash| format!("损坏  {hash}")));
    lines.extend(missing.iter().map(|hash| format!("缺失  {hash}")));
    lines.extend(orphans.iter().map(|key| format!("未被引用  {key}")));
    lines.join("\n")
}
