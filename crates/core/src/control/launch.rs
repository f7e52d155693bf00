//! RunInstances (`E22`, `E35` to `E38`, `A1` to `A4`).

use super::attachment::{address_count, eni_limits};
use super::check;
use super::command::{LaunchInterface, RunInstances};
use super::draft::Draft;
use super::elastic_ip;
use super::eni::{NewEni, make, tracking};
use super::error::{LaunchDetail, Refusal, TextKind};
use super::image;
use super::ipv6::Ipv6Wish;
use super::key_pair;
use super::reply::Reply;
use super::wish::{Wish, enough_for_prefixes};
use crate::id::{EniId, GroupId, InstanceId, ReservationId, SubnetId};
use crate::model::eni::{Attachment, AttachmentStatus, Eni, TrackingTimeouts};
use crate::model::event::{Event, Transition};
use crate::model::fault::Faults;
use crate::model::instance::{Instance, InstanceState};
use crate::model::instance_type::InstanceType;
use crate::model::vpc::Subnet;
use crate::order::sort_by_key;
use crate::table::{Set, Table};

/// An ENI of the launch, checked.
struct Planned<'n> {
    /// Network card and device index.
    slot: (u16, u16),
    source: Source<'n>,
    delete_on_termination: bool,
}

enum Source<'n> {
    Existing(&'n Eni),
    New(Box<NewInterface<'n>>),
}

/// A new ENI of the launch.
struct NewInterface<'n> {
    subnet: &'n Subnet,
    groups: Vec<GroupId>,
    wish: Wish,
    ipv6: Ipv6Wish,
    description: String,
    associate_public_ip: Option<bool>,
    tracking: TrackingTimeouts,
}

/// RunInstances: all instances or none.
pub(super) fn run_instances(draft: &mut Draft, request: &RunInstances) -> Result<Reply, Refusal> {
    shape(request)?;
    let interfaces = interfaces(request);
    slots(&interfaces)?;
    let mut plan = Vec::with_capacity(interfaces.len());
    for interface in &interfaces {
        plan.push(planned(draft, interface, request.instance_type)?);
    }
    each_eni_once(&interfaces)?;
    // The primary ENI comes first: it decides zone and VPC.
    sort_by_key(&mut plan, |planned| planned.slot);
    let Some(home) = plan.first().map(Planned::place) else { return Err(Refusal::NoPrimaryInterface {}) };
    let home = draft.subnet(home)?;
    for planned in &plan {
        same_place(draft, planned, home)?;
    }
    limits(draft, request, &plan)?;
    request.options.key_name.as_deref().map_or(Ok(()), |name| key_pair::of_launch(draft, name))?;

    let reservation = draft.new_id();
    let instances: Vec<InstanceId> = (0..request.count).map(|_| draft.new_id()).collect();
    for (at, id) in (0..).zip(&instances) {
        launch(draft, request, (reservation, *id, at), home, &plan)?;
    }
    Ok(Reply::Instances { reservation, instances })
}

/// What can be refused without looking at the network.
fn shape(request: &RunInstances) -> Result<(), Refusal> {
    if request.count == 0 {
        return Err(Refusal::NumberOutOfRange { parameter: "minCount", value: 0, least: 1, most: i64::from(u32::MAX) });
    }
    check::tags(&request.tags)?;
    check::tags(&request.interface_tags)?;
    if let Some(spot) = &request.options.spot {
        super::spot::request(spot)?;
        if request.options.termination_protection || request.options.stop_protection {
            return Err(Refusal::SpotLaunchUnprotectable {});
        }
    }
    if request.interfaces.is_empty() {
        return if request.count > 1 && request.private_ip.is_some() {
            Err(Refusal::OneInstanceOnly { parameter: "PrivateIpAddress" })
        } else {
            Ok(())
        };
    }
    for (there, detail) in [
        (request.subnet.is_some(), LaunchDetail::Subnet),
        (!request.groups.is_empty(), LaunchDetail::Groups),
        (request.private_ip.is_some(), LaunchDetail::PrivateIp),
    ] {
        if there {
            return Err(Refusal::LaunchDetailAndInterfaces { detail });
        }
    }
    let wishes = request.interfaces.iter().filter(|interface| interface.associate_public_ip.is_some()).count();
    if request.interfaces.len() > 1 && (wishes > 0 || request.associate_public_ip.is_some()) {
        return Err(Refusal::PublicIpWithSeveralEnis {});
    }
    for interface in &request.interfaces {
        interface_shape(interface, request.count)?;
    }
    Ok(())
}

