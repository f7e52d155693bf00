//! The instance metadata service, as `curl` on an instance meets it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::shell::{Lone, Shell};

/// What a line prints, and how it ends.
fn asked(host: &mut Lone, line: &str) -> (String, u8) {
    let mut shell = Shell::new();
    let text = shell.run(host, line).into_iter().map(|(_, text)| text).collect();
    (text, shell.status())
}

/// What `web` is told at a path.
fn told(host: &mut Lone, path: &str) -> String {
    asked(host, &format!("ssh web curl -sf http://169.254.169.254/latest/{path}")).0
}

const LAUNCH: &str = "aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --key-name mine --tag-specifications \
                      'ResourceType=instance,Tags=[{Key=Name,Value=web},{Key=Role,Value=front}]'";
const ID: &str = "i-00000000000000001";

/// A new account in whose default VPC `web` runs, with a public address.
fn region(more: &str) -> Lone {
    let mut host = Lone::new("us-east-1", false).unwrap();
    assert_eq!(asked(&mut host, "aws ec2 create-key-pair --key-name mine").1, 0);
    assert_eq!(asked(&mut host, &format!("{LAUNCH} {more}")).1, 0);
    host
}

fn modify(host: &mut Lone, options: &str) -> (String, u8) {
    asked(host, &format!("aws ec2 modify-instance-metadata-options --instance-id {ID} {options}"))
}

fn status(host: &mut Lone, more: &str, path: &str) -> String {
    asked(host, &format!("ssh web curl -s -o /dev/null -w '%{{http_code}}' {more} http://169.254.169.254/{path}")).0
}

// rules: G11 A31 I5 I6
#[test]
fn an_instance_is_told_of_itself() {
    let mut host = region("");
    for (path, wanted) in [
        ("meta-data/instance-id", ID),
        ("meta-data/instance-type", "t3.micro"),
        ("meta-data/ami-id", "ami-00000000000000001"),
        ("meta-data/hostname", "ip-172-31-0-4.ec2.internal"),
        ("meta-data/local-hostname", "ip-172-31-0-4.ec2.internal"),
        ("meta-data/local-ipv4", "172.31.0.4"),
        ("meta-data/public-ipv4", "203.0.113.1"),
        ("meta-data/public-hostname", "ec2-203-0-113-1.compute-1.amazonaws.com"),
        ("meta-data/placement/availability-zone", "us-east-1a"),
        ("meta-data/placement/", "availability-zone\nregion"),
        ("meta-data/placement", "availability-zone\nregion"),
        ("meta-data/security-groups", "default"),
        ("meta-data/public-keys/", "0=mine"),
        ("", "dynamic\nmeta-data"),
        ("dynamic/", "instance-identity/"),
    ] {
        assert_eq!(told(&mut host, path), wanted, "{path}");
    }
    let list = told(&mut host, "meta-data/");
    assert!(list.starts_with("ami-id\nami-launch-index\n") && list.contains("\nnetwork/\nplacement/\n") && !list.ends_with('\n'), "{list}");
    assert!(told(&mut host, "dynamic/instance-identity/document").contains("\n  \"region\" : \"us-east-1\",\n"));
    let (page, exit) = asked(&mut host, "ssh web curl http://169.254.169.254/latest/meta-data/nothing");
    assert!(page.contains("<title>404 - Not Found</title>") && exit == 0, "{page}");
    let error = "curl: (22) The requested URL returned error: 404\n".to_owned();
    assert_eq!(asked(&mut host, "ssh web curl -f http://169.254.169.254/latest/meta-data/nothing"), (error, 22));
    // The public address is a setting of the gateway: the guest has it nowhere else, and it goes with the address.
    let take = "aws ec2 modify-network-interface-attribute --network-interface-id eni-00000000000000001 --no-associate-public-ip-address";
    asked(&mut host, take);
    asked(&mut host, &format!("aws ec2 stop-instances --instance-ids {ID}; aws ec2 start-instances --instance-ids {ID}"));
    assert_ne!(told(&mut host, "meta-data/public-ipv4"), "203.0.113.1");
}

