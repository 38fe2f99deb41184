/// Declares an error: each variant with its stable code and its text in both languages. Texts name
/// the place and the remedy, and never hold personal data.
///
/// ```text
/// errors! {
///     /// Why a date cannot be reckoned.
///     pub enum DateError {
///         /// Past the last date there is.
///         TooFar {} = "date_too_far",
///             "the date would lie after 9999-12-31: shorten the term",
///             "日期将晚于9999-12-31，请缩短期限";
///     }
/// }
/// ```
macro_rules! errors {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? = $code:literal,
                    $en:literal,
                    $zh:literal;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum $name {
            $(
                $(#[$vmeta])*
                #[error($en)]
                $variant $({ $( #[doc = "Shown in the message."] $field: $type),+ })?,
            )+
        }

        impl $name {
            /// Every code with the template of its English and Chinese text, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $en, $zh)),+];

            /// Stable, snake_case, unique in all of Sangyu.
            pub fn code(&self) -> &'static str {
                match self { $( $name::$variant { .. } => $code, )+ }
            }

            /// What is wrong and what to do, in Chinese. `Display` says the same in English.
            pub fn zh(&self) -> String {
                match self { $( $name::$variant $({ $($field),+ })? => format!($zh), )+ }
            }
        }
    };
}
