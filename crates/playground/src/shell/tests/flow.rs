//! Branches, loops and functions, of which nothing runs, and `exit`.

use super::super::*;
use super::shown;

#[test]
fn nothing_of_a_branch_loop_or_function_runs_and_the_script_ends() {
    let cases = [
        ("if false; then\n  echo yes\nelse\n  echo no\nfi", "if … fi"),
        ("if aws ec2 describe-vpcs | grep x; then echo yes; elif true; then echo no; fi", "if … fi"),
        ("for A in 1 2; do echo yes; done | cat", "for … done"),
        ("for A in 1 2; do echo yes; done > f", "for … done"),
        ("for A in 1 2 && true; do echo yes; done", "for … done"),
        ("for A; do echo yes; done", "for … done"),
        ("for A-B in 1; do echo yes; done", "for … done"),
        ("for ((i=0; i<3; i++))\ndo\n  if true; then echo ${i:-x}; fi\n  echo $((i+1)) > file\ndone", "for … done"),
        ("while true; do echo yes; done < file", "while … done"),
        ("until false\ndo\n  echo 'done' done\ndone", "until … done"),
        ("case $A in\n  a) echo a;;\n  *) echo b;;\nesac", "case … esac"),
        ("f() {\n  echo yes # }\n}\nf", "f() { … }"),
        ("function f\n{\n  { echo yes; }\n}\nf", "f() { … }"),
        ("(\n  echo yes\n  (echo \")\")\n)", "( … )"),
        ("true && { echo yes; echo no; }", "{ … }"),
    ];
    for (script, name) in cases {
        let instead = match name {
            "if … fi" | "case … esac" => "write its commands out, with && and ||",
            "for … done" => "for NAME in a b c; do …; done is known",
            "while … done" | "until … done" => "to wait until something is so there are aws ec2 wait and wait 5s",
            "f() { … }" => "write its commands where it is called",
            _ => "write its commands in lines of their own",
        };
        let (printed, exit) = shown(&format!("echo before\n\n{script}\necho after"));
        let expected =
            format!("before\nline 3: the playground's shell has no `{name}': nothing of it ran, and the script ends here; {instead}");
        assert!(printed.starts_with(&expected), "{script}: {printed}");
        assert_eq!((printed.lines().count(), exit), (2, 2), "{script}: {printed}");
        let (printed, exit) = shown(&format!("A=$( {script})\necho after"));
        assert!(!printed.contains("yes") && !printed.contains("after") && exit == 2, "{script}: {printed}");
    }
}

#[test]
fn a_question_of_bash_ends_the_script_and_says_what_to_write_instead() {
    for (line, name) in [
        ("[ -z x ] && echo yes", "["),
        ("[[ -n x ]] && echo yes", "[["),
        ("test -n x", "test"),
        ("! true", "!"),
        ("read A", "read"),
        ("eval echo yes", "eval"),
    ] {
        let (printed, exit) = shown(&format!("echo a\n{line}\necho c"));
        let expected = format!("a\nthe playground's shell has no `{name}': nothing of it ran, and the script ends here; ");
        assert!(printed.starts_with(&expected) && exit == 2 && printed.lines().count() == 2, "{line}: {printed}");
        assert!(!printed.contains("lines of their own"), "{printed}");
    }
}

#[test]
fn a_construct_without_its_end_waits_for_it_and_words_of_one_are_no_commands() {
    for (script, wanted) in [
        ("if true; then echo a", "fi"),
        ("for A in b\ndo echo a", "done"),
        ("while b\ndo echo a", "done"),
        ("f() { echo a", "}"),
        ("( echo a", ")"),
    ] {
        assert!(wants_more(script), "{script}");
        let expected = format!("line 1: unexpected EOF while looking for matching `{wanted}'\n");
        assert_eq!(shown(script), (expected, 2), "{script}");
    }
    let whole = "if true; then\n  echo a\nfi\n";
    assert!(!wants_more(whole));
    assert_eq!(first_line(&format!("{whole}echo b\n")), whole.len());
    for stray in ["then", "fi", "done", "}"] {
        assert_eq!(shown(&format!("{stray}\necho a")), (format!("line 1: syntax error near unexpected token `{stray}'\n"), 2));
    }
    assert_eq!(shown("echo if; 'if' || \\fi || echo done").0, "if\nif: command not found\nfi: command not found\ndone\n");
}

