//! Everything that the engine can do has a way in the page: a menu, a form, a table's row, a place to drop things, or a reason why not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{Command, EniAttribute, InstanceAttribute};
use eni_playground::act::{Act, Fault, SceneAct, WorldAct};
use eni_playground::aws::{Request, prepare};
use eni_playground::session::Session;
use eni_playground::table::Table;
use eni_playground::view::form::{FieldKind, FormView};
use eni_playground::view::menu::{MenuDoes, MenuEntry};
use serde_json::json;
use std::collections::BTreeSet;
use support::{instance, open, things};

/// Writes the list of the kinds of something, and the match that does not compile while one is missing.
macro_rules! kinds {
    ($function:ident, $list:ident, $type:ident: $($kind:ident)*) => {
        const $list: &[&str] = &[$(stringify!($kind)),*];
        fn $function(of: &$type) -> &'static str {
            match of { $($type::$kind { .. } => stringify!($kind),)* }
        }
    };
}

kinds! { kind_of_command, COMMANDS, Command:
    CreateVpc CreateDefaultVpc CreateDefaultSubnet ModifyVpcAttribute DeleteVpc CreateSubnet ModifySubnetAttribute DeleteSubnet
    AssociateVpcCidrBlock DisassociateVpcCidrBlock AssociateSubnetCidrBlock DisassociateSubnetCidrBlock
    RunInstances StartInstances StopInstances HibernateInstances RebootInstances TerminateInstances MonitorInstances RequestSpotInstances
    CancelSpotInstanceRequests ModifyInstanceAttribute ConfigureGuest
    ShutDownGuest TellSpotInstance SetFault
    CreateNetworkInterface DeleteNetworkInterface AttachNetworkInterface DetachNetworkInterface ModifyNetworkInterfaceAttribute
    ResetNetworkInterfaceAttribute AssignPrivateIpAddresses UnassignPrivateIpAddresses AssignIpv6Addresses UnassignIpv6Addresses
    CreateSubnetReservation DeleteSubnetReservation CreateDhcpOptions DeleteDhcpOptions AssociateDhcpOptions
    CreateHostedZone DeleteHostedZone UpdateHostedZoneComment AssociateHostedZone DisassociateHostedZone ChangeRecordSets
    AllocateAddress AssociateAddress DisassociateAddress ReleaseAddress
    CreateSecurityGroup DeleteSecurityGroup AuthorizeSecurityGroup RevokeSecurityGroup
    ModifySecurityGroupRules UpdateSecurityGroupRuleDescriptions
    CreateManagedPrefixList ModifyManagedPrefixList RestoreManagedPrefixListVersion DeleteManagedPrefixList
    CreateNetworkAcl DeleteNetworkAcl SetNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclAssociation
    CreateRouteTable DeleteRouteTable SetRoute DeleteRoute AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation
    CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway
    CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints CreateFlowLogs DeleteFlowLogs ServiceTakes ServiceLeaves Lambda Efs
    CreateVpcPeeringConnection AcceptVpcPeeringConnection RejectVpcPeeringConnection DeleteVpcPeeringConnection
    ModifyVpcPeeringConnectionOptions Transit
    AssociateGatewayRouteTable CreateEgressOnlyInternetGateway DeleteEgressOnlyInternetGateway
    CreateVpnGateway AttachVpnGateway DetachVpnGateway DeleteVpnGateway SetVgwRoutePropagation CreateCustomerGateway
    DeleteCustomerGateway CreateVpnConnection DeleteVpnConnection SetVpnConnectionRoute
    CreateNatGateway DeleteNatGateway AssignPrivateNatGatewayAddress UnassignPrivateNatGatewayAddress
    AssociateNatGatewayAddress DisassociateNatGatewayAddress
    RequestServiceQuotaIncrease Balance
    CreateKeyPair ImportKeyPair DeleteKeyPair Logs Alarm
    CreateTags DeleteTags
}
kinds! { kind_of_eni_attribute, ENI_ATTRIBUTES, EniAttribute:
    Description Groups SourceDestCheck DeleteOnTermination AssociatePublicIp PrimaryIpv6 Tracking
}
kinds! { kind_of_instance_attribute, INSTANCE_ATTRIBUTES, InstanceAttribute:
    SourceDestCheck Groups InstanceType DisableApiTermination DisableApiStop ShutdownBehavior Metadata UserData EbsOptimized Unkept
}
kinds! { kind_of_scene_act, SCENE_ACTS, SceneAct: AddClient RemoveClient PauseClient Ask Load Move Place Name Title }

