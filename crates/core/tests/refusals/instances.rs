//! Instances and launches.

use super::*;
use crate::support::{ip, run};
use eni_core::control::command::{InstanceAttribute, LaunchInterface, RunInstances};
use eni_core::control::image::guest_of;
use eni_core::model::fault::Fault;
use eni_core::model::instance::InstanceState;
use eni_core::model::spot::{Interruption, Spot};

fn modify(instance: InstanceId, attribute: InstanceAttribute) -> Command {
    Command::ModifyInstanceAttribute(instance, attribute)
}

fn launch(change: impl FnOnce(&mut RunInstances)) -> Command {
    let mut request = run(Some(subnet(1)), "t3.small");
    change(&mut request);
    Command::RunInstances(Box::new(request))
}

fn new_interface(device_index: u16, place: u64) -> LaunchInterface {
    LaunchInterface {
        device_index,
        network_card: 0,
        existing: None,
        subnet: Some(subnet(place)),
        groups: Vec::new(),
        private_ip: None,
        description: String::new(),
        delete_on_termination: None,
        associate_public_ip: None,
        ..LaunchInterface::default()
    }
}

fn existing(device_index: u16, number: u64) -> LaunchInterface {
    LaunchInterface { existing: Some(eni(number)), subnet: None, ..new_interface(device_index, 1) }
}

fn with(interfaces: Vec<LaunchInterface>) -> Command {
    launch(|request| {
        request.subnet = None;
        request.interfaces = interfaces;
    })
}

