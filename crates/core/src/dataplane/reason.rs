//! Why: codes and typed evidence. No sentence is made here.

mod balanced;
mod code;
mod guest;
mod route;
mod rule;

pub use balanced::Balanced;
pub use code::Code;
pub use guest::{GuestAddressKind, GuestRouting, HostService};
pub use route::{RouteEvidence, Target};
pub use rule::{Field, Got, GroupMatch, NearestMiss, ReferenceMiss, RuleRef, Wanted};

use crate::addr::{Direction, IpAddr};
use crate::id::*;
use crate::model::eni::AttachmentStatus;
use crate::model::instance::InstanceState;
use crate::model::nat_gateway::NatState;
use crate::model::transit::TransitRoute;

/// What a check found. Ids and addresses only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evidence {
    /// Nothing to tell.
    None,
    /// The state of an instance.
    Instance {
        /// The instance.
        instance: InstanceId,
        /// Its state.
        state: InstanceState,
        /// Whether it was taken as running although it does not.
        assumed: bool,
    },
    /// What an ENI is attached to.
    Attachment {
        /// The ENI.
        eni: EniId,
        /// The instance, if it is attached to one.
        instance: Option<InstanceId>,
        /// How far attaching or detaching has come.
        status: Option<AttachmentStatus>,
        /// The state of the instance.
        state: Option<InstanceState>,
        /// Whether the instance was taken as running although it does not.
        assumed: bool,
    },
    /// How the guest chose the ENI to send by.
    GuestRoute {
        /// The ENI; `None` where there is no way out.
        eni: Option<EniId>,
        /// How it was chosen.
        by: GuestRouting,
    },
    /// A service of the host.
    Service(HostService),
    /// Source/destination check.
    SourceDest {
        /// The ENI.
        eni: EniId,
        /// Whether the check is on.
        enabled: bool,
        /// The address that was looked at.
        address: IpAddr,
        /// Whether it is the ENI's own.
        own: bool,
    },
    /// Security groups.
    Group {
        /// The ENI whose groups were asked.
        eni: EniId,
        /// Into it or out of it.
        direction: Direction,
        /// What fitted. Where nothing did, the walk names the rule that came closest.
        matched: GroupMatch,
    },
    /// Whether the destination is in the sender's subnet.
    SameSubnet {
        /// The subnet.
        subnet: SubnetId,
        /// Whether it is.
        same: bool,
        /// Who has the address there.
        owner: Option<EniId>,
    },
    /// A network ACL.
    Acl {
        /// The ACL.
        acl: AclId,
        /// Into the subnet or out of it.
        direction: Direction,
        /// The entry that decided; `None` for the closing deny. Where it denied, the walk names the allowing entry that came closest.
        number: Option<u16>,
    },
    /// A packet that does not cross the subnet's border meets no ACL (`N10`).
    NoBorder {
        /// The subnet.
        subnet: SubnetId,
    },
    /// A route table.
    Route(RouteEvidence),
    /// Who has an address in the VPC.
    Owner {
        /// The address.
        address: IpAddr,
        /// The ENI.
        eni: Option<EniId>,
    },
    /// A translation at an internet gateway.
    Translation {
        /// The address in the packet.
        from: IpAddr,
        /// What it became; `None` where there is no mapping.
        to: Option<IpAddr>,
        /// The ENI that the mapping belongs to.
        eni: Option<EniId>,
    },
    /// The state of a NAT gateway.
    NatGateway {
        /// The gateway.
        gateway: NatGatewayId,
        /// Its state.
        state: NatState,
    },
    /// A translation at a NAT gateway, with the port that belongs to the address.
    PortTranslation {
        /// The gateway.
        gateway: NatGatewayId,
        /// Address and port in the packet.
        from: (IpAddr, u16),
        /// What they became; `None` where there is no mapping.
        to: Option<(IpAddr, u16)>,
    },
    /// What an egress-only internet gateway remembers of a packet's flow.
    EgressOnly {
        /// The gateway.
        gateway: EgressOnlyGatewayId,
        /// Whether the flow went out through it before.
        known: bool,
    },
    /// Whether a virtual private gateway's VPC has the packet's address on its side.
    VpnAddress {
        /// The gateway.
        gateway: VpnGatewayId,
        /// The address.
        address: IpAddr,
        /// Whether the VPC has it in its blocks.
        inside: bool,
    },
    /// What a virtual private gateway knows of the far end.
    VpnRoute {
        /// The gateway.
        gateway: VpnGatewayId,
        /// The address at the far end.
        address: IpAddr,
        /// Whether it knows a way there.
        known: bool,
        /// The connection whose static route that is.
        connection: Option<VpnConnectionId>,
    },
    /// What an endpoint looked at.
    Endpoint {
        /// The endpoint.
        endpoint: EndpointId,
        /// The source of the packet.
        address: IpAddr,
        /// Whether the endpoint carries such packets of such a source.
        carried: bool,
    },
    /// What a load balancer did.
    Balanced {
        /// The load balancer.
        balancer: LoadBalancerId,
        /// The ENI of its node.
        node: EniId,
        /// What.
        did: Balanced,
    },
    /// What a peering connection does with an address.
    Peering {
        /// The connection.
        peering: PeeringId,
        /// The VPC at its other end.
        to: VpcId,
        /// The address.
        address: IpAddr,
        /// Whether that VPC has it in its blocks.
        inside: bool,
    },
    /// What a transit gateway does with what comes by an attachment.
    Transit {
        /// The attachment by which it came.
        from: TransitAttachmentId,
        /// The table that the attachment is associated with.
        table: Option<TransitTableId>,
        /// The route of the table that fits best.
        route: Option<TransitRoute>,
    },
    /// Whether a public destination is one of this network.
    PublicDestination {
        /// The address.
        address: IpAddr,
        /// The ENI that it is mapped to.
        eni: Option<EniId>,
    },
    /// The guest's reverse path filter.
    ReversePath {
        /// The ENI that the packet came in by.
        came_in: EniId,
        /// The ENI by which the guest would send to its source.
        way_back: Option<EniId>,
    },
    /// What the guest does with a destination address.
    GuestAddress {
        /// The address.
        address: IpAddr,
        /// What it is to the guest.
        is: GuestAddressKind,
    },
    /// What is broken on an instance.
    Faults {
        /// The instance.
        instance: InstanceId,
        /// Whether its system hangs.
        hangs: bool,
        /// How many of a thousand packets are lost.
        per_mille: u16,
        /// What was drawn for this packet, below a thousand; what is below the share is lost. `None` where nothing was drawn.
        drawn: Option<u16>,
    },
    /// How many connections an instance tracks.
    Connections {
        /// The instance.
        instance: InstanceId,
        /// Into its ENI or out of it.
        direction: Direction,
        /// How many it may track.
        at_most: u32,
        /// How many it tracked before this packet; `None` where this one needs no place of its own.
        taken: Option<u32>,
    },
    /// How long a packet may be.
    Size {
        /// How long it is, in bytes.
        length: u16,
        /// How long it may be.
        limit: u16,
        /// Whether its sender is told.
        tells: bool,
    },
    /// Whether a service waits.
    Listener {
        /// Whether one does.
        found: bool,
        /// Whether one was taken for granted.
        assumed: bool,
    },
}
