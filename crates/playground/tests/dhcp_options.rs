//! DHCP option sets over the API: what is shown, what documents, imports and scripts keep, whom guests ask for names.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

use eni_core::id::{DhcpOptionsId, ResourceId};
use eni_core::time::Instant;
use eni_playground::account::Account;
use eni_playground::aws::Epoch;
use eni_playground::scenario::{Scenario, Scene, import, load, save};
use eni_playground::script::script;
use eni_playground::shell::{Lone, Shell};
use serde_json::{Value, json};

const OWN: &str = "dopt-00000000000000001";

fn ok(account: &mut Account, action: &str, parameters: &Value) -> Value {
    let answer = account.call("ec2", action, parameters.as_object().unwrap());
    account.settle();
    answer.unwrap_or_else(|error| panic!("{action}: {error}"))
}

fn scenario(account: &Account) -> Scenario {
    let (epoch, clock) = (Epoch::default(), Instant::ZERO);
    Scenario { title: String::new(), network: account.network().clone(), epoch, clock, seed: 0, scene: Scene::default() }
}

/// Two VPCs beside the default one: with a set of their own, and with none.
fn furnished() -> Account {
    let mut account = Account::fresh("eu-west-1").unwrap();
    let vpcs =
        ["10.0.0.0/16", "10.1.0.0/16"].map(|cidr| ok(&mut account, "CreateVpc", &json!({"CidrBlock": cidr}))["Vpc"]["VpcId"].clone());
    let options =
        json!([{"Key": "domain-name", "Values": ["corp.example"]}, {"Key": "domain-name-servers", "Values": ["10.0.0.53", "fd00::53"]}]);
    let tags = json!([{"ResourceType": "dhcp-options", "Tags": [{"Key": "Name", "Value": "own"}]}]);
    let made = ok(&mut account, "CreateDhcpOptions", &json!({"DhcpConfigurations": options, "TagSpecifications": tags}));
    let set = &made["DhcpOptions"]["DhcpOptionsId"];
    ok(&mut account, "AssociateDhcpOptions", &json!({"DhcpOptionsId": set, "VpcId": vpcs[0]}));
    ok(&mut account, "AssociateDhcpOptions", &json!({"DhcpOptionsId": "default", "VpcId": vpcs[1]}));
    account
}

