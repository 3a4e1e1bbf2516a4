//! Files that colleagues send, as sheets.

use crate::model::sheet::Sheet;
use crate::model::text::Said;

mod separated;

/// The sheets of a file, by its name and its bytes; else why there are none.
pub fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Said> {
    let rows = separated::rows(bytes)?;
    Ok(vec![Sheet { file: file.to_owned(), rows, ..Sheet::default() }])
}
