//! Key pairs over AWS's API, in documents, in scripts and on the command line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account;

use account::{files_of, ok, refused, scenario, stays};
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{import, load};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, Stream};
use serde_json::{Value, json};

const IMAGE: &str = "ami-00000000000000001";

fn id(number: u32) -> String {
    format!("key-{number:017x}")
}

/// Two key pairs, and an instance that was launched with the first one.
fn furnished() -> Account {
    let mut account = Account::fresh("us-east-1").unwrap();
    let tags = json!([{"ResourceType": "key-pair", "Tags": [{"Key": "Name", "Value": "mine"}]}]);
    ok(&mut account, "CreateKeyPair", json!({"KeyName": "MyKeyPair", "TagSpecifications": tags}));
    ok(&mut account, "CreateKeyPair", json!({"KeyName": "short", "KeyType": "ed25519"}));
    let launch = json!({"ImageId": IMAGE, "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1, "KeyName": "MyKeyPair"});
    assert_eq!(ok(&mut account, "RunInstances", launch)["Instances"][0]["KeyName"], "MyKeyPair");
    account
}

fn described(account: &mut Account) -> (Value, Value) {
    let key = |answer: Value| answer["Reservations"][0]["Instances"][0]["KeyName"].clone();
    (ok(account, "DescribeKeyPairs", json!({}))["KeyPairs"].clone(), key(ok(account, "DescribeInstances", json!({}))))
}

// rules: L19 C2 X3
#[test]
fn a_key_pair_is_made_and_shown_as_aws_does_and_says_that_there_is_no_key() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let made = ok(&mut account, "CreateKeyPair", json!({"KeyName": "MyKeyPair"}));
    let members: Vec<&str> = made.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["KeyFingerprint", "KeyMaterial", "KeyName", "KeyPairId"], "{made}");
    let material = made["KeyMaterial"].as_str().unwrap();
    assert!(material.starts_with("-----BEGIN RSA PRIVATE KEY-----\nThere is no key here."), "{material}");
    assert!(material.ends_with("-----END RSA PRIVATE KEY-----"), "{material}");
    let puttys = ok(&mut account, "CreateKeyPair", json!({"KeyName": "putty", "KeyType": "ed25519", "KeyFormat": "ppk"}));
    assert!(puttys["KeyMaterial"].as_str().unwrap().starts_with("PuTTY-User-Key-File-3: ssh-ed25519\n"), "{puttys}");

    let shown = ok(&mut account, "DescribeKeyPairs", json!({"KeyNames": ["MyKeyPair"]}));
    let created = &shown["KeyPairs"][0]["CreateTime"];
    let expected = json!({"KeyPairs": [{"KeyPairId": id(1), "KeyType": "rsa", "Tags": [], "CreateTime": created, "KeyName": "MyKeyPair",
        "KeyFingerprint": made["KeyFingerprint"]}]});
    assert_eq!(shown, expected);
    for (filter, value) in [("key-name", "putty"), ("key-pair-id", &id(2)), ("fingerprint", puttys["KeyFingerprint"].as_str().unwrap())] {
        let found = ok(&mut account, "DescribeKeyPairs", json!({"Filters": [{"Name": filter, "Values": [value]}]}));
        assert_eq!((found["KeyPairs"].as_array().unwrap().len(), &found["KeyPairs"][0]["KeyName"]), (1, &json!("putty")), "{filter}");
    }
    assert_eq!(
        refused(&mut account, "DescribeKeyPairs", json!({"KeyNames": ["none"]})),
        "InvalidKeyPair.NotFound: The key pair 'none' does not exist"
    );
    assert_eq!(
        refused(&mut account, "DescribeKeyPairs", json!({"KeyPairIds": [id(9)]})),
        format!("InvalidKeyPair.NotFound: The key pair '{}' does not exist", id(9))
    );
    let public = refused(&mut account, "DescribeKeyPairs", json!({"IncludePublicKey": true}));
    assert!(public.starts_with("UnsupportedOperation: The playground keeps no key"), "{public}");
    assert_eq!(ok(&mut account, "DeleteKeyPair", json!({"KeyName": "MyKeyPair"})), json!({"Return": true, "KeyPairId": id(1)}));
    assert_eq!(ok(&mut account, "DeleteKeyPair", json!({"KeyName": "MyKeyPair"})), json!({"Return": true}));
    assert!(refused(&mut account, "DeleteKeyPair", json!({})).starts_with("MissingParameter"));
    assert!(refused(&mut account, "DeleteKeyPair", json!({"KeyName": "a", "KeyPairId": id(1)})).starts_with("InvalidParameterCombination"));
}

