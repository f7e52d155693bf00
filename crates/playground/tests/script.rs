//! A network as a script: run on an empty region, it gives an equal network.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

#[path = "../../core/tests/support/random.rs"]
mod random;

use eni_core::addr::{Ipv6Addr, Ipv6Net};
use eni_core::control::account::fresh_account;
use eni_core::control::command::Command;
use eni_core::control::decide::decide;
use eni_core::control::transition::{finish, settle};
use eni_core::model::AccountId;
use eni_core::model::network::Network;
use eni_core::rng::Rng;
use eni_core::table::Table;
use eni_core::time::{Duration, Instant};
use eni_playground::aws::{Epoch, actions};
use eni_playground::scenario::{Scenario, Scene, import, load};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Host as _, Lone, Shell, Stream};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::process::Stdio;

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
        // A service makes its interfaces again when it is set up; no script does.
        if !matches!(command, Command::ServiceTakes(..))
            && let Ok(decision) = decide(&network, &command, now)
        {
            decision.events.iter().for_each(|event| network.apply(event));
        }
        now += Duration::from_secs(60);
        settle(&mut network, now);
    }
    finish(&mut network);
    scenario(network)
}

fn scenario(network: Network) -> Scenario {
    Scenario { title: String::new(), network, epoch: Epoch::default(), clock: Instant::ZERO, seed: 0, scene: Scene::default() }
}

/// The region that a script makes, and the shell that ran it.
fn rebuilt(text: &str) -> (Lone, Shell) {
    let (mut host, mut shell) = (Lone::new("us-east-1", true).unwrap(), Shell::new());
    let printed = shell.run(&mut host, text);
    let complaints: Vec<&String> = printed.iter().filter(|(stream, _)| *stream == Stream::Err).map(|(_, text)| text).collect();
    assert!(complaints.is_empty() && shell.exit() == 0, "{complaints:#?}\n{text}");
    (host, shell)
}

/// What stands for a number of one region: the variables of ids, and the IPv6 blocks in the order of their VPCs' variables.
struct Names {
    variables: Table<String, String>,
    blocks: Vec<Ipv6Net>,
}

impl Names {
    fn of(host: &mut Lone, variables: Table<String, String>) -> Names {
        let answer = host.call("ec2", "DescribeVpcs", &Map::new()).unwrap();
        let mut vpcs: Vec<&Value> = answer["Vpcs"].as_array().unwrap().iter().collect();
        vpcs.sort_by_key(|vpc| variables.get(vpc["VpcId"].as_str().unwrap()));
        let blocks = vpcs.iter().flat_map(|vpc| vpc["Ipv6CidrBlockAssociationSet"].as_array().cloned().unwrap_or_default());
        let blocks = blocks.map(|block| block["Ipv6CidrBlock"].as_str().unwrap().parse().unwrap()).collect();
        Names { variables, blocks }
    }

    /// A number inside of an IPv6 block: which block, and where in it.
    fn inside(&self, text: &str) -> Option<String> {
        let (ip, len) = text.split_once('/').unwrap_or((text, ""));
        let ip: Ipv6Addr = ip.parse().ok()?;
        let at = self.blocks.iter().position(|block| block.contains(&ip) && len.parse().map_or(true, |len: u8| len >= 56))?;
        Some(format!("block {at}, number {:x}/{len}", u128::from(ip) & u128::from(self.blocks[at].hostmask())))
    }
}

/// Everything that is described, one text an object, in order: with variables in the place of ids, without what is another one each time.
fn described(host: &mut Lone, variables: Table<String, String>) -> Vec<String> {
    let names = Names::of(host, variables);
    let mut all = Vec::new();
    for action in actions().filter(|action| action.name.starts_with("Describe")) {
        // Tags are told of with what has them.
        let skipped =
            ["DescribeInstanceTypes", "DescribeAvailabilityZones", "DescribeAccountAttributes", "DescribePrefixLists", "DescribeTags"];
        if skipped.contains(&action.name) {
            continue;
        }
        let Ok(Value::Object(answer)) = host.call("ec2", action.name, &Map::new()) else { continue };
        for (list, objects) in &answer {
            for object in objects.as_array().into_iter().flatten() {
                let inner = object.get("Instances").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![object.clone()]);
                all.extend(inner.iter().filter(|object| lives(object)).map(|object| format!("{list} {}", plain("", object, &names))));
            }
        }
    }
    all.sort();
    all
}

