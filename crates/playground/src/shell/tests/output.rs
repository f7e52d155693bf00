//! Answers as text and as tables.

use super::super::*;
use serde_json::json;

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
