//! Refusals of DHCP option sets: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! dhcp_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // DHCP option sets.
    /// No such set. Where sets are shown AWS has another code for it.
    DhcpOptionsNotFound { set: DhcpOptionsId } = "InvalidDhcpOptionsID.NotFound", "The dhcpOptions ID '{set}' does not exist", "X4";
    /// A VPC uses the set.
    DhcpOptionsInUse { set: DhcpOptionsId } = "DependencyViolation", "The dhcpOptions '{set}' has dependencies and cannot be deleted.", "X4";
    /// There is no such option.
    DhcpKeyUnknown { key: String } = "InvalidParameterValue", "Value ({key}) for parameter key is invalid. Unknown DHCP option", "X4", Believed;
    /// An option is there twice.
    DhcpKeyTwice { key: &'static str } = "InvalidParameterValue", "Value ({key}) for parameter key is invalid. The DHCP option was specified more than once", "X4", Believed;
    /// An option without a value, or with more than it takes.
    DhcpValueCount { key: &'static str, limit: usize } = "InvalidParameterValue", "The DHCP option {key} takes 1 to {limit} values", "X4", Believed;
    /// An option cannot say this.
    DhcpValue { key: &'static str, value: String } = "InvalidParameterValue", "Value ({value}) for parameter value is invalid. Invalid DHCP option value for {key}", "X4", Believed;
    } };
}
