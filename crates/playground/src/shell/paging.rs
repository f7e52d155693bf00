//! `--max-items`, `--page-size` and `--starting-token`: how the AWS command line cuts a list that it has already put together, and which pages
//! it prints one by one.

use super::sugar::not_a_number;
use super::usage::{OTHER, plain};
use super::{Failure, Host};
use crate::aws::{Action, ApiError};
use serde_json::{Map, Value, json};

/// What the token of the command line says before and after how many were shown; the service is not asked for it.
const TOKEN: (&str, &str) = ("{\"NextToken\": null, \"boto_truncate_amount\": ", "}");
/// The signs of base64.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The members by which a service is asked for a page, each under one of these names, and for the one after it.
const OF_SERVICES: [&str; 3] = ["MaxResults", "MaxItems", "NextToken"];

/// Which part of a list is wanted, and in which pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    most: Option<usize>,
    size: Option<usize>,
    after: Option<usize>,
    /// `--no-paginate`, or a member of the service's own: one call is made, and its answer is printed as it is.
    pub by_hand: bool,
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
            "page-size" => self.size = Some(number()?),
            _ => {
                let text = value.chars().take(300).collect::<String>();
                let bad = || Failure { exit: OTHER, text: format!("\nBad starting token: {text}\n") };
                self.after = Some(read_token(value).ok_or_else(bad)?);
            }
        }
        Ok(())
    }

    /// Whoever turns pages by hand has none put together.
    ///
    /// # Errors
    /// Both are asked for.
    pub fn for_request(&mut self, request: &Map<String, Value>) -> Result<(), Failure> {
        self.by_hand |= OF_SERVICES.iter().any(|name| request.contains_key(*name));
        let options = [("--starting-token", self.after), ("--page-size", self.size), ("--max-items", self.most)];
        let used: Vec<&str> = options.iter().filter(|(_, number)| number.is_some()).map(|(name, _)| *name).collect();
        if self.by_hand && !used.is_empty() {
            return Err(plain(&format!("Cannot specify --no-paginate along with pagination arguments: {}", used.join(", "))));
        }
        Ok(())
    }

    /// Asks for all of a list. Whether pages may have this size is for the service to say.
    ///
    /// # Errors
    /// The service refuses.
    pub fn ask(&self, host: &mut dyn Host, service: &str, action: &Action, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        let limit = action.members.iter().find(|member| OF_SERVICES.contains(&member.name));
        if let (Some(size), Some(limit)) = (self.size, limit) {
            let mut first = parameters.clone();
            first.insert(limit.name.to_owned(), size.into());
            host.call(service, action.name, &first)?;
        }
        host.call(service, action.name, parameters)
    }

    /// The part of an answer that is wanted, with a token for the rest.
    pub fn cut(&self, mut answer: Value) -> Value {
        let Some(members) = answer.as_object_mut().filter(|_| !self.by_hand) else { return answer };
        // The pages were put together: what one of Route 53's says of itself is no part of the list.
        if members.contains_key("IsTruncated") {
            ["IsTruncated", "MaxItems"].iter().for_each(|name| drop(members.remove(*name)));
        }
        let Some(list) = members.values_mut().find_map(Value::as_array_mut) else { return answer };
        let after = self.after.unwrap_or_default();
        list.drain(..after.min(list.len()));
        if let Some(most) = self.most.filter(|most| list.len() > *most) {
            list.truncate(most);
            members.insert("NextToken".to_owned(), token(after + most).into());
        }
        answer
    }

    /// What was cut, as `--output text` prints it, and asks `--query`: page by page, and behind them where the rest begins.
    pub fn pages(&self, action: &Action, mut answer: Value) -> Vec<Value> {
        let is_paged = has_pages(action) && !self.by_hand;
        let Some(members) = answer.as_object_mut().filter(|_| is_paged) else { return vec![answer] };
        let end = members.remove("NextToken").map(|token| json!({"NextToken": {"NextToken": token}}));
        let list = members.iter_mut().find_map(|(name, list)| Some((name.clone(), list.as_array_mut()?)));
        let mut later = Vec::new();
        if let (Some(size), Some((name, list))) = (self.size.filter(|size| *size > 0), list) {
            // Pages begin where the service's do, also where one goes on in the middle of one.
            let mut left = size - self.after.unwrap_or_default() % size;
            let mut rest = list.split_off(left.min(list.len()));
            while !rest.is_empty() {
                left = size.min(rest.len());
                let page: Vec<Value> = rest.drain(..left).collect();
                later.push(Map::from_iter([(name.clone(), page.into())]).into());
            }
        }
        std::iter::once(answer).chain(later).chain(end).collect()
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