// rules: L19
#[test]
fn a_public_key_may_come_as_text_or_in_base64_and_is_not_kept() {
    let mut account = Account::fresh("us-east-1").unwrap();
    // "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" and 43 times b, and the same in base64.
    let text = format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{} me", "b".repeat(43));
    let packed = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSWJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmIgbWU=";
    let plain = ok(&mut account, "ImportKeyPair", json!({"KeyName": "plain", "PublicKeyMaterial": text}));
    let other = ok(&mut account, "ImportKeyPair", json!({"KeyName": "packed", "PublicKeyMaterial": packed}));
    assert_eq!(plain["KeyFingerprint"], other["KeyFingerprint"]);
    let members: Vec<&str> = plain.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["KeyFingerprint", "KeyName", "KeyPairId"]);
    let kept = eni_playground::scenario::save(&scenario(&account));
    assert!(kept.contains("\"KeyName\": \"plain\"") || kept.contains("\"KeyName\":\"plain\""), "{kept}");
    assert!(!kept.contains("AAAAC3NzaC1lZDI1NTE5"), "the key is kept");
    for wrong in ["words", "AAAA", "ssh-dss AAAAB3NzaC1kc3M="] {
        let answer = refused(&mut account, "ImportKeyPair", json!({"KeyName": "x", "PublicKeyMaterial": wrong}));
        assert_eq!(answer, "InvalidKey.Format: Key is not in valid OpenSSH public key format", "{wrong}");
    }
}

// rules: L19 J17 C1
#[test]
fn what_describe_prints_is_read_again_and_documents_and_scripts_keep_it() {
    let mut first = furnished();
    let lists = [
        "Vpcs",
        "SecurityGroups",
        "NetworkAcls",
        "RouteTables",
        "InternetGateways",
        "Subnets",
        "Instances",
        "NetworkInterfaces",
        "KeyPairs",
    ];
    let files = files_of(&mut first, &lists);
    let (_, report) = import(&files).unwrap();
    assert!(report.warnings.is_empty() && report.left_out.iter().all(|left| !left.what.contains("Key")), "{report:?}");
    let text = stays(&mut first, &files, described);
    let made = script(&load(text.as_bytes()).unwrap().0);
    assert!(made.left_out.iter().all(|what| !what.contains("key")), "{:?}", made.left_out);
    let line = made.text.replace("\\\n", " ");
    assert!(line.contains("create-key-pair") && line.contains("--key-name MyKeyPair"), "{line}");

    // A pair that is gone, and one whose key was made elsewhere, are told of.
    ok(&mut first, "DeleteKeyPair", json!({"KeyName": "MyKeyPair"}));
    ok(&mut first, "ImportKeyPair", json!({"KeyName": "far", "PublicKeyMaterial": format!("ssh-rsa AAAAB3NzaC1yc2E{}", "A".repeat(61))}));
    let files = files_of(&mut first, &lists);
    stays(&mut first, &files, described);
    let told = script(&scenario(&first));
    assert!(
        told.left_out.iter().any(|what| what.ends_with("the key pair that it was launched with is not here; it is launched without one"))
    );
    assert!(told.left_out.iter().any(|what| what.contains(&format!("{}: its key was made elsewhere", id(3)))), "{:?}", told.left_out);
    assert!(!told.text.contains("--key-name MyKeyPair"), "{}", told.text);

    for (place, wrong) in
        [("/KeyName", json!("")), ("/KeyType", json!("dsa")), ("/KeyPairId", json!("key-1")), ("/KeyName", json!("short"))]
    {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        *value.pointer_mut(&format!("/state/KeyPairs/0{place}")).unwrap() = wrong;
        assert!(load(value.to_string().as_bytes()).is_err(), "{place}");
    }
}

// rules: L19
#[test]
fn what_a_tutorial_does_with_a_key_pair_works_and_is_undone() {
    let (mut host, mut shell) = (Lone::new("us-east-1", false).unwrap(), Shell::new());
    let mut shown = |line: &str| {
        let printed = shell.run(&mut host, line);
        printed.iter().filter(|(stream, _)| *stream == Stream::Out).map(|(_, text)| text.as_str()).collect::<String>()
    };
    let material = shown("aws ec2 create-key-pair --key-name MyKeyPair --query KeyMaterial --output text");
    assert!(material.contains("There is no key here."), "{material}");
    assert_eq!(shown("aws ec2 wait key-pair-exists --key-names MyKeyPair"), "");
    assert_eq!(shown("aws ec2 describe-key-pairs --key-name MyKeyPair --query KeyPairs[].KeyType --output text"), "rsa\n");
    let line = "aws ec2 run-instances --image-id ami-0abcdef1234567890 --key-name MyKeyPair --query Instances[].KeyName --output text";
    assert_eq!(shown(line), "MyKeyPair\n");
    assert_eq!(shown("aws ec2 delete-key-pair --key-name MyKeyPair --query Return"), "true\n");

    let mut session = Session::open("fresh-account").unwrap();
    session.execute(&Act::ec2("CreateKeyPair", json!({"KeyName": "one"}))).result.unwrap();
    let names = |session: &mut Session| {
        let answer = session.execute(&Act::ec2("DescribeKeyPairs", json!({}))).result.unwrap();
        answer["KeyPairs"].as_array().unwrap().iter().map(|pair| pair["KeyName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut session), ["one"]);
    assert!(session.undo());
    assert_eq!(names(&mut session), Vec::<String>::new());
    let launch = json!({"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1, "KeyName": "one"});
    let refused = session.execute(&Act::ec2("RunInstances", launch)).result.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.reason.as_str()), ("InvalidKeyPair.NotFound", "This Region has no key pair named one."));
    assert!(refused.remedy.contains("create-key-pair"), "{}", refused.remedy);
}
