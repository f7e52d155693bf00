//! Options by the beginning of their names, as the AWS command line takes them.

use super::options::request;
use super::shown;
use serde_json::json;

#[test]
fn an_option_may_be_named_by_its_beginning() {
    let cases = [
        ("describe-vpcs --filter Name=is-default,Values=true", json!({"Filters": [{"Name": "is-default", "Values": ["true"]}]})),
        ("describe-instances --instance-id i-1 --dry", json!({"InstanceIds": ["i-1"], "DryRun": true})),
        ("create-vpc --cidr=10.0.0.0/16 --no-d", json!({"CidrBlock": "10.0.0.0/16", "DryRun": false})),
        // A name that is whole is meant, though others begin with it.
        (
            "authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 80 --cidr 10.0.0.0/8",
            json!({"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}),
        ),
        ("run-instances --image ami-1 --count 1 --security-group-id sg-1 --subnet s", {
            json!({"ImageId": "ami-1", "MinCount": 1, "MaxCount": 1, "SecurityGroupIds": ["sg-1"], "SubnetId": "s"})
        }),
        ("describe-vpcs --max-i 5 --outp json", json!({})),
    ];
    for (line, expected) in cases {
        assert_eq!(request("ec2", line).unwrap().1, expected, "{line}");
    }
    let (printed, exit) = shown("aws --out text ec2 describe-vpcs --quer Vpcs[].CidrBlock --reg=us-east-1");
    assert_eq!((printed.as_str(), exit), ("172.31.0.0/16\n", 0));
}

#[test]
fn the_beginning_of_several_options_is_none_of_them() {
    let cases = [
        ("aws ec2 describe-vpcs --max 5", "aws: error: ambiguous option: --max could match --max-results, --max-items"),
        ("aws ec2 describe-vpcs --cli-read-t 5 --d", "aws: error: ambiguous option: --d could match --dry-run, --debug"),
        (
            "aws --no- ec2 describe-vpcs",
            "aws: error: ambiguous option: --no- could match --no-cli-pager, --no-paginate, --no-verify-ssl, --no-sign-request",
        ),
        ("aws ec2 describe-vpcs --filtre x", "Unknown options: --filtre, x"),
        ("aws ec2 describe-vpcs --filters-of x", "Unknown options: --filters-of, x"),
        ("aws ec2 describe-vpcs -- x", "Unknown options"),
    ];
    for (line, expected) in cases {
        let (printed, exit) = shown(line);
        assert!(printed.contains(expected) && exit == 252, "{line}: {exit} {printed}");
    }
}
