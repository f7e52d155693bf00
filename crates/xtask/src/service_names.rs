//! `cargo xtask generate-service-names FILE [--service NAME]`: writes `crates/playground/tests/data/NAME-names.txt`, the names of a service's calls,
//! members and words that the playground's table is compared with. The service is `ec2` where none is named.
//!
//! FILE is the service model in botocore, as `botocore/data/ec2/2016-11-15/service-2.json` or the same packed (`.json.gz`). Only names are taken, and
//! only those of the calls below with what they lead to; members stand in the order in which the model has them. Each line is one shape:
//!
//! ```text
//! call CreateVpc CreateVpcRequest CreateVpcResult     (- where there is nothing)
//! struct Tag Key:string Value:string                  (! after the name of a member that must be there)
//! list TagList Tag
//! words Tenancy default dedicated host
//! ```

use crate::root;
use anyhow::{Context, Result, bail};
use clap::Args;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the command takes.
#[derive(Args)]
pub struct Options {
    /// service-2.json or service-2.json.gz of the service in botocore
    file: PathBuf,
    /// the service, as the AWS command line calls it
    #[arg(long, default_value = "ec2")]
    service: String,
}

/// The services, by the command line's names: what AWS calls each, and the calls whose names are taken.
const SERVICES: &[(&str, &str, &str)] = &[
    (
        "cloudwatch",
        "Amazon CloudWatch",
        "DeleteAlarms DescribeAlarmHistory DescribeAlarms DisableAlarmActions EnableAlarmActions GetMetricData GetMetricStatistics ListMetrics
        PutMetricAlarm SetAlarmState",
    ),
    ("ec2", "Amazon EC2", EC2),
    (
        "efs",
        "Amazon Elastic File System",
        "CreateFileSystem CreateMountTarget DeleteFileSystem DeleteMountTarget DescribeFileSystems DescribeMountTargetSecurityGroups
        DescribeMountTargets ModifyMountTargetSecurityGroups",
    ),
    (
        "lambda",
        "AWS Lambda",
        "CreateFunction DeleteFunction GetFunction GetFunctionConfiguration Invoke ListFunctions UpdateFunctionConfiguration",
    ),
    (
        "elbv2",
        "Elastic Load Balancing",
        "CreateListener CreateLoadBalancer CreateTargetGroup DeleteListener DeleteLoadBalancer DeleteTargetGroup DeregisterTargets DescribeListeners
        DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth
        ModifyLoadBalancerAttributes ModifyTargetGroupAttributes RegisterTargets",
    ),
    ("logs", "Amazon CloudWatch Logs", "CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents PutRetentionPolicy"),
    (
        "route53",
        "Amazon Route 53",
        "AssociateVPCWithHostedZone ChangeResourceRecordSets CreateHostedZone DeleteHostedZone DisassociateVPCFromHostedZone GetChange
        GetHostedZone ListHostedZones ListHostedZonesByVPC ListResourceRecordSets UpdateHostedZoneComment",
    ),
    (
        "service-quotas",
        "Service Quotas",
        "GetAWSDefaultServiceQuota GetServiceQuota ListAWSDefaultServiceQuotas ListServiceQuotas RequestServiceQuotaIncrease",
    ),
    ("sts", "AWS Security Token Service", "GetCallerIdentity"),
];

