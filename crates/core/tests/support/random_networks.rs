//! Random acts on VPCs, subnets, network ACLs, internet gateways and tags.

use super::Dice;
use eni_core::addr::{IpNet, Ipv4Net, Traffic};
use eni_core::control::command::{Command, CreateSubnet, NewVpcBlock, SubnetAttribute};
use eni_core::id::VpcId;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::network_acl::{AclAction, AclEntry};

impl Dice<'_> {
    pub(super) fn vpc_act(&mut self) -> Command {
        match self.below(15) {
            10 => Command::AssociateVpcCidrBlock(self.vpc(), NewVpcBlock::Ipv4(self.block())),
            11 => Command::AssociateVpcCidrBlock(self.vpc(), NewVpcBlock::AmazonIpv6),
            12 => {
                let network = self.network;
                let ipv4 = network.vpcs().flat_map(|vpc| vpc.cidrs.iter().map(|block| block.association));
                let ipv6 = network.vpcs().flat_map(|vpc| vpc.ipv6_cidrs.iter().map(|block| block.association));
                Command::DisassociateVpcCidrBlock(self.pick(ipv4.chain(ipv6)))
            }
            13 => {
                let subnet = self.subnet();
                let cidr = self.network.subnet(subnet).and_then(|subnet| self.ipv6_block_of(subnet.vpc));
                Command::AssociateSubnetCidrBlock(subnet, cidr.unwrap_or_default())
            }
            14 => {
                let network = self.network;
                let ties = network.subnets().filter_map(|subnet| subnet.ipv6_cidr.map(|block| block.association));
                Command::DisassociateSubnetCidrBlock(self.pick(ties))
            }
            8 => Command::CreateDefaultVpc,
            9 => Command::CreateDefaultSubnet(self.network.zones()[0].clone()),
            0 => self.create_vpc(),
            1 => Command::DeleteVpc(self.vpc()),
            2 => Command::DeleteSubnet(self.subnet()),
            3 => Command::ModifySubnetAttribute(self.subnet(), {
                let on = self.chance(2);
                vec![if self.chance(2) { SubnetAttribute::MapPublicIpOnLaunch(on) } else { SubnetAttribute::AssignIpv6OnCreation(on) }]
            }),
            4 => Command::ModifyVpcAttribute {
                vpc: self.vpc(),
                dns_support: self.maybe(2, |_| true),
                dns_hostnames: self.maybe(2, |_| true),
            },
            _ => self.create_subnet(),
        }
    }

    /// Mostly a small block inside a VPC's own that no subnet has yet.
    fn block_in(&mut self, vpc: VpcId) -> Ipv4Net {
        let whole = self.network.vpc(vpc).and_then(|vpc| vpc.cidrs.first()).map(|block| block.cidr);
        let Some(whole) = whole.filter(|_| !self.chance(6)) else { return self.block() };
        let len = [24, 28][self.below(2)].max(whole.prefix_len());
        let network = self.network;
        let apart = |block: &Ipv4Net| network.subnets().all(|subnet| !subnet.cidr.contains(block) && !block.contains(&subnet.cidr));
        let at = self.below(6);
        whole.subnets(len).unwrap().take(40).filter(apart).nth(at).unwrap_or(whole)
    }

    pub(super) fn create_vpc(&mut self) -> Command {
        Command::CreateVpc { cidr: self.block(), amazon_ipv6: self.chance(3), tags: self.tags() }
    }

    pub(super) fn create_subnet(&mut self) -> Command {
        let zones = self.network.zones().to_vec();
        let zone = self.below(2);
        let zone = self.maybe(2, |_| zones[zone].clone());
        let vpc = self.vpc();
        let cidr = self.block_in(vpc);
        Command::CreateSubnet(Box::new(CreateSubnet { vpc, cidr, zone, tags: self.tags(), ipv6_cidr: None }))
    }

    pub(super) fn other_act(&mut self) -> Command {
        let network = self.network;
        match self.below(12) {
            0 => Command::CreateInternetGateway { tags: self.tags() },
            1 | 2 => {
                // Mostly one that is free, and a VPC that has none.
                let fits = !self.chance(3);
                let free = network.internet_gateways().filter(|gateway| !fits || gateway.vpc.is_none()).map(|gateway| gateway.id);
                let bare = network.vpcs().map(|vpc| vpc.id).filter(|vpc| !fits || network.internet_gateway_of(*vpc).is_none());
                Command::AttachInternetGateway { gateway: self.pick(free), vpc: self.pick(bare) }
            }
            3 => {
                let gateway = self.gateway();
                let own = network.internet_gateway(gateway).and_then(|gateway| gateway.vpc).filter(|_| !self.chance(4));
                Command::DetachInternetGateway { gateway, vpc: own.unwrap_or_else(|| self.vpc()) }
            }
            9 => {
                let fits = !self.chance(3);
                let free = network.internet_gateways().filter(|gateway| !fits || gateway.vpc.is_none()).map(|gateway| gateway.id);
                Command::DeleteInternetGateway(self.pick(free))
            }
            10 => {
                let resources = vec![TaggedId::Eni(self.eni()), TaggedId::Vpc(self.vpc())];
                Command::DeleteTags { resources, tags: vec![("Name".to_owned(), self.maybe(2, |_| "dice".to_owned()))] }
            }
            4 => Command::CreateNetworkAcl { vpc: self.vpc(), tags: self.tags() },
            5 => Command::DeleteNetworkAcl(self.acl()),
            6 => {
                let ties = network.subnets().map(|subnet| subnet.acl_association);
                Command::ReplaceNetworkAclAssociation { association: self.pick(ties), acl: self.acl() }
            }
            7 => Command::DeleteNetworkAclEntry { acl: self.acl(), direction: self.direction(), number: 100 },
            8 => {
                let resources = vec![TaggedId::Eni(self.eni()), TaggedId::Vpc(self.vpc())];
                Command::CreateTags { resources, tags: Tags::from([("Name".to_owned(), "dice".to_owned())]) }
            }
            _ => {
                let entry = AclEntry { traffic: Traffic::All, cidr: IpNet::V4(self.block()), action: AclAction::Deny };
                let number = i64::try_from(self.below(4)).unwrap() * 100;
                Command::SetNetworkAclEntry { acl: self.acl(), direction: self.direction(), number, entry, replace: self.chance(3) }
            }
        }
    }
}
