//! What can happen to a network. `control` decides which events an act brings; `apply` is the only code that carries them out.

use super::Tags;
use super::elastic_ip::{EipAssociation, ElasticIp};
use super::endpoint::{Endpoint, EndpointState};
use super::eni::{Attachment, Eni, PublicAddress, TrackingTimeouts};
use super::flow_log::FlowLog;
use super::gateway::{EgressOnlyGateway, InternetGateway};
use super::instance::{Guest, Instance, InstanceState, ShutdownBehavior};
use super::instance_type::InstanceType;
use super::nat_gateway::{NatGateway, NatGatewayAddress, NatState};
use super::network::{Quotas, Switches};
use super::network_acl::{AclEntry, NetworkAcl};
use super::peering::{Peering, PeeringState};
use super::prefix_list::PrefixList;
use super::reservation::SubnetReservation;
use super::route_table::{Destination, Route, RouteTable, RouteTableUser};
use super::security_group::{GroupRule, SecurityGroup};
use super::spot::StateReason;
use super::vpc::{LaunchNames, Subnet, SubnetIpv6Cidr, Vpc, VpcCidr, VpcIpv6Cidr};
use super::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr};
use crate::id::*;
use crate::time::{Duration, Instant};

/// One thing that happens to the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A VPC comes to be. Its main table, default ACL and default group come as events of their own.
    VpcCreated(Box<Vpc>),
    /// An attribute of a VPC changes.
    VpcChanged(VpcId, VpcChange),
    /// A VPC goes, with its main route table, default ACL and default group.
    VpcDeleted(VpcId),
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

    /// A VPC endpoint comes to be. Its routes or ENIs come as events of their own.
    EndpointCreated(Box<Endpoint>),
    /// A VPC endpoint changes.
    EndpointChanged(EndpointId, EndpointChange),
    /// A VPC endpoint goes.
    EndpointDeleted(EndpointId),

    /// A flow log begins.
    FlowLogCreated(Box<FlowLog>),
    /// A flow log ends. One goes without such an event where the thing that it is of goes.
    FlowLogDeleted(FlowLogId),

    /// A VPC peering connection is asked for, or an imported one appears.
    PeeringCreated(Box<Peering>),
    /// A VPC peering connection comes further, or an attribute of it changes.
    PeeringChanged(PeeringId, PeeringChange),
    /// A VPC peering connection that is over is no longer listed.
    PeeringForgotten(PeeringId),

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
}

/// An attribute of a VPC.
#[derive(Clone, Debug, PartialEq)]
pub enum VpcChange {
    /// Whether the resolver answers.
    DnsSupport(bool),
    /// Whether public names are given.
    DnsHostnames(bool),
    /// A further IPv4 block. The local routes for it come as events of their own.
    CidrAdded(VpcCidr),
    /// An IPv4 block goes. The local routes for it go as events of their own.
    CidrRemoved(VpcCidrAssociationId),
    /// An IPv6 block. The local routes for it come as events of their own.
    Ipv6CidrAdded(VpcIpv6Cidr),
    /// An IPv6 block goes. The local routes for it go as events of their own.
    Ipv6CidrRemoved(VpcCidrAssociationId),
    /// Another table is the main one.
    MainRouteTable(RouteTableId),
}

/// An attribute of a subnet.
#[derive(Clone, Debug, PartialEq)]
pub enum SubnetChange {
    /// Whether new primary ENIs want a public address.
    MapPublicIpOnLaunch(bool),
    /// Whether new ENIs get an IPv6 address.
    AssignIpv6OnCreation(bool),
    /// Whether the resolver makes IPv6 addresses up.
    Dns64(bool),
    /// How instances are named.
    LaunchNames(LaunchNames),
    /// Its IPv6 block, or none any more.
    Ipv6Cidr(Option<SubnetIpv6Cidr>),
}

/// An attribute of an ENI.
#[derive(Clone, Debug, PartialEq)]
pub enum EniChange {
    /// Its description.
    Description(String),
    /// The whole set of its groups (`E6`).
    Groups(Vec<GroupId>),
    /// Source/destination check.
    SourceDestCheck(bool),
    /// Whether it dies with its instance. It must be attached.
    DeleteOnTermination(bool),
    /// Whether it wants an automatic public address.
    WantsPublicIp(bool),
    /// Idle time-outs of tracked connections.
    Tracking(TrackingTimeouts),
}

