use super::body::json_text;
use super::query::{Query, mistake, refuse};
use crate::problem::Problem;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use puls::ahead::{EveryScreen, Look, Markup, every_screen};
use puls_core::definition::{Definition, MAX_BYTES, Preset};
use serde::Serialize;
use utoipa::ToSchema;

/// All screens of a definition, each as a list of name, attributes and children; `null` for a screen that can't be
/// written like that.
#[derive(Serialize, ToSchema)]
pub(super) struct RenderedScreens {
    /// The language of their texts.
    language: String,
    /// The items, in the definition's order.
    #[schema(value_type = Vec<Option<Vec<Value>>>)]
    items: Vec<Option<Markup>>,
    /// One or several thanks.
    #[schema(value_type = Vec<Option<Vec<Value>>>)]
    thanks: Vec<Option<Markup>>,
    /// The last screen with each way out.
    #[schema(value_type = Vec<Option<Vec<Value>>>)]
    routes: Vec<Option<Markup>>,
}

/// Renders all screens of the posted definition for its author. The definition is neither served nor kept.
#[utoipa::path(
    post,
    path = "/v1/screens",
    operation_id = "screens",
    params(
        ("lang" = Option<String>, Query, description = "BCP 47 tag; if left out, the survey's first language"),
        ("preset" = Option<String>, Query, description = "`calm`, `bright` or `plain`; if left out, the survey's own"),
        ("width" = Option<String>, Query, description = "`phone` or `desktop`, the default"),
    ),
    request_body(content = Object, content_type = "application/json", description = "A definition of at most 65,536 bytes"),
    responses(
        (status = 200, description = "The screens", body = RenderedScreens),
        (status = 400, description = "A parameter that can't be served, or a body that isn't UTF-8"),
        (status = 408, description = "The body was cut short"),
        (status = 413, description = "The body is too long"),
        (status = 415, description = "The content type isn't `application/json`"),
        (status = 422, description = "The definition has mistakes; `errors` lists every place"),
    )
)]
pub(super) async fn post(
    query: Query,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Problem> {
    query.only(&["lang", "preset", "width"], "lang, preset, width")?;
    let preset = one_of(&query, "preset", &Preset::NAMES)?;
    let narrow = one_of(&query, "width", &[("phone", true), ("desktop", false)])?.unwrap_or_default();
    let text = json_text(&headers, body, "a definition", MAX_BYTES)?;
    let definition = Definition::parse(&text)
        .map_err(|problems| Problem::listing("the definition has mistakes", &problems))?;
    let language = query.one("lang").unwrap_or_default().to_owned();
    // Rendering up to a hundred screens takes a while, so it mustn't block other requests.
    let drawn = move || draw(&definition, Look { language: &language, preset, narrow });
    let screens = tokio::task::spawn_blocking(drawn).await.map_err(|error| {
        tracing::error!(%error, "the screens of a definition can't be rendered");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the collector failed; its log says why")
    })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(screens)))
}

fn draw(definition: &Definition, look: Look<'_>) -> RenderedScreens {
    let EveryScreen { items, thanks, routes } = every_screen(definition, look);
    RenderedScreens { language: definition.language(look.language).to_owned(), items, thanks, routes }
}

/// What the value of a parameter stands for; `None` without the parameter.
fn one_of<T: Copy>(query: &Query, name: &str, allowed: &[(&str, T)]) -> Result<Option<T>, Problem> {
    let Some(value) = query.one(name) else { return Ok(None) };
    if let Some((_, found)) = allowed.iter().find(|(known, _)| *known == value) {
        return Ok(Some(*found));
    }
    let names: Vec<&str> = allowed.iter().map(|(known, _)| *known).collect();
    let message = format!("\"{value}\" is unknown; allowed are {}", names.join(", "));
    refuse(vec![mistake(name, message)])?;
    Ok(None)
}