fn interface_shape(interface: &LaunchInterface, count: u32) -> Result<(), Refusal> {
    check::description(TextKind::Interface, &interface.description)?;
    tracking(&interface.tracking)?;
    let names_any = Wish::of_launch(interface)?.names_any() | Ipv6Wish::of_new(&interface.ipv6)?.names_any();
    if count > 1 && names_any {
        return Err(Refusal::OneInstanceOnly { parameter: "PrivateIpAddress" });
    }
    let Some(eni) = interface.existing else {
        let is_primary = (interface.network_card, interface.device_index) == (0, 0);
        return if interface.associate_public_ip.is_some() && !is_primary { Err(Refusal::PublicIpNotPrimary {}) } else { Ok(()) };
    };
    if count > 1 {
        return Err(Refusal::OneInstanceOnly { parameter: "NetworkInterfaceId" });
    }
    if interface.associate_public_ip.is_some() {
        return Err(Refusal::PublicIpNotPrimary {});
    }
    let details = [
        (interface.subnet.is_some(), "subnet ID"),
        (!interface.groups.is_empty(), "security group ID"),
        (interface.private_ip.is_some() || !interface.addresses.is_empty() || interface.secondary_count.is_some(), "private IP address"),
        (!interface.prefixes.is_none() || !interface.ipv6.prefixes.is_none(), "prefix"),
        (!interface.ipv6.addresses.is_none(), "IPv6 address"),
        (interface.tracking != TrackingTimeouts::default(), "connection tracking specification"),
        (interface.delete_on_termination == Some(true), "delete on termination flag"),
    ];
    match details.iter().find(|(there, _)| *there) {
        Some((_, parameter)) => Err(Refusal::ExistingEniDetail { eni, parameter }),
        None => Ok(()),
    }
}

/// The ENIs asked for; without a list, the one that the instance-level details speak of.
fn interfaces(request: &RunInstances) -> Vec<LaunchInterface> {
    if let [first, ..] = request.interfaces.as_slice() {
        let wish = first.associate_public_ip.or(request.associate_public_ip).filter(|_| first.existing.is_none());
        let mut list = request.interfaces.clone();
        if let [only] = list.as_mut_slice() {
            only.associate_public_ip = wish;
        }
        return list;
    }
    vec![LaunchInterface {
        subnet: request.subnet,
        groups: request.groups.clone(),
        private_ip: request.private_ip,
        associate_public_ip: request.associate_public_ip,
        ..LaunchInterface::default()
    }]
}

/// Each slot once, and one of them the primary one (`E22`, `E25`, `E26`).
fn slots(interfaces: &[LaunchInterface]) -> Result<(), Refusal> {
    let mut seen = Table::new();
    for (at, interface) in interfaces.iter().enumerate() {
        if seen.insert((interface.network_card, interface.device_index), at).is_some() {
            return Err(Refusal::DeviceIndexTwice { network_card: interface.network_card, device_index: interface.device_index });
        }
    }
    if seen.contains_key(&(0, 0)) { Ok(()) } else { Err(Refusal::NoPrimaryInterface {}) }
}

/// An existing ENI can take one slot of the launch (`E15`).
fn each_eni_once(interfaces: &[LaunchInterface]) -> Result<(), Refusal> {
    let mut seen = Set::new();
    let twice = interfaces.iter().filter_map(|interface| interface.existing).find(|eni| !seen.insert(*eni));
    twice.map_or(Ok(()), |eni| Err(Refusal::LaunchEniInUse { eni, attachment: None }))
}

