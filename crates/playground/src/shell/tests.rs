//! The shell, line by line: what is read, what is refused, what is printed.

use super::lex::Script;
use super::options::{Asked, read};
use super::*;
use serde_json::json;

/// What a terminal shows after a script, and the exit code.
fn shown(script: &str) -> (String, u8) {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let mut shell = Shell::new();
    let printed = shell.run(&mut host, script);
    (printed.into_iter().map(|(_, text)| text).collect(), shell.exit())
}

/// The words of a line without variables.
fn words(line: &str) -> Vec<String> {
    let mut shell = Shell::new();
    let mut host = Lone::new("us-east-1", true).unwrap();
    let statement = Script::new(line).next().unwrap().unwrap();
    statement.words.iter().flat_map(|word| shell.expand(&mut host, word, 0, true, 0, &mut Vec::new()).unwrap()).collect()
}

#[test]
fn words_are_those_of_a_shell() {
    let cases: [(&str, &[&str]); 9] = [
        ("a  b\tc # d", &["a", "b", "c"]),
        ("'a b' \"c d\" e\\ f", &["a b", "c d", "e f"]),
        (r#"'it'\''s' "say \"x\"" "\n""#, &["it's", "say \"x\"", "\\n"]),
        ("a \\\n  b", &["a", "b"]),
        ("'two\nlines'", &["two\nlines"]),
        ("'' \"\" $NONE \"$NONE\"", &["", "", ""]),
        ("$(echo a 'b  c') \"$(echo 'b  c')\"", &["a", "b", "c", "b  c"]),
        ("a#b '#c' $ a$", &["a#b", "#c", "$", "a$"]),
        ("$(echo \"$(echo deep)\")x `echo old`", &["deepx", "old"]),
    ];
    for (line, expected) in cases {
        assert_eq!(words(line), expected, "{line}");
    }
}

#[test]
fn variables_are_set_used_and_split() {
    let cases = [
        ("A=1; echo $A ${A}x \"$A\" '$A'", "1 1x 1 $A\n"),
        ("A='1  2'; echo $A; echo \"$A\"", "1 2\n1  2\n"),
        ("export A=1 B=2; echo $A$B", "12\n"),
        ("A=1\nB=$(A=2; echo $A)\necho $A$B", "12\n"),
        ("A=1; A=2 echo x; echo $A", "x\n1\n"),
        ("false; echo $?; echo $?", "1\n0\n"),
        ("true && echo a || echo b; false && echo c || echo d", "a\nd\n"),
        ("unset A; echo [$A]", "[]\n"),
        ("set -e\nfalse\necho never", ""),
        ("X=$(false) || echo failed", "failed\n"),
    ];
    for (script, expected) in cases {
        assert_eq!(shown(script).0, expected, "{script}");
    }
}

#[test]
fn a_line_that_cannot_be_read_is_an_error_and_the_next_one_works() {
    let long = "x".repeat(LONGEST_LINE + 1);
    let deep = format!("echo {}{}", "$(echo ".repeat(40), ")".repeat(40));
    let cases = [
        ("echo 'open", "unexpected EOF while looking for matching `''"),
        ("echo \"open", "unexpected EOF while looking for matching `\"'"),
        ("echo $(open", "unexpected EOF while looking for matching `)'"),
        ("aws ec2 describe-vpcs | jq .", "`|' is not known here"),
        ("echo x > file", "`>' is not known here"),
        ("&& echo x", "syntax error near unexpected token `&&'"),
        ("echo ${A:-x}", "${A:-x}: bad substitution"),
        ("echo $((1+1))", "does not calculate"),
        ("if true", "if: command not found"),
        ("a\0b", "NUL"),
        (long.as_str(), "longer than 1048576 bytes"),
        (deep.as_str(), "nests deeper than 16"),
    ];
    for (line, expected) in cases {
        let (printed, exit) = shown(&format!("{line}\necho next"));
        assert!(printed.contains(expected), "{expected}: {}", printed.chars().take(300).collect::<String>());
        assert!(printed.ends_with("\nnext\n"), "{expected}: {}", printed.chars().take(300).collect::<String>());
        assert_eq!(exit, 0);
    }
}

#[test]
fn doubling_a_variable_does_not_fill_memory() {
    let script = format!("A=0123456789\n{}echo ${{A}}", "A=$A$A\n".repeat(64));
    assert!(shown(&script).0.contains("longer than"));
    let (printed, _) = shown(&format!("A={}\necho $A $A $A", "x".repeat(LONGEST_LINE - 10)));
    assert!(printed.contains("longer than") && printed.len() < 200);
}

/// The request of a line after `aws ec2`.
fn request(line: &str) -> Result<(String, Value), Failure> {
    let words: Vec<String> = std::iter::once("ec2".to_owned()).chain(words(line)).collect();
    match read(&words)? {
        Asked::Call { action, parameters, .. } => Ok((action.name.to_owned(), Value::Object(parameters))),
        Asked::Help(_) | Asked::Wait { .. } => panic!("{line}"),
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
                 '{{\"IpProtocol\":\"-1\",\"UserIdGroupPairs\":[{{\"GroupId\":\"{sg}\"}}]}}'"
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
        assert_eq!(request(&line).map(|(_, parameters)| parameters), Ok(expected), "{line}");
    }
}

// rules: C1
#[test]
fn what_the_command_line_refuses_it_refuses_in_its_own_words() {
    let cases = [
        ("describe-vpcz", 252, "aws: error: argument operation: Invalid choice, valid choices are:"),
        ("describe-vpcz", 252, "Invalid choice: 'describe-vpcz', maybe you meant:\n\n  * describe-vpcs\n"),
        ("describe-vpcs --foo bar", 252, "Unknown options: --foo, bar"),
        ("describe-vpcs extra", 252, "Unknown options: extra"),
        ("create-subnet", 252, "aws: error: the following arguments are required: --vpc-id, --cidr-block\n"),
        ("create-subnet --vpc-id", 252, "aws: error: argument --vpc-id: expected one argument"),
        ("create-subnet --vpc-id --cidr-block x", 252, "aws: error: argument --vpc-id: expected one argument"),
        ("describe-vpcs --output foo", 252, "aws: error: argument --output: Invalid choice, valid choices are:"),
        ("describe-vpcs --max-results x", 255, "invalid literal for int() with base 10: 'x'"),
        (
            "describe-vpcs --filters Name",
            252,
            "Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:\nName\n    ^",
        ),
        ("describe-vpcs --filters 'Name=a,Values=[b'", 252, "Expected: ',', received: 'EOF' for input:"),
        ("describe-vpcs --filters '[{'", 252, "Error parsing parameter '--filters': Invalid JSON:"),
        ("describe-vpcs --filters file://x.json", 252, "Unable to load paramfile file://x.json"),
        ("describe-vpcs --filters Name=a,Foo=b", 252, "Unknown parameter in Filters[0]: \"Foo\", must be one of: Name, Values"),
        ("describe-vpcs --cli-input-json '{\"Foo\":1}'", 252, "Unknown parameter in input: \"Foo\", must be one of: VpcIds, Filters"),
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
    for (line, exit, expected) in cases {
        let failure = request(line).expect_err(line);
        assert_eq!(failure.exit, exit, "{line}: {}", failure.text);
        assert!(failure.text.contains(expected), "{line}: {}", failure.text);
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
    ];
    for (action, parameters) in calls {
        let line = crate::aws::echo("ec2", action, parameters.as_object().unwrap());
        let line = line.strip_prefix("aws ec2 ").unwrap();
        assert_eq!(request(line), Ok((action.to_owned(), parameters)), "{line}");
    }
}

/// An answer with lists in lists.
fn answer() -> Value {
    json!({"Vpcs": [
        {"CidrBlock": "10.0.0.0/16", "IsDefault": false, "VpcId": "vpc-1", "Tags": [{"Key": "Name", "Value": "a"}, {"Key": "Env", "Value": "prod"}],
            "CidrBlockAssociationSet": [{"AssociationId": "vpc-cidr-assoc-1", "CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}]},
        {"CidrBlock": "10.1.0.0/16", "IsDefault": true, "VpcId": "vpc-2", "OwnerId": "1", "Tags": []}]})
}

// rules: C1
#[test]
fn text_and_tables_are_those_of_the_aws_command_line() {
    let cases = [
        (
            "@",
            "VPCS\t10.0.0.0/16\tFalse\t\tvpc-1\nCIDRBLOCKASSOCIATIONSET\tvpc-cidr-assoc-1\t10.0.0.0/16\nCIDRBLOCKSTATE\tassociated\n\
            TAGS\tName\ta\nTAGS\tEnv\tprod\nVPCS\t10.1.0.0/16\tTrue\t1\tvpc-2\n",
        ),
        ("Vpcs[].VpcId", "vpc-1\tvpc-2\n"),
        ("Vpcs[].[VpcId,CidrBlock,Tags[0].Value]", "vpc-1\t10.0.0.0/16\ta\nvpc-2\t10.1.0.0/16\tNone\n"),
        ("Vpcs[].{ID:VpcId,C:CidrBlock}", "10.0.0.0/16\tvpc-1\n10.1.0.0/16\tvpc-2\n"),
        ("Vpcs[0].VpcId", "vpc-1\n"),
        ("Vpcs[0].IsDefault", "False\n"),
        ("Vpcs[9].VpcId", "None\n"),
        ("length(Vpcs)", "2\n"),
        ("Vpcs[].Tags", "Name\ta\nEnv\tprod\n"),
        ("Vpcs[].[VpcId,Tags[].Key]", "vpc-1\nName\tEnv\nvpc-2\n"),
        ("{A:Vpcs[].VpcId,B:`3`}", "3\nA\tvpc-1\nA\tvpc-2\n"),
        ("Vpcs[?IsDefault].VpcId | [0]", "vpc-2\n"),
        ("Vpcs[?OwnerId==`\"1\"`].VpcId", "vpc-2\n"),
        ("Vpcs[?CidrBlock==`10.1.0.0/16`].VpcId", "vpc-2\n"),
        ("sort_by(Vpcs, &CidrBlock)[-1].VpcId", "vpc-2\n"),
    ];
    for (query, expected) in cases {
        let found = Query::new(query).unwrap().search(answer()).unwrap();
        assert_eq!(output::text(&found), expected, "{query}");
    }
    let drawn = "\
--------------------------
|      DescribeVpcs      |
+--------------+---------+
|       C      |   ID    |
+--------------+---------+
|  10.0.0.0/16 |  vpc-1  |
|  10.1.0.0/16 |  vpc-2  |
+--------------+---------+
";
    let found = Query::new("Vpcs[].{ID:VpcId,C:CidrBlock}").unwrap().search(answer()).unwrap();
    assert_eq!(table::table("DescribeVpcs", &found), drawn);
    let drawn = "\
---------------------------------------
|            DescribeVpcs             |
+--------------+-------------+--------+
|   CidrBlock  |  IsDefault  | VpcId  |
+--------------+-------------+--------+
|  10.0.0.0/16 |  False      |  vpc-1 |
+--------------+-------------+--------+
||      CidrBlockAssociationSet      ||
|+-------------------+---------------+|
||   AssociationId   |   CidrBlock   ||
|+-------------------+---------------+|
||  vpc-cidr-assoc-1 |  10.0.0.0/16  ||
|+-------------------+---------------+|
|||         CidrBlockState          |||
||+------------+--------------------+||
|||  State     |  associated        |||
||+------------+--------------------+||
||               Tags                ||
|+---------------+-------------------+|
||      Key      |       Value       ||
|+---------------+-------------------+|
||  Name         |  a                ||
||  Env          |  prod             ||
|+---------------+-------------------+|
";
    let found = Query::new("Vpcs[0]").unwrap().search(answer()).unwrap();
    assert_eq!(table::table("DescribeVpcs", &found), drawn);
    assert_eq!(table::table("DescribeVpcs", &Value::Null), "");
    let wide = table::table("T", &json!({"V": [{"A": "x".repeat(60), "Bee": "y".repeat(30)}]}));
    assert!(wide.contains("||  Bee|  y") && wide.lines().count() == 8, "what is too wide is turned: {wide}");
    assert_eq!(
        output::json(&json!({"a": [], "b": {"c": [1, "ü\""]}})),
        "{\n    \"a\": [],\n    \"b\": {\n        \"c\": [\n            1,\n            \"ü\\\"\"\n        ]\n    }\n}\n"
    );
    assert_eq!(output::json(&json!({})), "");
}

// rules: C1 X1
#[test]
fn lines_answer_as_a_terminal_shows_them() {
    let cases = [
        ("aws ec2 describe-vpcs --query 'Vpcs[0].CidrBlock' --output text", 0, "172.31.0.0/16\n"),
        ("aws ec2 describe-vpcs --query 'Vpcs[0].IsDefault'", 0, "true\n"),
        ("aws ec2 describe-vpcs --filters Name=is-default,Values=false", 0, "{\n    \"Vpcs\": []\n}\n"),
        (
            "aws ec2 create-vpc --cidr-block 10.0.0.0/30",
            254,
            "\nAn error occurred (InvalidVpc.Range) when calling the CreateVpc operation: The CIDR '10.0.0.0/30' is invalid.\n",
        ),
        (
            "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run",
            254,
            "\nAn error occurred (DryRunOperation) when calling the CreateVpc operation: Request would have succeeded, but DryRun flag is set.\n",
        ),
        ("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query 'Vpc.[' ", 252, "Bad value for --query Vpc.[: "),
        ("aws ec2 describe-vpcs --region eu-west-1", 255, "holds one region, us-east-1"),
        ("AWS_DEFAULT_OUTPUT=text aws ec2 describe-vpcs --query Vpcs[].CidrBlock", 0, "172.31.0.0/16\n"),
        ("aws s3 ls", 252, "argument command: Invalid choice"),
        ("make me a sandwich", 127, "make: command not found\n"),
    ];
    for (line, exit, expected) in cases {
        let (printed, got) = shown(line);
        assert_eq!(got, exit, "{line}: {printed}");
        assert!(if exit == 0 { printed == expected } else { printed.contains(expected) }, "{line}: {printed}");
    }
    assert!(
        shown("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query 'Vpc.['\naws ec2 describe-vpcs --query 'length(Vpcs)'")
            .0
            .ends_with("\n1\n")
    );
}

#[test]
fn what_is_expected_is_checked() {
    let cases = [
        ("expect ok", 1, "expect: no aws command came before it\n"),
        ("X=$(aws ec2 describe-vpcs)\nexpect ok", 0, ""),
        ("X=$(aws ec2 describe-vpcs)\nexpect refused", 1, "expect: wanted refused, got ok\n"),
        ("aws ec2 delete-vpc --vpc-id vpc-0000000000000000f\nexpect refused InvalidVpcID.NotFound", 0, ""),
        ("aws ec2 delete-vpc --vpc-id vpc-0000000000000000f\nexpect refused Other\ntrue", 1, "got refused InvalidVpcID.NotFound\n"),
        ("aws ec2 nothing\nexpect refused", 1, "got exit 252\n"),
        ("expect fun", 1, "expect: no aws"),
        ("expect trace nobody internet tcp 443 DELIVERED", 1, "nobody is called"),
        ("expect trace a b tcp x DELIVERED", 2, "usage: expect ok"),
        ("wait 5s && sleep 1 && wait 100ms", 0, ""),
        ("wait", 2, "usage: wait"),
        ("wait -5s", 2, "usage: wait"),
        ("wait 1e99h", 2, "usage: wait"),
    ];
    for (script, exit, expected) in cases {
        let (printed, got) = shown(script);
        assert_eq!(got, exit, "{script}: {printed}");
        assert!(printed.contains(expected), "{script}: {printed}");
    }
}

#[test]
fn an_instance_with_a_public_address_is_reached_when_its_group_lets_it() {
    let script = "\
ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --associate-public-ip-address --query 'Instances[0].InstanceId' --output text)
expect ok
SG=$(aws ec2 describe-instances --instance-ids $ID --query 'Reservations[].Instances[].SecurityGroups[].GroupId' --output text)
expect trace internet $ID tcp 22 DENIED
expect trace internet $ID tcp 22 ENI_SG_RULES_MISMATCH
Y=$(aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 0.0.0.0/0)
expect ok
expect trace internet $ID tcp 22 DELIVERED
expect trace internet $ID tcp 23 DENIED
echo done";
    assert_eq!(shown(script), ("done\n".to_owned(), 0));
    let (printed, exit) = shown(&script.replace("tcp 23 DENIED", "tcp 23 DELIVERED"));
    assert!(exit == 1 && printed.contains("23 DELIVERED, got DENIED ENI_SG_RULES_MISMATCH"), "{printed}");
}

#[test]
fn waiters_ask_until_it_is_so() {
    let launched = "ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --query 'Instances[0].InstanceId' --output text)";
    let cases = [
        ("aws ec2 wait instance-running --instance-ids $ID; expect ok", 0, ""),
        ("aws ec2 wait instance-stopped --instance-ids $ID", 255, "\nWaiter InstanceStopped failed: Max attempts exceeded\n"),
        ("aws ec2 stop-instances --instance-ids $ID --query x; aws ec2 wait instance-stopped --instance-ids $ID", 0, "null\n"),
        (
            "aws ec2 wait vpc-available --vpc-ids vpc-0000000000000000f",
            255,
            "\nWaiter VpcAvailable failed: An error occurred (InvalidVpcID.NotFound): The vpc ID 'vpc-0000000000000000f' does not exist\n",
        ),
        ("aws ec2 wait", 252, "the following arguments are required: waiter"),
        ("aws ec2 wait vpc-availabel", 252, "Invalid choice: 'vpc-availabel', maybe you meant:"),
        ("aws ec2 wait vpc-available --foo", 252, "Unknown options: --foo"),
    ];
    for (script, exit, expected) in cases {
        let (printed, got) = shown(&format!("{launched}\n{script}"));
        assert_eq!(got, exit, "{script}: {printed}");
        assert!(if exit == 252 { printed.contains(expected) } else { printed == expected }, "{script}: {printed}");
    }
}

#[test]
fn completion_knows_commands_options_ids_and_values() {
    let ids = ["vpc-00000000000000001", "subnet-00000000000000001", "subnet-00000000000000002"].map(str::to_owned);
    let cases: [(&str, &[&str]); 9] = [
        ("a", &["aws"]),
        ("aws ec2 describe-vp", &["describe-vpc-attribute", "describe-vpcs"]),
        ("aws ec2 delete-subnet ", &["--cli-input-json", "--dry-run", "--no-dry-run", "--output", "--query", "--region", "--subnet-id"]),
        ("aws ec2 delete-subnet --subnet-id ", &["subnet-00000000000000001", "subnet-00000000000000002"]),
        ("aws ec2 delete-subnet --subnet-id subnet-00000000000000002 --s", &[]),
        ("aws ec2 create-network-acl-entry --rule-action ", &["allow", "deny"]),
        ("aws ec2 describe-vpcs --vpc-ids vpc", &["vpc-00000000000000001"]),
        ("aws ec2 describe-vpcs --output t", &["table", "text"]),
        ("aws ec2 no-such ", &[]),
    ];
    for (line, expected) in cases {
        let found = complete(line, &ids);
        let found: Vec<&str> = found.iter().map(String::as_str).filter(|word| !line.contains("describe-vp ") || !word.is_empty()).collect();
        assert!(expected.iter().all(|word| found.contains(word)), "{line}: {found:?}");
        assert!(expected.is_empty() == found.is_empty() && found.len() <= expected.len() + 2, "{line}: {found:?}");
    }
}

#[test]
fn every_command_has_help_and_every_option_of_it_is_read() {
    let all = shown("aws ec2 help").0;
    for action in crate::aws::actions() {
        let name = crate::aws::kebab(action.name);
        assert!(all.contains(&format!("  {name} ")), "{name}");
        let (help, exit) = shown(&format!("aws ec2 {name} help"));
        assert_eq!(exit, 0);
        for (option, _) in options::options(action) {
            assert!(help.contains(&format!("--{option}")), "{name} --{option}: {help}");
            let failure = request(&format!("{name} --{option} --no-such-option")).expect_err("there is no such option");
            assert!(!failure.text.contains(&format!("Unknown options: --{option}")), "{name} --{option}");
        }
        assert!(help.lines().all(|line| line.len() <= 80), "{name}: {help}");
    }
}

/// A small generator of noise.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

#[test]
fn noise_is_answered_and_changes_nothing_that_was_refused() {
    let pieces = [
        "aws ",
        "ec2 ",
        "describe-vpcs ",
        "create-vpc ",
        "--cidr-block ",
        "10.0.0.0/16 ",
        "--filters ",
        "Name=",
        "Values=",
        "[",
        "]",
        "{",
        "}",
        ",",
        "=",
        "'",
        "\"",
        "$(",
        ")",
        "$A",
        "${",
        "\\",
        "\n",
        "#",
        "&&",
        "||",
        "--query ",
        "Vpcs[",
        "*].",
        "--cli-input-json ",
        "--",
        "-1 ",
        "A=",
        ";",
        "`",
        "run-instances ",
        "--count ",
        "ü",
        "\0",
        "--output ",
        "table ",
        "text ",
        "expect ",
        "trace ",
        "--tags ",
        "--dry-run ",
        "|",
        "--network-interfaces ",
        "--ip-permissions ",
        "authorize-security-group-ingress ",
        "--port ",
    ];
    let mut noise = Noise(7);
    let mut host = Lone::new("us-east-1", false).unwrap();
    for _ in 0..600 {
        let mut script = String::new();
        for _ in 0..noise.below(30) {
            script.push_str(pieces[noise.below(pieces.len())]);
        }
        let before = host.save();
        let mut shell = Shell::new();
        shell.run(&mut host, &script);
        if shell.outcome != Some(Outcome::Accepted) && !script.contains("create-vpc") && !script.contains("run-instances") {
            assert_eq!(host.save(), before, "{script}");
        }
    }
    for deep in ["[", "{a=[", "{a=", "(", "!", "&", "a.", "a|"] {
        let line = format!("aws ec2 describe-vpcs --filters 'Name={}' --query '{}a'", deep.repeat(10_000), deep.repeat(10_000));
        shown(&line);
        shown(&format!("aws ec2 describe-vpcs --query '{}a'", deep.repeat(150)));
    }
}
