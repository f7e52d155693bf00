//! Menus, forms, details and *Why*: everything that the engine can do is reachable, and what a pane offers is accepted.

mod support;

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::scenario::Intake;
use eni_playground::session::Session;
use eni_playground::table::Table;
use eni_playground::view::board::EniView;
use eni_playground::view::form::{FieldKind, FormView};
use eni_playground::view::menu::{MenuDoes, MenuEntry};
use serde_json::json;
use std::collections::BTreeSet;
use support::{eni, instance, open, seconds, things};

fn flat(entries: &[MenuEntry]) -> Vec<&MenuEntry> {
    entries
        .iter()
        .flat_map(|entry| match &entry.does {
            MenuDoes::More(more) => flat(more),
            _ => vec![entry],
        })
        .collect()
}

fn defaults(form: &FormView) -> Table<String, String> {
    form.fields.iter().map(|field| (field.name.to_owned(), field.value.clone())).collect()
}

#[test]
fn what_a_menu_offers_is_accepted_and_what_it_does_not_says_why() {
    let session = open("");
    let mut actions = BTreeSet::new();
    for thing in things(&session) {
        let menu = session.menu(&thing).unwrap_or_else(|| panic!("{thing}"));
        assert_eq!(menu.thing, thing);
        assert!(!menu.title.is_empty() && !menu.entries.is_empty(), "{thing}");
        for entry in flat(&menu.entries) {
            assert!(!entry.text.is_empty(), "{thing}");
            match &entry.does {
                MenuDoes::Acts(acts) => {
                    assert!(!acts.is_empty(), "{thing} {entry:?}");
                    for act in acts {
                        session.preview(act).unwrap_or_else(|refusal| panic!("{thing} {entry:?}: {refusal:?}"));
                        if let Act::Api { action, .. } = act {
                            actions.insert(action.clone());
                        }
                    }
                }
                MenuDoes::Refused(acts) => {
                    assert!(!entry.note.is_empty(), "{thing} {entry:?}");
                    // Done all the same, it brings the whole answer.
                    if let Some(act) = acts.first() {
                        let refusal = session.preview(act).expect_err("it is said to be refused");
                        assert!(
                            !refusal.code.is_empty() && !refusal.reason.is_empty() && !refusal.remedy.is_empty(),
                            "{thing} {entry:?}: {refusal:?}"
                        );
                    }
                }
                MenuDoes::Form(form) => assert_eq!(session.form(&form.id).as_ref(), Some(form)),
                MenuDoes::Show(other) => assert!(session.details(other).is_some(), "{other}"),
                MenuDoes::PickUp(other) => assert!(!session.drop_targets(other).is_empty(), "{other}"),
                MenuDoes::Evidence(of) => assert!(!session.evidence(of).enis.is_empty(), "{thing}"),
                MenuDoes::Why { packet, at } => {
                    let why = session.why(*packet).unwrap();
                    assert!(
                        why.checks.iter().chain(why.reply.iter().flat_map(|reply| &reply.checks)).any(|check| check.anchor == *at),
                        "{thing}"
                    );
                }
                MenuDoes::Ask { .. } | MenuDoes::More(_) => {}
            }
        }
    }
    for action in
        ["StopInstances", "TerminateInstances", "AttachNetworkInterface", "DetachNetworkInterface", "AllocateAddress", "ReleaseAddress"]
    {
        assert!(actions.contains(action), "{action} is in no menu: {actions:?}");
    }
    for nothing in ["eni:eni-0000000000000ffff", "group:x", "client:99", "moon:1", ""] {
        assert_eq!(session.menu(nothing), None, "{nothing}");
        assert_eq!(session.details(nothing), None, "{nothing}");
    }
}

