# Makes correlations.csv, which test_correlation.py holds analytics/drivers/correlation.py to.
# Run in this directory: Rscript correlations.R (made with R 4.2.2)
tickets <- read.csv("rated_tickets.csv")
pairs <- combn(names(tickets), 2)
rows <- do.call(rbind, lapply(c("pearson", "spearman"), function(method) {
  matrix <- cor(tickets, use = "pairwise.complete.obs", method = method)
  complete <- cor(tickets, use = "complete.obs", method = method)
  data.frame(
    method = method, variable = pairs[1, ], other = pairs[2, ],
    coefficient = apply(pairs, 2, function(pair) matrix[pair[1], pair[2]]),
    complete = apply(pairs, 2, function(pair) complete[pair[1], pair[2]]),
    n = apply(pairs, 2, function(pair) sum(complete.cases(tickets[, pair])))
  )
}))
rows$coefficient <- sprintf("%.15f", rows$coefficient)
rows$complete <- sprintf("%.15f", rows$complete)
write.csv(rows, "correlations.csv", row.names = FALSE, quote = FALSE)
