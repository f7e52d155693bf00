//! Refusals of AWS Lambda and of Amazon EFS.

use super::*;
use crate::support::functions::{call, efs, files, function, mount, then};
use eni_core::control::command::EfsAct;

/// A function of old in subnet-2 with sg-3.
fn old(scene: &mut Scene) {
    scene.settled(function("old", &[subnet(2)], &[sg(3)]));
    scene.accept(then("old"));
}

pub const FUNCTIONS: &[Case] = &[
    case("FunctionNotFound", "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:gone", |_| {
        call("gone")
    }),
    case("FunctionExists", "ResourceConflictException: Function already exist: one", |scene| {
        scene.accept(function("one", &[], &[]));
        function("one", &[], &[])
    }),
    case("FunctionVpcHalf", "InvalidParameterValueException: SubnetIds and SecurityIds must coexist or be both empty list.", |_| {
        function("one", &[subnet(2)], &[])
    }),
    case("FunctionVpcHalf", "InvalidParameterValueException: SubnetIds and SecurityIds must coexist or be both empty list.", |_| {
        function("one", &[], &[sg(3)])
    }),
    case(
        "FunctionVpcLimit",
        "InvalidParameterValueException: 6 values at 'vpcConfig.securityGroupIds' failed to satisfy constraint: Member must have length less than or equal to 5",
        |_| function("one", &[subnet(2)], &(1..=6).map(sg).collect::<Vec<_>>()),
    ),
    case(
        "FunctionVpcLimit",
        "InvalidParameterValueException: 17 values at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must have length less than or equal to 16",
        |_| function("one", &(1..=17).map(subnet).collect::<Vec<_>>(), &[sg(3)]),
    ),
    case(
        "FunctionSubnetNotFound",
        "InvalidParameterValueException: Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-99' does not exist",
        |_| function("one", &[subnet(0x99)], &[sg(3)]),
    ),
    case(
        "FunctionSubnetsApart",
        "InvalidParameterValueException: Subnet 'subnet-4' is not in VPC 'vpc-1': all subnets must be in one VPC.",
        |_| function("one", &[subnet(2), subnet(4)], &[sg(3)]),
    ),
    case(
        "FunctionGroupNotFound",
        "InvalidParameterValueException: Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-99' does not exist",
        |_| function("one", &[subnet(2)], &[sg(0x99)]),
    ),
    case(
        "FunctionGroupElsewhere",
        "InvalidParameterValueException: Security Groups are required to be in the same VPC: 'sg-4' is not in 'vpc-1'.",
        |_| function("one", &[subnet(2)], &[sg(4)]),
    ),
    case(
        "FunctionBusy",
        "ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: one",
        |scene| {
            scene.accept(function("one", &[subnet(2)], &[sg(3)]));
            then("one")
        },
    ),
    case(
        "FunctionNotReady",
        "ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending",
        |scene| {
            scene.accept(function("one", &[subnet(2)], &[sg(3)]));
            call("one")
        },
    ),
    case(
        "FunctionNotReady",
        "ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Failed",
        |scene| {
            scene.quotas(|quotas| quotas.enis = 0);
            scene.settled(function("one", &[subnet(2)], &[sg(3)]));
            call("one")
        },
    ),
    case(
        "FunctionEniLimit",
        "ENILimitReachedException: Lambda couldn't create an elastic network interface in the VPC, specified as part of Lambda function configuration, because the limit for network interfaces has been reached.",
        |scene| {
            old(scene);
            scene.quotas(|quotas| quotas.enis = 0);
            call("old")
        },
    ),
    case(
        "FunctionSubnetFull",
        "SubnetIPAddressLimitReachedException: Lambda couldn't set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.",
        |scene| {
            scene.settled(function("old", &[subnet(3)], &[sg(3)]));
            scene.accept(then("old"));
            while scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()) > 0 {
                scene.accept(call("old"));
            }
            call("old")
        },
    ),
    case(
        "FunctionSubnetGone",
        "InvalidSubnetIDException: The subnet ID provided in the Lambda function VPC configuration is not valid: subnet-2",
        |scene| {
            old(scene);
            scene.accept(Command::DeleteSubnet(subnet(2)));
            call("old")
        },
    ),
    case(
        "FunctionGroupGone",
        "InvalidSecurityGroupIDException: The security group ID provided in the Lambda function VPC configuration is not valid: sg-3",
        |scene| {
            old(scene);
            scene.accept(Command::DeleteSecurityGroup(sg(3)));
            call("old")
        },
    ),
];

