//! Security groups of the default VPC by their names.

use super::shown;

#[test]
fn a_group_of_the_default_vpc_may_be_named() {
    let made = "A=$(aws ec2 create-security-group --group-name web --description web)\n";
    let rule = "--protocol tcp --port 80 --cidr 10.0.0.0/8";
    let allowed = format!("{made}A=$(aws ec2 authorize-security-group-ingress --group-name web {rule})\n");
    let cases = [
        (format!("{allowed}aws ec2 describe-security-group-rules --query 'SecurityGroupRules[].CidrIpv4' --output text"), "10.0.0.0/8"),
        (format!("{allowed}aws ec2 revoke-security-group-ingress --group-name web {rule} --query Return"), "true\n"),
        (
            format!(
                "{allowed}aws ec2 update-security-group-rule-descriptions-ingress --group-name web --query Return --ip-permissions \
                 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{{CidrIp=10.0.0.0/8,Description=in}}]'"
            ),
            "true\n",
        ),
        (format!("{made}aws ec2 delete-security-group --group-name web --query Return"), "true\n"),
    ];
    for (script, expected) in cases {
        let (printed, exit) = shown(&script);
        assert!(printed.contains(expected) && exit == 0, "{script}: {printed}");
    }
    let refused = [
        ("delete-security-group --group-name other", 254, "The security group 'other' does not exist"),
        (
            "delete-security-group",
            254,
            "(MissingParameter) when calling the DeleteSecurityGroup operation: The request must contain the parameter groupId",
        ),
        ("create-vpc", 254, "(MissingParameter) when calling the CreateVpc operation: Either 'cidrBlock' or 'ipv4IpamPoolId' should"),
        ("run-instances --instance-type t3.micro", 254, "The request must contain the parameter ImageId\n"),
        ("authorize-security-group-egress --group-name web", 252, "the following arguments are required: --group-id"),
    ];
    for (line, code, expected) in refused {
        let (printed, exit) = shown(&format!("aws ec2 {line}"));
        assert!(printed.contains(expected) && exit == code, "{line}: {exit} {printed}");
    }
}
