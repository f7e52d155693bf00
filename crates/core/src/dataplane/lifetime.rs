//! How long a flow without packets is remembered, by what it is.

use crate::time::Duration;

/// UDP without more than one request and answer, unless the ENI says otherwise (`S42`).
pub const UDP_SINGLE: Duration = Duration::from_secs(30);
/// UDP with more than one request and answer, unless the ENI says otherwise (`S42`).
pub const UDP_STREAM: Duration = Duration::from_secs(180);
/// ICMP (`S44`, `M`).
pub const ICMP: Duration = Duration::from_secs(30);
/// TCP before its handshake is complete (`S44`, `M`).
pub const TCP_HALF_OPEN: Duration = Duration::from_secs(30);
/// TCP after FIN or RST (`S44`, `M`).
pub const TCP_CLOSING: Duration = Duration::from_secs(10);
/// Every other protocol (`S34`).
pub const OTHER: Duration = Duration::from_secs(600);
