//! Completion and help.

use super::super::*;
use super::options::request;
use super::shown;

#[test]
fn completion_knows_commands_options_ids_and_values() {
    let ids = ["vpc-00000000000000001", "subnet-00000000000000001", "subnet-00000000000000002"].map(str::to_owned);
    let cases: [(&str, &[&str]); 10] = [
        ("a", &["aws"]),
        ("aws ec2 describe-sub", &["describe-subnets"]),
        ("aws ec2 delete-subnet ", &["--cli-input-json", "--dry-run", "--no-dry-run", "--output", "--query", "--region", "--subnet-id"]),
        ("aws ec2 delete-subnet --subnet-id ", &["subnet-00000000000000001", "subnet-00000000000000002"]),
        ("aws ec2 delete-subnet --subnet-id subnet-00000000000000002 --s", &[]),
        ("aws ec2 create-network-acl-entry --rule-action ", &["allow", "deny"]),
        ("aws ec2 describe-vpcs --vpc-ids vpc", &["vpc-00000000000000001"]),
        ("aws ec2 describe-vpcs --output t", &["table", "text"]),
        ("aws ec2 describe-vpcs --output y", &["yaml", "yaml-stream"]),
        ("aws ec2 no-such ", &[]),
    ];
    for (line, expected) in cases {
        let found = complete(line, &ids);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert!(expected.iter().all(|word| found.contains(word)), "{line}: {found:?}");
        assert!(expected.is_empty() == found.is_empty() && found.len() <= expected.len() + 2, "{line}: {found:?}");
    }
}

#[test]
fn every_command_has_help_and_every_option_of_it_is_read() {
    for service in crate::aws::SERVICES {
        let named = service.name;
        assert!(shown("aws help").0.contains(&format!("  {named} ")), "{named}");
        assert!(complete("aws ", &[]).contains(&named.to_owned()), "{named}");
        let all = shown(&format!("aws {named} help")).0;
        for action in service.actions() {
            let name = crate::aws::kebab(action.name);
            assert!(all.contains(&format!("  {name} ")), "{name}");
            assert!(complete(&format!("aws {named} "), &[]).contains(&name), "{name}");
            let (help, exit) = shown(&format!("aws {named} {name} help"));
            assert_eq!(exit, 0);
            assert!(help.contains(&format!("  aws {named} {name}")), "{help}");
            for (option, _) in options::options(action) {
                assert!(help.contains(&format!("--{option}")), "{name} --{option}: {help}");
                let failure = request(named, &format!("{name} --{option} --no-such-option")).expect_err("there is no such option");
                assert!(!failure.text.contains(&format!("Unknown options: --{option}")), "{name} --{option}");
            }
            assert!(help.lines().all(|line| line.len() <= 80), "{name}: {help}");
        }
    }
}
