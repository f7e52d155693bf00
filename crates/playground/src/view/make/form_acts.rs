//! From a filled form to the acts that it is. Nothing is checked here: what is wrong, AWS says.

use super::Maker;
use super::form::{MAIN_TABLE, OTHER_TYPE};
use crate::act::{Act, MAX_NAME, SceneAct};
use eni_core::model::route_table::RouteTableUser;
use eni_core::table::Table;
use serde_json::{Map, Value, json};

/// What was typed.
struct Values<'a>(&'a Table<String, String>);

impl Values<'_> {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// The chosen values of a field with several.
    fn many(&self, name: &str) -> Vec<&str> {
        self.get(name).split(',').map(str::trim).filter(|text| !text.is_empty()).collect()
    }

    /// The type that was chosen, or the name of another one.
    fn instance_type(&self) -> &str {
        let chosen = self.get("type");
        if chosen == OTHER_TYPE { self.get("other_type") } else { chosen }
    }

    /// What the form is about, or the field where one chooses it.
    fn about<'b>(&'b self, about: &'b str, field: &str) -> &'b str {
        if about.is_empty() { self.get(field) } else { about }
    }
}

/// A number if it is one, otherwise the text, so that AWS can say what is wrong with it.
fn number(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
}

/// Members that leave out what was left empty.
struct Members(Map<String, Value>);

impl Members {
    fn new() -> Members {
        Members(Map::new())
    }

    fn with(mut self, name: &str, value: Value) -> Members {
        let empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    fn text(self, name: &str, text: &str) -> Members {
        self.with(name, text.into())
    }

    /// A member that is there only where a switch is on.
    fn switched(self, name: &str, switch: &str) -> Members {
        if switch == "true" { self.with(name, true.into()) } else { self }
    }

    /// A Name tag for what is created.
    fn named(self, kinds: &[&str], name: &str) -> Members {
        if name.is_empty() {
            return self;
        }
        let tagged = kinds.iter().map(|kind| json!({ "ResourceType": kind, "Tags": [{ "Key": "Name", "Value": name }] })).collect();
        self.with("TagSpecifications", Value::Array(tagged))
    }

    fn act(self, action: &str) -> Vec<Act> {
        vec![Act::ec2(action, Value::Object(self.0))]
    }
}

/// The two ends of a range of ports as numbers.
fn ports(text: &str) -> (Value, Value) {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    (number(from.trim()), number(to.trim()))
}

impl Maker<'_> {
    /// The acts of a filled form, in order; none for a form that is not there.
    pub fn form_acts(&self, id: &str, values: &Table<String, String>) -> Vec<Act> {
        let Some((form, about)) = id.split_once(':') else { return Vec::new() };
        let values = Values(values);
        let name = values.get("name");
        let members = Members::new;
        match form {
            "launch" => launch(about, &values),
            "create-eni" => members()
                .text("SubnetId", values.about(about, "subnet"))
                .text("PrivateIpAddress", values.get("ip"))
                .with("Groups", json!(values.many("groups")))
                .text("Description", values.get("description"))
                .named(&["network-interface"], name)
                .act("CreateNetworkInterface"),
            "create-group" => members()
                .text("GroupName", name)
                .text("Description", values.get("description"))
                .text("VpcId", values.about(about, "vpc"))
                .act("CreateSecurityGroup"),
            "create-vpc" => members().text("CidrBlock", values.get("cidr")).named(&["vpc"], name).act("CreateVpc"),
            "create-subnet" => members()
                .text("VpcId", about)
                .text("CidrBlock", values.get("cidr"))
                .text("AvailabilityZone", values.get("zone"))
                .named(&["subnet"], name)
                .act("CreateSubnet"),
            "create-table" => members().text("VpcId", about).named(&["route-table"], name).act("CreateRouteTable"),
            "create-acl" => members().text("VpcId", about).named(&["network-acl"], name).act("CreateNetworkAcl"),
            "add-ingress" => permission(about, &values).act("AuthorizeSecurityGroupIngress"),
            "add-egress" => permission(about, &values).act("AuthorizeSecurityGroupEgress"),
            "add-acl-in" => acl_entry(about, &values, false),
            "add-acl-out" => acl_entry(about, &values, true),
            "add-route" => route(about, &values),
            "use-table" => self.use_table(about, values.get("table")),
            "use-acl" => self.use_acl(about, values.get("acl")),
            "set-groups" => {
                vec![Act::ec2("ModifyNetworkInterfaceAttribute", json!({ "NetworkInterfaceId": about, "Groups": values.many("groups") }))]
            }
            "assign-address" => match values.get("ip") {
                "" => members().text("NetworkInterfaceId", about).with("SecondaryPrivateIpAddressCount", 1.into()),
                ip => members().text("NetworkInterfaceId", about).with("PrivateIpAddresses", json!([ip])),
            }
            .switched("AllowReassignment", values.get("take"))
            .act("AssignPrivateIpAddresses"),
            "rename" if name.is_empty() => {
                vec![Act::ec2("DeleteTags", json!({ "Resources": [about], "Tags": [{ "Key": "Name" }] }))]
            }
            "rename" => vec![Act::ec2("CreateTags", json!({ "Resources": [about], "Tags": [{ "Key": "Name", "Value": name }] }))],
            "describe" => vec![Act::ec2(
                "ModifyNetworkInterfaceAttribute",
                json!({ "NetworkInterfaceId": about, "Description": { "Value": values.get("description") } }),
            )],
            "change-type" => {
                vec![Act::ec2(
                    "ModifyInstanceAttribute",
                    json!({ "InstanceId": about, "InstanceType": { "Value": values.instance_type() } }),
                )]
            }
            "tracking" => tracking(about, &values),
            "recover" => members().text("Address", values.get("ip")).act("AllocateAddress"),
            "title" => vec![Act::Scene(SceneAct::Title { title: name.chars().take(MAX_NAME).collect() })],
            "guest" => vec![Act::Guest { instance: about.to_owned(), command: values.get("command").to_owned() }],
            _ => Vec::new(),
        }
    }