/// Peering connections that have ended are listed for a while.
fn lives(object: &Value) -> bool {
    !matches!(object["Status"]["Code"].as_str(), Some("rejected" | "failed" | "expired" | "deleted"))
}

fn plain(name: &str, value: &Value, names: &Names) -> Value {
    match value {
        // The names of endpoints have ids in them.
        _ if matches!(name, "StateReason" | "StateTransitionReason" | "DnsEntries") => json!("?"),
        Value::String(_)
            if matches!(
                name,
                "MacAddress"
                    | "PublicIp"
                    | "PublicIpAddress"
                    | "PublicDnsName"
                    | "LaunchTime"
                    | "AttachTime"
                    | "CreateTime"
                    | "CreationTime"
                    | "CreationTimestamp"
                    | "RequesterId"
                    | "ExpirationTime"
            ) =>
        {
            json!("?")
        }
        Value::String(text) => {
            let word = |text: &str| {
                let tail = text.rsplit(['-', '/']).next().unwrap();
                let is_id = tail.len() == 17 && tail.bytes().all(|byte| byte.is_ascii_hexdigit()) && name != "ImageId";
                let plain = if is_id { text.trim_end_matches(tail) } else { text };
                names.inside(text).or_else(|| names.variables.get(text).cloned()).unwrap_or_else(|| plain.to_owned())
            };
            json!(text.split(' ').map(word).collect::<Vec<_>>().join(" "))
        }
        Value::Array(values) => {
            let gone = |value: &&Value| value.get("State") != Some(&json!("blackhole"));
            let mut values: Vec<Value> = values.iter().filter(gone).map(|value| plain(name, value, names)).collect();
            if !matches!(name, "PrivateIpAddresses" | "Groups" | "NetworkInterfaces") {
                values.sort_by_key(Value::to_string);
            }
            values.into()
        }
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), plain(name, value, names))).collect(),
        _ => value.clone(),
    }
}

/// Writes the script of a world, runs it, and compares.
fn check(scenario: &Scenario) -> Vec<String> {
    let written = script(scenario);
    let (mut host, shell) = rebuilt(&written.text);
    let mut new = Table::new();
    let mut old = Table::new();
    for (id, name) in written.variables.iter() {
        if let Some(value) = shell.variable(name) {
            new.insert(value.to_owned(), name.clone());
            old.insert(id.clone(), name.clone());
        }
    }
    let (was, is) = (described(&mut Lone::of(scenario.clone()), old), described(&mut host, new));
    let missing: Vec<&String> = was.iter().filter(|object| !is.contains(object)).collect();
    let more: Vec<&String> = is.iter().filter(|object| !was.contains(object)).collect();
    assert!(missing.is_empty() && more.is_empty(), "not there: {missing:#?}\nnew: {more:#?}\n{}", written.text);
    assert_eq!(was.len(), is.len());
    written.left_out
}

/// What no script can do; everything else that a script says it leaves out is a fault.
fn is_known(sentence: &str) -> bool {
    ["is gone", "lost the one it had", "launched one by one", "it has ended", "its last change failed"]
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
    }
}

/// Bash reads the script, and runs it to its end where `aws` is somebody who answers everything with a word: so every variable is set before it
/// is used.
fn runs_in_bash(text: &str) {
    let run = |arguments: &[&str], input: String| {
        let bash = std::process::Command::new("bash").args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut bash = bash.unwrap();
        bash.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = bash.wait_with_output().unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && complaints.is_empty(), "{complaints}\n{text}");
    };
    run(&["-n"], text.to_owned());
    run(&["--noprofile", "--norc"], format!("aws() {{ if [[ $* == *--query* ]]; then echo answer; fi; }}\n{text}"));
}