#[test]
fn every_form_as_it_stands_or_with_the_least_typed_is_accepted() {
    let session = open("");
    let mut seen = BTreeSet::new();
    let mut forms = Vec::new();
    for thing in things(&session) {
        let menu = session.menu(&thing).unwrap();
        for entry in flat(&menu.entries) {
            if let MenuDoes::Form(form) = &entry.does {
                forms.push(form.clone());
            }
        }
        forms.extend(session.details(&thing).into_iter().flat_map(|details| details.tables).filter_map(|table| table.add));
    }
    for form in forms {
        let kind = form.id.split(':').next().unwrap().to_owned();
        let mut values = defaults(&form);
        match kind.as_str() {
            "create-group" => values.extend([("name".to_owned(), "new".to_owned()), ("description".to_owned(), "a new one".to_owned())]),
            "rename" => drop(values.insert("name".to_owned(), "other".to_owned())),
            "add-ingress" => drop(values.insert("ports".to_owned(), "8000-8100".to_owned())),
            // Everything is let out already, and the route to everywhere is there.
            "add-route" => drop(values.insert("destination".to_owned(), "192.0.2.0/24".to_owned())),
            "tracking" => drop(values.insert("tcp".to_owned(), "600".to_owned())),
            "use-table" | "use-acl" | "change-type" => continue,
            "launch" => {
                let gone = values.insert("groups".to_owned(), String::new());
                assert!(gone.is_some());
            }
            _ => {}
        }
        let acts = session.form_acts(&form.id, &values);
        assert!(!acts.is_empty(), "{}", form.id);
        for act in &acts {
            session.preview(act).unwrap_or_else(|refusal| panic!("{} {act:?}: {refusal:?}", form.id));
        }
        seen.insert(kind);
    }
    for kind in [
        "launch",
        "create-eni",
        "create-group",
        "create-vpc",
        "create-subnet",
        "add-ingress",
        "add-egress",
        "add-acl-in",
        "add-acl-out",
        "add-route",
        "set-groups",
        "assign-address",
        "rename",
        "guest",
        "tracking",
        "recover",
    ] {
        assert!(seen.contains(kind), "no menu leads to {kind}");
    }
    assert!(session.form_acts("nothing", &Table::new()).is_empty());
    assert_eq!(session.form("create-eni:subnet-00000000000099999"), None);
}

#[test]
fn a_form_s_wrong_input_is_what_aws_refuses() {
    let session = open("");
    let group = session.board().tray.groups[0].badge.id.clone();
    let form = session.form(&format!("add-ingress:{group}")).unwrap();
    for (field, value, code) in [
        ("ports", "seventy", "InvalidParameterValue"),
        ("cidr", "10.0.0.0/99", "InvalidParameterValue"),
        ("ports", "443", "InvalidPermission.Duplicate"),
    ] {
        let mut values = defaults(&form);
        values.insert(field.to_owned(), value.to_owned());
        let acts = session.form_acts(&form.id, &values);
        let refusal = session.preview(&acts[0]).unwrap_err();
        assert!(refusal.code.starts_with(code), "{value}: {refusal:?}");
    }
}

#[test]
fn any_type_can_be_named_in_a_form_and_what_is_none_aws_refuses() {
    let mut session = open("");
    let (web_3, subnet) = (instance(&session, "web-3").id, session.board().vpcs[0].zones[0].subnets[0].id.clone());
    session.execute(&Act::ec2("StopInstances", json!({ "InstanceIds": [web_3] }))).result.unwrap();
    session.advance(300_000_000);
    for form in [format!("launch:{subnet}"), format!("change-type:{web_3}")] {
        let form = session.form(&form).unwrap();
        let name = form.fields.iter().find(|field| field.name == "other_type").unwrap();
        assert_eq!(name.only_if, Some(("type", vec!["other"])));
        for (typed, refused) in [("u-6tb1.56xlarge", None), ("t9.huge", Some("InvalidParameterValue"))] {
            let mut values = defaults(&form);
            values.insert("type".to_owned(), "other".to_owned());
            values.insert("other_type".to_owned(), typed.to_owned());
            let acts = session.form_acts(&form.id, &values);
            let code = session.preview(&acts[0]).err().map(|refusal| refusal.code);
            assert_eq!(code.as_deref(), refused, "{} {typed}", form.id);
        }
    }
    // An instance of a type that is not offered is not taken for another one.
    let rare = Act::ec2("ModifyInstanceAttribute", json!({ "InstanceId": web_3, "InstanceType": { "Value": "m7g.8xlarge" } }));
    session.execute(&rare).result.unwrap();
    let kind = session.form(&format!("change-type:{web_3}")).unwrap().fields.swap_remove(0);
    let FieldKind::Choice(choices) = &kind.kind else { panic!("{kind:?}") };
    assert!(kind.value == "m7g.8xlarge" && choices.iter().any(|choice| choice.value == kind.value), "{kind:?}");
}

