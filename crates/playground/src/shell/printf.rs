//! `printf` and `echo`, and what a backslash stands for in their texts.

use super::Failure;
use super::usage::shown;

/// The longest that a text is made by a number in a format.
const WIDEST: usize = 1_000;

/// What `echo` prints: with `-e` a backslash stands for something.
pub fn echo(words: &[String]) -> String {
    let is_flag =
        |word: &&String| word.len() > 1 && word.strip_prefix('-').is_some_and(|flags| flags.chars().all(|flag| "neE".contains(flag)));
    let flags: String = words.iter().take_while(is_flag).map(String::as_str).collect();
    let text = words.get(words.iter().take_while(is_flag).count()..).unwrap_or_default().join(" ");
    let reads = flags.chars().rfind(|flag| "eE".contains(*flag)) == Some('e');
    let (text, ends) = if reads { unescaped(&text, false) } else { (text, false) };
    if ends || flags.contains('n') { text } else { format!("{text}\n") }
}

/// A text with what its backslashes stand for, and whether `\c` has ended it, as it does for `echo` and `%b`.
pub fn unescaped(text: &str, is_quoted: bool) -> (String, bool) {
    let (mut read, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once('\\') {
        read.push_str(before);
        let mut letters = behind.chars();
        let letter = letters.next();
        rest = letters.as_str();
        match letter {
            Some('c') if !is_quoted => return (read, true),
            Some('a') => read.push('\u{7}'),
            Some('b') => read.push('\u{8}'),
            Some('e' | 'E') => read.push('\u{1b}'),
            Some('n') => read.push('\n'),
            Some('r') => read.push('\r'),
            Some('t') => read.push('\t'),
            Some('\\') => read.push('\\'),
            Some(quote @ ('\'' | '"')) if is_quoted => read.push(quote),
            Some('x') => rest = numbered(rest, 2, 16, &mut read),
            Some('u') => rest = numbered(rest, 4, 16, &mut read),
            Some('U') => rest = numbered(rest, 8, 16, &mut read),
            Some('0') => rest = numbered(rest, 3, 8, &mut read),
            Some(other) => read.extend(['\\', other]),
            None => read.push('\\'),
        }
    }
    read.push_str(rest);
    (read, false)
}

/// Takes the number of a letter, and adds the letter; what is left.
fn numbered<'t>(text: &'t str, most: usize, radix: u32, read: &mut String) -> &'t str {
    let count = text.chars().take(most).take_while(|digit| digit.is_digit(radix)).count();
    let (digits, rest) = text.split_at_checked(count).unwrap_or(("", text));
    read.extend(u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|letter| *letter != '\0'));
    rest
}

/// What `printf` prints: the format over and over, until all words are used up.
///
/// # Errors
/// What it does not know, and what should be a number.
pub fn printf(words: &[String]) -> Result<String, Failure> {
    let words = words.strip_prefix(&["--".to_owned()]).unwrap_or(words);
    let Some((format, words)) = words.split_first() else {
        return Err(Failure { exit: 2, text: "printf: usage: printf [-v var] format [arguments]\n".to_owned() });
    };
    let (mut printed, mut left) = (String::new(), words.iter());
    loop {
        let before = left.len();
        let ends = once(format, &mut left, &mut printed)?;
        if ends || left.len() == 0 || left.len() == before {
            return Ok(printed);
        }
    }
}

/// The format once; whether a `\c` has ended it all.
fn once(format: &str, words: &mut std::slice::Iter<'_, String>, printed: &mut String) -> Result<bool, Failure> {
    let failure = |text: String| Failure { exit: 1, text: format!("printf: {text}\n") };
    let mut rest = format;
    while let Some((before, behind)) = rest.split_once('%') {
        printed.push_str(&unescaped(before, true).0);
        let (flags, behind) = behind.split_at_checked(behind.len() - behind.trim_start_matches(['-', '0']).len()).unwrap_or(("", behind));
        let digits = behind.len() - behind.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let (width, behind) = behind.split_at_checked(digits).unwrap_or(("", behind));
        let kind = behind.chars().next();
        rest = behind.get(kind.map_or(0, char::len_utf8)..).unwrap_or_default();
        let mut ends = false;
        let word = match kind {
            Some('%') => "%".to_owned(),
            Some('s') => words.next().cloned().unwrap_or_default(),
            Some('b') => {
                let (text, is_end) = unescaped(words.next().map_or("", String::as_str), false);
                ends = is_end;
                text
            }
            Some('d' | 'i') => {
                let word = words.next().map_or("0", String::as_str);
                let number: i64 = word.trim().parse().map_err(|_| failure(format!("{}: invalid number", shown(word))))?;
                number.to_string()
            }
            _ => return Err(failure(format!("`{}': the playground knows %s, %b, %d and %%", kind.unwrap_or('%')))),
        };
        let width = width.parse().unwrap_or(0).min(WIDEST);
        let is_number = matches!(kind, Some('d' | 'i'));
        printed.push_str(&match (flags.contains('-'), word.parse::<i64>()) {
            (true, _) => format!("{word:<width$}"),
            (false, Ok(number)) if is_number && flags.contains('0') => format!("{number:0width$}"),
            _ => format!("{word:>width$}"),
        });
        if ends {
            return Ok(true);
        }
    }
    printed.push_str(&unescaped(rest, true).0);
    Ok(false)
}
