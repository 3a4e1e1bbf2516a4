//! Rules for photographs: what a visit names lies there as it was taken up, and what lies there is named. The files were
//! looked at before; nothing here touches one.

use super::{Report, Rule, Test};
use crate::model::fault::{Code, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::picture::{Look, Pictures, Seen};
use crate::model::shell;
use crate::model::text::{Said, t};
use crate::model::visit::{Photo, Visit};
use crate::say;
use std::collections::BTreeSet;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "photo-missing",
            severity: Warning,
            title: t("Không có tệp ảnh", "A photograph that is not there"),
            why: t(
                "Biên bản, báo cáo lấy ảnh từ tệp này; ảnh phải nằm trong sổ cùng lần kiểm tra.",
                "Minutes and reports take the picture from this file; it belongs into the register with the record.",
            ),
            wrong: "file = \"photos/2016-10-27-yen-thanh-2.jpg\"   # không có tệp / no such file",
            right: "file = \"photos/2016-10-27-yen-thanh-1.jpg\"",
        },
        tests: &[Test::Photo(photo_missing)],
    },
    Rule {
        code: Code {
            name: "photo-unreadable",
            severity: Warning,
            title: t("Tệp ảnh không dùng được", "A photograph that cannot be used"),
            why: t(
                "Chỉ ảnh JPEG, PNG, WebP nguyên vẹn, nằm trong sổ mới đưa được vào văn bản.",
                "Only a sound picture in JPEG, PNG or WebP that lies in the register can be placed in a document.",
            ),
            wrong: "file = \"photos/IMG_0412.heic\"",
            right: "file = \"photos/2016-10-27-yen-thanh-1.jpg\"",
        },
        tests: &[Test::Photo(photo_unreadable)],
    },
    Rule {
        code: Code {
            name: "photo-tells-where",
            severity: Warning,
            title: t("Ảnh còn ghi nơi chụp", "A photograph that tells where it was taken"),
            why: t(
                "Điện thoại ghi toạ độ vào ảnh: ai nhận được tệp cũng biết nơi chụp, kể cả nhà riêng của người trong ảnh.",
                "Phones write the position into a picture: whoever gets the file knows the place, be it somebody's home.",
            ),
            wrong: "file = \"photos/IMG_0412.jpg\"   # chép thẳng từ điện thoại / as the phone made it",
            right: "file = \"photos/2016-10-27-yen-thanh-1.jpg\"   # ttht add-photo",
        },
        tests: &[Test::Photo(photo_tells_where)],
    },
    Rule {
        code: Code {
            name: "photo-changed",
            severity: Warning,
            title: t("Ảnh đã bị thay đổi", "A photograph that has changed"),
            why: t(
                "Ảnh là chứng cứ của lần kiểm tra: tệp phải đúng là tệp đã được ghi vào sổ.",
                "A picture is evidence of a visit: its file must be the one that was taken into the register.",
            ),
            wrong: "sha256 = \"…\"   # của tệp cũ / of the old file",
            right: "sha256 = \"…\"   # ttht add-photo",
        },
        tests: &[Test::Photo(photo_changed)],
    },
    Rule {
        code: Code {
            name: "photo-too-large",
            severity: Warning,
            title: t("Ảnh quá lớn", "A photograph that is too large"),
            why: t(
                "Ảnh in trên khổ A4 không cần quá 1.600 điểm ảnh mỗi chiều; ảnh lớn làm sổ và văn bản nặng, khó gửi.",
                "On a page no picture needs more than 1,600 pixels; large ones make a register and its papers hard to send.",
            ),
            wrong: "file = \"photos/IMG_0412.jpg\"   # 4000 × 3000",
            right: "file = \"photos/2016-10-27-yen-thanh-1.jpg\"   # ttht add-photo",
        },
        tests: &[Test::Photo(photo_too_large)],
    },
    Rule {
        code: Code {
            name: "photo-unlisted",
            severity: Warning,
            title: t("Ảnh không thuộc lần kiểm tra nào", "A photograph of no visit"),
            why: t(
                "Ảnh không có trong lần kiểm tra nào thì không ai biết chụp gì, khi nào, và không vào văn bản nào.",
                "Of a picture that no record names nobody knows what it shows, and no document has it.",
            ),
            wrong: "photos/IMG_0412.jpg",
            right: "[[photo]]\nfile = \"photos/2016-10-27-yen-thanh-1.jpg\"",
        },
        tests: &[Test::Unlisted(photo_unlisted)],
    },
];

