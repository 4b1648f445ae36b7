//! Alternat turns one YAML file per agreement into the documents that two or
//! more offices put on the table: Markdown to review, PDFs to sign, conformed
//! copies to file, in Vietnamese, in Lao, and side by side.
//!
//! ```text
//! agreements/x.yaml ─ load ─► Agreement ─ edition ─► which documents, in which order
//!                                 │
//!  templates/<lang>/*.md ───── template ─► Markdown ─────────────► output/x/*.md
//!                                              │ markdown
//!                                              ▼
//!                                          Document ─ parallel ─► paired, part by part
//!                                                                     │
//!  templates/page.typ ────────────────────────────────────────── typeset ─► pages
//!                                                                             │ textlayer
//!                                                                             ▼
//!                                                                            pdf ─► output/x/*.pdf
//! ```
//!
//! A file imports only from the layers below its own; `tests/tidy.rs` fails
//! when a `use` breaks the table.
//!
//! | layer | file | one line |
//! |---|---|---|
//! | 0 ground | [`source`] | texts and places in them |
//! | | [`diagnostic`] | the one type in which every stage says what is wrong |
//! | | [`legacy`] | texts in an encoding from before Unicode |
//! | | [`lookalike`] | letters that stand for another |
//! | | [`yaml`] | YAML to nodes with spans |
//! | | [`wording`] | what the program says, in the reader's language |
//! | | [`digest`] | whether a text is still the same |
//! | | [`folding`] | words made comparable |
//! | 1 data | [`agreement`] | the model, and where each key stands |
//! | | [`language`] | a language pack: words, dates, numbers, type |
//! | | [`watchlist`] | what `check` looks for in a language's texts |
//! | | [`glossary`] | the project's names and terms |
//! | | [`edition`] | which documents there are, in which order of parties |
//! | | [`document`] | the document tree |
//! | | [`lock`] | the digests of a signed text |
//! | 2 stages | [`load`] | YAML to `Agreement` |
//! | | [`check`] | the rules: `Agreement` to diagnostics |
//! | | [`template`] | `Agreement` and `Edition` to Markdown |
//! | | [`markdown`] | Markdown to `Document`, and the order of parties |
//! | | [`parallel`] | pairs the languages, part by part |
//! | | [`world`], [`typeset`] | what Typst may see; text to pages |
//! | | [`textlayer`] | makes the text of complex scripts read back exactly |
//! | | [`pdf`] | pages to PDF/A and PDF/UA |
//! | 3 whole | [`pipeline`] | joins the stages |
//! | | [`project`] | the folders on disk |
//! | 4 shell | `main`, `args`, `report`, `format`, `command` | the command line |
//!
//! What is *not* there matters as much. Only `project` touches files, only
//! `world` reads fonts, nothing reads the clock or the network. The text of an
//! agreement never becomes Typst markup, and a plain value never becomes
//! Markdown. Each foreign crate has one home.

pub mod agreement;
pub mod check;
pub mod diagnostic;
pub mod digest;
pub mod document;
pub mod edition;
pub mod folding;
pub mod glossary;
pub mod language;
pub mod legacy;
pub mod load;
pub mod lock;
pub mod lookalike;
pub mod markdown;
pub mod parallel;
pub mod pdf;
pub mod pipeline;
pub mod project;
pub mod source;
pub mod template;
pub mod textlayer;
pub mod typeset;
pub mod watchlist;
pub mod wording;
pub mod world;
pub mod yaml;
