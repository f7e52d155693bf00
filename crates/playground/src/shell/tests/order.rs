//! The order of members where a query takes objects apart or puts them together: the service model's, as everywhere.

use super::shown;
use serde_json::Value;

/// The members of the only VPC, in the order in which they are printed.
fn members() -> Vec<String> {
    let (printed, _) = shown("aws ec2 describe-vpcs --query 'Vpcs[0]'");
    let own = printed.lines().filter_map(|line| line.strip_prefix("    \"")?.split_once('"').map(|(name, _)| name.to_owned()));
    own.collect()
}

fn answer(query: &str) -> Value {
    let (printed, exit) = shown(&format!("aws ec2 describe-vpcs --query \"{query}\""));
    assert_eq!(exit, 0, "{query}: {printed}");
    serde_json::from_str(&printed).unwrap()
}

#[test]
fn what_takes_an_object_apart_keeps_the_order_of_its_members() {
    let members = members();
    let mut sorted = members.clone();
    sorted.sort();
    assert_ne!(members, sorted, "otherwise nothing is shown");
    assert_eq!(answer("keys(Vpcs[0])"), Value::from(members.clone()));
    assert_eq!(answer("Vpcs[].keys(@)[]"), Value::from(members.clone()));
    let whole = answer("Vpcs[0]");
    let values: Value = members.iter().map(|name| whole[name].clone()).collect();
    assert_eq!(answer("values(Vpcs[0])"), values);
    assert_eq!(answer("Vpcs[0].*"), values);
    assert_eq!(answer("Vpcs[*].* | [0]"), values);
    assert_eq!(answer("{B: Vpcs[0].VpcId, A: Vpcs[0].State}.*"), Value::from(vec![whole["VpcId"].clone(), whole["State"].clone()]));
    assert_eq!(answer("keys({B: '1', A: '2'})"), Value::from(vec!["B", "A"]));
    assert_eq!(answer("Vpcs[0].VpcId.*"), Value::Null);
    assert_eq!(answer("Vpcs.*"), Value::Null);
    let (text, _) = shown("aws ec2 describe-vpcs --query 'keys(Vpcs[0])' --output text");
    assert_eq!(text, format!("{}\n", members.join("\t")));
}

#[test]
fn what_is_merged_stands_in_the_order_of_its_parts() {
    let cases = [
        ("merge({B: '1', A: '2'}, {C: '3', A: '4'})", "{\n    \"B\": \"1\",\n    \"A\": \"4\",\n    \"C\": \"3\"\n}\n"),
        ("merge({B: '1'}, {A: '2'}).keys(@)", "[\n    \"B\",\n    \"A\"\n]\n"),
    ];
    for (query, expected) in cases {
        assert_eq!(shown(&format!("aws ec2 describe-vpcs --query \"{query}\"")).0, expected, "{query}");
    }
    let merged = shown("aws ec2 describe-vpcs --query \"merge(Vpcs[0], {Z: '1'}).keys(@)\" --output text").0;
    assert_eq!(merged, format!("{}\tZ\n", members().join("\t")));
}

#[test]
fn functions_still_want_what_they_wanted() {
    for query in ["keys(Vpcs)", "values(`1`)", "merge(Vpcs)", "keys()"] {
        let (printed, exit) = shown(&format!("aws ec2 describe-vpcs --query '{query}'"));
        assert_eq!(exit, 255, "{query}: {printed}");
    }
}