/// What one can say beyond the kind of an act, and must be able to say in the page as well.
const VARIANTS: &[&str] = &[
    "SetRoute again",
    "SetNetworkAclEntry again",
    "DetachNetworkInterface by force",
    "AssignPrivateIpAddresses from another",
    "AssignPrivateIpAddresses prefixes",
    "AuthorizeSecurityGroup in",
    "AuthorizeSecurityGroup out",
    "RevokeSecurityGroup in",
    "RevokeSecurityGroup out",
    "AllocateAddress again",
    "SetFault hang",
    "SetFault hang ends",
    "SetFault loss",
    "SetFault loss ends",
    "SetFault connections",
    "SetFault connections ends",
];

/// Of what has no place on the board yet.
const BY_COMMAND: &str = "by command: the terminal";

/// What has no way in the page, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("HibernateInstances", "in the menu of an instance that was launched for it; launching one so is by command: the terminal"),
    ("TellSpotInstance", "in the menu of a spot instance; launching one is by command: the terminal"),
    ("scene Load", "typed on the instance: ssh INSTANCE iperf3 -c ADDRESS, or hping3 --udp, in the terminal"),
    ("ShutDownGuest", "typed on the instance: ssh INSTANCE shutdown in the terminal"),
    ("ModifyInstanceAttribute ShutdownBehavior", "by command: the terminal"),
    ("ModifyInstanceAttribute Metadata", BY_COMMAND),
    ("ModifyInstanceAttribute UserData", BY_COMMAND),
    ("ModifyInstanceAttribute EbsOptimized", BY_COMMAND),
    ("ModifyInstanceAttribute Unkept", "by command: what the model does not keep"),
    ("RequestSpotInstances", "by command: the terminal"),
    ("CancelSpotInstanceRequests", "by command: the terminal"),
    ("MonitorInstances", "by command: the terminal"),
    ("CreateDefaultVpc", "for programs and scripts that expect a new account; on the board one makes what one needs"),
    ("CreateDefaultSubnet", "for programs and scripts that expect a new account; on the board one makes what one needs"),
    ("ModifySecurityGroupRules", "by command; on the board a rule is taken out and another one added"),
    ("RequestServiceQuotaIncrease", "by command: the terminal"),
    ("CreateManagedPrefixList", "by command: the terminal"),
    ("ModifyManagedPrefixList", "by command: the terminal"),
    ("RestoreManagedPrefixListVersion", "by command: the terminal"),
    ("DeleteManagedPrefixList", "by command: the terminal"),
    ("UpdateSecurityGroupRuleDescriptions", "by command: a description decides nothing"),
    ("AssociateVpcCidrBlock", "by command: the terminal"),
    ("DisassociateVpcCidrBlock", "by command: the terminal"),
    ("AssociateSubnetCidrBlock", "by command: the terminal"),
    ("DisassociateSubnetCidrBlock", "by command: the terminal"),
    ("CreateSubnetReservation", "by command: the terminal"),
    ("DeleteSubnetReservation", "by command: the terminal"),
    ("CreateHostedZone", BY_COMMAND),
    ("DeleteHostedZone", BY_COMMAND),
    ("UpdateHostedZoneComment", BY_COMMAND),
    ("AssociateHostedZone", BY_COMMAND),
    ("DisassociateHostedZone", BY_COMMAND),
    ("ChangeRecordSets", BY_COMMAND),
    ("AssignIpv6Addresses", "by command: the terminal"),
    ("UnassignIpv6Addresses", "by command: the terminal"),
    ("ModifyNetworkInterfaceAttribute PrimaryIpv6", "by command: the terminal"),
    ("AssignPrivateIpAddresses prefixes", "by command: the terminal"),
    ("ResetNetworkInterfaceAttribute", "turning the source/dest check on is the same"),
    ("ModifyInstanceAttribute SourceDestCheck", "the menu of the instance's ENI has it, and works with several ENIs as well"),
    ("ModifyInstanceAttribute Groups", "the menu of the instance's ENI has it, and works with several ENIs as well"),
    ("CreateVpcEndpoint", BY_COMMAND),
    ("ModifyVpcEndpoint", BY_COMMAND),
    ("DeleteVpcEndpoints", BY_COMMAND),
    ("CreateFlowLogs", BY_COMMAND),
    ("DeleteFlowLogs", BY_COMMAND),
    ("Logs", BY_COMMAND),
    ("Alarm", BY_COMMAND),
    ("CreateKeyPair", BY_COMMAND),
    ("ImportKeyPair", BY_COMMAND),
    ("DeleteKeyPair", BY_COMMAND),
    ("CreateVpcPeeringConnection", BY_COMMAND),
    ("AcceptVpcPeeringConnection", "in the menu of a peering connection; making one is by command: the terminal"),
    ("RejectVpcPeeringConnection", "in the menu of a peering connection; making one is by command: the terminal"),
    ("DeleteVpcPeeringConnection", "in the menu of a peering connection; making one is by command: the terminal"),
    ("ModifyVpcPeeringConnectionOptions", BY_COMMAND),
    ("AssociateGatewayRouteTable", BY_COMMAND),
    ("CreateEgressOnlyInternetGateway", BY_COMMAND),
    ("DeleteEgressOnlyInternetGateway", BY_COMMAND),
    ("Transit", BY_COMMAND),
    ("CreateVpnGateway", BY_COMMAND),
    ("AttachVpnGateway", BY_COMMAND),
    ("DetachVpnGateway", BY_COMMAND),
    ("DeleteVpnGateway", BY_COMMAND),
    ("SetVgwRoutePropagation", BY_COMMAND),
    ("CreateDhcpOptions", BY_COMMAND),
    ("DeleteDhcpOptions", BY_COMMAND),
    ("AssociateDhcpOptions", BY_COMMAND),
    ("CreateCustomerGateway", BY_COMMAND),
    ("DeleteCustomerGateway", BY_COMMAND),
    ("CreateVpnConnection", BY_COMMAND),
    ("DeleteVpnConnection", BY_COMMAND),
    ("SetVpnConnectionRoute", BY_COMMAND),
    ("Balance", BY_COMMAND),
    ("CreateNatGateway", BY_COMMAND),
    ("AssignPrivateNatGatewayAddress", BY_COMMAND),
    ("UnassignPrivateNatGatewayAddress", BY_COMMAND),
    ("AssociateNatGatewayAddress", BY_COMMAND),
    ("DisassociateNatGatewayAddress", BY_COMMAND),
    ("scene Place", "things lie where their network puts them"),
    ("scene Name", "for pages that embed this one; people rename by the Name tag"),
    ("scene Title", "it is of no thing on the board: the menu of the top bar opens its form"),
];

