use domain::{Actor, StaffId, Text, Unit};

use crate::{config::Config, failure::Failure};

/// Who acts when a command records something, as configured.
pub(crate) fn actor(config: &Config) -> Result<Actor, Failure> {
    let part = |name: &str, text: &str| {
        Text::parse(text).map_err(|e| {
            Failure::usage(
                "config_invalid",
                format!("actor.{name}: {e}: say who acts in the configuration"),
                format!("配置项 actor.{name} 无效，请在配置中写明经办人"),
            )
        })
    };
    // They travel in headers, which hold nothing else.
    let ascii = |name: &str, text: &str| match text.is_ascii() {
        true => part(name, text),
        false => Err(Failure::usage(
            "config_invalid",
            format!("actor.{name}: write it in Latin letters and digits, such as zhang.min"),
            format!("配置项 actor.{name} 只能用拉丁字母和数字，例如 zhang.min"),
        )),
    };
    let actor = &config.actor;
    Ok(Actor {
        id: StaffId(ascii("id", &actor.id)?),
        name: part("name", &actor.name)?,
        role: ascii("role", &actor.role)?,
        unit: Unit(part("unit", &actor.unit)?),
    })
}