/// Looks up what an ENI of the launch names, and whether it may be used.
fn planned<'n>(draft: &mut Draft<'n>, interface: &LaunchInterface, kind: InstanceType) -> Result<Planned<'n>, Refusal> {
    let slot = (interface.network_card, interface.device_index);
    if let Some(id) = interface.existing {
        let eni = draft.eni(id)?;
        check::not_managed(eni)?;
        if eni.is_in_use() {
            return Err(Refusal::LaunchEniInUse { eni: id, attachment: eni.attachment.as_ref().map(|attachment| attachment.id) });
        }
        return Ok(Planned { slot, source: Source::Existing(eni), delete_on_termination: false });
    }
    let subnet = match interface.subnet {
        Some(id) => draft.subnet(id)?,
        None => default_subnet(draft)?,
    };
    let unknown = |group| Refusal::GroupNotFound { group };
    let foreign = |group, subnet| Refusal::LaunchGroupOfOtherVpc { group, subnet };
    let groups = check::new_groups(draft, subnet, &interface.groups, (unknown, foreign))?;
    let wish = Wish::of_launch(interface)?;
    wish.take_named(draft, subnet, |ip, subnet| Refusal::LaunchAddressOutsideSubnet { ip, subnet }).map_err(at_launch)?;
    let new = NewInterface {
        subnet,
        groups,
        wish,
        ipv6: Ipv6Wish::of_new(&interface.ipv6)?.with_default(subnet, Some(kind)),
        description: interface.description.clone(),
        associate_public_ip: interface.associate_public_ip,
        tracking: interface.tracking,
    };
    Ok(Planned { slot, source: Source::New(Box::new(new)), delete_on_termination: interface.delete_on_termination.unwrap_or(true) })
}

/// Where an ENI goes that names no subnet: the first default subnet of the default VPC.
fn default_subnet<'n>(draft: &Draft<'n>) -> Result<&'n Subnet, Refusal> {
    let vpc = draft.network.default_vpc().ok_or(Refusal::NoDefaultVpc {})?;
    draft.network.subnets_of_vpc(vpc.id).find(|subnet| subnet.default_for_az).ok_or(Refusal::NoDefaultSubnet { vpc: vpc.id })
}

impl Planned<'_> {
    fn place(&self) -> SubnetId {
        match &self.source {
            Source::Existing(eni) => eni.subnet,
            Source::New(new) => new.subnet.id,
        }
    }
}

/// Every ENI in the zone of the primary one, and in its VPC unless the switch allows others (`E20`, `E21`).
fn same_place(draft: &Draft, planned: &Planned, home: &Subnet) -> Result<(), Refusal> {
    let subnet = draft.subnet(planned.place())?;
    let eni = match &planned.source {
        Source::Existing(eni) => Some(eni.id),
        Source::New(_) => None,
    };
    if subnet.zone != home.zone {
        return Err(Refusal::DifferentZones { eni, eni_zone: subnet.zone.clone(), instance_zone: home.zone.clone() });
    }
    if subnet.vpc != home.vpc && !draft.network.switches().attach_across_vpcs {
        return Err(Refusal::DifferentVpcs { eni, vpc: home.vpc });
    }
    Ok(())
}

/// What the type, the region and the subnets take.
fn limits(draft: &Draft, request: &RunInstances, plan: &[Planned]) -> Result<(), Refusal> {
    let kind = request.instance_type;
    for planned in plan {
        let on_card = plan.iter().filter(|other| other.slot.0 == planned.slot.0).count();
        eni_limits(kind, on_card, planned.slot)?;
        match &planned.source {
            Source::New(new) => {
                check::group_count(draft, new.groups.len())?;
                let prefixes = new.wish.all_prefixes() > 0 || new.ipv6.has_prefixes();
                of_type(kind, None, (new.wish.places(), new.ipv6.places()), prefixes)?;
            }
            Source::Existing(eni) => {
                let ipv6 = eni.ipv6_addresses.len() + eni.ipv6_prefixes.len();
                let places = [address_count(eni), ipv6].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
                of_type(kind, Some(eni.id), places.into(), !eni.ipv4_prefixes.is_empty())?;
            }
        }
    }
    let count = u64::from(request.count);
    let new = || {
        plan.iter().filter_map(|planned| match &planned.source {
            Source::New(new) => Some(new),
            Source::Existing(_) => None,
        })
    };
    check::eni_quota(draft, new().count().saturating_mul(usize::try_from(count).unwrap_or(usize::MAX)))?;
    let mut wanted: Table<SubnetId, (u64, u64)> = Table::new();
    for new in new() {
        wanted.update(new.subnet.id, (0, 0), |(single, prefixes)| {
            *single = single.saturating_add(new.wish.single().saturating_mul(count));
            *prefixes = prefixes.saturating_add(new.wish.all_prefixes().saturating_mul(count));
        });
    }
    for (subnet, (single, prefixes)) in wanted {
        let subnet = draft.subnet(subnet)?;
        check::free_addresses(draft.network, subnet, single)?;
        enough_for_prefixes(draft, subnet, single, prefixes)?;
    }
    Ok(())
}