/// The names of all that there is to do.
fn wanted() -> BTreeSet<String> {
    let plain = |list: &[&str], before: &str| list.iter().map(|name| format!("{before}{name}")).collect::<Vec<_>>();
    let mut all: BTreeSet<String> = plain(COMMANDS, "").into_iter().collect();
    all.extend(plain(ENI_ATTRIBUTES, "ModifyNetworkInterfaceAttribute "));
    all.extend(plain(INSTANCE_ATTRIBUTES, "ModifyInstanceAttribute "));
    all.extend(plain(SCENE_ACTS, "scene "));
    all.extend(plain(VARIANTS, ""));
    all
}

/// The names of what an act is.
fn names(act: &Act) -> Vec<String> {
    match act {
        Act::Scene(act) => vec![format!("scene {}", kind_of_scene_act(act))],
        Act::Guest { .. } => vec!["ConfigureGuest".to_owned()],
        Act::World(WorldAct::ServiceTakes { .. }) => vec!["ServiceTakes".to_owned()],
        Act::World(WorldAct::ServiceLeaves { .. }) => vec!["ServiceLeaves".to_owned()],
        Act::World(WorldAct::Fault { fault, broken, .. }) => {
            let what = match fault {
                Fault::Hang => "hang",
                Fault::Loss(_) => "loss",
                Fault::Connections(_) => "connections",
            };
            let how = if *broken { "" } else { " ends" };
            vec!["SetFault".to_owned(), format!("SetFault {what}{how}")]
        }
        Act::World(_) => Vec::new(),
        Act::Api { service, action, parameters } => {
            // A form with nothing typed into it may be no request yet.
            let Ok(prepared) = prepare(service, action, parameters.as_object().unwrap()) else { return Vec::new() };
            let Request::Command(command) = prepared.request else { return Vec::new() };
            let kind = kind_of_command(&command);
            let mut names = vec![kind.to_owned()];
            names.extend(more_of(&command).map(|more| format!("{kind} {more}")));
            names
        }
    }
}

