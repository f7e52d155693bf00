//! Answers as text and as tables.

use super::super::*;
use serde_json::{Value, json};

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
        let found = Query::new(query).unwrap().search(answer(), &mut Order::default()).unwrap();
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
    let found = Query::new("Vpcs[].{ID:VpcId,C:CidrBlock}").unwrap().search(answer(), &mut Order::default()).unwrap();
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
    let found = Query::new("Vpcs[0]").unwrap().search(answer(), &mut Order::default()).unwrap();
    assert_eq!(table::table("DescribeVpcs", &found), drawn);
    assert_eq!(table::table("DescribeVpcs", &Value::Null), "");
    let wide = table::table("T", &json!({"V": [{"A": "x".repeat(60), "Bee": "y".repeat(30)}]}));
    assert!(wide.contains("||  Bee|  y") && wide.lines().count() == 8, "what is too wide is turned: {wide}");
    assert_eq!(
        output::json(&json!({"a": [], "b": {"c": [1, "ü\""]}}), &Order::default()),
        "{\n    \"a\": [],\n    \"b\": {\n        \"c\": [\n            1,\n            \"ü\\\"\"\n        ]\n    }\n}\n"
    );
    assert_eq!(output::json(&json!({}), &Order::default()), "");
}

// rules: C1
#[test]
fn json_stands_in_the_order_of_the_api() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let mut printed = |line: &str| -> String { shell.run(&mut host, line).into_iter().map(|(_, text)| text).collect() };
    let names = |text: &str| -> Vec<String> {
        let lines =
            text.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("\": ").map(|(name, _)| name.to_owned()));
        lines.collect()
    };
    let vpc = ["OwnerId", "InstanceTenancy", "CidrBlockAssociationSet"];
    let block = ["AssociationId", "CidrBlock", "CidrBlockState", "State"];
    let rest = ["IsDefault", "VpcId", "State", "CidrBlock", "DhcpOptionsId"];
    let whole = [&["Vpcs"][..], &vpc, &block, &rest].concat();
    assert_eq!(names(&printed("aws ec2 describe-vpcs")), whole);
    // A query hands on what it does not make.
    assert_eq!(names(&printed("aws ec2 describe-vpcs --query 'Vpcs[0]'")), whole[1..]);
    assert_eq!(names(&printed("aws ec2 allocate-address")), ["AllocationId", "PublicIpv4Pool", "NetworkBorderGroup", "Domain", "PublicIp"]);
    let cases = [
        ("Vpcs[].{Vpc:VpcId,Block:CidrBlock,A:State}", vec!["Vpc", "Block", "A"]),
        ("Vpcs[].{Z:{C:VpcId,B:State},A:IsDefault}|[0]", vec!["Z", "C", "B", "A"]),
        ("Vpcs[?IsDefault].{State:State,CidrBlock:CidrBlock} | sort_by(@, &State)", vec!["State", "CidrBlock"]),
        ("[{B:`1`,A:`2`},{A:`1`,B:`2`}]", vec!["B", "A", "B", "A"]),
        ("not_null(Nothing, Vpcs[0].{B:VpcId,A:State})", vec!["B", "A"]),
        ("merge(Vpcs[0].{D:VpcId},Vpcs[0].{C:VpcId})", vec!["D", "C"]),
    ];
    for (query, wanted) in cases {
        assert_eq!(names(&printed(&format!("aws ec2 describe-vpcs --query '{query}'"))), wanted, "{query}");
    }
    // Where the next page begins stands behind what is shown.
    assert_eq!(
        names(&printed("aws ec2 describe-subnets --max-items 1 --query '{Subnets:Subnets[0].SubnetId,NextToken:NextToken}'")),
        ["Subnets", "NextToken"]
    );
    let cut = printed("aws ec2 describe-subnets --max-items 1");
    assert_eq!(names(&cut).last().map(String::as_str), Some("NextToken"));
}
