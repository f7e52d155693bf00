//! Parts of lists, and requests to be filled in.

use super::shown;

// rules: C1
#[test]
fn a_list_is_shown_in_parts_and_gone_on_with() {
    let ids = "--query 'Subnets[].SubnetId' --output text";
    let all = shown(&format!("aws ec2 describe-subnets {ids}")).0;
    assert_eq!(all.split_whitespace().count(), 6);
    let first = "eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiA0fQ==";
    let cases = [
        ("--max-items 4 --query NextToken --output text", format!("{first}\n")),
        ("--max-items 6 --query NextToken --output text", "None\n".to_owned()),
        ("--max-items 100 --query NextToken --output text", "None\n".to_owned()),
        ("--page-size 2 --no-paginate --query 'length(Subnets)'", "6\n".to_owned()),
        ("--max-items 0 --query 'length(Subnets)'", "0\n".to_owned()),
    ];
    for (options, expected) in cases {
        assert_eq!(shown(&format!("aws ec2 describe-subnets {options}")), (expected, 0), "{options}");
    }
    let parts = format!(
        "A=$(aws ec2 describe-subnets --max-items 4 --query NextToken --output text)\n\
         aws ec2 describe-subnets --max-items 4 {ids}\naws ec2 describe-subnets --starting-token $A {ids}"
    );
    let parts = shown(&parts).0;
    assert_eq!(parts.split_whitespace().collect::<Vec<_>>(), all.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn what_is_no_number_or_no_token_is_told() {
    for (line, words, exit) in [
        ("aws ec2 describe-vpcs --max-items many", "many", 255),
        ("aws ec2 describe-vpcs --max-items -1", "-1", 255),
        ("aws ec2 describe-vpcs --max-items", "expected one argument", 252),
        ("aws ec2 describe-vpcs --starting-token abc", "Bad starting token: abc", 255),
        ("aws ec2 describe-vpcs --starting-token 'é'", "Bad starting token: é", 255),
        ("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --max-items 1", "Unknown options: --max-items, 1", 252),
    ] {
        let (text, code) = shown(line);
        assert!(text.contains(words) && code == exit, "{line}: {code} {text}");
    }
}

// rules: C1
#[test]
fn a_request_to_be_filled_in_has_all_that_the_command_takes() {
    let (text, code) = shown("aws ec2 attach-network-interface --generate-cli-skeleton");
    let expected = "{\n    \"DeviceIndex\": 0,\n    \"DryRun\": true,\n";
    assert!(text.starts_with(expected) && text.contains("\"NetworkInterfaceId\": \"\"") && code == 0, "{text}");
    assert_eq!(shown("aws ec2 create-vpc --generate-cli-skeleton input").1, 0);
    let (text, code) = shown("aws ec2 create-vpc --generate-cli-skeleton output");
    assert!(text.contains("Invalid choice") && code == 252, "{text}");
    // Nothing was made.
    assert_eq!(
        shown("aws ec2 create-vpc --generate-cli-skeleton\naws ec2 describe-vpcs --query 'length(Vpcs)'").0.lines().last(),
        Some("1")
    );
}

#[test]
fn files_that_are_not_there_are_not_read() {
    for line in [
        "aws ec2 create-vpc --cli-input-json file://vpc.json",
        "aws ec2 create-vpc --cidr-block file://block",
        "aws ec2 describe-vpcs --filters file://x",
    ] {
        let (text, code) = shown(line);
        assert!(text.contains("Unable to load paramfile file://") && text.contains("No such file") && code == 252, "{text}");
    }
}

// rules: C1
#[test]
fn what_tutorials_launch_with_is_taken() {
    let line = "aws ec2 run-instances --image-id ami-0abcdef1234567890 --count 1 --instance-type t2.micro --key-name MyKeyPair --user-data x \
                --iam-instance-profile Name=role --monitoring Enabled=true --no-ebs-optimized \
                --block-device-mappings 'DeviceName=/dev/sdh,Ebs={VolumeSize=100,DeleteOnTermination=true}' --query 'length(Instances)'";
    // Without its key pair it is refused, as AWS refuses it.
    let (text, code) = shown(line);
    assert!(
        text.contains("(InvalidKeyPair.NotFound)") && text.contains("The key pair 'MyKeyPair' does not exist") && code == 254,
        "{text}"
    );
    let made = "aws ec2 create-key-pair --key-name MyKeyPair --query KeyPairId --output text";
    assert_eq!(shown(&format!("{made}\n{line}")), ("key-00000000000000001\n1\n".to_owned(), 0));
    assert!(shown("aws ec2 run-instances help").0.contains("it must be there, and changes nothing: nobody logs in"));
}

#[test]
fn rules_are_said_by_number_and_what_is_not_kept_with_its_reason() {
    assert!(shown("rules").0.contains("Why not: "));
    let (text, code) = shown("rules E15 S22");
    assert!(text.starts_with("E15 ") && text.contains("\nS22 ") && code == 0, "{text}");
    let (text, code) = shown("rules E15 E999");
    assert!(text.contains("there is no rule E999") && code == 1, "{text}");
}
