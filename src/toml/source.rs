//! Bytes to text: what may be the text of a record, and what is said if it may not.

use super::codes;
use crate::model::RecordKind;
use crate::model::fault::{Fault, Place};
use crate::say;

/// The most megabytes that a record may have. All units of a country are in one file.
pub fn limit(file: &str) -> usize {
    if file == RecordKind::Units.path() { 32 } else { 1 }
}

/// The text of the bytes of a file, without its byte order mark.
pub fn text(bytes: &[u8], file: &str) -> Result<String, Box<Fault>> {
    laid(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), file)
}

/// The text of bytes that had no byte order mark, or have lost it.
pub fn laid(bytes: &[u8], file: &str) -> Result<String, Box<Fault>> {
    let whole = |code, message, help| Err(Box::new(Fault::new(code, file, message, help)));
    if bytes.len() > limit(file) << 20 {
        return Err(Box::new(too_large(file)));
    }
    // The smallest byte is found without branches, sixteen at a time.
    let zeros = bytes.iter().fold(u8::MAX, |least, byte| least.min(*byte)) == 0;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || (zeros && is_wide(bytes)) {
        return whole(
            &codes::UTF_16,
            say!("tệp lưu ở bảng mã UTF-16", "the file is in UTF-16"),
            say!(
                "trong Notepad: Tệp > Lưu thành, chọn Mã hoá “UTF-8”",
                "in Notepad: File > Save as, and choose the encoding “UTF-8”",
            ),
        );
    }
    let is_binary = |text: &&str| text.contains(|c: char| c.is_control() && !"\0\n\r\t".contains(c));
    if zeros && let Some(text) = str::from_utf8(bytes).ok().filter(|text| !is_binary(text)) {
        return Err(Box::new(with_zeros(text, file)));
    }
    if zeros {
        return whole(
            &codes::BINARY_FILE,
            say!("đây không phải là tệp văn bản", "this is not a text file"),
            say!(
                "mở bằng chương trình đã tạo ra nó và chép nội dung sang",
                "open it with the program that made it and copy the content"
            ),
        );
    }
    simdutf8::basic::from_utf8(bytes).map(str::to_owned).map_err(|_| Box::new(not_utf_8(bytes, file)))
}

/// The fault of a file that is larger than a record may be.
pub fn too_large(file: &str) -> Fault {
    let most = limit(file);
    Fault::new(
        &codes::TOO_LARGE,
        file,
        say!(
            "tệp lớn hơn {most} MB, không phải là tệp của sổ",
            "the file is larger than {most} MB and cannot be a record",
            [most]
        ),
        say!("chuyển tệp này ra khỏi thư mục của sổ", "move the file out of the folder of records"),
    )
}

/// True if most of every second byte is zero, and of the others not: letters of two bytes each, at least four of them.
fn is_wide(bytes: &[u8]) -> bool {
    let most = |from| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count() * 4 > bytes.len();
    bytes.len() >= 8 && most(0) != most(1)
}

/// The fault at the first zero byte of a text, such as a power cut leaves.
fn with_zeros(text: &str, file: &str) -> Fault {
    let at = text.find('\0').unwrap_or(0);
    let message = say!(
        "trong tệp có byte 0, như sau khi mất điện lúc đang ghi",
        "the file has zero bytes, as after a power cut while it was written"
    );
    let help = say!("lấy lại tệp từ git hoặc từ bản sao lưu", "take the file from git or from a backup");
    let place = Some(Place::of(text, at..at + 1));
    Fault { place, ..Fault::new(&codes::BINARY_FILE, file, message, help) }
}

/// The fault at the first byte that is not UTF-8.
fn not_utf_8(bytes: &[u8], file: &str) -> Fault {
    let at = str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let byte = format!("{:02X}", bytes[at]);
    let shown = String::from_utf8_lossy(bytes);
    let message =
        say!("tệp không ở bảng mã UTF-8 (byte {byte})", "the file is not in UTF-8 (byte {byte})", [byte]);
    let help = say!(
        "lưu lại tệp với mã hoá “UTF-8”; chữ TCVN3, VNI phải chuyển mã trước",
        "save it with the encoding “UTF-8”; convert TCVN3 or VNI text first",
    );
    let place = Some(Place::of(&shown, at..at + '\u{fffd}'.len_utf8()));
    Fault { place, ..Fault::new(&codes::NOT_UTF_8, file, message, help) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> String {
        text(bytes, "x").unwrap_or_else(|fault| fault.code.to_owned())
    }

    #[test]
    fn notepads_ways_of_saving_are_accepted_or_explained() {
        assert_eq!(code("\u{feff}a = 1\r\n".as_bytes()), "a = 1\r\n");
        assert_eq!(code(b"\xff\xfea\0 \0"), "utf-16");
        assert_eq!(code(b"a\0 \0=\0 \x001\0"), "utf-16");
        assert_eq!(code(b"PK\x03\x04\0\0\xff"), "binary-file");
        assert_eq!(code(&[0; 100]), "binary-file");
        assert_eq!(code(&vec![b'#'; (1 << 20) + 1]), "too-large");
    }

    #[test]
    fn a_text_that_a_power_cut_tore_is_told_where_it_is_torn() {
        let fault = text(b"a = 1\nb = \0\0\0\0", "x").unwrap_err();
        assert_eq!((fault.code, fault.place.unwrap().line), ("binary-file", 2));
    }

    #[test]
    fn the_first_byte_that_is_no_letter_is_shown() {
        let fault = text(b"a = 1\nten = \"Y\xaan\"\n", "x").unwrap_err();
        let place = fault.place.unwrap();
        assert_eq!((place.line, place.column), (2, 9));
    }
}
