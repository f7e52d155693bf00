//! Jobs whose speed `cargo xtask bench` measures: natively, and in the page's own wasm. They are part of the engine because what is shipped is
//! to be measured, not a copy of it.
//!
//! A job builds its network by the acts that a user would do, and then does its work as often as it is asked to.

mod estate;
pub mod reach;

pub use estate::{MOST_ENIS, estate};

use crate::addr::{Direction, IpAddr, Ipv4Addr, PortRange, Traffic};
use crate::control::command::{Command, CreateNetworkInterface, CreateSubnet, Permission, RunInstances};
use crate::control::reply::Reply;
use crate::dataplane::conntrack::Tracking;
use crate::dataplane::trace::{End, TraceRequest, trace};
use crate::dataplane::verdict::Walk;
use crate::dataplane::{Assume, Luck, Origin, Question, Ways, judge};
use crate::id::{EniId, GroupId, InstanceId, SubnetId, VpcId};
use crate::model::instance::{Guest, GuestFlavour, Listener, ListenerProtocol};
use crate::model::instance_type::InstanceType;
use crate::model::network::Network;
use crate::model::security_group::Peer;
use crate::model::{AccountId, Zone};
use crate::packet::{Packet, Transport};
use crate::sim::Simulator;
use crate::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use crate::time::Duration;

/// The jobs.
///
/// - `packet`: one packet of 1,000 UDP flows from an instance to another in the next subnet, judged and explained: both security groups (the
///   last of 50 rules lets it in, then the flow is tracked), two NACLs, a route table, both guests; what was tracked is noted. As in the
///   simulator the ways of conversations that go on are kept;
/// - `judge`: the same where each packet's checks are made anew, as those of a packet are that goes its way for the first time;
/// - `exchange`: a question over UDP and its answer in the simulator, with links, queue and statistics;
/// - `verdict`: whether a pair can talk, both ways, explained, on fresh memory;
/// - `act`: one request of the control plane, decided and applied (in turn an ENI is created and deleted).
pub const JOBS: [&str; 5] = ["packet", "judge", "exchange", "verdict", "act"];

/// The last of so many rules fits.
const RULES: u16 = 50;
/// The port of the last rule.
const PORT: u16 = 1_000 + RULES;
/// So many flows in turn.
const FLOWS: u32 = 1_000;

/// Does a job `rounds` times. The result is a number that depends on all of it (so that none of it can be left out): how many rounds ended as
/// they should. `None` for a job that there is not.
pub fn run(job: &str, rounds: u32) -> Option<u32> {
    let mut bench = Bench::build()?;
    match job {
        "packet" => {
            let mut ways = Ways::default();
            bench.packets(rounds, |question, origin, packet, walk| ways.judge(question, origin, packet, walk))
        }
        "judge" => bench.packets(rounds, judge),
        "exchange" => bench.exchanges(rounds),
        "verdict" => bench.verdicts(rounds),
        "act" => bench.acts(rounds),
        _ => None,
    }
}

/// Two instances in two subnets of one VPC.
struct Bench {
    simulator: Simulator,
    client: InstanceId,
    server: InstanceId,
    server_eni: EniId,
    subnet: SubnetId,
}

fn reply(simulator: &mut Simulator, command: Command) -> Option<Reply> {
    simulator.execute(&command).ok().map(|executed| executed.reply)
}

impl Bench {
    fn build() -> Option<Bench> {
        let mut building = Simulator::new(Network::empty("us-east-1", AccountId(123_456_789_012)), 1);
        let sim = &mut building;
        let Reply::Vpc(vpc) =
            reply(sim, Command::CreateVpc { cidr: "10.0.0.0/16".parse().ok()?, amazon_ipv6: false, tags: Default::default() })?
        else {
            return None;
        };
        let (near, far) = (subnet(sim, vpc, "10.0.1.0/24")?, subnet(sim, vpc, "10.0.2.0/24")?);
        let group = group_of_rules(sim, vpc)?;
        let client = launch(sim, near, group)?;
        let server = launch(sim, far, group)?;
        let listener = Listener { protocol: ListenerProtocol::Udp, ports: PortRange::single(PORT), address: None };
        let guest = Guest { listeners: vec![listener], ..Guest::of(GuestFlavour::PolicyRouting) };
        reply(sim, Command::ConfigureGuest(server, Box::new(guest)))?;
        let server_eni = primary(sim.network(), server)?;
        Some(Bench { simulator: building, client, server, server_eni, subnet: near })
    }