fn more_of(command: &Command) -> Option<&'static str> {
    use eni_core::addr::Direction::Ingress;
    Some(match command {
        Command::ModifyNetworkInterfaceAttribute(_, attributes) => kind_of_eni_attribute(attributes.first()?),
        Command::ModifyInstanceAttribute(_, attribute) => kind_of_instance_attribute(attribute),
        Command::SetRoute { replace: true, .. } | Command::SetNetworkAclEntry { replace: true, .. } => "again",
        Command::DetachNetworkInterface { force: true, .. } => "by force",
        Command::AssignPrivateIpAddresses(wanted) if !wanted.prefixes.is_none() => "prefixes",
        Command::AssignPrivateIpAddresses(wanted) if wanted.allow_reassignment => "from another",
        Command::AuthorizeSecurityGroup { direction, .. } | Command::RevokeSecurityGroup { direction, .. } => {
            if *direction == Ingress {
                "in"
            } else {
                "out"
            }
        }
        Command::AllocateAddress { address: Some(_), .. } => "again",
        _ => return None,
    })
}

/// Follows every entry of every menu, every row of every table and every link, from what the board shows on, and writes down what can be done.
fn reached(session: &Session, found: &mut BTreeSet<String>) {
    let mut open = things(session);
    let mut seen = BTreeSet::new();
    while let Some(thing) = open.pop() {
        if !seen.insert(thing.clone()) {
            continue;
        }
        let menu = session.menu(&thing).unwrap_or_else(|| panic!("{thing}"));
        entries(session, &menu.entries, found, &mut open);
        let details = session.details(&thing).unwrap_or_else(|| panic!("{thing}"));
        open.extend(details.facts.into_iter().filter_map(|fact| fact.thing));
        for table in details.tables {
            found.extend(table.rows.iter().filter_map(|row| row.remove.as_ref()).flat_map(names));
            found.extend(table.add.iter().flat_map(|form| form_names(session, form)));
        }
    }
}

fn entries(session: &Session, list: &[MenuEntry], found: &mut BTreeSet<String>, open: &mut Vec<String>) {
    for entry in list {
        match &entry.does {
            MenuDoes::Acts(acts) => found.extend(acts.iter().flat_map(names)),
            MenuDoes::Form(form) => found.extend(form_names(session, form)),
            MenuDoes::More(more) => entries(session, more, found, open),
            MenuDoes::PickUp(thing) => {
                let open = session.drop_targets(thing).into_iter().filter(|target| target.refusal.is_none());
                found.extend(open.filter_map(|target| target.act).flat_map(|act| names(&act)));
            }
            // The dialog asks once or over and over.
            MenuDoes::Ask { .. } => found.extend(["scene Ask".to_owned(), "scene AddClient".to_owned()]),
            MenuDoes::Show(thing) => open.push(thing.clone()),
            MenuDoes::Evidence(_) | MenuDoes::Why { .. } | MenuDoes::Refused(_) => {}
        }
    }
}

/// What a form can be: as it stands, with each switch turned, and with each choice of each list.
fn form_names(session: &Session, form: &FormView) -> Vec<String> {
    let mut filled: Table<String, String> = form.fields.iter().map(|field| (field.name.to_owned(), field.value.clone())).collect();
    for (name, value) in [("ip", "10.0.1.99"), ("tcp", "60"), ("name", "a"), ("description", "a")] {
        if form.fields.iter().any(|field| field.name == name) {
            filled.insert(name.to_owned(), value.to_owned());
        }
    }
    let mut found: Vec<String> = session.form_acts(&form.id, &filled).iter().flat_map(names).collect();
    let mut with = |name: &str, value: &str| {
        let mut values = filled.clone();
        values.insert(name.to_owned(), value.to_owned());
        found.extend(session.form_acts(&form.id, &values).iter().flat_map(names));
    };
    for field in &form.fields {
        match &field.kind {
            FieldKind::Switch => with(field.name, "true"),
            FieldKind::Choice(choices) => choices.iter().for_each(|choice| with(field.name, &choice.value)),
            FieldKind::Text => ["", "some text"].iter().for_each(|value| with(field.name, value)),
            FieldKind::Code | FieldKind::Many(_) => {}
        }
    }
    found
}

