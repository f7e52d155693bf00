//! Braces outside of quotes, as bash expands them before everything else: `{a,b}` and `{1..3}` make several words of one.

use super::super::said;
use super::{MOST_DEEP, Part, Word};

/// The most words that one word may become.
const MOST_WORDS: usize = 4_096;
/// The most braces that open in one word: for each of them its end is looked for.
const MOST_BRACES: usize = 256;
/// How many letters all words together may have that one becomes.
const MOST_LETTERS: usize = 1 << 18;
/// How wide numbers are made at most by zeros in front of them.
const WIDEST: usize = 64;

/// A sign of a word outside of quotes, or what stands there as one piece.
#[derive(Clone, Debug)]
enum Sign {
    Letter(char),
    Piece(Part),
}

/// The words that a word becomes.
///
/// # Errors
/// They are too many, or braces nest too deep.
pub fn expand(word: Word) -> Result<Vec<Word>, String> {
    if !word.iter().any(|part| matches!(part, Part::Text { text, quoted: false } if text.contains('{'))) {
        return Ok(vec![word]);
    }
    let letters = |part: &Part| match part {
        Part::Text { text, quoted: false } => text.matches('{').count(),
        _ => 0,
    };
    if word.iter().map(letters).sum::<usize>() > MOST_BRACES {
        return Err(said::too_many_braces(MOST_BRACES));
    }
    let signs: Vec<Sign> = word.into_iter().flat_map(signs).collect();
    Ok(all(&signs, 0)?.into_iter().map(joined).collect())
}

fn signs(part: Part) -> Vec<Sign> {
    match part {
        Part::Text { text, quoted: false } => text.chars().map(Sign::Letter).collect(),
        piece => vec![Sign::Piece(piece)],
    }
}

fn joined(signs: Vec<Sign>) -> Word {
    let mut word = Word::new();
    for sign in signs {
        match (sign, word.last_mut()) {
            (Sign::Letter(letter), Some(Part::Text { text, quoted: false })) => text.push(letter),
            (Sign::Letter(letter), _) => word.push(Part::Text { text: letter.to_string(), quoted: false }),
            (Sign::Piece(part), _) => word.push(part),
        }
    }
    word
}

/// All words of these signs.
fn all(signs: &[Sign], deep: usize) -> Result<Vec<Vec<Sign>>, String> {
    if deep > MOST_DEEP {
        return Err(said::braces_too_deep(MOST_DEEP));
    }
    let (mut words, mut length, mut made_many) = (vec![Vec::new()], 0_usize, false);
    let mut rest = signs;
    while let Some((sign, behind)) = rest.split_first() {
        let found = if matches!(sign, Sign::Letter('{')) { choices(behind, deep)? } else { None };
        let (choices, behind) = found.unwrap_or_else(|| (vec![vec![sign.clone()]], behind));
        if words.len() * choices.len() > MOST_WORDS {
            return Err(said::too_many_words(MOST_WORDS));
        }
        length = length.saturating_mul(choices.len()).saturating_add(choices.iter().map(Vec::len).sum::<usize>() * words.len());
        made_many |= choices.len() > 1;
        if made_many && length > MOST_LETTERS {
            return Err(said::braces_too_long(MOST_LETTERS));
        }
        words = if let [only] = choices.as_slice() {
            words.iter_mut().for_each(|word| word.extend_from_slice(only));
            words
        } else {
            words.iter().flat_map(|word| choices.iter().map(|choice| [word.as_slice(), choice].concat())).collect()
        };
        rest = behind;
    }
    Ok(words)
}

/// What a brace may become, and what stands behind it.
type Choices<'s> = (Vec<Vec<Sign>>, &'s [Sign]);

/// The choices of the brace that this begins with; nothing if it is a brace like any other letter.
fn choices(inner: &[Sign], deep: usize) -> Result<Option<Choices<'_>>, String> {
    let (mut open, mut commas) = (0_usize, Vec::new());
    let end = inner.iter().position(|sign| {
        match sign {
            Sign::Letter('{') => open += 1,
            Sign::Letter('}') if open == 0 => return true,
            Sign::Letter('}') => open -= 1,
            _ => {}
        }
        false
    });
    let Some((inner, behind)) = end.and_then(|end| inner.split_at_checked(end)) else { return Ok(None) };
    let behind = behind.get(1..).unwrap_or_default();
    open = 0;
    for (at, sign) in inner.iter().enumerate() {
        match sign {
            Sign::Letter('{') => open += 1,
            Sign::Letter('}') => open -= 1,
            Sign::Letter(',') if open == 0 => commas.push(at),
            _ => {}
        }
    }
    if commas.is_empty() {
        return Ok(sequence(inner)?.map(|words| (words, behind)));
    }
    let (mut words, mut from) = (Vec::new(), 0);
    for to in commas.into_iter().chain([inner.len()]) {
        words.extend(all(inner.get(from..to).unwrap_or_default(), deep + 1)?);
        from = to + 1;
    }
    Ok(Some((words, behind)))
}

/// `1..3`, `01..10..2`, `a..e`.
fn sequence(inner: &[Sign]) -> Result<Option<Vec<Vec<Sign>>>, String> {
    let letters = inner.iter().map(|sign| match sign {
        Sign::Letter(letter) => Some(*letter),
        Sign::Piece(_) => None,
    });
    let Some(text) = letters.collect::<Option<String>>() else { return Ok(None) };
    let mut ends = text.split("..");
    let (Some(from), Some(to), step, None) = (ends.next(), ends.next(), ends.next().unwrap_or("1"), ends.next()) else {
        return Ok(None);
    };
    let letter = |text: &str| text.parse::<char>().ok().filter(char::is_ascii_alphabetic).map(|letter| i64::from(u32::from(letter)));
    let number = |text: &str| text.parse::<i32>().ok().map(i64::from);
    let (Some(step), Some((from, to, are_letters))) = (
        number(step).map(i64::abs),
        number(from).zip(number(to)).map(|(from, to)| (from, to, false)).or_else(|| Some((letter(from)?, letter(to)?, true))),
    ) else {
        return Ok(None);
    };
    let step = step.max(1);
    if (to - from).abs() / step >= i64::try_from(MOST_WORDS).unwrap_or(i64::MAX) {
        return Err(said::too_many_words(MOST_WORDS));
    }
    // A zero in front of one end makes all numbers as wide as the wider end.
    let is_padded = |end: &str| end.trim_start_matches('-').starts_with('0') && end.trim_start_matches('-').len() > 1;
    let ends = || text.split("..").take(2);
    let width = if ends().any(is_padded) { ends().map(str::len).max().unwrap_or(0).min(WIDEST) } else { 0 };
    let count = (to - from).abs() / step + 1;
    let words = (0..count).map(|turn| {
        let value = from + (to - from).signum() * turn * step;
        let text = match u8::try_from(value) {
            Ok(letter) if are_letters => char::from(letter).to_string(),
            _ => format!("{value:0width$}"),
        };
        text.chars().map(Sign::Letter).collect()
    });
    Ok(Some(words.collect()))
}
