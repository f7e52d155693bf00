//! What can happen to a network. `control` decides which events an act brings; `apply` is the only code that carries them out.

mod change;
mod transition;

pub use change::{EndpointChange, EniChange, HostedZoneChange, InstanceChange, PeeringChange, SubnetChange, VpcChange};
pub use transition::{Delays, Transition, TransitionKey};

use super::Tags;
use super::alarm::Alarm;
use super::dhcp_options::DhcpOptions;
use super::elastic_ip::{EipAssociation, ElasticIp};
use super::elsewhere::Elsewhere;
use super::endpoint::Endpoint;
use super::eni::{Attachment, Eni, PublicAddress};
use super::file_system::{FileSystem, MountTarget, MountTargetState};
use super::flow_log::FlowLog;
use super::function::{Function, FunctionEni};
use super::gateway::{EgressOnlyGateway, InternetGateway};
use super::hosted_zone::HostedZone;
use super::instance::{Instance, InstanceState};
use super::key_pair::KeyPair;
use super::load_balancer::LoadBalancer;
use super::log_group::LogGroup;
use super::nat_gateway::{NatGateway, NatGatewayAddress, NatState};
use super::network_acl::{AclEntry, NetworkAcl};
use super::peering::Peering;
use super::prefix_list::PrefixList;
use super::quotas::{Quotas, Switches};
use super::reservation::SubnetReservation;
use super::route_table::{Destination, Route, RouteTable, RouteTableUser};
use super::security_group::{GroupRule, SecurityGroup};
use super::target_group::{Target, TargetGroup, TargetKey};
use super::transit::{TransitAttachment, TransitGateway, TransitId, TransitTable};
use super::vpc::{Subnet, Vpc};
use super::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr};
use crate::id::*;
use crate::time::Instant;

