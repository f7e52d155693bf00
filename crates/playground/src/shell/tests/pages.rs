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
        ("--max-items 4 --query NextToken --output text", format!("None\n{first}\n")),
        ("--max-items 6 --query NextToken --output text", "None\n".to_owned()),
        ("--max-items 100 --query NextToken --output text", "None\n".to_owned()),
        ("--page-size 5 --query 'length(Subnets)'", "6\n".to_owned()),
        ("--no-paginate --query 'length(Subnets)'", "6\n".to_owned()),
        ("--max-items 0 --query 'length(Subnets)'", "0\n".to_owned()),
    ];
    for (options, expected) in cases {
        assert_eq!(shown(&format!("aws ec2 describe-subnets {options}")), (expected, 0), "{options}");
    }
    let parts = format!(
        "A=$(aws ec2 describe-subnets --max-items 4 | jq -r .NextToken)\n\
         aws ec2 describe-subnets --max-items 4 {ids}\naws ec2 describe-subnets --starting-token $A {ids}"
    );
    let parts = shown(&parts).0.replace("None\n", "");
    assert_eq!(parts.split_whitespace().collect::<Vec<_>>(), all.split_whitespace().collect::<Vec<_>>());
}

/// What the AWS command line printed where botocore's stub gave it six subnets, in pages as asked for. What it says of a query that does not fit
/// is in other words here.
// rules: C1
#[test]
fn text_is_written_page_by_page_and_a_query_is_asked_of_each() {
    let ids = shown("aws ec2 describe-subnets --query 'Subnets[].SubnetId' --output text").0;
    let id: Vec<&str> = ids.split_whitespace().collect();
    let five = id[..5].join("\t");
    let whole = shown("aws ec2 describe-subnets --output text").0;
    assert_eq!(whole.lines().filter(|line| line.starts_with("SUBNETS\t")).count(), 6);
    let token = "eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiA1fQ==";
    let null = "Runtime error: Argument 0 expects type array|object|string, given null";
    let cases = [
        ("--page-size 5 --query 'Subnets[].SubnetId'", format!("{five}\n{}\n", id[5]), 0),
        ("--page-size 5 --query 'Subnets[0].SubnetId'", format!("{}\n{}\n", id[0], id[5]), 0),
        ("--page-size 5 --query 'length(Subnets)'", "5\n1\n".to_owned(), 0),
        ("--page-size 5 --query NextToken", "None\nNone\n".to_owned(), 0),
        ("--page-size 5", whole, 0),
        ("--page-size 6 --query 'length(Subnets)'", "6\n".to_owned(), 0),
        ("--max-items 5 --query 'Subnets[].SubnetId'", format!("{five}\nNone\n"), 0),
        ("--max-items 0 --query 'Subnets[].SubnetId'", "None\n".to_owned(), 0),
        ("--max-items 5 --query 'Subnets[0].SubnetId'", format!("{}\nNone\n", id[0]), 0),
        ("--page-size 5 --max-items 5 --query 'Subnets[].SubnetId'", format!("{five}\nNone\n"), 0),
        ("--starting-token TOKEN --page-size 5 --query 'Subnets[].SubnetId'", format!("{}\n", id[5]), 0),
        ("--max-items 6 --query 'Subnets[0].SubnetId'", format!("{}\n", id[0]), 0),
        ("--max-results 5 --query 'Subnets[].SubnetId'", format!("{five}\n"), 0),
        ("--max-items 5 --query 'length(Subnets)'", format!("5\n{null}"), 255),
    ];
    for (options, expected, code) in cases {
        let line = format!("aws ec2 describe-subnets --output text {}", options.replace("TOKEN", token));
        let (text, exit) = shown(&line);
        let fits = if code == 0 { text == expected } else { text.replace("\n\n", "\n").starts_with(&expected) };
        assert!(fits && exit == code, "{options}: {exit} {text}");
    }
    // Two pages that begin in the middle of one, and the line that says where the rest begins.
    let parted = shown(&format!(
        "aws ec2 describe-subnets --output text --max-items 5\naws ec2 describe-subnets --page-size 3 --starting-token {token}"
    ));
    assert!(parted.0.contains(&format!("\nNEXTTOKEN\t{token}\n")) && !parted.0.contains("\nNone\n"), "{parted:?}");
    let after_four = token.replace("iOiA1fQ", "iOiA0fQ");
    let line = format!("aws ec2 describe-subnets --page-size 5 --starting-token {after_four} --query 'Subnets[].SubnetId' --output text");
    assert_eq!(shown(&line), (format!("{}\n{}\n", id[4], id[5]), 0));
}

#[test]
fn pages_are_turned_by_the_command_line_or_by_hand_and_their_size_is_the_services() {
    let both = "Cannot specify --no-paginate along with pagination arguments:";
    for (options, words, exit) in [
        ("--no-paginate --page-size 5", format!("{both} --page-size\n"), 252),
        ("--max-results 5 --max-items 3 --page-size 5", format!("{both} --page-size, --max-items\n"), 252),
        ("--page-size 2", "(InvalidParameterValue) when calling the DescribeSubnets operation".to_owned(), 254),
        ("--no-paginate --query 'length(Subnets)'", "6\n".to_owned(), 0),
    ] {
        let (text, code) = shown(&format!("aws ec2 describe-subnets {options}"));
        assert!(text.contains(&words) && code == exit, "{options}: {code} {text}");
    }
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
    assert!(text.contains("does not have --generate-cli-skeleton output; AWS has it.") && code == 252, "{text}");
    let (text, code) = shown("aws ec2 create-vpc --generate-cli-skeleton outputs");
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