pub const INSTANCES: &[Case] = &[
    case("InstanceNotReady", "IncorrectState: Instance 'i-2' is not in a valid state for this operation.", |scene| {
        scene.accept(Command::TerminateInstances(vec![inst(2)]));
        Command::AttachNetworkInterface { eni: eni(3), instance: inst(2), device_index: 1, network_card: 0 }
    }),
    case("WrongInstanceState", "IncorrectInstanceState: The instance 'i-2' is not in a state from which it can be started.", |scene| {
        scene.accept(Command::StopInstances(vec![inst(2)]));
        Command::StartInstances(vec![inst(1), inst(2)])
    }),
    case("WrongInstanceState", "IncorrectInstanceState: The instance 'i-3' is not in a state from which it can be stopped.", |scene| {
        let pending = scene.launch(run(Some(subnet(1)), "t3.micro"));
        Command::StopInstances(vec![pending])
    }),
    case("WrongInstanceState", "IncorrectInstanceState: The instance 'i-2' is not in a state from which it can be rebooted.", |scene| {
        Command::RebootInstances(vec![scene.stopped(2)])
    }),
    case("InstanceNotStopped", "IncorrectInstanceState: The instance 'i-2' is not in the 'stopped' state.", |_| {
        modify(inst(2), InstanceAttribute::InstanceType(kind("t3.small")))
    }),
    case("InstanceNotRunning", "IncorrectInstanceState: The instance 'i-2' is not in the 'running' state.", |scene| {
        Command::ConfigureGuest(scene.stopped(2), Box::new(guest_of(id(1))))
    }),
    case("InstanceNotRunning", "IncorrectInstanceState: The instance 'i-2' is not in the 'running' state.", |scene| {
        Command::SetFault(scene.stopped(2), Fault::Hang(true))
    }),
    case("InstanceHangs", "IncorrectInstanceState: The system on the instance 'i-2' hangs, so nothing can be done on it.", |scene| {
        scene.accept(Command::SetFault(inst(2), Fault::Hang(true)));
        Command::ShutDownGuest(inst(2))
    }),
    case("InstanceGone", "IncorrectInstanceState: The instance 'i-2' is not in a state from which it can be modified.", |scene| {
        scene.settled(Command::TerminateInstances(vec![inst(2)]));
        assert_eq!(scene.instance(inst(2)).state, InstanceState::Terminated);
        modify(inst(2), InstanceAttribute::DisableApiStop(true))
    }),
    case(
        "TerminationProtected",
        "OperationNotPermitted: The instance 'i-2' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
        |scene| {
            scene.accept(modify(inst(2), InstanceAttribute::DisableApiTermination(true)));
            Command::TerminateInstances(vec![inst(1), inst(2)])
        },
    ),
    case(
        "StopProtected",
        "OperationNotPermitted: The instance 'i-2' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.",
        |scene| {
            scene.accept(modify(inst(2), InstanceAttribute::DisableApiStop(true)));
            Command::StopInstances(vec![inst(1), inst(2)])
        },
    ),
    case("SpotUnprotectable", "OperationNotPermitted: The instance 'i-2' is a Spot Instance and cannot be protected.", |scene| {
        let mut spot = scene.instance(inst(2)).clone();
        spot.spot = Some(Spot { interruption: Interruption::Terminate, persistent: true, ..Spot::default() });
        scene.apply(&[Event::InstanceLaunched(Box::new(spot))]);
        modify(inst(2), InstanceAttribute::DisableApiTermination(true))
    }),
    case(
        "SpotOneTime",
        "UnsupportedOperation: You can't stop the Spot Instance 'i-3' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.",
        |scene| {
            let one_time = spot(scene, Interruption::Terminate, false);
            Command::StopInstances(vec![one_time])
        },
    ),
    case(
        "SpotCancelled",
        "UnsupportedOperation: You can't stop the Spot Instance 'i-3' because its Spot Instance request is cancelled.",
        |scene| {
            let persistent = spot(scene, Interruption::Stop, true);
            scene.accept(Command::CancelSpotInstanceRequests(vec![SpotRequestId::of_instance(persistent)]));
            Command::StopInstances(vec![persistent])
        },
    ),
    case("SpotRequestNotFound", "InvalidSpotInstanceRequestID.NotFound: The spot instance request ID 'sir-1' does not exist", |_| {
        Command::CancelSpotInstanceRequests(vec![SpotRequestId::of_instance(inst(1))])
    }),
    case("NotSpot", "IncorrectInstanceState: The instance 'i-1' is not a Spot Instance.", |_| Command::TellSpotInstance(inst(1))),
    case("InstanceNotRunning", "IncorrectInstanceState: The instance 'i-3' is not in the 'running' state.", |scene| {
        let stopped = spot(scene, Interruption::Stop, true);
        scene.settled(Command::StopInstances(vec![stopped]));
        Command::TellSpotInstance(stopped)
    }),
    case("NoHibernation", "UnsupportedHibernationConfiguration: The instance 'i-1' is not configured for hibernation.", |_| {
        Command::HibernateInstances(vec![inst(1)])
    }),
    case(
        "SeveralEnis",
        "InvalidInstanceID: There are multiple interfaces attached to instance 'i-1'. Please specify an interface ID for the operation instead.",
        |_| modify(inst(1), InstanceAttribute::SourceDestCheck(false)),
    ),
    case(
        "NetworkCardMismatch",
        "InvalidInstanceAttributeValue: The instance type c6in.32xlarge does not support 1 network cards.",
        |scene| modify(scene.stopped(2), InstanceAttribute::InstanceType(kind("c6in.32xlarge"))),
    ),
    case("AttachmentLimit", "AttachmentLimitExceeded: Interface count 3 exceeds the limit for t3.micro", |scene| {
        scene.attach(eni(3), inst(1), 2);
        modify(scene.stopped(1), InstanceAttribute::InstanceType(kind("t3.micro")))
    }),
];

/// A spot instance that runs.
fn spot(scene: &mut Scene, interruption: Interruption, persistent: bool) -> InstanceId {
    let mut request = run(Some(subnet(1)), "t3.micro");
    request.options.spot = Some(Spot { interruption, persistent, ..Spot::default() });
    let id = scene.launch(request);
    scene.wait(60);
    id
}

