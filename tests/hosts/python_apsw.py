import apsw


def ask(con, path):
    for question in open(path, encoding="utf-8"):
        try:
            for row in con.cursor().execute(question):
                print(row[0])
        except apsw.Error as error:
            print(error)


connections = []
for connection in range(2):
    con = apsw.Connection("shop.db")
    connections.append(con)
    ask(con, "before.sql")
    for again in range(2):
        con.enableloadextension(True); con.loadextension("./kefu")
    ask(con, "questions.sql")