#[test]
fn tables_and_acls_name_their_subnets_and_a_route_says_whether_it_works() {
    let mut session = open("");
    let board = session.board();
    let subnet = board.vpcs[0].zones[0].subnets[0].clone();
    let subnets = |session: &Session, thing: &str| -> Vec<String> {
        let facts = session.details(thing).unwrap().facts;
        facts
            .into_iter()
            .filter(|fact| fact.thing.as_ref().is_some_and(|thing| thing.starts_with("subnet:")))
            .map(|fact| fact.value)
            .collect()
    };
    let table = format!("route-table:{}", subnet.route_table.id);
    assert_eq!(subnets(&session, &table), ["public-a", "public-b"]);
    assert_eq!(subnets(&session, &format!("acl:{}", subnet.acl.id)), ["public-a", "public-b", "private-b"]);
    let spare = eni(&session, "spare").id;
    let route = json!({ "RouteTableId": subnet.route_table.id, "DestinationCidrBlock": "192.0.2.0/24", "NetworkInterfaceId": spare });
    session.execute(&Act::ec2("CreateRoute", route)).result.unwrap();
    let routes = session.details(&table).unwrap().tables.remove(0);
    assert_eq!(routes.columns.last().map(String::as_str), Some("State"));
    let dead = routes.rows.iter().find(|row| row.cells[0] == "192.0.2.0/24").unwrap();
    assert_eq!((dead.cells[2].as_str(), dead.note.as_str()), ("blackhole", "leads nowhere"));
}

// rules: A20
#[test]
fn before_an_elastic_ip_is_let_go_it_is_said_which_one_makes_way() {
    let mut session = open("");
    let (svc, spare) = (eni(&session, "svc"), eni(&session, "spare"));
    let text = |session: &Session, held: &str, on: &EniView| -> String {
        let place = format!("address:{}/{}", on.id, on.addresses[0].ip);
        let targets = session.drop_targets(&format!("elastic-ip:{held}"));
        targets.into_iter().find(|target| target.place == place).unwrap().text
    };
    let made = session.execute(&Act::ec2("AllocateAddress", json!({ "Domain": "vpc" }))).result.unwrap();
    let (id, ip) = (made["AllocationId"].as_str().unwrap(), made["PublicIp"].as_str().unwrap());
    assert_eq!(text(&session, id, &spare), format!("{ip} may go here"));
    assert_eq!(text(&session, id, &svc), format!("{ip} may go here, and 203.0.113.25 becomes idle"));
    session.execute(&Act::ec2("AssociateAddress", json!({ "AllocationId": id, "NetworkInterfaceId": spare.id }))).result.unwrap();
    assert_eq!(text(&session, id, &svc), format!("{ip} moves here from spare, and 203.0.113.25 becomes idle"));
    // And so it is.
    session.execute(&Act::ec2("AssociateAddress", json!({ "AllocationId": id, "NetworkInterfaceId": svc.id }))).result.unwrap();
    assert!(session.board().tray.elastic_ips.iter().any(|address| address.free && address.ip == "203.0.113.25"));
}

