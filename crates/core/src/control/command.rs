//! Every act on the network, typed. Playground's `aws` makes these from AWS's own names and members.

mod address;
mod block;
mod endpoint;
mod group;
mod nat_gateway;
mod peering;
mod prefix_list;
mod vpn;

pub use address::{AssignPrivateIpAddresses, UnassignPrivateIpAddresses, Wanted};
pub use block::{CreateSubnet, NewVpcBlock, SubnetAttribute};
pub use endpoint::{CreateVpcEndpoint, ModifyVpcEndpoint};
pub use group::{DescribeGroupRules, GroupRuleChange, ModifyGroupRules};
pub use nat_gateway::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress, CreateNatGateway};
pub use peering::{CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions};
pub use prefix_list::{CreatePrefixList, ModifyPrefixList, RestorePrefixList};
pub use vpn::{CreateCustomerGateway, CreateVpnConnection};

use crate::addr::{Direction, IpNet, Ipv4Addr, Ipv4Net, Ipv6Net, Traffic};
use crate::id::*;
use crate::model::Tags;
use crate::model::Zone;
use crate::model::eni::TrackingTimeouts;
use crate::model::event::TaggedId;
use crate::model::instance::Guest;
use crate::model::instance_type::InstanceType;
use crate::model::network_acl::AclEntry;
use crate::model::route_table::{Destination, RouteTarget};
use crate::model::security_group::Peer;
use crate::model::spot::Spot;

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

    /// RunInstances.
    RunInstances(Box<RunInstances>),
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
    /// ModifyInstanceAttribute: exactly one attribute.
    ModifyInstanceAttribute(InstanceId, InstanceAttribute),
    /// Our own: AWS tells a spot instance that it will be taken back (`L8`).
    TellSpotInstance(InstanceId),
    /// Our own: the system on an instance changes (echo `ssh INSTANCE …`).
    ConfigureGuest(InstanceId, Box<Guest>),

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

    /// AllocateAddress.
    AllocateAddress {
        /// A released address wanted back (`A30`).
        address: Option<Ipv4Addr>,
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

/// What RunInstances was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct RunInstances {
    /// The image; decides the guest.
    pub image: ImageId,
    /// The type.
    pub instance_type: InstanceType,
    /// How many, at most and at least 1.
    pub count: u32,
    /// The subnet of the primary ENI; a default subnet if absent.
    pub subnet: Option<SubnetId>,
    /// Groups of the primary ENI.
    pub groups: Vec<GroupId>,
    /// Its private address.
    pub private_ip: Option<Ipv4Addr>,
    /// Whether it wants a public address; the subnet's setting if absent (`A2`).
    pub associate_public_ip: Option<bool>,
    /// ENIs spelled out, instead of the four above.
    pub interfaces: Vec<LaunchInterface>,
    /// Tags of the instances.
    pub tags: Tags,
    /// Tags of the ENIs that the launch creates.
    pub interface_tags: Tags,
    /// Everything else that is about the instances themselves.
    pub options: LaunchOptions,
}

/// What a launch asks for beside its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LaunchOptions {
    /// Spot instances, and what becomes of them when they are taken back (`L8`).
    pub spot: Option<Spot>,
    /// Whether they can hibernate.
    pub hibernates: bool,
    /// Whether terminate is refused from the start (`L6`).
    pub termination_protection: bool,
    /// Whether stop is refused from the start (`L6`).
    pub stop_protection: bool,
}

/// An ENI of a launch: an existing one, or one to create.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LaunchInterface {
    /// Its device index.
    pub device_index: u16,
    /// Its card.
    pub network_card: u16,
    /// An existing ENI (`E37`).
    pub existing: Option<EniId>,
    /// Or the subnet of a new one.
    pub subnet: Option<SubnetId>,
    /// Groups of a new one.
    pub groups: Vec<GroupId>,
    /// Private address of a new one.
    pub private_ip: Option<Ipv4Addr>,
    /// Private addresses of a new one in a list, each with its mark as primary.
    pub addresses: Vec<(Ipv4Addr, bool)>,
    /// Or how many secondary ones of any.
    pub secondary_count: Option<i64>,
    /// IPv4 prefixes of a new one.
    pub prefixes: Wanted<Ipv4Net>,
    /// Description of a new one.
    pub description: String,
    /// Whether it dies with the instance.
    pub delete_on_termination: Option<bool>,
    /// Whether it wants a public address.
    pub associate_public_ip: Option<bool>,
}

/// What CreateNetworkInterface was asked for.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateNetworkInterface {
    /// The subnet; AWS requires it.
    pub subnet: Option<SubnetId>,
    /// Free text.
    pub description: String,
    /// Groups; the VPC's default group if empty.
    pub groups: Vec<GroupId>,
    /// The private address asked for by itself.
    pub private_ip: Option<Ipv4Addr>,
    /// Private addresses in a list, each with its mark as primary.
    pub addresses: Vec<(Ipv4Addr, bool)>,
    /// Or how many secondary ones of any.
    pub secondary_count: Option<i64>,
    /// IPv4 prefixes, instead of secondary addresses (`E69`).
    pub prefixes: Wanted<Ipv4Net>,
    /// Tags.
    pub tags: Tags,
}

/// An attribute of an ENI to change.
#[derive(Clone, Debug, PartialEq)]
pub enum EniAttribute {
    /// Description.
    Description(String),
    /// Groups: the whole new set.
    Groups(Vec<GroupId>),
    /// SourceDestCheck.
    SourceDestCheck(bool),
    /// Attachment.DeleteOnTermination, with the attachment's id (`E12`).
    DeleteOnTermination(Option<AttachmentId>, bool),
    /// AssociatePublicIpAddress.
    AssociatePublicIp(bool),
    /// ConnectionTrackingSpecification.
    Tracking(TrackingTimeouts),
}

/// An attribute of an instance to change.
#[derive(Clone, Debug, PartialEq)]
pub enum InstanceAttribute {
    /// SourceDestCheck of its only ENI (`E42`).
    SourceDestCheck(bool),
    /// Groups of its only ENI (`S4`).
    Groups(Vec<GroupId>),
    /// InstanceType (`L7`).
    InstanceType(InstanceType),
    /// DisableApiTermination.
    DisableApiTermination(bool),
    /// DisableApiStop.
    DisableApiStop(bool),
}

/// An attachment's id, of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentKey {
    /// Made by attaching an ENI.
    Eni(AttachmentId),
    /// Made by a service (`E81`).
    Service(ServiceAttachmentId),
}

/// A permission to add to a group or take out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    /// Protocol and ports, or ICMP type and code.
    pub traffic: Traffic,
    /// The other end.
    pub peer: Peer,
    /// Why.
    pub description: String,
    /// Tags of the rule that it makes.
    pub tags: Tags,
}

/// A gateway that can have a route table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeGateway {
    /// An internet gateway.
    Internet(InternetGatewayId),
    /// A virtual private gateway.
    Vpn(VpnGatewayId),
}

/// A target as a caller names it: an instance stands for its only ENI (`R10`).
#[derive(Clone, Debug, PartialEq)]
pub enum RouteTargetInput {
    /// A target as it is stored.
    Target(RouteTarget),
    /// An instance.
    Instance(InstanceId),
}

impl Permission {
    /// A permission without a description or tags.
    pub fn new(traffic: Traffic, peer: Peer) -> Permission {
        Permission { traffic, peer, description: String::new(), tags: Tags::new() }
    }
}

/// The whole IPv4 internet.
pub fn anywhere() -> IpNet {
    IpNet::V4(Ipv4Net::default())
}