    /// A subnet gets a table of its own, another one, or goes back to the main one.
    fn use_table(&self, subnet: &str, table: &str) -> Vec<Act> {
        let id = subnet.parse().ok();
        let own = self.network.route_tables().flat_map(|table| &table.associations).find_map(|(association, user)| match user {
            RouteTableUser::Subnet(used) if Some(*used) == id => Some(association.to_string()),
            _ => None,
        });
        match own {
            Some(association) if table == MAIN_TABLE => Members::new().text("AssociationId", &association).act("DisassociateRouteTable"),
            // It uses the main table already.
            None if table == MAIN_TABLE => Vec::new(),
            Some(association) => {
                Members::new().text("AssociationId", &association).text("RouteTableId", table).act("ReplaceRouteTableAssociation")
            }
            None => Members::new().text("RouteTableId", table).text("SubnetId", subnet).act("AssociateRouteTable"),
        }
    }

    fn use_acl(&self, subnet: &str, acl: &str) -> Vec<Act> {
        let association = subnet.parse().ok().and_then(|id| self.network.subnet(id)).map(|subnet| subnet.acl_association.to_string());
        Members::new().text("AssociationId", &association.unwrap_or_default()).text("NetworkAclId", acl).act("ReplaceNetworkAclAssociation")
    }
}

