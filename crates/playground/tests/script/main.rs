//! A network as a script: run on an empty region, it gives an equal network.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

#[path = "../../../core/tests/support/random.rs"]
mod random;

#[path = "../support/dump.rs"]
mod dump;

mod compare;
mod families;

use compare::{after, after_in, check, rebuilt, rebuilt_in, rebuilt_in_time, runs_in_bash, scenario};
use eni_core::addr::{Direction, PortRange, Traffic};
use eni_core::control::account::fresh_account;
use eni_core::control::command::{Balancing, Command};
use eni_core::control::decide::decide;
use eni_core::control::transition::{finish, settle};
use eni_core::id::{GroupId, GroupRuleId, ResourceId as _, VpcId};
use eni_core::model::event::Event;
use eni_core::model::network::Network;
use eni_core::model::security_group::{GroupRule, Peer};
use eni_core::model::{AccountId, Tags};
use eni_core::rng::Rng;
use eni_core::time::{Duration, Instant};
use eni_playground::scenario::{Scenario, import};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Host as _, Lone, Shell};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// A world that came about by random acts; nothing is under way in it.
fn world(seed: u64, steps: u32) -> Scenario {
    let mut rng = Rng::new(seed);
    let mut network = Network::empty("us-east-1", AccountId::EXAMPLE);
    if seed.is_multiple_of(2) {
        fresh_account("us-east-1", AccountId::EXAMPLE).iter().for_each(|event| network.apply(event));
    }
    let mut now = Instant::ZERO;
    for _ in 0..steps {
        let command = random::random_command(&mut rng, &network);
        // A service makes its interfaces again when it is set up, no script does; what faces the internet and Lambda take addresses of their own choice.
        let faces_out = matches!(&command, Command::Balance(act) if matches!(&**act, Balancing::Create(wanted) if wanted.internet_facing));
        if !(faces_out || matches!(command, Command::ServiceTakes(..) | Command::Lambda(..)))
            && let Ok(decision) = decide(&network, &command, now)
        {
            decision.events.iter().for_each(|event| network.apply(event));
        }
        now += Duration::from_secs(60);
        settle(&mut network, now);
    }
    finish(&mut network);
    stale_rules(&mut rng, &mut network);
    scenario(network)
}

/// Rules that are left from peering connections that have ended, each with one beside it that nothing is wrong with.
fn stale_rules(rng: &mut Rng, network: &mut Network) {
    let groups: Vec<(GroupId, VpcId)> = network.groups().map(|group| (group.id, group.vpc)).collect();
    for number in if groups.is_empty() { 0..0 } else { 0..4 } {
        let [(group, vpc), (named, other)] = [0, 1].map(|_| groups[usize::try_from(rng.below(groups.len() as u64)).unwrap()]);
        let direction = if rng.below(2) == 0 { Direction::Ingress } else { Direction::Egress };
        let rule = |at: u64, traffic, peer| {
            let (description, tags) = (String::new(), Tags::new());
            GroupRule { id: GroupRuleId::from_number(9_000 + 2 * number + at), direction, traffic, peer, description, tags }
        };
        let port = |port: u64| Traffic::Tcp(PortRange::single(u16::try_from(port).unwrap()));
        if vpc != other && !network.are_peered(vpc, other) {
            let stale = rule(0, port(5_000 + number), Peer::Group(named));
            let sound = rule(1, port(6_000 + number), Peer::Ipv4("198.51.100.0/24".parse().unwrap()));
            network.apply(&Event::GroupRulesAdded(group, vec![stale, sound]));
        }
    }
}