/// The calls of EC2: all that the control plane's rules are about.
const EC2: &str = "
    AssociateTransitGatewayRouteTable CreateTransitGateway CreateTransitGatewayRoute CreateTransitGatewayRouteTable CreateTransitGatewayVpcAttachment
    DeleteTransitGateway DeleteTransitGatewayRoute DeleteTransitGatewayRouteTable DeleteTransitGatewayVpcAttachment
    DescribeTransitGatewayAttachments DescribeTransitGatewayRouteTables DescribeTransitGatewayVpcAttachments DescribeTransitGateways
    DisableTransitGatewayRouteTablePropagation DisassociateTransitGatewayRouteTable EnableTransitGatewayRouteTablePropagation
    GetTransitGatewayAttachmentPropagations GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations
    ModifyTransitGateway ModifyTransitGatewayVpcAttachment ReplaceTransitGatewayRoute SearchTransitGatewayRoutes
    AcceptVpcPeeringConnection AllocateAddress AssignIpv6Addresses AssignPrivateIpAddresses
    AssignPrivateNatGatewayAddress AssociateAddress AssociateDhcpOptions AssociateNatGatewayAddress AssociateRouteTable
    AssociateSubnetCidrBlock AssociateVpcCidrBlock AttachInternetGateway AttachNetworkInterface AttachVpnGateway
    AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CancelSpotInstanceRequests CreateDefaultSubnet CreateDefaultVpc CreateEgressOnlyInternetGateway
    CreateCustomerGateway CreateDhcpOptions CreateFlowLogs CreateInternetGateway CreateManagedPrefixList CreateNatGateway CreateNetworkAcl
    CreateNetworkAclEntry
    CreateKeyPair CreateNetworkInterface CreateRoute CreateRouteTable CreateSecurityGroup CreateSubnet CreateSubnetCidrReservation CreateTags CreateVpc
    CreateVpcEndpoint CreateVpcPeeringConnection CreateVpnConnection
    CreateVpnConnectionRoute CreateVpnGateway DeleteCustomerGateway DeleteDhcpOptions DeleteEgressOnlyInternetGateway DeleteFlowLogs DeleteInternetGateway DeleteKeyPair
    DeleteManagedPrefixList DeleteNatGateway DeleteNetworkAcl DeleteNetworkAclEntry DeleteNetworkInterface DeleteRoute DeleteRouteTable
    DeleteSecurityGroup DeleteSubnet DeleteSubnetCidrReservation DeleteTags DeleteVpc DeleteVpcEndpoints DeleteVpcPeeringConnection
    DeleteVpnConnection DeleteVpnConnectionRoute DeleteVpnGateway DescribeAccountAttributes DescribeAddresses
    DescribeAvailabilityZones DescribeCustomerGateways DescribeDhcpOptions DescribeEgressOnlyInternetGateways
    DescribeFlowLogs DescribeImages DescribeInstanceAttribute DescribeInstanceStatus DescribeInstanceTypes DescribeInstances DescribeInternetGateways DescribeKeyPairs
    DescribeManagedPrefixLists DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaceAttribute DescribeNetworkInterfaces
    DescribePrefixLists DescribeRegions DescribeRouteTables DescribeSecurityGroupReferences DescribeSecurityGroupRules DescribeSecurityGroups
    DescribeSpotInstanceRequests DescribeStaleSecurityGroups DescribeSubnets DescribeTags DescribeVpcAttribute DescribeVpcEndpointServices DescribeVpcEndpoints
    DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConnections DescribeVpnGateways DetachInternetGateway
    DetachNetworkInterface DetachVpnGateway
    DisableVgwRoutePropagation DisassociateAddress DisassociateNatGatewayAddress DisassociateRouteTable
    DisassociateSubnetCidrBlock DisassociateVpcCidrBlock
    EnableVgwRoutePropagation GetManagedPrefixListAssociations GetManagedPrefixListEntries GetSecurityGroupsForVpc GetSubnetCidrReservations ImportKeyPair ModifyInstanceAttribute ModifyInstanceMetadataOptions
    ModifyManagedPrefixList
    ModifyNetworkInterfaceAttribute ModifySecurityGroupRules ModifySubnetAttribute ModifyVpcAttribute ModifyVpcEndpoint
    ModifyVpcPeeringConnectionOptions MonitorInstances RebootInstances RejectVpcPeeringConnection ReleaseAddress ReplaceNetworkAclAssociation
    ReplaceNetworkAclEntry ReplaceRoute ReplaceRouteTableAssociation RequestSpotInstances ResetNetworkInterfaceAttribute RestoreManagedPrefixListVersion
    RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances StartInstances StopInstances TerminateInstances UnassignIpv6Addresses UnmonitorInstances
    UnassignPrivateIpAddresses UnassignPrivateNatGatewayAddress UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress";
