//! `--max-items` and `--starting-token`: how the AWS command line cuts a list that it has already put together.

use super::Failure;
use super::sugar::not_a_number;
use super::usage::OTHER;
use crate::aws::Action;
use serde_json::Value;

/// What the token of the command line says before and after how many were shown; the service is not asked for it.
const TOKEN: (&str, &str) = ("{\"NextToken\": null, \"boto_truncate_amount\": ", "}");
/// The signs of base64.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Which part of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    most: Option<usize>,
    after: usize,
}

/// Whether a command's list comes in pages.
pub fn has_pages(action: &Action) -> bool {
    action.members.iter().any(|member| member.name == "NextToken")
}

impl Paging {
    /// Takes an option with its value, if it is one of those.
    ///
    /// # Errors
    /// The value is no number, or no token of ours.
    pub fn take(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        let number = || value.parse::<usize>().map_err(|_| not_a_number(value));
        match name {
            "max-items" => self.most = Some(number()?),
            // How many the service is asked for at once: the list is the same.
            "page-size" => drop(number()?),
            _ => {
                let text = value.chars().take(300).collect::<String>();
                let bad = || Failure { exit: OTHER, text: format!("\nBad starting token: {text}\n") };
                self.after = read_token(value).ok_or_else(bad)?;
            }
        }
        Ok(())
    }

    /// The part of an answer that is wanted, with a token for the rest.
    pub fn cut(&self, mut answer: Value) -> Value {
        // The pages were put together: what one of Route 53's says of itself is no part of the list.
        if let Some(members) = answer.as_object_mut().filter(|members| members.contains_key("IsTruncated")) {
            ["IsTruncated", "MaxItems"].iter().for_each(|name| drop(members.remove(*name)));
        }
        if *self == Paging::default() {
            return answer;
        }
        let Some(members) = answer.as_object_mut() else { return answer };
        let Some(list) = members.values_mut().find_map(Value::as_array_mut) else { return answer };
        list.drain(..self.after.min(list.len()));
        if let Some(most) = self.most.filter(|most| list.len() > *most) {
            list.truncate(most);
            members.insert("NextToken".to_owned(), token(self.after + most).into());
        }
        answer
    }
}

fn token(shown: usize) -> String {
    let text = format!("{}{shown}{}", TOKEN.0, TOKEN.1);
    let mut token = String::new();
    for bytes in text.as_bytes().chunks(3) {
        let number = bytes.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)) << (8 * (3 - bytes.len()));
        for at in 0..4 {
            let sign = SIGNS.get(number >> (18 - 6 * at) & 63).copied().map_or('=', char::from);
            token.push(if at > bytes.len() { '=' } else { sign });
        }
    }
    token
}

fn read_token(token: &str) -> Option<usize> {
    let (mut bits, mut count, mut text) = (0_usize, 0, String::new());
    for sign in token.trim_end_matches('=').bytes().take(200) {
        bits = (bits << 6 | SIGNS.iter().position(|other| *other == sign)?) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            text.push(char::from(u8::try_from(bits >> count & 0xff).ok()?));
        }
    }
    text.strip_prefix(TOKEN.0)?.strip_suffix(TOKEN.1)?.parse().ok()
}
