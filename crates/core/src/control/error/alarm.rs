//! Refusals of alarms: rows of the table in [`super`]. Their codes are CloudWatch's, which has a list of its own.

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! alarm_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Alarms.
    /// No such alarms.
    AlarmNotFound { names: String } = "ResourceNotFound", "Alarms with names [{names}] do not exist", "W20", Believed;
    /// As many alarms as a region takes.
    AlarmLimit { limit: usize } = "LimitExceeded", "The maximum number of alarms ({limit}) has been reached.", "W20", Believed;
    } };
}
