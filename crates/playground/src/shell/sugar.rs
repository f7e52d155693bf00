//! What the command line adds to the API: options that no call has, and how they become members.

use super::Failure;
use super::usage::{OTHER, plain, shown};
use crate::aws::object;
use serde_json::{Map, Value, json};

/// How many words an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// None: it is there, or `--no-…` is.
    Flag,
    /// One.
    One,
    /// Any number.
    Many,
}

/// An option that no call has, with one line of help.
pub type Sugar = (&'static str, Takes, &'static str);

const GROUP_RULE: &[Sugar] = &[
    ("protocol", Takes::One, "tcp, udp, icmp, all, or a number"),
    ("port", Takes::One, "a port, two with - between them, or all"),
    ("cidr", Takes::One, "an IPv4 block"),
    ("source-group", Takes::One, "or a group, by id or name"),
    ("group-owner", Takes::One, "the account of that group"),
];
const LAUNCH: &[Sugar] = &[
    ("count", Takes::One, "how many, or least:most; 1 if absent"),
    ("secondary-private-ip-addresses", Takes::Many, "secondary addresses of the primary interface"),
    ("secondary-private-ip-address-count", Takes::One, "or how many of any"),
    ("associate-public-ip-address", Takes::Flag, "whether it gets a public address; the subnet's setting if absent"),
];

/// The additional options of an action. They hide members of the same name.
pub fn of(action: &str) -> &'static [Sugar] {
    match action {
        "AuthorizeSecurityGroupIngress" | "AuthorizeSecurityGroupEgress" | "RevokeSecurityGroupIngress" | "RevokeSecurityGroupEgress" => {
            GROUP_RULE
        }
        "RunInstances" => LAUNCH,
        _ => &[],
    }
}

/// Members that the command line never asks for by their own names.
pub fn hides(action: &str, member: &str) -> bool {
    action == "RunInstances" && matches!(member, "MinCount" | "MaxCount") || positional(action).is_some_and(|(other, _)| other == member)
}

/// The member that a command takes as a word of its own, without an option, and what the command line calls it.
pub fn positional(action: &str) -> Option<(&'static str, &'static str)> {
    match action {
        TAIL => Some(("logGroupName", "group_name")),
        "Invoke" => Some((OUTFILE, OUTFILE)),
        _ => None,
    }
}

/// The file that a call writes its payload to: a word without an option.
pub const OUTFILE: &str = "outfile";

/// The command that prints records as lines.
pub const TAIL: &str = "Tail";
/// The call that it asks by.
pub const TAIL_ASKS: &str = "FilterLogEvents";

/// The additional options that were given, with their words.
pub type Given = Vec<(&'static str, Vec<String>)>;

/// Puts them into the request.
///
/// # Errors
/// What does not go together or cannot be read.
pub fn apply(action: &str, given: &Given, request: &mut Map<String, Value>) -> Result<(), Failure> {
    match action {
        "RunInstances" => launch(given, request),
        "CreateNetworkAclEntry" | "ReplaceNetworkAclEntry" => {
            let number = request.get("Protocol").and_then(Value::as_str).map(|name| match name {
                "tcp" => "6",
                "udp" => "17",
                "icmp" => "1",
                "all" => "-1",
                other => other,
            });
            if let Some(number) = number.map(str::to_owned) {
                request.insert("Protocol".to_owned(), number.into());
            }
            Ok(())
        }
        _ if !given.is_empty() => group_rule(given, request),
        _ => Ok(()),
    }
}

fn one<'a>(given: &'a Given, name: &str) -> Option<&'a str> {
    given.iter().rev().find(|(option, _)| *option == name).and_then(|(_, words)| words.first()).map(String::as_str)
}

