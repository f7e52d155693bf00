//! Where output goes: redirections and pipes; and that a line is read to its end before anything of it runs.

use super::super::*;
use super::shown;

/// What stands on the two streams after a script, and the exit code.
fn streams(script: &str) -> (String, String, u8) {
    let mut host = Lone::new("us-east-1", false).unwrap();
    let mut shell = Shell::new();
    let printed = shell.run(&mut host, script);
    let of = |wanted| printed.iter().filter(|(stream, _)| *stream == wanted).map(|(_, text)| text.as_str()).collect::<String>();
    (of(Stream::Out), of(Stream::Err), shell.exit())
}

#[test]
fn output_goes_where_it_is_sent() {
    let both = "aws ec2 describe-vpcs --query 'Vpcs[0].CidrBlock' --output text";
    let refused = "aws ec2 delete-vpc --vpc-id vpc-0000000000000000f";
    let error = "\nAn error occurred (InvalidVpcID.NotFound) when calling the DeleteVpc operation: The vpc ID 'vpc-0000000000000000f' does not exist\n";
    let cases = [
        (format!("{both} >/dev/null"), "", "", 0),
        (format!("{both} > /dev/null 2>&1"), "", "", 0),
        (format!("{both} 2>/dev/null"), "172.31.0.0/16\n", "", 0),
        (format!("{both} >&2"), "", "172.31.0.0/16\n", 0),
        (format!("{both} </dev/null 1>/dev/stdout"), "172.31.0.0/16\n", "", 0),
        (refused.to_owned(), "", error, 254),
        (format!("{refused} 2>&1"), error, "", 254),
        (format!("{refused} 2>&1 >/dev/null"), error, "", 254),
        (format!("{refused} >/dev/null 2>&1"), "", "", 254),
        (format!("{refused} &>/dev/null"), "", "", 254),
        (format!("{refused} 2>>/dev/null"), "", "", 254),
        (format!("{refused} >/dev/stderr 2> /dev/null"), "", "", 254),
        (format!("{refused} 2>/dev/null || echo gone"), "gone\n", "", 0),
        (format!("2>&1 {refused} | cat"), error, "", 0),
        (format!("{refused} |& cat"), error, "", 0),
        (format!("{refused} | cat"), "", error, 0),
        (format!("X=$({refused} 2>&1); echo \"$X\""), error, "", 0),
        ("echo a 2>/dev/null b >&1 c".to_owned(), "a b c\n", "", 0),
        ("echo 2 >&1; echo 22>&1; echo a2>&1; echo '2'>&1".to_owned(), "2\n22\na2\n2\n", "", 0),
        ("A=1 >/dev/null; echo $A".to_owned(), "1\n", "", 0),
        ("echo '>' \\> \">\" '|'".to_owned(), "> > > |\n", "", 0),
    ];
    for (script, out, err, exit) in cases {
        assert_eq!(streams(&script), (out.to_owned(), err.to_owned(), exit), "{script}");
    }
}

#[test]
fn pipes_and_streams_that_are_not_known_are_refused_with_all_that_stands_in_their_line() {
    let cases = [
        ("echo x 3>/dev/null", "the streams 1 and 2: `3>' is not known"),
        ("echo x >&3", "the streams 1 and 2: `3' is not known"),
        ("echo x <", "syntax error near unexpected token `newline'"),
        ("cat << $END", "syntax error near unexpected token `<<'"),
        ("echo x >", "syntax error near unexpected token `newline'"),
        ("echo x | grep x", "has no `grep' behind `|'"),
        ("echo x | tee file", "has no `tee' behind `|'"),
        ("echo x | $PAGER", "behind `|'"),
        ("echo x | jq -r '.A | length'", "jq knows plain paths, .A.B[0] or .A[].B, and -r: `.A | length' is more"),
        ("echo x | jq '.A[] | select(.B)'", "--query can do it"),
        ("echo x | jq -c .", "`-c .' is more"),
        ("echo x | jq A", "`A' is more"),
        ("echo x | jq .A..B", "`.A..B' is more"),
        ("echo x | jq .1", "`.1' is more"),
        ("echo x | cat | cat", "one `|' in a command"),
        ("echo x | ; echo never", "syntax error near unexpected token `|'"),
        ("| cat", "syntax error near unexpected token `|'"),
        ("echo x & echo y", "has no jobs and no brackets: `&'"),
        ("echo never > file; echo x 4> file; echo never", "`4>' is not known"),
        ("echo never && echo x | sort || echo never", "has no `sort'"),
        ("echo never; echo $(echo x | wc -l)", "has no `wc'"),
        ("echo never \\\n  x | \\\n  grep never\\\n never", "has no `grep'"),
        ("echo never $(\n echo x\n echo x | tail\n)", "line 3: the playground's shell has no `tail'"),
        ("cat <<EOF | sort; echo never\necho never\nEOF", "has no `sort'"),
        ("cat <<A <<-'B' | sort\necho never\nA\n  never\n\tB", "has no `sort'"),
    ];
    for (script, expected) in cases {
        let (out, err, exit) = streams(&format!("{script}\necho next $?"));
        assert_eq!((out.as_str(), exit), ("next 2\n", 0), "{script}: {err}");
        assert!(err.starts_with("line ") && err.contains(expected) && err.lines().count() == 1, "{script}: {err}");
    }
    let made = "aws ec2 create-vpc --cidr-block 10.0.0.0/16 | tee vpc.json\naws ec2 describe-vpcs --query 'length(Vpcs)'";
    assert_eq!(streams(made).0, "1\n", "a line that is refused changes nothing");
}

