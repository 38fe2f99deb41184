use std::collections::BTreeMap;

use app::Reaction;

use crate::{config::Config, desk::Desk, failure::Failure, output};

/// One pass of every reactor.
pub(crate) async fn run(config: &Config) -> Result<(), Failure> {
    let desk = Desk::open_to_write(config).await?;
    let reactions = desk.client.react().await?;
    output::print(config.format, &reactions, |done| table(done))
}

fn table(reactions: &[Reaction]) -> String {
    let counts = |counts: &BTreeMap<String, u64>| {
        let counts: Vec<_> = counts
            .iter()
            .map(|(n, count)| format!("{n} {count}"))
            .collect();
        counts.join("，")
    };
    let rows = reactions.iter().map(|reaction| {
        [
            reaction.reactor.clone(),
            reaction.asked.to_string(),
            reaction.spoke.to_string(),
            counts(&reaction.events),
            counts(&reaction.refused),
        ]
    });
    output::table(["事项", "询问", "有话要说", "已记录", "被拒"], rows)
}
