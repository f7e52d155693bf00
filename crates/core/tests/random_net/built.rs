//! Builds a network from its pieces.

use super::{By, Habits, Peer, Piece, To};
use crate::support_dp::{Lab, ip};
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Event, PeeringChange, SubnetChange, VpcChange};
use eni_core::model::gateway::EgressOnlyGateway;
use eni_core::model::instance::{GuestFlavour, InstanceState, RpFilter};
use eni_core::model::peering::PeeringState;
use eni_core::model::prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListState};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTableUser, RouteTarget};
use eni_core::model::vpc::{SubnetIpv6Cidr, VpcIpv6Cidr};
use eni_core::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// A network, and who is who in it.
pub struct Built {
    pub lab: Lab,
    pub vpcs: BTreeMap<usize, (VpcId, AclId)>,
    pub subnets: BTreeMap<usize, (SubnetId, usize)>,
    pub enis: BTreeMap<usize, EniId>,
    pub instances: BTreeMap<usize, InstanceId>,
    pub nats: BTreeMap<usize, NatGatewayId>,
    /// The ENIs of services.
    pub services: BTreeMap<usize, EniId>,
    pub vpn: Option<VpnGatewayId>,
    ipv6: BTreeSet<usize>,
    gateways: BTreeMap<usize, InternetGatewayId>,
    egress_only: BTreeMap<usize, EgressOnlyGatewayId>,
    peering: Option<PeeringId>,
    acls: BTreeMap<usize, (AclId, usize)>,
    tables: BTreeMap<usize, (RouteTableId, usize)>,
    lists: BTreeMap<usize, PrefixListId>,
    groups: BTreeMap<usize, (GroupId, usize)>,
}

/// Builds a network. A piece that names something that is not there is left out.
pub fn build(pieces: &[Piece]) -> Built {
    let mut built = Built {
        lab: Lab::new(),
        vpcs: BTreeMap::new(),
        subnets: BTreeMap::new(),
        enis: BTreeMap::new(),
        instances: BTreeMap::new(),
        nats: BTreeMap::new(),
        services: BTreeMap::new(),
        vpn: None,
        ipv6: BTreeSet::new(),
        gateways: BTreeMap::new(),
        egress_only: BTreeMap::new(),
        peering: None,
        acls: BTreeMap::new(),
        tables: BTreeMap::new(),
        lists: BTreeMap::new(),
        groups: BTreeMap::new(),
    };
    for piece in pieces {
        let _left_out = built.add(piece).is_none();
    }
    built
}

impl Built {
    fn add(&mut self, piece: &Piece) -> Option<()> {
        match piece {
            Piece::Vpc { vpc, gateway } => self.vpc(*vpc, *gateway),
            Piece::Ipv6 { vpc } => self.ipv6(*vpc)?,
            Piece::EgressOnly { vpc } => {
                let (id, vpc) = (EgressOnlyGatewayId::from_number(self.lab.number()), *vpc);
                let of = self.vpcs.get(&vpc)?.0;
                self.lab.apply(Event::EgressOnlyGatewayCreated(Box::new(EgressOnlyGateway { id, vpc: of, tags: Tags::new() })));
                self.egress_only.insert(vpc, id);
            }
            Piece::Vpn { vpc } => {
                self.lab.vpc = self.vpcs.get(vpc)?.0;
                self.vpn = Some(self.lab.vpn_gateway());
            }
            Piece::Edge { table, vpc, by } => self.edge(*table, *vpc, *by)?,
            Piece::Told { table, block } => {
                let route = Route { target: RouteTarget::VpnGateway(self.vpn?), origin: RouteOrigin::EnableVgwRoutePropagation };
                self.route_of(*table, &To::Block(block.clone()), route)?;
            }
            Piece::Service { service, subnet, groups, files } => self.service(*service, *subnet, groups, *files)?,
            Piece::Peering { one, other, active } => self.peering(*one, *other, *active)?,
            Piece::Acl { acl, vpc } => {
                let id = AclId::from_number(self.lab.number());
                self.lab.acl_with(id, self.vpcs.get(vpc)?.0);
                self.acls.insert(*acl, (id, *vpc));
            }
            Piece::Entry { acl, text } => self.lab.set_acl(self.acls.get(acl)?.0, text),
            Piece::Table { table, vpc } => {
                self.tables.insert(*table, (RouteTableId::from_number(self.lab.number()), *vpc));
            }
            Piece::Subnet { subnet, vpc, acl, table } => self.subnet(*subnet, *vpc, *acl, *table)?,
            Piece::Route { table, to, by } => self.route(*table, to, *by)?,
            Piece::List { list, blocks } => self.list(*list, blocks),
            Piece::Group { group, vpc } => {
                self.lab.vpc = self.vpcs.get(vpc)?.0;
                self.groups.insert(*group, (self.lab.group(&[]), *vpc));
            }
            Piece::Rule { group, text, peer } => {
                let peer = match peer {
                    Peer::Block(block) => block.clone(),
                    Peer::Group(group) => self.groups.get(group)?.0.to_string(),
                    Peer::List(list) => self.lists.get(list)?.to_string(),
                };
                self.lab.rule(self.groups.get(group)?.0, &format!("{text} {peer}"));
            }
            Piece::Instance { instance, vpc, guest, runs } => self.instance(*instance, *vpc, *guest, *runs)?,
            Piece::Eni { .. } => self.eni(piece)?,
            Piece::Nat { nat, subnet, public } => {
                let (id, vpc) = *self.subnets.get(subnet)?;
                let public = public.then(|| format!("203.0.113.{}", 200 + nat));
                let gateway = self.lab.nat_gateway(id, &format!("10.{vpc}.{subnet}.{}", 200 + nat), public.as_deref());
                self.nats.insert(*nat, gateway);
            }
        }
        Some(())
    }

