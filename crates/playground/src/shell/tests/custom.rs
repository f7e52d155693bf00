//! What the AWS command line has beside its calls: its version, records as lines, input as YAML.

use super::super::*;
use super::shown;

#[test]
fn the_version_is_told_wherever_it_is_asked_for() {
    for line in ["aws --version", "aws ec2 describe-vpcs --version", "aws --version ec2"] {
        let (text, exit) = shown(line);
        assert!(text.starts_with("aws-cli/2 (ENI Playground ") && text.lines().count() == 1 && exit == 0, "{line}: {text}");
    }
}

#[test]
fn input_as_yaml_is_refused_with_what_is_read_instead() {
    for line in ["aws ec2 create-vpc --cli-input-yaml 'CidrBlock: 10.0.0.0/16'", "echo a > f; aws ec2 create-vpc --cli-input-yaml file://f"]
    {
        let (text, exit) = shown(line);
        assert!(text.contains("--cli-input-yaml is not read here; --cli-input-json takes") && exit == 252, "{line}: {text}");
    }
    assert!(shown("aws ec2 create-vpc --cli-input {}").0.contains("ambiguous option: --cli-input could match"));
}

#[test]
fn records_as_lines_want_a_group_and_values_that_can_be_read() {
    let cases = [
        ("aws logs tail", 252, "the following arguments are required: group_name"),
        ("aws logs tail a b", 252, "Unknown options: b"),
        ("aws logs tail a --follow", 252, "--follow goes on until somebody stops it"),
        ("aws logs tail a --format none", 252, "argument --format: Invalid choice"),
        ("aws logs tail a --since soon", 255, "Invalid timestamp \"soon\""),
        ("aws logs tail a --since 1h30m", 255, "Invalid timestamp \"1h30m\""),
        (
            "aws logs tail a --since 5m; expect refused ResourceNotFoundException",
            0,
            "(ResourceNotFoundException) when calling the FilterLogEvents",
        ),
        ("aws logs tail --since 5m a; expect refused", 0, "The specified log group does not exist."),
        ("aws logs tail a --log-group-name b", 252, "Unknown options: --log-group-name"),
        ("aws logs tail help", 0, "  aws logs tail group_name [--since <value>]"),
        ("aws logs help", 0, "\n  tail  "),
    ];
    for (line, exit, expected) in cases {
        let (text, got) = shown(line);
        assert!(text.contains(expected) && got == exit, "{line}: {got} {text}");
    }
    assert_eq!(complete("aws logs ta", &[]), ["tail"]);
    assert!(complete("aws logs tail a --s", &[]).contains(&"--since".to_owned()));
}

#[test]
fn help_says_what_is_done_between_two_lines() {
    let (text, exit) = shown("help");
    assert!(
        text.contains("Between two aws lines everything that is under way is done") && text.contains("eni run --no-settle") && exit == 0
    );
}

#[test]
fn a_loss_that_there_is_not_is_told_with_what_there_is() {
    let (text, exit) = shown("fault loss i --per-mille 2000");
    assert_eq!((text.contains("a whole number from 0 to 1000"), text.contains("usage"), exit), (true, false, 2), "{text}");
    let (text, exit) = shown("fault connections i --at-most 0");
    assert_eq!(
        (text.contains("a whole number from 1 to 10000000; --mend lifts"), text.contains("usage"), exit),
        (true, false, 2),
        "{text}"
    );
}
