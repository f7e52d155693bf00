//! Refusals of Service Quotas: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! quota_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    /// A quota is only raised.
    QuotaNotRaised { current: usize }
        = "IllegalArgumentException", "You must provide a quota value greater than the current quota value", "X4";
    /// Further than AWS ever raises it.
    QuotaTooHigh { most: usize } = "IllegalArgumentException", "The quota can be raised to {most} at most", "X4", Modelled;
    /// Groups of an ENI and rules of a group together let too many rules stand at one ENI.
    QuotaProduct { most: usize } = "IllegalArgumentException", "The quotas of security groups per network interface and of rules per security group multiplied cannot exceed {most}", "S9", Modelled;
    } };
}