/// Words of which there are more are left out: instance types, regions.
const MOST_WORDS: usize = 60;

/// Reads the model, writes the names.
///
/// # Errors
///
/// When the file cannot be read or is no service model.
pub fn run(options: &Options) -> Result<ExitCode> {
    let known = SERVICES.iter().find(|(name, ..)| *name == options.service);
    let (service, title, calls) =
        known.with_context(|| format!("no calls of {} are listed in xtask/src/service_names.rs", options.service))?;
    let bytes = std::fs::read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let names = names(&unpacked(bytes)?, title, calls)?;
    let path = root()?.join(format!("crates/playground/tests/data/{service}-names.txt"));
    std::fs::write(&path, &names).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {} shapes to {}", names.lines().count(), path.display());
    Ok(ExitCode::SUCCESS)
}

/// The bytes, or what a gzip file of them holds.
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let Some((header, rest)) = bytes.split_at_checked(10).filter(|_| bytes.starts_with(b"\x1f\x8b")) else { return Ok(bytes) };
    let body = match header.get(3) {
        Some(0) => rest,
        // The file's name comes first.
        Some(8) => rest.iter().position(|byte| *byte == 0).and_then(|end| rest.get(end + 1..)).unwrap_or_default(),
        _ => bail!("the gzip file has fields that are not read here: unpack it first"),
    };
    miniz_oxide::inflate::decompress_to_vec(body).map_err(|error| anyhow::anyhow!("the gzip file cannot be unpacked: {error}"))
}

/// The text of the names.
fn names(bytes: &[u8], title: &str, calls: &str) -> Result<String> {
    let model: Value = serde_json::from_slice(bytes).context("the file is not JSON")?;
    let part = |name: &str| model.get(name).and_then(Value::as_object).with_context(|| format!("the model has no {name}"));
    let (shapes, operations) = (part("shapes")?, part("operations")?);
    let orders: Orders = serde_json::from_slice(bytes).context("the shapes of the file cannot be read")?;
    let mut text =
        format!("# Names of calls, members and words of {title}'s API, taken from botocore's service model (Apache License 2.0, see\n",);
    text.push_str("# LICENSE-NOTICE) by `cargo xtask generate-service-names`. Tests compare the playground's table with them.\n");
    let (mut written, mut wanted) = (BTreeMap::new(), Vec::new());
    for call in calls.split_whitespace() {
        let operation = operations.get(call).with_context(|| format!("the model has no call {call}"))?;
        let shape = |side: &str| operation.pointer(side).and_then(Value::as_str).unwrap_or("-");
        let (input, output) = (shape("/input/shape"), shape("/output/shape"));
        writeln!(text, "call {call} {input} {output}")?;
        wanted.extend([input, output].into_iter().filter(|name| *name != "-"));
    }
    while let Some(name) = wanted.pop() {
        if !written.contains_key(name)
            && let Some(line) = line(shapes, &orders, name, &mut wanted)?
        {
            written.insert(name, line);
        }
    }
    for line in written.values() {
        writeln!(text, "{line}")?;
    }
    Ok(text)
}

/// The model once more, with nothing but the order of members: a [`Map`] sorts them.
#[derive(serde::Deserialize)]
struct Orders {
    shapes: BTreeMap<String, OrderOfShape>,
}

#[derive(serde::Deserialize)]
struct OrderOfShape {
    #[serde(default)]
    members: Names,
}

/// The names of an object's members as they are written.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Names, D::Error> {
        from.deserialize_map(Names::default())
    }
}

impl<'de> Visitor<'de> for Names {
    type Value = Names;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("the members of a shape")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> std::result::Result<Names, A::Error> {
        while let Some((name, IgnoredAny)) = members.next_entry()? {
            self.0.push(name);
        }
        Ok(self)
    }
}

