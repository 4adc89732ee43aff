package require sqlite3

proc ask {db path} {
    set questions [open $path]
    while {[gets $questions question] >= 0} {
        if {[catch {foreach answer [$db eval $question] {puts $answer}} message]} {
            puts $message
        }
    }
    close $questions
}

# Two connections: the command db, and the same under another name.
foreach connection {first second} {
    sqlite3 db shop.db
    ask db before.sql
    foreach again {1 2} {
        db enable_load_extension 1; db eval {SELECT load_extension('./kefu')}
    }
    ask db questions.sql
    rename db $connection
}
