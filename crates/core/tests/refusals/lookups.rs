//! Shapes, ids that name nothing, and things that belong to others.

use super::*;
use crate::support::{associate, create_eni, ip, run};
use eni_core::addr::{Direction, IpNet};
use eni_core::control::command::{AssignPrivateIpAddresses, AttachmentKey, CreateNetworkInterface, EniAttribute, RouteTargetInput, Wanted};
use eni_core::model::elastic_ip::EipAssociation;
use eni_core::model::event::TaggedId;
use eni_core::model::route_table::{Destination, RouteTarget};

fn tags(count: usize) -> Tags {
    (0..count).map(|n| (format!("key{n}"), String::new())).collect()
}

fn route(target: RouteTarget) -> Command {
    let destination = Destination::Cidr(IpNet::V4(net("0.0.0.0/0")));
    Command::SetRoute { table: rtb(3), destination, targets: vec![RouteTargetInput::Target(target)], replace: false }
}

fn modify(attributes: Vec<EniAttribute>) -> Command {
    Command::ModifyNetworkInterfaceAttribute(eni(3), attributes)
}

fn authorize(peer: Peer) -> Command {
    let permissions = vec![Permission::new(Traffic::All, peer)];
    Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions }
}

pub const SHAPES: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter subnetId", |_| {
        Command::CreateNetworkInterface(Box::default())
    }),
    case("ExclusiveParameters", "InvalidParameterCombination: You may not specify both networkInterfaceId and instanceId", |_| {
        Command::AssociateAddress {
            allocation: eip(2),
            eni: Some(eni(1)),
            instance: Some(inst(1)),
            private_ip: None,
            allow_reassociation: None,
        }
    }),
    case("NeitherParameter", "InvalidParameter: You must specify either privateIpAddresses or secondaryPrivateIpAddressCount", |_| {
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: eni(3),
            addresses: Vec::new(),
            count: None,
            allow_reassignment: false,
            prefixes: Wanted::default(),
        }))
    }),
    case(
        "NumberOutOfRange",
        "InvalidParameterValue: Value (0) for parameter minCount is invalid. It must be between 1 and 4294967295.",
        |_| {
            let mut request = run(Some(subnet(1)), "t3.micro");
            request.count = 0;
            Command::RunInstances(Box::new(request))
        },
    ),
    case("NoAttributes", "InvalidParameterCombination: No attributes specified.", |_| modify(Vec::new())),
    case(
        "SeveralAttributes",
        "InvalidParameterCombination: Fields for multiple attribute types specified: sourceDestCheck, description",
        |_| modify(vec![EniAttribute::SourceDestCheck(false), EniAttribute::Description("two".to_owned())]),
    ),
    case(
        "BadDescription",
        "InvalidParameterValue: Invalid interface description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        |_| modify(vec![EniAttribute::Description("<b>".to_owned())]),
    ),
    case("TagLimitExceeded", "TagLimitExceeded: The maximum number of Tags for a resource has been reached.", |_| Command::CreateTags {
        resources: vec![TaggedId::Eni(eni(1))],
        tags: tags(51),
    }),
    case(
        "BadTag",
        "InvalidParameterValue: Tag key 'k' is invalid: 1 to 127 characters, value at most 256 characters, no control characters",
        |_| Command::CreateTags { resources: vec![TaggedId::Eni(eni(1))], tags: Tags::from([("k".to_owned(), "v".repeat(257))]) },
    ),
    case(
        "BadTag",
        "InvalidParameterValue: Tag key 'kk' is invalid: 1 to 127 characters, value at most 256 characters, no control characters",
        |_| Command::CreateTags { resources: vec![TaggedId::Eni(eni(1))], tags: Tags::from([("k\u{7}k".to_owned(), String::new())]) },
    ),
    case("EmptyTagKey", "InvalidParameterValue: Value ( '' ) for parameter Tag key is invalid. Tag key cannot be null or empty.", |_| {
        Command::CreateTags { resources: vec![TaggedId::Eni(eni(1))], tags: Tags::from([(String::new(), "x".to_owned())]) }
    }),
    case("NoTags", "InvalidParameterValue: You must specify one or more tags to create", |_| Command::CreateTags {
        resources: vec![TaggedId::Eni(eni(1))],
        tags: Tags::new(),
    }),
    case("ReservedTag", "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use", |_| Command::CreateTags {
        resources: vec![TaggedId::Eni(eni(1))],
        tags: Tags::from([("aws:mine".to_owned(), String::new())]),
    }),
];

