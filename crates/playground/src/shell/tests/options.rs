//! Options: the request that a line makes, and what the command line refuses.

use super::super::options::{Asked, read};
use super::super::*;
use super::words;
use serde_json::{Value, json};

/// The request of a line after `aws SERVICE`.
pub(super) fn request(service: &str, line: &str) -> Result<(String, Value), Failure> {
    let words: Vec<String> = std::iter::once(service.to_owned()).chain(words(line)).collect();
    match read(&words)? {
        Asked::Call { action, parameters, .. } => Ok((action.name.to_owned(), Value::Object(parameters))),
        Asked::Help(_) | Asked::Version | Asked::Skeleton(_) | Asked::Wait { .. } => panic!("{line}"),
    }
}

// rules: C1
#[test]
fn options_become_the_members_of_a_request() {
    let (eni, sg, acl) = ("eni-00000000000000001", "sg-00000000000000001", "acl-00000000000000001");
    let cases = [
        ("describe-vpcs".to_owned(), json!({})),
        ("describe-vpcs --vpc-ids a b --dry-run".to_owned(), json!({"VpcIds": ["a", "b"], "DryRun": true})),
        ("describe-vpcs --vpc-ids '[\"a\",\"b\"]' --no-dry-run".to_owned(), json!({"VpcIds": ["a", "b"], "DryRun": false})),
        ("describe-vpcs --max-results=7 --region us-east-1 --output text".to_owned(), json!({"MaxResults": 7})),
        (
            "describe-subnets --filters Name=vpc-id,Values=v,w 'Name=tag:Name,Values=a b'".to_owned(),
            json!({"Filters": [{"Name": "vpc-id", "Values": ["v", "w"]}, {"Name": "tag:Name", "Values": ["a b"]}]}),
        ),
        (
            r#"describe-subnets --filters '[{"Name":"vpc-id","Values":["v"]}]'"#.to_owned(),
            json!({"Filters": [{"Name": "vpc-id", "Values": ["v"]}]}),
        ),
        (
            "create-vpc --cidr-block 10.0.0.0/16 --tag-specifications 'ResourceType=vpc,Tags=[{Key=Name,Value=my vpc},{Key=a,Value=\"b,c\"}]'"
                .to_owned(),
            json!({"CidrBlock": "10.0.0.0/16", "TagSpecifications": [{"ResourceType": "vpc",
                "Tags": [{"Key": "Name", "Value": "my vpc"}, {"Key": "a", "Value": "b,c"}]}]}),
        ),
        (
            format!("create-tags --resources {eni} {sg} --tags Key=a,Value=b Key=c,Value="),
            json!({"Resources": [eni, sg], "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]}),
        ),
        (
            format!("authorize-security-group-ingress --group-id {sg} --protocol tcp --port 80-90 --cidr 0.0.0.0/0"),
            json!({"GroupId": sg, "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 90, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
        ),
        (
            format!("revoke-security-group-egress --group-id {sg} --protocol all --port -1 --source-group {sg}"),
            json!({"GroupId": sg, "IpPermissions": [
                {"IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "UserIdGroupPairs": [{"GroupId": sg}]}]}),
        ),
        (
            format!(
                "authorize-security-group-egress --group-id {sg} --ip-permissions \
                 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{{CidrIp=10.0.0.0/8,Description=in side}}]' \
                 'IpProtocol=-1,UserIdGroupPairs=[{{GroupId={sg}}}]'"
            ),
            json!({"GroupId": sg, "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "in side"}]},
                {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": sg}]}]}),
        ),
        (
            format!(
                "create-network-acl-entry --network-acl-id {acl} --ingress --rule-number 100 --protocol tcp --rule-action allow \
                 --cidr-block 0.0.0.0/0 --port-range From=80,To=80"
            ),
            json!({"NetworkAclId": acl, "Egress": false, "RuleNumber": 100, "Protocol": "6", "RuleAction": "allow",
                "CidrBlock": "0.0.0.0/0", "PortRange": {"From": 80, "To": 80}}),
        ),
        (
            format!("modify-network-interface-attribute --network-interface-id {eni} --no-source-dest-check"),
            json!({"NetworkInterfaceId": eni, "SourceDestCheck": {"Value": false}}),
        ),
        (
            format!("modify-network-interface-attribute --network-interface-id {eni} --description 'my own' --groups {sg} x"),
            json!({"NetworkInterfaceId": eni, "Description": {"Value": "my own"}, "Groups": [sg, "x"]}),
        ),
        (
            format!(
                "modify-network-interface-attribute --network-interface-id {eni} --attachment AttachmentId=a,DeleteOnTermination=true"
            ),
            json!({"NetworkInterfaceId": eni, "Attachment": {"AttachmentId": "a", "DeleteOnTermination": true}}),
        ),
        (
            "modify-vpc-attribute --vpc-id v --enable-dns-hostnames '{\"Value\":true}'".to_owned(),
            json!({"VpcId": "v", "EnableDnsHostnames": {"Value": true}}),
        ),
        (
            "modify-subnet-attribute --subnet-id s --map-public-ip-on-launch".to_owned(),
            json!({"SubnetId": "s", "MapPublicIpOnLaunch": {"Value": true}}),
        ),
        (
            "modify-instance-attribute --instance-id i --instance-type Value=t3.small".to_owned(),
            json!({"InstanceId": "i", "InstanceType": {"Value": "t3.small"}}),
        ),
        (
            "modify-instance-attribute --instance-id i --instance-type t3.small --groups a b".to_owned(),
            json!({"InstanceId": "i", "InstanceType": {"Value": "t3.small"}, "Groups": ["a", "b"]}),
        ),
        ("run-instances --image-id a".to_owned(), json!({"ImageId": "a", "MinCount": 1, "MaxCount": 1})),
        (
            "run-instances --image-id a --count 1:3 --subnet-id s --security-group-ids x y --associate-public-ip-address".to_owned(),
            json!({"ImageId": "a", "MinCount": 1, "MaxCount": 3, "NetworkInterfaces": [
                {"DeviceIndex": 0, "SubnetId": "s", "Groups": ["x", "y"], "AssociatePublicIpAddress": true}]}),
        ),
        (
            "run-instances --image-id a --count 2 --network-interfaces DeviceIndex=0,SubnetId=s,Groups=x,y DeviceIndex=1,NetworkInterfaceId=e"
                .to_owned(),
            json!({"ImageId": "a", "MinCount": 2, "MaxCount": 2, "NetworkInterfaces": [
                {"DeviceIndex": 0, "SubnetId": "s", "Groups": ["x", "y"]}, {"DeviceIndex": 1, "NetworkInterfaceId": "e"}]}),
        ),
        (
            r#"create-vpc --cli-input-json '{"CidrBlock":"10.0.0.0/16","DryRun":true}' --cidr-block 10.1.0.0/16"#.to_owned(),
            json!({"CidrBlock": "10.1.0.0/16", "DryRun": true}),
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(request("ec2", &line).map(|(_, parameters)| parameters), Ok(expected), "{line}");
    }
}

/// Lines, with the exit code and a part of what is said of each.
const REFUSED: &[(&str, u8, &str)] = &[
    ("describe-vpcz", 252, "aws: error: argument operation: Invalid choice: 'describe-vpcz' is none of the "),
    (
        "create-tags --resources r --tags Key=Name,Value=a,b",
        252,
        "\nParameter validation failed:\nInvalid type for parameter Tags[0].Value, value: ['a', 'b'], type: <class 'list'>, valid types: <class 'str'>\n",
    ),
    (
        r#"create-vpc --cli-input-json '{"CidrBlock": {"it\\\"s": [1, true, null]}}'"#,
        252,
        r#"for parameter CidrBlock, value: {'it\\"s': [1, True, None]}, type: <class 'dict'>, valid types: <class 'str'>"#,
    ),
    (
        r#"describe-vpcs --cli-input-json '{"MaxResults": ["it'\''s"]}'"#,
        252,
        r#"parameter MaxResults, value: ["it's"], type: <class 'list'>, valid types: <class 'int'>"#,
    ),
    (
        "create-carrier-gateway",
        252,
        "that are here; AWS may well have it.\naws ec2 help lists what is here, and rules (without aws) what is left out, and why.\n",
    ),
    ("describe-vpcz", 252, "Invalid choice: 'describe-vpcz', maybe you meant:\n\n  * describe-vpcs\n"),
    ("describe-vpcs --foo bar", 252, "Unknown options: --foo, bar"),
    ("describe-vpcs extra", 252, "Unknown options: extra"),
    ("create-subnet", 252, "aws: error: the following arguments are required: --vpc-id\n"),
    ("create-subnet --vpc-id", 252, "aws: error: argument --vpc-id: expected one argument"),
    ("create-subnet --vpc-id --cidr-block x", 252, "aws: error: argument --vpc-id: expected one argument"),
    ("describe-vpcs --output foo", 252, "aws: error: argument --output: Invalid choice, valid choices are:"),
    ("describe-vpcs --max-results x", 255, "invalid literal for int() with base 10: 'x'"),
    ("describe-vpcs --filters Name", 252, "Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:\nName\n    ^"),
    ("describe-vpcs --filters 'Name=a,Values=[b'", 252, "Expected: ',', received: 'EOF' for input:"),
    ("describe-vpcs --filters '[{'", 252, "Error parsing parameter '--filters': Invalid JSON:"),
    ("describe-vpcs --filters Name=a,Foo=b", 252, "Unknown parameter in Filters[0]: \"Foo\", must be one of: Name, Values"),
    ("describe-vpcs --cli-input-json '{\"Foo\":1}'", 252, "Unknown parameter in input: \"Foo\", must be one of: VpcIds, Filters"),
    (
        "describe-vpcs --filters Name=a,Values=b,Name=c,Values=d",
        252,
        "Second instance of key \"Name\" encountered for input:\nName=a,Values=b,Name=c,Values=d\n                ^\nThis is often because",
    ),
    ("describe-vpcs --filters Name=tag:z,Values=1,", 252, "'--filters': Expected: '<second>', received: '<none>' for input:"),
    (
        "modify-subnet-attribute --subnet-id s --map-public-ip-on-launch false",
        252,
        "parameter '--map-public-ip-on-launch': Expected: '=', received: 'EOF' for input:\nfalse\n     ^\n",
    ),
    (
        "modify-instance-attribute --instance-id i --disable-api-termination true",
        252,
        "parameter '--disable-api-termination': Expected: '=', received: 'EOF' for input:\ntrue\n    ^\n",
    ),
    (
        "run-instances --image-id a --ipv6-addresses 2001:db8::6",
        252,
        "parameter '--ipv6-addresses': Expected: '=', received: 'EOF' for input:\n2001:db8::6\n           ^\n",
    ),
    (r#"describe-vpcs --filters Name=a,Values=b '{"Name":"a"}'"#, 252, "Expected: '=', received: '{' for input:\n{\"Name\":\"a\"}\n^\n"),
    (r#"describe-vpcs --filters '{"Name":"a"}' Name=b"#, 252, "Error parsing parameter '--filters': Invalid JSON:\nName=b\n"),
    (
        "run-instances --network-interfaces DeviceIndex=0,DeleteOnTermination=yes",
        252,
        "Invalid type for parameter NetworkInterfaces[0].DeleteOnTermination, value: yes, type: <class 'str'>, valid types: <class 'bool'>\n",
    ),
    (
        r#"modify-vpc-attribute --vpc-id v --enable-dns-hostnames '{"Value":"true"}'"#,
        252,
        "Invalid type for parameter EnableDnsHostnames.Value, value: true, type: <class 'str'>, valid types: <class 'bool'>\n",
    ),
    (
        r#"describe-vpcs --cli-input-json '{"A":1,"B":2,"VpcIds":[1,null],"Filters":{}}'"#,
        252,
        ", Filters, MaxResults, NextToken, DryRun\nUnknown parameter in input: \"B\", must be one of: VpcIds, ",
    ),
    (
        r#"describe-vpcs --cli-input-json '{"VpcIds":[1,null],"Filters":{}}'"#,
        252,
        "\nInvalid type for parameter Filters, value: {}, type: <class 'dict'>, valid types: <class 'list'>, <class 'tuple'>\n\
         Invalid type for parameter VpcIds[0], value: 1, type: <class 'int'>, valid types: <class 'str'>\n\
         Invalid type for parameter VpcIds[1], value: None, type: <class 'NoneType'>, valid types: <class 'str'>\n",
    ),
    (
        "run-instances --network-interfaces DeviceIndex=0 --associate-public-ip-address",
        252,
        "\nMixing the --network-interfaces option with the simple, scalar options is not supported.\n",
    ),
    (
        "authorize-security-group-ingress --group-id g --protocol icmpv6 --cidr y",
        252,
        "\nprotocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.\n",
    ),
    ("run-instances --image-id a --count x", 255, "count parameter should be of form min[:max] (e.g. 1 or 1:10)"),
    ("authorize-security-group-ingress --group-id g --protocol tcp --port x --cidr y", 252, "port parameter should be of the form"),
    (
        "authorize-security-group-ingress --group-id g --protocol tcp --ip-permissions IpProtocol=tcp",
        252,
        "not compatible with the --ip-permissions option",
    ),
    (
        "modify-subnet-attribute --subnet-id s --map-public-ip-on-launch --no-map-public-ip-on-launch",
        252,
        "Cannot specify both the \"--map-public-ip-on-launch\" option and the \"--no-map-public-ip-on-launch\" option.",
    ),
];

// rules: C1
#[test]
fn what_the_command_line_refuses_it_refuses_in_its_own_words() {
    for (line, exit, expected) in REFUSED {
        let failure = request("ec2", line).expect_err(line);
        assert_eq!(failure.exit, *exit, "{line}: {}", failure.text);
        assert!(failure.text.contains(expected), "{line}: {}", failure.text);
    }
}

// rules: C1
#[test]
fn the_notation_of_objects_is_read_as_the_command_line_reads_it() {
    let cases = [
        ("A=", json!({"A": ""})),
        ("A=,B=c", json!({"A": "", "B": "c"})),
        ("A = b , C = d", json!({"A": "b", "C": "d"})),
        ("A=b,c,D=e,f", json!({"A": ["b", "c"], "D": ["e", "f"]})),
        ("A=b,,C=d", json!({"A": "b", "C": "d"})),
        ("A=b=c", json!({"A": "b=c"})),
        ("A=b\\\\,c", json!({"A": "b\\,c"})),
        (r"A=b\,c,D=e", json!({"A": "b,c", "D": "e"})),
        (r"A=b\\c", json!({"A": r"b\\c"})),
        (r#"A="b\"\\c",D='e,f'"#, json!({"A": r#"b"\c"#, "D": "e,f"})),
        ("A=[],B={}", json!({"A": [], "B": {}})),
        ("A=[b,],C={D=e,}", json!({"A": ["b"], "C": {"D": "e"}})),
        ("A=[{B=c},{B=d}],E={F={G=h}}", json!({"A": [{"B": "c"}, {"B": "d"}], "E": {"F": {"G": "h"}}})),
        // In braces the command line takes the last of two.
        ("A={B=c,B=d}", json!({"A": {"B": "d"}})),
    ];
    for (text, expected) in cases {
        assert_eq!(shorthand::read(text).map(Value::Object), Ok(expected), "{text}");
    }
    let why = "This is often because there is a preceding \",\" instead of a space.";
    let faults = [
        ("A", "Expected: '=', received: 'EOF' for input:\nA\n ^".to_owned()),
        ("A=b,", "Expected: '<second>', received: '<none>' for input:\nA=b,\n    ^".to_owned()),
        ("A=b,c,", "Expected: '<second>', received: '<none>' for input:\nA=b,c,\n      ^".to_owned()),
        (" A=b", "Expected: '=', received: 'A' for input:\n A=b\n ^".to_owned()),
        ("A=b]", "Expected: ',', received: ']' for input:\nA=b]\n   ^".to_owned()),
        ("A='b", "Expected: '<singled quoted>', received: '<none>' for input:\nA='b\n  ^".to_owned()),
        ("A=[b", "Expected: ',', received: 'EOF' for input:\nA=[b\n    ^".to_owned()),
        ("A=b,\nC==,d\nE", "Expected: ',', received: '=' for input:\nA=b,\nC==,d\n  ^\nE".to_owned()),
        ("A=b,C=d,A=e", format!("Second instance of key \"A\" encountered for input:\nA=b,C=d,A=e\n        ^\n{why}")),
    ];
    for (text, expected) in faults {
        assert_eq!(shorthand::read(text), Err(expected), "{text}");
    }
}

#[test]
fn every_echo_is_read_back_as_the_call_that_it_shows() {
    let calls = [
        (
            "AttachNetworkInterface",
            json!({"NetworkInterfaceId": "eni-00000000000000001", "InstanceId": "i-00000000000000002", "DeviceIndex": 1}),
        ),
        ("ModifyNetworkInterfaceAttribute", json!({"NetworkInterfaceId": "eni-1", "Description": {"Value": "it's a \"b\", c"}})),
        (
            "CreateVpc",
            json!({"CidrBlock": "10.0.0.0/16", "TagSpecifications": [{"ResourceType": "vpc", "Tags": [{"Key": "a,b", "Value": "{c}"}]}]}),
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0", "Description": "x y"}]}]}),
        ),
        (
            "CreateNetworkAclEntry",
            json!({"NetworkAclId": "acl-1", "Egress": true, "RuleNumber": 90, "Protocol": "6", "RuleAction": "deny",
            "CidrBlock": "10.0.0.0/8", "PortRange": {"From": 22, "To": 22}}),
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-1", "MinCount": 1, "MaxCount": 2, "NetworkInterfaces": [{"DeviceIndex": 0, "Groups": ["sg-1"]}]}),
        ),
        ("ModifyVpcAttribute", json!({"VpcId": "vpc-1", "EnableDnsHostnames": {"Value": true}})),
        ("ModifyNetworkInterfaceAttribute", json!({"NetworkInterfaceId": "eni-1", "Description": {"Value": "a=b"}})),
        (
            "CreateTags",
            json!({"Resources": ["a"], "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}, {"Key": "d", "Value": "e"}]}),
        ),
    ];
    for (action, parameters) in calls {
        let line = crate::aws::echo("ec2", action, parameters.as_object().unwrap());
        let line = line.strip_prefix("aws ec2 ").unwrap();
        assert_eq!(request("ec2", line), Ok((action.to_owned(), parameters)), "{line}");
    }
}
