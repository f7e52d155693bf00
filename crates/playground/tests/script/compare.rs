//! Runs a script on an empty region, and compares what is described there with what was described before.

use eni_core::addr::{Direction, IpNet, Ipv6Addr, Ipv6Net};
use eni_core::model::event::Event;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::table::Table;
use eni_core::time::Instant;
use eni_playground::aws::{Epoch, actions};
use eni_playground::scenario::{Scenario, Scene, load};
use eni_playground::script::script;
use eni_playground::shell::{Host as _, Lone, Shell, Stream};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::process::Stdio;

/// The region that a script makes, and the shell that ran it.
pub fn rebuilt(text: &str) -> (Lone, Shell) {
    rebuilt_in(Lone::new(region_of(text), true).unwrap(), text)
}

/// The region that a script makes where everything takes its time, once it is all done.
pub fn rebuilt_in_time(text: &str) -> (Lone, Shell) {
    let (mut host, shell) = rebuilt_in(Lone::new(region_of(text), true).unwrap().without_settling(), text);
    host.settle();
    (host, shell)
}

fn region_of(text: &str) -> &str {
    text.split("export AWS_DEFAULT_REGION=").nth(1).and_then(|rest| rest.split(' ').next()).unwrap()
}

/// Runs a script in a region.
pub fn rebuilt_in(mut host: Lone, text: &str) -> (Lone, Shell) {
    let mut shell = Shell::new();
    let printed = shell.run(&mut host, text);
    let complaints: Vec<&String> = printed.iter().filter(|(stream, _)| *stream == Stream::Err).map(|(_, text)| text).collect();
    assert!(complaints.is_empty() && shell.exit() == 0, "{complaints:#?}\n{text}");
    (host, shell)
}

/// What stands for a number of one region: the variables of ids, and the IPv6 blocks in the order of their VPCs' variables.
struct Names<'a> {
    variables: Table<String, String>,
    blocks: Vec<Ipv6Net>,
    /// The variables of prefix lists whose last change failed, which the script has said: it is not tried again.
    failed: &'a [&'a str],
}

impl<'a> Names<'a> {
    fn of(host: &mut Lone, variables: Table<String, String>, failed: &'a [&'a str]) -> Names<'a> {
        let answer = host.call("ec2", "DescribeVpcs", &Map::new()).unwrap();
        let mut vpcs: Vec<&Value> = answer["Vpcs"].as_array().unwrap().iter().collect();
        vpcs.sort_by_key(|vpc| variables.get(vpc["VpcId"].as_str().unwrap()));
        let blocks = vpcs.iter().flat_map(|vpc| vpc["Ipv6CidrBlockAssociationSet"].as_array().cloned().unwrap_or_default());
        let blocks = blocks.map(|block| block["Ipv6CidrBlock"].as_str().unwrap().parse().unwrap()).collect();
        Names { variables, blocks, failed }
    }

    /// A number inside of an IPv6 block: which block, and where in it.
    fn inside(&self, text: &str) -> Option<String> {
        let (ip, len) = text.split_once('/').unwrap_or((text, ""));
        let ip: Ipv6Addr = ip.parse().ok()?;
        let at = self.blocks.iter().position(|block| block.contains(&ip) && len.parse().map_or(true, |len: u8| len >= 56))?;
        Some(format!("block {at}, number {:x}/{len}", u128::from(ip) & u128::from(self.blocks[at].hostmask())))
    }
}

/// Everything that is described, one text an object, in order: with variables in the place of ids, without what is another one each time.
fn described(host: &mut Lone, variables: Table<String, String>, failed: &[&str]) -> Vec<String> {
    let names = Names::of(host, variables, failed);
    let mut all = Vec::new();
    for action in actions().filter(|action| action.name.starts_with("Describe")) {
        // Tags are told of with what has them.
        let skipped = [
            "DescribeInstanceTypes",
            "DescribeRegions",
            "DescribeAvailabilityZones",
            "DescribeAccountAttributes",
            "DescribePrefixLists",
            // Why an instance stands still, and that a request was cancelled, is of the past; what it asked for stands with its instance.
            "DescribeSpotInstanceRequests",
            "DescribeTags",
        ];
        if skipped.contains(&action.name) {
            continue;
        }
        let Ok(Value::Object(answer)) = host.call("ec2", action.name, &Map::new()) else { continue };
        for (list, objects) in &answer {
            for object in objects.as_array().into_iter().flatten() {
                let inner = object.get("Instances").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![object.clone()]);
                all.extend(inner.iter().filter(|object| lives(object)).map(|object| format!("{list} {}", plain("", object, &names))));
            }
        }
    }
    all.sort();
    all
}