/// An attribute of an instance.
#[derive(Clone, Debug, PartialEq)]
pub enum InstanceChange {
    /// Its type.
    Type(InstanceType),
    /// The system on it.
    Guest(Box<Guest>),
    /// Whether terminate is refused.
    TerminationProtection(bool),
    /// Whether stop is refused.
    StopProtection(bool),
    /// InstanceInitiatedShutdownBehavior.
    Shutdown(ShutdownBehavior),
    /// A spot instance is told when it will be taken back (`L8`).
    SpotNotice(Instant),
    /// An ENI was forced off a card's place, which takes no other one before the next stop (`E29`).
    PlaceStuck((u16, u16), EniId),
    /// Why it is not running any more, and since when. A new run forgets it.
    Reason(StateReason, Instant),
}

/// What changes of a VPC endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointChange {
    /// How far it has come.
    State(EndpointState),
    /// Its ENIs, of an interface endpoint.
    Enis(Vec<EniId>),
    /// Their groups.
    Groups(Vec<GroupId>),
    /// Whether the service's own name leads to them.
    PrivateDns(bool),
}

/// What changes of a VPC peering connection.
#[derive(Clone, Debug, PartialEq)]
pub enum PeeringChange {
    /// Its state; it waits for nobody any more.
    State(PeeringState),
    /// It waits for the other side until this moment.
    Requested(Instant),
    /// The other side accepts, and tells its blocks.
    Accepted(Vec<Ipv4Net>),
    /// Whether names of the other side are resolved to private addresses, on either side.
    DnsResolution {
        /// On the side that asked.
        requester: Option<bool>,
        /// On the side that was asked.
        accepter: Option<bool>,
    },
}

/// A resource that can carry tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaggedId {
    /// A network ACL.
    Acl(AclId),
    /// A customer gateway.
    CustomerGateway(CustomerGatewayId),
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
    /// A VPC.
    Vpc(VpcId),
    /// A VPN connection.
    VpnConnection(VpnConnectionId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
}

/// Something that happens by itself after a while (`E18`, `L1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transition {
    /// A new ENI becomes available.
    EniSettles(EniId),
    /// An attaching ENI is attached.
    AttachFinishes(EniId, AttachmentId),
    /// A detaching ENI is detached.
    DetachFinishes(EniId, AttachmentId),
    /// A pending instance runs.
    InstanceRuns(InstanceId),
    /// A stopping instance is stopped.
    InstanceStops(InstanceId),
    /// An instance that shuts down is terminated.
    InstanceTerminates(InstanceId),
    /// A terminated instance is no longer listed.
    InstanceIsForgotten(InstanceId),
    /// A pending VPC endpoint is available.
    EndpointSettles(EndpointId),
    /// A VPC endpoint that is being deleted is gone, with its ENIs.
    EndpointGoes(EndpointId),
    /// A request for a peering connection reaches the other side, or fails.
    PeeringIsRequested(PeeringId),
    /// An accepted peering connection carries packets.
    PeeringActivates(PeeringId),
    /// A request for a peering connection that nobody accepted ends.
    PeeringExpires(PeeringId),
    /// A peering connection that is over is no longer listed.
    PeeringIsForgotten(PeeringId),
    /// AWS takes a spot instance back (`L8`).
    SpotTaken(InstanceId),
    /// What is under way with a prefix list ends.
    PrefixListSettles(PrefixListId),
    /// A pending NAT gateway becomes available, or has failed.
    NatGatewaySettles(NatGatewayId),
    /// A NAT gateway that is being deleted is gone.
    NatGatewayGoes(NatGatewayId),
    /// A NAT gateway that failed or was deleted is no longer listed.
    NatGatewayIsForgotten(NatGatewayId),
}

