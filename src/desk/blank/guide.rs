//! The first leaf of a form: who asks, for which centre and what, how it is filled, and where it goes.

use crate::model::blank::About;
use crate::model::campaign::Campaign;
use crate::model::leaf::{Holds, Leaf, Line};
use crate::model::text::{Said, Text, t};
use crate::model::visit::VisitKind;
use crate::say;
use crate::store::Store;

/// What a form is called.
pub fn title(kind: VisitKind, centre: &str) -> Said {
    let form = match kind {
        VisitKind::Inspection => t("Phiếu kiểm tra", "Inspection form"),
        VisitKind::SelfCheck => t("Phiếu tự kiểm tra", "Self-check form"),
        VisitKind::Report => t("Phiếu báo cáo", "Report form"),
    };
    say!("{form} – {centre}", "{form} – {centre}", [form, centre])
}

/// The first leaf, before these.
pub fn guide(
    store: &Store,
    about: &About,
    campaign: Option<&Campaign>,
    title: &Said,
    centre: &str,
    leaves: &[Leaf],
) -> Leaf {
    let mut lines = vec![across(Holds::Title(title.clone())), Line::of([])];
    let steps =
        [asks(store, about, campaign, centre), FILL.into(), HOW.into(), LAST.into(), back(store, campaign)];
    for (at, step) in steps.into_iter().enumerate() {
        let number = Said::same((at + 1).to_string());
        lines.push(Line::of([Holds::Head(number).at(1, 1), Holds::Label(step).at(2, 2)]));
    }
    lines.push(Line::of([]));
    lines.push(across(Holds::Heading(t("Các trang của phiếu", "The sheets of the form").into())));
    for Leaf { name, lines: those, .. } in leaves {
        let parts = those.iter().flat_map(|line| &line.slots).filter_map(|slot| match &slot.holds {
            Holds::Heading(part) => Some(part.clone()),
            _ => None,
        });
        let parts = Holds::Label(Said::join(parts, "; ")).at(3, 1);
        lines.push(Line::of([Holds::Label(name.clone()).at(1, 2), parts]));
    }
    Leaf { name: t("Hướng dẫn", "Guide").into(), widths: vec![5, 22, 68], lines, ..Leaf::default() }
}

fn across(holds: Holds) -> Line {
    Line::of([holds.at(1, 3)])
}

/// Who asks which centre, and for what.
fn asks(store: &Store, about: &About, campaign: Option<&Campaign>, centre: &str) -> Said {
    let office = &store.register.settings.body.office;
    let campaign = campaign.map(|campaign| say!(" cho đợt “{t}”", " for “{t}”", [t = campaign.title]));
    let period = about.period.map(|period| say!(", số liệu {p}", ", figures for {p}", [p = period.said()]));
    let of = Said::join(campaign.into_iter().chain(period), "");
    say!(
        "{office} đề nghị {centre} điền phiếu này{of}.",
        "{office} asks {centre} to fill in this form{of}.",
        [office, centre, of]
    )
}

const FILL: Text = t(
    "Chỉ điền vào ô màu vàng. Để trống: chưa báo cáo hoặc chưa biết; không có thì nhập số 0.",
    "Fill in the yellow cells only. An empty cell means not reported or not known; write 0 where there is none.",
);
const HOW: Text = t(
    "Số thì chỉ gõ chữ số, không kèm “người”, “đồng”; ngày gõ như 27/10/2016. Ô có mũi tên thì chọn trong danh sách. \
     Muốn xuống dòng trong một ô, bấm Alt+Enter.",
    "Type numbers as digits alone, and dates such as 2016-10-27. In cells with an arrow choose from the list. For a new \
     line inside a cell press Alt+Enter.",
);
const LAST: Text = t(
    "Chữ xám nghiêng là số liệu lần trước, để đối chiếu. Chưa điền hết thì cứ lưu lại, điền tiếp sau.",
    "What is grey is what was reported last time, for comparison. The form can be saved and continued later.",
);
/// Where it goes, and by when.
fn back(store: &Store, campaign: Option<&Campaign>) -> Said {
    let office = &store.register.settings.body.office;
    let ends = campaign.and_then(|campaign| campaign.ends);
    let by = ends.map(|day| say!(", chậm nhất ngày {day}", " by {day}", [day])).unwrap_or_default();
    say!(
        "Điền xong, lưu lại rồi gửi cả tệp này cho {office}{by}. Giữ nguyên các trang, cột và dòng đã có.",
        "When it is filled, save it and send this whole file to {office}{by}. Leave its sheets, columns and rows as they are.",
        [office, by]
    )
}