/// What no script can do; everything else that a script says it leaves out is a fault.
fn is_known(sentence: &str) -> bool {
    [
        "is gone",
        "its key was made elsewhere",
        "it is launched without one",
        "lost the one it had",
        "launched one by one",
        "it has ended",
        "its spot request has been taken back",
        "its last change failed",
        "hangs or loses packets",
        "limited how many connections",
        "a region begins with such",
        "it names a VPC that is gone",
        "no active peering connection joins its VPC",
        "takes an address that is free",
    ]
    .iter()
    .any(|words| sentence.contains(words))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // rules: C1
    #[test]
    fn a_random_world_comes_back_by_its_script(seed in any::<u64>(), steps in 1u32..120) {
        let left_out = check(&world(seed, steps));
        prop_assert!(left_out.iter().all(|sentence| is_known(sentence)), "{left_out:#?}");
    }

    // rules: C1
    #[test]
    fn every_script_runs_to_its_end_whatever_there_is(seed in any::<u64>(), steps in 1u32..120) {
        let text = script(&world(seed, steps)).text;
        runs_in_bash(&text);
        rebuilt(&text);
        rebuilt_in_time(&text);
    }
}

// rules: C1 I10
#[test]
fn a_default_vpc_that_is_there_is_taken_and_one_that_is_missing_is_made() {
    let scenario = after(
        r#"set -e
        VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
        aws ec2 create-tags --resources $VPC --tags Key=Name,Value=first
        B=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1b --query 'Subnets[0].SubnetId' --output text)
        aws ec2 delete-subnet --subnet-id $B
        TABLE=$(aws ec2 describe-route-tables --query 'RouteTables[0].RouteTableId' --output text)
        aws ec2 delete-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0
        SG=$(aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text)
        aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 0.0.0.0/0"#,
    );
    let is_there = |text: &str| rebuilt_in(Lone::new("us-east-1", false).unwrap(), text);
    assert_eq!(compare::check_by(&scenario, &is_there), Vec::<String>::new());
    assert_eq!(check(&scenario), Vec::<String>::new());
    let said = "# A default VPC that is there already is taken as it is";
    assert!(script(&scenario).text.contains(said));
    assert!(!script(&world(1, 0)).text.contains("default-vpc") && !script(&world(1, 0)).text.contains(said));
}

