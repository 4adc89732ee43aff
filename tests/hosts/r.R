library(DBI)
library(RSQLite)

ask <- function(con, path) {
  for (question in readLines(path, encoding = "UTF-8")) {
    answers <- tryCatch(dbGetQuery(con, question)[[1]], error = conditionMessage)
    writeLines(as.character(answers))
  }
}

f <- "shop.db"
connections <- list()
for (connection in 1:2) {
  con <- dbConnect(SQLite(), f, loadable.extensions = TRUE)
  connections <- c(connections, con)
  ask(con, "before.sql")
  for (again in 1:2) invisible(dbGetQuery(con, "SELECT load_extension('./kefu')"))
  ask(con, "questions.sql")
}