fn launch(about: &str, values: &Values<'_>) -> Vec<Act> {
    let subnet = values.about(about, "subnet");
    let groups = json!(values.many("groups"));
    let members = Members::new()
        .text("ImageId", values.get("image"))
        .text("InstanceType", values.instance_type())
        .with("MinCount", 1.into())
        .with("MaxCount", 1.into());
    let members = if values.get("public") == "true" {
        let interface = Members::new()
            .with("DeviceIndex", 0.into())
            .text("SubnetId", subnet)
            .with("Groups", groups)
            .text("PrivateIpAddress", values.get("ip"))
            .with("AssociatePublicIpAddress", true.into());
        members.with("NetworkInterfaces", json!([interface.0]))
    } else {
        members.text("SubnetId", subnet).with("SecurityGroupIds", groups).text("PrivateIpAddress", values.get("ip"))
    };
    members.named(&["instance"], values.get("name")).act("RunInstances")
}

fn tracking(eni: &str, values: &Values<'_>) -> Vec<Act> {
    let seconds = |name: &str| number(values.get(name));
    let times = Members::new()
        .with("TcpEstablishedTimeout", seconds("tcp"))
        .with("UdpTimeout", seconds("udp"))
        .with("UdpStreamTimeout", seconds("stream"));
    let members = Members::new().text("NetworkInterfaceId", eni);
    // With nothing to set AWS is asked for nothing, and says so.
    let members = if times.0.is_empty() { members } else { members.with("ConnectionTrackingSpecification", Value::Object(times.0)) };
    members.act("ModifyNetworkInterfaceAttribute")
}

/// The request for a rule of a group.
fn permission(group: &str, values: &Values<'_>) -> Members {
    let protocol = values.get("protocol");
    let mut permission = Members::new().text("IpProtocol", protocol);
    let (from, to) = match protocol {
        "tcp" | "udp" => ports(values.get("ports")),
        "icmp" => (Value::from(-1), Value::from(-1)),
        _ => (Value::Array(Vec::new()), Value::Array(Vec::new())),
    };
    permission = permission.with("FromPort", from).with("ToPort", to);
    let description = values.get("description");
    permission = if values.get("peer") == "group" {
        let pair = Members::new().text("GroupId", values.get("group")).text("Description", description);
        permission.with("UserIdGroupPairs", json!([pair.0]))
    } else {
        let range = Members::new().text("CidrIp", values.get("cidr")).text("Description", description);
        permission.with("IpRanges", json!([range.0]))
    };
    Members::new().text("GroupId", group).with("IpPermissions", json!([permission.0]))
}

fn acl_entry(acl: &str, values: &Values<'_>, egress: bool) -> Vec<Act> {
    let protocol = match values.get("protocol") {
        "tcp" => "6",
        "udp" => "17",
        "icmp" => "1",
        other => other,
    };
    let mut members = Members::new()
        .text("NetworkAclId", acl)
        .with("RuleNumber", number(values.get("number")))
        .text("Protocol", protocol)
        .text("RuleAction", values.get("action"))
        .with("Egress", egress.into())
        .text("CidrBlock", values.get("cidr"));
    if matches!(protocol, "6" | "17") {
        let (from, to) = ports(values.get("ports"));
        members = members.with("PortRange", json!({ "From": from, "To": to }));
    }
    if protocol == "1" {
        members = members.with("IcmpTypeCode", json!({ "Type": -1, "Code": -1 }));
    }
    members.act(if values.get("replace") == "true" { "ReplaceNetworkAclEntry" } else { "CreateNetworkAclEntry" })
}

fn route(table: &str, values: &Values<'_>) -> Vec<Act> {
    let target = values.get("target");
    let member = match target.split('-').next() {
        Some("eni") => "NetworkInterfaceId",
        Some("nat") => "NatGatewayId",
        Some("pcx") => "VpcPeeringConnectionId",
        Some("tgw") => "TransitGatewayId",
        Some("eigw") => "EgressOnlyInternetGatewayId",
        _ => "GatewayId",
    };
    let destination = values.get("destination");
    let block = if destination.contains(':') { "DestinationIpv6CidrBlock" } else { "DestinationCidrBlock" };
    Members::new().text("RouteTableId", table).text(block, destination).text(member, target).act(if values.get("replace") == "true" {
        "ReplaceRoute"
    } else {
        "CreateRoute"
    })
}
