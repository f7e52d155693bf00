//! Services that take a subnet: on the page, at the command line, over `eni api`, in documents and scripts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{Scenario, Scene, import, load, save};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, complete};
use eni_playground::view::menu::MenuDoes;
use serde_json::{Value, json};

const SUBNET: &str = "subnet-00000000000000001";
const ENI: &str = "eni-00000000000000001";

fn call(account: &mut Account, service: &str, action: &str, parameters: Value) -> Result<Value, String> {
    account.call(service, action, parameters.as_object().unwrap()).map_err(|error| error.code)
}

// rules: E13 E80 E82
#[test]
fn over_the_api_it_is_an_action_of_the_world() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let takes = json!({"Service": "nlb", "SubnetId": SUBNET, "Name": "shop", "Groups": ["sg-00000000000000001"]});
    let made = call(&mut account, "world", "ServiceTakes", takes).unwrap()["NetworkInterface"].clone();
    assert_eq!((&made["NetworkInterfaceId"], &made["InterfaceType"]), (&json!(ENI), &json!("network_load_balancer")));
    assert_eq!((&made["RequesterId"], &made["RequesterManaged"]), (&json!("amazon-elb"), &json!(true)));
    for (parameters, code) in [
        (json!({"Service": "nlb"}), "MissingParameter"),
        (json!({"Service": "pigeon", "SubnetId": SUBNET}), "InvalidParameterValue"),
        (json!({"Service": "nlb", "SubnetId": "vpc-1"}), "InvalidSubnetID.Malformed"),
        (json!({"Service": "nlb", "SubnetId": SUBNET, "Colour": 1}), "UnknownParameter"),
    ] {
        assert_eq!(call(&mut account, "world", "ServiceTakes", parameters.clone()), Err(code.to_owned()), "{parameters}");
    }
    assert_eq!(call(&mut account, "ec2", "DeleteNetworkInterface", json!({"NetworkInterfaceId": ENI})), Err("AuthFailure".to_owned()));
    assert_eq!(call(&mut account, "world", "ServiceLeaves", json!({"NetworkInterfaceId": ENI})), Ok(json!({})));
    let gone = call(&mut account, "world", "ServiceLeaves", json!({"NetworkInterfaceId": ENI}));
    assert_eq!(gone, Err("InvalidNetworkInterfaceID.NotFound".to_owned()));
}

// rules: E80
#[test]
fn on_the_page_it_is_in_the_menus_and_undo_takes_it_back() {
    let mut session = Session::open("fresh-account").unwrap();
    let menu = session.menu(&format!("subnet:{SUBNET}")).unwrap();
    let more = menu.entries.iter().find_map(|entry| match &entry.does {
        MenuDoes::More(more) if entry.text == "A service takes it…" => Some(more),
        _ => None,
    });
    let MenuDoes::Acts(acts) = &more.unwrap()[2].does else { panic!() };
    let before = session.document();
    assert_eq!(acts[0].echo(), format!("service takes rds {SUBNET} --name rds"));
    session.execute(&acts[0]).result.unwrap();
    assert_eq!(session.echo().last().unwrap().line, acts[0].echo());
    let menu = session.menu(&format!("eni:{ENI}")).unwrap();
    let leaves = menu.entries.iter().find(|entry| entry.text == "The service goes").unwrap();
    let MenuDoes::Acts(acts) = &leaves.does else { panic!("{leaves:?}") };
    session.execute(&acts[0]).result.unwrap();
    assert!(session.menu(&format!("eni:{ENI}")).is_none());
    assert!(session.undo());
    assert!(session.menu(&format!("eni:{ENI}")).is_some());
    assert!(session.undo());
    assert_eq!(session.document(), before);
    let unknown = Act::from_json(&json!({"kind": "world", "act": "service-takes", "service": "pigeon", "subnet": SUBNET})).unwrap();
    assert_eq!(session.execute(&unknown).result.unwrap_err().code, "InvalidParameterValue");
    let nowhere = Act::from_json(&json!({"kind": "world", "act": "service-takes", "service": "rds", "subnet": "nowhere"})).unwrap();
    assert_eq!(session.execute(&nowhere).result.unwrap_err().code, "InvalidSubnetID.Malformed");
}

// rules: E80 E82 J17 C1
#[test]
fn documents_and_imports_keep_it_and_a_script_says_that_it_does_not_bring_it_back() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let printed = shell.run(&mut host, &format!("service takes rds {SUBNET} --name files --groups sg-00000000000000001\nservice takes\n"));
    assert_eq!(printed[0].1, format!("{ENI}\n"));
    assert!(printed[1].1.starts_with("usage: service takes"), "{printed:?}");
    let text = host.save();
    let (read, _) = load(text.as_bytes()).unwrap();
    assert_eq!(save(&read), text);
    let left_out = script(&read).left_out;
    assert_eq!(left_out, [format!("{ENI} (RDSNetworkInterface): made by a service, which makes it again when it is set up")]);
    let mut account = Account::holding(read.network, read.clock, read.epoch);
    let shown = |account: &mut Account| call(account, "ec2", "DescribeNetworkInterfaces", json!({})).unwrap();
    let told = shown(&mut account);
    let mut files = Vec::new();
    for list in ["Vpcs", "Subnets", "SecurityGroups", "RouteTables", "NetworkAcls", "NetworkInterfaces"] {
        let answer = call(&mut account, "ec2", &format!("Describe{list}"), json!({})).unwrap();
        files.push((format!("{list}.json"), answer.to_string().into_bytes()));
    }
    let (read, _) = import(&files).unwrap();
    let again = Scenario { scene: Scene::default(), ..read };
    let mut account = Account::holding(again.network, again.clock, again.epoch);
    assert_eq!(shown(&mut account), told);
}

#[test]
fn its_words_and_ids_are_completed() {
    let ids = [SUBNET.to_owned(), ENI.to_owned()];
    for (line, words) in [
        ("serv", vec!["service"]),
        ("service ", vec!["leaves", "takes"]),
        ("service takes r", vec!["rds"]),
        ("service takes rds ", vec![SUBNET]),
        ("service takes rds x ", vec!["--groups", "--name"]),
        ("service leaves ", vec![ENI]),
    ] {
        assert_eq!(complete(line, &ids), words, "{line}");
    }
}
