//! Security groups: matching, references, tracking. One packet a line, both outcomes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::Direction;
use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, Field, GroupMatch, NearestMiss, ReferenceMiss, RuleRef};
use eni_core::dataplane::verdict::Walk;
use eni_core::id::{EniId, GroupId};
use eni_core::model::event::{EniChange, Event};
use eni_core::model::prefix_list::{PrefixList, PrefixListEntry, lists_of_aws};
use eni_core::time::Duration;
use support_dp::{Host, Lab, packet};

/// A server B in one subnet with its own group, a client A beside it whose group lets everything out and in.
struct Pair {
    lab: Lab,
    a: Host,
    b: Host,
    group: GroupId,
}

fn pair(rules: &[&str]) -> Pair {
    let mut lab = Lab::new();
    lab.gateway();
    let subnet = lab.subnet("10.0.1.0/24");
    let open = lab.group(&["in all 0.0.0.0/0", "out all 0.0.0.0/0"]);
    let group = lab.group(rules);
    let a = lab.host("A", subnet, "10.0.1.10", &[open]);
    let b = lab.host("B", subnet, "10.0.1.20", &[group]);
    lab.public(b.eni, "10.0.1.20", "203.0.113.20");
    Pair { lab, a, b, group }
}

const OK: &str = "DELIVERED";
const NO: &str = "DENIED ENI_SG_RULES_MISMATCH";
const EMPTY: &str = "DENIED SG_HAS_NO_RULES";

fn group_step(walk: &Walk, check: Check) -> (GroupMatch, Option<NearestMiss>) {
    let step = walk.steps.iter().rfind(|step| step.check == check).unwrap();
    match step.evidence {
        Evidence::Group { matched, .. } => (matched, walk.nearest_at(step).copied()),
        other => panic!("{other:?}"),
    }
}

