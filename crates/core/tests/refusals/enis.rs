//! ENIs, their addresses, attachments and Elastic IPs.

use super::*;
use crate::support::{associate, create_eni, ip};
use eni_core::addr::Ipv4Addr;
use eni_core::control::command::{
    AssignPrivateIpAddresses, AttachmentKey, CreateNetworkInterface, EniAttribute, UnassignPrivateIpAddresses, Wanted,
};

fn create(change: impl FnOnce(&mut CreateNetworkInterface)) -> Command {
    let mut request = CreateNetworkInterface { subnet: Some(subnet(1)), ..CreateNetworkInterface::default() };
    change(&mut request);
    Command::CreateNetworkInterface(Box::new(request))
}

fn at(address: &str) -> Command {
    create(|request| request.private_ip = Some(ip(address)))
}

fn assign(number: u64, addresses: &[&str], allow_reassignment: bool) -> Command {
    let addresses = addresses.iter().map(|address| ip(address)).collect::<Vec<Ipv4Addr>>();
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: eni(number),
        addresses,
        count: None,
        allow_reassignment,
        prefixes: Wanted::default(),
    }))
}

fn count(number: u64, count: i64) -> Command {
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: eni(number),
        addresses: Vec::new(),
        count: Some(count),
        allow_reassignment: false,
        prefixes: Wanted::default(),
    }))
}

fn unassign(number: u64, address: &str) -> Command {
    Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
        eni: eni(number),
        addresses: vec![ip(address)],
        prefixes: Vec::new(),
    }))
}

fn prefixes(number: u64, list: &[&str]) -> Command {
    Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
        eni: eni(number),
        addresses: Vec::new(),
        count: None,
        prefixes: Wanted::these(list.iter().map(|prefix| net(prefix)).collect()),
        allow_reassignment: false,
    }))
}

fn attach(eni: EniId, instance: u64, device_index: u16, network_card: u16) -> Command {
    Command::AttachNetworkInterface { eni, instance: inst(instance), device_index, network_card }
}

fn detach(number: u64) -> Command {
    Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(id(number)), force: false }
}

fn modify(number: u64, attribute: EniAttribute) -> Command {
    Command::ModifyNetworkInterfaceAttribute(eni(number), vec![attribute])
}

/// A prefix on `eni-3`, as an import brings it.
fn give_prefix(scene: &mut Scene) {
    let mut with_prefix = scene.eni(eni(3)).clone();
    with_prefix.ipv4_prefixes.push(net("10.0.1.128/28"));
    scene.apply(&[Event::EniDeleted(eni(3)), Event::EniCreated(Box::new(with_prefix))]);
}