    fn vpc(&mut self, vpc: usize, gateway: bool) {
        let id = if vpc == 0 { self.lab.vpc } else { self.lab.other_vpc(&format!("10.{vpc}.0.0/16")) };
        let acl = self.lab.network.vpc(id).unwrap().default_acl;
        self.vpcs.insert(vpc, (id, acl));
        // One that is not attached is there all the same.
        self.gateways.insert(vpc, self.lab.bare_gateway(gateway.then_some(id)));
    }

    fn peering(&mut self, one: usize, other: usize, active: bool) -> Option<()> {
        let id = self.lab.peering_between(self.vpcs.get(&one)?.0, self.vpcs.get(&other)?.0);
        if !active {
            self.lab.apply(Event::PeeringChanged(id, PeeringChange::State(PeeringState::Deleted)));
        }
        self.peering = Some(id);
        Some(())
    }

    fn subnet(&mut self, subnet: usize, vpc: usize, acl: usize, table: usize) -> Option<()> {
        let (of, default) = *self.vpcs.get(&vpc)?;
        let acl = self.acls.get(&acl).filter(|(_, of)| *of == vpc).map_or(default, |(acl, _)| *acl);
        let id = self.lab.subnet_in(of, acl, &format!("10.{vpc}.{subnet}.0/24"));
        if self.ipv6.contains(&vpc) {
            let association = SubnetCidrAssociationId::from_number(self.lab.number());
            let cidr = format!("2600:1f18:0:{vpc}{subnet:02}::/64").parse().unwrap();
            self.lab.apply(Event::SubnetChanged(id, SubnetChange::Ipv6Cidr(Some(SubnetIpv6Cidr { association, cidr }))));
        }
        self.subnets.insert(subnet, (id, vpc));
        let (table, _) = *self.tables.get(&table).filter(|(_, of)| *of == vpc)?;
        self.table(table, vpc, RouteTableUser::Subnet(id))
    }

    fn ipv6(&mut self, vpc: usize) -> Option<()> {
        let id = self.vpcs.get(&vpc)?.0;
        let association = VpcCidrAssociationId::from_number(self.lab.number());
        let block = VpcIpv6Cidr { association, cidr: format!("2600:1f18:0:{vpc}00::/56").parse().unwrap() };
        self.lab.apply(Event::VpcChanged(id, VpcChange::Ipv6CidrAdded(block)));
        self.ipv6.insert(vpc);
        let main = self.lab.network.vpc(id)?.main_route_table;
        self.local(main, vpc);
        Some(())
    }

