//! Who sends and receives: a guest on an instance, or a host of the internet.

use crate::addr::IpAddr;
use crate::dataplane::Origin;
use crate::id::{EndpointId, EniId, InstanceId, NatGatewayId};
use crate::model::network::Network;
use std::fmt;

/// An end of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// The guest on an instance.
    Instance(InstanceId),
    /// A host outside: of the internet, or of a network behind a VPN connection, told by its address. It answers echoes, and waits on every port (`M`): what lies outside is not what one learns here.
    Internet(IpAddr),
    /// A service of AWS beyond a gateway endpoint, by the address that was asked. It answers as hosts outside do.
    Beyond(EndpointId, IpAddr),
    /// The service behind an ENI that it made for itself.
    Service(EniId),
    /// A NAT gateway. It only refuses: a connection that it has forgotten (`R44`).
    NatGateway(NatGatewayId),
    /// The instance metadata service, as it is reached from this ENI: it waits on TCP port 80 (`I7`, `S48`).
    Metadata(EniId),
    /// The router of an ENI's subnet. It only tells of packets that could not go on (`E93`).
    Router(EniId),
}

impl Host {
    /// Where what it sends starts.
    pub fn origin(self, network: &Network) -> Origin {
        match self {
            Host::Instance(id) => Origin::Instance(id),
            Host::Internet(address) => Origin::outside(network, address),
            Host::Beyond(endpoint, _) => Origin::Endpoint(endpoint),
            Host::Service(eni) | Host::Router(eni) => Origin::Eni(eni),
            Host::NatGateway(id) => Origin::NatGateway(id),
            Host::Metadata(eni) => Origin::HostService(eni),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Instance(id) => id.fmt(f),
            Host::Internet(address) => write!(f, "internet({address})"),
            Host::Beyond(endpoint, address) => write!(f, "{endpoint}({address})"),
            Host::Service(eni) => eni.fmt(f),
            Host::NatGateway(id) => id.fmt(f),
            Host::Metadata(eni) => write!(f, "metadata({eni})"),
            Host::Router(eni) => write!(f, "router({eni})"),
        }
    }
}
