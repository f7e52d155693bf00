//! What an accepted act answers: typed ids, from which playground's `aws` writes AWS's replies.

use super::command::Permission;
use super::error::Refusal;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::*;
use crate::model::instance::InstanceState;
use crate::model::nat_gateway::NatGatewayAddress;
use crate::model::quota::Quota;
use crate::model::reservation::SubnetReservation;
use crate::model::security_group::GroupRule;
use crate::model::transit::{TransitId, TransitRoute};
use crate::time::Instant;

/// The answer to an accepted act.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Nothing beyond success.
    Nothing,
    /// A VPC was created.
    Vpc(VpcId),
    /// A DHCP option set was created.
    DhcpOptions(DhcpOptionsId),
    /// A block was added to a VPC.
    VpcBlock(VpcId, VpcCidrAssociationId),
    /// A block was taken from a VPC.
    VpcBlockGone(VpcId, VpcCidrAssociationId, IpNet),
    /// A subnet got its IPv6 block, or lost it.
    SubnetBlock(SubnetId, SubnetCidrAssociationId, Ipv6Net),
    /// A subnet was created.
    Subnet(SubnetId),
    /// An ENI was created.
    Eni(EniId),
    /// An ENI is being attached, to this network card.
    Attachment(AttachmentId, u16),
    /// Addresses and prefixes were assigned: those asked for first, then those found.
    Assigned(Vec<Ipv4Addr>, Vec<Ipv4Net>),
    /// IPv6 addresses and prefixes were assigned to an ENI, or taken from it.
    Ipv6(EniId, Vec<Ipv6Addr>, Vec<Ipv6Net>),
    /// Instances were launched.
    Instances {
        /// The launch.
        reservation: ReservationId,
        /// Its instances, in the order of their ids.
        instances: Vec<InstanceId>,
    },
    /// An instance's metadata service has other settings.
    MetadataOptions(InstanceId),
    /// Instances before and after, in the order asked for.
    StateChanges(Vec<(InstanceId, InstanceState, InstanceState)>),
    /// An Elastic IP was allocated.
    Allocation(AllocationId),
    /// An Elastic IP is mapped.
    Association(AssociationId),
    /// A group was created.
    Group(GroupId),
    /// Rules were added.
    Rules(Vec<GroupRuleId>),
    /// Rules were taken out.
    Revoked {
        /// The group that they were in.
        group: GroupId,
        /// The rules that went, as they were.
        rules: Vec<GroupRule>,
        /// The permissions that were not there (`S20`).
        unknown: Vec<Permission>,
    },
    /// A prefix list was created, or something began with it.
    PrefixList(PrefixListId),
    /// A network ACL was created.
    Acl(AclId),
    /// A subnet uses another network ACL.
    AclAssociation(AclAssociationId),
    /// A route table was created.
    RouteTable(RouteTableId),
    /// A subnet uses a route table, or a VPC another main one.
    RouteTableAssociation(RouteTableAssociationId),
    /// An internet gateway was created.
    InternetGateway(InternetGatewayId),
    /// A range of a subnet was reserved.
    Reservation(SubnetReservationId),
    /// A reservation was deleted: what it was.
    ReservationGone(Box<SubnetReservation>),
    /// A hosted zone was created, by this change.
    HostedZone(HostedZoneId, DnsChangeNumber, Instant),
    /// The comment of a hosted zone was changed.
    HostedZoneComment(HostedZoneId),
    /// A change of the domain name system was made.
    DnsChange(DnsChangeNumber, Instant),
    /// A VPC endpoint was created.
    Endpoint(EndpointId),
    /// A load balancer was created.
    LoadBalancer(LoadBalancerId),
    /// Attributes of a load balancer were changed.
    LoadBalancerAttributes(LoadBalancerId),
    /// A listener was created.
    Listener(LoadBalancerId, ListenerId),
    /// A target group was created.
    TargetGroup(TargetGroupId),
    /// Attributes of a target group were changed.
    TargetGroupAttributes(TargetGroupId),
    /// What was asked for is done, but for these, each with its refusal.
    Unsuccessful(Vec<(String, Refusal)>),
    /// A function was made or changed.
    Function(String),
    /// A function was called; whether nobody waits for it.
    Invoked(bool),
    /// A file system was made.
    FileSystem(FileSystemId),
    /// A mount target was made.
    MountTarget(MountTargetId),
    /// A key pair was made or imported.
    KeyPair(KeyPairId),
    /// A key pair was deleted, if there was one.
    KeyPairGone(Option<KeyPairId>),
    /// Flow logs were made, and some were not, each with its refusal.
    FlowLogs(Vec<FlowLogId>, Vec<(String, Refusal)>),
    /// A VPC peering connection was asked for or accepted, or its options were changed.
    Peering(PeeringId),
    /// A transit gateway, an attachment or a table of one was created, changed, or is being deleted.
    Transit(TransitId),
    /// An attachment is associated with a table, or is no more; or it propagates to the table, or does no more.
    TransitTie(TransitTableId, TransitAttachmentId),
    /// A route of a transit gateway's table was written, or was deleted as it was.
    TransitRoute(TransitTableId, TransitRoute),
    /// An egress-only internet gateway was created.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A virtual private gateway was created.
    VpnGateway(VpnGatewayId),
    /// A customer gateway was created.
    CustomerGateway(CustomerGatewayId),
    /// A VPN connection was created.
    VpnConnection(VpnConnectionId),
    /// A NAT gateway was asked for.
    NatGateway(NatGatewayId),
    /// A quota was raised.
    Quota(Quota),
    /// Addresses of a NAT gateway came or went.
    NatGatewayAddresses(NatGatewayId, Vec<NatGatewayAddress>),
}
