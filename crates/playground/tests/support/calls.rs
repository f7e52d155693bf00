//! Random calls of AWS's API, drawn from the playground's own table: every action, with parameters that are right, wrong, or nonsense.
//!
//! The file stands alone, so that the fuzzing example can take it in by its path.

#![allow(dead_code, reason = "each binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_core::rng::Rng;
use eni_playground::aws::{Action, Member, Presence, Wire, all_actions, service_of};
use serde_json::{Map, Value, json};

/// Ids to choose from are the last so many.
const POOL: usize = 400;

/// Draws calls; remembers the ids that it has seen in answers.
pub struct Caller {
    pub rng: Rng,
    ids: Vec<String>,
}

/// Members without which an alarm, or a question for a metric, is hardly ever whole.
const ALWAYS: [&str; 8] =
    ["MetricName", "Namespace", "Statistic", "Statistics", "Period", "EvaluationPeriods", "Threshold", "ComparisonOperator"];

impl Caller {
    pub fn new(seed: u64) -> Caller {
        Caller { rng: Rng::new(seed), ids: Vec::new() }
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(u64::try_from(bound).unwrap())).unwrap()
    }

    pub fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Takes up the ids that stand in an answer.
    pub fn saw(&mut self, answer: &str) {
        for word in answer.split('"').filter(|word| word.len() > 18 && word.len() < 40) {
            let is_id =
                word.rsplit_once('-').is_some_and(|(_, tail)| tail.len() == 17 && tail.bytes().all(|byte| byte.is_ascii_hexdigit()));
            if is_id && !self.ids.iter().any(|id| id == word) {
                self.ids.push(word.to_owned());
            }
        }
        if self.ids.len() > POOL {
            self.ids.drain(..self.ids.len() - POOL);
        }
    }

    /// A service, an action of it and its parameters.
    pub fn call(&mut self) -> (&'static str, &'static str, Map<String, Value>) {
        let all: Vec<&'static Action> = all_actions().collect();
        let making: Vec<&'static Action> = all
            .iter()
            .copied()
            .filter(|action| {
                ["Create", "Run", "Allocate", "Attach", "Associate", "Authorize"].iter().any(|verb| action.name.starts_with(verb))
            })
            .collect();
        let action = if self.chance(3) { self.pick(&making) } else { self.pick(&all) };
        let broken = self.chance(4);
        (service_of(action.name).unwrap().name, action.name, self.members(action.members, broken, 0))
    }

    /// The call as a line of `eni api`.
    pub fn line(&mut self) -> String {
        let (service, action, parameters) = self.call();
        json!({"Service": service, "Action": action, "Parameters": parameters}).to_string()
    }

    fn members(&mut self, members: &[Member], broken: bool, deep: usize) -> Map<String, Value> {
        let mut map = Map::new();
        for member in members {
            let wanted = match member.presence {
                Presence::Required => !broken || !self.chance(8),
                _ if matches!(member.name, "DryRun" | "ClientToken" | "NextToken" | "MaxResults") => self.chance(30),
                _ if matches!(member.name, "LaunchTemplate" | "PolicyDocument" | "Attribute" | "SpotPrice" | "MaxPrice") => self.chance(30),
                // Without the word a load balancer is of a kind that is not here.
                _ if member.name == "Type" => !self.chance(8),
                _ if matches!(member.name, "Ipv6Native" | "EnableNetworkAddressUsageMetrics" | "TunnelOptions") => self.chance(30),
                // Without these nearly every call is refused, though they need not be there.
                _ if matches!(member.name, "VPC" | "ImageId" | "GroupId" | "SubnetId" | "CidrBlock" | "Ipv6CidrBlock") => !self.chance(8),
                _ if ALWAYS.contains(&member.name) => !self.chance(20),
                _ => self.chance(if deep == 0 { 4 } else { 2 }),
            };
            if wanted {
                let value = if broken && self.chance(4) { self.nonsense() } else { self.value(member.name, member.wire, broken, deep) };
                map.insert(member.name.to_owned(), value);
            }
        }
        // Of a call that takes nothing there is nothing else to be wrong.
        if broken && self.chance(if members.is_empty() { 2 } else { 12 }) {
            map.insert("Colour".to_owned(), self.nonsense());
        }
        map
    }

    fn value(&mut self, name: &str, wire: Wire, broken: bool, deep: usize) -> Value {
        match wire {
            Wire::Text => self.text(name),
            Wire::Words(words) => self.pick(words).into(),
            Wire::Id(prefix) => self.id(prefix),
            Wire::Integer | Wire::Number => self.number(name),
            Wire::Between(least, most) => self.pick(&[least, most, least + 1]).into(),
            Wire::Boolean | Wire::Switch(..) => self.chance(2).into(),
            Wire::Ipv4 => {
                let (a, b) = (self.below(4), self.below(24));
                self.pick(&[format!("10.0.{a}.{b}"), format!("172.31.{a}.{b}"), "203.0.113.1".to_owned()]).into()
            }
            Wire::Ipv4Block => {
                let (a, b) = (self.below(4), self.pick(&[16, 20, 24, 28]));
                self.pick(&[format!("10.0.{a}.0/{b}"), "10.0.0.0/16".to_owned(), "0.0.0.0/0".to_owned(), format!("172.31.{a}.0/28")]).into()
            }
            Wire::Ipv6 => {
                let (a, b) = (self.below(3), self.below(9));
                self.pick(&[format!("2001:db8:0:10{a}::{b}"), format!("2001:db8:0:10{a}:{b}::1"), "fd00::1".to_owned()]).into()
            }
            Wire::Ipv6Block => {
                let (a, b) = (self.below(3), self.below(5));
                let ours = [format!("2001:db8:0:10{a}::/64"), format!("2001:db8:0:10{a}:{b}::/80")];
                self.pick(&["::/0", "2001:db8::/56", "fd00::/8", ours[0].as_str(), ours[1].as_str()]).into()
            }
            // An hour, of which there may be values.
            Wire::Time if name == "StartTime" && !self.chance(4) => "2026-01-01T00:00:00Z".into(),
            Wire::Time if name == "EndTime" && !self.chance(4) => "2026-01-01T01:00:00Z".into(),
            Wire::Time => self.pick(&["2026-01-01T00:00:00Z", "2030-01-01T00:00:00+00:00", "yesterday"]).into(),
            Wire::Wrapped(inner) => json!({"Value": self.value(name, *inner, broken, deep)}),
            Wire::List(inner) => (0..self.pick(&[1, 1, 1, 2, 2, 3, 0])).map(|_| self.value(name, *inner, broken, deep)).collect(),
            Wire::Struct(members) => Value::Object(self.members(members, broken, deep + 1)),
        }
    }

    fn id(&mut self, prefix: &str) -> Value {
        let known: Vec<String> =
            self.ids.iter().filter(|id| id.rsplit_once('-').is_some_and(|(kind, _)| kind == prefix)).cloned().collect();
        if known.is_empty() || self.chance(30) {
            let number = self.pick(&[1, 2, 3, 900]);
            return format!("{prefix}-{number:017x}").into();
        }
        self.pick(&known).into()
    }

    fn text(&mut self, name: &str) -> Value {
        if matches!(name, "HostedZoneId" | "Id") && !self.chance(8) {
            let number = 1 + self.below(3);
            return if name == "Id" && self.chance(2) { format!("C{number:020}") } else { format!("Z{number:020}") }.into();
        }
        let balancing = match name {
            "LoadBalancerArn" => "loadbalancer/net/shop",
            "TargetGroupArn" => "targetgroup/web",
            "ListenerArn" => "listener/net/shop/0000000000000001",
            _ => "",
        };
        if !balancing.is_empty() && !self.chance(8) {
            let number = 1 + self.below(3);
            return format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:{balancing}/{number:016x}").into();
        }
        if name == "VPCId" && !self.chance(8) {
            return self.id("vpc");
        }
        let of_efs = [("FileSystemId", "fs"), ("MountTargetId", "fsmt")].into_iter().find(|(member, _)| *member == name);
        if let Some((_, prefix)) = of_efs.filter(|_| !self.chance(8)) {
            return self.id(prefix);
        }
        if name == "logStreamName" && !self.chance(8) {
            let interface = self.id("eni");
            return format!("{}-all", interface.as_str().unwrap_or_default()).into();
        }
        let words: &[&str] = match name {
            "logGroupName" => &["logs", "logs", "elsewhere"],
            "FunctionName" => &["one", "two", "two", "no function"],
            "Payload" => &["{}", "{\"seconds\": 2}", "{"],
            "AlarmName" | "AlarmNames" => &["alarm-0", "alarm-1", "alarm-2"],
            "Namespace" => &["AWS/EC2", "AWS/NATGateway"],
            "MetricName" => &["NetworkIn", "StatusCheckFailed_System", "ErrorPortAllocation"],
            "OKActions" | "AlarmActions" | "InsufficientDataActions" => {
                &["arn:aws:automate:us-east-1:ec2:stop", "arn:aws:automate:us-east-1:ec2:recover", "arn:aws:sns:us-east-1:1:x"]
            }
            "VPCRegion" => &["us-east-1"],
            "HealthCheckPort" => &["traffic-port", "8080", "0"],
            "CallerReference" => &["one", "two", "three", "four"],
            "InstanceType" => &["t3.micro", "m5.large", "c6in.32xlarge"],
            "AvailabilityZone" => &["us-east-1a", "us-east-1b"],
            "CidrIp" | "Cidr" | "CidrBlock" => &["0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "172.31.0.64/26", "172.31.16.32/28"],
            "CidrIpv6" => &["::/0", "2001:db8::/32"],
            "IpProtocol" | "Protocol" => &["tcp", "udp", "icmp", "-1", "6", "17", "1", "47"],
            "ResourceType" => &[
                "vpc",
                "subnet",
                "network-interface",
                "instance",
                "security-group",
                "elastic-ip",
                "route-table",
                "prefix-list",
                "subnet-cidr-reservation",
                "dhcp-options",
            ],
            "Key" if self.chance(3) => &["load_balancing.cross_zone.enabled", "preserve_client_ip.enabled"],
            "Value" if self.chance(3) => &["true", "false"],
            "Key" if self.chance(2) => &["domain-name", "domain-name-servers", "ntp-servers"],
            "DhcpOptionsId" => &["default", "dopt-00000000000000001", "dopt-00000000000000002"],
            "Name" => &["corp.internal", "db.corp.internal", "vpc-id", "tag:Name", "state", "status", "group-id", "subnet-id"],
            "ServiceCode" => &["vpc", "ec2", "vpc", "s3"],
            "QuotaCode" => &["L-F678F1CE", "L-0263D0A3", "L-2AFB9258", "L-0EA8095F", "L-0"],
            "GroupName" => &["web", "db", "default"],
            _ => &["Name", "web", "a text", "", "*", "x=1,y=[2]", "it's", "\u{e9}\u{1f980}"],
        };
        if matches!(name, "Resources" | "AttachmentId" | "GatewayId" | "Values") && !self.ids.is_empty() && !self.chance(6) {
            let ids = self.ids.clone();
            return self.pick(&ids).into();
        }
        self.pick(words).into()
    }

    fn number(&mut self, name: &str) -> Value {
        match name {
            "retentionInDays" => self.pick(&[7, 14, 8]).into(),
            "Period" => self.pick(&[60, 60, 300, 0]).into(),
            "EvaluationPeriods" | "DatapointsToAlarm" => self.pick(&[1, 2, 3, 0]).into(),
            "MinCount" | "MaxCount" => self.pick(&[1, 1, 1, 2, 0]).into(),
            "FromPort" | "ToPort" | "From" | "To" => self.pick(&[22, 80, 443, 443, -1, 65_535]).into(),
            "RuleNumber" => self.pick(&[90, 100, 110, 32_766, 0]).into(),
            "MaxEntries" => self.pick(&[1, 2, 5, 60, 0]).into(),
            "CurrentVersion" | "PreviousVersion" | "TargetVersion" => self.pick(&[1, 1, 2, 3]).into(),
            "DeviceIndex" => self.pick(&[0, 1, 1, 2]).into(),
            "NetworkCardIndex" => self.pick(&[0, 0, 1]).into(),
            _ => self.pick(&[0_i64, 1, 2, 5, 60, 350, -1, i64::MAX, i64::MIN, 70_000]).into(),
        }
    }

    /// A value of any kind.
    pub fn nonsense(&mut self) -> Value {
        match self.below(12) {
            0 => Value::Null,
            1 => self.chance(2).into(),
            2 => json!(-1),
            3 => json!(1e300),
            4 => json!(u64::MAX),
            5 => json!([]),
            6 => json!({}),
            7 => "x".repeat(self.pick(&[1, 300, 5_000])).into(),
            8 => json!([[[{"a": [null]}]]]),
            9 => "\u{0}".into(),
            10 => json!({"Value": {"Value": 1}}),
            _ => self.text(""),
        }
    }
}
