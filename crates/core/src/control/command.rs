//! Every act on the network, typed. Playground's `aws` makes these from AWS's own names and members.

mod address;
mod alarm;
mod block;
mod dhcp_options;
mod endpoint;
mod eni;
mod flow_log;
mod function;
mod group;
mod hosted_zone;
mod key_pair;
mod launch;
mod load_balancer;
mod log_group;
mod nat_gateway;
mod peering;
mod prefix_list;
mod reservation;
mod route;
mod service;
mod transit;
mod vpn;

pub use address::{AssignIpv6Addresses, AssignPrivateIpAddresses, Ipv6Wanted, UnassignIpv6Addresses, UnassignPrivateIpAddresses, Wanted};
pub use alarm::{AlarmAct, PutMetricAlarm, SetAlarmState};
pub use block::{CreateSubnet, NewVpcBlock, SubnetAttribute};
pub use dhcp_options::CreateDhcpOptions;
pub use endpoint::{CreateVpcEndpoint, ModifyVpcEndpoint};
pub use eni::{AttachmentKey, CreateNetworkInterface, EniAttribute};
pub use flow_log::CreateFlowLogs;
pub use function::{EfsAct, LambdaAct, NewFunction};
pub use group::{DescribeGroupRules, GroupRuleChange, ModifyGroupRules, Permission};
pub use hosted_zone::{ChangeRecordSets, CreateHostedZone, HostedZoneVpc, RecordAction, RecordChange};
pub use key_pair::{CreateKeyPair, ImportKeyPair, KeyPairNamed};
pub use launch::{InstanceAttribute, LaunchInterface, LaunchOptions, RunInstances};
pub use load_balancer::{Balancing, CreateListener, CreateLoadBalancer, CreateTargetGroup, NodeWanted};
pub use log_group::LogsAct;
pub use nat_gateway::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress, CreateNatGateway};
pub use peering::{CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions};
pub use prefix_list::{CreatePrefixList, ModifyPrefixList, RestorePrefixList};
pub use reservation::CreateSubnetReservation;
pub use route::{EdgeGateway, RouteTargetInput};
pub use service::ServiceTakes;
pub use transit::{NewTransitAttachment, NewTransitGateway, TransitAct, TransitAttachmentChange, TransitGatewayChange};
pub use vpn::{CreateCustomerGateway, CreateVpnConnection};

use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Net};
use crate::id::*;
use crate::model::Tags;
use crate::model::Zone;
use crate::model::event::TaggedId;
use crate::model::fault::Fault;
use crate::model::instance::Guest;
use crate::model::network_acl::AclEntry;
use crate::model::quota::Quota;
use crate::model::route_table::Destination;