// rules: G11 A31
#[test]
fn each_interface_is_told_of_by_its_mac() {
    let mut host = region("");
    let made = "SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
ENI=$(aws ec2 create-network-interface --subnet-id $SUBNET --private-ip-address 172.31.0.50 --query NetworkInterface.NetworkInterfaceId --output text)
X=$(aws ec2 assign-private-ip-addresses --network-interface-id $ENI --private-ip-addresses 172.31.0.51)
X=$(aws ec2 attach-network-interface --network-interface-id $ENI --instance-id i-00000000000000001 --device-index 1)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
X=$(aws ec2 associate-address --allocation-id $EIP --network-interface-id $ENI --private-ip-address 172.31.0.51)
aws ec2 describe-network-interfaces --network-interface-ids $ENI --query 'NetworkInterfaces[0].MacAddress' --output text";
    let mac = asked(&mut host, made).0.trim_end().to_owned();
    let macs = told(&mut host, "meta-data/network/interfaces/macs/");
    assert!(macs.lines().count() == 2 && macs.contains(&format!("{mac}/")), "{macs}");
    let own = told(&mut host, "meta-data/mac");
    assert!(own != mac && macs.contains(&own));
    for (path, wanted) in [
        ("device-number", "1"),
        ("interface-id", "eni-00000000000000002"),
        ("local-ipv4s", "172.31.0.50\n172.31.0.51"),
        ("public-ipv4s", "203.0.113.2"),
        ("ipv4-associations/", "203.0.113.2"),
        ("ipv4-associations/203.0.113.2", "172.31.0.51"),
        ("local-hostname", "ip-172-31-0-50.ec2.internal"),
        ("owner-id", "123456789012"),
        ("subnet-ipv4-cidr-block", "172.31.0.0/20"),
        ("vpc-ipv4-cidr-block", "172.31.0.0/16"),
        ("vpc-id", "vpc-00000000000000001"),
        ("ipv6s", ""),
    ] {
        assert_eq!(told(&mut host, &format!("meta-data/network/interfaces/macs/{mac}/{path}")), wanted, "{path}");
    }
}

// rules: G12
#[test]
fn a_token_is_asked_for_and_shown() {
    let mut host = region("--metadata-options HttpTokens=required");
    let put = "-X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'";
    let lines = "TOKEN=$(ssh web curl -s -X PUT http://169.254.169.254/latest/api/token -H \"X-aws-ec2-metadata-token-ttl-seconds: 60\")
ssh web curl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/instance-id
echo \" $TOKEN\"";
    let (text, exit) = asked(&mut host, lines);
    let (id, token) = text.trim_end().split_once(' ').unwrap();
    assert_eq!((id, exit, token.len()), (ID, 0, 56), "{text}");
    let shown = format!("-H 'X-aws-ec2-metadata-token: {token}'");
    let other = format!("-H 'X-aws-ec2-metadata-token: {}'", token.replace("AQAEA", "AQAEB"));
    for (more, path, wanted) in [
        (put, "latest/api/token", "200"),
        ("-X PUT", "latest/api/token", "400"),
        ("-X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21601'", "latest/api/token", "400"),
        ("-X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 0'", "latest/api/token", "400"),
        (&format!("{put} -H 'X-Forwarded-For: 10.0.0.1'"), "latest/api/token", "403"),
        ("", "latest/meta-data/", "401"),
        (&other, "latest/meta-data/", "401"),
        (&shown, "latest/meta-data/", "200"),
        (&shown, "latest/meta-data/nothing", "404"),
        ("-X POST", "latest/meta-data/", "405"),
    ] {
        assert_eq!(status(&mut host, more, path), wanted, "{more} {path}");
    }
    // It is good for as long as was asked, and on the instance that asked.
    let launch = LAUNCH.replace("Value=web", "Value=other");
    asked(&mut host, &launch);
    let elsewhere = format!("ssh other curl -s -o /dev/null -w '%{{http_code}}' {shown} http://169.254.169.254/latest/meta-data/");
    assert_eq!(asked(&mut host, &elsewhere).0, "401");
    asked(&mut host, "wait 60s");
    assert_eq!(status(&mut host, &shown, "latest/meta-data/"), "401");
    // Where none is needed, a bad one is refused all the same.
    assert_eq!(modify(&mut host, "--http-tokens optional").1, 0);
    assert_eq!(status(&mut host, "", "latest/meta-data/"), "200");
    assert_eq!(status(&mut host, &shown, "latest/meta-data/"), "401");
}