// rules: C1
#[test]
fn signs_that_mean_something_to_a_shell_come_back_as_they_were() {
    let scenario = after(
        r#"set -e
        VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
        ONE=$(aws ec2 create-security-group --group-name 'a, b' --description 'costs 5$ [=] 100' --vpc-id $VPC --query GroupId --output text)
        TWO=$(aws ec2 create-security-group --group-name web --description 'VPC_1 q0q' --vpc-id $VPC --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $ONE --ip-permissions \
            '[{"IpProtocol":"tcp","FromPort":1,"ToPort":2,"UserIdGroupPairs":[{"GroupId":"'$TWO'","Description":"a={b},$c"}]}]'
        aws ec2 authorize-security-group-ingress --group-id $TWO --source-group $ONE --protocol tcp --port 443
        aws ec2 create-tags --resources $ONE $TWO --tags \
            '[{"Key":"Name","Value":"it'"'"'s \"mine\" `id` $HOME \\ !"},{"Key":"looks like an id","Value":"'$VPC'"},{"Key":"mark","Value":"Zq0Y"}]'"#,
    );
    assert_eq!(check(&scenario), Vec::<String>::new());
    let text = script(&scenario).text;
    assert!(text.contains("SG_WEB=$(") && text.contains("SG_A_B=$("), "{text}");
}

// rules: C1 R3 R11
#[test]
fn a_local_route_that_leads_to_something_gone_comes_back_local_and_is_told_of() {
    let scenario = after(
        r#"set -e
        SUBNET=$(aws ec2 describe-subnets --query 'Subnets[0].SubnetId' --output text)
        TABLE=$(aws ec2 describe-route-tables --query 'RouteTables[0].RouteTableId' --output text)
        ENI=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
        aws ec2 replace-route --route-table-id $TABLE --destination-cidr-block 172.31.0.0/16 --network-interface-id $ENI
        aws ec2 delete-network-interface --network-interface-id $ENI"#,
    );
    let table = scenario.network.route_tables().next().unwrap().id;
    assert_eq!(check(&scenario), [format!("{table}: the route to 172.31.0.0/16 leads to something that is gone")]);
}

// rules: C1 I7
#[test]
fn the_dhcp_option_set_of_a_region_comes_back_whatever_became_of_it() {
    let cases = [
        ("it was deleted, and came back under another id with a VPC", "aws ec2 create-vpc --cidr-block 10.0.0.0/16", 0),
        (
            "that VPC is gone, and somebody gave it a name",
            r#"VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
            aws ec2 delete-vpc --vpc-id $VPC
            SET=$(aws ec2 describe-dhcp-options --query 'DhcpOptions[0].DhcpOptionsId' --output text)
            aws ec2 create-dhcp-options --dhcp-configurations Key=domain-name,Values=ec2.internal
            aws ec2 create-tags --resources $SET --tags Key=Name,Value=ours"#,
            0,
        ),
        ("it was deleted", "true", 1),
    ];
    for (what, lines, said) in cases {
        let deleted = "set -e\naws ec2 delete-dhcp-options --dhcp-options-id \
            $(aws ec2 describe-dhcp-options --query 'DhcpOptions[0].DhcpOptionsId' --output text)\n";
        let scenario = after_in(Lone::new("us-east-1", true).unwrap(), &format!("{deleted}{lines}"));
        let left_out = check(&scenario);
        assert_eq!(left_out.len(), said, "{what}: {left_out:#?}");
        assert!(left_out.iter().all(|sentence| sentence.contains("a region begins with such")), "{what}: {left_out:#?}");
    }
}

// rules: C1
#[test]
fn a_default_vpc_that_was_changed_comes_back_changed() {
    assert_eq!(check(&after("true")), Vec::<String>::new());
    let scenario = after(
        r#"set -e
        VPC=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
        A=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
        B=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1b --query 'Subnets[0].SubnetId' --output text)
        aws ec2 delete-subnet --subnet-id $A
        aws ec2 delete-subnet --subnet-id $B
        aws ec2 create-default-subnet --availability-zone us-east-1b
        aws ec2 create-subnet --vpc-id $VPC --cidr-block 172.31.16.0/24 --availability-zone us-east-1c
        TABLE=$(aws ec2 describe-route-tables --query 'RouteTables[0].RouteTableId' --output text)
        aws ec2 delete-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0
        IGW=$(aws ec2 describe-internet-gateways --query 'InternetGateways[0].InternetGatewayId' --output text)
        aws ec2 detach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
        ACL=$(aws ec2 describe-network-acls --query 'NetworkAcls[0].NetworkAclId' --output text)
        aws ec2 delete-network-acl-entry --network-acl-id $ACL --ingress --rule-number 100
        aws ec2 replace-network-acl-entry --network-acl-id $ACL --egress --rule-number 100 --protocol -1 --rule-action deny --cidr-block 0.0.0.0/0
        SG=$(aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text)
        aws ec2 revoke-security-group-ingress --group-id $SG --protocol all --source-group $SG
        aws ec2 modify-vpc-attribute --vpc-id $VPC --no-enable-dns-hostnames"#,
    );
    assert_eq!(check(&scenario), Vec::<String>::new());
}

#[test]
fn what_cannot_be_rebuilt_stands_at_the_head_and_the_rest_is_rebuilt() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/describe");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let files: Vec<_> = files.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect();
    let mut scenario = import(&files).unwrap().0;
    scenario.title = "two\nlines".to_owned();
    let written = script(&scenario);
    let (head, _) = written.text.split_once("set -euo pipefail\n").unwrap();
    assert!(head.lines().all(|line| line.starts_with('#')), "{head}");
    // The target of this route is of a kind that the playground does not play.
    let what = "rtb-000000000000000d2: Routes";
    assert!(written.left_out.iter().any(|sentence| sentence.contains(what)), "{:#?}", written.left_out);
    assert!(head.contains(what), "{head}");
    assert!(!head.contains("subnet-") && !head.contains("sg-") && !head.contains("acl-"), "{head}");
    let (mut host, mut shell) = (Lone::new("eu-west-1", true).unwrap(), Shell::new());
    let printed = shell.run(&mut host, &written.text);
    assert_eq!(shell.exit(), 0, "{printed:#?}");
    let enis = host.call("ec2", "DescribeNetworkInterfaces", &Map::new()).unwrap();
    let own = scenario.network.enis().filter(|eni| !eni.is_requester_managed()).count();
    assert!(own > 2 && enis["NetworkInterfaces"].as_array().unwrap().len() >= own);
}