// rules: J4 I5
#[test]
fn sets_are_shown_as_aws_shows_them_and_vpcs_say_which_is_theirs() {
    let mut account = furnished();
    let shown = ok(&mut account, "DescribeDhcpOptions", &json!({}));
    let own = json!({"OwnerId": "123456789012", "Tags": [], "DhcpOptionsId": OWN, "DhcpConfigurations": [
        {"Key": "domain-name", "Values": [{"Value": "eu-west-1.compute.internal"}]},
        {"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]});
    assert_eq!((shown["DhcpOptions"].as_array().unwrap().len(), &shown["DhcpOptions"][0]), (2, &own));
    let vpcs = ok(&mut account, "DescribeVpcs", &json!({}));
    let sets: Vec<&Value> = vpcs["Vpcs"].as_array().unwrap().iter().map(|vpc| &vpc["DhcpOptionsId"]).collect();
    assert_eq!(sets, [&json!(OWN), &json!("dopt-00000000000000002"), &json!("default")]);
    for (name, value, count) in [("dhcp-options-id", OWN, 1), ("key", "domain-name", 2), ("value", "fd00::*", 1), ("tag:Name", "own", 1)] {
        let found = ok(&mut account, "DescribeDhcpOptions", &json!({"Filters": [{"Name": name, "Values": [value]}]}));
        assert_eq!(found["DhcpOptions"].as_array().unwrap().len(), count, "{name}");
    }
    let tagged = ok(&mut account, "DescribeTags", &json!({"Filters": [{"Name": "resource-type", "Values": ["dhcp-options"]}]}));
    assert_eq!(tagged["Tags"][0]["ResourceId"], "dopt-00000000000000002");
}

// rules: J17
#[test]
fn documents_keep_sets_and_say_nothing_of_the_one_that_every_region_has() {
    let fresh = save(&scenario(&Account::fresh("eu-west-1").unwrap()));
    assert!(!fresh.contains("dopt") && !fresh.contains("Dhcp"), "{fresh}");
    let mut account = furnished();
    let text = save(&scenario(&account));
    let (again, _) = load(text.as_bytes()).unwrap();
    assert!(again.network.dhcp_option_sets().eq(account.network().dhcp_option_sets()));
    assert!(again.network.vpcs().eq(account.network().vpcs()));
    assert_eq!(save(&again), text);
    // The region's own may be deleted, too, once nobody uses it; then none is left.
    let mut bare = Account::empty("eu-west-1").unwrap();
    ok(&mut bare, "DeleteDhcpOptions", &json!({"DhcpOptionsId": OWN}));
    let (again, _) = load(save(&scenario(&bare)).as_bytes()).unwrap();
    assert_eq!(again.network.dhcp_option_sets().len(), 0);
    assert_eq!(again.network.counters(), bare.network().counters());
    // A document that names a set which it does not have is no document of ours.
    let broken = text.replace("dopt-00000000000000002\",\"Dhcp", "dopt-00000000000000003\",\"Dhcp");
    let broken = if broken == text { text.replacen("dopt-00000000000000002", "dopt-00000000000000003", 1) } else { broken };
    assert!(load(broken.as_bytes()).is_err());
    let gone = |account: &mut Account| ok(account, "DescribeVpcs", &json!({}));
    assert_eq!(gone(&mut account)["Vpcs"].as_array().unwrap().len(), 3);
}

// rules: J4 J17
#[test]
fn what_describe_prints_is_read_again_and_what_it_does_not_tell_is_made_up_for() {
    let mut account = furnished();
    let vpcs = ok(&mut account, "DescribeVpcs", &json!({}));
    let subnets = ok(&mut account, "DescribeSubnets", &json!({}));
    let sets = ok(&mut account, "DescribeDhcpOptions", &json!({}));
    let file = |name: &str, value: &Value| (name.to_owned(), value.to_string().into_bytes());
    let (whole, report) = import(&[file("v.json", &vpcs), file("s.json", &subnets), file("d.json", &sets)]).unwrap();
    assert!(!format!("{report:?}").contains("ptions"), "{report:?}");
    let mut again = Account::holding(whole.network, Instant::ZERO, whole.epoch);
    assert_eq!(ok(&mut again, "DescribeDhcpOptions", &json!({})), sets);
    let said = |vpcs: &Value| -> Vec<Value> { vpcs["Vpcs"].as_array().unwrap().iter().map(|vpc| vpc["DhcpOptionsId"].clone()).collect() };
    assert_eq!(said(&ok(&mut again, "DescribeVpcs", &json!({}))), said(&vpcs));
    // Without the sets themselves they are taken as the region's own, under their names, and that is told.
    let real = vpcs.to_string().replace("dopt-00000000000000001", "dopt-7a8b9c2d").replace("dopt-00000000000000002", "dopt-7a8b9c2e");
    let vpcs: Value = serde_json::from_str(&real).unwrap();
    let (made_up, report) = import(&[file("v.json", &vpcs), file("s.json", &subnets)]).unwrap();
    let told: Vec<String> = report.warnings.iter().map(ToString::to_string).filter(|line| line.contains("DhcpOptions")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("DhcpOptions dopt-7a8b9c2d: its options are not told"), "{told:?}");
    let named: Vec<String> = made_up.network.dhcp_option_sets().map(|set| set.id.to_string()).collect();
    assert_eq!(named, ["dopt-7a8b9c2d", "dopt-7a8b9c2e"], "the one that an empty region has is not there beside them");
    assert_eq!(made_up.network.default_dhcp_options().unwrap().id.to_string(), "dopt-7a8b9c2d");
    let mut again = Account::holding(made_up.network, Instant::ZERO, made_up.epoch);
    assert_eq!(said(&ok(&mut again, "DescribeVpcs", &json!({}))), said(&vpcs));
    // A VPC of which nothing is said uses the region's own.
    let bare = real.replace("\"DhcpOptionsId\"", "\"Forgotten\"");
    let (bare, _) = import(&[("v.json".to_owned(), bare.into_bytes()), file("s.json", &subnets)]).unwrap();
    assert!(bare.network.vpcs().all(|vpc| vpc.dhcp_options == Some(DhcpOptionsId::from_number(1))));
}

// rules: C1
#[test]
fn a_script_brings_sets_back_and_gives_them_to_their_vpcs() {
    let mut account = furnished();
    ok(&mut account, "CreateTags", &json!({"Resources": [OWN], "Tags": [{"Key": "Name", "Value": "usual"}]}));
    let made = script(&scenario(&account));
    assert_eq!(made.left_out, Vec::<String>::new(), "{}", made.text);
    for part in
        ["DHCP_OWN=$(aws ec2 create-dhcp-options", "--dhcp-options-id default --vpc-id", "--dhcp-options-id $DHCP_OWN", "describe-vpcs"]
    {
        assert!(made.text.contains(part), "{part}: {}", made.text);
    }
    // Where there is the region's own alone, nothing is said of it.
    let plain = script(&scenario(&Account::fresh("eu-west-1").unwrap()));
    assert!(plain.left_out.is_empty() && !plain.text.contains("dhcp"), "{}", plain.text);
}

/// What a line prints, and how it ends.
type Shown = (String, u8);

fn shown(host: &mut Lone, line: &str) -> Shown {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

// rules: I7 L12
#[test]
fn guests_ask_the_name_servers_of_their_vpcs_set_one_after_the_other() {
    let mut host = Lone::new("us-east-1", false).unwrap();
    for (name, kind) in [("nitro", "t3.micro"), ("xen", "t2.micro")] {
        let tags = format!("'ResourceType=instance,Tags=[{{Key=Name,Value={name}}}]'");
        let line = format!("aws ec2 run-instances --image-id ami-00000000000000001 --instance-type {kind} --tag-specifications {tags}");
        assert_eq!(shown(&mut host, &line).1, 0);
    }
    let vpc = shown(&mut host, "aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text").0;
    let vpc = vpc.trim();
    let name = "ip-172-31-0-4.ec2.internal";
    let silent = |servers: &[&str], why: &str| -> String {
        servers.iter().map(|server| format!(";; communications error to {server}#53: {why}\n")).collect()
    };
    let nobody = |tries: String| (format!("{}\n;; no servers could be reached\n", tries.repeat(3)).replace("\n\n;; no", "\n;; no"), 9);
    let found = |before: String| (format!("{before}172.31.0.4\n"), 0);
    let cases: [(&str, Shown, Shown); 5] = [
        ("domain-name-servers,Values=AmazonProvidedDNS", found(String::new()), found(String::new())),
        (
            "domain-name-servers,Values=10.0.0.53,10.0.0.54",
            nobody(silent(&["10.0.0.53", "10.0.0.54"], "timed out")),
            nobody(silent(&["10.0.0.53", "10.0.0.54"], "timed out")),
        ),
        (
            "domain-name-servers,Values=10.0.0.53,172.31.0.2",
            found(silent(&["10.0.0.53"], "timed out")),
            found(silent(&["10.0.0.53"], "timed out")),
        ),
        (
            "domain-name,Values=corp.example",
            nobody(silent(&["127.0.0.1"], "connection refused")),
            nobody(silent(&["127.0.0.1"], "connection refused")),
        ),
        ("", found(String::new()), nobody(silent(&["127.0.0.1"], "connection refused"))),
    ];
    for (option, nitro, xen) in cases {
        let line = if option.is_empty() {
            format!("aws ec2 associate-dhcp-options --vpc-id {vpc} --dhcp-options-id default")
        } else {
            let make =
                format!("aws ec2 create-dhcp-options --dhcp-configurations Key={option} --query DhcpOptions.DhcpOptionsId --output text");
            format!("aws ec2 associate-dhcp-options --vpc-id {vpc} --dhcp-options-id $({make})")
        };
        assert_eq!(shown(&mut host, &line), (String::new(), 0));
        assert_eq!(shown(&mut host, &format!("ssh nitro dig +short {name}")), nitro, "{option}");
        assert_eq!(shown(&mut host, &format!("ssh xen dig +short {name}")), xen, "{option}");
        let reached = |exit: u8, miss: u8| if exit == 0 { 0 } else { miss };
        assert_eq!(shown(&mut host, &format!("ssh xen host {name}")).1, reached(xen.1, 1), "{option}");
        assert_eq!(shown(&mut host, &format!("ssh nitro getent hosts {name}")).1, reached(nitro.1, 2), "{option}");
    }
    // Who names a server asks that one.
    assert_eq!(shown(&mut host, &format!("ssh xen dig +short {name} @169.254.169.253")), found(String::new()));
}