/// Peering connections that have ended are listed for a while.
fn lives(object: &Value) -> bool {
    !matches!(object["Status"]["Code"].as_str(), Some("rejected" | "failed" | "expired" | "deleted"))
}

fn plain(name: &str, value: &Value, names: &Names) -> Value {
    match value {
        // The names of endpoints have ids in them.
        _ if matches!(name, "StateReason" | "StateTransitionReason" | "DnsEntries" | "AmiLaunchIndex") => json!("?"),
        Value::String(_)
            if matches!(
                name,
                "MacAddress"
                    | "PublicIp"
                    | "PublicIpAddress"
                    | "OutsideIpAddress"
                    | "PublicDnsName"
                    | "LaunchTime"
                    | "ClientToken"
                    | "SpotInstanceRequestId"
                    | "AttachTime"
                    | "CreateTime"
                    | "UpdateTime"
                    // A key that was brought along does not come back: another one is made, and the script says so.
                    | "KeyFingerprint"
                    | "CreationTime"
                    | "creationTime"
                    | "CreationTimestamp"
                    | "ExpirationTime"
            ) =>
        {
            json!("?")
        }
        Value::String(text) => {
            let word = |text: &str| {
                let tail = text.rsplit(['-', '/']).next().unwrap();
                let is_id = tail.len() == 17 && tail.bytes().all(|byte| byte.is_ascii_hexdigit()) && name != "ImageId";
                let plain = if is_id { text.trim_end_matches(tail) } else { text };
                names.inside(text).or_else(|| names.variables.get(text).cloned()).unwrap_or_else(|| plain.to_owned())
            };
            json!(text.split(' ').map(word).collect::<Vec<_>>().join(" "))
        }
        Value::Array(values) => {
            let gone = |value: &&Value| value.get("State") != Some(&json!("blackhole"));
            let mut values: Vec<Value> = values.iter().filter(gone).map(|value| plain(name, value, names)).collect();
            if !matches!(name, "PrivateIpAddresses" | "Groups" | "NetworkInterfaces") {
                values.sort_by_key(Value::to_string);
            }
            values.into()
        }
        // An ENI that came with a launch was asked for by nobody by itself.
        Value::Object(members) => {
            let list = members.get("PrefixListId").and_then(Value::as_str).and_then(|id| names.variables.get(id));
            let failed = list.is_some_and(|list| names.failed.contains(&list.as_str()));
            let is_told = |name: &str| failed && matches!(name, "State" | "StateMessage");
            let compared = members.iter().filter(|(name, _)| *name != "RequesterId" && !is_told(name));
            // The network interface of a transit gateway takes an address that is free; which one, nobody chooses.
            let of_transit = members.get("InterfaceType") == Some(&json!("transit_gateway"));
            let is_chosen = |name: &str| of_transit && matches!(name, "PrivateIpAddress" | "PrivateIpAddresses" | "PrivateDnsName");
            let value_of = |name: &String, value: &Value| if is_chosen(name) { json!("?") } else { plain(name, value, names) };
            compared.map(|(name, value)| (name.clone(), value_of(name, value))).collect()
        }
        _ => value.clone(),
    }
}

/// A local route that was led to something that is gone, which the script has said, is local where it is rebuilt: no table is without one.
fn local_again(network: &mut Network, left_out: &[String]) {
    let is_said = |table: &RouteTable, block: &IpNet| {
        left_out.contains(&format!("{}: the route to {block} leads to something that is gone", table.id))
    };
    let mut events = Vec::new();
    for table in network.route_tables() {
        for (to, route) in table.routes.iter().filter(|(_, route)| route.origin == RouteOrigin::CreateRouteTable) {
            if matches!(to, Destination::Cidr(block) if is_said(table, block)) {
                events.push(Event::RouteSet(table.id, *to, Route { target: RouteTarget::Local, origin: route.origin }));
            }
        }
    }
    events.iter().for_each(|event| network.apply(event));
}