// rules: S2 S3 S11 S12 S13 S14 S15 S16
#[test]
fn inbound_rules_by_protocol_port_and_peer() {
    let table: &[(&[&str], &str, &str)] = &[
        (&[], "tcp 10.0.1.10:40000 > 10.0.1.20:22", EMPTY),
        (&["out all 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", EMPTY),
        (&["in tcp 22 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", OK),
        (&["in tcp 22 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:23", NO),
        // The destination port counts, never the source port (S14).
        (&["in tcp 22 0.0.0.0/0"], "tcp 10.0.1.10:22 > 10.0.1.20:40000", NO),
        (&["in tcp 1000-2000 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:1000", OK),
        (&["in tcp 1000-2000 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:2000", OK),
        (&["in tcp 1000-2000 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:2001", NO),
        (&["in udp 22 0.0.0.0/0"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", NO),
        (&["in udp 53 0.0.0.0/0"], "udp 10.0.1.10:40000 > 10.0.1.20:53", OK),
        (&["in tcp 22 10.0.1.10/32"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", OK),
        (&["in tcp 22 10.0.1.11/32"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", NO),
        (&["in icmp 0.0.0.0/0"], "ping 10.0.1.10:7 > 10.0.1.20", OK),
        (&["in icmp 8 0.0.0.0/0"], "ping 10.0.1.10:7 > 10.0.1.20", OK),
        (&["in icmp 0 0.0.0.0/0"], "ping 10.0.1.10:7 > 10.0.1.20", NO),
        (&["in tcp 22 0.0.0.0/0"], "ping 10.0.1.10:7 > 10.0.1.20", NO),
        (&["in 47 0.0.0.0/0"], "47 10.0.1.10 > 10.0.1.20", OK),
        (&["in 47 0.0.0.0/0"], "50 10.0.1.10 > 10.0.1.20", NO),
        (&["in all 0.0.0.0/0"], "50 10.0.1.10 > 10.0.1.20", OK),
        // No order and no deny: one rule is enough (S2, S3).
        (&["in tcp 23 0.0.0.0/0", "in tcp 22 10.0.0.0/8"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", OK),
        // A prefix list that is not there fits nothing.
        (&["in all pl-0000000000000000a"], "tcp 10.0.1.10:40000 > 10.0.1.20:22", NO),
    ];
    for (rules, text, ending) in table {
        let Pair { lab, a, .. } = pair(rules);
        let walk = lab.ask(Origin::Instance(a.instance), packet(text));
        assert_eq!(Lab::ending(&walk), *ending, "{rules:?} {text}");
    }
}

// rules: S12 S2
#[test]
fn a_prefix_list_fits_by_its_entries_and_the_entry_is_told() {
    let mut lists = lists_of_aws("us-east-1");
    let list = PrefixList {
        id: "pl-0000000000000000a".parse().unwrap(),
        by_aws: false,
        entries: ["192.0.2.0/24", "10.0.1.0/28"]
            .map(|block| PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() })
            .to_vec(),
        max_entries: 2,
        ..lists.next().unwrap()
    };
    let ask = packet("tcp 10.0.1.10:40000 > 10.0.1.20:22");
    let Pair { mut lab, a, .. } = pair(&["in tcp 22 pl-0000000000000000a"]);
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    assert_eq!(group_step(&walk, Check::GroupIn).1.unwrap().reference, Some(ReferenceMiss::PrefixListUnknown));
    lab.apply(Event::PrefixListSet(Box::new(list.clone())));
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    assert_eq!(Lab::ending(&walk), OK);
    let (matched, _) = group_step(&walk, Check::GroupIn);
    assert!(matches!(matched, GroupMatch::Rule { entry: Some(block), .. } if block.to_string() == "10.0.1.0/28"), "{matched:?}");
    // Another port, another address: the list is known, the packet does not fit.
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.1.20:23"));
    assert_eq!((Lab::ending(&walk).as_str(), group_step(&walk, Check::GroupIn).1.unwrap().field), (NO, Field::Port));
    let one = PrefixList { entries: list.entries.iter().take(1).cloned().collect(), ..list };
    lab.apply(Event::PrefixListSet(Box::new(one)));
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    let miss = group_step(&walk, Check::GroupIn).1.unwrap();
    assert_eq!((Lab::ending(&walk).as_str(), miss.field, miss.reference), (NO, Field::Source, None));
}

// rules: S2 S14 P-E4
#[test]
fn outbound_rules_by_protocol_port_and_peer() {
    let table: &[(&[&str], &str, &str)] = &[
        (&["in all 0.0.0.0/0"], "tcp 10.0.1.20:40000 > 10.0.1.10:22", EMPTY),
        (&["out tcp 22 10.0.1.0/24"], "tcp 10.0.1.20:40000 > 10.0.1.10:22", OK),
        (&["out tcp 22 10.0.1.0/24"], "tcp 10.0.1.20:40000 > 10.0.1.10:23", NO),
        (&["out tcp 22 10.0.2.0/24"], "tcp 10.0.1.20:40000 > 10.0.1.10:22", NO),
        (&["out udp 0-65535 0.0.0.0/0"], "udp 10.0.1.20:40000 > 10.0.1.10:9", OK),
    ];
    for (rules, text, ending) in table {
        let Pair { lab, b, .. } = pair(rules);
        let walk = lab.ask(Origin::Instance(b.instance), packet(text));
        assert_eq!(Lab::ending(&walk), *ending, "{rules:?} {text}");
    }
}

// rules: S3
#[test]
fn several_groups_are_united() {
    let Pair { mut lab, a, b, group } = pair(&["in tcp 22 0.0.0.0/0"]);
    let text = "tcp 10.0.1.10:40000 > 10.0.1.20:443";
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), packet(text))), NO);
    let web = lab.group(&["in tcp 443 0.0.0.0/0"]);
    lab.apply(Event::EniChanged(b.eni, EniChange::Groups(vec![group, web])));
    let walk = lab.ask(Origin::Instance(a.instance), packet(text));
    assert_eq!(Lab::ending(&walk), OK);
    assert!(matches!(group_step(&walk, Check::GroupIn).0, GroupMatch::Rule { group, .. } if group == web));
}

// rules: S22 S24 S27 S29
#[test]
fn a_reference_means_the_private_addresses_of_members() {
    let Pair { mut lab, a, b, group } = pair(&[]);
    let clients = lab.group(&["out all 0.0.0.0/0"]);
    lab.rule(group, &format!("in tcp 443 {clients}"));
    let ask = packet("tcp 10.0.1.10:40000 > 10.0.1.20:443");
    let walk = lab.ask(Origin::Instance(a.instance), ask);
    assert_eq!(Lab::ending(&walk), NO);
    let (_, miss) = group_step(&walk, Check::GroupIn);
    assert_eq!(miss.unwrap().reference, Some(ReferenceMiss::NotMember(a.eni)));
    // Carrying the group is enough, at once (S29).
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![clients])));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), ask)), OK);
    // It allows nothing the other way (S24): B has no rule out.
    let back = lab.ask(Origin::Instance(b.instance), packet("tcp 10.0.1.20:40000 > 10.0.1.10:443"));
    assert_eq!(Lab::ending(&back), EMPTY);
    // A group may name itself (S27).
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![clients, group])));
    lab.rule(group, &format!("in tcp 9 {group}"));
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.1.20:9"))), OK);
}

