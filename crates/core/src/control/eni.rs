//! Creating, changing and deleting ENIs (`E1` to `E18`).

use super::check;
use super::command::{CreateNetworkInterface, EniAttribute};
use super::draft::Draft;
use super::elastic_ip;
use super::error::{Refusal, TextKind};
use super::ipv6::{Ends, Ipv6Wish, set_primary};
use super::reply::Reply;
use super::wish::{Granted, Wish};
use crate::id::{AttachmentId, EniId, GroupId};
use crate::model::eni::{Eni, InterfaceType, PrivateAddress, Requester, TrackingTimeouts};
use crate::model::event::{EniChange, Event, Transition};
use crate::model::vpc::Subnet;
use crate::model::{CALLER, Tags};
use crate::table::Table;
use crate::time::Duration;

/// CreateNetworkInterface.
pub(super) fn create(draft: &mut Draft, request: &CreateNetworkInterface) -> Result<Reply, Refusal> {
    let Some(subnet) = request.subnet else { return Err(Refusal::MissingParameter { parameter: "subnetId" }) };
    check::description(TextKind::Interface, &request.description)?;
    check::tags(&request.tags)?;
    tracking(&request.tracking)?;
    let wish = Wish::of_create(request)?;
    let ipv6 = Ipv6Wish::of_new(&request.ipv6)?;

    let subnet = draft.subnet(subnet)?;
    let unknown = |group| Refusal::SecurityGroupNotFound { group };
    let foreign = |group, subnet| Refusal::GroupOfOtherVpc { group, subnet };
    let groups = check::new_groups(draft, subnet, &request.groups, (unknown, foreign))?;
    wish.take_named(draft, subnet, |ip, subnet| Refusal::AddressOutsideSubnet { ip, subnet })?;
    check::group_count(draft, groups.len())?;
    check::eni_quota(draft, 1)?;
    wish.fits(draft, subnet, 1)?;

    let granted = wish.take(draft, subnet)?;
    let ipv6 = ipv6.with_default(subnet, None);
    let (description, tags) = (request.description.clone(), request.tags.clone());
    let id = add(draft, subnet, NewEni { description, groups, granted, ipv6, tracking: request.tracking, tags })?;
    Ok(Reply::Eni(id))
}

/// What a new ENI is made from, beside its subnet.
pub(super) struct NewEni {
    /// Its description.
    pub description: String,
    /// Its groups, at least one.
    pub groups: Vec<GroupId>,
    /// Its addresses and prefixes.
    pub granted: Granted,
    /// Idle time-outs of its tracked flows.
    pub tracking: TrackingTimeouts,
    /// What it is to have in IPv6.
    pub ipv6: Ipv6Wish,
    /// Its tags.
    pub tags: Tags,
}

/// Adds an ENI that is `pending` at first (`E18`).
fn add(draft: &mut Draft, subnet: &Subnet, new: NewEni) -> Result<EniId, Refusal> {
    let delay = draft.network.delays().eni_create;
    let mut eni = make(draft, subnet, new)?;
    eni.settled = delay == Duration::ZERO;
    eni.requester = Some(Requester { id: CALLER.to_owned(), managed: false, attachment: None });
    let (id, settled) = (eni.id, eni.settled);
    draft.push(Event::EniCreated(Box::new(eni)));
    if !settled {
        draft.schedule(delay, Transition::EniSettles(id));
    }
    Ok(id)
}

/// An ENI as it starts out: its own MAC for life (`E5`), source/destination check on (`E8`), and the wish for a public address as its
/// subnet says now (`A1`).
pub(super) fn make(draft: &mut Draft, subnet: &Subnet, new: NewEni) -> Result<Eni, Refusal> {
    let mut eni = Eni {
        id: draft.new_id(),
        subnet: subnet.id,
        vpc: subnet.vpc,
        owner: draft.network.account(),
        description: new.description,
        kind: InterfaceType::Interface,
        mac: draft.new_mac(),
        addresses: new.granted.addresses.into_iter().map(|ip| PrivateAddress { ip, public: None }).collect(),
        ipv4_prefixes: new.granted.prefixes,
        prefix_publics: Table::new(),
        ipv6_addresses: Vec::new(),
        primary_ipv6: None,
        ipv6_prefixes: Vec::new(),
        groups: new.groups,
        source_dest_check: true,
        wants_public_ip: subnet.map_public_ip_on_launch,
        attachment: None,
        settled: true,
        requester: None,
        tracking: new.tracking,
        tags: new.tags,
    };
    (eni.ipv6_addresses, eni.ipv6_prefixes) = new.ipv6.take(draft, subnet, Ends::of(&eni))?;
    if new.ipv6.primary {
        eni.primary_ipv6 = Some(*eni.ipv6_addresses.first().ok_or(Refusal::NoPrimaryIpv6 {})?);
    }
    Ok(eni)
}