#[test]
fn a_plain_loop_does_its_commands_once_for_each_value() {
    let cases = [
        ("for A in 1 'b c' $(echo d e); do echo \"<$A>\"; done; echo $A", "<1>\n<b c>\n<d>\n<e>\ne\n", 0),
        ("for A in 1 2\ndo\n  for B in x y; do\n    echo $A$B # done\n  done\ndone\necho next", "1x\n1y\n2x\n2y\nnext\n", 0),
        ("for A in; do echo never; done; echo $?", "0\n", 0),
        ("L='a b'; for A in $L \"$L\"; do echo $A; done", "a\nb\na b\n", 0),
        ("true && for A in 1; do false; done\necho $?", "1\n", 0),
        ("false && for A in 1; do echo never; done; echo on", "on\n", 0),
        ("X=$(for A in 1 2; do echo $A; done); echo $X", "1 2\n", 0),
        ("for A in 1 2; do cat <<EOF\n$A\nEOF\ndone\necho next", "1\n2\nnext\n", 0),
        ("set -e\nfor A in 1 2; do echo $A; false; done\necho never", "1\n", 1),
        ("for A in 1 2; do echo $A; exit 3; done; echo never", "1\n", 3),
        (
            "for A in 10.1 10.2; do aws ec2 create-vpc --cidr-block $A.0.0/16 --query Vpc.CidrBlock --output text; done",
            "10.1.0.0/16\n10.2.0.0/16\n",
            0,
        ),
        (
            "for A in 1 2; do break; done\necho never",
            "the playground's shell has no `break': a loop does all of its turns, and the script ends here\n",
            2,
        ),
        ("for A in 1 2; do echo never\n echo x | sort; done\necho next", "line 2: the playground's shell has no `sort'", 0),
        ("echo never; for A in 1; do if true; then echo never; fi; done\necho never", "line 1: the playground's shell has no `if … fi'", 2),
    ];
    for (script, expected, exit) in cases {
        let (printed, got) = shown(script);
        let is_so =
            if expected.ends_with('\n') { printed == expected } else { printed.starts_with(expected) && !printed.contains("never\n") };
        assert!(is_so && got == exit, "{script}: {got} {printed}");
    }
    assert!(wants_more("for A in 1\ndo echo a\n") && !wants_more("for A in 1\ndo echo a\ndone\n"));
    let whole = "for A in 1 2\ndo\n  echo $A\ndone\n";
    assert_eq!(first_line(&format!("{whole}echo b\n")), whole.len());
    // Turns in turns in turns come to an end.
    let (printed, exit) =
        shown("L='1 2 3 4 5 6 7 8 9 0'; for A in $L; do for B in $L; do for C in $L; do echo $A; done; done; done; echo never");
    assert!(printed.ends_with("1000 turns together at most: the script ends here\n") && exit == 2, "{printed}");
}

#[test]
fn turns_on_an_instance_count_among_those_of_the_script() {
    let there = "ssh i-00000000000000009 'for A in 1 2 3 4 5 6 7 8 9 0; do for B in 1 2 3 4 5; do true; done; done'";
    let script = format!("for C in $(echo 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0); do {there}; done; echo never");
    let (printed, exit) = shown(&script);
    assert!(
        printed.ends_with("1000 turns together at most: the script ends here\n") && !printed.contains("never") && exit == 2,
        "{printed}"
    );
    assert_eq!(shown(&format!("{there}; echo done")).0, "done\n");
}

#[test]
fn a_variable_that_was_lent_to_a_command_that_never_ran_is_given_back() {
    // L is as long as a line may be.
    let long = "L=0123456789abcdef; for I in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do L=$L$L; done";
    for (command, said) in
        [("echo $L$L", "the line is longer"), ("echo a > $L$L", "the line is longer"), ("X=$(true) nothing", ""), ("true", "")]
    {
        let (printed, _) = shown(&format!("{long}\nB=old\nA=1 B=2 B=3 {command}\necho [$A] [$B] [$X]"));
        assert!(printed.starts_with(said) && printed.ends_with("[] [old] []\n"), "{command}: {printed}");
    }
    // By itself it is an assignment, also where what comes after it fails.
    let (printed, _) = shown("A=1 > no/such/place\necho [$A]");
    assert!(printed.ends_with("[1]\n"), "{printed}");
}