// rules: S23 S26 S28 P24
#[test]
fn a_reference_never_means_a_public_address() {
    let Pair { mut lab, a, group, .. } = pair(&[]);
    let clients = lab.group(&["out all 0.0.0.0/0"]);
    lab.rule(group, &format!("in tcp 443 {clients}"));
    lab.apply(Event::EniChanged(a.eni, EniChange::Groups(vec![clients])));
    lab.public(a.eni, "10.0.1.10", "203.0.113.10");
    let hairpin = packet("tcp 10.0.1.10:40000 > 203.0.113.20:443");
    let walk = lab.ask(Origin::Instance(a.instance), hairpin);
    assert_eq!(Lab::ending(&walk), NO);
    let (_, miss) = group_step(&walk, Check::GroupIn);
    assert_eq!(miss.unwrap().reference, Some(ReferenceMiss::PublicAddress(Some(a.eni))));
    let stranger = lab.ask(Origin::Internet, packet("tcp 198.51.100.9:1 > 203.0.113.20:443"));
    assert_eq!(group_step(&stranger, Check::GroupIn).1.unwrap().reference, Some(ReferenceMiss::PublicAddress(None)));
    // By address it works.
    lab.rule(group, "in tcp 443 203.0.113.10/32");
    assert_eq!(Lab::ending(&lab.ask(Origin::Instance(a.instance), hairpin)), OK);
    // A group that is gone matches nothing (S28).
    let Pair { lab, a, .. } = pair(&["in tcp 443 sg-0000000000000ffff"]);
    let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.1.20:443"));
    assert_eq!(group_step(&walk, Check::GroupIn).1.unwrap().reference, Some(ReferenceMiss::Stale));
}

// rules: S2
#[test]
fn the_nearest_rule_has_the_fewest_fields_off_and_the_first_of_equals_wins() {
    let table: &[(&[&str], usize, Field, u8)] = &[
        (&["in udp 53 10.9.0.0/16", "in tcp 22 10.0.1.10/32"], 1, Field::Port, 1),
        (&["in tcp 22 10.0.1.10/32", "in tcp 443 10.9.0.0/16"], 0, Field::Port, 1),
        (&["in udp 53 10.9.0.0/16", "in tcp 22 10.9.0.0/16"], 1, Field::Port, 2),
        (&["in udp 443 0.0.0.0/0"], 0, Field::Protocol, 1),
        (&["in udp 53 0.0.0.0/0", "in tcp 443 10.9.0.0/16"], 1, Field::Source, 1),
        (&["in icmp 0.0.0.0/0"], 0, Field::Protocol, 1),
    ];
    for (rules, index, field, off) in table {
        let Pair { lab, a, group, .. } = pair(rules);
        let walk = lab.ask(Origin::Instance(a.instance), packet("tcp 10.0.1.10:40000 > 10.0.1.20:443"));
        let miss = group_step(&walk, Check::GroupIn).1.unwrap();
        let expected = lab.network.group(group).unwrap().rules[*index].id;
        assert_eq!((miss.rule, miss.field, miss.fields_off), (RuleRef::Group(group, expected), *field, *off), "{rules:?}");
    }
}

const THERE: &str = "tcp 198.51.100.7:50000 > 203.0.113.20:22";
const THERE_ACK: &str = "tcp 198.51.100.7:50000 > 203.0.113.20:22 ack";
const BACK: &str = "tcp 10.0.1.20:22 > 198.51.100.7:50000 syn+ack";

impl Pair {
    fn there(&mut self, text: &str) -> String {
        Lab::ending(&self.lab.send(Origin::Internet, packet(text)))
    }

    fn back(&mut self, text: &str) -> String {
        Lab::ending(&self.lab.send(Origin::Instance(self.b.instance), packet(text)))
    }