pub const LAUNCHES: &[Case] = &[
    case(
        "SpotOneTimeInterruption",
        "InvalidParameterCombination: The instance interruption behavior 'stop' is only supported for persistent Spot Instance requests.",
        |_| launch(|request| request.options.spot = Some(Spot { interruption: Interruption::Stop, persistent: false, ..Spot::default() })),
    ),
    case(
        "SpotLaunchUnprotectable",
        "InvalidParameterCombination: Termination and stop protection are not supported for Spot Instances.",
        |_| {
            launch(|request| {
                request.options.spot = Some(Spot { interruption: Interruption::Terminate, persistent: false, ..Spot::default() });
                request.options.termination_protection = true;
            })
        },
    ),
    case(
        "LaunchDetailAndInterfaces",
        "InvalidParameterCombination: Network interfaces and an instance-level subnet ID may not be specified on the same request",
        |_| launch(|request| request.interfaces = vec![new_interface(0, 1)]),
    ),
    case(
        "LaunchDetailAndInterfaces",
        "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request",
        |_| {
            launch(|request| {
                request.subnet = None;
                request.groups = vec![sg(3)];
                request.interfaces = vec![new_interface(0, 1)];
            })
        },
    ),
    case(
        "PublicIpWithSeveralEnis",
        "InvalidParameterCombination: The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.",
        |_| with(vec![LaunchInterface { associate_public_ip: Some(true), ..new_interface(0, 1) }, new_interface(1, 1)]),
    ),
    case(
        "PublicIpNotPrimary",
        "InvalidParameterCombination: The associatePublicIPAddress parameter can only be specified for a new network interface with DeviceIndex 0.",
        |_| with(vec![LaunchInterface { associate_public_ip: Some(true), ..existing(0, 3) }]),
    ),
    case(
        "ExistingEniDetail",
        "InvalidParameterCombination: A network interface may not specify both a network interface ID and a delete on termination flag",
        |_| with(vec![LaunchInterface { delete_on_termination: Some(true), ..existing(0, 3) }]),
    ),
    case(
        "NoPrimaryInterface",
        "InvalidParameterCombination: A network interface with device index 0 on network card 0 must be specified.",
        |_| with(vec![new_interface(1, 1)]),
    ),
    case("DeviceIndexTwice", "InvalidParameterCombination: Device index 0 may be specified only once on network card 0.", |_| {
        with(vec![new_interface(0, 1), new_interface(0, 1)])
    }),
    case(
        "OneInstanceOnly",
        "InvalidParameterCombination: The parameter PrivateIpAddress may not be specified when launching several instances.",
        |_| {
            launch(|request| {
                request.count = 2;
                request.private_ip = Some(ip("10.0.1.99"));
            })
        },
    ),
    case("LaunchEniInUse", "InvalidNetworkInterface.InUse: Interface: [eni-4] in use.", |_| with(vec![existing(0, 4)])),
    case("LaunchEniInUse", "InvalidNetworkInterface.InUse: Interface: [eni-3] in use.", |_| with(vec![existing(0, 3), existing(1, 3)])),
    case("LaunchGroupOfOtherVpc", "InvalidParameter: Security group sg-4 and subnet subnet-1 belong to different networks.", |_| {
        launch(|request| request.groups = vec![sg(4)])
    }),
    case("LaunchAddressOutsideSubnet", "InvalidParameterValue: Address 10.0.2.99 does not fall within the subnet's address range", |_| {
        launch(|request| request.private_ip = Some(ip("10.0.2.99")))
    }),
    case("LaunchAddressInUse", "InvalidIPAddress.InUse: Address 10.0.1.4 is in use.", |_| {
        launch(|request| request.private_ip = Some(ip("10.0.1.4")))
    }),
    case("LaunchAddressLimit", "InvalidInterface.IpAddressLimitExceeded: Number of private addresses will exceed limit.", |scene| {
        let rich = scene.with_addresses(4);
        with(vec![LaunchInterface { existing: Some(rich), ..existing(0, 3) }])
    }),
    case(
        "DifferentZones",
        "InvalidParameterCombination: You may not attach a network interface to an instance if they are not in the same availability zone",
        |_| with(vec![new_interface(0, 1), new_interface(1, 2)]),
    ),
    case(
        "DifferentVpcs",
        "InvalidParameterCombination: You may not attach a network interface to an instance if they are not in the same VPC",
        |scene| {
            scene.same_vpc_only();
            with(vec![new_interface(0, 1), new_interface(1, 4)])
        },
    ),
    case("AttachmentLimit", "AttachmentLimitExceeded: Interface count 4 exceeds the limit for t3.small", |_| {
        with((0..4).map(|index| new_interface(index, 1)).collect())
    }),
    case("EniLimit", "NetworkInterfaceLimitExceeded: You have reached the limit of 5000 network interfaces in this Region.", |_| {
        launch(|request| request.count = u32::MAX)
    }),
    case(
        "SubnetFull",
        "InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses to satisfy the request.",
        |_| {
            launch(|request| {
                request.subnet = Some(subnet(3));
                request.count = 12;
            })
        },
    ),
    case("GroupNotFound", "InvalidGroup.NotFound: The security group 'sg-9' does not exist", |_| {
        launch(|request| request.groups = vec![sg(9)])
    }),
];
