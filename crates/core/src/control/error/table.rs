//! Writes the refusals' enum, and the maps that must have a row for each, from one table.

/// Writes the enum and the maps that must have a row for each variant.
macro_rules! refusals {
    ([] $(
        $(#[$doc:meta])*
        $name:ident { $($field:ident: $type:ty),* $(,)? }
            = $code:literal, $message:literal, $rule:literal $(, $mark:ident)?;
    )*) => {
        /// Why the control plane refused an act.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "fields are named after what they hold; variants are documented")]
        pub enum Refusal { $($(#[$doc])* $name { $($field: $type),* },)* }

        /// The name of every variant: tests ask whether each is produced.
        pub const REFUSAL_NAMES: &[&str] = &[$(stringify!($name),)*];

        impl Refusal {
            /// The variant's name.
            pub fn name(&self) -> &'static str {
                match self { $(Refusal::$name { .. } => stringify!($name),)* }
            }

            /// AWS's error code.
            pub fn code(&self) -> &'static str {
                match self { $(Refusal::$name { .. } => $code,)* }
            }

            /// AWS's message.
            #[allow(unused_variables, reason = "not every message names every field")]
            pub fn message(&self) -> String {
                match self { $(Refusal::$name { $($field),* } => format!($message),)* }
            }

            /// The number of the rule that decided; `X3` where only the table of errors says it.
            pub fn rule(&self) -> &'static str {
                match self { $(Refusal::$name { .. } => $rule,)* }
            }

            /// How far the rule or the message can be relied on; `None` for what was seen or read at AWS.
            pub fn mark(&self) -> Option<Mark> {
                match self { $(Refusal::$name { .. } => refusals!(@mark $($mark)?),)* }
            }
        }
    };
    (@mark) => { None };
    (@mark $mark:ident) => { Some(Mark::$mark) };
}
