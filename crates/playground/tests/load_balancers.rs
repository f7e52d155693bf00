//! Network Load Balancers through their own calls: shown as AWS shows them, in documents, scripts, undo, and in what the page tells.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::load;
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, Stream};
use serde_json::{Value, json};

const MADE: &str = "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name door --description door --vpc-id $VPC --query GroupId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --private-ip-address 10.0.1.10 --query 'Instances[0].InstanceId' --output text)
LB=$(aws elbv2 create-load-balancer --name shop --type network --scheme internal --security-groups $SG --subnet-mappings SubnetId=$S,PrivateIPv4Address=10.0.1.80 --tags Key=Team,Value=web --query 'LoadBalancers[0].LoadBalancerArn' --output text)
TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 80 --vpc-id $VPC --query 'TargetGroups[0].TargetGroupArn' --output text)
X=$(aws elbv2 modify-target-group-attributes --target-group-arn $TG --attributes Key=preserve_client_ip.enabled,Value=false Key=deregistration_delay.timeout_seconds,Value=20)
X=$(aws elbv2 modify-load-balancer-attributes --load-balancer-arn $LB --attributes Key=load_balancing.cross_zone.enabled,Value=true)
X=$(aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 443 --default-actions Type=forward,TargetGroupArn=$TG)
aws elbv2 register-targets --target-group-arn $TG --targets Id=$A Id=$A,Port=8080
";

fn lone() -> (Lone, Shell) {
    let (mut host, mut shell) = (Lone::new("us-east-1", true).unwrap(), Shell::new());
    let printed = shell.run(&mut host, MADE);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{printed:?}");
    (host, shell)
}

