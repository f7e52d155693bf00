//! Quotas: shown and raised by Service Quotas, kept by documents and scripts, taken back by undo.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_core::model::network::Quotas;
use eni_core::model::quota::{MOST, Quota, QuotaService};
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{load, save};
use eni_playground::script::script;
use eni_playground::session::Session;
use eni_playground::shell::{Lone, Shell, complete};
use serde_json::{Value, json};

const VPCS: &str = "L-F678F1CE";

fn call(account: &mut Account, action: &str, parameters: Value) -> Result<Value, String> {
    account.call("service-quotas", action, parameters.as_object().unwrap()).map_err(|error| error.code)
}

fn raise(service: &str, code: &str, value: Value) -> Value {
    json!({"ServiceCode": service, "QuotaCode": code, "DesiredValue": value})
}

// rules: S9 R17 N14 E47 A13
#[test]
fn quotas_stand_in_the_order_of_their_codes_each_with_a_setting_of_its_own() {
    let places: Vec<(QuotaService, &str)> = Quota::ALL.iter().map(|quota| (quota.service(), quota.code())).collect();
    assert!(places.windows(2).all(|two| two[0] < two[1]), "{places:?}");
    for quota in Quota::ALL {
        let mut quotas = Quotas::default();
        assert!(quota.of(&quotas) < quota.most() && quota.most() <= MOST, "{quota:?}");
        *quota.of_mut(&mut quotas) = 77_777;
        let changed: Vec<&Quota> = Quota::ALL.iter().filter(|other| other.of(&quotas) == 77_777).collect();
        assert_eq!(changed, [quota]);
    }
}

// rules: X3 X4
#[test]
fn a_quota_is_shown_as_aws_shows_it() {
    let mut account = Account::fresh("eu-west-1").unwrap();
    let vpcs = json!({
        "ServiceCode": "vpc", "ServiceName": "Amazon Virtual Private Cloud (Amazon VPC)",
        "QuotaArn": "arn:aws:servicequotas:eu-west-1:123456789012:vpc/L-F678F1CE", "QuotaCode": VPCS, "QuotaName": "VPCs per Region",
        "Value": 5.0, "Unit": "None", "Adjustable": true, "GlobalQuota": false, "QuotaAppliedAtLevel": "ACCOUNT",
    });
    let one = json!({"ServiceCode": "vpc", "QuotaCode": VPCS});
    assert_eq!(call(&mut account, "GetServiceQuota", one.clone()), Ok(json!({"Quota": vpcs})));
    // SDKs send numbers with a fraction.
    let reply = call(&mut account, "RequestServiceQuotaIncrease", raise("vpc", VPCS, json!(9.0))).unwrap()["RequestedQuota"].clone();
    assert_eq!((&reply["DesiredValue"], &reply["Status"], &reply["QuotaCode"]), (&json!(9.0), &json!("APPROVED"), &json!(VPCS)));
    let value = |account: &mut Account, action: &str| call(account, action, one.clone()).unwrap()["Quota"]["Value"].clone();
    assert_eq!(value(&mut account, "GetServiceQuota"), json!(9.0));
    assert_eq!(value(&mut account, "GetAWSDefaultServiceQuota"), json!(5.0));
    let quotas = *account.network().quotas();
    assert_eq!((quotas.vpcs, quotas.internet_gateways, quotas.egress_only_gateways, quotas.elastic_ips), (9, 9, 9, 5));
}