// rules: G12
#[test]
fn what_the_service_does_is_a_setting_of_the_instance() {
    let mut host = region("");
    assert_eq!(status(&mut host, "", "latest/meta-data/tags/"), "404");
    let (text, exit) = modify(&mut host, "--instance-metadata-tags enabled --http-put-response-hop-limit 2");
    let wanted = "{
    \"InstanceId\": \"i-00000000000000001\",
    \"InstanceMetadataOptions\": {
        \"State\": \"applied\",
        \"HttpTokens\": \"optional\",
        \"HttpPutResponseHopLimit\": 2,
        \"HttpEndpoint\": \"enabled\",
        \"HttpProtocolIpv6\": \"disabled\",
        \"InstanceMetadataTags\": \"enabled\"
    }
}
";
    assert_eq!((text.as_str(), exit), (wanted, 0));
    assert_eq!(told(&mut host, "meta-data/tags/instance/"), "Name\nRole");
    assert_eq!(told(&mut host, "meta-data/tags/instance/Role"), "front");
    let read = "aws ec2 describe-instances --filters Name=metadata-options.http-endpoint,Values=disabled --query 'length(Reservations)'";
    assert_eq!(asked(&mut host, read).0, "0\n");
    modify(&mut host, "--http-endpoint disabled");
    assert_eq!(status(&mut host, "", "latest/meta-data/"), "403");
    assert_eq!(asked(&mut host, read).0, "1\n");
    // A document keeps it, and it is seen by a program on the instance of the same name.
    let mut again = Lone::of(eni_playground::scenario::load(host.save().as_bytes()).unwrap().0);
    assert_eq!(status(&mut again, "", "latest/meta-data/"), "403");
    asked(&mut again, "aws ec2 modify-instance-metadata-options --instance-id i-00000000000000001 --http-endpoint enabled");
    assert_eq!(told(&mut again, "meta-data/tags/instance/Role"), "front");
    assert_eq!(
        asked(&mut host, "aws ec2 modify-instance-metadata-options --instance-id i-00000000000000009 --http-tokens required").1,
        254
    );
    assert_eq!(modify(&mut host, "--http-put-response-hop-limit 65").1, 254);
}

// rules: S48 F22
#[test]
fn nothing_filters_the_service_and_only_its_port_answers() {
    let mut host = region("");
    let closed = "aws ec2 revoke-security-group-egress --group-id $(aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' \
                  --output text) --ip-permissions '[{\"IpProtocol\":\"-1\",\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}]'
ACL=$(aws ec2 describe-network-acls --query 'NetworkAcls[0].NetworkAclId' --output text)
aws ec2 delete-network-acl-entry --network-acl-id $ACL --rule-number 100 --egress
aws ec2 delete-network-acl-entry --network-acl-id $ACL --rule-number 100 --ingress";
    assert_eq!(asked(&mut host, closed).1, 0);
    assert_eq!(asked(&mut host, "ssh web curl -s -m 2 http://198.51.100.1/").1, 28, "the group is closed");
    assert_eq!(told(&mut host, "meta-data/instance-id"), ID);
    assert_eq!(asked(&mut host, "ssh web curl -s -m 2 http://169.254.169.254:81/").1, 28);
    assert_eq!(asked(&mut host, "ssh web ping -c 1 -W 1 169.254.169.254").1, 1);
}