impl Transition {
    /// Whether it is the end of something under way. Other transitions end a long wait, for which nobody stays: that a request is accepted in time, or
    /// that what is over stays listed.
    pub const fn is_awaited(self) -> bool {
        !matches!(
            self,
            Transition::InstanceIsForgotten(_)
                | Transition::PeeringExpires(_)
                | Transition::PeeringIsForgotten(_)
                | Transition::SpotTaken(_)
                | Transition::NatGatewayIsForgotten(_)
        )
    }
}

/// A scheduled transition: when, and in which place among those of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransitionKey {
    /// When it is due.
    pub at: Instant,
    /// Its place among those of the same moment.
    pub sequence: u64,
}

/// How long things take (`E18`, `M`). A setting of the network, so that lessons may slow them down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays {
    /// `pending` to `available` of a new ENI.
    pub eni_create: Duration,
    /// Attaching.
    pub attach: Duration,
    /// Detaching from a running instance.
    pub detach: Duration,
    /// Forced detaching.
    pub detach_forced: Duration,
    /// Detaching from a stopped instance.
    pub detach_stopped: Duration,
    /// `pending` to `running`.
    pub instance_start: Duration,
    /// `stopping` to `stopped`.
    pub instance_stop: Duration,
    /// `shutting-down` to `terminated`.
    pub instance_terminate: Duration,
    /// How long a terminated instance stays listed.
    pub instance_forget: Duration,
    /// `pending` to `available` of an interface endpoint.
    pub endpoint_create: Duration,
    /// `deleting` of an endpoint.
    pub endpoint_delete: Duration,
    /// `initiating-request` to `pending-acceptance` or `failed`.
    pub peering_request: Duration,
    /// `provisioning` to `active`.
    pub peering_provision: Duration,
    /// How long a request for a peering connection waits to be accepted (`R52`).
    pub peering_expire: Duration,
    /// How long a failed peering connection stays listed.
    pub peering_forget_failed: Duration,
    /// How long one that was rejected, has expired or was deleted stays listed.
    pub peering_forget: Duration,
    /// Making, changing or deleting a prefix list.
    pub prefix_list: Duration,
    /// `pending` to `available` or `failed` of a NAT gateway.
    pub nat_gateway_create: Duration,
    /// `deleting` to `deleted` of a NAT gateway.
    pub nat_gateway_delete: Duration,
    /// How long a NAT gateway that failed or was deleted stays listed.
    pub nat_gateway_forget: Duration,
}

impl Delays {
    /// The longest of them that something under way takes: not how long what is over stays listed, nor how long a request waits to be accepted.
    pub fn longest(&self) -> Duration {
        let all = [self.eni_create, self.attach, self.detach, self.detach_forced, self.detach_stopped];
        let of_instances = [self.instance_start, self.instance_stop, self.instance_terminate];
        let of_peerings = [self.peering_request, self.peering_provision, self.endpoint_create, self.endpoint_delete];
        let of_nat_gateways = [self.nat_gateway_create, self.nat_gateway_delete];
        let others = of_nat_gateways.into_iter().chain([self.prefix_list]);
        all.into_iter().chain(of_instances).chain(of_peerings).chain(others).max().unwrap_or(Duration::ZERO)
    }
}

impl Default for Delays {
    fn default() -> Delays {
        Delays {
            eni_create: Duration::from_secs(1),
            attach: Duration::from_secs(2),
            detach: Duration::from_secs(3),
            detach_forced: Duration::from_secs(1),
            detach_stopped: Duration::ZERO,
            instance_start: Duration::from_secs(2),
            instance_stop: Duration::from_secs(2),
            instance_terminate: Duration::from_secs(1),
            instance_forget: Duration::from_secs(3_600),
            endpoint_create: Duration::from_secs(2),
            endpoint_delete: Duration::from_secs(1),
            peering_request: Duration::from_secs(1),
            peering_provision: Duration::from_secs(1),
            peering_expire: Duration::from_secs(7 * 86_400),
            peering_forget_failed: Duration::from_secs(2 * 3_600),
            peering_forget: Duration::from_secs(2 * 86_400),
            prefix_list: Duration::from_secs(1),
            nat_gateway_create: Duration::from_secs(5),
            nat_gateway_delete: Duration::from_secs(5),
            nat_gateway_forget: Duration::from_secs(3_600),
        }
    }
}