/// Rules that name a group behind no active peering connection are not made again, and the script says so of each.
fn without_stale_rules(network: &mut Network, left_out: &[String]) {
    let mut events = Vec::new();
    for group in network.groups() {
        for rule in &group.rules {
            let Peer::Group(named) = rule.peer else { continue };
            let direction = if rule.direction == Direction::Ingress { "ingress" } else { "egress" };
            let end = format!("no active peering connection joins its VPC with that of {named}");
            let is_said = |said: &String| said.starts_with(&format!("{}: its {direction} rule", group.id)) && said.ends_with(&end);
            if network.group(named).is_some_and(|named| network.is_stale(group.vpc, named)) {
                assert!(left_out.iter().any(is_said), "{} {rule:?}: {left_out:#?}", group.id);
                events.push(Event::GroupRulesRemoved(group.id, vec![rule.id]));
            }
        }
    }
    events.iter().for_each(|event| network.apply(event));
}

/// Writes the script of a world, runs it, and compares.
pub fn check(scenario: &Scenario) -> Vec<String> {
    check_by(scenario, &rebuilt)
}

/// The same where the script is run in another way.
pub fn check_by(scenario: &Scenario, rebuilt: &dyn Fn(&str) -> (Lone, Shell)) -> Vec<String> {
    let written = script(scenario);
    let (mut host, shell) = rebuilt(&written.text);
    let mut new = Table::new();
    let mut old = Table::new();
    for (id, name) in written.variables.iter() {
        if let Some(value) = shell.variable(name) {
            new.insert(value.to_owned(), name.clone());
            old.insert(id.clone(), name.clone());
        }
    }
    let mut mended = scenario.clone();
    crate::random::mend(&mut mended.network);
    local_again(&mut mended.network, &written.left_out);
    without_stale_rules(&mut mended.network, &written.left_out);
    let failed = |id: &str| written.left_out.contains(&format!("{id}: its last change failed; here it is not tried again"));
    let failed: Vec<&str> = written.variables.iter().filter(|(id, _)| failed(id)).map(|(_, name)| name.as_str()).collect();
    let (was, is) = (described(&mut Lone::of(mended), old, &failed), described(&mut host, new, &failed));
    let missing: Vec<&String> = was.iter().filter(|object| !is.contains(object)).collect();
    // The set that every region has stays, where the old region had deleted its own.
    let own_stays = written.left_out.iter().any(|sentence| sentence.contains("a region begins with such"));
    let stays = |object: &&String| own_stays && object.starts_with("DhcpOptions ") && object.contains("AmazonProvidedDNS");
    let more: Vec<&String> = is.iter().filter(|object| !was.contains(object) && !stays(object)).collect();
    assert!(missing.is_empty() && more.is_empty(), "not there: {missing:#?}\nnew: {more:#?}\n{}", written.text);
    assert_eq!(was.len() + usize::from(own_stays), is.len());
    written.left_out
}

/// Bash reads the script, and runs it to its end where `aws` is somebody who answers everything with a word: so every variable is set before it
/// is used. Nobody waits for it.
pub fn runs_in_bash(text: &str) {
    let run = |arguments: &[&str], input: String| {
        let bash = std::process::Command::new("bash").args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut bash = bash.unwrap();
        bash.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = bash.wait_with_output().unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && complaints.is_empty(), "{complaints}\n{text}");
    };
    run(&["-n"], text.to_owned());
    run(
        &["--noprofile", "--norc"],
        format!("aws() {{ if [[ $* == *--query* ]]; then echo answer; fi; }}\nsleep() {{ [[ $# == 1 ]]; }}\n{text}"),
    );
}

/// The account at the end of lines that are run in a fresh one.
pub fn after(lines: &str) -> Scenario {
    after_in(Lone::new("us-east-1", false).unwrap(), lines)
}

/// The same in a region of one's own.
pub fn after_in(mut host: Lone, lines: &str) -> Scenario {
    let mut shell = Shell::new();
    let printed = shell.run(&mut host, lines);
    assert_eq!(shell.exit(), 0, "{printed:#?}");
    load(host.save().as_bytes()).unwrap().0
}

pub fn scenario(network: Network) -> Scenario {
    Scenario { title: String::new(), network, epoch: Epoch::default(), clock: Instant::ZERO, seed: 0, scene: Scene::default() }
}