/// `--protocol`, `--port`, `--cidr`, `--source-group`: one permission.
fn group_rule(given: &Given, request: &mut Map<String, Value>) -> Result<(), Failure> {
    if request.contains_key("IpPermissions") {
        let option = given.first().map_or("protocol", |(option, _)| option);
        return Err(plain(&format!("The --{option} option is not compatible with the --ip-permissions option ")));
    }
    let mut permission = object::Object::new();
    if let Some(protocol) = one(given, "protocol") {
        let is_number = protocol.trim().parse().is_ok_and(|number: i64| (-1..=255).contains(&number));
        if !is_number && !matches!(protocol, "tcp" | "udp" | "icmp" | "all") {
            return Err(plain("protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number."));
        }
        permission = permission.with("IpProtocol", if protocol == "all" { "-1" } else { protocol });
    }
    if let Some(port) = one(given, "port") {
        let (from, to) = ports(port)?;
        permission = permission.with("FromPort", from).with("ToPort", to);
    }
    if let Some(block) = one(given, "cidr") {
        permission = permission.with("IpRanges", json!([{"CidrIp": block}]));
    }
    if let Some(group) = one(given, "source-group") {
        let member = if group.starts_with("sg-") { "GroupId" } else { "GroupName" };
        let pair = object::Object::new().with(member, group).maybe("UserId", one(given, "group-owner"));
        permission = permission.with("UserIdGroupPairs", vec![Value::from(pair)]);
    }
    request.insert("IpPermissions".to_owned(), vec![Value::from(permission)].into());
    Ok(())
}

/// `443`, `80-90`, `all`, `-1`.
fn ports(text: &str) -> Result<(i64, i64), Failure> {
    if matches!(text, "all" | "-1") {
        return Ok((-1, -1));
    }
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) => Ok((from, to)),
        _ => Err(plain("port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)")),
    }
}

/// `--count`, and what becomes of the primary interface when it is described by options.
fn launch(given: &Given, request: &mut Map<String, Value>) -> Result<(), Failure> {
    let (least, most) = match one(given, "count") {
        None => (1, 1),
        Some(text) => {
            let (least, most) = text.split_once(':').unwrap_or((text, text));
            match (least.parse::<i64>(), most.parse::<i64>()) {
                (Ok(least), Ok(most)) => (least, most),
                _ => {
                    let text = "\ncount parameter should be of form min[:max] (e.g. 1 or 1:10)\n".to_owned();
                    return Err(Failure { exit: OTHER, text });
                }
            }
        }
    };
    for (member, number) in [("MinCount", least), ("MaxCount", most)] {
        if one(given, "count").is_some() || !request.contains_key(member) {
            request.insert(member.to_owned(), number.into());
        }
    }
    let given: Vec<&(&str, Vec<String>)> = given.iter().filter(|(option, _)| *option != "count").collect();
    if given.is_empty() {
        return Ok(());
    }
    if request.contains_key("NetworkInterfaces") {
        return Err(plain("Mixing the --network-interfaces option with the simple, scalar options is not supported."));
    }
    let interface = Value::Object(primary(&given, request)?);
    request.insert("NetworkInterfaces".to_owned(), vec![interface].into());
    Ok(())
}

/// The primary interface of a launch, from the options that describe it.
fn primary(given: &[&(&'static str, Vec<String>)], request: &mut Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    let mut interface = Map::from_iter([("DeviceIndex".to_owned(), Value::from(0))]);
    for (from, to) in [("SubnetId", "SubnetId"), ("SecurityGroupIds", "Groups")] {
        if let Some(value) = request.remove(from) {
            interface.insert(to.to_owned(), value);
        }
    }
    let address = request.remove("PrivateIpAddress");
    let mut secondary: Vec<Value> = Vec::new();
    for (option, words) in given {
        match (*option, words.first()) {
            ("associate-public-ip-address", word) => {
                interface.insert("AssociatePublicIpAddress".to_owned(), word.is_some_and(|word| word == "true").into());
            }
            ("secondary-private-ip-address-count", Some(word)) => {
                let count: i64 = word.parse().map_err(|_| not_a_number(word))?;
                interface.insert("SecondaryPrivateIpAddressCount".to_owned(), count.into());
            }
            _ => secondary.extend(words.iter().map(|word| json!({"PrivateIpAddress": word, "Primary": false}))),
        }
    }
    match address {
        Some(address) if !secondary.is_empty() => secondary.insert(0, json!({"PrivateIpAddress": address, "Primary": true})),
        Some(address) => {
            interface.insert("PrivateIpAddress".to_owned(), address);
        }
        None => {}
    }
    if !secondary.is_empty() {
        interface.insert("PrivateIpAddresses".to_owned(), secondary.into());
    }
    Ok(interface)
}

/// A word that should be a whole number.
pub fn not_a_number(word: &str) -> Failure {
    Failure { exit: OTHER, text: format!("\ninvalid literal for int() with base 10: '{}'\n", shown(word)) }
}
