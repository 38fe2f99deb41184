//! What was measured, each beside its limit.

use std::time::Duration;

/// One measurement.
struct Figure {
    name: String,
    per_second: f64,
    /// Of its limit.
    ratio: Option<f64>,
}

/// All of one run.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    /// So many in that time; held against the earlier figure of this name.
    pub(crate) fn add(&mut self, name: String, count: u64, took: Duration, of: Option<&str>) {
        let per_second = count as f64 / took.as_secs_f64();
        let limit = of.and_then(|of| self.0.iter().find(|figure| figure.name == of));
        let ratio = limit.map(|limit| per_second / limit.per_second);
        let figure = Figure {
            name,
            per_second,
            ratio,
        };
        figure.print();
        self.0.push(figure);
    }

    /// As JSON, on one line each.
    pub(crate) fn print(&self) {
        for figure in &self.0 {
            println!(
                "{}",
                serde_json::json!({
                    "name": figure.name,
                    "per_second": figure.per_second.round(),
                    "ratio": figure.ratio.map(|ratio| (ratio * 1_000.0).round() / 1_000.0),
                })
            );
        }
    }
}

impl Figure {
    fn print(&self) {
        let ratio = self.ratio.map(|ratio| format!("  × {ratio:.2}"));
        println!(
            "{:<48} {:>12.0} /s{}",
            self.name,
            self.per_second,
            ratio.unwrap_or_default()
        );
    }
}