/// The account at the end of lines that are run in a fresh one.
fn after(lines: &str) -> Scenario {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let printed = shell.run(&mut host, lines);
    assert_eq!(shell.exit(), 0, "{printed:#?}");
    load(host.save().as_bytes()).unwrap().0
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

/// A VPC with a subnet, an internet gateway and three Elastic IPs.
const GROUND: &str = r#"set -e
    VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
    SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
    IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
    aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
    ONE=$(aws ec2 allocate-address --query AllocationId --output text)
    TWO=$(aws ec2 allocate-address --query AllocationId --output text)
    TABLE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
    "#;

/// Checks the account that such lines make on that ground, and gives its script.
fn comes_back(lines: &str) -> String {
    let scenario = after(&format!("{GROUND}{lines}"));
    assert_eq!(check(&scenario), Vec::<String>::new());
    let text = script(&scenario).text;
    runs_in_bash(&text);
    text
}

fn stand_in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("{line} is missing, or too early, in\n{text}")).1;
    }
}

// rules: C1
#[test]
fn peering_connections_come_back_before_the_rules_and_routes_that_speak_of_them() {
    let text = comes_back(
        r#"
        OTHER=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
        THIRD=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
        aws ec2 create-vpc-peering-connection --vpc-id $OTHER --peer-vpc-id $THIRD
        PEER=$(aws ec2 create-vpc-peering-connection --vpc-id $VPC --peer-vpc-id $OTHER \
            --tag-specifications 'ResourceType=vpc-peering-connection,Tags=[{Key=Name,Value=to the shop}]' \
            --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
        aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PEER
        aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id $PEER \
            --accepter-peering-connection-options AllowDnsResolutionFromRemoteVpc=true
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id $PEER
        FAR=$(aws ec2 create-security-group --group-name far --description far --vpc-id $OTHER --query GroupId --output text)
        NEAR=$(aws ec2 create-security-group --group-name near --description near --vpc-id $VPC --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $NEAR --source-group $FAR --protocol tcp --port 443"#,
    );
    stand_in_order(
        &text,
        &[
            "PEERING_TO_THE_SHOP=$(aws ec2 create-vpc-peering-connection",
            "aws ec2 wait vpc-peering-connection-exists",
            "aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PEERING_TO_THE_SHOP\n",
            "aws ec2 authorize-security-group-ingress",
            "--vpc-peering-connection-id $PEERING_TO_THE_SHOP\n",
            "aws ec2 modify-vpc-peering-connection-options",
        ],
    );
    assert_eq!(text.matches("accept-vpc-peering-connection").count(), 1, "{text}");
}

// rules: C1
#[test]
fn nat_gateways_come_back_with_their_addresses_and_are_waited_for() {
    let text = comes_back(
        r#"
        NAT=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --allocation-id $TWO --secondary-allocation-ids $ONE \
            --private-ip-address 10.0.1.99 --secondary-private-ip-addresses 10.0.1.77 \
            --tag-specifications 'ResourceType=natgateway,Tags=[{Key=Name,Value=out}]' --query NatGateway.NatGatewayId --output text)
        aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT
        INNER=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --connectivity-type private --query NatGateway.NatGatewayId --output text)
        aws ec2 wait nat-gateway-available --nat-gateway-ids $INNER
        aws ec2 assign-private-nat-gateway-address --nat-gateway-id $INNER --private-ip-address-count 2
        ENI=$(aws ec2 describe-nat-gateways --nat-gateway-ids $INNER \
            --query 'NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId' --output text)
        aws ec2 create-tags --resources $ENI --tags Key=Name,Value=inner"#,
    );
    stand_in_order(
        &text,
        &[
            "aws ec2 allocate-address",
            "NAT_OUT=$(aws ec2 create-nat-gateway",
            "aws ec2 wait nat-gateway-available",
            "--nat-gateway-id $NAT_OUT\n",
        ],
    );
    assert!(text.contains("NAT_ENI_1=$(aws ec2 describe-network-interfaces") && !text.contains("NAT_ENI_OUT"), "{text}");
}

