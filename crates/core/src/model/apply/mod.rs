//! The one writer: carries out events. It validates nothing; `control::decide` did.
//!
//! An event that names something that is not there changes nothing: `apply` never fails, and the invariants tell in tests.

mod address;
mod alarm;
mod dhcp_options;
mod endpoint;
mod eni;
mod filter;
mod flow_log;
mod function;
mod hosted_zone;
mod instance;
mod key_pair;
mod load_balancer;
mod nat_gateway;
mod peering;
mod reservation;
mod route;
mod transit;
mod vpc;
mod vpn;

use super::Tags;
use super::event::{Event, TaggedId, TransitionKey};
use super::network::Network;

impl Network {
    /// Carries out one event.
    pub fn apply(&mut self, event: &Event) {
        self.changes.count();
        match event {
            Event::VpcCreated(_) | Event::VpcChanged(..) | Event::VpcDeleted(_) => self.apply_vpc(event),
            Event::DhcpOptionsCreated(_) | Event::DhcpOptionsDeleted(_) => self.apply_dhcp_options(event),
            Event::SubnetCreated(_) | Event::SubnetChanged(..) | Event::SubnetDeleted(_) => self.apply_subnet(event),
            Event::EniCreated(_) | Event::EniSettled(_) | Event::EniChanged(..) | Event::EniDeleted(_) => self.apply_eni(event),
            Event::AttachStarted(..) | Event::AttachFinished(_) | Event::DetachStarted(_) | Event::DetachFinished(_) => {
                self.apply_attachment(event)
            }
            Event::AddressAssigned(..)
            | Event::AddressUnassigned(..)
            | Event::AddressMoved { .. }
            | Event::Ipv6Assigned(..)
            | Event::Ipv6Unassigned(..)
            | Event::PrimaryIpv6Set(..)
            | Event::PrefixAssigned(..)
            | Event::PrefixUnassigned(..)
            | Event::PublicIpGiven(..)
            | Event::PublicIpReleased(_) => self.apply_address(event),
            Event::ElasticIpAllocated(_)
            | Event::ElasticIpReleased(_)
            | Event::ElasticIpAssociated(..)
            | Event::ElasticIpDisassociated(_) => {
                self.apply_elastic_ip(event);
            }
            Event::GroupCreated(_)
            | Event::GroupDeleted(_)
            | Event::GroupRulesAdded(..)
            | Event::GroupRulesRemoved(..)
            | Event::GroupRulesChanged(..) => self.apply_group(event),
            Event::PrefixListSet(_) | Event::PrefixListDeleted(_) => self.apply_prefix_list(event),
            Event::AclCreated(_)
            | Event::AclDeleted(_)
            | Event::AclEntrySet(..)
            | Event::AclEntryRemoved(..)
            | Event::AclAssociationReplaced(..) => self.apply_acl(event),
            Event::RouteTableCreated(_)
            | Event::RouteTableDeleted(_)
            | Event::RouteSet(..)
            | Event::RouteRemoved(..)
            | Event::RoutePropagationSet(..)
            | Event::RouteTableAssociated(..)
            | Event::RouteTableDisassociated(..) => self.apply_route_table(event),
            Event::InternetGatewayCreated(_)
            | Event::InternetGatewayMoved(..)
            | Event::InternetGatewayDeleted(_)
            | Event::EgressOnlyGatewayCreated(_)
            | Event::EgressOnlyGatewayDeleted(_) => self.apply_gateway(event),
            Event::VpnGatewayCreated(_)
            | Event::VpnGatewayMoved(..)
            | Event::VpnGatewayDeleted(_)
            | Event::CustomerGatewayCreated(_)
            | Event::CustomerGatewayDeleted(_)
            | Event::VpnConnectionCreated(_)
            | Event::VpnConnectionDeleted(_)
            | Event::VpnConnectionRouteSet(..) => self.apply_vpn(event),
            Event::NatGatewayCreated(_)
            | Event::NatGatewayStateChanged(..)
            | Event::NatGatewayAddressesSet(..)
            | Event::NatGatewayForgotten(_) => self.apply_nat_gateway(event),
            Event::InstanceLaunched(_) | Event::InstanceStateChanged(..) | Event::InstanceChanged(..) | Event::InstanceForgotten(_) => {
                self.apply_instance(event);
            }
            Event::HostedZoneCreated(_) | Event::HostedZoneChanged(..) | Event::HostedZoneDeleted(_) | Event::DnsChangeMade(_) => {
                self.apply_hosted_zone(event);
            }
            Event::LoadBalancerSet(_)
            | Event::LoadBalancerDeleted(_)
            | Event::TargetGroupSet(_)
            | Event::TargetGroupDeleted(_)
            | Event::TargetSet(..)
            | Event::TargetGone(..) => self.apply_load_balancer(event),
            Event::ReservationCreated(_) | Event::ReservationDeleted(_) => self.apply_reservation(event),
            Event::EndpointCreated(_) | Event::EndpointChanged(..) | Event::EndpointDeleted(_) => self.apply_endpoint(event),
            Event::FunctionSet(_) | Event::FunctionDeleted(_) | Event::FunctionEniSet(..) => self.apply_function(event),
            Event::FileSystemCreated(_)
            | Event::FileSystemDeleted(_)
            | Event::MountTargetCreated(_)
            | Event::MountTargetStateChanged(..)
            | Event::MountTargetDeleted(_) => self.apply_file_system(event),
            Event::AlarmSet(_) | Event::AlarmDeleted(_) => self.apply_alarm(event),
            Event::FlowLogCreated(_) | Event::FlowLogDeleted(_) | Event::LogGroupSet(_) | Event::LogGroupDeleted(_) => {
                self.apply_flow_log(event)
            }
            Event::KeyPairCreated(_) | Event::KeyPairDeleted(_) => self.apply_key_pair(event),
            Event::PeeringCreated(_) | Event::PeeringChanged(..) | Event::PeeringForgotten(_) => self.apply_peering(event),
            Event::TransitGatewaySet(_) | Event::TransitAttachmentSet(_) | Event::TransitTableSet(_) | Event::TransitForgotten(_) => {
                self.apply_transit(event);
            }
            Event::TagsSet(id, tags) => self.set_tags(*id, tags),
            Event::TransitionScheduled(at, transition) => {
                self.transition_sequence += 1;
                self.transitions.insert(TransitionKey { at: *at, sequence: self.transition_sequence }, *transition);
            }
            Event::TransitionDropped(key) => {
                self.transitions.remove(key);
            }
            Event::PublicPoolAdvanced(drawn) => self.public_ips_drawn = self.public_ips_drawn.max(*drawn),
            Event::CounterRaised(kind, number) => self.counters.raise(*kind, *number),
            Event::MacsDrawn(drawn) => self.macs_drawn = self.macs_drawn.max(*drawn),
            Event::QuotasSet(quotas) => self.quotas = **quotas,
            Event::DelaysSet(delays) => self.delays = **delays,
            Event::SwitchesSet(switches) => self.switches = *switches,
            Event::ElsewhereSet(elsewhere) => self.elsewhere = elsewhere.clone(),
        }
    }