// rules: C1 X2
#[test]
fn lists_come_in_pages_and_what_is_not_there_is_refused() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let (mut codes, mut token, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let page = call(&mut account, "ListServiceQuotas", json!({"ServiceCode": "vpc", "MaxResults": 7, "NextToken": token})).unwrap();
        codes.extend(page["Quotas"].as_array().unwrap().iter().map(|quota| quota["QuotaCode"].as_str().unwrap().to_owned()));
        pages += 1;
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    let all: Vec<&str> = Quota::ALL.iter().filter(|quota| quota.service() == QuotaService::Vpc).map(|quota| quota.code()).collect();
    assert_eq!((codes, pages), (all.iter().map(|code| (*code).to_owned()).collect(), all.len().div_ceil(7)));
    let count = |account: &mut Account, parameters: Value| {
        call(account, "ListServiceQuotas", parameters).map(|list| list["Quotas"].as_array().unwrap().len())
    };
    assert_eq!(count(&mut account, json!({"ServiceCode": "ec2", "QuotaAppliedAtLevel": "ALL"})), Ok(4));
    assert_eq!(count(&mut account, json!({"ServiceCode": "ec2", "QuotaAppliedAtLevel": "ACCOUNT"})), Ok(4));
    assert_eq!(count(&mut account, json!({"ServiceCode": "ec2", "QuotaAppliedAtLevel": "RESOURCE"})), Ok(0));
    assert_eq!(count(&mut account, json!({"ServiceCode": "ec2", "QuotaCode": "L-0263D0A3"})), Ok(1));
    for (action, parameters, code) in [
        ("ListServiceQuotas", json!({"ServiceCode": "s3"}), "NoSuchResourceException"),
        ("ListServiceQuotas", json!({"ServiceCode": "vpc", "NextToken": "xx"}), "InvalidPaginationTokenException"),
        ("ListServiceQuotas", json!({"ServiceCode": "vpc", "MaxResults": 101}), "InvalidParameterValue"),
        ("ListServiceQuotas", json!({}), "MissingParameter"),
        ("GetServiceQuota", json!({"ServiceCode": "ec2", "QuotaCode": VPCS}), "NoSuchResourceException"),
        ("GetServiceQuota", json!({"ServiceCode": "vpc", "QuotaCode": VPCS, "ContextId": "vpc-1"}), "NoSuchResourceException"),
        ("RequestServiceQuotaIncrease", raise("vpc", "L-0", json!(9)), "NoSuchResourceException"),
        ("RequestServiceQuotaIncrease", raise("vpc", VPCS, json!(5)), "IllegalArgumentException"),
        ("RequestServiceQuotaIncrease", raise("vpc", VPCS, json!(6.5)), "IllegalArgumentException"),
        ("RequestServiceQuotaIncrease", raise("vpc", VPCS, json!(-6)), "IllegalArgumentException"),
        ("RequestServiceQuotaIncrease", raise("vpc", VPCS, json!(1e300)), "IllegalArgumentException"),
        ("RequestServiceQuotaIncrease", raise("vpc", VPCS, json!("9")), "InvalidParameterValue"),
        ("RequestServiceQuotaIncrease", json!({"ServiceCode": "vpc", "QuotaCode": VPCS}), "MissingParameter"),
    ] {
        let before = account.network().clone();
        assert_eq!(call(&mut account, action, parameters.clone()), Err(code.to_owned()), "{action} {parameters}");
        assert!(*account.network() == before);
    }
    // Its own name leads to it, and no other.
    assert_eq!(account.call("ec2", "ListServiceQuotas", &serde_json::Map::new()).unwrap_err().code, "UnsupportedOperation");
}

// rules: S9 A13
#[test]
fn what_was_raised_is_undone_saved_and_written_as_a_script() {
    let mut session = Session::open("fresh-account").unwrap();
    let act = |service: &str, code: &str, value: u32| Act::Api {
        service: "service-quotas".to_owned(),
        action: "RequestServiceQuotaIncrease".to_owned(),
        parameters: raise(service, code, value.into()),
    };
    let before = session.document();
    session.execute(&act("ec2", "L-0263D0A3", 7)).result.unwrap();
    let line = "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-0263D0A3 --desired-value 7";
    assert_eq!(session.echo().last().unwrap().line, line);
    assert!(session.undo_text().unwrap().contains("raise “EC2-VPC Elastic IPs” to 7"));
    for _ in 0..7 {
        session.execute(&Act::ec2("AllocateAddress", json!({}))).result.unwrap();
    }
    assert_eq!(session.execute(&Act::ec2("AllocateAddress", json!({}))).result.unwrap_err().code, "AddressLimitExceeded");
    for act in [act("vpc", VPCS, 6), act("vpc", "L-A4707A72", 9), act("vpc", "L-0EA8095F", 90)] {
        session.execute(&act).result.unwrap();
    }
    let (scenario, _) = load(session.document().to_string().as_bytes()).unwrap();
    let quotas = *scenario.network.quotas();
    assert_eq!((quotas.elastic_ips, quotas.vpcs, quotas.internet_gateways, quotas.rules_per_group), (7, 6, 9, 90));
    assert!(save(&scenario).contains("\"rulesPerSecurityGroup\":90"));
    let script = script(&scenario);
    assert_eq!(script.left_out, Vec::<String>::new());
    let (mut host, mut shell) = (Lone::new("us-east-1", true).unwrap(), Shell::new());
    let printed = shell.run(&mut host, &script.text);
    assert_eq!(shell.exit(), 0, "{printed:?}\n{}", script.text);
    assert_eq!(*load(host.save().as_bytes()).unwrap().0.network.quotas(), quotas);
    while session.undo() {}
    assert_eq!(session.document(), before);
}

#[test]
fn the_command_line_offers_the_service_with_its_commands() {
    assert_eq!(complete("aws ser", &[]), ["service-quotas"]);
    assert_eq!(complete("aws service-quotas req", &[]), ["request-service-quota-increase"]);
    assert_eq!(complete("aws service-quotas list-service-quotas --quota-applied-at-level R", &[]), ["RESOURCE"]);
}
