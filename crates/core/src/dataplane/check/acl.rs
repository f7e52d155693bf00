//! Network ACLs: the first entry that fits decides, each packet alone (`N1` to `N17`).

use super::miss::{self, Tally};
use crate::addr::{Direction, IpAddr, IpNet, block_has};
use crate::dataplane::reason::{Code, Evidence, Field, Got, NearestMiss, RuleRef, Wanted};
use crate::dataplane::stage::{Context, Outcome};
use crate::dataplane::verdict::Step;
use crate::model::network_acl::{AclAction, AclEntry, FINAL_DENY_IPV4, NetworkAcl};
use crate::model::vpc::Subnet;
use crate::packet::Packet;

/// Asks a subnet's ACL, on the way in or out.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, subnet: &'a Subnet, direction: Direction) -> Outcome<'s, 'a> {
    let packet = context.packet();
    let acl = context.network().acl(subnet.acl);
    let remote = packet.remote(direction);
    let shape = packet.shape();
    let fits = |_: &u16, entry: &AclEntry| block_has(&entry.cidr, *remote) && shape.fits(entry.traffic);
    let first = acl.and_then(|acl| acl.entries(direction).search(fits));
    let number = first.map(|(number, _)| *number);
    let allowed = first.is_some_and(|(_, entry)| entry.action == AclAction::Allow);
    let evidence = Evidence::Acl { acl: subnet.acl, direction, number };
    let rule = if number.is_some() { "N4" } else { "N5" };
    if allowed {
        return Outcome::allow(step, rule, evidence);
    }
    context.nearest = acl.and_then(|acl| nearest(acl, packet, direction, number));
    Outcome::deny(step, rule, Code::SubnetAclRestriction, evidence)
}

/// A block never has an address of the other family (`N8`).
fn has(cidr: IpNet, address: IpAddr) -> bool {
    block_has(&cidr, address)
}

/// The allowing entry that came closest: the fewest fields off, the lowest number first.
fn nearest(acl: &NetworkAcl, packet: &Packet, direction: Direction, decided: Option<u16>) -> Option<NearestMiss> {
    let remote = *packet.remote(direction);
    let mut best: Option<NearestMiss> = None;
    for (number, entry) in acl.entries(direction).iter().filter(|(_, entry)| entry.action == AclAction::Allow) {
        let mut tally = Tally::default();
        miss::traffic(&mut tally, entry.traffic, packet);
        if !has(entry.cidr, remote) {
            tally.off(miss::remote_field(direction), Wanted::Cidr(entry.cidr), Got::Address(remote));
        }
        // It fits, so an entry before it must have decided.
        if tally.is_clean() {
            tally.off(Field::Order, Wanted::Before(decided.unwrap_or(FINAL_DENY_IPV4)), Got::Number(*number));
        }
        best = tally.closer(RuleRef::Acl(acl.id, *number), None, best);
    }
    best
}
