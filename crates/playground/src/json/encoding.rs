//! Bytes from outside become text: UTF-8, or the UTF-16 that some shells write when output goes to a file.

use super::JsonError;
use std::borrow::Cow;

/// What packed files begin with: gzip, ZIP, Zstandard, bzip2, xz.
const PACKED: [&[u8]; 5] = [b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ"];

/// The text of some bytes, without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, [u8]>, JsonError> {
    if PACKED.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(JsonError::Compressed);
    }
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, left) = rest.as_chunks::<2>();
        let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
        text.ok().filter(|_| left.is_empty()).map(|text| Cow::Owned(text.into_bytes())).ok_or(JsonError::NotText)
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(_) => Ok(Cow::Borrowed(rest)),
        Err(_) => Err(JsonError::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FILE_LIMITS, parse};
    use super::*;

    #[test]
    fn text_is_read_however_a_shell_has_written_it() {
        let wanted = serde_json::json!({"Vpcs": ["é🦀"]});
        let plain = wanted.to_string();
        let units: Vec<u16> = plain.encode_utf16().collect();
        let little = [vec![0xff, 0xfe], units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat();
        let big = [vec![0xfe, 0xff], units.iter().flat_map(|unit| unit.to_be_bytes()).collect()].concat();
        let marked = [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat();
        for bytes in [plain.as_bytes(), &little, &big, &marked] {
            assert_eq!(parse(bytes, FILE_LIMITS), Ok(wanted.clone()));
        }
    }

    #[test]
    fn what_is_no_text_says_so() {
        let odd = [b"\xff\xfe".as_slice(), &[0x7b, 0x00, 0x7d]].concat();
        let lone = [b"\xff\xfe".as_slice(), &[0x00, 0xd8]].concat();
        let cases: [(&[u8], JsonError); 9] = [
            (b"", JsonError::Empty),
            (b" \r\n\t", JsonError::Empty),
            (b"{\"a\":\"\xff\"}", JsonError::NotText),
            (&odd, JsonError::NotText),
            (&lone, JsonError::NotText),
            (b"\x1f\x8b\x08\x00", JsonError::Compressed),
            (b"PK\x03\x04....", JsonError::Compressed),
            (b"Vpcs:\n- VpcId: vpc-1\n", JsonError::NotJson),
            (b"{\"a\":}", JsonError::Syntax { line: 1, column: 6 }),
        ];
        for (bytes, error) in cases {
            assert_eq!(parse(bytes, FILE_LIMITS), Err(error), "{bytes:?}");
        }
    }
}
