//! Networks that more than one test file begins with.

use super::{Host, Lab};
use eni_core::dataplane::verdict::Place;
use eni_core::id::{AclId, GroupId, NatGatewayId, RouteTableId, SubnetId, VpcId};
use eni_core::model::route_table::RouteTarget;

/// A in one subnet with a public address, B in another without; a gateway; everything open.
pub struct Open {
    pub lab: Lab,
    pub a: Host,
    pub b: Host,
    pub open: GroupId,
}

impl Open {
    pub fn build() -> Open {
        let mut lab = Lab::new();
        lab.gateway();
        let (one, two) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
        let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
        let a = lab.host("A", one, "10.0.1.10", &[open]);
        let b = lab.host("B", two, "10.0.2.20", &[open]);
        lab.public(a.eni, "10.0.1.10", "203.0.113.10");
        Open { lab, a, b, open }
    }
}

/// A in a private subnet whose table leads to a NAT gateway in a public one, which has 10.0.9.9 and 203.0.113.9.
pub struct BehindNat {
    pub lab: Lab,
    pub a: Host,
    pub nat: NatGatewayId,
    pub private: SubnetId,
    pub table: RouteTableId,
    pub public: SubnetId,
}

impl BehindNat {
    pub fn build() -> BehindNat {
        let mut lab = Lab::new();
        lab.gateway();
        let (private, public) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.9.0/24"));
        let table = lab.own_table(private);
        let group = lab.default_group;
        let a = lab.host("A", private, "10.0.1.10", &[group]);
        let nat = lab.nat_gateway(public, "10.0.9.9", Some("203.0.113.9"));
        lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(nat));
        BehindNat { lab, a, nat, private, table, public }
    }
}

/// Another VPC, 10.1.0.0/16, with its main table, its ACL that allows all, its default group, and a host of that group in 10.1.1.0/24.
pub struct Far {
    pub vpc: VpcId,
    pub table: RouteTableId,
    pub acl: AclId,
    pub group: GroupId,
    pub subnet: SubnetId,
    pub host: Host,
}

impl Lab {
    /// A VPC that nothing joins to the first one; its router is called "far".
    pub fn far(&mut self, name: &str, address: &str) -> Far {
        let id = self.other_vpc("10.1.0.0/16");
        let vpc = self.network.vpc(id).unwrap();
        let (table, acl, group) = (vpc.main_route_table, vpc.default_acl, vpc.default_group);
        let subnet = self.subnet_in(id, acl, "10.1.1.0/24");
        let host = self.host(name, subnet, address, &[group]);
        self.name(Place::Router(id), "far");
        Far { vpc: id, table, acl, group, subnet, host }
    }

    /// The main table of each of the two VPCs leads to the other by this target.
    pub fn lead_to_each_other(&mut self, far: &Far, by: RouteTarget) {
        self.route(self.table, "10.1.0.0/16", by.clone());
        self.route(far.table, "10.0.0.0/16", by);
    }

    /// The same over IPv6: the two hosts have addresses, and groups and ACLs let the near one ask on port 443.
    pub fn lead_to_each_other_by_ipv6(&mut self, near: Host, far: &Far, by: &RouteTarget) {
        let own = self.network.eni(near.eni).unwrap().clone();
        let one = (own.subnet, self.table, self.acl, near.eni, "2001:db8:0:1");
        let two = (far.subnet, far.table, far.acl, far.host.eni, "2001:db8:1:1");
        for ((subnet, table, acl, eni, net), beyond) in [(one, two.4), (two, one.4)] {
            self.ipv6(subnet, &format!("{net}01::/64"));
            self.ipv6_address(eni, &format!("{net}01::10"));
            self.ipv6_route(table, &format!("{net}00::/56"), RouteTarget::Local);
            self.ipv6_route(table, &format!("{beyond}00::/56"), by.clone());
            self.set_acl(acl, "in 101 allow all ::/0");
            self.set_acl(acl, "out 101 allow all ::/0");
        }
        own.groups.iter().for_each(|group| _ = self.rule(*group, "out all ::/0"));
        self.rule(far.group, "in tcp 443 ::/0");
    }
}