/// An act of the control plane.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// CreateVpc.
    CreateVpc {
        /// Its primary block.
        cidr: Ipv4Net,
        /// Whether it gets an IPv6 block of Amazon's choice (`E72a`).
        amazon_ipv6: bool,
        /// Its tags.
        tags: Tags,
    },
    /// ModifyVpcAttribute.
    ModifyVpcAttribute {
        /// The VPC.
        vpc: VpcId,
        /// Whether the resolver answers.
        dns_support: Option<bool>,
        /// Whether public names are given.
        dns_hostnames: Option<bool>,
    },
    /// CreateDefaultVpc.
    CreateDefaultVpc,
    /// CreateDefaultSubnet, in this zone of the default VPC.
    CreateDefaultSubnet(Zone),
    /// DeleteVpc.
    DeleteVpc(VpcId),
    /// CreateDhcpOptions.
    CreateDhcpOptions(Box<CreateDhcpOptions>),
    /// DeleteDhcpOptions.
    DeleteDhcpOptions(DhcpOptionsId),
    /// AssociateDhcpOptions: a VPC with a set, or with none.
    AssociateDhcpOptions(VpcId, Option<DhcpOptionsId>),
    /// CreateSubnet.
    CreateSubnet(Box<CreateSubnet>),
    /// ModifySubnetAttribute: exactly the attributes given; one is right.
    ModifySubnetAttribute(SubnetId, Vec<SubnetAttribute>),
    /// AssociateVpcCidrBlock.
    AssociateVpcCidrBlock(VpcId, NewVpcBlock),
    /// DisassociateVpcCidrBlock.
    DisassociateVpcCidrBlock(VpcCidrAssociationId),
    /// AssociateSubnetCidrBlock: a subnet and its IPv6 block.
    AssociateSubnetCidrBlock(SubnetId, Ipv6Net),
    /// DisassociateSubnetCidrBlock.
    DisassociateSubnetCidrBlock(SubnetCidrAssociationId),
    /// DeleteSubnet.
    DeleteSubnet(SubnetId),
    /// CreateSubnetCidrReservation.
    CreateSubnetReservation(Box<CreateSubnetReservation>),
    /// DeleteSubnetCidrReservation.
    DeleteSubnetReservation(SubnetReservationId),

    /// CreateHostedZone.
    CreateHostedZone(Box<CreateHostedZone>),
    /// DeleteHostedZone.
    DeleteHostedZone(HostedZoneId),
    /// UpdateHostedZoneComment.
    UpdateHostedZoneComment(HostedZoneId, String),
    /// AssociateVPCWithHostedZone.
    AssociateHostedZone(Box<HostedZoneVpc>),
    /// DisassociateVPCFromHostedZone.
    DisassociateHostedZone(Box<HostedZoneVpc>),
    /// ChangeResourceRecordSets.
    ChangeRecordSets(Box<ChangeRecordSets>),

    /// RunInstances.
    RunInstances(Box<RunInstances>),
    /// RequestSpotInstances: a launch of spot instances, answered by the requests for them (`L22`).
    RequestSpotInstances(Box<RunInstances>),
    /// CancelSpotInstanceRequests.
    CancelSpotInstanceRequests(Vec<SpotRequestId>),
    /// StartInstances.
    StartInstances(Vec<InstanceId>),
    /// StopInstances.
    StopInstances(Vec<InstanceId>),
    /// StopInstances with `Hibernate`.
    HibernateInstances(Vec<InstanceId>),
    /// RebootInstances.
    RebootInstances(Vec<InstanceId>),
    /// TerminateInstances.
    TerminateInstances(Vec<InstanceId>),
    /// MonitorInstances, or UnmonitorInstances.
    MonitorInstances(Vec<InstanceId>, bool),
    /// ModifyInstanceAttribute: exactly one attribute.
    ModifyInstanceAttribute(InstanceId, InstanceAttribute),
    /// Our own: AWS tells a spot instance that it will be taken back (`L8`).
    TellSpotInstance(InstanceId),
    /// Our own: something on an instance breaks, or mends, or its connections are limited (echo `fault …`; `L17`, `L18`, `S45`).
    SetFault(InstanceId, Fault),
    /// Our own: the system on an instance changes (echo `ssh INSTANCE …`).
    ConfigureGuest(InstanceId, Box<Guest>),
    /// Our own: the system on an instance is shut down from inside; its InstanceInitiatedShutdownBehavior says what becomes of it.
    ShutDownGuest(InstanceId),

    /// CreateNetworkInterface.
    CreateNetworkInterface(Box<CreateNetworkInterface>),
    /// DeleteNetworkInterface.
    DeleteNetworkInterface(EniId),
    /// AttachNetworkInterface.
    AttachNetworkInterface {
        /// The ENI.
        eni: EniId,
        /// The instance.
        instance: InstanceId,
        /// The position on the card.
        device_index: u16,
        /// The card.
        network_card: u16,
    },
    /// DetachNetworkInterface.
    DetachNetworkInterface {
        /// The attachment.
        attachment: AttachmentKey,
        /// Whether to force it (`E29`).
        force: bool,
    },
    /// ModifyNetworkInterfaceAttribute: exactly the attributes given; one is right (`E11`).
    ModifyNetworkInterfaceAttribute(EniId, Vec<EniAttribute>),
    /// ResetNetworkInterfaceAttribute (SourceDestCheck).
    ResetNetworkInterfaceAttribute(EniId),
    /// AssignPrivateIpAddresses.
    AssignPrivateIpAddresses(Box<AssignPrivateIpAddresses>),
    /// UnassignPrivateIpAddresses.
    UnassignPrivateIpAddresses(Box<UnassignPrivateIpAddresses>),
    /// AssignIpv6Addresses.
    AssignIpv6Addresses(Box<AssignIpv6Addresses>),
    /// UnassignIpv6Addresses.
    UnassignIpv6Addresses(Box<UnassignIpv6Addresses>),

    /// AllocateAddress.
    AllocateAddress {
        /// A released address wanted back (`A30`).
        address: Option<Ipv4Addr>,
        /// The network border group; only the region itself is one.
        border_group: Option<String>,
        /// Its tags.
        tags: Tags,
    },
    /// AssociateAddress.
    AssociateAddress {
        /// The Elastic IP.
        allocation: AllocationId,
        /// To an ENI.
        eni: Option<EniId>,
        /// Or to an instance with one ENI.
        instance: Option<InstanceId>,
        /// To this private address; the primary one if absent.
        private_ip: Option<Ipv4Addr>,
        /// `Some(false)` refuses to take it from elsewhere (`A19`).
        allow_reassociation: Option<bool>,
    },
    /// DisassociateAddress.
    DisassociateAddress(AssociationId),
    /// ReleaseAddress.
    ReleaseAddress(AllocationId),

    /// CreateSecurityGroup.
    CreateSecurityGroup {
        /// Its name.
        name: String,
        /// Why it exists.
        description: String,
        /// Its VPC; the default VPC if absent.
        vpc: Option<VpcId>,
        /// Its tags.
        tags: Tags,
    },
    /// DeleteSecurityGroup.
    DeleteSecurityGroup(GroupId),
    /// AuthorizeSecurityGroupIngress and …Egress.
    AuthorizeSecurityGroup {
        /// The group.
        group: GroupId,
        /// In or out.
        direction: Direction,
        /// The permissions to add.
        permissions: Vec<Permission>,
    },
    /// RevokeSecurityGroupIngress and …Egress.
    RevokeSecurityGroup {
        /// The group.
        group: GroupId,
        /// In or out.
        direction: Direction,
        /// The permissions to take out.
        permissions: Vec<Permission>,
        /// Or the rules by id.
        rules: Vec<GroupRuleId>,
    },
    /// ModifySecurityGroupRules.
    ModifySecurityGroupRules(Box<ModifyGroupRules>),
    /// UpdateSecurityGroupRuleDescriptionsIngress and …Egress.
    UpdateSecurityGroupRuleDescriptions(Box<DescribeGroupRules>),

    /// CreateManagedPrefixList.
    CreateManagedPrefixList(Box<CreatePrefixList>),
    /// ModifyManagedPrefixList.
    ModifyManagedPrefixList(Box<ModifyPrefixList>),
    /// RestoreManagedPrefixListVersion.
    RestoreManagedPrefixListVersion(RestorePrefixList),
    /// DeleteManagedPrefixList.
    DeleteManagedPrefixList(PrefixListId),

    /// CreateNetworkAcl.
    CreateNetworkAcl {
        /// Its VPC.
        vpc: VpcId,
        /// Its tags.
        tags: Tags,
    },
    /// DeleteNetworkAcl.
    DeleteNetworkAcl(AclId),
    /// CreateNetworkAclEntry, or ReplaceNetworkAclEntry with `replace`.
    SetNetworkAclEntry {
        /// The ACL.
        acl: AclId,
        /// In or out.
        direction: Direction,
        /// Its number (1 to 32766); wider, so that a wrong one can be refused.
        number: i64,
        /// The entry.
        entry: AclEntry,
        /// Whether it must be there already.
        replace: bool,
    },
    /// DeleteNetworkAclEntry.
    DeleteNetworkAclEntry {
        /// The ACL.
        acl: AclId,
        /// In or out.
        direction: Direction,
        /// Its number.
        number: i64,
    },
    /// ReplaceNetworkAclAssociation.
    ReplaceNetworkAclAssociation {
        /// The tie of a subnet.
        association: AclAssociationId,
        /// The ACL that it should use.
        acl: AclId,
    },

    /// CreateRouteTable.
    CreateRouteTable {
        /// Its VPC.
        vpc: VpcId,
        /// Its tags.
        tags: Tags,
    },
    /// DeleteRouteTable.
    DeleteRouteTable(RouteTableId),
    /// CreateRoute, or ReplaceRoute with `replace`.
    SetRoute {
        /// The table.
        table: RouteTableId,
        /// Where to.
        destination: Destination,
        /// The targets given; exactly one is right.
        targets: Vec<RouteTargetInput>,
        /// Whether it must be there already.
        replace: bool,
    },
    /// DeleteRoute.
    DeleteRoute {
        /// The table.
        table: RouteTableId,
        /// Which.
        destination: Destination,
    },
    /// AssociateRouteTable with a subnet.
    AssociateRouteTable {
        /// The table.
        table: RouteTableId,
        /// The subnet.
        subnet: SubnetId,
    },
    /// AssociateRouteTable with a gateway (`R27`).
    AssociateGatewayRouteTable {
        /// The table.
        table: RouteTableId,
        /// The gateway.
        gateway: EdgeGateway,
    },
    /// DisassociateRouteTable.
    DisassociateRouteTable(RouteTableAssociationId),
    /// ReplaceRouteTableAssociation.
    ReplaceRouteTableAssociation {
        /// The tie.
        association: RouteTableAssociationId,
        /// The table that it should lead to.
        table: RouteTableId,
    },

    /// CreateInternetGateway.
    CreateInternetGateway {
        /// Its tags.
        tags: Tags,
    },
    /// AttachInternetGateway.
    AttachInternetGateway {
        /// The gateway.
        gateway: InternetGatewayId,
        /// The VPC.
        vpc: VpcId,
    },
    /// DetachInternetGateway.
    DetachInternetGateway {
        /// The gateway.
        gateway: InternetGatewayId,
        /// The VPC.
        vpc: VpcId,
    },
    /// DeleteInternetGateway.
    DeleteInternetGateway(InternetGatewayId),

    /// CreateVpcEndpoint.
    CreateVpcEndpoint(Box<CreateVpcEndpoint>),
    /// ModifyVpcEndpoint.
    ModifyVpcEndpoint(Box<ModifyVpcEndpoint>),
    /// DeleteVpcEndpoints.
    DeleteVpcEndpoints(Vec<EndpointId>),

    /// An act of load balancing.
    Balance(Box<Balancing>),

    /// Our own act: a service takes a subnet.
    ServiceTakes(Box<ServiceTakes>),
    /// Our own act: a service gives up what it took; its ENI goes.
    ServiceLeaves(EniId),

    /// An act of AWS Lambda.
    Lambda(Box<LambdaAct>),
    /// An act of Amazon EFS.
    Efs(Box<EfsAct>),

    /// An act on alarms of CloudWatch.
    Alarm(AlarmAct),
    /// An act of CloudWatch Logs.
    Logs(LogsAct),
    /// CreateFlowLogs.
    CreateFlowLogs(Box<CreateFlowLogs>),
    /// DeleteFlowLogs.
    DeleteFlowLogs(Vec<FlowLogId>),

    /// CreateKeyPair.
    CreateKeyPair(Box<CreateKeyPair>),
    /// ImportKeyPair.
    ImportKeyPair(Box<ImportKeyPair>),
    /// DeleteKeyPair.
    DeleteKeyPair(KeyPairNamed),

    /// CreateVpcPeeringConnection.
    CreateVpcPeeringConnection(Box<CreateVpcPeeringConnection>),
    /// AcceptVpcPeeringConnection.
    AcceptVpcPeeringConnection(PeeringId),
    /// RejectVpcPeeringConnection.
    RejectVpcPeeringConnection(PeeringId),
    /// DeleteVpcPeeringConnection.
    DeleteVpcPeeringConnection(PeeringId),
    /// ModifyVpcPeeringConnectionOptions.
    ModifyVpcPeeringConnectionOptions(ModifyVpcPeeringConnectionOptions),

    /// An act on a transit gateway.
    Transit(Box<TransitAct>),

    /// CreateEgressOnlyInternetGateway.
    CreateEgressOnlyInternetGateway {
        /// Its VPC.
        vpc: VpcId,
        /// Its tags.
        tags: Tags,
    },
    /// DeleteEgressOnlyInternetGateway.
    DeleteEgressOnlyInternetGateway(EgressOnlyGatewayId),

    /// CreateVpnGateway.
    CreateVpnGateway {
        /// Its number among the systems of the internet.
        amazon_side_asn: u64,
        /// Its tags.
        tags: Tags,
    },
    /// AttachVpnGateway.
    AttachVpnGateway {
        /// The gateway.
        gateway: VpnGatewayId,
        /// The VPC.
        vpc: VpcId,
    },
    /// DetachVpnGateway.
    DetachVpnGateway {
        /// The gateway.
        gateway: VpnGatewayId,
        /// The VPC.
        vpc: VpcId,
    },
    /// DeleteVpnGateway.
    DeleteVpnGateway(VpnGatewayId),
    /// EnableVgwRoutePropagation, or DisableVgwRoutePropagation.
    SetVgwRoutePropagation {
        /// The table.
        table: RouteTableId,
        /// The gateway.
        gateway: VpnGatewayId,
        /// Whether it takes the gateway's routes.
        on: bool,
    },
    /// CreateCustomerGateway.
    CreateCustomerGateway(Box<CreateCustomerGateway>),
    /// DeleteCustomerGateway.
    DeleteCustomerGateway(CustomerGatewayId),
    /// CreateVpnConnection.
    CreateVpnConnection(Box<CreateVpnConnection>),
    /// DeleteVpnConnection.
    DeleteVpnConnection(VpnConnectionId),
    /// CreateVpnConnectionRoute, or DeleteVpnConnectionRoute.
    SetVpnConnectionRoute {
        /// The connection.
        connection: VpnConnectionId,
        /// The block.
        destination: Ipv4Net,
        /// Whether it shall be there.
        there: bool,
    },

    /// CreateNatGateway.
    CreateNatGateway(Box<CreateNatGateway>),
    /// DeleteNatGateway.
    DeleteNatGateway(NatGatewayId),
    /// AssignPrivateNatGatewayAddress.
    AssignPrivateNatGatewayAddress(Box<AssignPrivateNatGatewayAddress>),
    /// UnassignPrivateNatGatewayAddress.
    UnassignPrivateNatGatewayAddress(NatGatewayId, Vec<Ipv4Addr>),
    /// AssociateNatGatewayAddress.
    AssociateNatGatewayAddress(Box<AssociateNatGatewayAddress>),
    /// DisassociateNatGatewayAddress.
    DisassociateNatGatewayAddress(NatGatewayId, Vec<AssociationId>),

    /// Service Quotas' RequestServiceQuotaIncrease.
    RequestServiceQuotaIncrease {
        /// The quota.
        quota: Quota,
        /// Its new value.
        value: usize,
    },
    /// CreateTags.
    CreateTags {
        /// The resources.
        resources: Vec<TaggedId>,
        /// The tags to add or replace.
        tags: Tags,
    },
    /// DeleteTags.
    DeleteTags {
        /// The resources.
        resources: Vec<TaggedId>,
        /// The keys, each with the value it must have, if one was given.
        tags: Vec<(String, Option<String>)>,
    },
}

/// The whole IPv4 internet.
pub fn anywhere() -> IpNet {
    IpNet::V4(Ipv4Net::default())
}