    /// The local route of IPv6.
    fn local(&mut self, table: RouteTableId, vpc: usize) {
        if self.ipv6.contains(&vpc) {
            let route = Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable };
            let to = Destination::Cidr(format!("2600:1f18:0:{vpc}00::/56").parse().unwrap());
            self.lab.apply(Event::RouteSet(table, to, route));
        }
    }

    fn table(&mut self, table: RouteTableId, vpc: usize, user: RouteTableUser) -> Option<()> {
        let of = self.vpcs.get(&vpc)?.0;
        self.lab.table_with(table, of, user, &format!("10.{vpc}.0.0/16"));
        self.local(table, vpc);
        Some(())
    }

    fn edge(&mut self, table: usize, vpc: usize, by: By) -> Option<()> {
        let user = match by {
            By::Vpn => RouteTableUser::VpnGateway(self.vpn?),
            _ => RouteTableUser::InternetGateway(*self.gateways.get(&vpc)?),
        };
        let id = RouteTableId::from_number(self.lab.number());
        self.table(id, vpc, user)?;
        self.tables.insert(table, (id, vpc));
        Some(())
    }

    fn service(&mut self, service: usize, subnet: usize, groups: &[usize], files: bool) -> Option<()> {
        let (id, vpc) = *self.subnets.get(&subnet)?;
        self.lab.vpc = self.vpcs.get(&vpc)?.0;
        let groups: Vec<GroupId> = groups.iter().filter_map(|group| self.groups.get(group)).map(|(group, _)| *group).collect();
        if groups.is_empty() {
            return None;
        }
        let ip = format!("10.{vpc}.{subnet}.{}", 150 + service);
        let eni = if files {
            self.lab.service_eni(id, &ip, &groups, "efs", "amazon-elasticfilesystem")
        } else {
            *self.lab.interface_endpoint("com.amazonaws.us-east-1.sqs", &[(id, &ip)], &groups).first()?
        };
        self.services.insert(service, eni);
        Some(())
    }

    fn route(&mut self, table: usize, to: &To, by: By) -> Option<()> {
        let (_, vpc) = *self.tables.get(&table)?;
        let target = match by {
            By::Gateway => RouteTarget::InternetGateway(*self.gateways.get(&vpc)?),
            By::Nat(nat) => RouteTarget::NatGateway(*self.nats.get(&nat)?),
            By::Eni(eni) => RouteTarget::Eni(*self.enis.get(&eni)?),
            By::Peering => RouteTarget::Peering(self.peering?),
            By::EgressOnly => RouteTarget::EgressOnlyGateway(*self.egress_only.get(&vpc)?),
            By::Vpn => RouteTarget::VpnGateway(self.vpn.filter(|_| vpc == 0)?),
            By::Nothing => RouteTarget::Eni(EniId::from_number(999_999)),
        };
        self.route_of(table, to, Route { target, origin: RouteOrigin::CreateRoute })
    }

    fn route_of(&mut self, table: usize, to: &To, route: Route) -> Option<()> {
        let (table, _) = *self.tables.get(&table)?;
        self.lab.network.route_table(table)?;
        let to = match to {
            To::Block(block) => Destination::Cidr(block.parse().unwrap()),
            To::List(list) => Destination::PrefixList(*self.lists.get(list)?),
        };
        self.lab.apply(Event::RouteSet(table, to, route));
        Some(())
    }

    fn list(&mut self, list: usize, blocks: &[String]) {
        let id = PrefixListId::from_number(self.lab.number());
        let entry = |block: &String| PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() };
        self.lab.apply(Event::PrefixListSet(Box::new(PrefixList {
            id,
            by_aws: false,
            name: "list".to_owned(),
            family: AddressFamily::Ipv4,
            max_entries: 10,
            version: 1,
            entries: blocks.iter().map(entry).collect(),
            earlier: Table::new(),
            state: PrefixListState::CreateComplete,
            state_message: String::new(),
            tags: Tags::new(),
        })));
        self.lists.insert(list, id);
    }

    fn instance(&mut self, instance: usize, vpc: usize, habits: Habits, runs: bool) -> Option<()> {
        let id = self.lab.instance(self.vpcs.get(&vpc)?.0, GuestFlavour::Plain);
        self.lab.change_guest(id, |guest| {
            guest.policy_routing = habits.policy_routing;
            guest.forwarding = habits.forwards;
            guest.masquerade = habits.masquerades;
            guest.rp_filter = [RpFilter::Off, RpFilter::Strict, RpFilter::Loose][usize::from(habits.reverse_path)];
            guest.configures_secondaries = habits.configures_secondaries;
        });
        if !runs {
            self.lab.apply(Event::InstanceStateChanged(id, InstanceState::Stopped));
        }
        self.instances.insert(instance, id);
        Some(())
    }

    fn eni(&mut self, piece: &Piece) -> Option<()> {
        let Piece::Eni { eni, subnet, groups, check, second, public, ipv6, instance } = piece else { return None };
        let (id, vpc) = *self.subnets.get(subnet)?;
        let groups: Vec<GroupId> = groups.iter().filter_map(|group| self.groups.get(group)).map(|(group, _)| *group).collect();
        if groups.is_empty() {
            return None;
        }
        let addresses: Vec<String> =
            [10, 100].iter().take(1 + usize::from(*second)).map(|base| format!("10.{vpc}.{subnet}.{}", base + eni)).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let made = self.lab.eni(id, &addresses, &groups);
        for (address, base) in addresses.iter().zip([10, 100]).filter(|_| *public) {
            debug_assert!(ip(address).is_private());
            self.lab.public(made, address, &format!("203.0.113.{}", base + eni));
        }
        if *ipv6 && self.ipv6.contains(&vpc) {
            self.lab.ipv6_address(made, &format!("2600:1f18:0:{vpc}{subnet:02}::{:x}", eni + 1));
        }
        self.lab.source_dest_check(made, *check);
        if let Some(instance) = instance.and_then(|instance| self.instances.get(&instance)) {
            self.lab.attach(made, *instance, u16::try_from(eni % 2).unwrap());
        }
        self.enis.insert(*eni, made);
        Some(())
    }
}
