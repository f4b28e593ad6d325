# Cronbach's alpha with Feldt's interval, item-rest correlations and alpha if an item is left out, of R's `attitude`, of
# the five scales of psych's `bfi`, and of lopsided answers.
#
#   Rscript reliability.R > reliability.json      (R 4.2.2, psych 2.2.9, jsonlite)

suppressMessages(library(psych))

figures <- function(name, answers) {
  k <- ncol(answers)
  n <- nrow(answers)
  # It says on the standard output which items may be the wrong way round.
  capture.output(found <- suppressWarnings(psych::alpha(answers, check.keys = FALSE)))
  with_range <- function(value, items) {
    range <- alpha.ci(value, n, items)
    c(value, range$lower.ci, range$upper.ci)
  }
  item_rest <- lapply(1:k, function(item) {
    test <- cor.test(answers[, item], rowSums(answers[, -item, drop = FALSE]))
    stopifnot(abs(test$estimate - found$item.stats$r.drop[item]) < 1e-12)
    c(unname(test$estimate), as.numeric(test$conf.int))
  })
  without <- if (k == 2) list(NULL, NULL) else lapply(found$alpha.drop$raw_alpha, with_range, items = k - 1)
  stopifnot(abs(found$feldt$lower.ci - with_range(found$total$raw_alpha, k)[2]) < 1e-12)
  list(name = name, n = n, covariances = cov(answers), alpha = with_range(found$total$raw_alpha, k),
       item_rest = item_rest, alpha_without = without)
}

keyed <- function(items, turned = c()) {
  answers <- na.omit(bfi[items])
  answers[turned] <- 7 - answers[turned]
  answers
}

lopsided <- data.frame(a = c(0, 0, 1, 4, 2, 0, 3), b = c(1, 0, 1, 3, 4, 0, 4), c = c(0, 1, 0, 4, 1, 0, 0))
# Ninety-six people at the top, and four who aren't.
at_the_top <- data.frame(a = c(rep(4, 96), 3, 4, 0, 2), b = c(rep(4, 96), 4, 1, 0, 2), c = c(rep(4, 96), 4, 4, 1, 0))

result <- list(
  figures("attitude", attitude),
  figures("bfi, agreeableness", keyed(paste0("A", 1:5), "A1")),
  figures("bfi, conscientiousness", keyed(paste0("C", 1:5), c("C4", "C5"))),
  figures("bfi, extraversion", keyed(paste0("E", 1:5), c("E1", "E2"))),
  figures("bfi, neuroticism", keyed(paste0("N", 1:5))),
  figures("bfi, openness", keyed(paste0("O", 1:5), c("O2", "O5"))),
  # Two of the five point the other way, so that alpha is below 0.
  figures("bfi, conscientiousness, not turned round", keyed(paste0("C", 1:5))),
  figures("two lines", lopsided[1:2]),
  figures("seven people", lopsided),
  figures("nearly all at the top", at_the_top))

cat("[\n", paste(sapply(result, jsonlite::toJSON, digits = NA, auto_unbox = TRUE, null = "null"), collapse = ",\n"), "\n]\n", sep = "")