#[test]
fn every_act_of_the_engine_has_a_way_in_the_page() {
    let mut session = open("");
    let mut found = BTreeSet::new();
    reached(&session, &mut found);
    // Some ways are there only when something is: a stopped instance, an address beside the primary one, what nothing uses.
    let made = |session: &mut Session, action: &str, parameters: serde_json::Value| {
        session.execute(&Act::ec2(action, parameters)).result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"))
    };
    let board = session.board();
    let (vpc, subnet) = (board.vpcs[0].id.clone(), board.vpcs[0].zones[0].subnets[0].id.clone());
    let (spare, web_3) = (support::eni(&session, "spare").id, instance(&session, "web-3").id);
    made(&mut session, "StopInstances", json!({ "InstanceIds": [web_3] }));
    made(&mut session, "AssignPrivateIpAddresses", json!({ "NetworkInterfaceId": spare, "SecondaryPrivateIpAddressCount": 1 }));
    made(&mut session, "CreateNetworkAcl", json!({ "VpcId": vpc }));
    made(&mut session, "CreateRouteTable", json!({ "VpcId": vpc }));
    made(&mut session, "CreateSecurityGroup", json!({ "GroupName": "new", "Description": "new", "VpcId": vpc }));
    let other = made(&mut session, "CreateVpc", json!({ "CidrBlock": "10.9.0.0/16" }));
    let other = other["Vpc"]["VpcId"].as_str().unwrap().to_owned();
    made(&mut session, "CreateVpc", json!({ "CidrBlock": "10.10.0.0/16" }));
    made(&mut session, "CreateNatGateway", json!({ "SubnetId": subnet, "ConnectivityType": "private" }));
    made(&mut session, "CreateSubnet", json!({ "VpcId": other, "CidrBlock": "10.9.1.0/24" }));
    let takes = json!({ "kind": "world", "act": "service-takes", "service": "rds", "subnet": subnet });
    session.execute(&Act::from_json(&takes).unwrap()).result.unwrap();
    for fault in [Fault::Hang, Fault::Loss(7), Fault::Connections(7)] {
        let instance = instance(&session, "web-1").id;
        session.execute(&Act::World(WorldAct::Fault { instance, fault, broken: true })).result.unwrap();
    }
    reached(&session, &mut found);
    for act in session.form_acts(&format!("use-table:{subnet}"), &[("table".to_owned(), "main".to_owned())].into_iter().collect()) {
        session.execute(&act).result.unwrap();
    }
    for _ in 0..2 {
        made(&mut session, "CreateInternetGateway", json!({}));
    }
    reached(&session, &mut found);
    let attach =
        session.menu(&format!("vpc:{other}")).unwrap().entries.into_iter().find(|entry| entry.text.starts_with("Attach ")).unwrap();
    let MenuDoes::Acts(acts) = attach.does else { panic!("{attach:?}") };
    session.execute(&acts[0]).result.unwrap();
    session.advance(support::seconds(60));
    reached(&session, &mut found);

    let without: BTreeSet<String> = WITHOUT.iter().map(|(name, _)| (*name).to_owned()).collect();
    let missing: Vec<_> = wanted().into_iter().filter(|name| !found.contains(name) && !without.contains(name)).collect();
    assert_eq!(missing, Vec::<String>::new(), "these have no way in the page, and no reason why not");
    let stale: Vec<_> = without.iter().filter(|name| found.contains(*name) || !wanted().contains(*name)).collect();
    assert_eq!(stale, Vec::<&String>::new(), "these have a way, or are no acts: they need no reason");
    assert!(WITHOUT.iter().all(|(_, reason)| !reason.is_empty()));
}
