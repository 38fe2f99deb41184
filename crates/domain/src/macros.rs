/// Declares an aggregate's events: the enum, their stored names and versions, and their JSON.
///
/// ```text
/// events! {
///     /// What may have happened to a visit.
///     pub enum VisitEvent {
///         /// It was recorded.
///         Recorded(VisitRecorded) = "visit.recorded" v1 at |e| Some(e.visited),
///     }
/// }
/// ```
/// `at` says when the fact happened; `None` means at the moment it was recorded.
macro_rules! events {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident($payload:ty) = $stored:literal v $version:literal at |$e:ident| $at:expr,
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$vmeta])* $variant($payload), )+
        }

        impl $crate::Event for $name {
            const NAMES: &'static [(&'static str, u32)] = &[$(($stored, $version)),+];

            fn name(&self) -> &'static str {
                match self { $( $name::$variant(_) => $stored, )+ }
            }

            fn version(&self) -> u32 {
                match self { $( $name::$variant(_) => $version, )+ }
            }

            fn occurred(&self) -> Option<calendar::When> {
                match self { $( $name::$variant($e) => $at, )+ }
            }

            fn encode(&self) -> Result<Vec<u8>, $crate::DecodeError> {
                match self {
                    $( $name::$variant(data) => serde_json::to_vec(data), )+
                }
                .map_err(|e| $crate::upcast::damaged(self.name(), &e))
            }

            fn decode(
                name: &str,
                version: u32,
                data: &[u8],
            ) -> Result<Option<Self>, $crate::DecodeError> {
                match name {
                    $(
                        $stored => $crate::upcast::read(name, version, $version, data)
                            .map(|data| Some($name::$variant(data))),
                    )+
                    _ => Ok(None),
                }
            }
        }

        $(
            impl From<$payload> for $name {
                fn from(data: $payload) -> Self {
                    $name::$variant(data)
                }
            }
        )+
    };
}

/// Declares an aggregate's rejections: each with its stable code and its text in both languages.
///
/// ```text
/// rejections! {
///     /// Why a visit is refused.
///     pub enum VisitRejection {
///         /// It would be recorded before it took place.
///         InTheFuture { visited: When } = "in_the_future",
///             "the visit is dated {visited}, after today: correct the date",
///             "走访日期 {visited} 晚于今天，请更正日期";
///     }
/// }
/// ```
#[macro_export]
macro_rules! rejections {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $($(#[$fmeta:meta])* $field:ident : $type:ty),* $(,)? })? = $code:literal,
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
                $variant $({ $($(#[$fmeta])* #[doc = "Shown in the message."] $field: $type),* })?,
            )+
        }

        impl $name {
            /// Every code with the template of its English and Chinese text, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $en, $zh)),+];
        }

        impl $crate::Rejection for $name {
            fn code(&self) -> &'static str {
                match self { $( $name::$variant { .. } => $code, )+ }
            }

            fn zh(&self) -> String {
                match self { $( #[allow(unused_variables)] $name::$variant $({ $($field),* })? => format!($zh), )+ }
            }
        }
    };
}