/// A photograph of a visit, and what is seen of its file.
#[derive(Debug)]
pub struct Shown<'a> {
    visit: &'a Record<Visit>,
    /// Which of its rows.
    at: usize,
    photo: &'a Photo,
    seen: &'a Seen,
}

impl Shown<'_> {
    fn key(&self, key: &str) -> String {
        format!("photo[{}].{key}", self.at)
    }

    /// The file of its visit.
    pub fn file(&self) -> &str {
        &self.visit.file
    }

    fn look(&self) -> Option<&Look> {
        if let Seen::Picture(look) = self.seen { Some(look) } else { None }
    }

    fn is_changed(&self) -> bool {
        let sum = self.photo.sha256.as_ref();
        self.look().is_some_and(|look| sum.is_some_and(|sum| *sum != look.sha256))
    }

    /// How the file is made one of ours.
    fn renewed(&self) -> Said {
        let (visit, file) = (&self.visit.id, &self.photo.file);
        say!(
            "ttht add-photo {visit} {file}",
            "ttht add-photo {visit} {file}",
            [visit, file = shell::typed(file)]
        )
    }
}

/// The visits of a centre, with what could be read of those that have a fault of syntax.
fn visits(history: &History) -> &[Record<Visit>] {
    &history.with_partial.as_deref().unwrap_or(history).visits
}

/// The photographs of a centre, of whose files something is seen.
pub fn shown<'a>(history: &'a History, pictures: &'a Pictures) -> impl Iterator<Item = Shown<'a>> {
    visits(history).iter().flat_map(move |visit| {
        let rows = visit.body.photo.iter().enumerate();
        rows.filter_map(move |(at, photo)| Some(Shown { visit, at, photo, seen: pictures.get(&photo.file)? }))
    })
}

fn photo_missing(shown: &Shown, report: &mut Report) {
    if *shown.seen == Seen::Missing {
        let file = &shown.photo.file;
        report.at(
            shown.key("file"),
            say!("không có tệp {file}", "there is no file {file}", [file]),
            say!(
                "chép tệp vào đó, sửa tên, hoặc bỏ dòng ảnh này ([[photo]])",
                "put the file there, correct its name, or take this row out ([[photo]])"
            ),
        );
    }
}

fn photo_unreadable(shown: &Shown, report: &mut Report) {
    if let Seen::Unreadable(why) = shown.seen {
        let (file, visit) = (&shown.photo.file, &shown.visit.id);
        report.at(
            shown.key("file"),
            say!("{file}: {why}", "{file}: {why}", [file, why]),
            say!(
                "thay bằng ảnh khác: ttht add-photo {visit} TỆP",
                "take another one: ttht add-photo {visit} FILE",
                [visit]
            ),
        );
    }
}

fn photo_tells_where(shown: &Shown, report: &mut Report) {
    if shown.look().is_some_and(|look| look.tells_where) {
        let (file, how) = (&shown.photo.file, shown.renewed());
        report.at(
            shown.key("file"),
            say!("{file} còn ghi toạ độ nơi chụp", "{file} tells where it was taken", [file]),
            say!("bỏ toạ độ: {how}", "take the position out: {how}", [how]),
        );
    }
}

