//! What would be accepted instead of a refused act, by the names of the things that would do.

use super::{Maker, list};
use crate::view::words::RefusalKey as K;
use eni_core::control::error::Refusal as R;
use eni_core::control::remedy::Remedy;
use eni_core::id::*;
use eni_core::model::instance::InstanceState;

/// So many names stand in a sentence at most.
const NAMED: usize = 3;

/// The first few. Not generic: each list here is of another kind of thing.
fn few(items: &mut dyn Iterator<Item = String>) -> String {
    list(items.take(NAMED))
}

impl Maker<'_> {
    /// What would be accepted, where things of the network can be named; nothing where `refusal_words` says all that there is.
    pub(super) fn named_instead(&self, refusal: &R) -> Option<String> {
        self.of_refusal(refusal).or_else(|| self.of_remedy(refusal, refusal.remedy(self.network)))
    }

    /// A sentence with one list in it; none if the list is empty.
    fn with_list<'a>(&self, key: fn(&'a str) -> K<'a>, items: &'a str) -> Option<String> {
        (!items.is_empty()).then(|| self.language.say(key(items)))
    }

    fn of_remedy(&self, refusal: &R, remedy: Remedy) -> Option<String> {
        let say = |key: K<'_>| Some(self.language.say(key));
        match remedy {
            Remedy::AnExisting(prefix) => self.with_list(|ids| K::OneThatIsHere { ids }, &self.things_with(prefix)),
            Remedy::Between { least, most } => say(K::Between { least: &least.to_string(), most: &most.to_string() }),
            Remedy::InstancesInZone { instances, .. } => {
                let takers = instances.first().map(|id| self.instance_name(*id)).unwrap_or_default();
                (!takers.is_empty()).then(|| self.say(crate::view::words::Key::TakesIt { who: &takers }))
            }
            Remedy::FreeIndexes { indexes, .. } => indexes.first().and_then(|index| say(K::IndexIsFree { index: &index.to_string() })),
            Remedy::GroupsOfVpc { vpc, groups } => {
                let groups = few(&mut groups.iter().filter_map(|id| self.network.group(*id)).map(|group| group.name.clone()));
                say(K::GroupsOf { vpc: &self.vpc_name(vpc), groups: &groups })
            }
            Remedy::AddressIn { cidr, free } => match free {
                Some(free) => say(K::IsFree { address: &free.to_string() }),
                None => say(K::OfBlock { block: &cidr.to_string() }),
            },
            Remedy::PrefixIn { cidr, free } => match free {
                Some(free) => say(K::IsFree { address: &free.to_string() }),
                None => say(K::OfBlock { block: &cidr.to_string() }),
            },
            Remedy::BlockIn { blocks, .. } => {
                self.with_list(|blocks| K::BlockInside { blocks }, &few(&mut blocks.iter().map(|block| block.to_string())))
            }
            Remedy::Types(types) => {
                self.with_list(|names| K::TypesThatDo { names }, &few(&mut types.iter().map(|kind| kind.name().to_owned())))
            }
            Remedy::Release(idle) => idle.first().and_then(|id| say(K::ReleaseFirst { address: &self.elastic_ip_text(*id) })),
            Remedy::AttachGateway { gateways, .. } => {
                gateways.first().and_then(|id| say(K::AttachThisFirst { gateway: &self.gateway_name(*id) }))
            }
            Remedy::DetachGateway(gateway, vpc) => {
                say(K::DetachThisFirst { gateway: &self.gateway_name(gateway), vpc: &self.vpc_name(vpc) })
            }
            Remedy::EnisOf(_, enis) => self.with_list(|enis| K::ItsEnis { enis }, &few(&mut enis.iter().map(|id| self.eni_name(*id)))),
            Remedy::State(instance, InstanceState::Stopped) => say(K::StoppedFirst { instance: &self.instance_name(instance) }),
            Remedy::State(instance, _) => say(K::RunningFirst { instance: &self.instance_name(instance) }),
            Remedy::RemoveFirst(things) => {
                let names = few(&mut things.iter().map(|id| self.tagged_name(*id)));
                match refusal {
                    R::PublicAddressesMapped { .. } => self.with_list(|addresses| K::UnmapThese { addresses }, &names),
                    R::VpcInUse { .. } | R::SubnetInUse { .. } | R::PeeringExists { .. } => {
                        self.with_list(|things| K::RemoveFirst { things }, &names)
                    }
                    _ => self.with_list(|things| K::UnusedBy { things }, &names),
                }
            }
            Remedy::Zones(zones) => self.with_list(|zones| K::OneOfZones { zones }, &few(&mut zones.iter().map(|zone| zone.to_string()))),
            Remedy::Wait => say(K::WaitForIt),
            // The words of the refusal itself say these.
            Remedy::None
            | Remedy::OneOf(_)
            | Remedy::Add(_)
            | Remedy::Detach(_)
            | Remedy::AtMost(_)
            | Remedy::AllowReassignment
            | Remedy::AllowReassociation
            | Remedy::Disassociate(_)
            | Remedy::Unprotect(_)
            | Remedy::UseReplace(_)
            | Remedy::AskTheService
            | Remedy::AlreadySo => None,
        }
    }

    /// What the refusal's own fields lead to.
    fn of_refusal(&self, refusal: &R) -> Option<String> {
        let network = self.network;
        match refusal {
            R::InstanceNotReady { instance, state } | R::WrongInstanceState { instance, state, .. }
                if matches!(state, InstanceState::ShuttingDown | InstanceState::Terminated) =>
            {
                Some(self.language.say(K::NoneInThisState { instance: &self.instance_name(*instance) }))
            }
            R::SubnetRange { vpc, .. } => self.free_block_of(*vpc),
            R::SubnetConflict { other, .. } => self.free_block_of(network.subnet(*other)?.vpc),
            R::GatewayNotAttached { gateway, .. } => {
                let vpc = network.internet_gateway(*gateway)?.vpc?;
                Some(self.language.say(K::DetachFromThis { vpc: &self.vpc_name(vpc) }))
            }
            R::NotAssigned { eni, .. } | R::UnassignPrimary { eni, .. } => {
                let secondary = few(&mut network.eni(*eni)?.addresses.iter().skip(1).map(|address| address.ip.to_string()));
                self.with_list(|addresses| K::ItsSecondary { addresses }, &secondary)
            }
            R::NotThePrivateIpOf { eni, .. } => {
                let own = few(&mut network.eni(*eni)?.addresses.iter().map(|address| address.ip.to_string()));
                self.with_list(|ids| K::OneThatIsHere { ids }, &own)
            }
            R::PrimaryAddressTaken { eni, .. } => {
                let subnet = network.subnet(network.eni(*eni)?.subnet)?;
                let free = network.lowest_unreserved_address(subnet, eni_core::addr::Ipv4Addr::UNSPECIFIED)?;
                Some(self.language.say(K::IsFreeOrEni { address: &free.to_string(), eni: &self.eni_name(*eni) }))
            }
            R::DetachPrimary { attachment } => {
                let instance = network.eni_by_attachment(*attachment)?.attachment.as_ref()?.instance;
                let mut others = network
                    .instance(instance)?
                    .enis
                    .iter()
                    .filter(|((card, index), _)| (*card, *index) != (0, 0))
                    .map(|(_, eni)| self.eni_name(*eni));
                self.with_list(|enis| K::OtherEnis { enis }, &few(&mut others))
            }
            R::NotTheAttachmentOf { eni, .. } => Some(network.eni(*eni)?.attachment.as_ref()?.id.to_string()),
            R::GroupDuplicate { group_name, vpc } => {
                let taken = |name: &str| network.groups().any(|group| group.vpc == *vpc && group.name.eq_ignore_ascii_case(name));
                let free = (2..100).map(|number| format!("{group_name}-{number}")).find(|name| !taken(name))?;
                Some(self.language.say(K::NameIsFree { name: &free }))
            }
            R::RuleNotFound { group } => {
                let mut rules = network.group(*group)?.rules_of(eni_core::addr::Direction::Ingress).map(|rule| rule.id.to_string());
                self.with_list(|ids| K::OneThatIsHere { ids }, &few(&mut rules))
            }
            R::RouteNotFound { table, .. } => {
                let mut routes = network.route_table(*table)?.routes.iter().map(|(to, _)| super::traffic::destination_text(*to));
                self.with_list(|destinations| K::ThisRoute { destinations }, &few(&mut routes))
            }
            _ => None,
        }
    }

    fn free_block_of(&self, vpc: VpcId) -> Option<String> {
        self.with_list(|address| K::IsFree { address }, &self.free_block(self.network.vpc(vpc)?))
    }

    /// A few of the instances by name.
    pub(super) fn instances_by_name(&self) -> String {
        few(&mut self.network.instances().filter(|instance| !instance.enis.is_empty()).map(|instance| self.instance_name(instance.id)))
    }

    /// A few ids of the things that are there, by the prefix of their ids.
    pub(super) fn things_with(&self, prefix: &str) -> String {
        let network = self.network;
        match prefix {
            AclId::PREFIX => few(&mut network.acls().map(|thing| thing.id.to_string())),
            AllocationId::PREFIX => few(&mut network.elastic_ips().map(|thing| thing.allocation.to_string())),
            AssociationId::PREFIX => {
                few(&mut network.elastic_ips().filter_map(|thing| thing.association).map(|association| association.id.to_string()))
            }
            AttachmentId::PREFIX => {
                few(&mut network.enis().filter_map(|eni| eni.attachment.as_ref()).map(|attachment| attachment.id.to_string()))
            }
            CustomerGatewayId::PREFIX => few(&mut network.customer_gateways().map(|thing| thing.id.to_string())),
            VpnConnectionId::PREFIX => few(&mut network.vpn_connections().map(|thing| thing.id.to_string())),
            VpnGatewayId::PREFIX => few(&mut network.vpn_gateways().map(|thing| thing.id.to_string())),
            DhcpOptionsId::PREFIX => few(&mut network.dhcp_option_sets().map(|thing| thing.id.to_string())),
            EgressOnlyGatewayId::PREFIX => few(&mut network.egress_only_gateways().map(|thing| thing.id.to_string())),
            EniId::PREFIX => few(&mut network.enis().map(|thing| thing.id.to_string())),
            GroupId::PREFIX => few(&mut network.groups().map(|thing| thing.id.to_string())),
            InstanceId::PREFIX => few(&mut network.instances().map(|thing| thing.id.to_string())),
            InternetGatewayId::PREFIX => few(&mut network.internet_gateways().map(|thing| thing.id.to_string())),
            NatGatewayId::PREFIX => few(&mut network.nat_gateways().map(|thing| thing.id.to_string())),
            EndpointId::PREFIX => few(&mut network.endpoints().map(|thing| thing.id.to_string())),
            FlowLogId::PREFIX => few(&mut network.flow_logs().map(|thing| thing.id.to_string())),
            KeyPairId::PREFIX => few(&mut network.key_pairs().map(|thing| thing.name.clone())),
            PeeringId::PREFIX => few(&mut network.peerings().map(|thing| thing.id.to_string())),
            TransitGatewayId::PREFIX => few(&mut network.transit_gateways().map(|thing| thing.id.to_string())),
            TransitAttachmentId::PREFIX => few(&mut network.transit_attachments().map(|thing| thing.id.to_string())),
            TransitTableId::PREFIX => few(&mut network.transit_tables().map(|thing| thing.id.to_string())),
            RouteTableId::PREFIX => few(&mut network.route_tables().map(|thing| thing.id.to_string())),
            SubnetReservationId::PREFIX => few(&mut network.reservations().map(|thing| thing.id.to_string())),
            SubnetId::PREFIX => few(&mut network.subnets().map(|thing| thing.id.to_string())),
            VpcCidrAssociationId::PREFIX => {
                few(&mut network.vpcs().flat_map(|vpc| vpc.cidrs.iter().skip(1)).map(|block| block.association.to_string()))
            }
            SubnetCidrAssociationId::PREFIX => {
                few(&mut network.subnets().filter_map(|subnet| subnet.ipv6_cidr).map(|block| block.association.to_string()))
            }
            VpcId::PREFIX => few(&mut network.vpcs().map(|thing| thing.id.to_string())),
            _ => String::new(),
        }
    }
}