/// DeleteNetworkInterface (`E16`, `E17`).
pub(super) fn delete(draft: &mut Draft, id: EniId) -> Result<Reply, Refusal> {
    let eni = draft.eni(id)?;
    check::not_managed(eni)?;
    if eni.is_in_use() {
        return Err(Refusal::EniInUse { eni: id, attachment: eni.attachment.as_ref().map(|attachment| attachment.id) });
    }
    elastic_ip::events_of_unmapping(eni, &mut draft.events);
    draft.push(Event::EniDeleted(id));
    Ok(Reply::Nothing)
}

/// ModifyNetworkInterfaceAttribute: one attribute a call (`E11`).
pub(super) fn modify(draft: &mut Draft, id: EniId, attributes: &[EniAttribute]) -> Result<Reply, Refusal> {
    let attribute = match attributes {
        [] => return Err(Refusal::NoAttributes {}),
        [attribute] => attribute,
        several => {
            let names: Vec<_> = several.iter().map(attribute_name).collect();
            return Err(Refusal::SeveralAttributes { attributes: names.join(", ") });
        }
    };
    shape(attribute)?;
    let eni = draft.eni(id)?;
    let change = match attribute {
        EniAttribute::DeleteOnTermination(attachment, on) => {
            belongs(eni, *attachment)?;
            EniChange::DeleteOnTermination(*on)
        }
        EniAttribute::Description(text) => EniChange::Description(text.clone()),
        EniAttribute::Groups(groups) => {
            groups.iter().try_for_each(|group| draft.group(*group).map(drop))?;
            check::not_managed(eni)?;
            EniChange::Groups(check::changed_groups(draft, id, eni.vpc, groups)?)
        }
        EniAttribute::SourceDestCheck(on) => EniChange::SourceDestCheck(*on),
        EniAttribute::AssociatePublicIp(on) => EniChange::WantsPublicIp(*on),
        EniAttribute::PrimaryIpv6(on) => {
            check::not_managed(eni)?;
            set_primary(draft, eni, *on)?;
            return Ok(Reply::Nothing);
        }
        EniAttribute::Tracking(timeouts) => EniChange::Tracking(*timeouts),
    };
    check::not_managed(eni)?;
    draft.push(Event::EniChanged(id, change));
    if let EniAttribute::AssociatePublicIp(on) = attribute {
        elastic_ip::follow_the_wish(draft, eni, *on);
    }
    Ok(Reply::Nothing)
}

/// What can be refused without looking at the network.
fn shape(attribute: &EniAttribute) -> Result<(), Refusal> {
    match attribute {
        EniAttribute::Description(text) => check::description(TextKind::Interface, text),
        EniAttribute::DeleteOnTermination(None, _) => Err(Refusal::MissingParameter { parameter: "attachment.attachmentId" }),
        EniAttribute::Tracking(timeouts) => tracking(timeouts),
        _ => Ok(()),
    }
}

/// The ranges of the idle time-outs (`S42`).
pub(super) fn tracking(timeouts: &TrackingTimeouts) -> Result<(), Refusal> {
    let ranges = [
        ("tcpEstablishedTimeout", timeouts.tcp_established, 60, 432_000),
        ("udpStreamTimeout", timeouts.udp_stream, 60, 180),
        ("udpTimeout", timeouts.udp, 30, 60),
    ];
    for (parameter, timeout, least, most) in ranges {
        let Some(timeout) = timeout else { continue };
        let value = i64::try_from(timeout.as_millis() / 1_000).unwrap_or(i64::MAX);
        if !(least..=most).contains(&value) {
            return Err(Refusal::NumberOutOfRange { parameter, value, least, most });
        }
    }
    Ok(())
}

/// Whether the attachment is that of the ENI (`E12`).
fn belongs(eni: &Eni, attachment: Option<AttachmentId>) -> Result<(), Refusal> {
    match (attachment, &eni.attachment) {
        (Some(named), Some(own)) if own.id == named => Ok(()),
        (Some(named), _) => Err(Refusal::NotTheAttachmentOf { eni: eni.id, attachment: named }),
        (None, _) => Err(Refusal::MissingParameter { parameter: "attachment.attachmentId" }),
    }
}

/// AWS's name of an attribute, as its message lists them.
fn attribute_name(attribute: &EniAttribute) -> &'static str {
    match attribute {
        EniAttribute::Description(_) => "description",
        EniAttribute::Groups(_) => "groups",
        EniAttribute::SourceDestCheck(_) => "sourceDestCheck",
        EniAttribute::DeleteOnTermination(..) => "attachment",
        EniAttribute::AssociatePublicIp(_) => "associatePublicIpAddress",
        EniAttribute::PrimaryIpv6(_) => "enablePrimaryIpv6",
        EniAttribute::Tracking(_) => "connectionTrackingSpecification",
    }
}

/// ResetNetworkInterfaceAttribute: source/destination check on again (`E8`).
pub(super) fn reset(draft: &mut Draft, id: EniId) -> Result<Reply, Refusal> {
    check::not_managed(draft.eni(id)?)?;
    draft.push(Event::EniChanged(id, EniChange::SourceDestCheck(true)));
    Ok(Reply::Nothing)
}
