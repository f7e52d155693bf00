//! What the acts on VPC endpoints were asked for.

use crate::addr::Ipv4Addr;
use crate::id::{EndpointId, GroupId, RouteTableId, SubnetId, VpcId};
use crate::model::Tags;

/// What CreateVpcEndpoint was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateVpcEndpoint {
    /// Its VPC.
    pub vpc: VpcId,
    /// The service's full name: `com.amazonaws.us-east-1.s3`.
    pub service: Option<String>,
    /// Whether it is an interface endpoint; otherwise a gateway endpoint.
    pub interface: bool,
    /// The tables that get a route, of a gateway endpoint.
    pub tables: Vec<RouteTableId>,
    /// The subnets that get an ENI, of an interface endpoint.
    pub subnets: Vec<SubnetId>,
    /// The addresses of these ENIs, where somebody chose them; the lowest free ones elsewhere.
    pub addresses: Vec<(SubnetId, Ipv4Addr)>,
    /// The groups of these ENIs; the VPC's default group if empty.
    pub groups: Vec<GroupId>,
    /// Whether the service's own name leads to them; no if absent (`M`).
    pub private_dns: Option<bool>,
    /// Its tags.
    pub tags: Tags,
}

/// What ModifyVpcEndpoint was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ModifyVpcEndpoint {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Tables that get a route, and tables that lose it.
    pub tables: (Vec<RouteTableId>, Vec<RouteTableId>),
    /// Subnets that get an ENI, and subnets that lose it.
    pub subnets: (Vec<SubnetId>, Vec<SubnetId>),
    /// Groups that its ENIs get, and groups that they lose.
    pub groups: (Vec<GroupId>, Vec<GroupId>),
    /// Whether the service's own name leads to its ENIs.
    pub private_dns: Option<bool>,
}
