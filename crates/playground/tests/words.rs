//! Every sentence comes from the table: in the pseudo-locale no view shows one that does not.

mod support;

use eni_playground::session::Session;
use support::{act_for, ask, drop_on, open, seconds, target};

/// Fields whose text is a name, an address, an id, a code, a command line or AWS's own message: it is not translated.
const EXEMPT: &[&str] = &[
    "id",
    "name",
    "address",
    "anchor",
    "target",
    "cidr",
    "region",
    "zone",
    "kind",
    "state",
    "ip",
    "public_ip",
    "allocation",
    "association",
    "letter",
    "mac",
    "description",
    "vpc",
    "place",
    "code",
    "message",
    "rule",
    "echo",
    "line",
    "flow",
    "packet",
    "path",
    "glyph",
    "thing",
    "value",
    "action",
    "service",
    "instance",
    "command",
    "from",
    "to",
    "protocol",
    "eni",
    "only_if",
    "number",
    "client",
    "attachment",
    "can",
];

/// Words of machines, and names of things in the scene, that may stand by themselves where a sentence could.
const NAMES: &[&str] =
    &["base", "local", "icmp", "spare", "default", "client", "public", "shop", "igw-main", "public-a", "public-b", "private-b"];

/// Every text of a view with its field, from its debug print.
fn texts(print: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = print;
    let mut field = String::new();
    while let Some(at) = rest.find('"') {
        let (before, after) = rest.split_at(at);
        if let Some(name) =
            before.trim_end().trim_end_matches(['[', '(', ' ']).trim_end_matches("Some").trim_end_matches(['(', ' ', '[']).strip_suffix(':')
        {
            field = name.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
        }
        let after = &after[1..];
        let mut end = 0;
        let mut escaped = false;
        for (at, letter) in after.char_indices() {
            match letter {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    end = at;
                    break;
                }
                _ => escaped = false,
            }
        }
        found.push((field.clone(), after[..end].to_owned()));
        rest = &after[end + 1..];
    }
    found
}

/// Whether a text has words outside of the brackets that the pseudo-locale puts around what it translates.
fn is_untranslated(text: &str) -> bool {
    let mut depth = 0;
    let outside: String = text
        .chars()
        .filter(|letter| {
            depth += i32::from(*letter == '⟦') - i32::from(*letter == '⟧');
            depth == 0 && *letter != '⟧'
        })
        .collect();
    let is_word = |word: &str| word.len() > 3 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && !NAMES.contains(&word);
    outside.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).any(is_word)
}

fn check(what: &str, print: &str) {
    for (field, text) in texts(print) {
        if !EXEMPT.contains(&field.as_str()) {
            assert!(!is_untranslated(&text), "{what}: {field} says {text:?}");
        }
    }
}

fn things(session: &Session) -> Vec<String> {
    let board = format!("{:?}", session.board());
    let kinds = ["eni", "i", "sg", "subnet", "vpc", "igw", "rtb", "acl", "eipalloc"];
    let names = ["eni", "instance", "group", "subnet", "vpc", "igw", "route-table", "acl", "elastic-ip"];
    let mut things: Vec<String> = texts(&board)
        .into_iter()
        .filter_map(|(_, id)| {
            let (prefix, _) = id.split_once("-0000")?;
            let at = kinds.iter().position(|kind| *kind == prefix)?;
            Some(format!("{}:{id}", names.get(at)?))
        })
        .collect();
    things.extend(["region".to_owned(), "client:1".to_owned()]);
    things.sort();
    things.dedup();
    things
}

#[test]
fn under_the_pseudo_locale_no_view_shows_a_sentence_from_elsewhere() {
    let mut session = open("");
    session.speak("en-XA");
    assert_eq!(session.language().tag(), "en-XA");
    session.advance(seconds(2));
    let refused = target(&session, "svc", "web-3", 1);
    check("target", &format!("{:?}", (&refused.text, refused.refusal.as_ref().map(|refusal| (&refusal.headline, &refusal.remedy)))));
    let why = ask(&mut session, "ops-1", "web-2", 443);
    assert!(!why.remedies.is_empty());
    check("why refused", &format!("{why:?}"));
    check("why delivered", &format!("{:?}", ask(&mut session, "ops-1", "svc", 443)));
    session.execute(&act_for(&session, "terminate", "web-1"));
    session.advance(seconds(2));
    check("why of a free ENI", &format!("{:?}", ask(&mut session, "internet", "svc", 443)));
    check("board", &format!("{:?}", session.board()));
    drop_on(&mut session, "svc", "web-2", 1).result.unwrap();
    session.advance(seconds(3));
    for thing in things(&session) {
        check(&thing, &format!("{:?}", session.menu(&thing)));
        check(&thing, &format!("{:?}", session.details(&thing)));
        // Labels are called `name` too, as names of things are.
        let details = session.details(&thing);
        let labels = details.iter().flat_map(|details| &details.facts).map(|fact| &fact.name);
        let rows = details.iter().flat_map(|details| &details.tables).flat_map(|table| &table.rows).map(|row| &row.name);
        for label in labels.chain(rows) {
            assert!(label.starts_with('⟦'), "{thing}: {label}");
        }
        check(&thing, &format!("{:?}", session.drop_targets(&thing)));
    }
    check("board", &format!("{:?}", session.board()));
    check("timeline", &format!("{:?}", session.timeline(12_000, None).flags));
    check("scenes", &format!("{:?}", session.scenes()));
    check("undo", &format!("{:?}", (session.undo_text(), session.redo_text())));
    for said in session.take_announcements() {
        assert!(!is_untranslated(&said), "{said}");
    }
}

#[test]
fn the_check_itself_finds_what_is_not_translated() {
    assert!(is_untranslated("plain words"));
    assert!(is_untranslated("⟦çöðé⟧ and more words"));
    assert!(!is_untranslated("⟦ŵéƀ {x} name⟧ 10.0.1.20"));
    let found = texts(r#"A { headline: "one \"two\"", note: "", rows: ["a", "b"], remedy: Some("c") }"#);
    let expected = [("headline", r#"one \"two\""#), ("note", ""), ("rows", "a"), ("rows", "b"), ("remedy", "c")];
    assert_eq!(found, expected.map(|(field, text)| (field.to_owned(), text.to_owned())));
}