    /// The handshake of a client of the internet with B.
    fn open(&mut self) {
        assert_eq!(self.there(THERE), OK);
        assert_eq!(self.back(BACK), "EXITS_NETWORK");
        assert_eq!(self.there(THERE_ACK), OK);
    }

    fn revoke_inbound(&mut self) {
        let group = self.lab.network.group(self.group).unwrap();
        let rules = group.rules_of(Direction::Ingress).map(|rule| rule.id).collect();
        self.lab.apply(Event::GroupRulesRemoved(self.group, rules));
    }
}

// rules: S32
#[test]
fn answers_pass_whatever_the_other_direction_says() {
    let mut pair = pair(&["in tcp 22 0.0.0.0/0"]);
    pair.open();
    // B may not begin anything, though.
    assert_eq!(pair.back("tcp 10.0.1.20:40000 > 198.51.100.7:443"), EMPTY);
    // And the other way about: what B began is answered.
    let mut other = self::pair(&["out tcp 443 0.0.0.0/0"]);
    assert_eq!(other.back("tcp 10.0.1.20:40000 > 198.51.100.7:443"), "EXITS_NETWORK");
    assert_eq!(other.there("tcp 198.51.100.7:443 > 203.0.113.20:40000 syn+ack"), OK);
    assert_eq!(other.there("tcp 198.51.100.7:443 > 203.0.113.20:40001 syn+ack"), EMPTY);
    assert_eq!(other.there("tcp 198.51.100.8:443 > 203.0.113.20:40000 syn+ack"), EMPTY);
}

// rules: S32 P-E4 P-I2
#[test]
fn an_opening_the_other_way_is_no_answer() {
    const OUT: &str = "tcp 10.0.1.20:40000 > 198.51.100.7:443";
    const ANSWER: &str = "tcp 198.51.100.7:443 > 203.0.113.20:40000 syn+ack";
    const OPENING: &str = "tcp 198.51.100.7:443 > 203.0.113.20:40000 syn";
    let mut half = pair(&["out tcp 443 0.0.0.0/0"]);
    assert_eq!(half.back(OUT), "EXITS_NETWORK");
    // On the very ports of the flow, before it is answered and after: it asks for a rule, and leaves the flow as it was.
    assert_eq!(half.there(OPENING), EMPTY);
    assert_eq!(half.there(ANSWER), OK);
    assert_eq!(half.back("tcp 10.0.1.20:40000 > 198.51.100.7:443 ack"), "EXITS_NETWORK");
    assert_eq!(half.there(OPENING), EMPTY);
    assert_eq!(half.there("tcp 198.51.100.7:443 > 203.0.113.20:40000 ack"), OK);
    // With a rule it comes in, and begins a flow of its own: its answer goes out by that.
    let mut both = pair(&["out tcp 443 0.0.0.0/0", "in tcp 40000 198.51.100.7/32"]);
    assert_eq!(both.back(OUT), "EXITS_NETWORK");
    assert_eq!(both.there(OPENING), OK);
    let out = both.lab.network.group(both.group).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
    both.lab.apply(Event::GroupRulesRemoved(both.group, out));
    assert_eq!(both.back("tcp 10.0.1.20:40000 > 198.51.100.7:443 syn+ack"), "EXITS_NETWORK");
    assert_eq!(both.back(OUT), EMPTY);
}

// rules: S35 S36 S38 S39
#[test]
fn revoking_a_rule_cuts_untracked_flows_and_no_others() {
    let table: &[(&[&str], bool)] = &[
        (&["in tcp 22 198.51.100.7/32", "out all 0.0.0.0/0"], true),
        (&["in tcp 22 0.0.0.0/0", "out all 0.0.0.0/0"], false),
        (&["in tcp 22 0.0.0.0/0", "out tcp 0.0.0.0/0"], false),
        // The other direction must be open to everybody on every port (S35).
        (&["in tcp 22 0.0.0.0/0", "out tcp 1024-65535 0.0.0.0/0"], true),
        (&["in tcp 22 0.0.0.0/0", "out tcp 1-65535 0.0.0.0/0"], true),
        (&["in tcp 22 0.0.0.0/0", "out udp 0.0.0.0/0"], true),
        (&["in tcp 22 0.0.0.0/0", "out all 198.51.0.0/16"], true),
        (&["in tcp 22 0.0.0.0/0"], true),
        (&["in tcp 22 198.51.100.7/32", "in tcp 22 0.0.0.0/0", "out all 0.0.0.0/0"], false),
    ];
    for (rules, survives) in table {
        let mut pair = pair(rules);
        pair.open();
        pair.revoke_inbound();
        let ending = pair.there(THERE_ACK);
        assert_eq!(ending == OK, *survives, "{rules:?}: {ending}");
        // B's next segment opens no flow that would let the client in again.
        pair.back("tcp 10.0.1.20:22 > 198.51.100.7:50000 ack");
        assert_eq!(pair.there(THERE_ACK) == OK, *survives, "{rules:?}, after an answer");
        // A new connection needs a rule in either case.
        assert_ne!(pair.there(THERE), OK, "{rules:?}, anew");
    }
}

