# Holm's adjusted p values by R's p.adjust.
#
#   Rscript several.R > several.json      (R 4.2.2, jsonlite)

lists <- list(
  c(0.01, 0.04, 0.03, 0.005),
  # All alike, all but one certain, and none.
  rep(0.2, 6), c(1, 1, 1, 1e-12), c(1, 1), c(0, 0, 0.5),
  # Ties, and one that may not be smaller than the one before.
  c(0.02, 0.011, 0.011, 0.9, 0.02), c(0.01, 0.011, 0.0111, 0.0112),
  # One finding among many tests.
  c(0.0004, seq(0.05, 1, length.out = 99)))

rows <- sapply(lists, function(p) jsonlite::toJSON(list(p = p, holm = p.adjust(p, "holm")), digits = NA))
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")