#[test]
fn the_built_in_scenes_come_back_whole() {
    for scene in ["low-budget-ha", "fresh-account"] {
        let session = Session::open(scene).unwrap();
        let written = session.script();
        assert_eq!(written.left_out, Vec::<String>::new(), "{scene}");
        rebuilt(&written.text);
        assert!(written.text.contains(&session.title()));
    }
}

/// The names that people gave to things, by the list that these stand in.
fn names(scenario: &Scenario) -> Vec<String> {
    let mut names = Vec::new();
    for (file, printed) in dump::described(scenario) {
        let printed: Value = serde_json::from_slice(&printed).unwrap();
        let objects = printed.as_object().unwrap().values().flat_map(|list| list.as_array().cloned().unwrap_or_default());
        let inner = |object: Value| object["Instances"].as_array().cloned().unwrap_or_else(|| vec![object]);
        for object in objects.flat_map(inner) {
            let tags = [&object["Tags"], &object["TagSet"]].into_iter().filter_map(Value::as_array).flatten();
            names
                .extend(tags.filter(|tag| tag["Key"] == "Name").map(|tag| format!("{} {}", file.split('-').next().unwrap(), tag["Value"])));
        }
    }
    names.sort();
    names
}

// rules: C1
#[test]
fn what_a_script_does_not_bring_back_of_an_account_stands_at_its_head() {
    let (account, _) = dump::imported(&dump::files());
    let written = script(&account);
    assert_eq!(
        written.left_out,
        [
            "pcx-0a3e7f92c6d5b1840: it has ended, or one of its VPCs is not here",
            "pl-0e7d3b9a1f6c85420: its earlier versions are not known; its versions are counted anew",
            "eipalloc-05d7b9e3f8c1a2640: made by a service, which makes it again when it is set up",
            "key-0c5d7b9e3f8a12640: its key was made elsewhere; here a new one is made, with another fingerprint",
            "key-0f9e7b5d3c8a12640: its key was made elsewhere; here a new one is made, with another fingerprint",
            "eni-07d5e9b3f8c1a2640 (ELB app/shop/50dc6c495c0c9188): made by a service, which makes it again when it is set up",
            "rtb-0b3f8d7e6c2a91540: the route to 192.168.78.0/24 leads to something that is gone",
            "tags whose keys begin with aws: are set by services of AWS alone",
            "nat-09d5e2c7b81fa4630: it is not made, or not made like this",
            "rtb-07e9d2c5b8f1a3460: Routes",
            "fl-0d5f7b9e3c8a12640: LogDestination",
        ]
    );
    runs_in_bash(&written.text);
    let (host, _) = rebuilt(&written.text);
    let again = scenario(host.network().clone());
    assert_eq!(names(&again), names(&account));
    // The default subnet is where it was, though another zone's would come there by itself.
    let blocks = |scenario: &Scenario| -> Vec<String> {
        scenario.network.subnets().filter(|subnet| subnet.default_for_az).map(|subnet| format!("{} {}", subnet.zone, subnet.cidr)).collect()
    };
    assert_eq!(blocks(&again), ["eu-central-1a 172.31.16.0/20"]);
    assert_eq!(blocks(&again), blocks(&account));
    // What came back comes back again, all of it.
    assert_eq!(check(&again), Vec::<String>::new());
}