// rules: C1
#[test]
fn numbers_inside_of_an_ipv6_block_follow_the_block_that_comes() {
    let text = comes_back(
        r#"
        aws ec2 associate-vpc-cidr-block --vpc-id $VPC --amazon-provided-ipv6-cidr-block
        SIX=$(aws ec2 create-vpc --cidr-block 10.6.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
        aws ec2 create-tags --resources $SIX --tags Key=Name,Value=six
        BLOCK=$(aws ec2 describe-vpcs --vpc-ids $SIX --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text)
        INNER=$(aws ec2 create-subnet --vpc-id $SIX --cidr-block 10.6.1.0/24 --ipv6-cidr-block ${BLOCK%00::/56}0a::/64 \
            --query Subnet.SubnetId --output text)
        aws ec2 modify-subnet-attribute --subnet-id $INNER --assign-ipv6-address-on-creation
        aws ec2 create-network-interface --subnet-id $INNER --ipv6-addresses Ipv6Address=${BLOCK%00::/56}0a::77 --enable-primary-ipv6
        aws ec2 create-network-interface --subnet-id $INNER --ipv6-prefixes Ipv6Prefix=${BLOCK%00::/56}0a:1::/80
        EIGW=$(aws ec2 create-egress-only-internet-gateway --vpc-id $SIX \
            --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)
        OUT=$(aws ec2 create-route-table --vpc-id $SIX --query RouteTable.RouteTableId --output text)
        aws ec2 create-route --route-table-id $OUT --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $EIGW
        GROUP=$(aws ec2 create-security-group --group-name six --description six --vpc-id $SIX --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $GROUP \
            --ip-permissions "IpProtocol=tcp,FromPort=22,ToPort=22,Ipv6Ranges=[{CidrIpv6=${BLOCK%00::/56}0a::/64}]"
        ACL=$(aws ec2 describe-network-acls --filters Name=vpc-id,Values=$SIX --query 'NetworkAcls[0].NetworkAclId' --output text)
        aws ec2 delete-network-acl-entry --network-acl-id $ACL --egress --rule-number 101"#,
    );
    let lines = [
        "--amazon-provided-ipv6-cidr-block",
        "IPV6_SIX=$(aws ec2 describe-vpcs",
        "IPV6_SIX=${IPV6_SIX%00::/56}",
        "--ipv6-cidr-block ${IPV6_SIX}0a::/64",
        "EIGW_1=$(aws ec2 create-egress-only-internet-gateway",
        "${IPV6_SIX}0a::/64",
        "--egress-only-internet-gateway-id $EIGW_1",
    ];
    stand_in_order(&text, &lines);
    // Nobody needs to know the other one.
    assert!(!text.contains("IPV6_1=") && !text.contains("2001:db8"), "{text}");
}

// rules: C1
#[test]
fn endpoints_come_back_with_their_routes_and_addresses() {
    let text = comes_back(
        r#"
        NEAR=$(aws ec2 create-security-group --group-name near --description near --vpc-id $VPC --query GroupId --output text)
        aws ec2 create-network-interface --subnet-id $SUBNET --private-ip-address 10.0.1.4
        aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
        SSM=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.ssm \
            --subnet-ids $SUBNET --security-group-ids $NEAR --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text)
        aws ec2 modify-vpc-attribute --vpc-id $VPC --no-enable-dns-hostnames
        aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.s3 --route-table-ids $TABLE \
            --tag-specifications 'ResourceType=vpc-endpoint,Tags=[{Key=Name,Value=store}]'
        ENI=$(aws ec2 describe-vpc-endpoints --vpc-endpoint-ids $SSM --query 'VpcEndpoints[0].NetworkInterfaceIds[0]' --output text)
        aws ec2 create-tags --resources $ENI --tags Key=Name,Value=door"#,
    );
    let lines = [
        "ENDPOINT_SSM=$(aws ec2 create-vpc-endpoint",
        "Ipv4=10.0.1.5",
        "ENDPOINT_ENI_1=$(aws ec2 describe-network-interfaces",
        "TABLE_1=$(aws ec2 create-route-table",
        "ENDPOINT_STORE=$(aws ec2 create-vpc-endpoint",
        "--no-enable-dns-hostnames",
    ];
    stand_in_order(&text, &lines);
    assert!(!text.contains("create-route "), "{text}");
}

// rules: C1
#[test]
fn prefix_lists_come_back_with_their_versions() {
    let text = comes_back(
        r#"
        LIST=$(aws ec2 create-managed-prefix-list --prefix-list-name offices --address-family IPv4 --max-entries 3 \
            --entries Cidr=10.1.0.0/16,Description=one Cidr=10.2.0.0/16 --query PrefixList.PrefixListId --output text)
        aws ec2 modify-managed-prefix-list --prefix-list-id $LIST --current-version 1 --remove-entries Cidr=10.1.0.0/16 \
            --add-entries Cidr=10.3.0.0/16
        aws ec2 modify-managed-prefix-list --prefix-list-id $LIST --current-version 2 --add-entries Cidr=10.4.0.0/16
        aws ec2 restore-managed-prefix-list-version --prefix-list-id $LIST --current-version 3 --previous-version 1
        SMALL=$(aws ec2 create-managed-prefix-list --prefix-list-name small --address-family IPv4 --max-entries 7 \
            --query PrefixList.PrefixListId --output text)
        aws ec2 modify-managed-prefix-list --prefix-list-id $SMALL --max-entries 2"#,
    );
    stand_in_order(&text, &["PL_OFFICES=$(", "--current-version 1", "--current-version 2", "--previous-version 1", "PL_SMALL=$("]);
}

// rules: C1
#[test]
fn vpn_connections_come_back_with_both_ends_and_what_they_propagate() {
    let text = comes_back(
        r#"
        VGW=$(aws ec2 create-vpn-gateway --type ipsec.1 --amazon-side-asn 65001 --query VpnGateway.VpnGatewayId --output text)
        aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC
        CGW=$(aws ec2 create-customer-gateway --type ipsec.1 --ip-address 203.0.113.9 --bgp-asn 65010 --device-name 'in the cellar' \
            --tag-specifications 'ResourceType=customer-gateway,Tags=[{Key=Name,Value=office}]' \
            --query CustomerGateway.CustomerGatewayId --output text)
        VPN=$(aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW \
            --options StaticRoutesOnly=true --query VpnConnection.VpnConnectionId --output text)
        aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16
        aws ec2 enable-vgw-route-propagation --route-table-id $TABLE --gateway-id $VGW
        EDGE=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
        aws ec2 associate-route-table --route-table-id $EDGE --gateway-id $VGW
        aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 172.20.0.0/16 --gateway-id $VGW"#,
    );
    let lines = [
        "aws ec2 attach-vpn-gateway",
        "CGW_OFFICE=$(aws ec2 create-customer-gateway",
        "VPN_1=$(aws ec2 create-vpn-connection",
        "aws ec2 wait vpn-connection-available",
        "aws ec2 create-vpn-connection-route",
        "aws ec2 enable-vgw-route-propagation",
    ];
    stand_in_order(&text, &lines);
    // What is propagated is not written.
    assert_eq!((text.matches("192.168.0.0/16").count(), text.matches("create-route ").count()), (1, 1), "{text}");
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
    let own = scenario.network.enis().filter(|eni| eni.requester.is_none()).count();
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