#[test]
fn an_array_is_called_one_and_its_line_alone_is_lost() {
    for (line, name) in [
        ("A=(1 2); echo never", "A=(…)"),
        ("echo never; A=(1\n  2 # )\n)", "A=(…)"),
        ("A+=(3)", "A+=(…)"),
        ("declare -a A=(1 2)", "A=(…)"),
        ("echo never ${A[0]}", "${A[0]}"),
        ("echo \"${A[@]}\"", "${A[@]}"),
        ("A[1]=2", "A[1]=2"),
    ] {
        let (printed, exit) = shown(&format!("{line}\necho next"));
        assert!(
            printed.contains(&format!("has no arrays: `{name}' is not known, and nothing of this line ran; several words")),
            "{line}: {printed}"
        );
        assert!(printed.ends_with("\nnext\n") && !printed.contains("never\n") && exit == 0, "{line}: {printed}");
    }
    assert!(wants_more("A=(1\n") && !wants_more("A=(1\n2)\n"));
    assert_eq!(shown("A='1 2'; B= ; echo $A").0, "1 2\n");
}

#[test]
fn exit_ends_a_script_with_its_status() {
    let cases = [
        ("echo a; exit; echo b", "a\n", 0),
        ("false; exit\necho b", "", 1),
        ("exit 3\necho b", "", 3),
        ("false || exit 1\necho went on", "", 1),
        ("true || exit 1\necho went on", "went on\n", 0),
        ("false && exit 1\necho went on", "went on\n", 0),
        ("exit 257", "", 1),
        ("exit -1", "", 255),
        ("exit now\necho b", "exit: now: numeric argument required\n", 2),
        ("A=$(echo a; exit 4; echo b)\necho $A $?\n", "a 4\n", 0),
        ("expect ok\nexit 0", "expect: no aws command came before it\n", 1),
    ];
    for (script, expected, exit) in cases {
        assert_eq!(shown(script), (expected.to_owned(), exit), "{script}");
    }
}

#[test]
fn faults_in_brackets_name_the_line_of_the_script() {
    let cases = [
        ("echo a\nA=$(echo b | c)", 2),
        ("\n\nA=$(echo a\n\n  echo b | c)\n", 5),
        ("A='x\ny' B=\"z\n$(echo $(\necho a | b))\"", 4),
        ("\nA=`echo a | b`", 2),
        ("\nA=$(true; if true; then echo a; fi)", 2),
    ];
    for (script, line) in cases {
        let (printed, _) = shown(script);
        assert!(printed.contains(&format!("line {line}: the playground's shell has no")), "{script}: {printed}");
    }
}

#[test]
fn what_is_very_long_or_deep_is_read_to_its_end_or_refused() {
    let loops = |deep: usize| format!("{}echo x; {}\necho after", "for i in a; do ".repeat(deep), "done; ".repeat(deep));
    assert_eq!(shown(&loops(16)), ("x\nafter\n".to_owned(), 0));
    for deep in [17, 2_000, 20_000] {
        let (printed, exit) = shown(&loops(deep));
        assert!(printed.ends_with("loops stand deeper than 16 in each other\n") && exit == 2, "{deep}: {printed}");
    }
    for (word, says) in [
        ("{\"a\":".repeat(100_000), "more than 256 braces open in one word"),
        (format!("{}x", "{".repeat(200)), ""),
        (format!("{}x,y{}", "{".repeat(20), "}".repeat(20)), ""),
        (format!("{}x{}", "{a,".repeat(20), "}".repeat(20)), "braces stand deeper than 16 in each other"),
        (format!("{{1..4000}}{}", "x".repeat(60_000)), "braces make more than 262144 letters of one word"),
        (format!("{}{{1..4000}}", "x".repeat(60_000)), "braces make more than 262144 letters of one word"),
        (format!("{{{}1..2}}", "0".repeat(100_000)), ""),
        (format!("{{a,b}}{}", "{c,d}".repeat(30)), "braces make more than 4096 words of one"),
    ] {
        let (printed, exit) = shown(&format!("X={word}; echo {word}"));
        let begin: String = word.chars().take(40).collect();
        if says.is_empty() {
            assert_eq!(exit, 0, "{begin}");
        } else {
            assert!(printed.len() < 200 && printed.contains(says), "{begin}: {}", printed.get(..200).unwrap_or(&printed));
        }
    }
    let chain = format!("true{}; echo end", " && true".repeat(100_000));
    assert_eq!(shown(&chain), ("end\n".to_owned(), 0));
}
