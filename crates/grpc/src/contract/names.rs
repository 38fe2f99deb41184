//! Short names: what a service is about is not said again in the names of its calls, nor the type of
//! an enum in its values.

use prost_reflect::EnumValueDescriptor;

/// The words of a name such as `TakeOverHardshipPayment`, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_lowercase().collect()),
        }
    }
    words
}

/// A call's name without what its service is about, in singular or plural, and without a `get` that
/// something follows: `accept`, `list`, `reply-to`, `history`.
pub(super) fn of_call(name: &[String], noun: &[String]) -> String {
    let says_noun = |words: &[String]| {
        let (Some((last, first)), Some((noun_last, noun_first))) =
            (words.split_last(), noun.split_last())
        else {
            return false;
        };
        let plural = noun_last.strip_suffix('y').map(|stem| format!("{stem}ies"));
        first == noun_first
            && (last == noun_last
                || last.strip_suffix('s') == Some(noun_last)
                || last.strip_suffix("es") == Some(noun_last)
                || Some(last) == plural.as_ref())
    };
    let mut short = name.to_vec();
    let said = name.windows(noun.len()).position(says_noun);
    if let Some(at) = said.filter(|_| name.len() > noun.len()) {
        short.drain(at..at + noun.len());
    }
    if short.len() > 1 && short[0] == "get" {
        short.remove(0);
    }
    short.join("-")
}

/// An enum's value without the enum's name: `serious_illness` of `GROUND_SERIOUS_ILLNESS`.
pub(super) fn of_value(value: &EnumValueDescriptor) -> String {
    let none = value.parent_enum().default_value();
    let prefix = none.name().trim_end_matches("UNSPECIFIED");
    let name = value.name();
    name.strip_prefix(prefix).unwrap_or(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_is_about_is_not_said_again() {
        let short = |call, noun| of_call(&words(call), &words(noun));
        for (call, noun, name) in [
            ("AcceptPetition", "Petition", "accept"),
            ("ReplyToPetition", "Petition", "reply-to"),
            ("ListPetitions", "Petition", "list"),
            ("GetPetition", "Petition", "get"),
            ("GetPetitionHistory", "Petition", "history"),
            ("NoteFinding", "Petition", "note-finding"),
            ("TakeOverHardshipPayment", "Hardship", "take-over-payment"),
            ("ListDuties", "Duty", "list"),
            ("ListFundGrants", "FundGrant", "list"),
            ("ListPaymentBatches", "PaymentBatch", "list"),
            ("StrikePaymentBatchLine", "PaymentBatch", "strike-line"),
            ("Import", "Import", "import"),
        ] {
            assert_eq!(short(call, noun), name, "{call}");
        }
    }
}
