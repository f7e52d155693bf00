//! Transit gateways (`R57`, `R64` to `R69`): a router between VPCs, what ties a VPC to it, and its route tables.

use super::Tags;
use super::Zone;
use super::eni::Eni;
use super::network::Network;
use super::vpc::Vpc;
use crate::addr::{IpAddr, IpNet};
use crate::id::{EniId, SubnetId, TransitAttachmentId, TransitGatewayId, TransitTableId, VpcId};
use crate::table::{Set, Table};
use crate::time::Instant;
use std::fmt;

/// A transit gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitGateway {
    /// Its id.
    pub id: TransitGatewayId,
    /// How far it has come.
    pub state: TransitState,
    /// What it is for.
    pub description: String,
    /// Its number among the systems of the internet.
    pub amazon_side_asn: u64,
    /// Whether attachments of other accounts need nobody's consent; here there is one account.
    pub auto_accept: bool,
    /// Whether traffic is spread over VPN tunnels; there are none here.
    pub vpn_ecmp: bool,
    /// Whether public names of other VPCs lead to private addresses; kept, and not played.
    pub dns_support: bool,
    /// The table that new attachments are associated with, if they are.
    pub association_table: Option<TransitTableId>,
    /// The table that new attachments propagate their blocks to, if they do.
    pub propagation_table: Option<TransitTableId>,
    /// When it was asked for.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

impl TransitGateway {
    /// The number that a gateway has where none is asked for.
    pub const USUAL_ASN: u64 = 64_512;
}

/// The tie between a transit gateway and a VPC: one ENI in each of the subnets that were named, one of which a zone may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitAttachment {
    /// Its id.
    pub id: TransitAttachmentId,
    /// The gateway.
    pub gateway: TransitGatewayId,
    /// The VPC.
    pub vpc: VpcId,
    /// How far it has come.
    pub state: TransitState,
    /// Its ENIs, in the order in which their subnets were named; none of one that was deleted.
    pub enis: Vec<EniId>,
    /// The table by which the gateway sends on what comes from the VPC.
    pub table: Option<TransitTableId>,
    /// Its settings.
    pub options: TransitOptions,
    /// When it was asked for.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// The settings of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitOptions {
    /// Kept, and not played.
    pub dns_support: bool,
    /// Whether rules of groups may name groups across the gateway, if that allows it too; here none does.
    pub group_references: bool,
    /// Ipv6Support: whether the IPv6 blocks of its VPC propagate. Packets cross it whatever it says (`R66`).
    pub ipv6: bool,
    /// Whether both directions of a flow enter the VPC by the same zone.
    pub appliance_mode: bool,
}

impl Default for TransitOptions {
    fn default() -> TransitOptions {
        TransitOptions { dns_support: true, group_references: true, ipv6: false, appliance_mode: false }
    }
}

/// A route table of a transit gateway. Which attachments use it, they say themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitTable {
    /// Its id.
    pub id: TransitTableId,
    /// The gateway.
    pub gateway: TransitGatewayId,
    /// How far it has come.
    pub state: TransitState,
    /// The attachments whose blocks it takes.
    pub propagations: Set<TransitAttachmentId>,
    /// Its static routes, each to an attachment or, as a blackhole, to none.
    pub routes: Table<IpNet, Option<TransitAttachmentId>>,
    /// When it was made.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// How far a transit gateway, an attachment or a table has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransitState {
    /// Asked for; no packet passes yet.
    Pending,
    /// It works.
    Available,
    /// On its way off; no packet passes any more.
    Deleting,
    /// Gone; it stays listed for a while.
    Deleted,
}

impl TransitState {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            TransitState::Pending => "pending",
            TransitState::Available => "available",
            TransitState::Deleting => "deleting",
            TransitState::Deleted => "deleted",
        }
    }

    /// Whether it is there, or will be.
    pub const fn stands(self) -> bool {
        matches!(self, TransitState::Pending | TransitState::Available)
    }
}

/// A transit gateway, an attachment, or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransitId {
    /// A gateway.
    Gateway(TransitGatewayId),
    /// An attachment.
    Attachment(TransitAttachmentId),
    /// A route table.
    Table(TransitTableId),
}

impl fmt::Display for TransitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TransitId::Gateway(id) => id.fmt(f),
            TransitId::Attachment(id) => id.fmt(f),
            TransitId::Table(id) => id.fmt(f),
        }
    }
}