// rules: E29 G11
#[test]
fn what_was_forced_off_is_told_of_until_the_instance_stops() {
    let mut host = region("");
    let made = "SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
ENI=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
TIE=$(aws ec2 attach-network-interface --network-interface-id $ENI --instance-id i-00000000000000001 --device-index 1 --query AttachmentId --output text)";
    let macs = |host: &mut Lone| told(host, "meta-data/network/interfaces/macs/").lines().count();
    assert_eq!(asked(&mut host, &format!("{made}\naws ec2 detach-network-interface --attachment-id $TIE")).1, 0);
    assert_eq!(macs(&mut host), 1, "what was detached in peace is gone");
    let again = made.split_once("TIE=").unwrap().1.replace("$ENI", "eni-00000000000000002");
    assert_eq!(asked(&mut host, &format!("TIE={again}\naws ec2 detach-network-interface --attachment-id $TIE --force")).1, 0);
    assert_eq!(macs(&mut host), 2);
    asked(&mut host, &format!("aws ec2 stop-instances --instance-ids {ID}; aws ec2 start-instances --instance-ids {ID}"));
    assert_eq!(macs(&mut host), 1);
}

// rules: G12 G11
#[test]
fn a_line_in_one_piece_is_read_by_the_shell_on_the_instance() {
    let mut host = region("--metadata-options HttpTokens=required");
    let line = "ssh web 'TOKEN=$(curl -s -X PUT \"http://169.254.169.254/latest/api/token\" -H \"X-aws-ec2-metadata-token-ttl-seconds: 21600\") && \
                curl -s -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/latest/meta-data/local-ipv4; echo \" [$TOKEN$ID]\"'";
    let (text, exit) = asked(&mut host, &format!("ID=here\n{line}"));
    assert!(text.starts_with("172.31.0.4 [AQAEA") && text.ends_with("==]\n") && exit == 0, "{text}");
    assert_eq!(asked(&mut host, "ssh web 'sudo listen tcp 8080; true'"), (String::new(), 0));
    assert_eq!(asked(&mut host, "ssh web sudo curl -s nowhere").1, 6);
    let (text, exit) = asked(&mut host, "ssh web 'aws ec2 describe-vpcs'");
    assert!(text.starts_with("Unable to locate credentials.") && exit == 253, "{text}");
}

// rules: G12 I7
#[test]
fn over_ipv6_the_service_answers_once_it_is_told_to() {
    let mut host = Lone::new("us-east-1", true).unwrap();
    let made = format!(
        "VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
BLOCK=$(aws ec2 describe-vpcs --vpc-ids $VPC --query 'Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock' --output text)
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --ipv6-cidr-block ${{BLOCK%/56}}/64 --query Subnet.SubnetId --output text)
aws ec2 create-key-pair --key-name mine > /dev/null
{LAUNCH} --subnet-id $S --ipv6-address-count 1 > /dev/null"
    );
    assert_eq!(asked(&mut host, &made), (String::new(), 0));
    let ask = "ssh web curl -s -m 2 'http://[fd00:ec2::254]/latest/meta-data/instance-id'";
    assert_eq!(asked(&mut host, ask), (String::new(), 28));
    assert_eq!(told(&mut host, "meta-data/instance-id"), ID, "over IPv4 it does in any case");
    assert_eq!(modify(&mut host, "--http-protocol-ipv6 enabled").1, 0);
    assert_eq!(asked(&mut host, ask), (ID.to_owned(), 0));
    assert_eq!(modify(&mut host, "--http-protocol-ipv6 disabled").1, 0);
    assert_eq!(asked(&mut host, ask).1, 28);
}