// rules: S36
#[test]
fn icmp_is_always_tracked() {
    let mut pair = pair(&["in icmp 0.0.0.0/0", "out all 0.0.0.0/0"]);
    assert_eq!(pair.there("ping 198.51.100.7:7 > 203.0.113.20"), OK);
    pair.revoke_inbound();
    assert_eq!(pair.there("ping 198.51.100.7:7 > 203.0.113.20"), OK);
    assert_eq!(pair.there("ping 198.51.100.7:8 > 203.0.113.20"), EMPTY);
}

// rules: S38 S40
#[test]
fn without_outbound_rules_new_flows_are_tracked_and_untracked_ones_lose_their_answers() {
    let mut pair = pair(&["in tcp 22 0.0.0.0/0", "out all 0.0.0.0/0"]);
    pair.open();
    let group = pair.group;
    let out = pair.lab.network.group(group).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
    pair.lab.apply(Event::GroupRulesRemoved(group, out));
    assert_eq!(pair.back("tcp 10.0.1.20:22 > 198.51.100.7:50000 ack"), EMPTY);
    assert_eq!(pair.there("tcp 198.51.100.7:50001 > 203.0.113.20:22"), OK);
    assert_eq!(pair.back("tcp 10.0.1.20:22 > 198.51.100.7:50001 syn+ack"), "EXITS_NETWORK");
}

// rules: S38
#[test]
fn a_flow_that_nobody_answers_by_the_same_eni_goes_on_without_its_rule() {
    for opening in ["udp 198.51.100.7:50000 > 203.0.113.20:53", "tcp 198.51.100.7:50000 > 203.0.113.20:22"] {
        let mut pair = pair(&["in tcp 22 198.51.100.7/32", "in udp 53 198.51.100.7/32"]);
        assert_eq!(pair.there(opening), OK);
        pair.revoke_inbound();
        assert_eq!(pair.there(opening), OK, "{opening}");
    }
}

// rules: S41 N15
#[test]
fn an_acl_cuts_tracked_flows_at_the_next_packet() {
    let mut pair = pair(&["in tcp 22 198.51.100.7/32"]);
    pair.open();
    let acl = pair.lab.acl;
    pair.lab.set_acl(acl, "in 50 deny all 198.51.100.7/32");
    assert_eq!(pair.there(THERE_ACK), "DENIED SUBNET_ACL_RESTRICTION");
}

// rules: S46
#[test]
fn new_groups_keep_tracked_flows_and_leaving_the_instance_drops_them() {
    let mut pair = pair(&["in tcp 22 198.51.100.7/32"]);
    pair.open();
    let closed = pair.lab.group(&["in tcp 9 198.51.100.7/32"]);
    let eni = pair.b.eni;
    pair.lab.apply(Event::EniChanged(eni, EniChange::Groups(vec![closed])));
    assert_eq!(pair.there(THERE_ACK), OK);
    pair.lab.tracking.forget_eni(eni);
    assert_eq!(pair.there(THERE_ACK), NO);
}

// rules: S47
#[test]
fn errors_for_path_discovery_need_a_rule() {
    let mut closed = pair(&["out all 0.0.0.0/0"]);
    assert_eq!(closed.back("tcp 10.0.1.20:40000 > 198.51.100.7:443"), "EXITS_NETWORK");
    assert_eq!(closed.there("too-big 198.51.100.7 > 203.0.113.20"), EMPTY);
    let mut open = pair(&["in icmp 3 0.0.0.0/0", "out all 0.0.0.0/0"]);
    assert_eq!(open.there("too-big 198.51.100.7 > 203.0.113.20"), OK);
}

