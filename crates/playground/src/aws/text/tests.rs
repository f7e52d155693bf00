//! What is written is what was meant.

use super::*;
use serde_json::json;

#[test]
fn what_is_written_is_read_back() {
    let every: String = (0..0x180).filter_map(char::from_u32).chain(['\u{2028}', '\u{ffff}', '\u{1f600}']).collect();
    for letter in every.chars() {
        let text = letter.to_string();
        assert_eq!(Json::from(text.as_str()).value(), json!(text), "{letter:?}");
    }
    let tag = |key: &str| Json::from(Object::new().with("Key", key).text("Value", key));
    let address = Ipv4Addr::new(203, 0, 10, 255);
    let written = Object::new()
        .with("Text", every.as_str())
        .text("Displayed", &every)
        .filled("Nothing", "")
        .filled("Something", "x")
        .maybe("None", None::<bool>)
        .maybe("Some", Some(false))
        .with("Least", i64::MIN)
        .with("Most", u64::MAX)
        .with("Address", address)
        .with("Name", HostName("ip-", address, Some("eu-west-1"), ".compute.internal"))
        .with("Empty", Object::new())
        .list("List", [tag("a"), tag("\"")].into_iter())
        .with("Lists", vec![Json::list([]), Json::from("b")])
        .members(json!({"From": {"a": [1, null]}}).as_object().unwrap());
    let expected = json!({
        "Text": every, "Displayed": every, "Something": "x", "Some": false, "Least": i64::MIN, "Most": u64::MAX,
        "Address": "203.0.10.255", "Name": "ip-203-0-10-255.eu-west-1.compute.internal", "Empty": {},
        "List": [{"Key": "a", "Value": "a"}, {"Key": "\"", "Value": "\""}], "Lists": [[], "b"], "From": {"a": [1, null]},
    });
    assert_eq!(Json::from(written).value(), expected);
    assert_eq!(Json::from(Object::new()).value(), json!({}));
}

#[test]
fn a_quoted_name_is_a_name() {
    let (plain, quoted) =
        (Object::new().with("VpcId", 1).with("Name", "x"), Object::new().with(quoted!("VpcId"), 1).with(quoted!("Name"), Word("x")));
    assert_eq!(plain.into_text(), quoted.into_text());
    let wanted = Wanted::NONE.and("Name");
    let some = |wanted| Object::at(String::new(), wanted).with(quoted!("VpcId"), 1).with(quoted!("Name"), 2).into_text();
    assert_eq!(some(wanted), r#"{"Name":2}"#);
    for account in [AccountId::EXAMPLE, AccountId(7), AccountId(999_999_999_999)] {
        assert_eq!(Json::from(Object::new().with("a", account)).value(), json!({"a": account.to_string()}));
    }
}

// rules: I1
#[test]
fn addresses_and_ids_are_written_as_they_are_displayed() {
    for number in [0, 1, 0x0a00_0004, 0x6464_6463, 0xc0a8_0a01, 0xcb00_71ff, u32::MAX] {
        let ip = Ipv4Addr::from(number);
        assert_eq!(Json::from(Object::new().with("a", ip)).value(), json!({"a": ip.to_string()}));
    }
    for id in [
        "eni-00000000000000000",
        "eni-0123456789abcdef0",
        "eni-f0000000000000001",
        "eni-12345678",
        "eni-00000000",
        "eni-fffffffffffffffff",
        "eni-000000000000fffff",
        "eni-00000000000100000",
    ] {
        let read: eni_core::id::EniId = id.parse().unwrap();
        assert_eq!(read.to_string(), id);
        assert_eq!(Json::from(Object::new().id("a", read)).value(), json!({"a": id}));
    }
}
