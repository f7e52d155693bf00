//! Answers as YAML, beside what Python's library prints, with which the AWS command line makes its own.

use super::super::*;
use super::shown;
use serde_json::{Value, json};

/// What stands in it is what it could be mistaken for.
const ANSWER: &str = r##"{
 "Vpcs": [
  {
   "VpcId": "vpc-1",
   "OwnerId": "123456789012",
   "IsDefault": false,
   "Tags": [],
   "Nothing": null,
   "Empty": "",
   "Map": {},
   "Count": -5,
   "a: b": "x",
   "Long": "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word end",
   "Texts": [
    "true",
    "True",
    "yes",
    "null",
    "nothing",
    "~",
    "-1",
    "1.5",
    "0.0.0.0/0",
    "::/0",
    "::1",
    "02:11:22:33:44:55",
    "0e:11:22:33:44:55",
    "2026-01-01T00:00:00+00:00",
    "*",
    "a: b",
    "a #b",
    "a#b",
    "- x",
    "-",
    "-a",
    "it's",
    "'q'",
    " lead",
    "trail ",
    "a,b",
    "[x]",
    "{x}",
    "?x",
    "? x",
    "!x",
    "&x",
    "%x",
    "@x",
    "`x",
    "|x",
    ">x",
    "#x",
    "\"q",
    "=",
    "<<",
    "0x1f",
    "0xyz",
    "0o17",
    "0b1",
    "1e5",
    "1_000",
    ".5",
    ".inf",
    "-.inf",
    ".nan",
    "a:",
    "a:b",
    "back\\slash",
    "tab\there",
    "é",
    "\u0001",
    "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word end",
    "it's: word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word end",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  y z",
    "10.0.0.1",
    "10.0",
    "2026-01-01",
    "2026-01-01x",
    "12:30",
    "1.",
    "+1",
    "on",
    "---",
    "--- a",
    "...",
    "a  b",
    ",x",
    "]",
    "😀",
    "5 a",
    "e5",
    "1e",
    "."
   ],
   "Lists": [
    [
     "a",
     [
      "b",
      "c"
     ]
    ],
    [],
    [
     {
      "A": 1,
      "B": [
       2
      ]
     }
    ],
    {
     "C": {
      "D": {
       "E": []
      }
     }
    }
   ]
  }
 ]
}"##;

/// ruamel.yaml 0.17.21 printed this of the answer.
const PRINTED: &str = r##"Vpcs:
- Count: -5
  Empty: ''
  IsDefault: false
  Lists:
  - - a
    - - b
      - c
  - []
  - - A: 1
      B:
      - 2
  - C:
      D:
        E: []
  Long: word word word word word word word word word word word word word word word
    word word word word word word word word word word word word word word word end
  Map: {}
  Nothing: null
  OwnerId: '123456789012'
  Tags: []
  Texts:
  - 'true'
  - 'True'
  - yes
  - 'null'
  - nothing
  - '~'
  - '-1'
  - '1.5'
  - 0.0.0.0/0
  - ::/0
  - ::1
  - 02:11:22:33:44:55
  - 0e:11:22:33:44:55
  - '2026-01-01T00:00:00+00:00'
  - '*'
  - 'a: b'
  - 'a #b'
  - a#b
  - '- x'
  - '-'
  - -a
  - it's
  - '''q'''
  - ' lead'
  - 'trail '
  - a,b
  - '[x]'
  - '{x}'
  - ?x
  - '? x'
  - '!x'
  - '&x'
  - '%x'
  - '@x'
  - '`x'
  - '|x'
  - '>x'
  - '#x'
  - '"q'
  - '='
  - '<<'
  - '0x1f'
  - 0xyz
  - '0o17'
  - '0b1'
  - '1e5'
  - '1_000'
  - '.5'
  - '.inf'
  - '-.inf'
  - '.nan'
  - 'a:'
  - a:b
  - back\slash
  - "tab\there"
  - é
  - "\x01"
  - word word word word word word word word word word word word word word word word
    word word word word word word word word word word word word word word end
  - 'it''s: word word word word word word word word word word word word word word
    word word word word word word word word word word word word word word word word
    end'
  - xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  y
    z
  - 10.0.0.1
  - '10.0'
  - '2026-01-01'
  - 2026-01-01x
  - 12:30
  - '1.'
  - '+1'
  - on
  - '---'
  - '--- a'
  - '...'
  - a  b
  - ',x'
  - ']'
  - "\U0001F600"
  - 5 a
  - e5
  - 1e
  - .
  VpcId: vpc-1
  'a: b': x
"##;

// rules: C1
#[test]
fn yaml_is_that_of_the_aws_command_line() {
    let answer: Value = serde_json::from_str(ANSWER).unwrap();
    let printed = yaml::yaml(&answer);
    for (own, expected) in printed.lines().zip(PRINTED.lines()) {
        assert_eq!(own, expected);
    }
    assert_eq!(printed, PRINTED);
    let alone = [
        (json!("abc"), "abc\n...\n"),
        (json!(5), "5\n...\n"),
        (json!(null), "null\n...\n"),
        (json!([]), "[]\n"),
        (json!(["a"]), "- a\n"),
        (
            json!(
                "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab c"
            ),
            "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab\n  ab ab ab ab ab ab ab ab ab ab ab ab c\n...\n",
        ),
        (json!(true), "true\n...\n"),
        (json!("1"), "'1'\n"),
        (json!([[1], ["b"]]), "- - 1\n- - b\n"),
    ];
    for (value, expected) in alone {
        assert_eq!(yaml::yaml(&value), expected);
    }
    assert_eq!(yaml::yaml(&json!({})), "");
}

// rules: C1
#[test]
fn a_command_answers_in_yaml_when_asked() {
    let one = "- Default: true\n  Id: vpc-00000000000000001\n";
    let query = "--query 'Vpcs[].{Id:VpcId,Default:IsDefault}'";
    let stream = format!("- {}", one.replace('\n', "\n  ").trim_end_matches(' '));
    for (line, expected) in [
        (format!("aws ec2 describe-vpcs {query} --output yaml"), one),
        (format!("export AWS_DEFAULT_OUTPUT=yaml\naws ec2 describe-vpcs {query}"), one),
        (format!("aws ec2 describe-vpcs {query} --output yaml-stream"), &stream),
        ("aws ec2 delete-network-acl --network-acl-id acl-0 --output yaml || echo refused".to_owned(), "refused\n"),
    ] {
        let (text, code) = shown(&line);
        assert!(text.ends_with(expected) && code == 0, "{line}: {text}");
    }
}