pub const ADDRESSES: &[Case] = &[
    case("AddressOutsideSubnet", "InvalidParameterValue: Address does not fall within the subnet's address range", |_| at("10.0.2.9")),
    case("AddressReserved", "InvalidParameterValue: Address is in subnet's reserved address range", |_| at("10.0.1.3")),
    case("AssignedAddressReserved", "InvalidParameterValue: Address 10.0.1.255 is in subnet's reserved range.", |_| {
        assign(3, &["10.0.1.255"], false)
    }),
    case("AddressInUse", "InvalidIPAddress.InUse: The specified address is already in use.", |_| at("10.0.1.4")),
    case("AddressInPrefix", "Resource.AlreadyAssigned: The address 10.0.1.130 is already assigned as part of a prefix", |scene| {
        give_prefix(scene);
        assign(4, &["10.0.1.130"], true)
    }),
    case("AddressTwice", "InvalidParameterValue: Address 10.0.1.99 may be specified only once", |_| {
        create(|request| request.addresses = vec![(ip("10.0.1.99"), true), (ip("10.0.1.99"), false)])
    }),
    case(
        "BadPrefix",
        "InvalidParameterValue: Value (10.0.1.16/27) for parameter prefix is invalid. A prefix must be a /28 on its boundary.",
        |_| prefixes(3, &["10.0.1.16/27"]),
    ),
    case(
        "BadPrefix",
        "InvalidParameterValue: Value (10.0.1.17/28) for parameter prefix is invalid. A prefix must be a /28 on its boundary.",
        |_| prefixes(3, &["10.0.1.17/28"]),
    ),
    case("BadPrefixCount", "InvalidParameterValue: Value (0) for parameter ipv4PrefixCount is invalid. It must be greater than 0.", |_| {
        create(|request| request.prefixes = Wanted::any(0))
    }),
    case("PrefixOutsideSubnet", "InvalidParameterValue: Prefix 10.0.2.16/28 does not fall within the subnet's address range", |_| {
        prefixes(3, &["10.0.2.16/28"])
    }),
    case("PrefixReserved", "InvalidParameterValue: Prefix 10.0.1.240/28 is in subnet's reserved address range", |_| {
        prefixes(3, &["10.0.1.240/28"])
    }),
    case("PrefixInUse", "InvalidIPAddress.InUse: The specified prefix 10.0.1.0/28 is already in use.", |_| prefixes(3, &["10.0.1.0/28"])),
    case("PrefixInUse", "InvalidIPAddress.InUse: The specified prefix 10.0.1.128/28 is already in use.", |scene| {
        give_prefix(scene);
        prefixes(4, &["10.0.1.128/28"])
    }),
    case(
        "SubnetFragmented",
        "InsufficientCidrBlocks: The specified subnet does not have enough free cidr blocks to satisfy the request.",
        |scene| {
            for place in 1..15 {
                scene.accept(create(|request| request.private_ip = Some(Ipv4Addr::new(10, 0, 1, place * 16 + 5))));
            }
            create(|request| request.prefixes = Wanted::any(1))
        },
    ),
    case("TooFewForPrefixes", "InvalidParameterValue: There aren't sufficient free Ipv4 addresses or prefixes", |_| {
        create(|request| (request.subnet, request.prefixes) = (Some(subnet(3)), Wanted::any(1)))
    }),
    case("PrefixNotAssigned", "InvalidParameterValue: Some of the specified prefixes are not assigned to interface eni-3", |_| {
        Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
            eni: eni(3),
            addresses: Vec::new(),
            prefixes: vec![net("10.0.1.16/28")],
        }))
    }),
    case("ExclusiveParameters", "InvalidParameterCombination: You may not specify both ipv4Prefixes and ipv4PrefixCount", |_| {
        create(|request| request.prefixes = Wanted { list: vec![net("10.0.1.16/28")], count: Some(1) })
    }),
    case("ExclusiveParameters", "InvalidParameterCombination: You may not specify both privateIpAddresses and ipv4PrefixCount", |_| {
        create(|request| (request.addresses, request.prefixes) = (vec![(ip("10.0.1.99"), false)], Wanted::any(1)))
    }),
    case(
        "ExclusiveParameters",
        "InvalidParameterCombination: You may not specify both secondaryPrivateIpAddressCount and ipv4Prefixes",
        |_| create(|request| (request.secondary_count, request.prefixes) = (Some(1), Wanted::these(vec![net("10.0.1.16/28")]))),
    ),
    case(
        "SubnetFull",
        "InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses to satisfy the request.",
        |_| {
            Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
                subnet: Some(subnet(3)),
                secondary_count: Some(11),
                ..CreateNetworkInterface::default()
            }))
        },
    ),
    case(
        "BadAddressCount",
        "InvalidParameterValue: Value (0) for parameter secondaryPrivateIpAddressCount is invalid. It must be greater than 0.",
        |_| count(3, 0),
    ),
    case("TwoPrimaries", "InvalidParameterValue: Only one primary private IP address may be specified.", |_| {
        create(|request| {
            request.private_ip = Some(ip("10.0.1.98"));
            request.addresses = vec![(ip("10.0.1.99"), true)];
        })
    }),
    case("AddressLimit", "PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit.", |_| count(4, 4)),
    case("MoveNotAllowed", "InvalidParameterValue: [10.0.1.9, 10.0.1.10] assigned, but move is not allowed.", |scene| {
        let rich = scene.with_addresses(2);
        let all: Vec<_> = scene.eni(rich).addresses.iter().skip(1).map(|address| address.ip).collect();
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: eni(3),
            addresses: all,
            count: None,
            allow_reassignment: false,
            prefixes: Wanted::default(),
        }))
    }),
    case("PrimaryAddressTaken", "InvalidParameterValue: secondary-addresses", |_| assign(3, &["10.0.1.7"], true)),
    case("NotAssigned", "InvalidParameterValue: Some of the specified addresses are not assigned to interface eni-3", |_| {
        unassign(3, "10.0.1.99")
    }),
    case(
        "UnassignPrimary",
        "InvalidParameterValue: Address 10.0.1.7 is primary. The primary IP address of an interface cannot be unassigned.",
        |_| unassign(4, "10.0.1.7"),
    ),
];

