//! Rules for what is in no list, or has no name: it needs words of its own.

use super::{Cx, Report, Rule, Test};
use crate::model::centre::{Centre, Post};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::{Addressee, Visit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "other-unnamed",
            severity: Warning,
            title: t("Chức vụ khác, nơi khác mà không ghi tên", "Another post or body without its name"),
            why: t(
                "Danh sách, biên bản in tên chức vụ, nơi thực hiện; ghi “khác” (other) mà không có tên thì không biết là ai.",
                "Lists and minutes print the post or the body; `other` without its name does not say who it is.",
            ),
            wrong: "posts = [\"other\"]",
            right: "posts = [\"other\"]\npost_name = \"Chủ tịch Hội Cựu giáo chức\"",
        },
        tests: &[Test::Centre(other_unnamed_of_centre), Test::Visit(other_unnamed)],
    },
    Rule {
        code: Code {
            name: "site-unnamed",
            severity: Error,
            title: t("Cơ sở đoàn đến không có tên, không có số", "A field visit without a name or a number"),
            why: t(
                "Ghi tên nơi đã đến; chỉ biết số nơi (4 hộ) thì ghi “Số nơi”.",
                "Write the name of the place that was seen; where only their number is known (4 households), the count.",
            ),
            wrong: "[[site]]\nkind = \"family\"",
            right: "[[site]]\nkind = \"family\"\ncount = 4",
        },
        tests: &[Test::Visit(site_unnamed)],
    },
];

fn other_unnamed_of_centre(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    let people = centre.body.person.iter().enumerate();
    for (at, _) in people.filter(|(_, person)| is_unnamed(&person.posts, &person.post_name, centre.sound)) {
        post_unnamed(&format!("person[{at}]"), report);
    }
}

fn other_unnamed(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let hosts = visit.body.host.iter().enumerate();
    for (at, _) in hosts.filter(|(_, host)| is_unnamed(&host.posts, &host.post_name, visit.sound)) {
        post_unnamed(&format!("host[{at}]"), report);
    }
    for (id, recommendation) in &visit.body.recommendation {
        if recommendation.to == Some(Addressee::Other) && recommendation.to_name.is_none() && visit.sound {
            report.at(
                format!("recommendation.{id}.to"),
                say!("nơi thực hiện là nơi khác mà không ghi tên", "another body, without its name"),
                say!("ghi “Tên nơi thực hiện” (to_name)", "give the name of the addressee (to_name)"),
            );
        }
    }
}

fn is_unnamed(posts: &[Post], name: &Option<String>, sound: bool) -> bool {
    name.is_none() && sound && posts.contains(&Post::Other)
}

fn post_unnamed(row: &str, report: &mut Report) {
    report.at(
        format!("{row}.posts"),
        say!("chức vụ khác mà không ghi tên", "another post, without its name"),
        say!("ghi “Tên chức vụ khác” (post_name)", "give the name of the other post (post_name)"),
    );
}

fn site_unnamed(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let sites = visit.body.site.iter().enumerate();
    for (at, _) in sites.filter(|(_, site)| site.name.is_none() && site.count.is_none() && visit.sound) {
        report.at(
            format!("site[{at}]"),
            say!(
                "cơ sở đoàn đến không có tên, cũng không có số nơi",
                "a field visit without a name and without a count"
            ),
            say!(
                "ghi “Tên” (name), hoặc “Số nơi” (count) nếu chỉ biết số nơi",
                "give its name (name), or their number where only that is known (count)"
            ),
        );
    }
}