pub const IDS: &[Case] = &[
    case("AclNotFound", "InvalidNetworkAclID.NotFound: The network acl ID 'acl-9' does not exist", |_| Command::DeleteNetworkAcl(acl(9))),
    case("AclAssociationNotFound", "InvalidAssociationID.NotFound: The association ID 'aclassoc-9' does not exist", |_| {
        Command::ReplaceNetworkAclAssociation { association: id(9), acl: acl(3) }
    }),
    case("AllocationNotFound", "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-9' does not exist", |_| {
        Command::ReleaseAddress(eip(9))
    }),
    case("AssociationNotFound", "InvalidAssociationID.NotFound: The association ID 'eipassoc-9' does not exist", |_| {
        Command::DisassociateAddress(id(9))
    }),
    case("AttachmentNotFound", "InvalidAttachmentID.NotFound: The network interface attachment ID 'eni-attach-9' does not exist", |_| {
        Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(id(9)), force: false }
    }),
    case("EniNotFound", "InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-9' does not exist", |_| {
        Command::DeleteNetworkInterface(eni(9))
    }),
    case("GroupNotFound", "InvalidGroup.NotFound: The security group 'sg-9' does not exist", |_| {
        modify(vec![EniAttribute::Groups(vec![sg(9)])])
    }),
    case("SecurityGroupNotFound", "InvalidSecurityGroupID.NotFound: The securityGroup ID 'sg-9' does not exist", |_| {
        let request = CreateNetworkInterface { subnet: Some(subnet(1)), groups: vec![sg(9)], ..CreateNetworkInterface::default() };
        Command::CreateNetworkInterface(Box::new(request))
    }),
    case("GroupRuleNotFound", "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-63' does not exist", |_| {
        Command::RevokeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions: Vec::new(), rules: vec![id(99)] }
    }),
    case("InstanceNotFound", "InvalidInstanceID.NotFound: The instance ID 'i-9' does not exist", |_| {
        Command::StartInstances(vec![inst(9)])
    }),
    case("InternetGatewayNotFound", "InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-9' does not exist", |_| {
        route(RouteTarget::InternetGateway(igw(9)))
    }),
    case("RouteNatGatewayNotFound", "InvalidNatGatewayID.NotFound: The natGateway ID 'nat-9' does not exist", |_| {
        route(RouteTarget::NatGateway(id(9)))
    }),
    case("PeeringNotFound", "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-9' does not exist", |_| {
        route(RouteTarget::Peering(id(9)))
    }),
    case("PrefixListNotFound", "InvalidPrefixListID.NotFound: The prefix list ID 'pl-9' does not exist", |_| {
        authorize(Peer::PrefixList(id(9)))
    }),
    case("RouteTableNotFound", "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-9' does not exist", |_| {
        Command::DeleteRouteTable(rtb(9))
    }),
    case("RouteTableAssociationNotFound", "InvalidAssociationID.NotFound: The association ID 'rtbassoc-9' does not exist", |_| {
        Command::DisassociateRouteTable(id(9))
    }),
    case("SubnetNotFound", "InvalidSubnetID.NotFound: The subnet ID 'subnet-9' does not exist", |_| create_eni(subnet(9))),
    case("VpcNotFound", "InvalidVpcID.NotFound: The vpc ID 'vpc-9' does not exist", |_| Command::DeleteVpc(vpc(9))),
    case("VpnGatewayNotFound", "InvalidVpnGatewayID.NotFound: The vpnGateway ID 'vgw-9' does not exist", |_| {
        route(RouteTarget::VpnGateway(id(9)))
    }),
];

pub const OWNERS: &[Case] = &[
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        Command::DeleteNetworkInterface(eni(50))
    }),
    // On a service's ENI an Elastic IP is the service's, whatever describe-addresses says of it.
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        on_a_services_eni(scene);
        associate(eip(2), eni(3))
    }),
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        Command::DisassociateAddress(on_a_services_eni(scene))
    }),
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        on_a_services_eni(scene);
        Command::ReleaseAddress(eip(2))
    }),
    case("ElasticIpHeldByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        associate(eip(50), eni(3))
    }),
    case("ElasticIpHeldByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        Command::ReleaseAddress(eip(50))
    }),
    // What holds a private address for a service is not pushed off it.
    case("ElasticIpHeldByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        let association = EipAssociation { id: id(90), eni: eni(3), private_ip: scene.eni(eni(3)).addresses[0].ip };
        scene.apply(&[Event::ElasticIpAssociated(eip(50), association)]);
        associate(eip(2), eni(3))
    }),
    case("ElasticIpHeldByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        let association = EipAssociation { id: id(90), eni: eni(3), private_ip: scene.eni(eni(3)).addresses[0].ip };
        scene.apply(&[Event::ElasticIpAssociated(eip(50), association)]);
        Command::DisassociateAddress(id(90))
    }),
    case("ServiceAttachment", "OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.", |scene| {
        scene.service();
        Command::DetachNetworkInterface { attachment: AttachmentKey::Service(id(1)), force: false }
    }),
];

/// The free Elastic IP, put on the ENI of a service by that service.
fn on_a_services_eni(scene: &mut Scene) -> AssociationId {
    scene.service();
    let association = EipAssociation { id: id(90), eni: eni(50), private_ip: ip("10.0.1.50") };
    scene.apply(&[Event::ElasticIpAssociated(eip(2), association)]);
    association.id
}