pub const FILE_SYSTEMS: &[Case] = &[
    case("FileSystemNotFound", "FileSystemNotFound: File system 'fs-1' does not exist.", |_| mount(subnet(2), None, &[])),
    case("FileSystemExists", "FileSystemAlreadyExists: File system 'fs-1' already exists with creation token 'one'", |scene| {
        scene.accept(files("one"));
        files("one")
    }),
    case("FileSystemInUse", "FileSystemInUse: File system 'fs-1' has mount targets created in it.", |scene| {
        scene.accept(files("one"));
        scene.accept(mount(subnet(2), None, &[]));
        efs(EfsAct::DeleteFileSystem(id(1)))
    }),
    case("MountTargetNotFound", "MountTargetNotFound: Mount target 'fsmt-1' does not exist.", |_| efs(EfsAct::DeleteMountTarget(id(1)))),
    case("MountTargetZoneTaken", "MountTargetConflict: mount target already exists in this AZ", |scene| {
        scene.accept(files("one"));
        scene.accept(mount(subnet(2), None, &[]));
        mount(subnet(2), None, &[])
    }),
    case(
        "MountTargetOtherVpc",
        "MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing mount targets",
        |scene| {
            scene.accept(files("one"));
            scene.accept(mount(subnet(2), None, &[]));
            mount(subnet(4), None, &[])
        },
    ),
    case("MountTargetState", "IncorrectMountTargetState: Mount target 'fsmt-1' is in state 'creating': it must be available.", |scene| {
        scene.accept(files("one"));
        scene.accept(mount(subnet(2), None, &[]));
        efs(EfsAct::ModifyMountTargetGroups(id(1), vec![sg(3)]))
    }),
    case("MountSubnetNotFound", "SubnetNotFound: The subnet ID 'subnet-99' does not exist", |scene| {
        scene.accept(files("one"));
        mount(subnet(0x99), None, &[])
    }),
    case("MountSubnetFull", "NoFreeAddressesInSubnet: The specified subnet 'subnet-3' does not have enough free addresses.", |scene| {
        scene.accept(files("one"));
        while scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()) > 0 {
            scene.world.interface(subnet(3));
        }
        mount(subnet(3), None, &[])
    }),
    case("MountAddressInUse", "IpAddressInUse: Address 10.0.2.7 is in use.", |scene| {
        scene.accept(files("one"));
        scene.accept(files("two"));
        scene.accept(mount(subnet(2), Some("10.0.2.7"), &[]));
        let Command::Efs(act) = mount(subnet(2), Some("10.0.2.7"), &[]) else { panic!() };
        let EfsAct::CreateMountTarget { subnet, address, groups, .. } = *act else { panic!() };
        efs(EfsAct::CreateMountTarget { file_system: id(2), subnet, address, groups })
    }),
    case("MountAddressOutside", "BadRequest: Address 10.0.9.7 does not fall within the subnet's address range of 'subnet-2'.", |scene| {
        scene.accept(files("one"));
        mount(subnet(2), Some("10.0.9.7"), &[])
    }),
    case("MountEniLimit", "NetworkInterfaceLimitExceeded: The maximum number of network interfaces has been reached: 0.", |scene| {
        scene.accept(files("one"));
        scene.quotas(|quotas| quotas.enis = 0);
        mount(subnet(2), None, &[])
    }),
    case("MountGroupLimit", "SecurityGroupLimitExceeded: A mount target can have at most 5 security groups.", |scene| {
        scene.accept(files("one"));
        mount(subnet(2), None, &(1..=6).map(sg).collect::<Vec<_>>())
    }),
    case(
        "MountGroupNotFound",
        "SecurityGroupNotFound: The security group ID 'sg-4' does not exist in the VPC of the mount target.",
        |scene| {
            scene.accept(files("one"));
            mount(subnet(2), None, &[sg(4)])
        },
    ),
];
