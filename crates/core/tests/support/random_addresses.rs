//! Random acts on IPv6 addresses and prefixes.

use super::Dice;
use eni_core::addr::{IpNet, Ipv6Addr};
use eni_core::control::command::{
    AssignIpv6Addresses, Command, CreateSubnetReservation, EniAttribute, Ipv6Wanted, NewVpcBlock, UnassignIpv6Addresses, Wanted,
};
use eni_core::id::EniId;
use eni_core::model::eni::Eni;
use eni_core::model::reservation::ReservationKind;

impl Dice<'_> {
    /// Gives an ENI something, or what another one has, or takes everything from it.
    pub(super) fn ipv6_act(&mut self) -> Command {
        if self.chance(5) {
            return self.reservation_act();
        }
        let network = self.network;
        let with_block = |eni: &&Eni| network.subnet(eni.subnet).is_some_and(|subnet| subnet.ipv6_cidr.is_some());
        let able: Vec<EniId> = network.enis().filter(with_block).map(|eni| eni.id).collect();
        if able.is_empty() && !self.chance(6) {
            return self.more_ipv6();
        }
        let eni = if able.is_empty() { self.eni() } else { self.pick(able.into_iter()) };
        let used = self.ipv6_of(eni);
        let (addresses, prefixes) = match self.below(9) {
            0 => (Wanted::these(used.into_iter().collect()), Wanted::default()),
            1 => (Wanted::default(), Wanted::any(1)),
            2 => {
                let prefixes = self.network.eni(eni).map(|eni| eni.ipv6_prefixes.clone()).unwrap_or_default();
                (Wanted::default(), Wanted::these(prefixes))
            }
            3..=5 => (Wanted::any(i64::try_from(self.below(3)).unwrap()), Wanted::default()),
            6 => return Command::ModifyNetworkInterfaceAttribute(eni, vec![EniAttribute::PrimaryIpv6(self.chance(2))]),
            _ => {
                let addresses = used.into_iter().collect();
                let prefixes = self.network.eni(eni).into_iter().flat_map(|eni| eni.ipv6_prefixes.iter().copied()).collect();
                return Command::UnassignIpv6Addresses(Box::new(UnassignIpv6Addresses { eni, addresses, prefixes }));
            }
        };
        Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses {
            eni: if self.chance(3) { self.eni() } else { eni },
            addresses,
            prefixes,
        }))
    }

    /// A range of a subnet is reserved, or given back.
    fn reservation_act(&mut self) -> Command {
        let network = self.network;
        if network.reservations().len() > 0 && self.chance(3) {
            return Command::DeleteSubnetReservation(self.pick(network.reservations().map(|one| one.id)));
        }
        let subnet = self.subnet();
        let blocks = network.subnet(subnet).map(|subnet| (subnet.cidr, subnet.ipv6_cidr));
        let cidr = match blocks {
            Some((_, Some(block))) if self.chance(3) => IpNet::V6(block.cidr.subnets(80).unwrap().nth(self.below(4)).unwrap()),
            Some((block, _)) => {
                let ranges: Vec<_> = block.subnets(block.prefix_len().max(28)).unwrap().take(6).collect();
                IpNet::V4(ranges[self.below(ranges.len())])
            }
            None => IpNet::V4(self.block()),
        };
        let kind = if self.chance(2) { ReservationKind::Prefix } else { ReservationKind::Explicit };
        let (description, tags) = (String::new(), self.tags());
        Command::CreateSubnetReservation(Box::new(CreateSubnetReservation { subnet, cidr, kind, description, tags }))
    }

    /// Blocks, without which there are no addresses: of the VPC of some ENI, then of its subnet.
    fn more_ipv6(&mut self) -> Command {
        let eni = self.eni();
        let Some(subnet) = self.network.eni(eni).and_then(|eni| self.network.subnet(eni.subnet)) else {
            return Command::AssociateVpcCidrBlock(self.vpc(), NewVpcBlock::AmazonIpv6);
        };
        match self.ipv6_block_of(subnet.vpc) {
            Some(cidr) => Command::AssociateSubnetCidrBlock(subnet.id, cidr),
            None => Command::AssociateVpcCidrBlock(subnet.vpc, NewVpcBlock::AmazonIpv6),
        }
    }

    /// What a new ENI may ask for.
    pub(super) fn new_ipv6(&mut self) -> Ipv6Wanted {
        let count = |dice: &mut Self| Wanted::any(i64::try_from(dice.below(3)).unwrap());
        Ipv6Wanted {
            addresses: self.maybe(4, count).unwrap_or_default(),
            prefixes: if self.chance(9) { Wanted::any(1) } else { Wanted::default() },
            primary: self.chance(8),
        }
    }

    fn ipv6_of(&self, eni: EniId) -> Option<Ipv6Addr> {
        self.network.eni(eni).and_then(|eni| eni.ipv6_addresses.first().copied())
    }
}
