//! VPC peering connections (`J14`): their members, their filters, and what writes them.

use super::Writer;
use super::tables::{ID, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::text::{Json, Object};
use eni_core::addr::Ipv4Net;
use eni_core::model::peering::{Peering, PeeringSide, PeeringState};

const SIDE: Wire = Wire::Struct(&[
    derived("CidrBlock", Wire::Ipv4Block),
    kept("CidrBlockSet", Wire::List(&Wire::Struct(&[kept("CidrBlock", Wire::Ipv4Block)]))),
    kept("OwnerId", Wire::Text),
    kept(
        "PeeringOptions",
        Wire::Struct(&[
            kept("AllowDnsResolutionFromRemoteVpc", Wire::Boolean),
            derived("AllowEgressFromLocalClassicLinkToRemoteVpc", Wire::Boolean),
            derived("AllowEgressFromLocalVpcToRemoteClassicLink", Wire::Boolean),
        ]),
    ),
    kept("VpcId", ID),
    kept("Region", Wire::Text),
]);

/// A VPC peering connection.
pub const PEERING: &[Member] = &[
    kept("AccepterVpcInfo", SIDE),
    kept("ExpirationTime", Wire::Time),
    kept("RequesterVpcInfo", SIDE),
    kept("Status", Wire::Struct(&[kept("Code", Wire::Text), derived("Message", Wire::Text)])),
    TAGS,
    kept("VpcPeeringConnectionId", ID),
];

/// The filters of DescribeVpcPeeringConnections.
pub const FILTERS: &str = "tag vpc-peering-connection-id status-code=Status.Code status-message=Status.Message expiration-time \
    requester-vpc-info.cidr-block requester-vpc-info.owner-id requester-vpc-info.vpc-id \
    accepter-vpc-info.cidr-block accepter-vpc-info.owner-id accepter-vpc-info.vpc-id";

impl Writer<'_> {
    pub(in crate::aws) fn peering(&self, peering: &Peering) -> Json {
        let status = Object::new().with("Code", peering.state.as_str()).with("Message", message(peering));
        self.object()
            .text("VpcPeeringConnectionId", peering.id)
            .with("RequesterVpcInfo", self.peering_side(&peering.requester))
            .with("AccepterVpcInfo", self.peering_side(&peering.accepter))
            .with("Status", status)
            .maybe("ExpirationTime", peering.expires.map(|at| self.epoch.print(at)))
            .tags("Tags", &peering.tags)
            .into()
    }

    /// A side shows its blocks and options once they are told.
    fn peering_side(&self, side: &PeeringSide) -> Object {
        let object = Object::new().text("VpcId", side.vpc).text("OwnerId", side.owner).with("Region", side.region.as_str());
        let Some(first) = side.cidrs.first() else { return object };
        let is_own = side.owner == self.network.account() && side.region == self.network.region();
        let now: Option<Vec<Ipv4Net>> =
            self.network.vpc(side.vpc).filter(|_| is_own).map(|vpc| vpc.cidrs.iter().map(|block| block.cidr).collect());
        let blocks = now.as_ref().unwrap_or(&side.cidrs);
        let options = Object::new()
            .with("AllowDnsResolutionFromRemoteVpc", side.dns_resolution)
            .with("AllowEgressFromLocalClassicLinkToRemoteVpc", false)
            .with("AllowEgressFromLocalVpcToRemoteClassicLink", false);
        object
            .text("CidrBlock", blocks.first().unwrap_or(first))
            .list("CidrBlockSet", blocks.iter().map(|block| Object::new().text("CidrBlock", block).into()))
            .with("PeeringOptions", options)
    }
}

/// What AWS says beside the state.
fn message(peering: &Peering) -> String {
    let asked = peering.accepter.owner;
    match peering.state {
        PeeringState::InitiatingRequest => format!("Initiating Request to {asked}"),
        PeeringState::PendingAcceptance => format!("Pending Acceptance by {asked}"),
        PeeringState::Provisioning => "Provisioning".to_owned(),
        PeeringState::Active => "Active".to_owned(),
        PeeringState::Rejected => format!("Rejected by {asked}"),
        PeeringState::Failed => "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range".to_owned(),
        PeeringState::Expired => "Expired".to_owned(),
        PeeringState::Deleted => format!("Deleted by {}", peering.requester.owner),
    }
}