#[test]
fn a_gateway_of_no_vpc_stands_on_the_board_with_its_menu() {
    let mut session = open("empty");
    session.execute(&Act::ec2("CreateInternetGateway", json!({}))).result.unwrap();
    let board = session.board();
    let gateway = board.others.first().unwrap();
    assert_eq!((board.others.len(), gateway.kind.as_str(), gateway.note.as_str()), (1, "Internet gateway", "attached to no VPC"));
    assert!(session.menu(&gateway.thing).unwrap().entries.iter().any(|entry| entry.text == "Delete"));
    let vpc = session.execute(&Act::ec2("CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" }))).result.unwrap();
    let id = gateway.thing.trim_start_matches("igw:");
    session.execute(&Act::ec2("AttachInternetGateway", json!({ "InternetGatewayId": id, "VpcId": vpc["Vpc"]["VpcId"] }))).result.unwrap();
    let board = session.board();
    assert!(board.others.is_empty() && board.vpcs[0].gateway.as_ref().is_some_and(|there| there.id == id));
}

#[test]
fn rows_of_tables_can_be_taken_out_and_the_local_route_stays() {
    let mut session = open("");
    let board = session.board();
    let subnet = board.vpcs[0].zones[0].subnets[0].clone();
    let routes = session.details(&format!("route-table:{}", subnet.route_table.id)).unwrap().tables.remove(0);
    let rows: Vec<(String, bool)> = routes.rows.iter().map(|row| (row.cells.join(" "), row.remove.is_some())).collect();
    assert_eq!(rows, [("0.0.0.0/0 igw-main active".to_owned(), true), ("10.0.0.0/16 local active".to_owned(), false)]);
    let acl = session.details(&format!("acl:{}", subnet.acl.id)).unwrap();
    assert_eq!(acl.title, "default");
    assert_eq!(acl.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [2, 2], "rule 100 and the closing one");
    let web = board.tray.groups.iter().find(|group| group.badge.name == "web").unwrap().badge.id.clone();
    let tables = session.details(&format!("group:{web}")).unwrap().tables;
    assert_eq!(tables[0].rows[0].cells, ["1", "tcp", "443", "0.0.0.0/0"]);
    let remove = tables[0].rows[0].remove.clone().unwrap();
    assert!(session.execute(&remove).result.is_ok());
    assert_eq!(session.details(&format!("group:{web}")).unwrap().tables[0].rows.len(), 0);
    assert_eq!(session.undo_text().as_deref(), Some("Undo: take a rule out of web"));
}

// rules: A17 A20 S4 E6
#[test]
fn addresses_and_groups_have_places_of_their_own() {
    let mut session = open("");
    let board = session.board();
    let taken = board.tray.elastic_ips.iter().find(|ip| !ip.free).unwrap().id.clone();
    let targets = session.drop_targets(&format!("elastic-ip:{taken}"));
    let svc = eni(&session, "svc");
    let at = |place: &str| targets.iter().find(|target| target.place == place).unwrap();
    assert_eq!(at(&format!("address:{}/10.0.1.20", svc.id)).act, None);
    assert_eq!(at("tray").text, "203.0.113.25 becomes idle");
    let spare = eni(&session, "spare");
    let onto = at(&format!("address:{}/10.0.1.31", spare.id)).clone();
    assert_eq!(onto.text, "203.0.113.25 moves here from svc");
    assert!(session.execute(&onto.act.unwrap()).result.is_ok());
    assert_eq!(eni(&session, "spare").addresses[0].public_ip.as_deref(), Some("203.0.113.25"));

    let default = spare.groups[0].id.clone();
    let off = session.drop_targets(&format!("group:{default}@{}", spare.id)).pop().unwrap();
    assert_eq!(off.place, "tray");
    let refusal = off.refusal.unwrap();
    assert_eq!(refusal.headline, "The last group stays");
    assert!(session.execute(&off.act.unwrap()).result.is_err());
    let web = board.tray.groups[0].badge.id.clone();
    let onto = session.drop_targets(&format!("group:{web}")).into_iter().find(|t| t.place == format!("eni:{}", spare.id)).unwrap();
    assert_eq!(onto.text, "web may guard spare");
    session.execute(&onto.act.unwrap()).result.unwrap();
    assert_eq!(eni(&session, "spare").groups.len(), 2);
    let off = session.drop_targets(&format!("group:{web}@{}", spare.id)).pop().unwrap();
    assert_eq!((off.text.as_str(), off.refusal.is_none()), ("web leaves spare", true));
}

