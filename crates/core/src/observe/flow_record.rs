//! One record of a flow log, and its text in AWS's form (`F12` to `F18`).

use crate::addr::{Direction, IpAddr};
use crate::id::{EniId, FlowLogId, InstanceId, SubnetId, VpcId};
use crate::model::{AccountId, Zone};
use crate::time::Instant;
use std::fmt;

/// A record. Its texts are made only when somebody reads them.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowRecord {
    /// The flow log that it is in.
    pub log: FlowLogId,
    /// The ENI that it is of.
    pub eni: EniId,
    /// Where that ENI was.
    pub facts: EniFacts,
    /// From when on it stands for what happened: the first packet, or the beginning of the window.
    pub start: Instant,
    /// Until when: the last packet, or the end of the window.
    pub end: Instant,
    /// What it says.
    pub status: Status,
}

/// Where an ENI was when a record was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EniFacts {
    /// Who owns it.
    pub owner: AccountId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// The subnet's zone.
    pub zone: Zone,
    /// Its instance; none of one that a service made.
    pub instance: Option<InstanceId>,
}

/// What a record says (`F12`).
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Packets of a flow, with what became of them.
    Ok(Flow),
    /// There were none in the window.
    NoData,
    /// There were more flows than can be kept apart.
    SkipData,
}

impl Status {
    /// AWS's word.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Status::Ok(_) => "OK",
            Status::NoData => "NODATA",
            Status::SkipData => "SKIPDATA",
        }
    }
}

/// Packets of one direction of one flow at one ENI in one window, with one outcome (`F4`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// What makes it this flow.
    pub key: FlowShape,
    /// How many packets.
    pub packets: u64,
    /// How many bytes.
    pub bytes: u64,
    /// All TCP flags that were seen: FIN 1, SYN 2, RST 4, SYN-ACK 18; an ACK alone counts as 0.
    pub flags: u8,
}

/// What tells flows apart in a flow log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowShape {
    /// Into the ENI or out of it.
    pub direction: Direction,
    /// Whether group and network ACL let it pass.
    pub accepted: bool,
    /// IANA protocol number.
    pub protocol: u8,
    /// Source as flow logs show it: on the way out always an address of the ENI (`F15`).
    pub source: IpAddr,
    /// Destination as flow logs show it: on the way in always the ENI's primary address (`F15`).
    pub destination: IpAddr,
    /// Source port; 0 for ICMP (`F18`).
    pub source_port: u16,
    /// Destination port; 0 for ICMP.
    pub destination_port: u16,
    /// Source in the packet's header.
    pub packet_source: IpAddr,
    /// Destination in the packet's header.
    pub packet_destination: IpAddr,
    /// AWS's number for the way that it took on the way out.
    pub path: Option<u8>,
}

/// What a text of a record needs beside it.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The region.
    pub region: &'a str,
    /// Unix seconds at virtual zero.
    pub epoch: u64,
    /// The id of a zone, as `use1-az1`.
    pub zone_id: &'a dyn Fn(&Zone) -> String,
    /// The service of AWS that has an address, in the words of its list of addresses.
    pub service: &'a dyn Fn(IpAddr) -> Option<&'static str>,
}

impl FlowRecord {
    /// Its line, with the fields of a format in order (`F13`). A field that says nothing here is `-` (`F14`).
    pub fn line(&self, format: &str, setting: Setting<'_>) -> String {
        let names: Vec<&str> = fields(format).collect();
        let version = names.iter().map(|name| version_of(name)).max().unwrap_or(2);
        let mut line = String::new();
        for name in names {
            if !line.is_empty() {
                line.push(' ');
            }
            self.write(&mut line, name, version, setting);
        }
        line
    }

    fn write(&self, line: &mut String, name: &str, version: u8, setting: Setting<'_>) {
        use fmt::Write;
        let seconds = |at: Instant| setting.epoch + at.as_nanos() / 1_000_000_000;
        let before = line.len();
        let done = match name {
            "version" => write!(line, "{version}"),
            "account-id" => write!(line, "{}", self.facts.owner),
            "interface-id" => write!(line, "{}", self.eni),
            "start" => write!(line, "{}", seconds(self.start)),
            "end" => write!(line, "{}", seconds(self.end)),
            "log-status" => line.write_str(self.status.as_str()),
            "vpc-id" => write!(line, "{}", self.facts.vpc),
            "subnet-id" => write!(line, "{}", self.facts.subnet),
            "instance-id" => self.facts.instance.map_or(Ok(()), |id| write!(line, "{id}")),
            "region" => line.write_str(setting.region),
            "az-id" => line.write_str(&(setting.zone_id)(&self.facts.zone)),
            _ => match &self.status {
                Status::Ok(flow) => flow.write(line, name, setting.service),
                Status::NoData | Status::SkipData => Ok(()),
            },
        };
        if done.is_err() || line.len() == before {
            line.push('-');
        }
    }
}

impl Flow {
    fn write(&self, line: &mut String, name: &str, service: &dyn Fn(IpAddr) -> Option<&'static str>) -> fmt::Result {
        use fmt::Write;
        let key = &self.key;
        match name {
            "srcaddr" => write!(line, "{}", key.source),
            "dstaddr" => write!(line, "{}", key.destination),
            "srcport" => write!(line, "{}", key.source_port),
            "dstport" => write!(line, "{}", key.destination_port),
            "protocol" => write!(line, "{}", key.protocol),
            "packets" => write!(line, "{}", self.packets),
            "bytes" => write!(line, "{}", self.bytes),
            "action" => line.write_str(if key.accepted { "ACCEPT" } else { "REJECT" }),
            "tcp-flags" => write!(line, "{}", self.flags),
            "type" => line.write_str(if key.packet_source.is_ipv6() { "IPv6" } else { "IPv4" }),
            "pkt-srcaddr" => write!(line, "{}", key.packet_source),
            "pkt-dstaddr" => write!(line, "{}", key.packet_destination),
            "pkt-src-aws-service" => line.write_str(service(key.packet_source).unwrap_or_default()),
            "pkt-dst-aws-service" => line.write_str(service(key.packet_destination).unwrap_or_default()),
            "flow-direction" => line.write_str(if key.direction == Direction::Egress { "egress" } else { "ingress" }),
            "traffic-path" => key.path.map_or(Ok(()), |path| write!(line, "{path}")),
            _ => Ok(()),
        }
    }
}

/// The names of the fields of a format, in order.
pub fn fields(format: &str) -> impl Iterator<Item = &str> {
    format.split_ascii_whitespace().filter_map(|word| word.strip_prefix("${")?.strip_suffix('}'))
}

/// The version of flow logs that a field came with.
fn version_of(field: &str) -> u8 {
    match field {
        "vpc-id" | "subnet-id" | "instance-id" | "tcp-flags" | "type" | "pkt-srcaddr" | "pkt-dstaddr" => 3,
        "region" | "az-id" | "sublocation-type" | "sublocation-id" => 4,
        "pkt-src-aws-service" | "pkt-dst-aws-service" | "flow-direction" | "traffic-path" => 5,
        "reject-reason" => 8,
        "resource-id" => 9,
        "encryption-status" => 10,
        field if field.starts_with("ecs-") => 7,
        _ => 2,
    }
}
