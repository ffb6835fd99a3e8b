input <- file("stdin")
for (line in readLines(input)) {
  pair <- strsplit(line, " ")[[1]]
  valid <- !anyNA(suppressWarnings(package_version(pair, strict = FALSE)))
  answer <- if (valid) suppressWarnings(tryCatch(c("<", "=", ">")[compareVersion(pair[1], pair[2]) + 2], error = function(e) "!")) else "!"
  cat(answer, "\n", sep = "")
}