#[test]
fn clients_pause_go_on_and_go() {
    let mut session = open("");
    session.advance(seconds(1));
    let pause = |paused| Act::Scene(SceneAct::PauseClient { client: 1, paused });
    assert!(session.execute(&pause(true)).result.is_ok());
    let before = support::client(&session, "client");
    assert_eq!((before.asking, before.headline.as_str()), (false, "paused"));
    session.advance(seconds(2));
    let rested = support::client(&session, "client").answered;
    assert!(rested <= before.answered + 1, "only what was under way is still answered");
    session.execute(&pause(false)).result.unwrap();
    session.advance(seconds(1));
    assert!(support::client(&session, "client").answered > rested);
    session.execute(&Act::Scene(SceneAct::RemoveClient { client: 1 })).result.unwrap();
    assert_eq!(session.board().clients.len(), 1);
    let refusal = session.execute(&pause(true)).result.unwrap_err();
    assert_eq!(refusal.headline, "The playground refuses this");
    let ask = |from: &str| {
        Act::Scene(SceneAct::Ask(Asking { from: from.into(), to: "svc".into(), protocol: "icmp".into(), ..Asking::default() }))
    };
    assert!(session.preview(&ask("nobody")).unwrap_err().message.contains("nobody"));
    assert!(session.preview(&ask("web-2")).is_ok());
    assert!(instance(&session, "web-2").running);
    let guest = Act::Guest { instance: "web-2".to_owned(), command: "unlisten tcp 443".to_owned() };
    session.execute(&guest).result.unwrap();
    assert_eq!(session.undo_text().as_deref(), Some("Undo: web-2: unlisten tcp 443"));
    assert!(session.preview(&Act::Guest { instance: "web-2".to_owned(), command: "rm -rf /".to_owned() }).is_err());
    assert!(session.call("{\"kind\":\"api\",\"action\":\"DescribeVpcs\"}").contains("10.0.0.0/16"));
    assert!(session.call("nonsense").contains("InvalidAct"));
    let refused = session.call(&json!({"kind": "api", "action": "LaunchRocket", "parameters": {}}).to_string());
    assert!(refused.contains("UnsupportedOperation"), "{refused}");
}

#[test]
fn documents_and_imports_open_and_what_is_wrong_is_said() {
    let mut session = open("");
    session.advance(seconds(2));
    session.execute(&Act::Scene(SceneAct::PauseClient { client: 2, paused: true }));
    let document = session.document();
    let (loaded, report) = Session::open_files(&Intake::of(vec![("x.eni.json".to_owned(), document.clone().into_bytes())]), "en").unwrap();
    assert_eq!(report, None);
    assert_eq!(loaded.title(), session.title());
    assert_eq!(loaded.document(), document);
    assert_eq!((loaded.now(), loaded.board().vpcs), (session.now(), session.board().vpcs));
    let clients = loaded.board().clients;
    let expected = [("client", true), ("ops-1", false)].map(|(name, asking)| (name.to_owned(), asking));
    assert_eq!(clients.into_iter().map(|client| (client.name, client.asking)).collect::<Vec<_>>(), expected);
    assert_eq!(loaded.scene(), None);

    let vpcs = json!({"Vpcs": [{"VpcId": "vpc-0a", "CidrBlock": "10.0.0.0/16", "Colour": "red"}]}).to_string();
    let wrong = [
        ("broken", b"{".to_vec(), "JSON"),
        ("nothing", b"{}".to_vec(), "nothing was found"),
        ("newer", document.replacen("\"version\":1", "\"version\":2", 1).into_bytes(), "newer"),
        ("bad id", vpcs.into_bytes(), "vpc"),
    ];
    for (name, bytes, part) in wrong {
        let error = Session::open_files(&Intake::of(vec![(name.to_owned(), bytes)]), "en").unwrap_err();
        assert!(error.contains(part), "{name}: {error}");
    }
    assert!(Session::open_files(&Intake::new("empty"), "en").is_err());
}