#[test]
fn a_text_in_the_lines_below_is_waited_for() {
    assert!(wants_more("cat <<EOF\necho a\n") && !wants_more("cat <<EOF\necho a\nEOF\n"));
    assert_eq!(first_line("cat <<EOF\necho a\nEOF\necho b\n"), "cat <<EOF\necho a\nEOF\n".len());
    assert_eq!(streams("cat <<EOF\necho a\n").0, "");
}

#[test]
fn plain_paths_of_jq_are_the_values() {
    let json = r#"{"Vpcs":[{"VpcId":"vpc-1","Tags":[],"Main":true},{"VpcId":"v \"2\"","Tags":[{"Key":"b","Value":"x, {y}: [z]"},{"A":{}}]}],"Count":2}"#;
    let cases = [
        ("jq .Count", "2\n", ""),
        ("jq .Vpcs[0].VpcId", "\"vpc-1\"\n", ""),
        ("jq -r .Vpcs[0].VpcId", "vpc-1\n", ""),
        ("jq .Vpcs[-1].VpcId --raw-output", "v \"2\"\n", ""),
        ("jq -r '.Vpcs[].VpcId'", "vpc-1\nv \"2\"\n", ""),
        ("jq -r ' .Vpcs | .'", "", "is more"),
        ("jq '.Vpcs[9].VpcId'", "null\n", ""),
        ("jq -r .None.None[0]", "null\n", ""),
        ("jq .Vpcs[0].Tags", "[]\n", ""),
        ("jq .Vpcs[1].Tags", "[\n  {\n    \"Key\": \"b\",\n    \"Value\": \"x, {y}: [z]\"\n  },\n  {\n    \"A\": {}\n  }\n]\n", ""),
        ("jq '.Vpcs[0][]'", "\"vpc-1\"\n[]\ntrue\n", ""),
        ("jq .Count.Value", "", "jq: error (at <stdin>:1): Cannot index number with \"Value\"\n"),
        ("jq -r .Vpcs.VpcId", "", "jq: error (at <stdin>:1): Cannot index array with \"VpcId\"\n"),
        ("jq '.Vpcs[0][0]'", "", "jq: error (at <stdin>:1): Cannot index object with number\n"),
        ("jq '.Count[]'", "", "jq: error (at <stdin>:1): Cannot iterate over number (2)\n"),
        ("jq -r '.Vpcs[].VpcId[]'", "", "Cannot iterate over string (\"vpc-1\")\n"),
    ];
    for (filter, expected, fault) in cases {
        let (out, err, exit) = streams(&format!("echo '{json}' | {filter}"));
        assert_eq!(out, expected, "{filter}");
        assert!(err.contains(fault) && fault.is_empty() == err.is_empty(), "{filter}: {err}");
        let wanted = if fault.is_empty() {
            0
        } else if fault == "is more" {
            2
        } else {
            5
        };
        assert_eq!(exit, wanted, "{filter}");
    }
    assert_eq!(
        streams("echo x | jq ."),
        (String::new(), "jq: parse error: what comes in is not JSON, which aws prints with --output json\n".to_owned(), 2)
    );
    assert_eq!(streams("echo | jq .").2, 0);
    // The order is that of the answer, not that of the names.
    let (out, _, _) = streams("aws ec2 create-vpc --cidr-block 10.0.0.0/16 | jq");
    let plain = shown("aws ec2 create-vpc --cidr-block 10.0.0.0/16").0;
    let blanks = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(blanks(&out), blanks(&plain));
    assert!(out.starts_with("{\n  \"Vpc\": {\n    \""), "{out}");
    let long = format!("echo '[]' | jq '.{}'", "[0]".repeat(200_000));
    assert!(streams(&long).1.contains("is more"));
}

#[test]
fn a_pipe_ends_as_what_stands_behind_it_unless_pipefail_is_set() {
    let refused = "aws ec2 delete-vpc --vpc-id vpc-0000000000000000f 2>/dev/null | jq -r .Return";
    assert_eq!(streams(&format!("{refused}\necho $?")).0, "0\n");
    assert_eq!(streams(&format!("set -o pipefail\n{refused}\necho $?")).0, "254\n");
    assert_eq!(streams(&format!("set -euo pipefail\n{refused}\necho never")), (String::new(), String::new(), 254));
    assert_eq!(streams(&format!("set -euo pipefail\nset +o pipefail\n{refused}\necho on")).0, "on\n");
    assert_eq!(streams("set -o errexit\nfalse\necho never").0, "");
    assert_eq!(
        streams("ID=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 | jq -r .Vpc.VpcId)\nexpect ok\necho $ID").0,
        "as expected: ok\nvpc-00000000000000002\n"
    );
}

#[test]
fn what_export_is_given_stays_whole() {
    assert_eq!(shown("export A=$(echo 'x  y') B=2; echo \"$A\" $B; A='1  2'; export C=$A; echo \"$C\"").0, "x  y 2\n1  2\n");
    assert_eq!(shown("A='x y'; echo B=$A; env=1; echo \"$B\"").0, "B=x y\n\n");
}
