//! Alternat turns one YAML file per agreement into the documents that two or
//! more offices put on the table: Markdown to review, PDFs to sign, conformed
//! copies to file, in Vietnamese, in Lao, and side by side.
//!
//! ```text
//! agreements/x.yaml ─ load ─► Agreement ─ edition ─► which documents, in which order
//!                                 │ fields
//!                                 ▼
//!                              Reading ─ check ─► what is wrong, at its place
//!                                 │ outline: which parts, with which numbers
//!  templates/<lang>/*.md ───── template ─► Markdown ─────────────► output/x/*.md
//!                                              │ markdown
//!                                              ▼
//!                                          Document ─ parallel ─► paired, part by part
//!                                                                     │
//!  templates/page/*.typ ──────────────────────────────────────── typeset ─► pages
//!                                                                             │ textlayer
//!                                                                             ▼
//!                                                                            pdf ─► output/x/*.pdf
//! ```
//!
//! The rooms, from the ground up. A room knows only those above its line here,
//! and no two files know each other; `tests/tidy.rs` reads this table and fails
//! when an import breaks it.
//!
//! | room | what is in it |
//! |---|---|
//! | [`source`] | texts and places in them |
//! | [`diagnostic`] | the one type in which every stage says what is wrong |
//! | [`text`] | YAML to nodes with spans; letters, Lao words, words made comparable, digests |
//! | [`messages`] | what the program says, in the reader's language |
//! | [`language`] | what is known of a language: pack, watch list, glossary, names |
//! | [`agreement`] | the model, the form that it is read from, what is open, lock, review |
//! | [`document`] | editions, outline, templates, Markdown, the tree |
//! | [`check`], [`press`] | the rules; pages and PDFs, the only place that knows Typst |
//! | [`word`] | Word files, of the same rows as pages |
//! | [`workshop`] | an agreement read once, each text rendered once, every output made from these |
//! | [`project`] | the folders on disk |
//! | `cli` | the command line: arguments, verbs, reports |
//!
//! What is *not* there matters as much. Only `project` touches files, only
//! `press::world` reads fonts, only `cli/today.rs` reads the clock, and nothing
//! the network. The text of an agreement never becomes Typst markup, and a plain
//! value never becomes Markdown. Each foreign crate has one home. Where something
//! new goes is in `CONTRIBUTING.md`.

pub mod agreement;
pub mod check;
pub mod diagnostic;
pub mod document;
pub mod language;
pub mod messages;
pub mod press;
pub mod project;
pub mod source;
pub mod text;
pub mod word;
pub mod workshop;
