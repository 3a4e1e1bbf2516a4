//! People in papers: their names with their posts, and where they sign.

use super::letterhead::DOTS;
use super::wording::large;
use crate::model::centre::Post;
use crate::model::document::Signature;
use crate::model::table::Cell;
use crate::model::text::{Said, Text};
use crate::model::visit::{Host, TeamMember, TeamRole};
use crate::say;

/// A member of the team: `Ông (Bà) Trần Thị B, Phó Chủ tịch, Hội Khuyến học thành phố – phó trưởng đoàn`.
pub fn member(member: &TeamMember) -> Said {
    let posts = [member.post.as_deref(), member.body.as_deref()].into_iter().flatten();
    let posts = posts.collect::<Vec<_>>().join(", ");
    let role = member.role.map(|role| say!(" – {role}", " – {role}", [role = role.label()]));
    let (person, role) = (person(&member.name, &Said::same(posts)), role.unwrap_or_default());
    say!("{person}{role}", "{person}{role}", [person, role])
}

/// One who received the team, with all posts.
pub fn host(host: &Host) -> Said {
    person(&host.name, &posts(&host.posts, host.post_name.as_deref()))
}

/// A member of the team as cells: the name, the post, the body, the role.
pub fn member_cells(member: &TeamMember) -> Vec<Cell> {
    let role = member.role.map(TeamRole::choice).into();
    vec![Cell::text(&*member.name), member.post.as_ref().into(), member.body.as_ref().into(), role]
}

/// A host as cells: the name, the posts.
pub fn host_cells(host: &Host) -> Vec<Cell> {
    let posts = posts(&host.posts, host.post_name.as_deref());
    let posts = if posts.is_empty() { Cell::Missing } else { Cell::word(posts.en.clone(), posts) };
    vec![Cell::text(&*host.name), posts]
}

/// A person and the posts, or dots.
pub fn person(name: &str, posts: &Said) -> Said {
    let posts = if posts.is_empty() { &Said::same(DOTS) } else { posts };
    let name = if name.is_empty() { DOTS } else { name };
    say!("Ông (Bà) {name}, {posts}", "{name}, {posts}", [name, posts])
}

/// Posts as they stand behind a name; what is not in the list by its own name.
pub fn posts(posts: &[Post], own: Option<&str>) -> Said {
    let post = |post: &Post| match (post, own) {
        (Post::Other, Some(own)) => Said::same(own),
        _ => Said { vi: large(post.label().vi), en: post.label().en.to_owned() },
    };
    Said::join(posts.iter().map(post), ", ")
}

/// The name of the first member of the team in a role.
pub fn in_role(team: &[TeamMember], role: TeamRole) -> Option<&str> {
    team.iter().find(|member| member.role == Some(role)).map(|member| member.name.as_str())
}

/// The name of who signs for those who received the team: the director, else the first of them.
pub fn first_host(hosts: &[Host]) -> Option<&str> {
    let director = hosts.iter().find(|host| host.posts.contains(&Post::Director));
    director.or(hosts.first()).map(|host| host.name.as_str())
}

/// The place where a person signs.
pub fn signature(role: Text, name: Option<&str>) -> Signature {
    Signature { role: role.into(), name: name.unwrap_or_default().to_owned() }
}