/// Whether the type takes so many places in each family on one ENI, and prefixes if there are any (`E28`, `E61`, `E67`).
fn of_type(kind: InstanceType, eni: Option<EniId>, (ipv4, ipv6): (u64, u64), prefixes: bool) -> Result<(), Refusal> {
    for (count, limit) in [(ipv4, kind.ipv4_per_eni()), (ipv6, kind.ipv6_per_eni())] {
        if count > u64::from(limit) {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            return Err(Refusal::LaunchAddressLimit { eni, instance_type: kind, count, limit });
        }
    }
    if prefixes && !kind.is_nitro() { Err(Refusal::PrefixesNeedNitro { eni, instance_type: kind }) } else { Ok(()) }
}

/// The events of one instance.
fn launch(
    draft: &mut Draft,
    request: &RunInstances,
    (reservation, id, launch_index): (ReservationId, InstanceId, u32),
    home: &Subnet,
    plan: &[Planned],
) -> Result<(), Refusal> {
    draft.push(Event::InstanceLaunched(Box::new(Instance {
        id,
        reservation,
        instance_type: request.instance_type,
        image: request.image,
        launch_index,
        state: InstanceState::Pending,
        zone: home.zone.clone(),
        vpc: home.vpc,
        launched_at: draft.now,
        enis: Table::new(),
        termination_protection: request.options.termination_protection,
        stop_protection: request.options.stop_protection,
        spot: request.options.spot,
        hibernates: request.options.hibernates,
        reason: None,
        stuck: Table::new(),
        faults: Faults::default(),
        shutdown: request.options.shutdown,
        metadata: request.options.metadata,
        guest: image::launched(request.image, &request.options.serves),
        key_name: request.options.key_name.clone(),
        client_token: request.options.client_token.clone(),
        monitored: request.options.monitored,
        user_data: request.options.user_data.clone(),
        ebs_optimized: request.options.ebs_optimized,
        tags: request.tags.clone(),
    })));
    for planned in plan {
        let eni = match &planned.source {
            Source::Existing(eni) => (*eni).clone(),
            Source::New(new) => create(draft, request, new)?,
        };
        let attachment = Attachment {
            id: draft.new_id(),
            instance: id,
            device_index: planned.slot.1,
            network_card: planned.slot.0,
            delete_on_termination: planned.delete_on_termination,
            status: AttachmentStatus::Attached,
            attached_at: draft.now,
        };
        draft.push(Event::AttachStarted(eni.id, Box::new(attachment)));
        // With several ENIs there is no automatic public address (`A4`).
        if plan.len() == 1 && eni.wants_public_ip {
            elastic_ip::give_automatic_address(draft, &eni, &[]);
        }
    }
    draft.schedule(draft.network.delays().instance_start, Transition::InstanceRuns(id));
    Ok(())
}

/// A new ENI of the launch; the launch's own wish for a public address overrides the subnet's (`A2`).
fn create(draft: &mut Draft, request: &RunInstances, new: &NewInterface) -> Result<Eni, Refusal> {
    let granted = new.wish.take(draft, new.subnet)?;
    let tags = request.interface_tags.clone();
    let (description, groups, ipv6) = (new.description.clone(), new.groups.clone(), new.ipv6.clone());
    let details = NewEni { description, groups, granted, ipv6, tracking: new.tracking, tags };
    let mut eni = make(draft, new.subnet, details)?;
    eni.wants_public_ip = new.associate_public_ip.unwrap_or(eni.wants_public_ip);
    draft.push(Event::EniCreated(Box::new(eni.clone())));
    Ok(eni)
}

/// How a launch words an address that somebody has.
fn at_launch(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::AddressInUse { ip, eni } => Refusal::LaunchAddressInUse { ip, eni },
        other => other,
    }
}