/// What tells where is to be taken up again anyway, with its sum.
fn photo_changed(shown: &Shown, report: &mut Report) {
    if shown.is_changed() && !shown.look().is_some_and(|look| look.tells_where) {
        let (file, how) = (&shown.photo.file, shown.renewed());
        report.at(
            shown.key("sha256"),
            say!("{file} không còn là tệp đã ghi vào sổ", "{file} is not the file that was taken up", [file]),
            say!(
                "lấy lại tệp cũ; nếu đổi ảnh là có ý: {how}",
                "get the old file back; if it was changed on purpose: {how}",
                [how]
            ),
        );
    }
}

fn photo_too_large(shown: &Shown, report: &mut Report) {
    let Some(look) = shown.look().filter(|look| look.is_large && !look.tells_where) else { return };
    if shown.is_changed() {
        return;
    }
    let (file, how) = (&shown.photo.file, shown.renewed());
    let (width, height) = (i64::from(look.width), i64::from(look.height));
    let kb = look.len.div_ceil(1024);
    report.at(
        shown.key("file"),
        say!(
            "{file} quá lớn: {width} × {height} điểm ảnh, {kb} KB",
            "{file} is too large: {width} × {height} pixels, {kb} KB",
            [file, width, height, kb]
        ),
        say!("thu nhỏ: {how}", "make it smaller: {how}", [how]),
    );
}

fn photo_unlisted(file: &str, report: &mut Report) {
    let visit = visit_in(file).map_or_else(|| t("LẦN_KIỂM_TRA", "VISIT").into(), Said::same);
    report.at(
        "",
        say!("không lần kiểm tra nào ghi ảnh này", "no visit names this picture"),
        say!(
            "ghi vào lần kiểm tra: ttht add-photo {visit} {file}; nếu không cần thì xoá tệp",
            "put it into a visit: ttht add-photo {visit} {file}; if it is not needed, delete it",
            [visit, file = shell::typed(file)]
        ),
    );
}

/// The visit that the name of a picture of ours begins with.
fn visit_in(file: &str) -> Option<&str> {
    let (visit, _) = file.rsplit('/').next()?.rsplit_once('-')?;
    VisitId::parse(visit).map(|_| visit)
}

/// What visits say about the files of photographs.
#[derive(Debug, Default)]
pub struct Named {
    files: BTreeSet<String>,
    /// The visits that name a file that is not there: another one of theirs is meant by it, and is told there.
    astray: BTreeSet<String>,
    /// True if more files may be named where nothing could be read.
    is_open: bool,
}

impl Named {
    /// The files that the visits of a centre name, also in texts that have a fault.
    pub fn by(history: &History, pictures: &Pictures) -> Named {
        let visits = visits(history);
        let is_read = |id: &String| visits.iter().any(|visit| visit.id == *id);
        let mut named = Named { is_open: !history.unread.iter().all(is_read), ..Named::default() };
        for visit in visits {
            let photos = &visit.body.photo;
            named.files.extend(photos.iter().map(|photo| photo.file.clone()));
            if photos.iter().any(|photo| pictures.get(&photo.file) == Some(&Seen::Missing)) {
                named.astray.insert(visit.id.clone());
            }
            if !visit.sound {
                let quoted = visit.text.split(['"', '\'', '\n']);
                named.files.extend(quoted.map(|part| part.replace("\\\\", "/").replace('\\', "/")));
                named.is_open |= photos.iter().any(|photo| photo.file.is_empty());
            }
        }
        named
    }

    /// Adds what other visits say.
    pub fn add(&mut self, other: Named) {
        self.files.extend(other.files);
        self.astray.extend(other.astray);
        self.is_open |= other.is_open;
    }

    /// True for a file that no visit names or can mean.
    pub fn leaves_out(&self, file: &str) -> bool {
        !self.is_open
            && !self.files.contains(file)
            && !visit_in(file).is_some_and(|visit| self.astray.contains(visit))
    }
}
