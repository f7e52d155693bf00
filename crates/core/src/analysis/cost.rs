//! What addresses cost (`A33`). Everything else of a bill is outside of this model.

use crate::model::eni::PublicOrigin;
use crate::model::network::Network;

/// What each public IPv4 address of AWS costs for an hour, in use or not, in thousandths of a US dollar (`A33`).
pub const MILLS_AN_HOUR: usize = 5;

/// How many hours a month has on a bill of AWS.
pub const HOURS_A_MONTH: usize = 730;

/// The public IPv4 addresses of a region that are paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicAddresses {
    /// Elastic IPs that are mapped to something.
    pub elastic: usize,
    /// Elastic IPs that are mapped to nothing: they cost the same.
    pub idle: usize,
    /// Those that AWS gave at launch. They end with a stop, and so does what they cost.
    pub given: usize,
}

impl PublicAddresses {
    /// Those of a network now.
    pub fn of(network: &Network) -> PublicAddresses {
        let elastic = network.elastic_ips().filter(|eip| eip.association.is_some()).count();
        let publics = network.enis().flat_map(|eni| &eni.addresses).filter_map(|address| address.public);
        PublicAddresses {
            elastic,
            idle: network.elastic_ips().count() - elastic,
            given: publics.filter(|public| public.origin == PublicOrigin::Amazon).count(),
        }
    }

    /// How many there are.
    pub const fn count(self) -> usize {
        self.elastic + self.idle + self.given
    }

    /// What they cost together for an hour, in thousandths of a US dollar.
    pub const fn mills_an_hour(self) -> usize {
        self.count() * MILLS_AN_HOUR
    }
}
