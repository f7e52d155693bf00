//! How fast the control plane is: `control` prints one JSON object a line, `{"row":…,"native_ns":…,"goal_ns":…}`; `control lines N` prints the
//! lines for `eni api --empty` that make a region with 1,000 network interfaces and then do N rounds of acts. `cargo xtask bench` runs it.
//! `control answer LINE` answers one line in such a region, for those who count instructions.
//!
//! The region holds as many network interfaces as the row says, in subnets of 4,000. The acts of a round leave it as it was, so that the last
//! round meets what the first one met.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a tool of the benches")]

use eni_core::addr::{Direction, Ipv4Addr, Ipv4Net, PortRange, Traffic};
use eni_core::control::command::*;
use eni_core::control::decide::decide;
use eni_core::control::image::image_of;
use eni_core::control::reply::Reply;
use eni_core::control::transition::{settle, settled_at};
use eni_core::id::*;
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::instance::GuestFlavour;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::{Network, Quotas};
use eni_core::model::security_group::Peer;
use eni_core::model::{AccountId, Tags};
use eni_core::time::Instant;
use eni_playground::account::Account;
use eni_playground::aws::{Epoch, express};
use serde_json::{Map, Value, json};
use std::time::Instant as Clock;

/// How many ENIs stand in one subnet.
const IN_A_SUBNET: usize = 4_000;
/// What one act may take: 500,000 a second.
const ACT_GOAL: f64 = 2_000.0;
/// What one line may take: 100,000 a second.
const LINE_GOAL: f64 = 10_000.0;
/// What describing 1,000 ENIs may take.
const DESCRIBE_GOAL: f64 = 500_000.0;
/// Each is measured so often, and the best counts: what disturbs only ever slows.
const RUNS: usize = 5;

/// A region with many ENIs, and what the acts of a round name.
struct Region {
    network: Network,
    now: Instant,
    subnet: SubnetId,
    group: GroupId,
    allocation: AllocationId,
    instance: InstanceId,
    /// How many acts were done.
    acts: usize,
    /// The acts as lines of the JSON front, if they are wanted.
    log: Option<Vec<String>>,
}

