//! The shell, line by line: what is read, what is refused, what is printed.

mod custom;
mod files;
mod flow;
mod group_names;
mod help;
mod options;
mod order;
mod output;
mod pages;
mod pipes;
mod prefixes;
mod waiters;
mod yaml;

use super::lex::Script;
use super::*;

/// What a terminal shows after a script, and the exit code.
fn shown(script: &str) -> (String, u8) {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let mut shell = Shell::new();
    let printed = shell.run(&mut host, script);
    (printed.into_iter().map(|(_, text)| text).collect(), shell.exit())
}

/// The words of a line without variables.
fn words(line: &str) -> Vec<String> {
    let mut shell = Shell::new();
    let mut host = Lone::new("us-east-1", true).unwrap();
    let statement = Script::new(line).next().unwrap().unwrap();
    statement.words.iter().flat_map(|word| shell.expand(&mut host, word, 0, true, 0, &mut Vec::new()).unwrap()).collect()
}

#[test]
fn words_are_those_of_a_shell() {
    let cases: [(&str, &[&str]); 9] = [
        ("a  b\tc # d", &["a", "b", "c"]),
        ("'a b' \"c d\" e\\ f", &["a b", "c d", "e f"]),
        (r#"'it'\''s' "say \"x\"" "\n""#, &["it's", "say \"x\"", "\\n"]),
        ("a \\\n  b", &["a", "b"]),
        ("'two\nlines'", &["two\nlines"]),
        ("'' \"\" $NONE \"$NONE\"", &["", "", ""]),
        ("$(echo a 'b  c') \"$(echo 'b  c')\"", &["a", "b", "c", "b  c"]),
        ("a#b '#c' $ a$", &["a#b", "#c", "$", "a$"]),
        ("$(echo \"$(echo deep)\")x `echo old`", &["deepx", "old"]),
    ];
    for (line, expected) in cases {
        assert_eq!(words(line), expected, "{line}");
    }
}

#[test]
fn variables_are_set_used_and_split() {
    let cases = [
        ("A=1; echo $A ${A}x \"$A\" '$A'", "1 1x 1 $A\n"),
        ("A=2001:db8:0:100::/56; echo ${A%00::/56}01::/64 \"${A%::/48}\"", "2001:db8:0:101::/64 2001:db8:0:100::/56\n"),
        ("A='1  2'; echo $A; echo \"$A\"", "1 2\n1  2\n"),
        ("export A=1 B=2; echo $A$B", "12\n"),
        ("A=1\nB=$(A=2; echo $A)\necho $A$B", "12\n"),
        ("A=1; A=2 echo x; echo $A", "x\n1\n"),
        ("false; echo $?; echo $?", "1\n0\n"),
        ("true && echo a || echo b; false && echo c || echo d", "a\nd\n"),
        ("unset A; echo [$A]", "[]\n"),
        ("set -e\nfalse\necho never", ""),
        ("set -e\nfalse || echo on\nfalse && echo never\necho still", "on\nstill\n"),
        ("set -e\ntrue && false\necho never", ""),
        ("X=$(false) || echo failed", "failed\n"),
        ("X=ab; X+=c; echo $X; export X+=d; echo $X; Y+=5; echo $Y", "abc\nabcd\n5\n"),
        ("set -u; Y+=5; echo $Y", "5\n"),
        ("X=v; echo ${Y:-d e} \"${Y-x  y}\" ${Y:-\"a  b\"} ${Y:-$X} ${Y:-${Z:-q}} ${Y:-} \"${X:-n}\"", "d e x  y a  b v q v\n"),
        ("Y=; echo \"${Y:-e}\" \"${Y-e}.\"", "e .\n"),
        (r"echo $'a\tb\'c' $'\x41\u00e9'", "a\tb'c A\u{e9}\n"),
        (
            r"echo -e 'a\tb\nc\\d\x41\c no'; echo; echo -ne 'a\n'; echo -nx a; echo - a; echo -eE 'a\tb'",
            "a\tb\nc\\dA\na\n-nx a\n- a\na\\tb\n",
        ),
        (r"printf '%s\n' a b; printf 'x%5s|%-5s|%05d|%d\n' a b 3 4; printf '%s %s\n' a b c", "a\nb\nx    a|b    |00003|4\na b\nc \n"),
        (r"printf 'a\x41%%\n' b c; printf '%b|' 'a\tb'; printf '%s|%d\n'", "aA%\na\tb||0\n"),
        (
            r"printf '%d\n' abc; echo $?; printf; echo $?",
            "printf: abc: invalid number\n1\nprintf: usage: printf [-v var] format [arguments]\n2\n",
        ),
        ("printf -v V '%s.' x; echo $V; printf -- '--x'", "x.\n--x"),
        ("echo $(seq 3) $(seq 2 4) $(seq 5 -2 1) $(seq 0).", "1 2 3 2 3 4 5 3 1 .\n"),
        ("A={1,2}; echo $A; export B={1,2}; echo $B", "{1,2}\n2\n"),
        ("for I in {1..3} a{b,c}; do echo $I; done", "1\n2\n3\nab\nac\n"),
        ("aws configure get region; aws configure get output; echo $?", "us-east-1\n1\n"),
        (
            "echo '{\"A\":[\"b\"]}' > f.json; jq -r '.A[0]' f.json; jq .A[] < f.json; jq .A g.json",
            "b\n\"b\"\njq: error: Could not open g.json: No such file or directory\n",
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(shown(script).0, expected, "{script}");
    }
}

#[test]
fn a_variable_without_a_value_ends_the_script_where_that_is_asked_for() {
    for set in ["set -u", "set -eu", "set -euo pipefail", "set -o nounset"] {
        for line in ["echo $X b", "A=$X", "echo \"${X%a}\" || true", "for I in $X; do echo a; done", "cat << END\n$X\nEND"] {
            let expected = ("a\nX: unbound variable\n".to_owned(), 1);
            assert_eq!(shown(&format!("{set}\necho a\n{line}\necho c")), expected, "{set}: {line}");
        }
    }
    let others = [
        ("set -u; set +u; echo $X.", ".\n"),
        ("set -u; echo ${X:-a} ${X-b}. $HOME", "a b.\n"),
        // What stands in brackets ends alone, as in bash.
        ("set -u; Y=$(echo $X; echo never); echo c", "X: unbound variable\nc\n"),
    ];
    for (script, expected) in others {
        assert_eq!(shown(script).0, expected, "{script}");
    }
}

#[test]
fn braces_outside_of_quotes_make_several_words_of_one_as_in_bash() {
    let cases = [
        ("{a,}b {,} {a{b,c}} {a,{b,c}", "ab b {ab} {ac} {a,b {a,c"),
        (
            "{3..1} {01..10..3} {a..e} {e..a..2} {1..1} {-1..1} {1..3..0} {10..1..4} {1..3..-1}",
            "3 2 1 01 04 07 10 a b c d e e c a 1 -1 0 1 1 2 3 10 6 2 1 2 3",
        ),
        ("{1..2}{x,y} {a,b}} {{a,b}", "1x 1y 2x 2y a} b} {a {b"),
        ("{1..x} {} a{b}c {a..} {..b} {1...3}", "{1..x} {} a{b}c {a..} {..b} {1...3}"),
        (r#""{a,b}" '{a,b}' {"a b",c} \{a,b} {a,b\}"#, "{a,b} {a,b} a b c {a,b} {a,b}"),
        ("Tags=[{Key=a,Value=b}] {x,$A}y {$A,z}", "Tags=[Key=a] Tags=[Value=b] xy vy v z"),
    ];
    for (line, expected) in cases {
        assert_eq!(shown(&format!("A=v\necho {line}")), (format!("{expected}\n"), 0), "{line}");
    }
}

#[test]
fn a_line_that_cannot_be_read_is_an_error_and_the_next_one_works() {
    let long = "x".repeat(LONGEST_LINE + 1);
    let deep = format!("echo {}{}", "$(echo ".repeat(40), ")".repeat(40));
    let cases = [
        ("echo 'open", "unexpected EOF while looking for matching `''"),
        ("echo \"open", "unexpected EOF while looking for matching `\"'"),
        ("echo $(open", "unexpected EOF while looking for matching `)'"),
        ("aws ec2 describe-vpcs | grep vpc", "has no `grep' behind `|'"),
        ("echo x > ''", "No such file or directory"),
        ("&& echo x", "syntax error near unexpected token `&&'"),
        ("echo ${A:+x}", "${A:+x}: bad substitution"),
        ("echo ${A:-${B:+x}}", "${B:+x}: bad substitution"),
        ("echo {1..9}{1..9}{1..9}{1..9}", "braces make more than 4096 words of one"),
        ("echo ${A%*}", "${A%*}: bad substitution"),
        ("echo ${%x}", "${%x}: bad substitution"),
        ("echo $((1+1))", "does not calculate"),
        ("make true", "make: command not found"),
        ("a\0b", "NUL"),
        (long.as_str(), "longer than 1048576 bytes"),
        (deep.as_str(), "nests deeper than 16"),
    ];
    for (line, expected) in cases {
        let (printed, exit) = shown(&format!("{line}\necho next"));
        assert!(printed.contains(expected), "{expected}: {}", printed.chars().take(300).collect::<String>());
        assert!(printed.ends_with("\nnext\n"), "{expected}: {}", printed.chars().take(300).collect::<String>());
        assert_eq!(exit, 0);
    }
}

#[test]
fn doubling_a_variable_does_not_fill_memory() {
    let script = format!("A=0123456789\n{}echo ${{A}}", "A=$A$A\n".repeat(64));
    assert!(shown(&script).0.contains("longer than"));
    let (printed, _) = shown(&format!("A={}\necho $A $A $A", "x".repeat(LONGEST_LINE - 10)));
    assert!(printed.contains("longer than") && printed.len() < 200);
}

// rules: C1 X1
#[test]
fn lines_answer_as_a_terminal_shows_them() {
    let cases = [
        ("aws ec2 describe-vpcs --query 'Vpcs[0].CidrBlock' --output text", 0, "172.31.0.0/16\n"),
        ("aws ec2 describe-vpcs --query 'Vpcs[0].IsDefault'", 0, "true\n"),
        ("aws ec2 describe-subnets --query 'sum(Subnets[].AvailableIpAddressCount)'", 0, "24546\n"),
        (
            "aws ec2 describe-vpcs --query '[ceil(`1.5`),floor(`1.5`),abs(`-3`),abs(`-1.5`),sum(`[]`),sum(`[1,1.5]`)]' --output text",
            0,
            "2\t1\t3\t1.5\t0\t2.5\n",
        ),
        ("aws ec2 describe-vpcs --query 'avg(`[1,3]`)'", 0, "2.0\n"),
        ("aws ec2 describe-vpcs --query 'foo(X)'", 255, "\nUnknown function: foo()\n"),
        ("aws ec2 describe-vpcs --query 'Vpcs | length(@, @)'", 255, "\nExpected 1 argument for function length(), received 2\n"),
        ("aws ec2 describe-vpcs --query 'join(Vpcs)'", 255, "\nExpected 2 arguments for function join(), received 1\n"),
        ("aws ec2 describe-vpcs --filters Name=is-default,Values=false", 0, "{\n    \"Vpcs\": []\n}\n"),
        (
            "aws ec2 create-vpc --cidr-block 10.0.0.0/30",
            254,
            "\nAn error occurred (InvalidVpc.Range) when calling the CreateVpc operation: The CIDR '10.0.0.0/30' is invalid.\n",
        ),
        (
            "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run",
            254,
            "\nAn error occurred (DryRunOperation) when calling the CreateVpc operation: Request would have succeeded, but DryRun flag is set.\n",
        ),
        ("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query 'Vpc.[' ", 252, "Bad value for --query Vpc.[: "),
        (
            "aws ec2 associate-address --instance-id i-00000000000000001 --public-ip 203.0.113.1",
            254,
            "(InvalidParameterCombination) when calling the AssociateAddress operation: You must specify an allocation id when mapping an address to a VPC instance\n",
        ),
        (
            "aws ec2 disassociate-address --public-ip 203.0.113.1",
            254,
            "(InvalidParameterValue) when calling the DisassociateAddress operation: You must specify an association id when unmapping an address from a VPC instance\n",
        ),
        ("aws ec2 associate-address", 254, "(MissingParameter) when calling the AssociateAddress operation: "),
        ("aws ec2 describe-vpcs --region eu-west-1", 255, "holds one region, us-east-1"),
        ("AWS_DEFAULT_OUTPUT=text aws ec2 describe-vpcs --query Vpcs[].CidrBlock", 0, "172.31.0.0/16\n"),
        ("aws s3 ls", 252, "argument command: Invalid choice"),
        ("make me a sandwich", 127, "make: command not found\n"),
    ];
    for (line, exit, expected) in cases {
        let (printed, got) = shown(line);
        assert_eq!(got, exit, "{line}: {printed}");
        assert!(if exit == 0 { printed == expected } else { printed.contains(expected) }, "{line}: {printed}");
    }
    assert!(
        shown("aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query 'Vpc.['\naws ec2 describe-vpcs --query 'length(Vpcs)'")
            .0
            .ends_with("\n1\n")
    );
}

#[test]
fn what_is_expected_is_checked() {
    let cases = [
        ("expect ok", 1, "expect: no aws command came before it\n"),
        ("X=$(aws ec2 describe-vpcs)\nexpect ok", 0, "as expected: ok\n"),
        ("X=$(aws ec2 describe-vpcs)\nexpect refused", 1, "expect: wanted refused, got ok\n"),
        (
            "aws ec2 delete-vpc --vpc-id vpc-0000000000000000f\nexpect refused InvalidVpcID.NotFound",
            0,
            "\nas expected: refused InvalidVpcID.NotFound\n",
        ),
        ("aws ec2 delete-vpc --vpc-id vpc-0000000000000000f\nexpect refused Other\ntrue", 1, "got refused InvalidVpcID.NotFound\n"),
        ("aws ec2 nothing\nexpect refused", 1, "got exit 252\n"),
        ("expect fun", 1, "expect: no aws"),
        ("expect trace nobody internet tcp 443 DELIVERED", 1, "nobody is called"),
        ("expect trace a b tcp x DELIVERED", 2, "usage: expect ok"),
        ("wait 5s && sleep 1 && wait 100ms", 0, ""),
        ("wait", 2, "usage: wait"),
        ("wait -5s", 2, "usage: wait"),
        ("wait 1e99h", 2, "usage: wait"),
    ];
    for (script, exit, expected) in cases {
        let (printed, got) = shown(script);
        assert_eq!(got, exit, "{script}: {printed}");
        assert!(printed.contains(expected), "{script}: {printed}");
    }
}

#[test]
fn an_instance_with_a_public_address_is_reached_when_its_group_lets_it() {
    let script = "\
ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --associate-public-ip-address --query 'Instances[0].InstanceId' --output text)
expect ok
SG=$(aws ec2 describe-instances --instance-ids $ID --query 'Reservations[].Instances[].SecurityGroups[].GroupId' --output text)
expect trace internet $ID tcp 22 DENIED
expect trace internet $ID tcp 22 ENI_SG_RULES_MISMATCH
Y=$(aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 0.0.0.0/0)
expect ok
expect trace internet $ID tcp 22 DELIVERED
expect trace internet $ID tcp 23 DENIED
echo done";
    let met = ["ok", "DENIED ENI_SG_RULES_MISMATCH", "DENIED ENI_SG_RULES_MISMATCH", "ok", "DELIVERED", "DENIED ENI_SG_RULES_MISMATCH"];
    let expected: String = met.map(|got| format!("as expected: {got}\n")).concat() + "done\n";
    assert_eq!(shown(script), (expected, 0));
    let (printed, exit) = shown(&script.replace("tcp 23 DENIED", "tcp 23 DELIVERED"));
    assert!(exit == 1 && printed.contains("23 DELIVERED, got DENIED ENI_SG_RULES_MISMATCH"), "{printed}");
}

/// A small generator of noise.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

#[test]
fn noise_is_answered_and_changes_nothing_that_was_refused() {
    let pieces = [
        "aws ",
        "ec2 ",
        "describe-vpcs ",
        "create-vpc ",
        "--cidr-block ",
        "10.0.0.0/16 ",
        "--filters ",
        "Name=",
        "Values=",
        "[",
        "]",
        "{",
        "}",
        ",",
        "=",
        "'",
        "\"",
        "$(",
        ")",
        "$A",
        "${",
        "\\",
        "\n",
        "#",
        "&&",
        "||",
        "--query ",
        "Vpcs[",
        "*].",
        "--cli-input-json ",
        "--",
        "-1 ",
        "A=",
        ";",
        "`",
        "run-instances ",
        "--count ",
        "ü",
        "\0",
        "--output ",
        "table ",
        "text ",
        "expect ",
        "trace ",
        "--tags ",
        "--dry-run ",
        "|",
        "--network-interfaces ",
        "--ip-permissions ",
        "authorize-security-group-ingress ",
        "--port ",
    ];
    let mut noise = Noise(7);
    let mut host = Lone::new("us-east-1", false).unwrap();
    for _ in 0..600 {
        let mut script = String::new();
        for _ in 0..noise.below(30) {
            script.push_str(pieces[noise.below(pieces.len())]);
        }
        let before = host.save();
        let mut shell = Shell::new();
        shell.run(&mut host, &script);
        if shell.outcome != Some(Outcome::Accepted) && !script.contains("create-vpc") && !script.contains("run-instances") {
            assert_eq!(host.save(), before, "{script}");
        }
    }
    for deep in ["[", "{a=[", "{a=", "(", "!", "&", "a.", "a|"] {
        let line = format!("aws ec2 describe-vpcs --filters 'Name={}' --query '{}a'", deep.repeat(10_000), deep.repeat(10_000));
        shown(&line);
        shown(&format!("aws ec2 describe-vpcs --query '{}a'", deep.repeat(150)));
    }
}