    fn packets(&mut self, rounds: u32, mut judge: impl FnMut(&Question<'_>, Origin, Packet, &mut Walk)) -> Option<u32> {
        let network = self.simulator.network();
        let address = |instance| network.eni(primary(network, instance)?)?.primary_ip();
        let (source, destination) = (IpAddr::V4(address(self.client)?), IpAddr::V4(address(self.server)?));
        let (mut tracking, mut walk) = (Tracking::default(), Walk::default());
        let mut delivered = 0;
        for round in 0..rounds {
            let port = 10_000 + u16::try_from(round % FLOWS).ok()?;
            let packet = Packet { source, destination, transport: Transport::Udp { source: port, destination: PORT }, length: 64 };
            let question =
                Question { network, tracking: &tracking, now: self.simulator.now(), assume: Assume::default(), luck: Luck::Good };
            judge(&question, Origin::Instance(self.client), packet, &mut walk);
            tracking.note(&walk.effects, self.simulator.now());
            delivered += u32::from(walk.disposition.got_through());
        }
        Some(delivered)
    }

    fn exchanges(&mut self, rounds: u32) -> Option<u32> {
        let interval = Duration::from_millis(100);
        let from = Source::Instance { instance: self.client, address: None };
        let probe = ProbeSpec { from, to: Target::PrivateOf(self.server_eni), protocol: Protocol::Udp(PORT), timeout: interval };
        let spec = ClientSpec { name: "bench".into(), probe, interval, conversation: Conversation::NewEachTime };
        let client = self.simulator.add_client(spec).ok()?;
        for _ in 0..rounds {
            self.simulator.advance(interval, &mut |_| {});
        }
        u32::try_from(self.simulator.client(client)?.statistics.answered).ok()
    }

    fn verdicts(&mut self, rounds: u32) -> Option<u32> {
        let request =
            TraceRequest { protocol: 17, port: PORT, ..TraceRequest::new(End::Instance(self.client), End::Instance(self.server)) };
        let ask = |_: &u32| trace(self.simulator.network(), &request).is_ok_and(|trace| trace.got_through());
        u32::try_from((0..rounds).filter(ask).count()).ok()
    }

    fn acts(&mut self, rounds: u32) -> Option<u32> {
        let create = CreateNetworkInterface { subnet: Some(self.subnet), ..Default::default() };
        let create = Command::CreateNetworkInterface(Box::new(create));
        let (mut last, mut accepted) = (None, 0);
        for _ in 0..rounds {
            let command = last.take().map_or_else(|| create.clone(), Command::DeleteNetworkInterface);
            let reply = reply(&mut self.simulator, command)?;
            accepted += 1;
            if let Reply::Eni(eni) = reply {
                last = Some(eni);
            }
            // A new ENI settles before it can be deleted.
            self.simulator.advance(Duration::from_secs(1), &mut |_| {});
        }
        Some(accepted)
    }
}

fn primary(network: &Network, instance: InstanceId) -> Option<EniId> {
    network.enis().find(|eni| eni.attachment.as_ref().is_some_and(|attachment| attachment.instance == instance)).map(|eni| eni.id)
}

fn subnet(sim: &mut Simulator, vpc: VpcId, cidr: &str) -> Option<SubnetId> {
    let zone = Some(Zone::new("us-east-1a"));
    let create =
        Command::CreateSubnet(Box::new(CreateSubnet { vpc, cidr: cidr.parse().ok()?, zone, tags: Default::default(), ipv6_cidr: None }));
    let Reply::Subnet(id) = reply(sim, create)? else { return None };
    Some(id)
}

fn group_of_rules(sim: &mut Simulator, vpc: VpcId) -> Option<GroupId> {
    let create =
        Command::CreateSecurityGroup { name: "bench".into(), description: "bench".into(), vpc: Some(vpc), tags: Default::default() };
    let Reply::Group(group) = reply(sim, create)? else { return None };
    // A rule that is open to everybody would leave the flow untracked (`S35`), and be looked for again with each packet.
    let near = "10.0.0.0/16".parse().ok()?;
    let rule = |number| Permission::new(Traffic::Udp(PortRange::single(1_000 + number)), Peer::Ipv4(near));
    let permissions = (1..=RULES).map(rule).collect();
    reply(sim, Command::AuthorizeSecurityGroup { group, direction: Direction::Ingress, permissions })?;
    Some(group)
}

fn launch(sim: &mut Simulator, subnet: SubnetId, group: GroupId) -> Option<InstanceId> {
    let request = RunInstances {
        image: "ami-0000000000000000a".parse().ok()?,
        instance_type: InstanceType::find("t3.small")?,
        count: 1,
        subnet: Some(subnet),
        groups: vec![group],
        private_ip: None::<Ipv4Addr>,
        associate_public_ip: None,
        interfaces: Vec::new(),
        tags: Default::default(),
        interface_tags: Default::default(),
        options: Default::default(),
    };
    let Reply::Instances { instances, .. } = reply(sim, Command::RunInstances(Box::new(request)))? else { return None };
    // It runs before its guest is asked anything.
    sim.advance(Duration::from_secs(5), &mut |_| {});
    instances.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_does_what_it_says() {
        for job in JOBS {
            for rounds in [1, 40] {
                assert_eq!(run(job, rounds), Some(rounds), "{job}");
            }
        }
        assert_eq!(run("nothing", 1), None);
    }
}