fn told(host: &mut Lone, shell: &mut Shell, line: &str) -> Value {
    let printed: String = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

// rules: R70 R72 R73 R75
#[test]
fn they_are_shown_as_aws_shows_them() {
    let (mut host, mut shell) = lone();
    let arn = |what: &str| format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:{what}");
    let balancer = told(&mut host, &mut shell, "aws elbv2 describe-load-balancers --names shop");
    let subnet = balancer["LoadBalancers"][0]["AvailabilityZones"][0]["SubnetId"].clone();
    let group = balancer["LoadBalancers"][0]["SecurityGroups"][0].clone();
    let vpc = balancer["LoadBalancers"][0]["VpcId"].clone();
    let lb = arn("loadbalancer/net/shop/0000000000000001");
    assert_eq!(
        balancer["LoadBalancers"],
        json!([{"LoadBalancerArn": lb, "DNSName": "shop-0000000000000001.elb.us-east-1.amazonaws.com",
            "CanonicalHostedZoneId": "Z26RNL4JYFTOTI", "CreatedTime": balancer["LoadBalancers"][0]["CreatedTime"],
            "LoadBalancerName": "shop", "Scheme": "internal", "VpcId": vpc, "State": {"Code": "active"}, "Type": "network",
            "AvailabilityZones": [{"ZoneName": "us-east-1a", "SubnetId": subnet, "LoadBalancerAddresses": [{"PrivateIPv4Address": "10.0.1.80"}]}],
            "SecurityGroups": [group], "IpAddressType": "ipv4"}])
    );
    let tg = arn("targetgroup/web/0000000000000001");
    assert_eq!(
        told(&mut host, &mut shell, &format!("aws elbv2 describe-target-groups --load-balancer-arn {lb}"))["TargetGroups"],
        json!([{"TargetGroupArn": tg, "TargetGroupName": "web", "Protocol": "TCP", "Port": 80, "VpcId": vpc, "HealthCheckProtocol": "TCP",
            "HealthCheckPort": "traffic-port", "HealthCheckEnabled": true, "HealthCheckIntervalSeconds": 30, "HealthCheckTimeoutSeconds": 10,
            "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2, "LoadBalancerArns": [lb], "TargetType": "instance", "IpAddressType": "ipv4"}])
    );
    assert_eq!(
        told(&mut host, &mut shell, &format!("aws elbv2 describe-listeners --load-balancer-arn {lb}"))["Listeners"],
        json!([{"ListenerArn": arn("listener/net/shop/0000000000000001/0000000000000001"), "LoadBalancerArn": lb, "Port": 443,
            "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": tg}]}])
    );
    let health = told(&mut host, &mut shell, &format!("aws elbv2 describe-target-health --target-group-arn {tg}"));
    let id = health["TargetHealthDescriptions"][0]["Target"]["Id"].clone();
    assert_eq!(
        health["TargetHealthDescriptions"][1],
        json!({"Target": {"Id": id, "Port": 8080}, "HealthCheckPort": "8080",
            "TargetHealth": {"State": "initial", "Reason": "Elb.InitialHealthChecking", "Description": "Initial health checks in progress"}})
    );
    for (line, code) in [
        ("aws elbv2 describe-load-balancers --names other", "LoadBalancerNotFound"),
        ("aws elbv2 describe-target-groups --names other", "TargetGroupNotFound"),
        ("aws elbv2 describe-listeners", "ValidationError"),
        (
            "aws elbv2 describe-target-health --target-group-arn arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/9",
            "TargetGroupNotFound",
        ),
        ("aws elbv2 create-load-balancer --name web --subnets subnet-00000000000000001", "ValidationError"),
        ("aws elbv2 modify-load-balancer-attributes --load-balancer-arn x --attributes Key=colour,Value=red", "ValidationError"),
    ] {
        let printed: String = shell.run(&mut host, line).into_iter().map(|(_, text)| text).collect();
        assert!(printed.contains(&format!("({code})")), "{line}: {printed}");
    }
}

// rules: R70 R73 R74
#[test]
fn documents_keep_all_of_it_and_a_script_brings_it_back() {
    let (host, _) = lone();
    let saved = host.save();
    let loaded = load(saved.as_bytes()).unwrap().0;
    let (group, balancer) = (loaded.network.target_groups().next().unwrap(), loaded.network.load_balancers().next().unwrap());
    assert_eq!((group.targets.len(), group.keeps_client, group.drain_secs), (2, Some(false), 20));
    assert_eq!((balancer.cross_zone, balancer.listeners.len(), balancer.tags.len()), (true, 1, 1));
    assert!(loaded.network.eni(balancer.nodes[0].eni).is_some());
    let script = eni_playground::script::script(&loaded);
    let mut again = Lone::new("us-east-1", true).unwrap();
    let printed = Shell::new().run(&mut again, &script.text);
    assert!(printed.iter().all(|(stream, _)| *stream == Stream::Out), "{}\n{printed:?}", script.text);
    let of = |saved: &str| load(saved.as_bytes()).unwrap().0.network;
    let (one, two) = (of(&saved), of(&again.save()));
    let shape = |network: &eni_core::model::network::Network| {
        let balancer = network.load_balancers().next().unwrap().clone();
        let group = network.target_groups().next().unwrap().clone();
        let ip = network.eni(balancer.nodes[0].eni).unwrap().primary_ip();
        (
            balancer.listeners.len(),
            balancer.cross_zone,
            balancer.groups.len(),
            ip,
            group.keeps_client,
            group.drain_secs,
            group.targets.len(),
        )
    };
    assert_eq!(shape(&one), shape(&two), "{}", script.text);
    assert!(!script.left_out.iter().any(|line| line.contains("elasticloadbalancing") || line.contains("eni-")), "{:?}", script.left_out);
}

// rules: R70
#[test]
fn what_is_done_is_undone_and_told_where_its_interface_is_looked_at() {
    let mut session = Session::open("").unwrap();
    let mut call = |service: &str, action: &str, parameters: Value| {
        let act = json!({"kind": "api", "service": service, "action": action, "parameters": parameters});
        session.execute(&Act::from_json(&act).unwrap()).result.unwrap()
    };
    let subnets = call("ec2", "DescribeSubnets", json!({}));
    let (subnet, vpc) = (subnets["Subnets"][0]["SubnetId"].clone(), subnets["Subnets"][0]["VpcId"].clone());
    let made = call("elbv2", "CreateLoadBalancer", json!({"Name": "shop", "Type": "network", "Scheme": "internal", "Subnets": [subnet]}));
    assert_eq!(made["LoadBalancers"][0]["State"]["Code"], "provisioning");
    let group = call("elbv2", "CreateTargetGroup", json!({"Name": "web", "Protocol": "TCP", "Port": 80, "VpcId": vpc}));
    let action = json!([{"Type": "forward", "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]}]);
    let lb = made["LoadBalancers"][0]["LoadBalancerArn"].clone();
    call("elbv2", "CreateListener", json!({"LoadBalancerArn": lb, "Protocol": "TCP", "Port": 80, "DefaultActions": action}));
    let enis = call("ec2", "DescribeNetworkInterfaces", json!({"Filters": [{"Name": "description", "Values": ["ELB net/shop/*"]}]}));
    let eni = enis["NetworkInterfaces"][0]["NetworkInterfaceId"].as_str().unwrap().to_owned();
    let facts = session.details(&format!("eni:{eni}")).unwrap().facts;
    let told: Vec<&str> = facts.iter().filter(|fact| fact.name == "Load balancer").map(|fact| &*fact.value).collect();
    assert_eq!(told, ["shop-0000000000000001.elb.us-east-1.amazonaws.com\nTCP:80 → web"]);
    let after = session.document();
    assert!(session.undo() && session.undo() && session.undo());
    assert!(!session.document().contains("elasticloadbalancing"));
    assert!(session.redo() && session.redo() && session.redo() && session.document() == after);
}

// rules: R75
#[test]
fn a_target_that_comes_back_is_checked_from_the_beginning() {
    let (mut host, mut shell) = lone();
    let lets_in =
        "SG=$(aws ec2 describe-instances --instance-ids $A --query 'Reservations[0].Instances[0].SecurityGroups[0].GroupId' --output text)
        aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 10.0.0.0/16 > made.json
        ssh $A listen tcp 80";
    shell.run(&mut host, lets_in);
    // Five checks, one each 30 seconds; the first is made when it is registered.
    for (line, waits, state) in [
        ("", 170, "healthy"),
        ("aws elbv2 deregister-targets --target-group-arn $TG --targets Id=$A,Port=80", 1, "draining"),
        ("aws elbv2 register-targets --target-group-arn $TG --targets Id=$A,Port=80", 1, "initial"),
        ("", 60, "initial"),
        ("", 110, "healthy"),
    ] {
        let first = "--query 'TargetHealthDescriptions[0].TargetHealth.State' --output text";
        let lines = format!("{line}\nwait {waits}s\naws elbv2 describe-target-health --target-group-arn $TG {first}");
        let printed: String = shell.run(&mut host, &lines).into_iter().map(|(_, text)| text).collect();
        assert_eq!(printed.lines().last(), Some(state), "{line}, {waits} s: {printed}");
    }
}

// rules: R75
#[test]
fn in_an_account_without_traffic_targets_stay_new() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let mut call = |service: &str, action: &str, parameters: Value| account.call(service, action, parameters.as_object().unwrap()).unwrap();
    let subnets = call("ec2", "DescribeSubnets", json!({}));
    let (subnet, vpc) = (subnets["Subnets"][0]["SubnetId"].clone(), subnets["Subnets"][0]["VpcId"].clone());
    call("elbv2", "CreateLoadBalancer", json!({"Name": "shop", "Type": "network", "Subnets": [subnet]}));
    let shown = call("elbv2", "DescribeLoadBalancers", json!({}));
    assert_eq!(
        (&shown["LoadBalancers"][0]["Scheme"], &shown["LoadBalancers"][0]["State"]["Code"]),
        (&json!("internet-facing"), &json!("provisioning"))
    );
    let made = call("elbv2", "CreateTargetGroup", json!({"Name": "web", "Protocol": "UDP", "Port": 53, "VpcId": vpc, "TargetType": "ip"}));
    let group = made["TargetGroups"][0]["TargetGroupArn"].clone();
    call("elbv2", "RegisterTargets", json!({"TargetGroupArn": group, "Targets": [{"Id": "172.31.0.9"}]}));
    let health = call("elbv2", "DescribeTargetHealth", json!({"TargetGroupArn": group}));
    assert_eq!(health["TargetHealthDescriptions"][0]["TargetHealth"]["State"], "unused", "no listener leads there");
    let keeps = call("elbv2", "DescribeTargetGroupAttributes", json!({"TargetGroupArn": group}));
    assert_eq!(keeps["Attributes"][0], json!({"Key": "preserve_client_ip.enabled", "Value": "true"}));
}