/// A route of a transit gateway's table, written or propagated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransitRoute {
    /// The block.
    pub destination: IpNet,
    /// Whether it comes from the attachment itself.
    pub propagated: bool,
    /// Where it leads; nowhere if it is a blackhole.
    pub to: Option<TransitAttachmentId>,
}

impl TransitTable {
    /// Every route: the static ones, and those propagated that no static one hides (`R66`). Of two VPCs with one block, the attachment with the lower
    /// id has it (`M`).
    pub fn all_routes<'n>(&'n self, network: &'n Network) -> impl Iterator<Item = TransitRoute> + 'n {
        let written = self.routes.iter().map(|(destination, to)| TransitRoute { destination: *destination, propagated: false, to: *to });
        let propagated = self.propagations.iter().filter_map(|id| network.transit_attachment(*id));
        let told = propagated.flat_map(move |attachment| {
            let blocks = network.vpc(attachment.vpc).into_iter().flat_map(Vpc::blocks);
            blocks.filter(|block| attachment.tells_of(*block)).map(|block| (block, attachment.id))
        });
        let told = told.filter(move |(block, id)| {
            !self.routes.contains_key(block) && !self.propagations.iter().any(|other| other < id && network.propagates(*other, *block))
        });
        written.chain(told.map(|(destination, to)| TransitRoute { destination, propagated: true, to: Some(to) }))
    }

    /// The route for an address: the longest prefix, and a static one before a propagated one of the same length (`R66`).
    pub fn route_for(&self, network: &Network, address: IpAddr) -> Option<TransitRoute> {
        let fits = self.all_routes(network).filter(|route| route.destination.contains(&address));
        fits.max_by_key(|route| (route.destination.prefix_len(), !route.propagated))
    }
}

impl TransitAttachment {
    /// Whether it tells the tables that it propagates to of a block of its VPC.
    fn tells_of(&self, block: IpNet) -> bool {
        self.state == TransitState::Available && (matches!(block, IpNet::V4(_)) || self.options.ipv6)
    }
}

impl Network {
    /// Whether an attachment propagates this block.
    fn propagates(&self, id: TransitAttachmentId, block: IpNet) -> bool {
        let attachment = self.transit_attachment(id).filter(|attachment| attachment.tells_of(block));
        attachment.and_then(|attachment| self.vpc(attachment.vpc)).is_some_and(|vpc| vpc.blocks().any(|own| own == block))
    }

    /// The attachment of a VPC to a transit gateway that is not on its way off: at most one.
    pub fn transit_attachment_of(&self, gateway: TransitGatewayId, vpc: VpcId) -> Option<&TransitAttachment> {
        self.transit_attachments().find(|one| one.gateway == gateway && one.vpc == vpc && one.state.stands())
    }

    /// The attachment that works through an ENI.
    pub fn transit_attachment_with(&self, eni: &Eni) -> Option<&TransitAttachment> {
        self.transit_attachments().filter(|_| eni.is_requester_managed()).find(|one| one.enis.contains(&eni.id))
    }

    /// The ENI of an attachment in a zone.
    pub fn transit_eni(&self, attachment: &TransitAttachment, zone: &Zone) -> Option<&Eni> {
        let here = |eni: &&Eni| self.subnet(eni.subnet).is_some_and(|subnet| subnet.zone == *zone);
        attachment.enis.iter().filter_map(|id| self.eni(*id)).find(here)
    }

    /// The subnets of an attachment's ENIs.
    pub fn transit_subnets(&self, attachment: &TransitAttachment) -> impl Iterator<Item = SubnetId> + '_ {
        let enis: Vec<SubnetId> = attachment.enis.iter().filter_map(|id| self.eni(*id)).map(|eni| eni.subnet).collect();
        enis.into_iter()
    }

    /// Whether a VPC's routes to a transit gateway carry packets: it has an attachment that works. Where an import tells of none, its word is taken.
    pub(super) fn transit_route_works(&self, gateway: TransitGatewayId, vpc: VpcId) -> bool {
        let mut told = self.transit_attachments().filter(|one| one.gateway == gateway && one.vpc == vpc).peekable();
        match told.peek() {
            Some(_) => told.any(|one| one.state == TransitState::Available),
            None => !self.counters.has_given(gateway),
        }
    }
}