impl Region {
    fn build(enis: usize, logs: bool) -> Region {
        let mut network = Network::empty("us-east-1", AccountId::EXAMPLE);
        let most = usize::MAX;
        network.apply(&Event::QuotasSet(Box::new(Quotas { vpcs: most, enis: most, subnets_per_vpc: most, ..Quotas::default() })));
        let (subnet, group) = (SubnetId::from_number(1), GroupId::from_number(1));
        let (allocation, instance) = (AllocationId::from_number(1), InstanceId::from_number(1));
        let mut region = Region { network, now: Instant::ZERO, subnet, group, allocation, instance, acts: 0, log: logs.then(Vec::new) };
        let mut subnets = 0;
        let mut vpc = VpcId::from_number(1);
        for number in 0..=enis / IN_A_SUBNET {
            if number % 16 == 0 {
                let block = Ipv4Net::new(Ipv4Addr::new(10, u8::try_from(number / 16).unwrap(), 0, 0), 16).unwrap();
                vpc = region.made(&[("CidrBlock", json!(block.to_string()))], "CreateVpc", "Vpc", "VpcId").parse().unwrap();
            }
            let block = Ipv4Net::new(Ipv4Addr::new(10, u8::try_from(number / 16).unwrap(), u8::try_from(number % 16 * 16).unwrap(), 0), 20)
                .unwrap();
            let of = [("VpcId", json!(vpc.to_string())), ("CidrBlock", json!(block.to_string()))];
            region.subnet = region.made(&of, "CreateSubnet", "Subnet", "SubnetId").parse().unwrap();
            for _ in 0..(enis - subnets).min(IN_A_SUBNET) {
                region.act(Command::CreateNetworkInterface(Box::new(region.new_eni())));
                subnets += 1;
            }
        }
        let group = region.network.groups().last().unwrap();
        region.group = group.id;
        let Reply::Allocation(allocation) = region.act(Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() })
        else {
            panic!()
        };
        region.allocation = allocation;
        let Reply::InternetGateway(gateway) = region.act(Command::CreateInternetGateway { tags: Tags::new() }) else { panic!() };
        region.act(Command::AttachInternetGateway { gateway, vpc });
        let launch = json!({"ImageId": image_of(GuestFlavour::Plain).to_string(), "InstanceType": InstanceType::find("m5.large").unwrap().name(),
            "MinCount": 1, "MaxCount": 1, "SubnetId": region.subnet.to_string()});
        region.instance =
            region.called("RunInstances", launch.as_object().unwrap())["Instances"][0]["InstanceId"].as_str().unwrap().parse().unwrap();
        region
    }

    /// A call of the API, outside of what is measured.
    fn called(&mut self, action: &str, parameters: &Map<String, Value>) -> Value {
        self.note(action, parameters);
        let mut account = Account::holding(self.network.clone(), self.now, Epoch::default());
        let answer = account.call("ec2", action, parameters).unwrap();
        account.settle();
        (self.network, self.now) = (account.network().clone(), account.now());
        answer
    }

    fn made(&mut self, parameters: &[(&str, Value)], action: &str, object: &str, id: &str) -> String {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.called(action, &parameters)[object][id].as_str().unwrap().to_owned()
    }

    fn note(&mut self, action: &str, parameters: &Map<String, Value>) {
        if let Some(log) = &mut self.log {
            log.push(json!({"Action": action, "Parameters": parameters}).to_string());
        }
    }

    fn act(&mut self, command: Command) -> Reply {
        if self.log.is_some() {
            let (action, parameters) = express(&command).unwrap();
            self.note(action, &parameters);
        }
        let decision = decide(&self.network, &command, self.now).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        decision.events.iter().for_each(|event| self.network.apply(event));
        let until = settled_at(&self.network, self.now);
        settle(&mut self.network, until);
        self.now = until;
        self.acts += 1;
        decision.reply
    }

    fn new_eni(&self) -> CreateNetworkInterface {
        CreateNetworkInterface { subnet: Some(self.subnet), ..CreateNetworkInterface::default() }
    }

    /// The acts of a round, done by `does` one after the other.
    fn round(&mut self, does: &mut dyn FnMut(&mut Region, Command) -> Reply) {
        let Reply::Eni(eni) = does(self, Command::CreateNetworkInterface(Box::new(self.new_eni()))) else { panic!() };
        let text = EniAttribute::Description("a text".to_owned());
        does(self, Command::ModifyNetworkInterfaceAttribute(eni, vec![text]));
        let (instance, group, allocation) = (self.instance, self.group, self.allocation);
        let attach = Command::AttachNetworkInterface { eni, instance, device_index: 1, network_card: 0 };
        let Reply::Attachment(attachment, _) = does(self, attach) else { panic!() };
        let associate =
            Command::AssociateAddress { allocation, eni: Some(eni), instance: None, private_ip: None, allow_reassociation: None };
        let Reply::Association(association) = does(self, associate) else { panic!() };
        does(self, Command::DisassociateAddress(association));
        does(self, Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: false });
        let (resources, value) = (vec![TaggedId::Eni(eni)], "value".to_owned());
        does(self, Command::CreateTags { resources: resources.clone(), tags: Tags::from([("Name".to_owned(), value)]) });
        does(self, Command::DeleteTags { resources, tags: vec![("Name".to_owned(), None)] });
        let rule = Permission::new(Traffic::Tcp(PortRange::single(443)), Peer::Ipv4(Ipv4Net::default()));
        let direction = Direction::Ingress;
        let authorize = Command::AuthorizeSecurityGroup { group, direction, permissions: vec![rule] };
        let Reply::Rules(rules) = does(self, authorize) else { panic!() };
        does(self, Command::RevokeSecurityGroup { group, direction, permissions: Vec::new(), rules });
        does(self, Command::DeleteNetworkInterface(eni));
    }
}