/// One thing that happens to the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A VPC comes to be. Its main table, default ACL and default group come as events of their own.
    VpcCreated(Box<Vpc>),
    /// An attribute of a VPC changes.
    VpcChanged(VpcId, VpcChange),
    /// A VPC goes, with its main route table, default ACL and default group.
    VpcDeleted(VpcId),
    /// A DHCP option set comes to be.
    DhcpOptionsCreated(Box<DhcpOptions>),
    /// A DHCP option set goes. No VPC uses it.
    DhcpOptionsDeleted(DhcpOptionsId),
    /// A subnet comes to be.
    SubnetCreated(Box<Subnet>),
    /// An attribute of a subnet changes.
    SubnetChanged(SubnetId, SubnetChange),
    /// A subnet goes. The tie to a route table of its own must have gone first.
    SubnetDeleted(SubnetId),

    /// An ENI comes to be.
    EniCreated(Box<Eni>),
    /// An ENI that was `pending` is now `available`.
    EniSettled(EniId),
    /// An attribute of an ENI changes.
    EniChanged(EniId, EniChange),
    /// An ENI goes; its addresses are free again.
    EniDeleted(EniId),
    /// Attaching begins (or, at launch, is done at once: see the attachment's status).
    AttachStarted(EniId, Box<Attachment>),
    /// Attaching is done.
    AttachFinished(EniId),
    /// Detaching begins: from now on no packet passes.
    DetachStarted(EniId),
    /// Detaching is done.
    DetachFinished(EniId),
    /// A secondary private address is added.
    AddressAssigned(EniId, Ipv4Addr),
    /// A secondary private address is taken away. An Elastic IP on it must have gone first.
    AddressUnassigned(EniId, Ipv4Addr),
    /// A secondary private address moves to another ENI, with its public address (`E58`).
    AddressMoved {
        /// The address.
        ip: Ipv4Addr,
        /// The ENI that had it.
        from: EniId,
        /// The ENI that has it now.
        to: EniId,
    },
    /// An IPv6 address is added to an ENI.
    Ipv6Assigned(EniId, Ipv6Addr),
    /// An IPv6 address is taken away from an ENI.
    Ipv6Unassigned(EniId, Ipv6Addr),
    /// An ENI has this address of its own as primary IPv6 address from now on, or none.
    PrimaryIpv6Set(EniId, Option<Ipv6Addr>),
    /// A prefix is added to an ENI.
    PrefixAssigned(EniId, IpNet),
    /// A prefix is taken away from an ENI.
    PrefixUnassigned(EniId, IpNet),
    /// A public address of AWS's pool is mapped to a private address.
    PublicIpGiven(EniId, Ipv4Addr, PublicAddress),
    /// The public address of AWS's pool is taken away from an ENI.
    PublicIpReleased(EniId),

    /// An Elastic IP is allocated.
    ElasticIpAllocated(Box<ElasticIp>),
    /// An Elastic IP is released.
    ElasticIpReleased(AllocationId),
    /// An Elastic IP is mapped to a private address. An older mapping of either must have gone first.
    ElasticIpAssociated(AllocationId, EipAssociation),
    /// An Elastic IP loses its mapping.
    ElasticIpDisassociated(AllocationId),

    /// A security group comes to be.
    GroupCreated(Box<SecurityGroup>),
    /// A security group goes.
    GroupDeleted(GroupId),
    /// Rules are added to a security group.
    GroupRulesAdded(GroupId, Vec<GroupRule>),
    /// Rules are taken out of a security group.
    GroupRulesRemoved(GroupId, Vec<GroupRuleId>),
    /// Rules of a security group become these; each takes the place of the one with its id.
    GroupRulesChanged(GroupId, Vec<GroupRule>),

    /// A prefix list comes to be, or becomes this.
    PrefixListSet(Box<PrefixList>),
    /// A prefix list goes.
    PrefixListDeleted(PrefixListId),

    /// A network ACL comes to be.
    AclCreated(Box<NetworkAcl>),
    /// A network ACL goes.
    AclDeleted(AclId),
    /// An entry is added or replaced.
    AclEntrySet(AclId, Direction, u16, AclEntry),
    /// An entry is taken out.
    AclEntryRemoved(AclId, Direction, u16),
    /// A subnet uses another network ACL.
    AclAssociationReplaced(SubnetId, AclId, AclAssociationId),

    /// A route table comes to be.
    RouteTableCreated(Box<RouteTable>),
    /// A route table goes.
    RouteTableDeleted(RouteTableId),
    /// A route is added or replaced.
    RouteSet(RouteTableId, Destination, Route),
    /// A route is taken out.
    RouteRemoved(RouteTableId, Destination),
    /// A table takes the routes of a virtual private gateway, or no longer does. The routes come and go as events of their own.
    RoutePropagationSet(RouteTableId, VpnGatewayId, bool),
    /// A subnet or gateway uses a table.
    RouteTableAssociated(RouteTableId, RouteTableAssociationId, RouteTableUser),
    /// A subnet or gateway no longer uses a table.
    RouteTableDisassociated(RouteTableId, RouteTableAssociationId),

    /// An internet gateway comes to be.
    InternetGatewayCreated(Box<InternetGateway>),
    /// An internet gateway is attached to a VPC, or to none any more.
    InternetGatewayMoved(InternetGatewayId, Option<VpcId>),
    /// An internet gateway goes.
    InternetGatewayDeleted(InternetGatewayId),
    /// An egress-only internet gateway comes to be.
    EgressOnlyGatewayCreated(Box<EgressOnlyGateway>),
    /// An egress-only internet gateway goes.
    EgressOnlyGatewayDeleted(EgressOnlyGatewayId),
    /// A virtual private gateway comes to be.
    VpnGatewayCreated(Box<VpnGateway>),
    /// A virtual private gateway is attached to a VPC, or to none any more.
    VpnGatewayMoved(VpnGatewayId, Option<VpcId>),
    /// A virtual private gateway goes.
    VpnGatewayDeleted(VpnGatewayId),
    /// A customer gateway comes to be.
    CustomerGatewayCreated(Box<CustomerGateway>),
    /// A customer gateway goes.
    CustomerGatewayDeleted(CustomerGatewayId),
    /// A VPN connection comes to be.
    VpnConnectionCreated(Box<VpnConnection>),
    /// A VPN connection goes.
    VpnConnectionDeleted(VpnConnectionId),
    /// A route of a VPN connection is written, or taken out.
    VpnConnectionRouteSet(VpnConnectionId, Ipv4Net, bool),
    /// A NAT gateway comes to be; its ENI and the ties of its Elastic IPs come as events of their own.
    NatGatewayCreated(Box<NatGateway>),
    /// A NAT gateway changes state, at this moment.
    NatGatewayStateChanged(NatGatewayId, NatState, Instant),
    /// The addresses of a NAT gateway are replaced by these.
    NatGatewayAddressesSet(NatGatewayId, Vec<NatGatewayAddress>),
    /// A NAT gateway that failed or was deleted is no longer listed.
    NatGatewayForgotten(NatGatewayId),

    /// An instance comes to be; its ENIs are attached by events of their own.
    InstanceLaunched(Box<Instance>),
    /// An instance changes state.
    InstanceStateChanged(InstanceId, InstanceState),
    /// An attribute of an instance changes.
    InstanceChanged(InstanceId, InstanceChange),
    /// A terminated instance is no longer listed.
    InstanceForgotten(InstanceId),

    /// A range of a subnet is reserved.
    ReservationCreated(Box<SubnetReservation>),
    /// A reservation of a subnet goes.
    ReservationDeleted(SubnetReservationId),

    /// A private hosted zone comes to be.
    HostedZoneCreated(Box<HostedZone>),
    /// A hosted zone changes.
    HostedZoneChanged(HostedZoneId, HostedZoneChange),
    /// A hosted zone goes.
    HostedZoneDeleted(HostedZoneId),
    /// A change of the domain name system is done, under this number.
    DnsChangeMade(DnsChangeNumber),

    /// A load balancer comes to be, or becomes this. The ENIs of its nodes come as events of their own.
    LoadBalancerSet(Box<LoadBalancer>),
    /// A load balancer goes.
    LoadBalancerDeleted(LoadBalancerId),
    /// A target group comes to be, or becomes this.
    TargetGroupSet(Box<TargetGroup>),
    /// A target group goes.
    TargetGroupDeleted(TargetGroupId),
    /// A target is as well as this from now on.
    TargetSet(TargetGroupId, Target),
    /// A target is out of its group.
    TargetGone(TargetGroupId, TargetKey),

    /// A VPC endpoint comes to be. Its routes or ENIs come as events of their own.
    EndpointCreated(Box<Endpoint>),
    /// A VPC endpoint changes.
    EndpointChanged(EndpointId, EndpointChange),
    /// A VPC endpoint goes.
    EndpointDeleted(EndpointId),

    /// A function comes to be, or becomes this.
    FunctionSet(Box<Function>),
    /// A function goes.
    FunctionDeleted(String),
    /// Lambda has an ENI for this, or it is not Lambda's any more. The ENI itself comes and goes by events of its own.
    FunctionEniSet(EniId, Option<FunctionEni>),

    /// A file system comes to be.
    FileSystemCreated(Box<FileSystem>),
    /// A file system goes.
    FileSystemDeleted(FileSystemId),
    /// A mount target comes to be. Its ENI comes as an event of its own.
    MountTargetCreated(Box<MountTarget>),
    /// A mount target comes further.
    MountTargetStateChanged(MountTargetId, MountTargetState),
    /// A mount target goes.
    MountTargetDeleted(MountTargetId),

    /// A flow log begins.
    FlowLogCreated(Box<FlowLog>),
    /// A flow log ends. One goes without such an event where the thing that it is of goes.
    FlowLogDeleted(FlowLogId),

    /// An alarm comes to be, or becomes this.
    AlarmSet(Box<Alarm>),
    /// The alarm of this name goes.
    AlarmDeleted(String),

    /// A log group comes to be, or becomes this.
    LogGroupSet(Box<LogGroup>),
    /// The log group of this name goes, with its records.
    LogGroupDeleted(String),

    /// A key pair comes to be.
    KeyPairCreated(Box<KeyPair>),
    /// A key pair goes.
    KeyPairDeleted(KeyPairId),

    /// A VPC peering connection is asked for, or an imported one appears.
    PeeringCreated(Box<Peering>),
    /// A VPC peering connection comes further, or an attribute of it changes.
    PeeringChanged(PeeringId, PeeringChange),
    /// A VPC peering connection that is over is no longer listed.
    PeeringForgotten(PeeringId),

    /// A transit gateway comes to be, or becomes this.
    TransitGatewaySet(Box<TransitGateway>),
    /// An attachment of a transit gateway comes to be, or becomes this. Its ENIs come and go as events of their own.
    TransitAttachmentSet(Box<TransitAttachment>),
    /// A route table of a transit gateway comes to be, or becomes this.
    TransitTableSet(Box<TransitTable>),
    /// One of them that was deleted is no longer listed.
    TransitForgotten(TransitId),

    /// Tags of a resource are replaced by these.
    TagsSet(TaggedId, Tags),

    /// Something will happen later by itself.
    TransitionScheduled(Instant, Transition),
    /// It has happened, or will not any more.
    TransitionDropped(TransitionKey),
    /// Automatic public addresses come from a counter; it advances here when one is drawn.
    PublicPoolAdvanced(u32),
    /// A saved world had used ids of this kind up to this number: no later id may equal one of them.
    CounterRaised(IdKind, u64),
    /// A saved world had drawn so many MACs.
    MacsDrawn(u64),
    /// Other quotas are in force.
    QuotasSet(Box<Quotas>),
    /// Other delays are in force.
    DelaysSet(Box<Delays>),
    /// Other rule switches are in force.
    SwitchesSet(Switches),
    /// An account that was brought in tells this of what is not in it.
    ElsewhereSet(Box<Elsewhere>),
}

/// A resource that can carry tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaggedId {
    /// A network ACL.
    Acl(AclId),
    /// A customer gateway.
    CustomerGateway(CustomerGatewayId),
    /// A DHCP option set.
    DhcpOptions(DhcpOptionsId),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// An Elastic IP.
    ElasticIp(AllocationId),
    /// A VPC endpoint.
    Endpoint(EndpointId),
    /// An ENI.
    Eni(EniId),
    /// A flow log.
    FlowLog(FlowLogId),
    /// A security group.
    Group(GroupId),
    /// A rule of a security group.
    GroupRule(GroupRuleId),
    /// An instance.
    Instance(InstanceId),
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// A key pair.
    KeyPair(KeyPairId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A managed prefix list.
    PrefixList(PrefixListId),
    /// A route table.
    RouteTable(RouteTableId),
    /// A subnet.
    Subnet(SubnetId),
    /// A reservation of a subnet.
    SubnetReservation(SubnetReservationId),
    /// A transit gateway, an attachment of one, or a route table of one.
    Transit(TransitId),
    /// A VPC.
    Vpc(VpcId),
    /// A VPN connection.
    VpnConnection(VpnConnectionId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
}
