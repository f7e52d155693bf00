//! Who asks (the Security Token Service), and which regions there are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::session::Session;
use eni_playground::shell::complete;
use serde_json::{Map, Value, json};

fn regions(account: &mut Account, parameters: Value) -> Vec<Value> {
    account.call("ec2", "DescribeRegions", parameters.as_object().unwrap()).unwrap()["Regions"].as_array().unwrap().clone()
}

fn names(account: &mut Account, parameters: Value) -> Vec<String> {
    regions(account, parameters).iter().map(|region| region["RegionName"].as_str().unwrap().to_owned()).collect()
}

// rules: C1 I11
#[test]
fn who_asks_is_a_user_of_the_account_that_owns_everything() {
    let mut account = Account::fresh("eu-west-1").unwrap();
    let caller = account.call("sts", "GetCallerIdentity", &Map::new()).unwrap();
    let owner = account.call("ec2", "DescribeVpcs", &Map::new()).unwrap()["Vpcs"][0]["OwnerId"].clone();
    assert_eq!(caller["Account"], owner);
    assert_eq!(caller["Arn"], format!("arn:aws:iam::{}:user/learner", owner.as_str().unwrap()));
    // As long as AWS's, of the letters that it takes, and with the first four of a user.
    let id = caller["UserId"].as_str().unwrap();
    assert!(id.starts_with("AIDA") && id.len() == 21 && id.bytes().all(|byte| byte.is_ascii_uppercase()), "{id}");
    let more = json!({"DryRun": true});
    assert_eq!(account.call("sts", "GetCallerIdentity", more.as_object().unwrap()).unwrap_err().code, "UnknownParameter");
    assert_eq!(account.call("ec2", "GetCallerIdentity", &Map::new()).unwrap_err().code, "UnsupportedOperation");
    assert_eq!(account.call("sts", "DescribeRegions", &Map::new()).unwrap_err().code, "UnsupportedOperation");
}

#[test]
fn asking_who_is_no_step_of_undo_and_is_completed() {
    let mut session = Session::open("fresh-account").unwrap();
    let act = json!({"kind": "api", "service": "sts", "action": "GetCallerIdentity", "parameters": {}});
    let answer = session.execute(&Act::from_json(&act).unwrap()).result.unwrap();
    assert_eq!(answer["Account"], "123456789012");
    assert!(!session.undo());
    assert_eq!(complete("aws sts ", &[]), ["get-caller-identity", "help"]);
}

// rules: C1 I3
#[test]
fn an_account_has_the_regions_of_everybody_and_those_that_it_opted_into() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let (mine, all) = (names(&mut account, json!({})), names(&mut account, json!({"AllRegions": true})));
    assert_eq!((mine.len(), all.len()), (17, 34));
    assert!(all.is_sorted() && mine.iter().all(|name| all.contains(name)));
    assert_eq!(names(&mut account, json!({"AllRegions": false})), mine);
    let eu = json!({"RegionName": "eu-west-1", "Endpoint": "ec2.eu-west-1.amazonaws.com", "OptInStatus": "opt-in-not-required"});
    let there = |status: &str| json!({"AllRegions": true, "Filters": [{"Name": "opt-in-status", "Values": [status]}]});
    assert!(regions(&mut account, json!({})).contains(&eu));
    assert_eq!(names(&mut account, there("not-opted-in")).len(), 17);
    assert_eq!(names(&mut account, there("opted-in")), Vec::<String>::new());
    let closed = json!({"Filters": [{"Name": "opt-in-status", "Values": ["not-opted-in"]}]});
    assert_eq!(names(&mut account, closed), Vec::<String>::new());
    let nowhere = account.call("ec2", "DescribeRegions", json!({"RegionNames": ["moon-1"]}).as_object().unwrap()).unwrap_err();
    assert_eq!((nowhere.code.as_str(), nowhere.message.as_str()), ("InvalidParameterValue", "Invalid region: [moon-1]"));
    // What is named is shown, also where the account has not opted in.
    assert_eq!(regions(&mut account, json!({"RegionNames": ["eu-south-1"]}))[0]["OptInStatus"], "not-opted-in");
}

// rules: I3
#[test]
fn the_region_of_the_account_is_one_that_it_has() {
    for (region, status, count) in
        [("eu-south-1", "opted-in", 18), ("us-west-2", "opt-in-not-required", 17), ("us-gov-west-1", "opt-in-not-required", 18)]
    {
        let mut account = Account::fresh(region).unwrap();
        let mine = names(&mut account, json!({}));
        assert_eq!((mine.len(), mine.contains(&region.to_owned())), (count, true), "{region}");
        assert_eq!(regions(&mut account, json!({"RegionNames": [region]}))[0]["OptInStatus"], status, "{region}");
        assert!(mine.is_sorted(), "{mine:?}");
    }
}