/// The best of some runs, in nanoseconds for each of what a run says it did.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..RUNS {
        let begin = Clock::now();
        let done = run();
        best = best.min(begin.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(done).unwrap()));
    }
    best
}

fn row(name: &str, measured: f64, goal: f64) {
    println!("{}", json!({"row": name, "native_ns": measured, "goal_ns": goal}));
}

fn measure() {
    for enis in [100, 1_000, 10_000, 100_000] {
        let mut region = Region::build(enis, false);
        let measured = best(|| {
            let before = region.acts;
            (0..400).for_each(|_| region.round(&mut |region, command| region.act(command)));
            region.acts - before
        });
        row(&format!("act, {enis} ENIs"), measured, ACT_GOAL);
        if std::env::var_os("ENI_BENCH_EACH").is_some() {
            each(&mut region);
        }
    }
    let mut region = Region::build(1_000, false);
    let before = (region.network.clone(), region.now);
    region.log = Some(Vec::new());
    (0..400).for_each(|_| region.round(&mut |region, command| region.act(command)));
    let lines = region.log.take().unwrap();
    let measured = best(|| {
        let mut account = Account::holding(before.0.clone(), before.1, Epoch::default());
        let mut output = Vec::new();
        lines.iter().for_each(|line| account.answer(line.as_bytes(), &mut output).unwrap());
        assert!(!output.windows(8).any(|bytes| bytes == b"{\"Error\""), "{}", String::from_utf8_lossy(&output));
        lines.len()
    });
    row("line of the JSON front, 1000 ENIs", measured, LINE_GOAL);
    let mut account = Account::holding(before.0, before.1, Epoch::default());
    for (name, parameters, bytes, goal) in DESCRIPTIONS {
        let line = format!("{{\"Action\":\"DescribeNetworkInterfaces\",\"Parameters\":{parameters}}}");
        let measured = best(|| {
            assert!(bytes.contains(&answer(&mut account, &line).len()), "{name}");
            1
        });
        row(name, measured, *goal);
    }
}

/// Ways to describe 1,000 ENIs: what is asked, how long the answer is, how long it may take.
const DESCRIPTIONS: &[(&str, &str, std::ops::Range<usize>, f64)] = &[
    ("describe 1000 ENIs", "{}", 500_000..1_000_000, DESCRIBE_GOAL),
    (
        "describe one of 1000 ENIs by a filter",
        r#"{"Filters":[{"Name":"private-ip-address","Values":["10.0.0.77"]}]}"#,
        500..1_000,
        DESCRIBE_GOAL,
    ),
    ("describe a page of 100 of 1000 ENIs", r#"{"MaxResults":100}"#, 50_000..100_000, DESCRIBE_GOAL / 10.0),
];

fn answer(account: &mut Account, line: &str) -> Vec<u8> {
    let mut output = Vec::new();
    account.answer(line.as_bytes(), &mut output).unwrap();
    output
}

/// How long the acts of each action take, on standard error.
fn each(region: &mut Region) {
    let mut times: Vec<(&str, f64)> = Vec::new();
    for _ in 0..200 {
        region.round(&mut |region, command| {
            let name = express(&command).map_or("", |(action, _)| action);
            let begin = Clock::now();
            let reply = region.act(command);
            let took = begin.elapsed().as_secs_f64() * 1e9;
            match times.iter_mut().find(|(other, _)| *other == name) {
                Some((_, best)) => *best = best.min(took),
                None => times.push((name, took)),
            }
            reply
        });
    }
    times.iter().for_each(|(name, best)| eprintln!("  {best:>8.0} ns  {name}"));
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [what, rounds] if what == "lines" => {
            let mut region = Region::build(1_000, true);
            (0..rounds.parse().unwrap()).for_each(|_: u32| region.round(&mut |region, command| region.act(command)));
            region.log.unwrap().iter().for_each(|line| println!("{line}"));
        }
        [what, line] if what == "answer" => {
            let region = Region::build(1_000, false);
            let mut account = Account::holding(region.network, region.now, Epoch::default());
            println!("{} bytes", answer(&mut account, line).len());
        }
        _ => measure(),
    }
}
