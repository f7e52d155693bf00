//! Domain names, as Route 53 keeps them: in small letters, with a dot at the end.

use std::fmt;

/// The longest name, with its dot at the end, in characters.
pub const LONGEST_NAME: usize = 255;
/// The longest label, in characters.
pub const LONGEST_LABEL: usize = 63;

/// A name of the domain name system, absolute and in small letters: `db.corp.internal.`. The root is `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DnsName(Box<str>);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    /// Two dots with nothing between them, or nothing at all.
    EmptyLabel,
    /// A label of more than 63 characters.
    LongLabel,
    /// More than 255 characters.
    LongName,
    /// A sign that no name has here: names are letters, digits, `-`, `_`, and `*` alone as the first label.
    Sign,
}

impl BadName {
    /// Route 53's words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            BadName::EmptyLabel => "DomainLabelEmpty (Domain label is empty)",
            BadName::LongLabel => "DomainLabelTooLong (Domain label is too long)",
            BadName::LongName => "DomainNameTooLong (Domain name is too long)",
            BadName::Sign => "UnsupportedCharacter (Value contains unsupported characters)",
        }
    }
}

impl DnsName {
    /// Reads a name; the dot at its end may be missing, and `\052` is a star.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(text: &str) -> Result<DnsName, BadName> {
        if text.len() > 4 * LONGEST_NAME {
            return Err(BadName::LongName);
        }
        if text == "." {
            return Ok(DnsName(".".into()));
        }
        let mut name = text.replace("\\052", "*").to_ascii_lowercase();
        if !name.ends_with('.') {
            name.push('.');
        }
        for (place, label) in name.trim_end_matches('.').split('.').enumerate() {
            let is_star = label == "*" && place == 0;
            let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'/');
            if label.is_empty() {
                return Err(BadName::EmptyLabel);
            }
            if label.len() > LONGEST_LABEL {
                return Err(BadName::LongLabel);
            }
            if !is_star && !label.bytes().all(is_sign) {
                return Err(BadName::Sign);
            }
        }
        if name.ends_with("..") {
            return Err(BadName::EmptyLabel);
        }
        if name.len() > LONGEST_NAME { Err(BadName::LongName) } else { Ok(DnsName(name.into())) }
    }

    /// The name with its dot.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as Route 53 writes it: a star is `\052`.
    pub fn escaped(&self) -> String {
        self.0.replacen('*', "\\052", 1)
    }

    /// How many labels it has; the root has none.
    pub fn labels(&self) -> usize {
        self.0.split('.').filter(|label| !label.is_empty()).count()
    }

    /// Whether it is this zone's own name, or below it.
    pub fn is_in(&self, zone: &DnsName) -> bool {
        let head = self.0.strip_suffix(zone.as_str());
        zone.as_str() == "." || head.is_some_and(|head| head.is_empty() || head.ends_with('.'))
    }

    /// The name without its first label; nothing above the root.
    pub fn parent(&self) -> Option<DnsName> {
        let (_, rest) = self.0.split_once('.').filter(|_| self.as_str() != ".")?;
        Some(DnsName(if rest.is_empty() { ".".into() } else { rest.into() }))
    }

    /// `*.` before the name.
    pub fn wildcard(&self) -> DnsName {
        DnsName(if self.as_str() == "." { "*.".into() } else { format!("*.{}", self.0).into() })
    }

    /// The name as its labels stand from the root down: what Route 53 lists record sets by.
    pub fn order(&self) -> Vec<&str> {
        let mut labels: Vec<&str> = self.0.split('.').filter(|label| !label.is_empty()).collect();
        labels.reverse();
        labels
    }
}

impl fmt::Display for DnsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> DnsName {
        DnsName::read(text).unwrap()
    }

    // rules: L12
    #[test]
    fn names_are_small_letters_with_a_dot_at_the_end() {
        let cases = [("DB.Corp.internal", "db.corp.internal."), ("a.", "a."), (".", "."), ("*.a.b", "*.a.b."), ("\\052.a", "*.a.")];
        cases.iter().for_each(|(text, read)| assert_eq!(name(text).as_str(), *read));
        let bad = [
            ("", BadName::EmptyLabel),
            ("a..b", BadName::EmptyLabel),
            ("a..", BadName::EmptyLabel),
            ("a b", BadName::Sign),
            ("a.*.b", BadName::Sign),
            ("a*.b", BadName::Sign),
            ("é.b", BadName::Sign),
        ];
        bad.iter().for_each(|(text, why)| assert_eq!(DnsName::read(text), Err(*why), "{text}"));
        assert_eq!(DnsName::read(&"a".repeat(64)), Err(BadName::LongLabel));
        assert!(DnsName::read(&"a".repeat(63)).is_ok());
        assert_eq!(DnsName::read(&"abc.".repeat(64)), Err(BadName::LongName));
        assert!(DnsName::read(&"abc.".repeat(63)).is_ok());
    }

    // rules: L12
    #[test]
    fn a_name_is_in_the_zones_above_it() {
        for (one, zone, is_in) in [
            ("db.corp.internal", "corp.internal", true),
            ("corp.internal", "corp.internal", true),
            ("dbcorp.internal", "corp.internal", false),
            ("internal", "corp.internal", false),
            ("a", ".", true),
        ] {
            assert_eq!(name(one).is_in(&name(zone)), is_in, "{one} {zone}");
        }
        assert_eq!(name("a.b").parent(), Some(name("b")));
        assert_eq!(name("b").parent(), Some(name(".")));
        assert_eq!(name(".").parent(), None);
        assert_eq!((name("b").wildcard().escaped(), name("a.b").labels()), ("\\052.b.".to_owned(), 2));
    }
}