pub const ENIS: &[Case] = &[
    case("GroupOfOtherVpc", "InvalidParameterValue: Security group sg-4 and subnet subnet-1 belong to different networks.", |_| {
        create(|request| request.groups = vec![sg(3), sg(4)])
    }),
    case(
        "GroupsPerEniLimit",
        "SecurityGroupsPerInterfaceLimitExceeded: The maximum number of security groups per interface has been reached.",
        |scene| {
            scene.quotas(|quotas| quotas.groups_per_eni = 1);
            modify(3, EniAttribute::Groups(vec![sg(1), sg(3)]))
        },
    ),
    case("LastGroup", "InvalidParameterCombination: No attributes specified.", |_| modify(3, EniAttribute::Groups(Vec::new()))),
    case("EniLimit", "NetworkInterfaceLimitExceeded: You have reached the limit of 4 network interfaces in this Region.", |scene| {
        scene.quotas(|quotas| quotas.enis = 4);
        create_eni(subnet(1))
    }),
    case("EniInUse", "InvalidParameterValue: Network interface 'eni-4' is currently in use.", |scene| {
        scene.accept(detach(3));
        Command::DeleteNetworkInterface(eni(4))
    }),
    case("EniAlreadyAttached", "InvalidNetworkInterface.InUse: Network interface 'eni-4' is currently in use.", |_| {
        attach(eni(4), 2, 1, 0)
    }),
    case(
        "DifferentZones",
        "InvalidParameterCombination: You may not attach a network interface to an instance if they are not in the same availability zone",
        |scene| {
            let far = scene.interface(subnet(2));
            attach(far, 1, 2, 0)
        },
    ),
    case(
        "DifferentVpcs",
        "InvalidParameterCombination: You may not attach a network interface to an instance if they are not in the same VPC",
        |scene| {
            scene.same_vpc_only();
            let foreign = scene.interface(subnet(4));
            attach(foreign, 1, 2, 0)
        },
    ),
    case("DeviceIndexTaken", "InvalidParameterValue: Instance 'i-1' already has an interface attached at device index '1'.", |_| {
        attach(eni(3), 1, 1, 0)
    }),
    case("DeviceIndexStuck", "InvalidParameterValue: Instance 'i-1' already has an interface attached at device index '1'.", |scene| {
        scene.settled(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(id(3)), force: true });
        attach(eni(3), 1, 1, 0)
    }),
    case("DeviceIndexTooHigh", "InvalidParameterValue: Value (3) for parameter deviceIndex is invalid for t3.small.", |_| {
        attach(eni(3), 1, 3, 0)
    }),
    case("NoSuchNetworkCard", "InvalidParameterValue: Value (1) for parameter networkCardIndex is invalid for t3.small.", |_| {
        attach(eni(3), 1, 2, 1)
    }),
    case("AttachmentLimit", "AttachmentLimitExceeded: Interface count 3 exceeds the limit for t3.micro", |scene| {
        scene.attach(eni(3), inst(2), 1);
        let more = scene.interface(subnet(1));
        attach(more, 2, 2, 0)
    }),
    case("AddressLimit", "PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit.", |scene| {
        let rich = scene.with_addresses(2);
        attach(rich, 2, 1, 0)
    }),
    case("PrefixesNeedNitro", "Unsupported: Prefixes are not supported on t2.micro.", |scene| {
        give_prefix(scene);
        let old = scene.launched("t2.micro");
        Command::AttachNetworkInterface { eni: eni(3), instance: old, device_index: 1, network_card: 0 }
    }),
    case("NotTheAttachmentOf", "InvalidAttachmentID.NotFound: The network interface attachment ID 'eni-attach-1' does not exist", |_| {
        modify(4, EniAttribute::DeleteOnTermination(Some(id(1)), true))
    }),
    case(
        "DetachPrimary",
        "OperationNotPermitted: The network interface at device index 0 and networkCard index 0 cannot be detached.",
        |_| detach(1),
    ),
    case("AttachmentBusy", "IncorrectState: The attachment 'eni-attach-3' is not in a state from which it can be detached.", |scene| {
        scene.accept(detach(3));
        detach(3)
    }),
];

