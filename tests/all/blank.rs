//! Forms as `ttht form` makes them, read back as they are: nothing that the register says is lost or changed on the way.

use crate::fresh::{copy, each, fresh};
use crate::transcript::root;
use std::path::Path;
use ttht::desk::blank::{Wanted, make};
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::import::{Sent, Wishes, import};
use ttht::model::day::Day;
use ttht::model::id::VisitId;
use ttht::model::input::Speaker;
use ttht::model::register::Window;
use ttht::model::text::Lang;
use ttht::store::Store;
use ttht::store::sent::sheets;

const TODAY: &str = "2026-02-01";

/// The workbooks of the forms that are wanted, by the ids of their visits, or else of their centres.
fn forms(register: &Path, lang: Lang, wanted: &Wanted) -> Vec<(String, Vec<u8>)> {
    let store = Store::open(register).unwrap();
    let speaker = Speaker::new(lang, Day::parse(TODAY).unwrap(), &store.register);
    let mut forms = Vec::new();
    let mut sink = |made: ttht::desk::blank::Made| {
        forms.push((made.record.unwrap_or(made.centre), made.bytes));
        Ok(())
    };
    make(&store, speaker, wanted, &mut sink).unwrap();
    forms
}

/// Every visit of a register.
fn visits(register: &Path) -> Vec<String> {
    let scan = Store::open(register).unwrap().scan(&[Window::default()]).unwrap();
    scan.centres.iter().flat_map(|centre| centre.visits.iter().map(|visit| visit.stem.clone())).collect()
}

/// What an import of a form would change or refuse, and how it ends.
fn told(register: &Path, lang: Lang, id: &str, bytes: &[u8]) -> (Vec<String>, End) {
    let sheets = sheets(&format!("{id}.xlsx"), bytes).unwrap();
    let sent: Vec<Sent> = sheets.into_iter().map(|sheet| Sent { sheet, table: None, exact: false }).collect();
    let pen = Pen::take(register, Day::parse(TODAY).unwrap(), true).unwrap();
    let done = import(pen, &Wishes::none(lang), &sent, Judging::Strict).unwrap();
    let changes = done.records.values().flat_map(|intake| &intake.changes);
    let changes = changes.map(|change| format!("{}: {} → {}", change.key, change.was.en, change.becomes.en));
    (done.refused.iter().map(|said| said.en.clone()).chain(changes).collect(), done.end)
}

#[test]
fn the_form_of_a_visit_says_what_its_record_says_in_both_languages() {
    each(&[("uong-bi", Lang::Vi), ("phuong-2025", Lang::En)], |(example, lang)| {
        let register = root().join("examples").join(example);
        let forms = forms(&register, *lang, &Wanted { whose: visits(&register), ..Wanted::default() });
        assert!(forms.len() > 4 && forms.iter().all(|(id, _)| VisitId::parse(id).is_some()));
        for (id, bytes) in forms {
            assert_eq!(told(&register, *lang, &id, &bytes), (Vec::new(), End::Same), "{id}");
        }
    });
}

#[test]
fn a_form_that_nobody_has_filled_in_says_nothing() {
    let folder = fresh();
    copy(&root().join("examples/phuong-2025"), folder.path());
    let forms = forms(folder.path(), Lang::Vi, &Wanted::default());
    assert_eq!(forms.len(), 1);
    for (centre, bytes) in forms {
        assert_eq!(told(folder.path(), Lang::Vi, &centre, &bytes), (Vec::new(), End::Same), "{centre}");
    }
}

#[test]
fn one_register_gives_the_same_bytes() {
    let register = root().join("examples/uong-bi");
    let wanted = Wanted { campaign: Some("2017-2018".into()), ..Wanted::default() };
    let all = forms(&register, Lang::Vi, &wanted);
    assert_eq!(all.len(), 9);
    assert_eq!(forms(&register, Lang::Vi, &wanted), all);
    assert_ne!(forms(&register, Lang::En, &wanted), all);
}