/// The line of a shape, unless it is plain; what it leads to is added to `wanted`.
fn line<'m>(shapes: &'m Map<String, Value>, orders: &Orders, name: &str, wanted: &mut Vec<&'m str>) -> Result<Option<String>> {
    let shape = shapes.get(name).with_context(|| format!("the model has no shape {name}"))?;
    let target = |of: &'m Value| of.get("shape").and_then(Value::as_str).unwrap_or("String");
    Ok(match shape.get("type").and_then(Value::as_str) {
        Some("structure") => {
            let must: Vec<&str> = shape.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
            let mut line = format!("struct {name}");
            let members = shape.get("members").and_then(Value::as_object);
            for member in orders.shapes.get(name).into_iter().flat_map(|shape| &shape.members.0) {
                let of = members.and_then(|members| members.get(member)).with_context(|| format!("{name} has no {member}"))?;
                let mark = if must.contains(&member.as_str()) { "!" } else { "" };
                write!(line, " {member}{mark}:{}", kind(shapes, target(of)))?;
                wanted.push(target(of));
            }
            Some(line)
        }
        Some("list") => {
            let element = shape.get("member").context("a list without elements")?;
            wanted.push(target(element));
            Some(format!("list {name} {}", kind(shapes, target(element))))
        }
        Some("string") => words(shape).map(|words| format!("words {name} {}", words.join(" "))),
        _ => None,
    })
}

/// How a member's shape is written: by name if it has a line of its own, otherwise by what it is.
fn kind<'m>(shapes: &'m Map<String, Value>, name: &'m str) -> &'m str {
    let shape = shapes.get(name).unwrap_or(&Value::Null);
    match shape.get("type").and_then(Value::as_str) {
        Some("structure" | "list") => name,
        Some("string") if words(shape).is_some() => name,
        Some("long") => "integer",
        Some(plain) => plain,
        None => "string",
    }
}

fn words(shape: &Value) -> Option<Vec<&str>> {
    let words: Vec<&str> = shape.get("enum")?.as_array()?.iter().filter_map(Value::as_str).collect();
    (words.len() <= MOST_WORDS && words.iter().all(|word| !word.contains(' '))).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn model() -> Value {
        let operations: Map<String, Value> =
            EC2.split_whitespace().map(|call| (call.to_owned(), json!({"input": {"shape": "In"}}))).collect();
        let shapes = json!({
            "In": {"type": "structure", "required": ["Id"], "members": {"Id": {"shape": "Text"}, "Tags": {"shape": "Tags"}, "Kind": {"shape": "Kind"},
                "Size": {"shape": "Size"}, "In": {"shape": "In"}}},
            "Tags": {"type": "list", "member": {"shape": "Text"}},
            "Text": {"type": "string"}, "Size": {"type": "long"}, "Kind": {"type": "string", "enum": ["a", "b"]}, "Other": {"type": "string"},
        });
        json!({"operations": operations, "shapes": shapes})
    }

    #[test]
    fn names_are_taken_with_what_they_lead_to() {
        // As the model has them, which is not the order of the names.
        let model =
            model().to_string().replace(r#""In":{"shape":"In"},"#, "").replace(r#""members":{"#, r#""members":{"In":{"shape":"In"},"#);
        let text = names(model.as_bytes(), "A service", EC2).unwrap();
        let shapes: Vec<&str> = text.lines().filter(|line| !line.starts_with(['#', 'c'])).collect();
        assert_eq!(shapes, ["struct In In:In Id!:string Kind:Kind Size:integer Tags:Tags", "words Kind a b", "list Tags string"]);
        assert!(text.contains("call CreateVpc In -\n"));
        assert!(names(b"{}", "A service", EC2).is_err() && names(b"x", "A service", EC2).is_err());
    }

    #[test]
    fn a_packed_model_is_unpacked() {
        let packed = |flags: u8, name: &[u8]| {
            let head = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3];
            [&head[..], name, &miniz_oxide::deflate::compress_to_vec(b"{\"a\":1}", 6)].concat()
        };
        assert_eq!(unpacked(packed(0, b"")).unwrap(), b"{\"a\":1}");
        assert_eq!(unpacked(packed(8, b"name\0")).unwrap(), b"{\"a\":1}");
        assert!(unpacked(packed(4, b"")).is_err());
        assert_eq!(unpacked(b"{}".to_vec()).unwrap(), b"{}");
    }
}
