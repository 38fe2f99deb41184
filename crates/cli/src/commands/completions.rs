use crate::{api, failure::Failure, output};

/// Prints the completions for a shell.
pub(crate) fn run(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut api::command_line(), "sangyu", &mut script);
    output::print_line(String::from_utf8_lossy(&script).trim_end());
    Ok(())
}
