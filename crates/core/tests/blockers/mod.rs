//! Faults that tests plant, what is told of them as lines, and the proof of it.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use crate::support_dp::{Host, Lab};
use eni_core::addr::{Direction, IcmpMatch, PortRange, Traffic};
use eni_core::analysis::remedy::{Blockers, after, of_trace, without};
use eni_core::control::command::{Balancing, Command};
use eni_core::dataplane::trace::{Trace, TraceRequest, trace};
use eni_core::dataplane::verdict::{Step, Walk};
use eni_core::model::event::{EniChange, Event};
use eni_core::model::instance::InstanceState;
use eni_core::model::network::Network;
use eni_core::model::network_acl::AclAction;
use eni_core::model::security_group::Peer;

/// What breaks a way.
pub trait Faults {
    fn closes_out(&mut self, host: Host);
    fn lets_in(&mut self, host: Host, rules: &[&str]);
    fn stops(&mut self, host: Host);
}

impl Faults for Lab {
    fn closes_out(&mut self, host: Host) {
        let group = self.group(&["in all 0.0.0.0/0"]);
        self.apply(Event::EniChanged(host.eni, EniChange::Groups(vec![group])));
    }

    fn lets_in(&mut self, host: Host, rules: &[&str]) {
        let group = self.group(rules);
        self.rule(group, "out all 0.0.0.0/0");
        self.apply(Event::EniChanged(host.eni, EniChange::Groups(vec![group])));
    }

    fn stops(&mut self, host: Host) {
        self.apply(Event::InstanceStateChanged(host.instance, InstanceState::Stopped));
    }
}

/// What is told of a question.
pub trait Told {
    /// Compares the lines, and proves them. A last line that ends with `> nothing` has no change, and then nothing helps as a whole.
    fn refuses(&self, request: &TraceRequest, expected: &[&str]) -> Blockers;
}

impl Told for Lab {
    fn refuses(&self, request: &TraceRequest, expected: &[&str]) -> Blockers {
        let broken = self.network.check_invariants();
        assert!(broken.is_empty(), "{broken:?}");
        let asked = trace(&self.network, request).unwrap();
        let found = of_trace(&self.network, &asked, self.now).expect("it is refused");
        let lines: Vec<String> = found.rows.iter().map(|row| self.line(row.reply, &row.step().unwrap(), &row.change)).collect();
        assert_eq!(lines, expected);
        prove(&self.network, request, &found, self.now);
        found
    }
}

impl Lab {
    fn line(&self, reply: bool, step: &Step, change: &Option<eni_core::analysis::remedy::Remedy>) -> String {
        let way = if reply { "back: " } else { "" };
        let acts = change.as_ref().map(|change| change.acts.iter().map(short).collect::<Vec<_>>().join(" + "));
        format!("{way}{} {} > {}", self.place(step), step.code.unwrap().as_str(), acts.unwrap_or_else(|| "nothing".to_owned()))
    }
}

/// An act in short: what it is, and of rules and routes what they say.
pub fn short(act: &Command) -> String {
    match act {
        Command::AuthorizeSecurityGroup { direction, permissions, .. } => {
            let peer = match permissions[0].peer {
                Peer::Ipv4(cidr) => cidr.to_string(),
                Peer::Ipv6(cidr) => cidr.to_string(),
                Peer::Group(_) => "group".to_owned(),
                Peer::PrefixList(_) => "list".to_owned(),
            };
            format!("let {} {} {peer}", way(*direction), traffic(permissions[0].traffic))
        }
        Command::SetNetworkAclEntry { direction, number, entry, .. } => {
            format!(
                "acl {} {number} {} {} {}",
                way(*direction),
                if entry.action == AclAction::Allow { "allow" } else { "deny" },
                traffic(entry.traffic),
                entry.cidr
            )
        }
        Command::Balance(act) if matches!(act.as_ref(), Balancing::ModifyAttributes { cross_zone: Some(true), .. }) => {
            "cross-zone on".to_owned()
        }
        Command::SetRoute { destination, .. } => format!("route {destination:?}").replace("Cidr(", "").replace(')', ""),
        other => {
            let name = format!("{other:?}");
            name.chars().take_while(|c| c.is_ascii_alphanumeric()).collect()
        }
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "in",
        Direction::Egress => "out",
    }
}

fn traffic(traffic: Traffic) -> String {
    let ports =
        |ports: PortRange| if ports.from() == ports.to() { ports.from().to_string() } else { format!("{}-{}", ports.from(), ports.to()) };
    match traffic {
        Traffic::All => "all".to_owned(),
        Traffic::Tcp(range) => format!("tcp {}", ports(range)),
        Traffic::Udp(range) => format!("udp {}", ports(range)),
        Traffic::Icmp(IcmpMatch::Type(kind)) => format!("icmp {kind}"),
        other => format!("{other:?}"),
    }
}

/// The check that stops a trace: in the answer or not, where, which.
fn stop(asked: &Trace) -> Option<(bool, Step)> {
    let walk = |reply: bool, walk: &Walk| walk.blocker().map(|step| (reply, *step));
    if !asked.forward.disposition.got_through() {
        return walk(false, &asked.forward);
    }
    asked.reply.as_ref().filter(|reply| !reply.disposition.got_through()).and_then(|reply| walk(true, reply))
}

/// Asks the judge: each row is what refuses after the changes before it, all of them let the packet through, and none is idle.
pub fn prove(network: &Network, request: &TraceRequest, found: &Blockers, now: eni_core::time::Instant) {
    let again = |acts: &[Command]| after(network, acts, now).map(|changed| trace(&changed, request).unwrap());
    let mut done: Vec<Command> = Vec::new();
    let mut parts = Vec::new();
    for row in &found.rows {
        let asked = again(&done).expect("the changes are accepted in order");
        let (reply, step) = stop(&asked).unwrap_or_else(|| panic!("{row:?} does not refuse after {done:?}"));
        let told = row.step().unwrap();
        assert_eq!((reply, step.place, step.check, step.code), (row.reply, told.place, told.check, told.code));
        let Some(change) = &row.change else { continue };
        parts.push(done.len()..done.len() + change.acts.len());
        done.extend(change.acts.iter().cloned());
        assert_eq!(row.alone, after(network, &change.acts, now).is_some());
    }
    let whole = found.rows.iter().all(|row| row.change.is_some());
    assert_eq!(again(&done).unwrap().got_through(), whole, "{:?}", done);
    assert!(found.rows.iter().rev().skip(1).all(|row| row.change.is_some()), "nothing is told behind what nothing changes");
    assert_eq!(found.remedies.first().map(|remedy| &remedy.acts), whole.then_some(&done));
    if whole {
        for part in parts {
            let fewer = without(network, &done, part.clone());
            assert!(again(&fewer).is_none_or(|asked| !asked.got_through()), "{:?} is not needed", &done[part]);
        }
    }
}
