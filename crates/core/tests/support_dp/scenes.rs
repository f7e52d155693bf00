//! Networks that more than one test file begins with.

use super::{Host, Lab};
use eni_core::id::{GroupId, NatGatewayId, RouteTableId, SubnetId};
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
