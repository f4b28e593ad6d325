# Writes bfi.txt, the answers, and bfi.json, what R makes of them. README.md says more.
suppressMessages(library(psych))
library(jsonlite)

items <- bfi[, 1:25]
reversed <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
scales <- list(agreeableness = "A", conscientiousness = "C", extraversion = "E", neuroticism = "N", openness = "O")

words <- apply(items, 1, function(answers) paste(ifelse(is.na(answers), "-", answers), collapse = ""))
writeLines(words, "bfi.txt")

# Wilson's score interval.
share <- function(count, n) c(count / n, suppressWarnings(prop.test(count, n, correct = FALSE))$conf.int)

item <- function(name) {
  answers <- na.omit(items[[name]])
  counts <- as.vector(table(factor(answers, levels = 1:6)))
  list(id = tolower(name), mean = c(mean(answers), t.test(answers)$conf.int), counts = counts, distribution = lapply(counts, share, length(answers)))
}

scale <- function(letter) {
  names <- grep(paste0("^", letter), colnames(items), value = TRUE)
  answers <- na.omit(items[names])
  keys <- ifelse(names %in% reversed, -1, 1)
  turned <- sweep(answers, 2, keys, "*")
  consistency <- function(of) {
    found <- suppressWarnings(alpha(answers[of], keys = keys[of], warnings = FALSE))
    c(found$total$raw_alpha, found$feldt$lower.ci[[1]], found$feldt$upper.ci[[1]])
  }
  correlation <- function(one, other) unname(unlist(cor.test(one, other)[c("estimate", "conf.int")]))
  pair <- function(one, other) if (one == other) c(1, 1, 1) else correlation(turned[[one]], turned[[other]])
  item_rest <- lapply(1:5, function(one) correlation(turned[[one]], rowSums(turned[-one])))
  drop <- alpha(answers, keys = keys, warnings = FALSE)$item.stats$r.drop
  stopifnot(all.equal(drop, sapply(item_rest, "[", 1)))
  list(
    items = lapply(names, item), reversed = as.list(tolower(intersect(names, reversed))),
    respondents = nrow(answers), alpha = consistency(1:5),
    correlations = lapply(1:5, function(one) lapply(1:5, function(other) pair(one, other))),
    item_rest = item_rest, alpha_without = lapply(1:5, function(one) consistency(setdiff(1:5, one)))
  )
}

write_json(lapply(scales, scale), "bfi.json", digits = 15, auto_unbox = TRUE, pretty = FALSE)