    fn set_tags(&mut self, id: TaggedId, tags: &Tags) {
        let place = match id {
            TaggedId::Acl(id) => self.acls.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::CustomerGateway(id) => self.customer_gateways.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::DhcpOptions(id) => self.dhcp_option_sets.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::EgressOnlyGateway(id) => self.egress_only_gateways.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::ElasticIp(id) => self.elastic_ips.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Endpoint(id) => self.endpoints.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Eni(id) => self.enis.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::FlowLog(id) => self.flow_logs.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Group(id) => self.groups.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::GroupRule(id) => self.index.group_of_rule.of(id).next().and_then(|group| {
                let group = self.groups.get_mut(&group)?;
                group.rules.iter_mut().find(|rule| rule.id == id).map(|rule| &mut rule.tags)
            }),
            TaggedId::Instance(id) => self.instances.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::InternetGateway(id) => self.internet_gateways.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::KeyPair(id) => self.key_pairs.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::NatGateway(id) => self.nat_gateways.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Peering(id) => self.peerings.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::PrefixList(id) => self.prefix_lists.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::RouteTable(id) => self.route_tables.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Subnet(id) => self.subnets.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::SubnetReservation(id) => self.reservations.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Transit(id) => self.transit_tags(id),
            TaggedId::Vpc(id) => self.vpcs.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::VpnConnection(id) => self.vpn_connections.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::VpnGateway(id) => self.vpn_gateways.get_mut(&id).map(|object| &mut object.tags),
        };
        if let Some(place) = place {
            place.clone_from(tags);
        }
    }
}
