//! `ttht add-scheme`: a rating scheme of the office, told without codes; or the file of one.

use super::add::{add, adding, described, flags, fragment, next, required};
use super::error::{Error, Exit};
use super::options::{FROM, Opt, TEXT, arg, opt};
use super::{Call, Command};
use crate::desk::new_scheme::{FIELDS, SCHEME, new_id, record, with_usual};
use crate::desk::pick;
use crate::model::RecordKind;
use crate::model::text::t;
use crate::model::tree::{Entry, Node};
use crate::say;
use clap::ArgMatches;

/// The row of the command.
pub const ADD_SCHEME: Command = Command::new(
    "add-scheme",
    t("Thêm thang đánh giá của cơ quan", "Add a rating scheme of the office"),
    || adding(&[TITLE.row, ID.row], FIELDS),
    run,
);

const TITLE: Opt<String> =
    arg("title", TEXT, "Tên thang đánh giá", "The title of the scheme").called("TÊN", "TITLE");
const ID: Opt<String> = opt(
    "id",
    TEXT,
    "Mã của thang (mặc định: theo văn bản ban hành, hoặc theo tên)",
    "The id of the scheme (default: from its decision, or its title)",
)
.called("MÃ", "ID");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let kind = RecordKind::Scheme;
    let (tree, asked) = match FROM.get(matches) {
        // A file is a whole scheme; what the flags say stands in place of what it says.
        Some(from) => {
            let (mut tree, mut told) = (fragment(call, from, kind.fields())?, Node::table());
            flags(call, matches, &store, FIELDS, &mut told)?;
            for Entry { key, node, .. } in record(&told).entries() {
                tree.put_at(key, node.clone());
            }
            (tree, None)
        }
        None => {
            let (told, asked) = described(call, matches, &store, &SCHEME)?;
            let told = if asked.is_some() { told } else { with_usual(told) };
            required(&told, FIELDS, "title")?;
            (record(&told), asked)
        }
    };
    let id = ID.get(matches).cloned().unwrap_or_else(|| new_id(&store, &tree));
    pick::new_id(&id)?;
    add(call, matches, &call.pen(matches)?, kind, &id, &tree, asked)?;
    next(call, matches, &say!("ttht set register scheme={id}", "ttht set register scheme={id}", [id]));
    Ok(Exit::Well)
}