pub const ELASTIC_IPS: &[Case] = &[
    case("AddressQuota", "AddressLimitExceeded: The maximum number of addresses has been reached.", |scene| {
        scene.quotas(|quotas| quotas.elastic_ips = 2);
        Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() }
    }),
    case("PublicPoolEmpty", "InsufficientAddressCapacity: Not enough addresses available to satisfy the request.", |scene| {
        scene.quotas(|quotas| quotas.elastic_ips = usize::MAX);
        fill_the_pool(scene);
        Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() }
    }),
    case("AddressNotRecoverable", "InvalidAddress.NotFound: Address '203.0.113.77' not found.", |_| Command::AllocateAddress {
        address: Some(ip("203.0.113.77")),
        border_group: None,
        tags: Tags::new(),
    }),
    case("UnknownBorderGroup", "InvalidParameterValue: Invalid value 'us-east-1-bos-1' for NetworkBorderGroup.", |_| {
        Command::AllocateAddress { address: None, border_group: Some("us-east-1-bos-1".to_owned()), tags: Tags::new() }
    }),
    case("AlreadyAssociated", "Resource.AlreadyAssociated: resource eipalloc-1 is already associated with associate-id eipassoc-1", |_| {
        Command::AssociateAddress {
            allocation: eip(1),
            eni: Some(eni(3)),
            instance: None,
            private_ip: None,
            allow_reassociation: Some(false),
        }
    }),
    case(
        "PrivateIpAlreadyAssociated",
        "Resource.AlreadyAssociated: resource eni-4 and 10.0.1.7 is already associated with public address 203.0.113.1",
        |_| Command::AssociateAddress {
            allocation: eip(2),
            eni: Some(eni(4)),
            instance: None,
            private_ip: None,
            allow_reassociation: Some(false),
        },
    ),
    case("InstanceNotAddressable", "InvalidInstanceID: The pending instance 'i-3' is not in a valid state for this operation.", |scene| {
        let pending = scene.launch(crate::support::run(Some(subnet(1)), "t3.micro"));
        by_instance(pending)
    }),
    case(
        "SeveralEnis",
        "InvalidInstanceID: There are multiple interfaces attached to instance 'i-1'. Please specify an interface ID for the operation instead.",
        |_| by_instance(inst(1)),
    ),
    case("NoInternetGateway", "Gateway.NotAttached: Network vpc-2 is not attached to any internet gateway", |scene| {
        let foreign = scene.interface(subnet(4));
        associate(eip(2), foreign)
    }),
    case(
        "NotThePrivateIpOf",
        "InvalidParameterValue: Invalid value '10.0.1.99' for PrivateIpAddress. It is not assigned to interface eni-3",
        |_| Command::AssociateAddress {
            allocation: eip(2),
            eni: Some(eni(3)),
            instance: None,
            private_ip: Some(ip("10.0.1.99")),
            allow_reassociation: None,
        },
    ),
    case("AddressAssociated", "InvalidIPAddress.InUse: Address 203.0.113.1 is in use.", |_| Command::ReleaseAddress(eip(1))),
];

fn by_instance(instance: InstanceId) -> Command {
    Command::AssociateAddress { allocation: eip(2), eni: None, instance: Some(instance), private_ip: None, allow_reassociation: None }
}

/// Every address of the pool is somebody's.
fn fill_the_pool(scene: &mut Scene) {
    let blocks = [("203.0.113.0/24", 1), ("192.0.2.0/24", 1), ("198.18.0.0/15", 0)];
    let mut number = 1_000;
    for (block, edge) in blocks {
        let block = net(block);
        for address in u32::from(block.network()) + edge..=u32::from(block.broadcast()) - edge {
            number += 1;
            let address = Ipv4Addr::from(address);
            let taken = ElasticIp { allocation: eip(number), ip: address, association: None, service_managed: None, tags: Tags::new() };
            if scene.network.elastic_ip_by_address(address).is_none() {
                scene.world.network.apply(&Event::ElasticIpAllocated(Box::new(taken)));
            }
        }
    }
}
