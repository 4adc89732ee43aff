import sqlite3


def ask(db, path):
    for question in open(path, encoding="utf-8"):
        try:
            for row in db.execute(question):
                print(row[0])
        except sqlite3.Error as error:
            print(error)


connections = []
for connection in range(2):
    db = sqlite3.connect("shop.db")
    connections.append(db)
    ask(db, "before.sql")
    for again in range(2):
        db.enable_load_extension(True)
        db.load_extension("./kefu")
        db.enable_load_extension(False)
    ask(db, "questions.sql")