/// What is sent one after another, each after so many seconds, and whether the last still passes without a rule.
type Quiet<'a> = (&'a str, &'a [(u64, &'a str, &'a str)], u64, bool);

// rules: S33 S34 S42 S43 S44
#[test]
fn idle_flows_are_forgotten() {
    let tcp = [(0, "there", THERE), (0, "back", BACK), (0, "there", THERE_ACK)];
    let half = [(0, "there", THERE)];
    let unanswered = [(0, "there", THERE), (0, "there", THERE_ACK)];
    let closed = [(0, "there", THERE), (0, "back", BACK), (0, "there", "tcp 198.51.100.7:50000 > 203.0.113.20:22 fin")];
    let udp = [(0, "there", "udp 198.51.100.7:5 > 203.0.113.20:53"), (0, "back", "udp 10.0.1.20:53 > 198.51.100.7:5")];
    let stream = [udp[0], udp[1], udp[0], udp[1]];
    // More than one of each makes a stream: asking twice is none, and two answers to one question are none.
    let (asked_twice, answered_twice) = ([udp[0], udp[0], udp[1]], [udp[0], udp[1], udp[1]]);
    let reset = [(0, "there", THERE), (0, "back", BACK), (0, "there", "tcp 198.51.100.7:50000 > 203.0.113.20:22 rst")];
    let gre = [(0, "there", "47 198.51.100.7 > 203.0.113.20")];
    let ping = [(0, "there", "ping 198.51.100.7:9 > 203.0.113.20")];
    let table: &[Quiet<'_>] = &[
        (THERE_ACK, &tcp, 431_999, true),
        (THERE_ACK, &tcp, 432_000, false),
        (BACK, &half, 29, true),
        (BACK, &half, 30, false),
        // An acknowledgement establishes nothing that nobody has answered.
        (BACK, &unanswered, 30, false),
        (THERE_ACK, &closed, 9, true),
        (THERE_ACK, &closed, 10, false),
        (THERE_ACK, &reset, 9, true),
        (THERE_ACK, &reset, 10, false),
        (udp[1].2, &udp, 29, true),
        (udp[1].2, &udp, 30, false),
        (udp[1].2, &asked_twice, 30, false),
        (udp[1].2, &answered_twice, 30, false),
        (udp[1].2, &stream, 179, true),
        (udp[1].2, &stream, 180, false),
        ("47 10.0.1.20 > 198.51.100.7", &gre, 599, true),
        ("47 10.0.1.20 > 198.51.100.7", &gre, 600, false),
        ("pong 10.0.1.20:9 > 198.51.100.7", &ping, 29, true),
        ("pong 10.0.1.20:9 > 198.51.100.7", &ping, 30, false),
    ];
    for (last, before, seconds, passes) in table {
        let mut pair = pair(&["in all 198.51.100.7/32"]);
        for (wait, way, text) in *before {
            pair.lab.now += Duration::from_secs(*wait);
            let ending = if *way == "there" { pair.there(text) } else { pair.back(text) };
            assert!(matches!(ending.as_str(), "DELIVERED" | "EXITS_NETWORK"), "{text}: {ending}");
        }
        pair.revoke_inbound();
        pair.lab.now += Duration::from_secs(*seconds);
        let now = pair.lab.now;
        pair.lab.tracking.expire(now);
        let ending = if last.contains("> 203") { pair.there(last) } else { pair.back(last) };
        assert_eq!(matches!(ending.as_str(), "DELIVERED" | "EXITS_NETWORK"), *passes, "{last} after {seconds} s: {ending}");
        assert_eq!(pair.lab.tracking.is_empty(), !*passes, "{last}");
    }
}

// rules: S43
#[test]
fn an_eni_may_have_time_outs_of_its_own() {
    let mut pair = pair(&["in all 198.51.100.7/32"]);
    let eni: EniId = pair.b.eni;
    let mut timeouts = pair.lab.network.eni(eni).unwrap().tracking;
    timeouts.tcp_established = Some(Duration::from_secs(60));
    pair.lab.apply(Event::EniChanged(eni, EniChange::Tracking(timeouts)));
    pair.open();
    pair.revoke_inbound();
    pair.lab.now += Duration::from_secs(59);
    assert_eq!(pair.there(THERE_ACK), OK);
    pair.lab.now += Duration::from_secs(60);
    assert_eq!(pair.there(THERE_ACK), EMPTY);
}
